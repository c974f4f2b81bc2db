from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.model import Span
from briefings.sections.lead import lead_of, past_dateline, sentence_around, sentence_end
from tests.fakes_briefing import WIRE, article


def _lead(text: str, title: str = "A title") -> str | None:
    span = lead_of(article(1, WIRE, title, text))
    return span.cut(text) if span else None


PORT = "Ships left the port of Aldby on Monday at dawn."


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (f"{PORT} More follows.", PORT),
        (f"Politics\n\nMenu\n\n{PORT}\n\nMore.", PORT),
        (f"ALDBY, March 4 (Wire) - {PORT}", PORT),
        (f"ALDBY (Northern Wire) - {PORT}", PORT),
        (f"NEW ALDBY, Norland — {PORT}", PORT),
        (f"Aldby (Wire) – {PORT}", PORT),
        (
            "Norland said on Monday — in spite of all — that it left.",
            "Norland said on Monday — in spite of all — that it left.",
        ),
        (
            "Gen. Ola Lunn met the U.S. envoy on Jan. 3 in town. Yes.",
            "Gen. Ola Lunn met the U.S. envoy on Jan. 3 in town.",
        ),
        ("“We will not leave this harbour today,” she said. Yes.", "“We will not leave this harbour today,” she said."),
        ("It will cost 2.5 million crowns to keep it open. Yes.", "It will cost 2.5 million crowns to keep it open."),
        ("Menu\n\nShort.\n\nNo full stop in this whole paragraph of many words", None),
        ("", None),
    ],
)
def test_lead_of_when_an_article_is_given_then_its_first_sentence_is_found(text: str, lead: str | None) -> None:
    assert _lead(text) == lead


def test_lead_of_when_the_text_repeats_the_title_then_the_title_is_passed_over() -> None:
    title = "Ships of the northern fleet leave the port at dawn."
    assert _lead(f"{title}\n\nThe northern fleet left the port of Aldby on Monday at dawn.", title) == (
        "The northern fleet left the port of Aldby on Monday at dawn."
    )


@given(st.text(), st.integers(0, 50))
def test_sentence_end_when_any_text_is_given_then_it_is_inside(text: str, start: int) -> None:
    start = min(start, len(text))
    assert start <= sentence_end(text, start, len(text)) <= len(text)


@given(st.text(min_size=1), st.data())
def test_sentence_around_when_any_span_is_given_then_it_is_held(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    around = sentence_around(text, Span(start, end))
    assert 0 <= around.start <= start
    assert end <= around.end <= len(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ALDBY - No agreement was reached.", "No agreement was reached."),
        ("ALDBY, March 5 (Northern Wire) — No agreement was reached.", "No agreement was reached."),
        ("Aldby (Northern Wire) - No agreement was reached.", "No agreement was reached."),
        ("No agreement - or none yet - was reached.", "No agreement - or none yet - was reached."),
        ("NATO and SUND reached no agreement.", "NATO and SUND reached no agreement."),
    ],
)
def test_past_dateline_when_a_sentence_opens_with_one_then_it_is_left_out(text: str, shown: str) -> None:
    whole = f"Before. {text}"
    assert past_dateline(whole, Span(8, len(whole))).cut(whole) == shown
