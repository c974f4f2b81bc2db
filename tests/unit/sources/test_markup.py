import time

import pytest

from briefings.sources.markup import to_line, to_text


def test_to_text_when_fragment_has_blocks_then_keeps_paragraphs() -> None:
    markup = "<p>Vex <b>said</b>:&nbsp;yes.</p><div>Two<br>lines</div><ul><li>one</li><li>two</li></ul>tail"
    assert to_text(markup) == "Vex said: yes.\n\nTwo\nlines\n\none\n\ntwo\n\ntail"


def test_to_text_when_fragment_has_scripts_and_captions_then_drops_them() -> None:
    markup = "<p>a</p><script>bad()</script><style>x{}</style><figcaption>cap</figcaption><!-- c --><p>b</p>"
    assert to_text(markup) == "a\n\nb"


def test_to_text_when_quotation_is_tagged_then_gets_marks() -> None:
    assert to_text("<p>She called it <q>a start</q>.</p>") == "She called it “a start”."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a &lt; b &amp; c", "a < b & c"),
        ("&lt;p&gt;Twice escaped.&lt;/p&gt;", "Twice escaped."),
        ("plain\n\ntext", "plain\n\ntext"),
    ],
)
def test_to_text_when_there_are_no_tags_then_unescapes(markup: str, text: str) -> None:
    assert to_text(markup) == text


def test_to_line_when_title_is_escaped_twice_then_reads_plainly() -> None:
    assert to_line("Norland &amp;amp; <b>Sudmark</b>\n agree") == "Norland & Sudmark agree"


@pytest.mark.parametrize("piece", ["<div>", "<b><i>", "<a href='", "<!--", "&", "<table><tr><td>"])
def test_to_text_when_tags_are_nested_deeply_then_ends_soon(piece: str) -> None:
    start = time.monotonic()
    to_text(piece * 30_000)
    assert time.monotonic() - start < 5
