"""One line in, one line out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefings.errors import ExtractFailed
from briefings.model import Findings, IssueMention, Quotation, ResponseMention, Span, Speaker
from briefings.use_cases.extract_lines import extract_line

TEXT = 'Norland has not replied. "We will wait," Ada Holm said. The border remains unresolved.'


class Canned:
    """Returns the same findings and remembers what it was asked."""

    def __init__(self, findings: Findings | None = None) -> None:
        self.findings = findings
        self.asked: list[tuple[str, str, datetime | None, str]] = []

    def extract(
        self, text: str, *, title: str = "", published: datetime | None = None, publisher: str = ""
    ) -> Findings:
        self.asked.append((text, title, published, publisher))
        if self.findings is None:
            msg = "the extractor took longer than 30 seconds"
            raise ExtractFailed(msg)
        return self.findings


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


FOUND = Findings(
    quotations=(
        Quotation(
            kind="direct",
            content=span_of("We will wait"),
            cue=span_of("said"),
            speaker=Speaker(mention=span_of("Ada Holm"), name="Ada Holm", role="envoy"),
        ),
    ),
    issues=(
        IssueMention(
            span=span_of("The border remains unresolved."),
            matter=span_of("The border"),
            label="Border",
            status="open",
            cue="unresolved",
        ),
    ),
    responses=(
        ResponseMention(
            span=span_of("Norland has not replied."),
            actor_id="norland",
            actor="Norland",
            stance="NO_RESPONSE",
            is_silence=True,
        ),
    ),
)


def test_extract_line_when_all_is_found_then_every_text_is_its_span() -> None:
    row = extract_line(json.dumps({"id": 7, "text": TEXT, "published": "2026-01-06"}), Canned(FOUND))
    assert row["id"] == 7
    for item in (*row["quotes"], *row["issues"], *row["responses"], row["quotes"][0]["cue"]):
        assert item["text"] == TEXT[item["start"] : item["end"]]
    assert row["quotes"][0]["speaker"] == {
        "text": "Ada Holm",
        "start": 41,
        "end": 49,
        "name": "Ada Holm",
        "role": "envoy",
    }
    assert row["issues"][0]["issue"] == "The border"
    assert row["responses"][0]["is_silence"] is True
    assert row["responses"][0]["development"] is None


def test_extract_line_when_it_has_only_a_day_then_the_extractor_gets_its_noon_utc() -> None:
    canned = Canned(FOUND)
    extract_line(
        json.dumps({"id": "a", "text": TEXT, "title": "T", "published": "2026-01-06", "publisher": "P"}), canned
    )
    assert canned.asked == [(TEXT, "T", datetime(2026, 1, 6, 12, tzinfo=UTC), "P")]


@pytest.mark.parametrize(
    ("line", "line_id", "words"),
    [
        ("{", None, "not JSON"),
        ("[1]", None, "not a JSON object"),
        ('{"id": "x"}', "x", "'text' must be a text that is not empty; it is missing"),
        ('{"id": "x", "text": ""}', "x", "it is empty"),
        ('{"id": "x", "text": 3}', "x", "it is a number"),
        ('{"id": "x", "text": "a", "title": 3}', "x", "'title' must be a text"),
        ('{"id": "x", "text": "a", "published": "soon"}', "x", "'published' must be an ISO date"),
        ("[" * 100_000, None, "not JSON"),
    ],
)
def test_extract_line_when_it_is_bad_then_says_why(line: str, line_id: str | None, words: str) -> None:
    row = extract_line(line, Canned(FOUND))
    assert row["id"] == line_id
    assert words in row["error"]


def test_extract_line_when_the_extractor_gives_up_then_says_so() -> None:
    assert "30 seconds" in extract_line('{"id": 1, "text": "a"}', Canned())["error"]
