"""Acts of an article: a verb of the lexicon, who does it, and how it is said (denied, hypothetical, perfect, present)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from briefings.extract.parsed import ParsedText, Token
from briefings.extract.parties import Parties, Party
from briefings.extract.phrases import Cue
from briefings.extract.references import PRONOUNS, Memory
from briefings.extract.units import Unit

_MODALS = frozenset(("could", "may", "might", "would", "should", "can", "will", "shall", "must", "'ll", "'d", "ought"))
_HAVE = frozenset(("has", "have", "had", "'ve", "having"))
_DENIED = frozenset(("not", "n't", "never", "hardly", "nor"))
_IF = frozenset(("if", "unless", "whether", "until", "once", "should", "lest"))
_PARTICIPLE = ("ed", "en", "ught", "old", "aid")  # "the plan rejected by X": its noun is not who rejects
_ASKED = frozenset(("what", "how", "why", "whether"))
_INDIRECT = frozenset(("ccomp", "pcomp", "csubj"))
_RELATIVE = frozenset(("who", "which", "that"))
_SHARED = frozenset(("conj", "xcomp"))
_PAST = frozenset(
    (
        "said",
        "told",
        "wrote",
        "gave",
        "made",
        "took",
        "held",
        "met",
        "spoke",
        "sent",
        "put",
        "saw",
        "thought",
        "set",
        "cut",
        "withdrew",
        "began",
        "left",
        "came",
        "went",
        "kept",
        "did",
        "was",
        "were",
        "fell",
        "broke",
        "drew",
        "sought",
        "laid",
        "stuck",
        "showed",
        "lent",
        "called",
    )
)
_HELPERS = frozenset(("neg", "aux", "auxpass", "advmod", "preconj", "oprd"))
_QUOTED = frozenset(("quoted", "cited", "quote", "quotes", "cites", "quoting", "citing"))
_FAIL = frozenset(("fail", "fails", "failed", "failing", "struggle", "struggled"))
_PREDICATES = ("act_", "lean_", "noun_", "silence")
_CONTENT = frozenset(("for", "to", "on", "of", "over", "about", "against", "that"))
_CLAUSES = frozenset(
    ("ROOT", "conj", "ccomp", "xcomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "dep", "csubj", "appos")
)


@dataclass(frozen=True, slots=True)
class Act:
    """One predicate. `host` is the verb whose complement it stands in; `is_main`: it is the sentence's own statement."""

    unit: int
    verb: int
    cues: tuple[Cue, ...]
    party: Party | None
    is_main: bool
    is_adjunct: bool
    is_noun: bool
    host: int | None
    is_denied: bool = False
    is_hypothetical: bool = False
    is_perfect: bool = False
    is_past_perfect: bool = False
    is_present: bool = False
    modal: str = ""

    is_nonfinite: bool = False
    is_wish: bool = False

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
        for verb in sorted(by_verb):
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
        top = next((t for t in inside if t.head not in numbers or t.head == t.i), None)
        if top is None:
            return None
        is_helper = top.dep in _HELPERS or (top.dep in {"dobj", "acomp", "attr"} and len(inside) > 1)
        if is_helper and top.head not in numbers:
            top = self._parsed.tokens[top.head]
        return top.i if top.dep in _CLAUSES else None

    def _noun_of(self, inside: list[Token]) -> int | None:
        """Return the noun of an act that is told with its content: "the demand for ...", "the refusal to ..."."""
        tokens = self._parsed.tokens
        for noun in inside:
            if noun.dep not in _CLAUSES - {"appos"} and any(self._is_content(tokens[c]) for c in noun.children):
                return noun.i
        return None

    @staticmethod
    def _is_content(token: Token) -> bool:
        return token.dep in {"acl", "ccomp", "relcl"} or (token.dep == "prep" and token.lower in _CONTENT)

    def _act(self, unit: Unit, verb: int, cues: tuple[Cue, ...]) -> Act:
        tokens = self._parsed.tokens
        children = [tokens[c] for c in tokens[verb].children]
        helpers = {t.lower for t in children if t.dep in {"aux", "auxpass"}}
        chain = list(self._chain(verb))
        return Act(
            unit=unit.index,
            verb=verb,
            cues=cues,
            party=self._doer(verb, unit),
            is_main=all(tokens[i].dep in {"ROOT", "conj", "parataxis"} for i in chain),
            is_adjunct=any(tokens[i].dep in {"advcl", "acl", "pcomp", "xcomp"} for i in chain),
            is_noun=tokens[verb].dep not in _CLAUSES,
            host=self._host(verb, chain),
            is_denied=any(t.dep == "neg" or t.lower in _DENIED for t in children) or self._is_failure(verb),
            is_hypothetical=any(self._is_hypothetical(i) for i in chain),
            is_perfect=bool(helpers & {"has", "have", "'ve"})
            or ("'s" in helpers and tokens[verb].lower.endswith(("ed", "en"))),
            is_past_perfect="had" in helpers,
            is_present=not helpers & (_HAVE | _MODALS | {"did"}) and _is_present(tokens[verb]),
            is_nonfinite=tokens[verb].lower.endswith("ing") and not helpers,
            is_wish=self._is_wish(verb, helpers),
            modal=next((t.lower for t in children if t.dep == "aux" and t.lower in _MODALS), ""),
        )

    def _chain(self, verb: int) -> Iterator[int]:
        """Yield the verb and the verbs above it up to the root."""
        i = verb
        for _ in range(12):
            yield i
            head = self._parsed.tokens[i].head
            if head == i:
                return
            i = head

    def _is_hypothetical(self, i: int) -> bool:
        tokens = self._parsed.tokens
        children = [tokens[c] for c in tokens[i].children]
        if tokens[i].dep in _INDIRECT and any(c.lower in _ASKED and c.i < i for c in children):
            return True
        return any(c.dep in {"mark", "advmod"} and c.lower in _IF for c in children)

    def _is_wish(self, verb: int, helpers: set[str]) -> bool:
        """Tell "for X to do": an infinitive with a subject of its own."""
        return "to" in helpers and any(self._parsed.tokens[c].dep == "nsubj" for c in self._parsed.tokens[verb].children)

    def _host(self, verb: int, chain: list[int]) -> int | None:
        """Return what a clause is the complement of: "with" for "with X saying", a verb for "Y said that X ..."."""
        tokens = self._parsed.tokens
        if tokens[verb].dep == "pcomp":
            return tokens[verb].head
        return next((tokens[i].head for i in chain if tokens[i].dep == "ccomp"), None)

    def _is_failure(self, verb: int) -> bool:
        token = self._parsed.tokens[verb]
        return token.dep == "xcomp" and self._parsed.tokens[token.head].lower in _FAIL

    # ---- who does it ----------------------------------------------------------------------------------------------

    def _doer(self, verb: int, unit: Unit) -> Party | None:
        if self._parsed.tokens[verb].lower == "according":
            source = next((o for o in self._objects_of_to(verb)), None)
            return None if source is None else self.party(source, unit.index)
        if self._parsed.tokens[verb].dep not in _CLAUSES:
            return self._possessor(verb, unit)
        subject = self.subject(verb)
        party = self.party(subject, unit.index) if subject is not None else None
        if party is None:
            party = self._speakers.get(verb)
        if party is not None and subject is not None:
            self.resolved[subject] = party
        return party

    def _objects_of_to(self, verb: int) -> Iterator[int]:
        tokens = self._parsed.tokens
        for c in tokens[verb].children:
            if tokens[c].lower == "to":
                yield from (o for o in tokens[c].children if tokens[o].dep == "pobj")

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
            return self._memory.resolve(i, unit)
        named = self._parties.at(i)
        if named is not None:
            return named
        owner = self._memory.owner(i, unit)
        if owner is not None and self._parties.role_noun(i):
            return replace(owner, head=i, span=self._parsed.tokens[i].span, kind="office", person=None)
        return self._memory.resolve(i, unit)

    def subject(self, verb: int, depth: int = 0) -> int | None:
        """Return the token that does the verb: its subject, its agent, or that of the verb it hangs on."""
        tokens = self._parsed.tokens
        passive = agent = beside = None
        for c in tokens[verb].children:
            token = tokens[c]
            if token.dep == "nsubj" and token.is_quote:
                beside = next((o for o in token.children if tokens[o].dep in {"appos", "conj"}), beside)
            elif token.dep == "nsubj":
                return self._antecedent(verb, c)
            if token.dep == "nsubjpass":
                passive = c
            if token.dep == "agent":
                agent = next((o for o in token.children if tokens[o].dep == "pobj"), None)
        if passive is not None or agent is not None:
            return passive if tokens[verb].lower in _QUOTED else agent
        if beside is not None:
            return beside
        return self._inherited(verb, depth)

    def _antecedent(self, verb: int, subject: int) -> int:
        tokens = self._parsed.tokens
        if tokens[subject].lower in _RELATIVE:
            clause = next((i for i in self._chain(verb) if tokens[i].dep == "relcl"), None)
            return subject if clause is None else tokens[clause].head
        return subject

    def _inherited(self, verb: int, depth: int) -> int | None:
        token = self._parsed.tokens[verb]
        if depth > 4 or token.head == verb:
            return None
        if token.dep == "relcl" or (token.dep == "acl" and not token.lower.endswith(_PARTICIPLE)):
            return token.head
        if token.dep in _SHARED or token.dep in {"advcl", "dep", "parataxis"}:
            return self.subject(token.head, depth + 1)
        if token.dep == "pcomp":
            above = self._parsed.tokens[self._parsed.tokens[token.head].head]
            quoted = next((c for c in above.children if self._parsed.tokens[c].dep == "dobj"), None)
            return quoted if above.lower in _QUOTED and quoted is not None else self.subject(above.i, depth + 1)
        return None

    def _note_roots(self, unit: Unit, done: set[int]) -> None:
        """Remember the subject of a main verb that the lexicon does not know."""
        for token in unit.tokens(self._parsed):
            if token.dep == "ROOT" and token.i not in done:
                subject = self.subject(token.i)
                party = self.party(subject, unit.index) if subject is not None else None
                if party is not None:
                    self._memory.note(party, unit.index, is_main=True)


def _is_present(token: Token) -> bool:
    word = token.lower
    if word.endswith(("ed", "ing")):
        return False
    return word not in _PAST
