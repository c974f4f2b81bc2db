"""The Big List of Naughty Strings in every field on every renderer: nothing acts, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from briefings.document import Document, clean
from tests.hostile import NAUGHTY
from tests.hostile_documents import SAFE_URL, hostile_briefing, hostile_document
from tests.live_marks import LIVE
from tests.seen import RENDERERS, squeezed

MAKERS: dict[str, Callable[[str], Document]] = {
    "document": cache(hostile_document),
    "briefing": cache(hostile_briefing),
}
ALLOWED = frozenset([SAFE_URL])
URL = "https://wire.example/"


@cache
def _wanted(name: str, kind: str, length: int) -> int:
    """Return how often harmless words of a length are seen in a document that has them in every field."""
    words = "\u0436" * length
    return squeezed(RENDERERS[name].words(RENDERERS[name].render(MAKERS[kind](words)))).count(words)


def _losses(name: str, kind: str, words: str, written: str) -> list[str]:
    """Return what a reader misses: words are to be seen as often as harmless ones of their length are.

    In a briefing, words that end sentences change which sentences are shown: a third fewer are no loss there.
    """
    visible = squeezed(clean(words)).casefold()
    found = squeezed(RENDERERS[name].words(written)).casefold().count(visible)
    wanted = _wanted(name, kind, len(clean(words).strip().encode("utf-16-le")) // 2)
    least = wanted if kind == "document" else wanted * 2 / 3
    return [f"seen {found} times, not {wanted}"] if visible and found < least else []


def test_the_list_when_loaded_then_it_is_whole() -> None:
    assert len(NAUGHTY) >= 515


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("name", RENDERERS)
def test_render_when_all_fields_are_naughty_then_nothing_acts_and_nothing_is_lost(name: str, kind: str) -> None:
    wrong = {}
    for words in NAUGHTY:
        written = RENDERERS[name].render(MAKERS[kind](words))
        wrong[words] = [*LIVE[name](written, ALLOWED), *_losses(name, kind, words, written)]
    assert {words: found for words, found in wrong.items() if found} == {}


@pytest.mark.parametrize("name", RENDERERS)
def test_render_when_an_address_is_naughty_then_no_link_is_unsafe(name: str) -> None:
    renderer = RENDERERS[name]
    for words in NAUGHTY:
        for url in (words, f"{URL}{words}", f"https://{words}", f"https://wire.example@{words}/"):
            found = renderer.urls(renderer.render(hostile_document("Wire", url)))
            assert [u for u in found if not u.startswith(("https://", "http://")) or "@" in u.split("/")[2]] == [], url
            assert [u for u in found if any(c in u for c in '<>"\\ \n\t`')] == [], url
