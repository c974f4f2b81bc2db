"""Posts that show a retracted or changed article, drafted, posted and corrected by the real parts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.console.render import render_text
from bot.corrections import Corrector
from bot.delivery import Deliverer
from briefings.document import Document
from briefings.model import ParsedArticle, Subscription, Window
from briefings.use_cases.draft import DraftRequest, draft
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom
from tests.fakes import FakeClock, FakePlatform, FakeTargets

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
FERRY = (
    'Norland closed the strait to ferries.\n\n"We came to listen," said Ada Holm.\n\n'
    "The ferry toll remains unresolved.\n\nEstmark has not replied."
)
PILOTS = (
    'Norland sent its pilots home.\n\n"Nobody may sail at night," said Ada Holm.\n\n'
    "The pay of pilots remains unresolved.\n\nEstmark has not replied."
)


class TextPlatform(FakePlatform):
    """Shows what people would read; `limit` characters a message."""

    limit = 100_000

    def render(self, document: Document) -> tuple[str, ...]:
        text = f"{document.summary}\n{render_text(document)}"
        return tuple(text[at : at + self.limit] for at in range(0, len(text), self.limit))


@dataclass
class Desk:
    """A briefing of two articles that was posted."""

    room: Newsroom
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    platform: TextPlatform = field(default_factory=TextPlatform)
    alerts: list[str] = field(default_factory=list)

    def article(self, name: str, text: str) -> int:
        parsed = ParsedArticle(
            title=f"Norland and the strait: {name}",
            text=text,
            publisher="Norland Post",
            url=f"https://post.example/{name}",
            published=NOW - timedelta(hours=3),
            origin="https://post.example/rss",
        )
        return ingest(self.room, parsed, now=self.clock(), is_import=False).article.id

    def draft(self, s: Subscription, window: Window, now: datetime, corrections: tuple[str, ...] = ()) -> Document:
        request = DraftRequest(topic=s.topic, window=window, as_of=now, corrections=corrections)
        return draft(self.room, request).document

    def post(self) -> None:
        store = self.room.store
        days = (0, 1, 2, 3, 4, 5, 6)
        wanted = {"tenant": "T1", "channel": "fake:C1", "topic": "strait", "time": "09:00", "zone": "UTC", "days": days}
        s = store.subscriptions.add(NOW, **wanted)
        store.deliveries.plan(s, local_date="2026-03-04", slot="09:00", due=NOW, note="", is_skipped=False)
        asyncio.run(self._deliver())

    def correct(self) -> None:
        corrector = Corrector(
            ledger=self.room.store.corrections,
            platforms={"fake": self.platform},
            redraft=self.draft,
            alert=self._alert,
            clock=self.clock,
            owner="w1",
        )
        asyncio.run(corrector.run())
        asyncio.run(self._deliver())

    @property
    def briefing(self) -> str:
        """What the briefing's messages say now."""
        now = {p.number: p.body for p in (*self.platform.posts, *self.platform.edits)}
        return "".join(now[number] for number in sorted(now) if not self._is_notice(number))

    @property
    def notices(self) -> list[str]:
        return [p.body for p in self.platform.posts if self._is_notice(p.number)]

    def _is_notice(self, number: int) -> bool:
        (delivery,) = self.room.store.deliveries.list("T1")
        return next(p.is_notice for p in delivery.parts if p.number == number)

    async def _alert(self, words: str) -> None:
        self.alerts.append(words)

    async def _deliver(self) -> None:
        deliverer = Deliverer(
            ledger=self.room.store.deliveries,
            targets=FakeTargets(),
            platforms={"fake": self.platform},
            draft=self.draft,
            alert=self._alert,
            clock=self.clock,
            owner="w1",
        )
        await deliverer.draft_one()
        while await deliverer.send_some():
            await deliverer.finish(5)


@pytest.fixture
def desk(room: Newsroom) -> Desk:
    return Desk(room)


def posted(desk: Desk) -> tuple[int, int]:
    numbers = desk.article("ferries", FERRY), desk.article("pilots", PILOTS)
    desk.clock.pass_(minutes=10)
    desk.post()
    for words in ("We came to listen", "ferry toll", "Nobody may sail at night", "post.example/ferries"):
        assert words in desk.briefing
    desk.clock.pass_(hours=2)
    return numbers


def test_an_article_that_was_taken_down_leaves_no_word_and_no_link_in_the_posts(desk: Desk) -> None:
    gone, _ = posted(desk)
    assert desk.room.store.pages.retract(gone, desk.clock())
    desk.correct()
    for words in ("We came to listen", "ferry toll", "closed the strait", "post.example/ferries", "strait: ferries"):
        assert words not in desk.briefing
    assert "Nobody may sail at night" in desk.briefing
    assert "Corrected" in desk.briefing
    assert "its publisher has taken the article down" in desk.notices[0]
    desk.correct()
    assert (len(desk.notices), desk.alerts) == (1, [])


@pytest.mark.parametrize(
    ("text", "n_notices"),
    [
        (FERRY.replace("We came to listen", "We came to talk"), 1),
        (FERRY.replace("The ferry toll remains unresolved.\n\n", ""), 1),
        (FERRY.replace("Norland closed", "Update: Norland closed"), 0),
        (f"{FERRY}\n\nThe tide was low.", 0),
    ],
)
def test_a_revised_article_corrects_the_posts_only_where_shown_words_are_gone(
    desk: Desk, text: str, n_notices: int
) -> None:
    posted(desk)
    desk.article("ferries", text)
    desk.correct()
    assert len(desk.notices) == n_notices
    for words in ("We came to listen", "The ferry toll remains unresolved"):
        assert (words in desk.briefing) == (words in text)
    assert "Nobody may sail at night" in desk.briefing


def test_a_second_correction_does_not_bring_back_what_the_first_took_away(desk: Desk) -> None:
    first, second = posted(desk)
    desk.room.store.pages.retract(first, desk.clock())
    desk.correct()
    desk.clock.pass_(hours=1)
    desk.room.store.pages.retract(second, desk.clock())
    desk.correct()
    assert "We came to listen" not in desk.briefing
    assert "Nobody may sail at night" not in desk.briefing
    assert len(desk.notices) == 2


def test_a_briefing_that_gets_shorter_leaves_no_old_message_behind(desk: Desk) -> None:
    desk.platform.limit = 300
    gone, _ = posted(desk)
    n_posted = len(desk.platform.posts)
    desk.room.store.pages.retract(gone, desk.clock())
    desk.correct()
    assert n_posted > 3
    assert "We came to listen" not in desk.briefing
    assert desk.briefing.count("This message was withdrawn") >= 1


def test_words_in_no_item_of_their_own_are_recorded_as_shown(desk: Desk) -> None:
    gone, _ = posted(desk)
    (delivery,) = desk.room.store.deliveries.list("T1")
    desk.room.store.pages.retract(gone, desk.clock())
    (stale,) = desk.room.store.corrections.stale(NOW - timedelta(days=1))
    assert stale.delivery.id == delivery.id
    assert {i.evidence.article for i in stale.items} == {gone}
    assert any(i.item.startswith("A-") for i in stale.items)
