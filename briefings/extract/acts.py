"""Acts of an article: a verb or noun of the lexicon, who does it, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from briefings.extract.modality import Modality, clause_chain, modality_of
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.parties import Parties, Party
from briefings.extract.phrase_heads import prepositions
from briefings.extract.phrases import Cue
from briefings.extract.references import PRONOUNS, Memory
from briefings.extract.subjects import sources_of, subject_of
from briefings.extract.units import Unit

_MAX_ACTS = 40  # of one sentence; more is no sentence
_HELPERS = frozenset(("neg", "aux", "auxpass", "advmod", "preconj", "oprd"))
_PREDICATES = ("act_", "lean_", "noun_", "silence")
_CONTENT = frozenset(("for", "to", "on", "of", "over", "about", "against", "that"))
_LISTING = frozenset(("include", "includes", "included", "are", "remain"))  # "X's demands include ..."
_MEMBER = frozenset(("of", "for", "from"))
_CLAUSES = frozenset(
    ("ROOT", "conj", "ccomp", "xcomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "dep", "csubj", "appos")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One predicate.

    `host` is the verb in whose complement it stands, or "with". `is_main`: it is the sentence's own statement;
    `is_noun`: it is told by a noun.
    """

    unit: int
    verb: int
    cues: tuple[Cue, ...]
    party: Party | None
    is_main: bool
    is_noun: bool
    host: int | None
    how: Modality

    @property
    def groups(self) -> frozenset[str]:
        """The lexicon groups found at the verb."""
        return frozenset(c.group for c in self.cues)


class ActFinder:
    """Finds the acts of one article, unit by unit, remembering who was spoken of."""

    def __init__(self, parsed: ParsedText, parties: Parties, memory: Memory, speakers: Mapping[int, Party]) -> None:
        """Begin an article; `speakers` tells for some verbs who was found to be quoted."""
        self._speakers = speakers
        self._parsed = parsed
        self._parties = parties
        self._memory = memory
        self.resolved: dict[int, Party] = {}

    def acts(self, unit: Unit) -> list[Act]:
        """Return the acts of a unit in order, and remember its subjects."""
        by_verb = self._verbs(unit)
        self._note_roots(unit, set(by_verb))
        found = []
        by_verb.update(self._according(unit, by_verb))
        for verb in sorted(by_verb)[:_MAX_ACTS]:
            act = self._act(unit, verb, tuple(by_verb[verb]))
            found.append(act)
            if act.party is not None:
                self._memory.note(act.party, unit.index, is_main=act.is_main)
        return found

    def _verbs(self, unit: Unit) -> dict[int, list[Cue]]:
        """Return verb -> its cues; a cue within masked words has none."""
        by_verb: dict[int, list[Cue]] = {}
        tokens = unit.tokens(self._parsed)
        for cue in unit.cues:
            if cue.group.startswith(_PREDICATES):
                inside = [t for t in tokens if cue.start <= t.start < cue.end and not t.is_quote]
                verb = self._noun_of(inside) if cue.group.startswith("noun_") else self._verb_of(inside)
                if verb is not None:
                    by_verb.setdefault(verb, []).append(cue)
        return by_verb

    def _according(self, unit: Unit, found: dict[int, list[Cue]]) -> dict[int, list[Cue]]:
        """Return "according to X" as a report by X."""
        return {
            t.i: [Cue("act_report", 0, 0, t.start, t.end)]
            for t in unit.tokens(self._parsed)
            if t.lower == "according" and t.i not in found and not t.is_quote
        }

    def _verb_of(self, inside: list[Token]) -> int | None:
        """Return the topmost of the cue's words, or the verb that it hangs on."""
        numbers = {t.i for t in inside}
        tops = [t for t in inside if t.head not in numbers or t.head == t.i]
        if not tops:
            return None
        top = min(tops, key=lambda t: (t.dep not in _CLAUSES, t.dep == "conj"))
        is_helper = top.dep in _HELPERS or (top.dep in {"dobj", "acomp", "attr"} and len(inside) > 1)
        if is_helper and top.head not in numbers:
            top = self._parsed.tokens[top.head]
        return top.i if top.dep in _CLAUSES else None

    def _noun_of(self, inside: list[Token]) -> int | None:
        """Return the noun of an act that is told with its content: "the demand for ...", "the refusal to ..."."""
        tokens = self._parsed.tokens
        for noun in inside:
            is_listed = noun.dep == "nsubj" and tokens[noun.head].lower in _LISTING
            has_content = is_listed or any(self._is_content(tokens[c]) for c in noun.children)
            if noun.dep not in _CLAUSES - {"appos"} and has_content:
                return noun.i
        return None

    @staticmethod
    def _is_content(token: Token) -> bool:
        return token.dep in {"acl", "ccomp", "relcl"} or (token.dep == "prep" and token.lower in _CONTENT)

    def _act(self, unit: Unit, verb: int, cues: tuple[Cue, ...]) -> Act:
        tokens = self._parsed.tokens
        chain = self._chain(verb)
        return Act(
            unit=unit.index,
            verb=verb,
            cues=cues,
            party=self._doer(verb, unit),
            is_main=all(tokens[i].dep in {"ROOT", "conj", "parataxis"} for i in chain),
            is_noun=self._is_noun(verb),
            host=self._host(verb, chain),
            how=modality_of(self._parsed, verb),
        )

    def _chain(self, verb: int) -> list[int]:
        """Return a verb and those above it; "threatened to strike and ordered ..." has two main verbs."""
        tokens = self._parsed.tokens
        chain = list(clause_chain(self._parsed, verb))
        if len(chain) > 2 and tokens[verb].dep == "conj" and tokens[verb].lower.endswith("ed"):
            above = tokens[chain[1]]
            is_infinitive = above.dep == "xcomp" and any(tokens[c].lower == "to" for c in above.children)
            return [verb, *chain[2:]] if is_infinitive else chain
        return chain

    def _is_noun(self, verb: int) -> bool:
        token = self._parsed.tokens[verb]
        return token.dep not in _CLAUSES or any(self._parsed.tokens[c].dep == "poss" for c in token.children)

    def _host(self, verb: int, chain: list[int]) -> int | None:
        """Return what a clause is the complement of: "with" for "with X saying", a verb for "Y said that X ..."."""
        tokens = self._parsed.tokens
        if tokens[verb].dep == "pcomp":
            return tokens[verb].head
        return next((tokens[i].head for i in chain if tokens[i].dep == "ccomp"), None)

    # ---- who does it ----------------------------------------------------------------------------------------------

    def _doer(self, verb: int, unit: Unit) -> Party | None:
        if self._parsed.tokens[verb].lower == "according":
            source = next(sources_of(self._parsed, verb), None)
            return None if source is None else self.party(source, unit.index)
        if self._is_noun(verb):
            return self._possessor(verb, unit)
        subject = subject_of(self._parsed, verb)
        party = self.party(subject, unit.index) if subject is not None else None
        if party is None:
            party = self._speakers.get(verb)
        if party is not None and subject is not None:
            self.resolved[subject] = party
        return party

    def _possessor(self, noun: int, unit: Unit) -> Party | None:
        """Return whose demand it is: "Arda's demand", "the Ardan demand", "a demand by Arda"."""
        tokens = self._parsed.tokens
        for c in tokens[noun].children:
            if tokens[c].dep == "poss" or (tokens[c].dep in {"amod", "compound"} and self._parties.name_at(c)):
                return self.party(c, unit.index)
            if tokens[c].dep == "prep" and tokens[c].lower in {"by", "from"}:
                return next((self.party(o, unit.index) for o in tokens[c].children if tokens[o].dep == "pobj"), None)
        return None

    def party(self, i: int, unit: int) -> Party | None:
        """Return who a subject is: by its own words, by its possessor, else by what was said before."""
        word = self._parsed.tokens[i].lower
        if word in PRONOUNS:
            return self._memory.resolve(i, unit) or self._named_before(i, word)
        named = self._parties.at(i)
        if named is not None:
            return named
        owner = self._memory.owner(i, unit) or self._owner_before(i)
        if owner is not None and self._parties.role_noun(i):
            return replace(owner, head=i, span=self._parsed.tokens[i].span, kind="office", person=None)
        return self._memory.resolve(i, unit) or self._member(i, unit)

    def _member(self, i: int, unit: int) -> Party | None:
        """Return for whom "representatives of the ministry" speak, where the ministry was named before."""
        if not self._parties.role_noun(i):
            return None
        for j in prepositions(self._parsed, i, _MEMBER):
            body = self._memory.resolve(j, unit) if self._parties.role_noun(j) else None
            if body is not None:
                return replace(body, head=i, span=self._parsed.tokens[i].span, kind="official", person=None)
        return None

    def _owner_before(self, i: int) -> Party | None:
        """Return whom a possessive pronoun stands for by the same sentence: "X will ..., its ministry said"."""
        tokens = self._parsed.tokens
        owner = next(
            (c for c in tokens[i].children if tokens[c].dep == "poss" and tokens[c].lower in {"its", "their"}), None
        )
        return None if owner is None else self._named_before(owner, "it")

    def _named_before(self, i: int, word: str) -> Party | None:
        """Return the government named before "it" in the same sentence."""
        if word not in {"it", "its"}:
            return None
        sentence = self._parsed.sentences[self._parsed.tokens[i].sentence]
        for j in range(i - 1, sentence.first - 1, -1):
            found = self._parties.name_at(j)
            if found is not None and found.name.kind == "government":
                return self._parties.at(j)
        return None

    def _note_roots(self, unit: Unit, done: set[int]) -> None:
        """Remember the subject of a main verb that the lexicon does not know."""
        for token in unit.tokens(self._parsed):
            if token.dep == "ROOT" and token.i not in done:
                subject = subject_of(self._parsed, token.i)
                party = self.party(subject, unit.index) if subject is not None else None
                if party is not None:
                    self._memory.note(party, unit.index, is_main=True)
