"""Which statements answer which development: by their own words, by their article's, or because they go on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefings.model import StoredResponse
from briefings.stories.subjects import Ground
from briefings.stories.targets import Target, heading_target
from briefings.stories.ties import tie
from briefings.stories.wordings import is_old, is_sentence, is_standing

_MARKS = re.compile(r"[\"“”«»]")
OPENING = 500  # characters in which a report of a statement comes to the statement
REACH = 220  # characters between two sentences of one answer
_TURN = re.compile(
    r"\b(?:asked about|asked whether|separately|also|meanwhile|in other remarks|turning to|another (?:question|matter)|"
    r"earlier|last (?:week|month|year))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The new statements of the actor.

    Args:
        tied: by the development that they answer, those that go on with an answer left out.
        further: what goes on with an answer, by the answer's number, in the order of the text.
        loose: tied to nothing.
    """

    tied: Mapping[int, tuple[StoredResponse, ...]]
    further: Mapping[int, tuple[StoredResponse, ...]]
    loose: tuple[Target, ...]


def answers(targets: Sequence[Target], about: Ground) -> Answers:
    """Tie the new statements among the targets, article by article."""
    tied: dict[int, list[StoredResponse]] = {}
    further: dict[int, tuple[StoredResponse, ...]] = {}
    loose: list[Target] = []
    for said in _by_article(targets):
        numbers = _numbers(said, about)
        goes_on = _going_on(said, numbers)
        for place, wanted in enumerate(said):
            number = numbers[place]
            if number is not None:
                tied.setdefault(number, []).append(wanted.response)
                more = tuple(said[p].response for p, head in goes_on.items() if head == place)
                further.update({wanted.response.id: more} if more else {})
            elif place not in goes_on and is_sentence(wanted.said.sentence):
                loose.append(wanted)
    return Answers({n: tuple(found) for n, found in tied.items()}, further, tuple(loose))


def _by_article(targets: Sequence[Target]) -> tuple[tuple[Target, ...], ...]:
    """Return the new statements of each article, in the order of its text."""
    found: dict[int, list[Target]] = {}
    for wanted in targets:
        said = wanted.said
        if not (wanted.response.mention.is_silence or is_standing(said) or is_old(said.sentence)):
            found.setdefault(wanted.response.article.id, []).append(wanted)
    return tuple(tuple(sorted(said, key=lambda w: (w.response.mention.span, w.response.id))) for said in found.values())


def _numbers(said: Sequence[Target], about: Ground) -> list[int | None]:
    """Return the development that each statement of an article answers.

    Where none says so itself and the article reports a statement, its title and first sentence name what is answered,
    for the first statement of its lead.
    """
    numbers = [tie(wanted, about) for wanted in said]
    first = said[0].response
    if (
        not any(numbers)
        and first.article.id in about.reports
        and first.mention.span.start < OPENING
        and is_sentence(said[0].said.sentence)
    ):
        numbers[0] = tie(heading_target(said[0], about), about)
    return numbers


def _going_on(said: Sequence[Target], numbers: Sequence[int | None]) -> dict[int, int]:
    """Return the places of statements that go on with an answer beside them, with the place of that answer."""
    heads: dict[int, int] = {}
    for step, places in ((-1, range(len(said))), (1, range(len(said) - 1, -1, -1))):
        for place in places:
            beside = place + step
            if numbers[place] is not None or place in heads or not 0 <= beside < len(said):
                continue
            head = beside if numbers[beside] is not None else heads.get(beside)
            if head is not None and _is_one(said[beside], said[place], is_after=step < 0):
                heads[place] = head
    return heads


def _is_one(answer: Target, other: Target, *, is_after: bool) -> bool:
    """Say whether a statement beside an answer belongs to it: same speaker, near, quoted or naming nobody new."""
    said = other.response
    before, after = (answer.response, said) if is_after else (said, answer.response)
    gap = after.mention.span.start - before.mention.span.end
    if gap > REACH or not _is_same_speaker(answer.response, said):
        return False
    turns = _TURN.search(after.mention.span.cut(after.article.text)) is not None
    return not turns and (
        has_words(said) or not other.wording.names - answer.wording.names - answer.wording.words.keys()
    )


def has_words(response: StoredResponse) -> bool:
    """Say whether the sentence holds words of the speaker in marks."""
    return response.mention.is_quoted or _MARKS.search(response.mention.span.cut(response.article.text)) is not None


def _is_same_speaker(a: StoredResponse, b: StoredResponse) -> bool:
    if a.mention.speaker and b.mention.speaker:
        return a.mention.speaker == b.mention.speaker
    return a.mention.speaker is None and b.mention.speaker is None
