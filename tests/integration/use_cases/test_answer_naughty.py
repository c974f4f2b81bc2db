"""The Big List of Naughty Strings typed into commands and stored in articles, reports and feeds: no answer acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.command_list import COMMANDS
from briefings.document import Document, Link, clean, lines_of, safe_url
from briefings.model import Findings, IssueMention, ParsedArticle, Publisher, Quotation, Span, Speaker
from briefings.store.feed_attempts import FetchAttempt
from briefings.use_cases.answer import Answers
from tests.hostile import NAUGHTY
from tests.live_marks import LIVE
from tests.seen import RENDERERS, squeezed

from .two_articles import BOSS, MEMBER, NOW, ask, words

FREE = ("ask", "summary", "report Q-1", "sources add", "quotes")  # whatever is typed after these is taken as it is
OTHERS = sorted(set(COMMANDS) - {"ask", "summary", "status", "schedule"})
URL = "https://post.example/naughty"


def live(document: Document, names: Iterable[str]) -> list[str]:
    """Return what acts in a document on the platforms named; its own safe links may be followed."""
    blocks = (*document.blocks, *document.detail)
    links = (x.url for b in blocks for line in lines_of(b) for x in line if isinstance(x, Link))
    own = frozenset(url for url in links if safe_url(url))
    return [f"{n}: {mark}" for n in names for mark in LIVE[n](RENDERERS[n].render(document), own)]


def wrong(documents: Iterable[tuple[str, Document]]) -> dict[str, list[str]]:
    """Return what acts, by what was asked: on the chat platforms each time, elsewhere every fourth time."""
    found = {}
    for number, (asked, document) in enumerate(documents):
        found[asked] = live(document, ("slack", "discord") if number % 4 else tuple(RENDERERS))
    return {asked: marks for asked, marks in found.items() if marks}


@pytest.fixture(scope="module", name="stored")
def _stored(shared: Answers) -> Answers:
    """Store an article, a report and a feed for each string."""
    store = shared.room.store
    for number, naughty in enumerate(NAUGHTY):
        said, matter = f"we accept {naughty} here", f"the border of {naughty}"
        text = f"The envoy said “{said}” about the strait. {matter} remains unresolved."
        whole = Span(text.rindex(matter), len(text))
        at = NOW - timedelta(days=2 + number)  # each on a day of its own, so that an answer weighs few
        name = f"Ada {naughty} Holm"
        speaker = Speaker(mention=Span(4, 9), name=name, role=f"envoy of {naughty}", actor="norland")
        content = Span(text.index(said), text.index(said) + len(said))
        issue = IssueMention(
            span=whole,
            matter=Span(whole.start, whole.start + len(matter)),
            label=matter,
            status="open",
            cue="unresolved",
        )
        publisher = Publisher(name=f"Post {naughty}")
        saved = store.articles.save(
            ParsedArticle(
                title=f"Norland and {naughty}",
                text=text,
                publisher=publisher.name,
                url=f"{URL}/{number}",
                published=at,
            ),
            publisher,
            Findings(quotations=(Quotation(kind="direct", content=content, speaker=speaker),), issues=(issue,)),
            fetched=at,
            known=at,
            topics=("strait",),
            copy_of=None,
        )
        store.stories.add_to_development(saved.article.id, None, known=at)
        (mention,) = saved.findings.issues
        store.stories.assign_issue(mention, None, topic="strait", label=matter, known=at)
        feed = store.feeds.add(f"https://feed.example/{number}", publisher, "T1", NOW)
        store.feeds.record(
            feed.id, FetchAttempt(at=NOW, outcome="failed", next_try=NOW, error=f"it answered {naughty}")
        )
    return shared


@pytest.mark.parametrize("command", FREE)
def test_whatever_is_typed_after_a_free_command_then_no_answer_acts(shared: Answers, command: str) -> None:
    asked = [f"/{command} {naughty}" for naughty in NAUGHTY]
    assert wrong((text, ask(shared, text, BOSS).document) for text in asked) == {}


def test_whatever_is_typed_after_other_commands_then_no_answer_acts(shared: Answers) -> None:
    asked = [f"/{OTHERS[n % len(OTHERS)]} {naughty}" for n, naughty in enumerate((*NAUGHTY, *NAUGHTY[7:]))]
    assert wrong((text, ask(shared, text, MEMBER).document) for text in asked) == {}


@pytest.mark.parametrize("kind", ["Q", "U"])
def test_whatever_an_article_says_then_the_answer_on_it_does_not_act_and_shows_it(stored: Answers, kind: str) -> None:
    store = stored.room.store
    ids = [q.id for q in store.findings.quotations(as_of=None)] if kind == "Q" else range(1, len(NAUGHTY) + 2)
    found = {n: ask(stored, f"/why {kind}-{n}").document for n in ids}
    assert wrong((str(n), d) for n, d in found.items()) == {}
    seen = squeezed(" ".join(words(d) for d in found.values()))
    assert [n for n in NAUGHTY if squeezed(clean(n)) not in seen] == []


def test_whatever_reports_and_feeds_say_then_the_lists_do_not_act(stored: Answers) -> None:
    for n, naughty in enumerate(NAUGHTY[::8]):
        ask(stored, f"/report Q-{n + 1} {naughty}", MEMBER)
    asked = ("/reports all", "/sources", "/sources list", "/quotes strait", "/issues strait", "/timeline strait")
    assert wrong((text, ask(stored, text, replace(BOSS)).document) for text in asked) == {}
