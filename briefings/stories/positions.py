"""What each party wants in a matter, newest first; a changed position shows the one before it too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from briefings.model import Evidence, Position, StatedPosition, StoredIssueMention

Leaning = Literal["for", "against", "unclear"]
# words whose turn from one to the other makes a position a changed one; a negation before them turns them round
_AGAINST = re.compile(
    r"\b(?:reject|rul(?:e|es|ed|ing) out|refus|oppos|unacceptable|dismiss|never|no intention|den(?:y|ies|ied)|will not"
    r"|won['’]t|cannot|can['’]t|not (?:accept|agree|ready|willing|prepared))",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:accept|agree|ready|willing|open to|prepared to|welcom|support|back(?:s|ed|ing)\b|offer|conced|allow"
    r"|drop(?:s|ped)?\b)",
    re.IGNORECASE,
)


def latest_positions(mentions: Sequence[StoredIssueMention]) -> tuple[StatedPosition, ...]:
    """Return the newest position of every party and, where it changed, the newest one of the other leaning.

    Args:
        mentions: of one issue, oldest first.
    """
    stated: dict[str, list[StatedPosition]] = {}
    for mention in reversed(mentions):
        for position in mention.mention.positions:
            stated.setdefault(_party(position), []).append(_stated(mention, position))
    shown = [p for group in stated.values() for p in _newest(group)]
    return tuple(sorted(shown, key=lambda p: p.at, reverse=True))


def _party(position: Position) -> str:
    return position.actor or position.party.lower().removeprefix("the ")


def _stated(mention: StoredIssueMention, position: Position) -> StatedPosition:
    article = mention.article
    return StatedPosition(
        party=position.party,
        actor=position.actor,
        at=article.published or article.known,
        article=article,
        evidence=Evidence(article=article.id, revision=article.revision, span=position.span),
    )


def _newest(group: Sequence[StatedPosition]) -> list[StatedPosition]:
    """Return one or two positions of a party, newest first."""
    newest = group[0]
    now = leaning(newest)
    for earlier in group[1:]:
        then = leaning(earlier)
        if "unclear" not in {now, then} and now != then and earlier.at < newest.at:
            return [newest, earlier]
    return [newest]


def leaning(position: StatedPosition) -> Leaning:
    """Return whether the words lean to accepting or refusing; both or neither is unclear."""
    text = position.evidence.span.cut(position.article.text)
    against = _AGAINST.search(text) is not None
    in_favour = _FOR.search(_AGAINST.sub("", text)) is not None
    if against == in_favour:
        return "unclear"
    return "against" if against else "for"
