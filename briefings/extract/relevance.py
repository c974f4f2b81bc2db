"""Whether a sentence is about the story of the watched actors: no battlefield, no crime, nothing at home."""

from __future__ import annotations

from briefings.extract.reading import Reading
from briefings.extract.units import Unit
from briefings.model import Span

_MIN_SIGNS = 2  # words of diplomacy, or names of watched actors, that an article has at least


def is_on_story(reading: Reading) -> bool:
    """Tell whether an article names a watched actor, and that again or diplomacy."""
    watched = reading.context.rules.watched
    names = (reading.parties.name_at(t.i) for t in reading.parsed.tokens)
    places = {n.first for n in names if n is not None and n.name.actor in watched}
    diplomacy = sum(c.group == "diplomacy" for unit in reading.units for c in unit.cues)
    return bool(places) and max(len(places), diplomacy) >= _MIN_SIGNS


def is_relevant(reading: Reading, unit: Unit, plain: Span, *, is_faint: bool) -> bool:
    """Tell whether a sentence, or the one before it, is about diplomacy and names nothing that is no issue."""
    groups = {c.group for c in unit.cues if plain.start <= c.start < plain.end}
    if "issue_never" in groups or ("home" in groups and "diplomacy" not in groups):
        return False
    if "diplomacy" in groups or names_actor(reading, unit, plain):
        return True
    return not is_faint


def names_actor(reading: Reading, unit: Unit, plain: Span) -> bool:
    """Tell whether a sentence names an actor of the catalogue."""
    inside = (t for t in unit.tokens(reading.parsed) if plain.start <= t.start < plain.end)
    return any(reading.parties.name_at(t.i) is not None for t in inside)


def is_diplomatic(unit: Unit, matter: Span) -> bool:
    """Tell whether a phrase holds a word of diplomacy."""
    return any(c.group == "diplomacy" and matter.start <= c.start < matter.end for c in unit.cues)
