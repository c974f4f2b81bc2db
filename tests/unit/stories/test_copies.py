"""Near-copies and related articles."""

from __future__ import annotations

from briefings.stories.copies import copy_of
from briefings.stories.related import related
from tests.unit.stories.invented import article, context

TEXT = (
    "The harbour of Selm reopened on Tuesday after engineers cleared two mines from its mouth, the port captain said. "
    "Four grain ships left within the hour, bound for the southern islands, and nine more were waiting to load."
)


def test_copy_of_when_agency_text_with_own_ending_then_original() -> None:
    original = article(1, "Harbour reopens", TEXT)
    copy = article(2, "Port of Selm open again", TEXT[:160] + " Our reporter watched from the pier.")
    assert copy_of(copy, [original]) == 1
    assert copy_of(article(3, "x", TEXT), [article(2, "y", TEXT, copy_of=1)]) == 1


def test_copy_of_when_own_words_or_too_short_then_none() -> None:
    other = article(
        2, "Ships leave", "Grain ships sailed from Selm again on Tuesday once the last mine had been lifted from it."
    )
    assert copy_of(other, [article(1, "Harbour reopens", TEXT)]) is None
    assert copy_of(article(3, "a", "Four words are here."), [article(4, "b", "Four words are here.")]) is None


def test_related_when_ranked_then_reason_names_shared_words() -> None:
    asked = article(1, "Harbour reopens", TEXT)
    near = article(2, "Grain ships leave harbour", "Grain ships left the harbour of Selm on Wednesday.")
    far = article(3, "Choir wins prize", "A choir won a prize in the mountains.")
    found = related(asked, [far, near, asked], context())
    assert [r.article.id for r in found] == [2]
    assert "harbour" in found[0].reason
