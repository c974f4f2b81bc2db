"""The timeline as a picture: drawn once, the same each time, with words that stand for it."""

from __future__ import annotations

import struct
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefings.answers.timeline import Mark, Timeline
from briefings.use_cases.timeline_picture import draw

AT = datetime(2031, 3, 4, 9, tzinfo=UTC)
MARKS = (
    Mark(at=AT, kind="report", id="A-1", words="Harbour Wire: $5 toll at the strait $ \N{ANCHOR} closed"),
    Mark(at=AT + timedelta(days=2), kind="silence", id="R-2", words="Estborg has not answered"),
    Mark(at=AT + timedelta(days=9), kind="answer", id="R-3", words="Estborg rejects (Ada Holm)"),
)
TIMELINE = Timeline(title="D-1 The strait", marks=MARKS, as_of=AT + timedelta(days=10), zone="Europe/Kyiv")


def test_a_timeline_is_a_png_with_words_that_stand_for_it() -> None:
    picture = draw(TIMELINE)
    assert picture is not None
    assert picture.png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture.png[16:24])
    assert width > height > 200
    assert len(picture.png) < 300_000
    assert "Timeline of D-1 The strait" in picture.alt
    assert "Estborg rejects" in picture.alt


def test_a_timeline_is_drawn_the_same_each_time_and_with_hostile_words() -> None:
    hostile = replace(MARKS[0], words="\u202e$\\frac{x}{ \U0001f600 \u6f22\x00 _^{{" * 20)
    odd = replace(TIMELINE, marks=(hostile, *MARKS[1:]), title="$\\alpha_{$")
    first, second = draw(odd), draw(odd)
    assert first is not None
    assert second is not None
    assert first.png == second.png


def test_nothing_to_draw_is_no_picture() -> None:
    assert draw(replace(TIMELINE, marks=())) is None


def test_a_single_entry_is_drawn() -> None:
    assert draw(replace(TIMELINE, marks=MARKS[:1])) is not None


def test_matplotlib_is_not_loaded_before_the_first_picture() -> None:
    code = "import sys, bot.app, briefings.use_cases.answer; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
