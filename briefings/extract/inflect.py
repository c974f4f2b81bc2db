"""Forms of English verbs: what a lexicon row written with the base form matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_VOWELS = "aeiou"


def irregular_forms(rows: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return base form -> all forms, from rows such as "say says said saying"."""
    return {row.split()[0]: tuple(row.split()) for row in rows}


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + "ed"


def _participle(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


def verb_forms(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the forms of a verb: those listed as irregular, else base, -s, -ed and -ing by the spelling rules.

    A verb that doubles its last letter ("ban") or changes its stem must be listed.
    """
    if verb in irregular:
        return frozenset(irregular[verb])
    return frozenset((verb, _third_person(verb), _past(verb), _participle(verb)))
