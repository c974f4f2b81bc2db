"""Who "he", "it", "the ministry" or "the diplomat" is: the parties that the article named before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from briefings.extract.parsed import ParsedText
from briefings.extract.parties import Party
from briefings.extract.phrase_heads import phrase_span
from config.catalogue import Lexicon

_MALE = frozenset(("he", "him", "his"))
_FEMALE = frozenset(("she", "her", "hers"))
_THING = frozenset(("it", "its"))
_MANY = frozenset(("they", "their", "them"))
PRONOUNS = _MALE | _FEMALE | _THING | _MANY
_PLURAL = ("s", "authorities", "delegation", "team", "parliament", "duma", "committee")
_NEAR = 3  # units
_FAR = 8
_Test = Callable[[Party], bool]


@dataclass(frozen=True, slots=True)
class _Seen:
    party: Party
    unit: int
    is_main: bool


class Memory:
    """The parties of one article in the order in which they were subjects."""

    def __init__(self, parsed: ParsedText, lexicon: Lexicon) -> None:
        """Begin with nobody.

        Args:
            parsed: the article.
            lexicon: read are the nouns for papers ("proposal", which speaks for whoever spoke before) and the families
                of nouns for one office.
        """
        self._parsed = parsed
        self._papers = frozenset(lexicon.words("set_sovereign"))
        self._families = tuple(frozenset(row.split()) for row in lexicon.words("set_families"))
        self._seen: list[_Seen] = []

    def note(self, party: Party, unit: int, *, is_main: bool) -> None:
        """Remember a subject."""
        if party.is_excluded and not party.person:
            party = replace(party, actors=frozenset())
        self._seen.append(_Seen(party, unit, is_main))

    def resolve(self, i: int, unit: int) -> Party | None:
        """Return the party that a pronoun or a definite noun stands for, named by the words of token `i`."""
        token = self._parsed.tokens[i]
        found = self._antecedent(i, token.lower, unit)
        if found is None or len(found.actors) > 1:
            return None
        return replace(found, head=i, span=phrase_span(self._parsed, i))

    def owner(self, i: int, unit: int) -> Party | None:
        """Return the party behind the possessive pronoun of a noun phrase: "its ministry"."""
        for c in self._parsed.tokens[i].children:
            token = self._parsed.tokens[c]
            if token.dep == "poss" and token.lower in PRONOUNS:
                return self._antecedent(c, token.lower, unit)
        return None

    def _antecedent(self, i: int, word: str, unit: int) -> Party | None:
        if word in _MALE:
            return self._last(unit, _NEAR, lambda p: p.kind in {"person", "official", "other"} and p.gender != "f")
        if word in _FEMALE:
            return self._last(unit, _NEAR, lambda p: p.kind in {"person", "official", "other"} and p.gender != "m")
        if word in _THING:
            return self._last(unit, 2, lambda p: p.kind in {"government", "office", "other"} or p.noun in self._papers)
        if word in _MANY:
            return self._last(unit, 2, lambda p: not p.person and (len(p.actors) > 1 or p.noun.endswith(_PLURAL)))
        if self._is_definite(i):
            return self._by_noun(word, unit)
        return None

    def _is_definite(self, i: int) -> bool:
        children = [self._parsed.tokens[c] for c in self._parsed.tokens[i].children]
        return (
            any(t.dep == "det" and t.lower in {"the", "this", "that"} for t in children)
            or self._parsed.tokens[i].text[:1].isupper()
        )

    def _by_noun(self, noun: str, unit: int) -> Party | None:
        if noun in self._papers:
            return self._last(unit, 2, lambda p: bool(p.actors))
        same = self._last(unit, _FAR, lambda p: p.noun == noun or (p.noun != "" and p.noun + "s" == noun))
        if same is not None:
            return same
        kin = frozenset(word for family in self._families if noun in family for word in family)
        return self._last(unit, _NEAR, lambda p: p.noun in kin)

    def _last(self, unit: int, reach: int, fits: _Test) -> Party | None:
        """Return the nearest party that fits; of one unit, its main subject first."""
        best: _Seen | None = None
        for seen in reversed(self._seen):
            if unit - seen.unit > reach or (best is not None and seen.unit < best.unit):
                break
            if fits(seen.party) and (best is None or (seen.is_main and not best.is_main)):
                best = seen
        return best.party if best else None
