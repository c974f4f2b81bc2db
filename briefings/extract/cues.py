"""The words that report speech and thought, compiled from lexicon/quotations.toml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefings.extract.inflect import irregular_forms, verb_forms
from config.catalogue import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Sets of lower-case words; verbs in all their forms."""

    speech: frozenset[str]
    plain: frozenset[str]  # forms of say, tell ... that are verbs whatever the parse thinks
    asides: frozenset[str]  # stand in asides such as: as the ministry noted
    quoting: frozenset[str]  # with a quotation only
    thought: frozenset[str]
    intent: frozenset[str]
    stance: frozenset[str]
    naming: frozenset[str]
    stance_prepositions: frozenset[tuple[str, str]]
    saying_nouns: frozenset[str]
    message_nouns: frozenset[str]
    attitudes: frozenset[str]
    offices: frozenset[str]
    passives: frozenset[str]  # participles that report what somebody unnamed says or thinks
    showing: frozenset[str]
    evidence: frozenset[str]
    issued: frozenset[str]
    issuing: frozenset[str]  # what is done to a statement or a report to make it known

    @property
    def documents(self) -> frozenset[str]:
        """What can show or find something: reports and studies, and those who make them."""
        return self.evidence | self.message_nouns | self.issued

    @classmethod
    def build(cls, lexicon: Lexicon) -> Cues:
        """Compile the lexicon "quotations"."""
        irregular = irregular_forms(lexicon.words("irregular"))

        def verbs(group: str) -> frozenset[str]:
            return frozenset(f for w in lexicon.words(group) for f in verb_forms(w, irregular))

        pairs = (row.split() for row in lexicon.words("stance_prepositions"))
        return cls(
            speech=verbs("speech"),
            plain=frozenset(lexicon.words("plain")),
            asides=verbs("asides"),
            quoting=verbs("quoting"),
            thought=verbs("thought"),
            intent=verbs("intent"),
            stance=verbs("stance"),
            naming=verbs("naming"),
            stance_prepositions=frozenset((f, prep) for verb, prep in pairs for f in verb_forms(verb, irregular)),
            saying_nouns=_nouns(lexicon.words("saying_nouns")),
            message_nouns=_nouns(lexicon.words("message_nouns")),
            attitudes=frozenset(lexicon.words("attitudes")),
            offices=frozenset(lexicon.words("offices")),
            passives=frozenset(lexicon.words("passives")),
            showing=verbs("showing"),
            evidence=_nouns(lexicon.words("evidence")),
            issued=_nouns(lexicon.words("issued")),
            issuing=verbs("issuing"),
        )


def _nouns(words: Iterable[str]) -> frozenset[str]:
    return frozenset(f for w in words for f in (w, w + "s"))
