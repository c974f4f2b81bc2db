"""Stance of a response: what its main reporting clause does, by the precedence of the project's guidelines."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.extract.acts import Act
from briefings.model import Stance

PRECEDENCE: tuple[Stance, ...] = (
    "NO_RESPONSE", "NO_COMMENT", "ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "RETREAT", "AID", "THREATEN", "REJECT",
    "PROTEST", "ACCUSE", "REQUEST", "CONCEDE", "AGREE", "SUPPORT", "COOPERATE", "CONSULT", "STATEMENT",
)  # fmt: skip
MATERIAL: frozenset[Stance] = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "RETREAT", "AID"))
ACTS: dict[str, Stance] = {
    "silence": "NO_RESPONSE", "act_no_comment": "NO_COMMENT", "act_coerce": "COERCE", "act_mobilize": "MOBILIZE",
    "act_sanction": "SANCTION", "act_retreat": "RETREAT", "act_aid": "AID", "act_threaten": "THREATEN",
    "act_reject": "REJECT", "act_protest": "PROTEST", "act_accuse": "ACCUSE", "act_request": "REQUEST",
    "act_concede": "CONCEDE", "act_agree": "AGREE", "act_support": "SUPPORT", "act_cooperate": "COOPERATE",
    "act_consult": "CONSULT", "act_report": "STATEMENT",
    "noun_reject": "REJECT", "noun_threaten": "THREATEN", "noun_accuse": "ACCUSE", "noun_request": "REQUEST",
    "noun_agree": "AGREE", "noun_support": "SUPPORT", "noun_report": "STATEMENT",
}  # fmt: skip
LEANS: dict[str, Stance] = {"lean_request": "REQUEST", "lean_agree": "AGREE", "lean_accuse": "ACCUSE"}
SAYS: dict[str, Stance] = {
    "says_assault": "ASSAULT", "says_mobilize": "MOBILIZE", "says_retreat": "RETREAT", "says_sanction": "SANCTION",
    "says_protest": "PROTEST",
    "says_threaten": "THREATEN", "says_reject": "REJECT", "says_refuse": "REJECT", "says_untrue": "REJECT",
    "says_accuse": "ACCUSE",
    "says_request": "REQUEST", "faint_request": "REQUEST", "says_agree": "AGREE", "says_support": "SUPPORT",
    "says_cooperate": "COOPERATE", "says_consult": "CONSULT",
}  # fmt: skip


def first(stances: Iterable[Stance]) -> Stance:
    """Return the stance that comes first in the guidelines' list; STATEMENT when there is none."""
    found = set(stances)
    return next((s for s in PRECEDENCE if s in found), "STATEMENT")


def act_stance(act: Act) -> Stance:
    """Return what the verb itself does; STATEMENT for a neutral verb of reporting."""
    return first(ACTS[g] for g in act.groups if g in ACTS)
