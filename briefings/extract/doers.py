"""Who says what a verb reports: its subject, or whoever put out the letter, report or video that says it."""

from __future__ import annotations

from briefings.extract.cues import Cues
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.syntax import subject


def doer(parsed: ParsedText, verb: Token, cues: Cues) -> Token | None:
    """Return who says it: X in "X issued a statement saying ...", the statement in "a statement says ..."."""
    found = subject(parsed, verb)
    if found is None or found.dep != "dobj" or found.lower not in cues.message_nouns | cues.issued:
        return found
    above = parsed.tokens[found.head]
    if above.lower not in cues.issuing or found.i > verb.i:
        return found
    issuer = subject(parsed, above)
    return found if issuer is None or issuer.is_quote or issuer.dep == "expl" else issuer
