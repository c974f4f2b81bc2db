from hypothesis import given
from hypothesis import strategies as st

from briefings.sources.words import clean, one_line, paragraphs


def test_clean_when_text_has_other_line_ends_and_controls_then_only_plain_ones_stay() -> None:
    assert clean("a\r\nb\rc\x00\x07\u2028d\ufeff") == "a\nb\nc\nd"


@given(st.text(st.characters(codec=None), max_size=50))
def test_clean_when_text_has_lone_surrogates_then_can_be_encoded(text: str) -> None:
    clean(text + "\ud800").encode()


def test_one_line_when_text_has_lines_then_joins_and_cuts() -> None:
    assert one_line(" a\n\n b\tc ", 4) == "a b"


def test_paragraphs_when_lines_have_blanks_then_keeps_one_empty_line_between() -> None:
    assert paragraphs(" a  b \n\n\n\n c\u00a0d \ne ") == "a b\n\nc d\ne"
