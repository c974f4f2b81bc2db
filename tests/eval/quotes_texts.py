"""The labelled articles of the quotation evaluation: text files with inline marks, read into text and spans."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from briefings.model import Span

DATA = Path(__file__).parent / "data"
PARTS = {"open": DATA / "quotes", "held": DATA / "quotes_held"}

_OPENING = re.compile(r"(\[\[|\(\(|\{\{)(\d+(?:,\d+)*)([~?]?)\|")
_CLOSING = {"[[": "]]", "((": "))", "{{": "}}"}
_LABEL = re.compile(r"(\d+): (?:\?|([^|]+?))(?: \| (.+))?")
_SPLIT = "\n== names\n"


class BadMarkup(ValueError):
    """A labelled article is not well formed."""


@dataclass(frozen=True, slots=True)
class Who:
    """The person speaking. No `names`: the article names nobody, or two would fit; any one of several is right."""

    names: tuple[str, ...]
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One labelled attribution; `is_doubtful` ones are neither asked for nor held against anybody."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    is_speech: bool = True  # else a thought, a plan, a wish
    is_doubtful: bool = False
    who: Who | None = None


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article without its markup, and what is attributed in it."""

    id: str
    title: str
    outlet: str
    layout: str
    text: str
    attributions: tuple[Attribution, ...]
    published: datetime | None = None
    has_single_marks: bool = False


def read_part(part: str) -> tuple[LabelledArticle, ...]:
    """Read the articles of the part "open" or "held", in the order of their names."""
    return tuple(
        read_article(path.stem, path.read_text(encoding="utf-8")) for path in sorted(PARTS[part].glob("*.txt"))
    )


def read_article(name: str, body: str) -> LabelledArticle:
    """Read one labelled article.

    Raises:
        BadMarkup: marks that do not close, an attribution without content, a label for no attribution.
    """
    head, _, rest = body.partition("\n\n")
    marked, _, labels = rest.rstrip().partition(_SPLIT.rstrip("\n"))
    header = dict(line.split(": ", 1) for line in head.splitlines())
    strip = _Strip(name)
    text = strip.read(marked.strip())
    given = header.get("published")
    return LabelledArticle(
        id=name,
        title=header["title"],
        outlet=header["outlet"],
        layout=header["layout"].split(",")[0],
        text=text,
        attributions=strip.attributions(_labels(name, labels)),
        published=datetime.fromisoformat(given).replace(hour=12, tzinfo=UTC) if given else None,
        has_single_marks=header.get("marks") == "single",
    )


def _labels(name: str, lines: str) -> dict[int, Who]:
    found = {}
    for line in filter(None, lines.splitlines()):
        match = _LABEL.fullmatch(line)
        if match is None:
            msg = f"{name}: cannot read the label {line!r}; write '3: Full Name | role' or '3: ?'"
            raise BadMarkup(msg)
        names = tuple(n.strip() for n in match[2].split("/")) if match[2] else ()
        found[int(match[1])] = Who(names, match[3])
    return found


@dataclass
class _Marked:
    spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    flags: set[str] = field(default_factory=set)


class _Strip:
    """Takes the markup out and keeps where it stood."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.out: list[str] = []
        self.size = 0
        self.open: list[tuple[str, tuple[int, ...], str, int]] = []
        self.marked: dict[int, _Marked] = defaultdict(_Marked)

    def read(self, body: str) -> str:
        at = 0
        while at < len(body):
            at = self._step(body, at)
        if self.open:
            msg = f"{self.name}: mark {self.open[-1][1]} is not closed"
            raise BadMarkup(msg)
        return "".join(self.out)

    def _step(self, body: str, at: int) -> int:
        opening = _OPENING.match(body, at)
        if opening:
            numbers = tuple(int(n) for n in opening[2].split(","))
            self.open.append((opening[1], numbers, opening[3], self.size))
            return opening.end()
        closing = _CLOSING[self.open[-1][0]] if self.open else None
        if closing and body.startswith(closing, at) and self._run(body, at, closing[0]) % 2 == 0:
            self._close()
            return at + 2
        self.out.append(body[at])
        self.size += 1
        return at + 1

    def _run(self, body: str, at: int, mark: str) -> int:
        """Return the length of a run of closing marks; the first of an odd run belongs to the text."""
        end = at
        while end < len(body) and body[end] == mark:
            end += 1
        return end - at

    def _close(self) -> None:
        kind, numbers, flag, start = self.open.pop()
        for n in numbers:
            self.marked[n].spans[kind].append(Span(start, self.size))
            self.marked[n].flags.add(flag)

    def attributions(self, who: dict[int, Who]) -> tuple[Attribution, ...]:
        bare = sorted({n for n, m in self.marked.items() if not m.spans["(("]} | (set(who) - set(self.marked)))
        if bare:
            msg = f"{self.name}: no content is marked for {bare}"
            raise BadMarkup(msg)
        return tuple(
            Attribution(
                source=tuple(m.spans["[["]),
                cue=tuple(m.spans["{{"]),
                content=tuple(m.spans["(("]),
                is_speech="~" not in m.flags,
                is_doubtful="?" in m.flags,
                who=who.get(n),
            )
            for n, m in sorted(self.marked.items())
        )
