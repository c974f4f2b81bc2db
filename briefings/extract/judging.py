"""Whether an act of the watched actor is a response, and with which stance."""

from __future__ import annotations

from briefings.extract.acts import Act
from briefings.extract.content import content_spans, cues_within, is_bare_quotation
from briefings.extract.dating import is_dated_back
from briefings.extract.phrases import Cue
from briefings.extract.reading import Reading
from briefings.extract.saying import said_stance
from briefings.extract.silence import is_reported_silence
from briefings.extract.stance import ACTS, LEANS, MATERIAL, act_stance, first
from briefings.extract.units import Unit
from briefings.model import Stance

_UNREAL = frozenset(("could", "may", "might", "would", "can", "should", "ought", "'d"))
_TOLD_BY_OTHERS: frozenset[Stance] = frozenset(
    ("AGREE", "REJECT", "THREATEN", "COOPERATE", "SUPPORT", "NO_RESPONSE", "NO_COMMENT", "CONCEDE", "REQUEST")
)
_WITH_OTHERS: frozenset[Stance] = frozenset(("CONSULT", "SUPPORT"))
_DENYING = frozenset(("act_reject", "act_no_comment", "silence"))
_ORDERING = frozenset(("told", "tell", "tells", "telling"))
_MAX_JOINED = 4  # units that one attribution may cover


def stance_of(reading: Reading, unit: Unit, act: Act) -> Stance | None:
    """Return the stance of an act, or None when the guidelines leave it out."""
    stance = act_stance(act)
    if act.how.is_hypothetical or act.how.is_wish or not _is_real(act, stance):
        return None
    if stance == "NO_RESPONSE":
        return _silence(reading, act)
    if _is_left_out(reading, unit, act, stance):
        return None
    if stance == "STATEMENT":
        return _said(reading, unit, act)
    return None if act.how.is_denied and not act.groups & _DENYING else stance


def _is_left_out(reading: Reading, unit: Unit, act: Act, stance: Stance) -> bool:
    """Tell what others think, material acts that answer nothing, old news, and visits at home."""
    if act.host is not None and not act.is_noun and not _is_told(reading, act, stance):
        return True
    if (stance in MATERIAL and not unit.of("answer")) or _is_old(reading, act):
        return True
    return stance in _WITH_OTHERS and not _has_other_side(reading, unit)


def _has_other_side(reading: Reading, unit: Unit) -> bool:
    """Tell a visit or thanks abroad from one at home."""
    return bool(unit.of("diplomacy")) or _names_other(reading, unit)


def _is_told(reading: Reading, act: Act, stance: Stance) -> bool:
    """Tell a report by others of one thing said or done, and "with X saying", from what others think."""
    if act.how.is_nonfinite:
        return act.host is not None and reading.parsed.tokens[act.host].lower == "with"
    return stance in _TOLD_BY_OTHERS and not act.how.is_present


def _is_real(act: Act, stance: Stance) -> bool:
    """Tell what was said or done from what may be: a visit that is planned is none either."""
    if act.how.modal in _UNREAL:
        return stance in {"NO_RESPONSE", "NO_COMMENT"}
    return not (act.how.modal and stance in {"CONSULT", "COOPERATE"})


def _silence(reading: Reading, act: Act) -> Stance | None:
    """Tell who said nothing from who would not say."""
    if act.how.modal == "could" and reading.parsed.tokens[act.verb].lower == "reached":
        return "NO_RESPONSE"
    if act.how.modal in _UNREAL:
        return "NO_COMMENT"
    return "NO_RESPONSE" if is_reported_silence(act) else None


def _is_old(reading: Reading, act: Act) -> bool:
    day = reading.context.published.date() if reading.context.published else None
    verbs = (act.verb,) if act.is_main or act.host is not None else (act.verb, reading.parsed.tokens[act.verb].head)
    return not act.how.is_perfect and any(is_dated_back(reading.parsed, v, day) for v in verbs)


def _said(reading: Reading, unit: Unit, act: Act) -> Stance | None:
    """Return the stance of a neutral report by what it reports; None for the battlefield and matters at home."""
    cues = content_cues(reading, unit, act)
    groups = {c.group for c in cues}
    if "act_no_comment" in groups:
        return "NO_COMMENT"
    stance = _leaning(act, said_stance(reading, unit, act, cues), groups)
    if stance in {"STATEMENT", "CONSULT", "ACCUSE"} and _tells_to(reading, act):
        return "REQUEST"
    beside = _told_beside(reading, unit, act) if stance in {"STATEMENT", "CONSULT"} else None
    if beside is not None:
        return _said(reading, unit, beside)
    if stance == "STATEMENT":
        stance = _told_by_object(reading, unit, act)
    return stance if stance != "STATEMENT" else _neutral(reading, unit, act, groups)


def _neutral(reading: Reading, unit: Unit, act: Act, groups: set[str]) -> Stance | None:
    """Return what a report is that does nothing more: a statement, unless of the battlefield or matters at home."""
    if "ownstrike" in groups:
        return "ACCUSE" if _is_done_by_other(reading, act) else None
    is_joint = act.party is not None and len(act.party.actors) > 1
    if is_joint or ("home" in groups and "diplomacy" not in groups):
        return None
    is_abroad = act.is_main or "diplomacy" in groups or _names_other(reading, unit)
    is_quoted = any(t.is_quote or t.stretch >= 0 for t in unit.tokens(reading.parsed))
    return "STATEMENT" if is_abroad or is_quoted else None


def _told_beside(reading: Reading, unit: Unit, act: Act) -> Act | None:
    """Return the report beside a verb that itself reports nothing: "commented on the plan, signalling that ..."."""
    tokens = reading.parsed.tokens
    children = tokens[act.verb].children
    if any(tokens[c].dep == "ccomp" or tokens[c].is_quote for c in children):
        return None
    beside = (a for a in reading.acts[unit.index] if a.verb in children and a.how.is_nonfinite)
    return next((a for a in beside if a.groups == {"act_report"} and a.verb > act.verb), None)


def _tells_to(reading: Reading, act: Act) -> bool:
    """Tell an order to somebody: "told X to withdraw"."""
    tokens = reading.parsed.tokens
    deeds = (tokens[c] for c in tokens[act.verb].children if c > act.verb and tokens[c].dep in {"xcomp", "ccomp"})
    is_ordered = any(tokens[c].dep == "aux" and tokens[c].lower == "to" for deed in deeds for c in deed.children)
    return is_ordered and tokens[act.verb].lower in _ORDERING


def _told_by_object(reading: Reading, unit: Unit, act: Act) -> Stance:
    """Return what the object of a neutral verb does: "reiterated its opposition to ..."."""
    tokens = reading.parsed.tokens
    objects = {tokens[c].start for c in tokens[act.verb].children if tokens[c].dep == "dobj"}
    return first(ACTS[c.group] for c in unit.cues if c.start in objects and c.group.startswith("noun_"))


def _leaning(act: Act, said: Stance, groups: set[str]) -> Stance:
    """Return what a verb that leans to a stance makes of its content: "called it a lie", "insisted that ..."."""
    lean = next((LEANS[g] for g in sorted(act.groups) if g in LEANS), None)
    if lean == "ACCUSE":
        return "ACCUSE" if "says_accuse" in groups and said in {"THREATEN", "STATEMENT", "CONSULT"} else said
    if lean == "REQUEST":
        return said if said in {"THREATEN", "REJECT"} and not groups & {"says_request"} else "REQUEST"
    return said if lean is None else first([said, lean])


def _is_done_by_other(reading: Reading, act: Act) -> bool:
    """Tell "X attacked the grid" as told by the watched actor from a report of its own army."""
    watched = reading.context.rules.watched
    for c in reading.parsed.tokens[act.verb].children:
        if reading.parsed.tokens[c].dep == "ccomp":
            subject = reading.subject_of(c)
            party = reading.party_of(subject) if subject is not None else None
            return party is not None and bool(party.actors) and not party.actors & watched
    return False


def _names_other(reading: Reading, unit: Unit) -> bool:
    """Tell whether a unit names an actor of the catalogue that is not watched."""
    watched = reading.context.rules.watched
    found = (reading.parties.name_at(t.i) for t in unit.tokens(reading.parsed))
    return any(f is not None and f.name.actor not in watched for f in found)


def content_cues(reading: Reading, unit: Unit, act: Act) -> list[Cue]:
    """Return the cues of what an act says, the quotation that runs on behind it included."""
    cues = list(cues_within(unit, content_spans(reading.parsed, unit, act)))
    for following in running_on(reading, unit):
        cues.extend(following.cues)
    return cues


def running_on(reading: Reading, unit: Unit) -> list[Unit]:
    """Return the units behind this one, in its paragraph, that are nothing but quotation."""
    found: list[Unit] = []
    for following in reading.units[unit.index + 1 : unit.index + 1 + _MAX_JOINED]:
        if following.paragraph != unit.paragraph or not is_bare_quotation(reading.parsed, following):
            break
        found.append(following)
    return found
