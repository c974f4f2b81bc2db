"""What is offered while a person types an option: known speakers, issues, topics, zones and so on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from briefings.sections.wording import short
from briefings.use_cases.newsroom import Newsroom

SPEAKERS_SINCE = timedelta(days=14)
ISSUES_SINCE = timedelta(days=60)
DEVELOPMENTS_SINCE = timedelta(days=14)
QUOTATIONS = 400  # read for the speakers of late
ARTICLES = 60
LABEL = 80  # characters of what a person reads
OFFERED = 25  # more than any platform shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to choose: what is put into the option, and how it reads."""

    value: str
    label: str


@dataclass(frozen=True)
class Completer:
    """Offers completions from the catalogue and the store; what the store knows is read anew each minute. Blocks."""

    room: Newsroom
    _known: dict[str, tuple[datetime, tuple[Offer, ...]]] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, completion: str, typed: str, now: datetime) -> tuple[Offer, ...]:
        """Return what fits the words typed so far, best first; nothing for an option that is free text."""
        if completion not in _MAKERS:
            return ()
        minute = now.replace(second=0, microsecond=0)
        read, offers = self._known.get(completion, (None, ()))
        if read != minute:
            offers = tuple(_MAKERS[completion](self.room, now))
            self._known[completion] = (minute, offers)
        return fitting(offers, typed)


def fitting(offers: Iterable[Offer], typed: str) -> tuple[Offer, ...]:
    """Return the offers with every word typed: those that begin so first, else in the order given."""
    words = _plain(typed).split()
    found = [(o, _plain(f"{o.value} {o.label}")) for o in offers]
    fit = [(o, text) for o, text in found if all(w in text for w in words)]
    first = " ".join(words)
    fit.sort(key=lambda x: not (x[1].startswith(first) or _plain(x[0].label).startswith(first)))
    return tuple(o for o, _ in fit)[:OFFERED]


def _plain(text: str) -> str:
    """Return lower case without accents and with `_` and `/` as blanks, so that "kyiv" finds Europe/Kyiv."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.casefold().replace("_", " ").replace("/", " ")


def _topics(room: Newsroom, now: datetime) -> Iterable[Offer]:
    return (Offer(value=t.id, label=t.title) for t in room.catalogue.topics.values())


def _actors(room: Newsroom, now: datetime) -> Iterable[Offer]:
    watched = {t.actor for t in room.catalogue.topics.values()}
    ordered = sorted(room.catalogue.actors.values(), key=lambda a: (a.id not in watched, a.name))
    return (Offer(value=a.name, label=a.name) for a in ordered)


def _speakers(room: Newsroom, now: datetime) -> Iterable[Offer]:
    """Offer who was quoted of late, then the catalogue's people."""
    quoted = room.store.findings.quotations(as_of=now, since=now - SPEAKERS_SINCE, limit=QUOTATIONS)
    late = (q.quotation.speaker.name for q in quoted if q.quotation.speaker and q.quotation.speaker.name)
    names = dict.fromkeys([*late, *(p.name for p in room.catalogue.people())])
    return (Offer(value=n, label=short(n, LABEL)) for n in names)


def _issues(room: Newsroom, now: datetime) -> Iterable[Offer]:
    for topic in room.catalogue.topics:
        for found in room.store.stories.issue_mentions_by_issue(topic, as_of=now, since=now - ISSUES_SINCE):
            yield Offer(value=f"U-{found.id}", label=f"U-{found.id} {short(found.label, LABEL)}")


def _developments(room: Newsroom, now: datetime) -> Iterable[Offer]:
    found = room.store.stories.developments(as_of=now, since=now - DEVELOPMENTS_SINCE)
    newest = sorted(found, key=lambda d: (d.last, d.id), reverse=True)
    return (Offer(value=f"D-{d.id}", label=f"D-{d.id} {short(d.headline, LABEL)}") for d in newest)


def _articles(room: Newsroom, now: datetime) -> Iterable[Offer]:
    newest = room.store.articles.newest(ARTICLES, as_of=now)
    return (Offer(value=f"A-{a.id}", label=f"A-{a.id} {short(a.title, LABEL)}") for a in newest)


def _items(room: Newsroom, now: datetime) -> Iterable[Offer]:
    return (*_issues(room, now), *_developments(room, now))


def _zones(room: Newsroom, now: datetime) -> Iterable[Offer]:
    """Offer places, each with its time now; old names such as US/Eastern only by their own continent."""
    for zone in sorted(z for z in available_timezones() if "/" in z and not z.startswith(("Etc/", "posix/", "right/"))):
        yield Offer(value=zone, label=f"{zone} ({now.astimezone(ZoneInfo(zone)):%H:%M})")
    yield Offer(value="UTC", label=f"UTC ({now:%H:%M})")


def _addresses(room: Newsroom, now: datetime) -> Iterable[Offer]:
    return (Offer(value=f.url, label=f.publisher.name) for f in room.store.feeds.list(""))


_MAKERS: Mapping[str, Callable[[Newsroom, datetime], Iterable[Offer]]] = {
    "topics": _topics,
    "actors": _actors,
    "speakers": _speakers,
    "issues": _issues,
    "developments": _developments,
    "articles": _articles,
    "items": _items,
    "zones": _zones,
    "addresses": _addresses,
}
