"""Every command over a store with two invented articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.command_list import COMMANDS
from bot.commands import respond
from briefings.answers.records import Asker, Reply
from briefings.document import Document, evidence_of, lines_of, shown
from briefings.model import ParsedArticle
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.answer import ANSWERS, Answers
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.notices import due_follow_messages, due_report_messages
from config.catalogue import load_catalogue
from config.records import Catalogue

from .conftest import ESTMARK, TOPIC, SentenceExtractor

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
BOSS = Asker(tenant="T1", channel="fake:C1", user="U1", is_manager=True)
MEMBER = replace(BOSS, user="U2", is_manager=False)
ARTICLE = ParsedArticle(
    title="Norland closes the strait",
    text=(
        "Norland closed the strait to foreign boats on Tuesday.\n\nThe fishing border remains unresolved.\n\n"
        '"We want no quarrel over the strait with our neighbours," said Ada Holm.\n\n'
        "Estmark has not replied to the closure."
    ),
    publisher="Norland Post",
    url="https://post.example/strait",
    published=NOW - timedelta(hours=3),
)
SECOND = replace(
    ARTICLE,
    title="Estmark studies the closure of the strait",
    text="Estmark looked at the closed strait through a spyglass.\n\nThe fishing border remains unresolved today.",
    url="https://post.example/second",
    published=NOW - timedelta(hours=1),
)

SETTLED = replace(
    ARTICLE,
    title="Fishing border of the strait agreed",
    text="The fishing border has been resolved.\n\nNorland and Estmark drew it through the strait on Wednesday.",
    url="https://post.example/settled",
    published=NOW + timedelta(hours=1),
)


def filled(room: Newsroom) -> Answers:
    for parsed in (ARTICLE, SECOND):
        ingest(room, parsed, now=NOW, is_import=True)
    return Answers(room=room, version="1.2.3")


@pytest.fixture
def answers(room: Newsroom) -> Answers:
    """Of a store of one's own."""
    return filled(room)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """Of a store that many tests read, none of them for what another one wrote."""
    catalogue = Catalogue(
        topics={"strait": TOPIC}, actors={"estmark": ESTMARK}, publishers={}, lexicons=load_catalogue().lexicons
    )
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('answers') / 'briefings.db'}")
    migrate(engine)
    store = Store(engine)
    stories = story_context(catalogue)
    yield filled(Newsroom(store=store, extractor=SentenceExtractor(), catalogue=catalogue, stories=stories))
    store.close()


def words(document: Document) -> str:
    """All that a reader sees."""
    blocks = (*document.blocks, *document.detail)
    text = " ".join(shown(x, document) for b in blocks for line in lines_of(b) for x in line)
    ids = " ".join(getattr(b, "id", getattr(b, "text", "")) for b in blocks)
    return f"{document.title} {text} {ids}"


def ask(answers: Answers, text: str, asker: Asker = BOSS, as_of: datetime | None = None) -> Reply:
    return respond(text, asker, answers, NOW, as_of)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/briefing", ["Norland closes the strait", "D-1", "We want no quarrel", "The fishing border"]),
        ("/briefing strait", ["Norland closes the strait"]),
        ("/quotes", ["Ada Holm", "We want no quarrel", "Q-"]),
        ("/quotes Holm days:1", ["We want no quarrel"]),
        ("/quotes topic:strait", ["We want no quarrel"]),
        ("/quotes estmark", ["No quotation", "Estmark".lower()]),
        ("/quotes Hlom", ["No quotation of 'Hlom'"]),
        ("/issues", ["U-1", "fishing border"]),
        ("/issues U-1", ["History", "A-1", "A-2"]),
        ("/issues border", ["History", "U-1"]),
        ("/watch", ["Estmarkian response watch", "Estborg"]),
        ("/watch D-1", ["Estmark has not replied"]),
        ("/watch development:D-1 actor:Estmark", ["Estmark has not replied"]),
        ("/summary A-1", ["Norland closed the strait to foreign boats", "We want no quarrel", "U-1"]),
        ("/summary https://post.example/strait?utm_source=x", ["Norland closes the strait"]),
        ("/summary spyglass", ["Estmark studies the closure"]),
        ("/ask who looked through a spyglass", ["through a spyglass"]),
        ("/ask who won the football cup", ["Nothing in the stored articles answers this"]),
        ("/related A-1", ["Estmark studies the closure", "same issue", "(U-1)"]),
        ("/timeline U-1", ["Timeline of U-1"]),
        ("/timeline D-1", ["Timeline of D-1", "Estmark has not replied"]),
        ("/timeline", ["Timeline of U-1"]),
        ("/why Q-1", ["kind: direct", "Ada Holm", "score"]),
        ("/why U-1", ["the matter: The fishing border"]),
        ("/why D-1", ["one event"]),
        ("/why A-1", ["topics: strait", "found in it: 1 quotation"]),
        ("/sources", ["No feed is watched"]),
        ("/status", ["2 articles", "1.2.3"]),
        ("/schedule", ["no subscription"]),
        ("/reports", ["No report is open"]),
        ("/follow U-1", ["You follow U-1"]),
    ],
)  # fmt: skip
def test_a_command_answers_with_what_is_stored(shared: Answers, text: str, expected: list[str]) -> None:
    found = words(ask(shared, text).document)
    assert all(e in found for e in expected), found


@pytest.mark.parametrize("text", [c.example for c in COMMANDS.values()])
def test_every_example_is_answered_with_words_that_stand_in_the_articles(shared: Answers, text: str) -> None:
    document = ask(shared, text).document
    shown_ = evidence_of((*document.blocks, *document.detail))
    texts = shared.room.store.articles.texts((e.article, e.revision) for e in shown_)
    assert document.summary
    assert all(e.span.cut(texts[e.article, e.revision]) for e in shown_)


@pytest.mark.parametrize("text", ["/quotes", "/issues", "/watch", "/ask spyglass", "/related A-1", "/timeline U-1"])
def test_an_answer_says_how_fresh_it_is(shared: Answers, text: str) -> None:
    found = words(ask(shared, text).document)
    assert "newest article: Norland Post" in found
    assert "no feed is watched" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/briefing starit", "did you mean strait?"),
        ("/issues U-99", "has the id U-99"),
        ("/issues zebra", "no open issue is called"),
        ("/watch atlantis", "there is no actor"),
        ("/watch development:U-1", "looks like D-12"),
        ("/summary A-99", "has the id A-99"),
        ("/summary https://post.example/other", "no stored article has the address"),
        ("/summary zebra", "no stored article has any of the words"),
        ("/why Z-1", "looks like Q-12"),
        ("/why Q-99", "has the id Q-99"),
        ("/follow Q-1", "looks like U-12"),
        ("/follow U-99", "has the id U-99"),
        ("/ask what as_of:tomorrow", "is not a time"),
        ("/ask what as_of:2099-01-01", "lies ahead"),
        ("/subscribe strait", "say at what time"),
        ("/subscribe starit 08:00", "did you mean strait?"),
        ("/subscribe strait time:25:00", "did you mean 01:00 or 23:00?"),
        ("/subscribe strait 08:00 zone:Europe/Kiyv", "did you mean Europe/Kyiv"),
        ("/sources add ftp://example.org", "is not an http(s) address"),
        ("/sources remove https://example.org/none", "was not added here"),
        ("/report wrong item:X-1", "looks like Q-12"),
    ],
)
def test_a_mistake_is_answered_by_a_helpful_sentence(shared: Answers, text: str, expected: str) -> None:
    summary = ask(shared, text).document.summary
    assert expected.lower() in summary.lower()
    assert len(summary) < 400


def test_as_of_answers_from_what_was_known_then(shared: Answers) -> None:
    before = NOW - timedelta(hours=2)
    assert "Estmark studies" not in words(ask(shared, "/related A-1", as_of=before).document)
    assert ask(shared, "/ask who looked through a spyglass", as_of=before).data == {"items": [], "abstained": True}
    back = ask(shared, '/ask who looked through a spyglass as_of:"2026-03-04 07:00"')
    assert back.data == {"items": [], "abstained": True}


def test_subscribe_then_schedule_then_unsubscribe(answers: Answers) -> None:
    said = words(ask(answers, "/subscribe strait 8am Helsinki weekdays").document)
    assert "weekdays at 08:00 Helsinki time (Europe/Helsinki)" in said
    assert "5 Mar, 08:00" in said
    assert "clock changes" in said
    assert "Changed" in words(ask(answers, "/subscribe strait 08:00 Kyiv").document)
    assert "Subscribed" in words(ask(answers, "/subscribe strait 18:00").document)
    listed = words(ask(answers, "/schedule").document)
    assert "Kyiv" in listed
    assert "18:00" in listed
    assert "2 subscriptions" in words(ask(answers, "/unsubscribe").document)
    assert "no subscription" in words(ask(answers, "/schedule").document)


def test_a_channel_sees_only_its_own_subscriptions_reports_and_follows(answers: Answers) -> None:
    ask(answers, "/subscribe strait 08:00")
    ask(answers, "/report wrong speaker Q-1")
    ask(answers, "/follow U-1")
    other = replace(BOSS, tenant="T2")
    assert "no subscription" in words(ask(answers, "/schedule", other).document)
    assert "No report is open" in words(ask(answers, "/reports", other).document)
    assert "no subscription to" in words(ask(answers, "/unsubscribe strait", other).document)
    assert "You follow U-1" in words(ask(answers, "/follow U-1", other).document)
    assert "no longer" in words(ask(answers, "/follow U-1").document)


def test_report_keeps_the_words_as_they_were_shown(answers: Answers) -> None:
    assert "Thank you for your feedback" in words(ask(answers, "/report wrong speaker Q-1", MEMBER).document)
    (filed,) = answers.room.store.reports.list("T1")
    assert (filed.kind, filed.item, filed.person) == ("wrong_speaker", "Q-1", "U2")
    assert "We want no quarrel" in filed.shown
    listed = words(ask(answers, "/reports").document)
    assert "Report 1 on Q-1: wrong speaker" in listed
    assert "We want no quarrel" in listed


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("wrong speaker", "wrong_speaker"),
        ("that was not him", "wrong_speaker"),
        ("she never said that", "not_said_so"),
        ("outdated", "outdated"),
        ("Estmark has answered", "missed_answer"),
        ("a typing mistake", "other"),
    ],
)
def test_report_tells_its_kind_from_its_words(answers: Answers, said: str, kind: str) -> None:
    ask(answers, f"/report {said} U-1", MEMBER)
    assert [r.kind for r in answers.room.store.reports.list("T1")] == [kind]


def test_a_report_that_a_manager_confirms_hides_the_quotation_everywhere(answers: Answers) -> None:
    ask(answers, "/report she never said that Q-1", MEMBER)
    assert "We want no quarrel" in words(ask(answers, "/quotes").document)
    assert "Q-1 is hidden everywhere" in words(ask(answers, "/reports confirm 1").document)
    for command in ("/quotes", "/briefing", "/summary A-1"):
        assert "We want no quarrel" not in words(ask(answers, command).document)
    assert "Hidden by a manager" in words(ask(answers, "/why Q-1").document)
    assert "Q-1 is shown again" in words(ask(answers, "/reports unhide q-1").document)
    assert "We want no quarrel" in words(ask(answers, "/quotes").document)


def test_a_quotation_that_a_manager_reports_wrong_is_hidden_at_once(answers: Answers) -> None:
    assert "Q-1 is hidden everywhere" in words(ask(answers, "/report wrong speaker Q-1").document)
    assert "We want no quarrel" not in words(ask(answers, "/quotes").document)
    assert "No report is open" in words(ask(answers, "/reports").document)


def test_a_report_of_another_workspace_is_not_there(answers: Answers) -> None:
    ask(answers, "/report wrong speaker Q-1", MEMBER)
    other = replace(BOSS, tenant="T2")
    for command in ("/reports resolve 1 done", "/reports confirm 1"):
        assert "no open report 1" in words(ask(answers, command, other).document)
    assert answers.room.store.reports.hidden() == frozenset()
    assert "say which report" in ask(answers, "/reports resolve").document.summary.lower()


def test_whoever_reported_is_told_once_when_somebody_else_closes_it(answers: Answers) -> None:
    ask(answers, "/report outdated U-1", MEMBER)
    assert due_report_messages(answers.room, NOW) == ()
    assert "is told" in words(ask(answers, "/reports resolve 1 the newer sentence is shown now").document)
    (notice,) = due_report_messages(answers.room, NOW)
    assert (notice.person, notice.channel) == ("U2", "fake:C1")
    assert "the newer sentence is shown now" in notice.document.summary
    assert due_report_messages(answers.room, NOW) == ()


def test_a_follower_hears_when_an_issue_moves_at_most_once_a_day(answers: Answers) -> None:
    ask(answers, "/follow U-1", MEMBER)
    assert due_follow_messages(answers.room, NOW + timedelta(hours=1)) == ()
    later = NOW + timedelta(hours=2)
    ingest(answers.room, SETTLED, now=later, is_import=False)
    (notice,) = due_follow_messages(answers.room, later)
    assert (notice.person, notice.item) == ("U2", "U-1")
    assert "U-1 has moved: resolved" in notice.document.title
    assert "has been resolved" in words(notice.document)
    assert due_follow_messages(answers.room, later + timedelta(hours=1)) == ()
    assert due_follow_messages(answers.room, later + timedelta(hours=25)) == ()  # nothing moved since


def test_a_feed_added_here_is_listed_and_removed(answers: Answers) -> None:
    ask(answers, "/sources add https://gazette.example/rss.xml")
    assert "gazette.example : not read yet (added here)" in words(ask(answers, "/sources").document)
    assert "to be read within a minute: 1" in words(ask(answers, "/sources check").document)
    other = replace(BOSS, tenant="T2")
    assert "gazette" not in words(ask(answers, "/sources", other).document)
    assert "was not added here" in words(
        ask(answers, "/sources remove https://gazette.example/rss.xml", other).document
    )
    assert "Removed" in words(ask(answers, "/sources remove https://gazette.example/rss.xml").document)


@pytest.mark.parametrize(
    "text", ['" OR NEAR(', "*", "--", "'; DROP TABLE articles; --", "@everyone <!channel>", "\x00\x1b[2J", "%_%"]
)
@pytest.mark.parametrize(
    "command", ["ask", "quotes", "issues", "summary", "related", "watch", "why", "report", "briefing"]
)
def test_query_syntax_and_control_characters_break_nothing(shared: Answers, command: str, text: str) -> None:
    assert ask(shared, f"/{command} {text}").document.summary
    assert shared.room.store.articles.count() == 2


def test_every_declared_command_is_answered_somewhere() -> None:
    assert set(COMMANDS) == {*ANSWERS, "status", "help"}
