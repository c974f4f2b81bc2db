from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefings.document import (
    DROPPED_NOTE,
    Document,
    Heading,
    Item,
    Paragraph,
    Text,
    Verbatim,
    check,
    lines_of,
    with_dropped_note,
)
from briefings.model import Evidence, Span

TEXT = "One two 😀 three."
TEXTS = {(1, 1): TEXT}


def _quote(words: str, start: int, *, revision: int = 1, article: int = 1) -> Item:
    at = Evidence(article=article, revision=revision, span=Span(start, start + len(words)))
    return Item(f"Q-{start}", (Verbatim(words, at),))


def _document(*blocks: Heading | Item | Paragraph) -> Document:
    return Document(title="t", summary="s", blocks=blocks)


def test_check_when_words_stand_there_then_they_stay() -> None:
    document = _document(Heading("h"), _quote("two 😀", 4), _quote("three", 10))
    assert check(document, TEXTS) == document


def test_check_when_one_character_differs_then_the_item_is_dropped_and_counted() -> None:
    checked = check(_document(Heading("h"), _quote("two", 4), _quote("Two", 4)), TEXTS)
    assert checked.blocks == (Heading("h"), _quote("two", 4))
    assert checked.n_dropped == 1


def test_check_when_article_or_revision_is_missing_then_the_item_is_dropped() -> None:
    checked = check(_document(_quote("two", 4, revision=2), _quote("two", 4, article=9)), TEXTS)
    assert (checked.blocks, checked.n_dropped) == ((), 2)


def test_check_when_a_span_is_empty_or_outside_then_the_item_is_dropped() -> None:
    assert check(_document(_quote("", 4), _quote("", 400)), TEXTS).blocks == ()


def test_check_when_a_line_below_fails_then_the_whole_item_goes() -> None:
    bad = Item("Q-1", (Text("fine"),), below=(_quote("nope", 0).line,))
    assert check(_document(bad), TEXTS).blocks == ()


def test_check_when_a_section_loses_everything_then_it_says_so() -> None:
    checked = check(_document(Heading("a"), _quote("nope", 0), Heading("b"), _quote("One", 0)), TEXTS)
    assert checked.blocks[:2] == (Heading("a"), Paragraph((Text(DROPPED_NOTE, "muted"),)))
    assert checked.blocks[2:] == (Heading("b"), _quote("One", 0))


def test_check_when_the_next_section_has_no_heading_then_an_emptied_one_still_says_so() -> None:
    lost = Item("Q-1", _quote("nope", 0).line, section="quotes")
    footer = Paragraph((Text("end"),), section="footer")
    checked = check(_document(Heading("a", "quotes"), lost, footer), TEXTS)
    assert [lines_of(b) for b in checked.blocks[1:]] == [((Text(DROPPED_NOTE, "muted"),),), ((Text("end"),),)]


def test_with_dropped_note_when_items_were_dropped_then_the_end_says_how_many() -> None:
    fine = _document(_quote("two", 4))
    assert with_dropped_note(check(fine, TEXTS)) == fine
    footer = Paragraph((Text("end"),), section="footer")
    for n, words in ((1, "1 item was left out: its words"), (2, "2 items were left out: their words")):
        made = with_dropped_note(check(_document(*[_quote("nope", 0)] * n, _quote("two", 4), footer), TEXTS))
        (note,) = made.blocks[-1:]
        assert isinstance(note, Paragraph)
        assert (note.is_context, note.section) == (True, "footer")
        assert str(note.line[0]).count(words) == 1


@given(st.text(min_size=1), st.data())
def test_check_when_a_span_is_cut_from_any_text_then_it_holds(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    at = Evidence(article=1, revision=1, span=Span(start, end))
    document = _document(Item("Q-1", (Verbatim(text[start:end], at),)))
    assert check(document, {(1, 1): text}) == document
    assert check(document, {(1, 1): text[:start]}).blocks == ()
