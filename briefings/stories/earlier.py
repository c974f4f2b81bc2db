"""The earlier position on the matter of a development: what the actor held before it, never an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefings.model import Stance, StoredResponse
from briefings.stories.subjects import Ground, Subject
from briefings.stories.targets import Target, is_old, is_sentence, is_standing
from briefings.stories.ties import match, match_home, words_besides

THING = 3.0  # weight from which a word names a thing of its own: it is in less than one article of twenty
SHARE, SHARE_UNNAMED = 0.5, 0.25  # of the weight of the words that name the matter, or of the whole sentence
# acts and remarks that say nothing about what the actor wants; a remark that is made again and again may
NO_POSITION = frozenset[Stance]({"CONSULT", "COOPERATE", "NO_COMMENT", "NO_RESPONSE"})


def earlier_position(wanted: Iterable[Target], subject: Subject, about: Ground) -> StoredResponse | None:
    """Return the newest earlier position on the same matter, of one time the one that fits best; None when in doubt.

    The same matter: things in common besides places, people and acts that come again and again. One will do when an
    article of the development itself recalls the position, else two. A position may speak of a whole kind of thing.
    """
    whole = (replace(one, words={**one.kinds, **one.words}) for one in wanted if _is_earlier(one, subject))
    shares = ((one, _share(one, subject, about)) for one in whole)
    fitting = [(one.at, share, -one.response.id, one.response) for one, share in shares if share]
    return max(fitting, key=lambda f: f[:3])[3] if fitting else None


def _is_earlier(wanted: Target, subject: Subject) -> bool:
    said = wanted.response
    if said.mention.stance in NO_POSITION or not is_sentence(said):
        return False
    if is_standing(said):
        return True
    return said.mention.stance != "STATEMENT" and (wanted.at < subject.first or is_old(said))


def _share(wanted: Target, subject: Subject, about: Ground) -> float:
    """Return how far a development holds a position, 0 when it is on another matter."""
    is_home = wanted.response.article.id in subject.articles
    found = match_home(wanted, subject, about) if is_home else match(wanted, subject, about)
    main = words_besides(wanted.response, subject, about).main if is_home else subject.main
    n = len(_things(wanted, main, about))
    is_one = n >= (1 if is_home else 2)
    return found.share if is_one and found.share >= (SHARE if wanted.is_named else SHARE_UNNAMED) else 0.0


def _things(wanted: Target, main: frozenset[str], about: Ground) -> frozenset[str]:
    """Return the telling words in common that name neither a place nor a person nor a recurring act."""
    context = about.context
    telling = {w for w, weight in wanted.words.items() if weight >= THING}
    return frozenset(telling & main) - context.places - context.countries - context.recurring - wanted.names
