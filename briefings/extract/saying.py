"""What a neutral report makes its speaker do: the words of its content, who they are about, and whether they deny."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.extract.acts import Act
from briefings.extract.phrases import Cue
from briefings.extract.reading import Reading
from briefings.extract.stance import MATERIAL, SAYS, first
from briefings.extract.statements import NEGATIONS, Clause, Statement, statement_of
from briefings.extract.units import Unit
from briefings.model import Stance

_LACK = NEGATIONS | {"little", "lack", "few", "scant", "less", "depend", "depends", "depending"}
_SOFT: frozenset[Stance] = frozenset(("AGREE", "SUPPORT", "COOPERATE", "CONSULT", "CONCEDE"))
_FAINT = frozenset(("faint_request", "says_consult"))
_STRONG = frozenset(SAYS) - _FAINT
_WISHES = ("want", "seek", "insist", "demand", "urge")
_OPPOSING = ("rul", "oppos")
# what is to be done to the speaker's side or its wishes: "our interests must be respected"
_GRANTED = frozenset((
    "part", "involved", "included", "consulted", "heard", "represented", "respected", "addressed", "considered",
    "guaranteed", "recognised", "recognized", "met", "lifted", "removed", "restored", "invited",
))  # fmt: skip
_WITHOUT = frozenset(("without", "unless", "until"))
_OWN_TROOPS = 60  # characters between "withdrawal" and whose troops they are
_NEEDS = frozenset(("must", "has", "have", "had", "need", "needs", "needed", "should", "ought", "obliged", "require"))


def said_stance(reading: Reading, unit: Unit, act: Act, cues: Sequence[Cue]) -> Stance:
    """Return the stance of what a neutral verb reports, STATEMENT when nothing tells."""
    said = statement_of(reading, unit, act)
    is_answer = bool(unit.of("answer"))
    found = [(cue, s) for cue in cues if cue.group in _STRONG and (s := _effect(said, cue, is_answer=is_answer))]
    if said.is_denied and said.side == "own" and not any(c.group == "firm_consult" for c in cues):
        found.extend((c, "REJECT") for c, s in found[:1] if s == "ACCUSE")
    main = first(s for cue, s in found if not _is_below(said, cue))
    strong = first(s for _, s in found) if main in _SOFT | {"STATEMENT"} else main
    if strong in MATERIAL and not is_answer and said.side != "own":
        strong = first([s for _, s in found if s not in MATERIAL] or [strong])
    if strong not in _SOFT | {"STATEMENT"}:
        return strong
    if strong == "STATEMENT" and any(_is_duty(said, c) for c in cues):
        return "REQUEST"
    return _unsaid(said, {c.group for c in cues}, strong) or first(_faint(said, cues))


def _is_duty(said: Statement, cue: Cue) -> bool:
    """Tell what others or a plan should do, said in a main clause: "any deal should be based on ..."."""
    clause = said.clause_of(cue)
    if cue.group != "faint_request" or clause is None or clause.is_below or clause.is_denied:
        return False
    is_granted = any(w.text in _GRANTED for w in clause.words)
    return cue.first_word in _NEEDS and (
        is_granted or (clause.side in {"others", "matter"} and cue.first_word == "should")
    )


def _unsaid(said: Statement, groups: set[str], strong: Stance) -> Stance | None:
    """Return what a statement does by whom it is about and whether it denies or looks ahead, or None."""
    is_neutral = "firm_consult" in groups
    is_denied = said.is_denied and not is_neutral and strong != "AGREE"
    if {"harm", "to_come"} <= groups and not is_neutral and not is_denied and strong == "STATEMENT":
        return "THREATEN"
    if is_denied:
        return "ACCUSE" if said.side == "others" else "REJECT"
    if strong != "STATEMENT":
        return strong
    if (said.side == "others" and not is_neutral) or any(_is_reproach(c) for c in said.clauses):
        return "ACCUSE"
    return "CONSULT" if is_neutral else None


def _is_reproach(clause: Clause) -> bool:
    """Tell "because they have not answered", whoever the statement begins with."""
    return clause.is_reason and clause.side == "others" and clause.is_denied


def _faint(said: Statement, cues: Sequence[Cue]) -> Iterator[Stance]:
    """Yield what faint words do; "we need to" asks nothing of others."""
    for cue in cues:
        if cue.group in _FAINT and not (cue.group == "faint_request" and said.side == "own"):
            yield SAYS[cue.group]


def _is_below(said: Statement, cue: Cue) -> bool:
    """Tell a cue inside a subordinate clause from one that opens it: "only if", "until"."""
    clause = said.clause_of(cue)
    return clause is not None and clause.is_below and cue.start > clause.words[min(1, len(clause.words) - 1)].start


def _effect(said: Statement, cue: Cue, *, is_answer: bool) -> Stance | None:
    """Return what a cue does where it stands, None when its clause turns it round."""
    clause = said.clause_of(cue)
    stance = SAYS[cue.group]
    if clause is None:
        return stance
    if cue.group in {"says_refuse", "says_untrue"}:
        if _is_precondition(clause, cue):
            return "REQUEST"
        is_kept = clause.is_condition or (
            cue.first_word.startswith(_OPPOSING) and bool(NEGATIONS & set(said.before(cue)))
        )
        return None if is_kept else ("ACCUSE" if _is_of_others(said, clause, cue) else "REJECT")
    if stance in _SOFT:
        before = said.before(cue, 4)
        is_turned = cue.first_word not in NEGATIONS and bool(_LACK & set(before))
        is_turned = is_turned or (stance == "AGREE" and before[-1:] in (["be"], ["been"], ["being"]))
        return None if is_turned else stance
    if stance in MATERIAL:
        return _material(said, clause, cue, is_answer=is_answer)
    return _asked(clause, cue) if stance == "REQUEST" else stance


def _is_of_others(said: Statement, clause: Clause, cue: Cue) -> bool:
    """Tell an act of others: their clause, or their noun, "due to X's refusal"."""
    return "others" in (clause.side, said.owner_of(cue))


def _material(said: Statement, clause: Clause, cue: Cue, *, is_answer: bool) -> Stance | None:
    """Return what a material act does: one's own, in answer to others; a withdrawal of theirs is asked for."""
    stance = SAYS[cue.group]
    is_of_others = _is_of_others(said, clause, cue)
    if stance == "SANCTION":
        return stance if is_answer and not is_of_others else None
    if stance == "RETREAT" and clause.side != "own" and _is_of_theirs(said, clause, cue):
        return "REQUEST"
    return stance if is_answer or not is_of_others else None


def _is_of_theirs(said: Statement, clause: Clause, cue: Cue) -> bool:
    """Tell "the withdrawal of X's forces" from "moving troops away from X's border"."""
    away = next((w.start for w in clause.words if w.start > cue.start and w.text == "from"), cue.start + _OWN_TROOPS)
    return any(side == "others" and cue.start < at < away for at, side in said.named)


def _is_precondition(clause: Clause, cue: Cue) -> bool:
    """Tell "a deal is not possible without ..."."""
    after = [w.text for w in clause.words if w.start >= cue.start]
    return bool({"possible", "impossible"} & set(after[:4])) and bool(_WITHOUT & set(after))


def _asked(clause: Clause, cue: Cue) -> Stance | None:
    """Return what a word of demand does: others' wishes are a reproach, one's own needs ask nothing."""
    if clause.side == "others" and cue.first_word.startswith(_WISHES):
        return "ACCUSE"
    if cue.first_word in _NEEDS and any(w.text in _GRANTED and w.start > cue.start for w in clause.words):
        return "REQUEST"
    is_at_start = cue.start <= clause.words[min(4, len(clause.words) - 1)].start
    return None if clause.side == "own" and cue.first_word in _NEEDS and is_at_start else "REQUEST"
