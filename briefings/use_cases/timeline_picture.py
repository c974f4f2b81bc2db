"""A timeline as a picture. Matplotlib is loaded with the first one; without it, or with nothing to draw, there is none.

Dark words on an opaque light card, so that it reads the same on a dark and on a light page.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefings.answers.timeline import Kind, Mark, Timeline
from briefings.document import Picture, clean
from briefings.sections.wording import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, ROW, AROUND = 10.0, 0.4, 1.5  # inches
DPI = 130
WORDS = 84  # characters of an entry
SHARE = 0.24  # of the width for the marks; the words have the rest
PAPER, INK, SOFT, RULE = "#fbfaf8", "#1f1e1b", "#5f5b54", "#d9d4ca"
_LOOKS: dict[Kind, tuple[str, str, str]] = {  # colour, marker, what it means
    "report": ("#1b5a8f", "o", "report"),
    "open": ("#96650a", "o", "open"),
    "narrowed": ("#6a4c93", "D", "narrowed"),
    "resolved": ("#2c6e3f", "s", "resolved"),
    "answer": ("#2c6e3f", "s", "answer"),
    "silence": ("#b3261e", "X", "no answer reported"),
    "earlier": ("#6b675f", "v", "earlier position"),
}


def draw(timeline: Timeline) -> Picture | None:
    """Return the picture of a timeline, None when there is nothing to draw."""
    if not timeline.marks:
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - 60 MB that few workers need
    from matplotlib.figure import Figure  # noqa: PLC0415

    n = len(timeline.marks)
    height = ROW * n + AROUND
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.03, 0.62 / height, 0.94, (height - 1.4) / height), facecolor=PAPER)
    _title(figure, timeline, height)
    _entries(axes, timeline)
    _legend(axes, timeline)
    written = BytesIO()
    figure.savefig(written, format="png", metadata={"Software": None})
    return Picture(png=written.getvalue(), alt=timeline.alt)


def _title(figure: Any, timeline: Timeline, height: float) -> None:
    last = timeline.as_of.astimezone(ZoneInfo(timeline.zone))
    given = {"parse_math": False, "ha": "left", "va": "top"}
    figure.text(0.03, 1 - 0.2 / height, _drawable(timeline.title), fontsize=13, weight="bold", color=INK, **given)
    told = f"As of {last:%d %b %Y, %H:%M} ({timeline.zone}). Extracted from stored articles."
    figure.text(0.03, 1 - 0.48 / height, told, fontsize=8.5, color=SOFT, **given)


def _entries(axes: Axes, timeline: Timeline) -> None:
    """Draw one row an entry, the oldest on top: its mark at its time on the left, its words in a column."""
    zone = ZoneInfo(timeline.zone)
    times = [m.at.timestamp() for m in timeline.marks]
    first, last = min(times), max(times)
    span = max(last - first, 3600.0)
    left, right = first - 0.2 * span, first + 1.08 * span
    axes.set_xlim(left, left + (right - left) / SHARE)
    axes.set_ylim(len(times) - 0.4, -0.6)
    axes.plot(times, range(len(times)), color=RULE, linewidth=1.4, zorder=1)
    for row, (at, mark) in enumerate(zip(times, timeline.marks, strict=True)):
        colour, marker, _ = _LOOKS[mark.kind]
        axes.plot([at, right], [row, row], color=RULE, linewidth=0.7, linestyle=(0, (1, 3)), zorder=0)
        axes.scatter([at], [row], color=colour, marker=marker, s=62, zorder=3)
        _words(axes, mark, (right, row), zone)
    axes.set_yticks([])
    _dates(axes, (first, last), zone)
    for side in ("left", "right", "top", "bottom"):
        axes.spines[side].set_visible(False)


def _words(axes: Axes, mark: Mark, at: tuple[float, int], zone: ZoneInfo) -> None:
    local = mark.at.astimezone(zone)
    given: dict[str, Any] = {"va": "center", "fontsize": 9, "parse_math": False, "zorder": 2}
    axes.text(*at, f"{local:%d %b %H:%M}", color=SOFT, **given)
    axes.annotate(mark.id, at, xytext=(74, 0), textcoords="offset points", color=SOFT, **given)
    words = _drawable(short(mark.words, WORDS))
    axes.annotate(words, at, xytext=(112, 0), textcoords="offset points", color=INK, **given)


def _dates(axes: Axes, over: tuple[float, float], zone: ZoneInfo) -> None:
    """Write the first and the last time below the marks."""
    first, last = over
    form = "%d %b %Y" if last - first > 2 * 86_400 else "%d %b\n%H:%M"
    ticks = [first, last] if last > first else [first]
    axes.set_xticks(ticks)
    axes.set_xticklabels([datetime.fromtimestamp(t, zone).strftime(form) for t in ticks], fontsize=8, color=SOFT)
    axes.tick_params(axis="x", color=RULE, length=3)


def _legend(axes: Axes, timeline: Timeline) -> None:
    for kind in dict.fromkeys(m.kind for m in timeline.marks):
        colour, marker, meaning = _LOOKS[kind]
        axes.scatter([], [], color=colour, marker=marker, s=40, label=meaning)
    axes.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=4, fontsize=8, frameon=False, labelcolor=SOFT,
        borderaxespad=0.1, handletextpad=0.2, columnspacing=1.2,
    )  # fmt: skip


def _drawable(words: str) -> str:
    """Return words without what the font can't draw: emoji and scripts beyond Latin, Greek and Cyrillic."""
    plain = clean(words).strip()
    return "".join(c if ord(c) < 0x530 or 0x2000 <= ord(c) < 0x20D0 else "?" for c in plain)
