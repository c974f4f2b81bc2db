"""Who answered: head of state or government, a ministry, a spokesman, or somebody lower."""

from __future__ import annotations

from briefings.model import StoredResponse
from config.records import ActorSpec, OfficeSpec, PersonSpec, Rank

ORDER: tuple[Rank, ...] = ("lower", "spokesman", "ministry", "head")


def rank_of(response: StoredResponse, actor: ActorSpec) -> Rank:
    """Return the rank of the speaker on the day, else of the office named; the government unnamed is a ministry."""
    mention = response.mention
    day = (response.article.published or response.article.known).date()
    for text in (mention.speaker, mention.actor):
        person = _person(text, actor)
        if person is not None:
            role = person.role_on(day)
            return role.rank if role is not None else "lower"
    office = _office(mention.actor, actor) or _office(mention.speaker, actor)
    if office is not None:
        return office.rank
    if mention.speaker is None and (mention.actor or "").removeprefix("the ").removeprefix("The ") in actor.names:
        return "ministry"
    return "lower"


def height(response: StoredResponse, actor: ActorSpec) -> int:
    """Return the rank as a number, higher is higher."""
    return ORDER.index(rank_of(response, actor))


def _person(text: str | None, actor: ActorSpec) -> PersonSpec | None:
    if not text:
        return None
    for person in actor.people:
        if text in {person.name, *person.variants, *person.surnames}:
            return person
    last = text.split()[-1]
    fitting = [p for p in actor.people if last in p.surnames]
    return fitting[0] if len(fitting) == 1 else None


def _office(text: str | None, actor: ActorSpec) -> OfficeSpec | None:
    folded = (text or "").lower()
    named = [(len(n), o) for o in actor.offices for n in (o.name, *o.variants) if folded and n.lower() in folded]
    return max(named, key=lambda pair: pair[0])[1] if named else None
