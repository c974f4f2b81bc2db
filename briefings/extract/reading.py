"""One article read for issues and responses: sentence units, parties and acts, found once for both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefings.extract.acts import Act, ActFinder
from briefings.extract.context import ExtractContext
from briefings.extract.parsed import ParsedText
from briefings.extract.parties import Parties, Party
from briefings.extract.references import Memory
from briefings.extract.subjects import subject_of
from briefings.extract.units import Unit, split_units
from briefings.model import Quotation


@dataclass(frozen=True, slots=True)
class Reading:
    """What the finders start from; `acts` has one entry a unit."""

    parsed: ParsedText
    context: ExtractContext
    units: tuple[Unit, ...]
    parties: Parties
    acts: tuple[tuple[Act, ...], ...]
    finder: ActFinder

    def subject_of(self, verb: int) -> int | None:
        """Return the token that does a verb."""
        return subject_of(self.parsed, verb)

    def party_of(self, i: int) -> Party | None:
        """Return the party of a subject: by its own words, or who a pronoun turned out to be."""
        return self.finder.resolved.get(i) or self.parties.at(i)


def read(parsed: ParsedText, context: ExtractContext, quotations: Sequence[Quotation] = ()) -> Reading:
    """Read an article.

    Args:
        parsed: from `prepare`.
        context: of this article; people's offices are those of its day.
        quotations: those found in it; their speakers are taken where the sentence alone does not tell.
    """
    rules = context.rules
    units = split_units(parsed, rules.phrases)
    parties = Parties(parsed, context)
    speakers = {verb: party for q in quotations for verb, party in _speaker(parsed, q)}
    finder = ActFinder(parsed, parties, Memory(parsed, rules.lexicon), speakers)
    acts = tuple(tuple(finder.acts(unit)) for unit in units)
    return Reading(parsed, context, units, parties, acts, finder)


def _speaker(parsed: ParsedText, quotation: Quotation) -> Iterator[tuple[int, Party]]:
    """Yield the token of a quotation's cue with its speaker, where a person was found."""
    speaker = quotation.speaker
    if quotation.cue is None or speaker is None or speaker.name is None:
        return
    head = max(0, bisect_left(parsed.starts, speaker.mention.end) - 1)
    actors = frozenset((speaker.actor,)) if speaker.actor else frozenset()
    party = Party(head, speaker.mention, "person", actors, speaker.name)
    for i in range(bisect_left(parsed.starts, quotation.cue.start), bisect_left(parsed.starts, quotation.cue.end)):
        yield i, party
