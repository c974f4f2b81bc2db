"""The earlier position on the matter of a development: what the actor held before it, never an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from briefings.model import Stance, Statement, StoredResponse
from briefings.stories.actor_words import ActorWords
from briefings.stories.subjects import Ground, Subject
from briefings.stories.targets import Target
from briefings.stories.ties import match, words_besides
from briefings.stories.wordings import Wording, is_old, is_sentence, is_standing, wording

THING = 3.0  # weight from which a word names a thing of its own: it is in less than one article of twenty
SHARE, SHARE_UNNAMED = 0.5, 0.25  # of the weight of the words that name the matter, or of the whole sentence
# acts and remarks that say nothing about what the actor wants; a remark that is made again and again may
NO_POSITION = frozenset[Stance]({"CONSULT", "COOPERATE", "NO_COMMENT", "NO_RESPONSE"})


@dataclass(frozen=True, slots=True, eq=False)
class _Position:
    """A statement that may be an earlier position: its words, those for a whole kind of thing among them."""

    said: Statement
    is_standing: bool  # or dated to an earlier week: then it may stand in a later article
    whole: Wording
    things: frozenset[str]  # telling words that name neither a place nor a person nor a recurring act
    target: Target | None = None  # where its article is at hand


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Statements that may be earlier positions, by each thing that they name."""

    by_thing: Mapping[str, Sequence[_Position]]


def positions(targets: Iterable[Target], about: Ground) -> Positions:
    """Prepare statements once for many developments."""
    return _by_thing(_position(t.said, t.wording, about.actor, t) for t in targets)


def _by_thing(found: Iterable[_Position | None]) -> Positions:
    by_thing: dict[str, list[_Position]] = {}
    for position in filter(None, found):
        for thing in position.things:
            by_thing.setdefault(thing, []).append(position)
    return Positions(by_thing)


def _position(said: Statement, words: Wording, actor: ActorWords, wanted: Target | None = None) -> _Position | None:
    if said.stance in NO_POSITION or not is_sentence(said.sentence):
        return None
    if not is_standing(said) and said.stance == "STATEMENT":
        return None
    whole, things = _whole(words, actor)
    return _Position(said, is_standing(said) or is_old(said.sentence), whole, things, wanted)


@lru_cache(maxsize=8_000)
def _whole(words: Wording, actor: ActorWords) -> tuple[Wording, frozenset[str]]:
    """Return a wording with the words for a whole kind of thing, and the things that it names."""
    whole = replace(words, words={**words.kinds, **words.words}) if words.kinds else words
    telling = {w for w, weight in whole.words.items() if weight >= THING}
    context = actor.context
    return whole, frozenset(telling) - context.places - context.countries - context.recurring - whole.names


def earlier_position(held: Positions, subject: Subject, about: Ground) -> StoredResponse | None:
    """Return the newest earlier position on the same matter, of one time the one that fits best; None when in doubt.

    The same matter: things in common besides places, people and acts that come again and again. One will do when an
    article of the development itself recalls the position, else two. A position may speak of a whole kind of thing.
    """
    best = _best(held, subject, about.actor)
    return best.target.response if best and best.target else None


def before(said: Iterable[Statement], subjects: Iterable[Subject], actor: ActorWords) -> frozenset[int]:
    """Return the numbers of the statements that would be shown as the earlier position on a development.

    Args:
        said: older than any of the developments, so that none of their articles holds one.
        subjects: the developments.
        actor: the one who made the statements.
    """
    held = _by_thing(_position(s, wording(s, actor), actor) for s in said if _may_be_position(s))
    shown = (_best(held, subject, actor) for subject in subjects)
    return frozenset(best.said.id for best in shown if best)


def _may_be_position(said: Statement) -> bool:
    """Spare the reading of what can't be a position."""
    return said.stance not in NO_POSITION and (said.stance != "STATEMENT" or is_standing(said))


def _best(held: Positions, subject: Subject, actor: ActorWords) -> _Position | None:
    near = {id(p): p for thing in subject.main for p in held.by_thing.get(thing, ())}
    dated = (p for p in near.values() if p.is_standing or p.said.at < subject.first)
    shares = ((p, _share(p, subject, actor)) for p in dated)
    fitting = [(p.said.at, share, -p.said.id, p) for p, share in shares if share]
    return max(fitting, key=lambda f: f[:3])[3] if fitting else None


def _share(position: _Position, subject: Subject, actor: ActorWords) -> float:
    """Return how far a development holds a position, 0 when it is on another matter."""
    home = position.target
    held = None
    if home is not None and home.response.article.id in subject.articles:
        held = words_besides(home.response, subject)
    if len(position.things & (held.main if held else subject.main)) < (1 if held else 2):
        return 0.0
    share = match(position.whole, subject, actor, held).share
    return share if share >= (SHARE if position.whole.is_named else SHARE_UNNAMED) else 0.0
