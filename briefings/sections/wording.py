"""The plain words for ages, counts, places, stances and states; nothing here names a country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from briefings.model import LedgerStatus, Stance
from config.catalogue import ActorSpec, Rank, TopicSpec

HOURS_UNTIL = timedelta(hours=48)  # ages are told in hours up to here, then in days
ALERT_AFTER = timedelta(hours=72)  # a silence longer than this is flagged

STANCES: Mapping[Stance, str] = {
    "AGREE": "agrees",
    "CONSULT": "is ready to talk",
    "SUPPORT": "voices support",
    "CONCEDE": "gives way",
    "COOPERATE": "cooperates",
    "AID": "offers help",
    "RETREAT": "pulls back",
    "REQUEST": "makes a demand",
    "ACCUSE": "accuses",
    "REJECT": "rejects",
    "THREATEN": "threatens",
    "PROTEST": "protests",
    "SANCTION": "imposes sanctions",
    "MOBILIZE": "readies its forces",
    "COERCE": "applies pressure",
    "ASSAULT": "attacks",
    "STATEMENT": "makes a statement",
    "NO_COMMENT": "declines to comment",
    "NO_RESPONSE": "has not answered",
}
REACTIONS: Mapping[Stance, str] = {  # how an answer is told, after the name of its speaker
    "AGREE": "agreed",
    "CONSULT": "spoke about talks",
    "SUPPORT": "welcomed it",
    "CONCEDE": "gave way",
    "COOPERATE": "cooperated",
    "AID": "offered help",
    "RETREAT": "announced a pull-back",
    "REQUEST": "made a demand",
    "ACCUSE": "criticised it",
    "REJECT": "rejected it",
    "THREATEN": "threatened",
    "PROTEST": "protested",
    "SANCTION": "announced sanctions",
    "MOBILIZE": "readied forces",
    "COERCE": "applied pressure",
    "ASSAULT": "attacked",
    "STATEMENT": "commented",
    "NO_COMMENT": "declined to comment",
    "NO_RESPONSE": "gave no answer",
}
STATUSES: Mapping[LedgerStatus, str] = {
    "open": "open",
    "narrowed": "narrowed",
    "resolved": "resolved",
    "reopened": "open again",
}
RANKS: Mapping[Rank, str] = {
    "head": "top level",
    "ministry": "ministry level",
    "spokesman": "spokesperson",
    "lower": "lower level",
}


def capital_of(actor: ActorSpec) -> str:
    """Return what the actor is called as a party that answers: its capital, else its name."""
    return actor.capital or actor.name


def watch_title(topic: TopicSpec, actor: ActorSpec) -> str:
    """Return the title of the response watch."""
    return topic.section_title or f"{actor.name}: response watch"


def count(n: int, one: str, many: str = "") -> str:
    """Return "1 article", "3 articles"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def age(span: timedelta) -> str:
    """Return a length of time as a reader would say it: minutes, hours up to two days, then days."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return count(minutes, "minute")
    if span < HOURS_UNTIL:
        return count(minutes // 60, "hour")
    return count(span.days, "day")


def age_in_days(start: datetime, now: datetime, zone: str) -> str:
    """Return how many calendar days lie between two times in a zone: "since today", "19 days"."""
    tz = ZoneInfo(zone)
    days = (now.astimezone(tz).date() - start.astimezone(tz).date()).days
    return "since today" if days <= 0 else count(days, "day")


def place_of(zone: str) -> str:
    """Return a zone as a reader would say it: "Kyiv time", "UTC"."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{city} time" if "/" in zone and not zone.startswith("Etc/") else city


def listing(words: Iterable[str], limit: int = 4) -> str:
    """Return "A, B and C"; beyond the limit "A, B, C and 3 more"."""
    names = list(words)
    if len(names) > limit:
        names = [*names[: limit - 1], f"{len(names) - limit + 1} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def sentence_case(text: str) -> str:
    """Return a label with its first letter raised, as it stands at the beginning of a line."""
    return text[:1].upper() + text[1:]


def short(text: str, limit: int = 110) -> str:
    """Return a headline or label of at most `limit` characters, cut between words. Never for quotations."""
    text = " ".join(text[: 4 * limit].split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return cut.rstrip(" ,;:-–—") + "…"
