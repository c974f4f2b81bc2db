import io
from datetime import UTC, datetime

import pytest

from briefings.errors import BadInput
from briefings.sources.rows import Row, read_array, read_lines

GOOD = b'{"title": "Envoys meet", "text": "They met.", "published": "2026-01-06T20:00Z", "publisher": "Harbour Post"}'


def lines(data: bytes) -> list[Row | BadInput]:
    return list(read_lines(io.BytesIO(data), "rows.jsonl"))


def test_read_lines_when_one_is_bad_then_the_others_are_read_and_it_is_named() -> None:
    first, second, third = lines(GOOD + b"\n\n{broken\n" + GOOD)
    assert isinstance(first, Row)
    assert first.published == datetime(2026, 1, 6, 20, 0, tzinfo=UTC)
    assert "rows.jsonl line 3" in str(second)
    assert isinstance(third, Row)
    assert third.where == "rows.jsonl line 4"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[1]", "not an object"),
        (b'{"title": "a"}', "neither 'text' nor 'html'"),
        (b'{"text": 5}', "'text' must be text"),
        (b'{"text": "a", "publisher": ["b"]}', "'publisher' must be text"),
        (
            b'{"text": "\xff\xfe\x81\xd0\x90\xd0\x90\xd0\x90\xd0\x90\xd0\x90\xd0\x90\xd0\x90\xd0\x90\xd0\x90\xd0\x90"}',
            "not JSON",
        ),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_read_lines_when_line_can_not_be_used_then_says_why(line: bytes, reason: str) -> None:
    (found,) = lines(line)
    assert isinstance(found, BadInput)
    assert reason in str(found)


@pytest.mark.parametrize(
    ("value", "is_read"), [('"yesterday"', False), ("1767729600", True), ("true", False), ('""', True), ("{}", False)]
)
def test_read_lines_when_date_is_odd_then_the_article_stays(value: str, *, is_read: bool) -> None:
    (row,) = lines(f'{{"text": "They met.", "published": {value}}}'.encode())
    assert isinstance(row, Row)
    assert (row.date_note == "") is is_read


def test_read_lines_when_line_is_huge_then_skips_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefings.sources.rows.MAX_LINE", 200)
    found = lines(b"x" * 5_000 + b"\n" + GOOD)
    assert isinstance(found[0], BadInput)
    assert isinstance(found[1], Row)
    assert found[1].where == "rows.jsonl line 2"


def test_read_array_when_file_is_a_list_then_reads_each() -> None:
    found = list(read_array(b"[" + GOOD + b", 3]", "rows.json"))
    assert isinstance(found[0], Row)
    assert "item 2" in str(found[1])
    assert isinstance(next(read_array(GOOD, "one.json")), Row)
    assert "not JSON" in str(next(read_array(b"nope", "bad.json")))
