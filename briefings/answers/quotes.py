"""Who said what: quotations by speaker, newest first."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.answers.frame import Freshness, answer, nothing
from briefings.answers.records import Reply
from briefings.document import Block, Heading
from briefings.model import StoredQuotation
from briefings.sections.alike import groups_of, speaker_key
from briefings.sections.base import BriefingInput
from briefings.sections.key_quotes import quote_item
from briefings.sections.salience import is_candidate
from briefings.sections.wording import count, short

A_SPEAKER = 6  # statements of one speaker before the next one's turn
MOST = 60


def quotes_answer(
    quotations: Iterable[StoredQuotation], given: BriefingInput, fresh: Freshness, *, asked: str, days: int
) -> Reply:
    """Answer /quotes.

    Args:
        quotations: newest first.
        given: names and developments to show them with.
        fresh: what the answer rests on.
        asked: the speaker or topic asked for, "" for anyone.
        days: how far back was looked.
    """
    of = f" of {asked}" if asked else ""
    title = f"Quotes{of}, last {count(days, 'day')}"
    groups = groups_of(q for q in quotations if is_candidate(q))
    if not groups:
        return nothing(title, f"No quotation{of} in the last {count(days, 'day')}; for longer, e.g. days:30.", fresh)
    speakers: dict[str, list[tuple[StoredQuotation, ...]]] = {}
    for group in groups[:MOST]:
        speakers.setdefault(speaker_key(group[0]), []).append(group)
    blocks: list[Block] = []
    later: list[Block] = []
    for said in speakers.values():
        heading = Heading(_name(said[0][0]))
        blocks += [heading, *(quote_item(g, given) for g in said[:A_SPEAKER])]
        later += [heading, *(quote_item(g, given) for g in said[A_SPEAKER:])] if len(said) > A_SPEAKER else []
    summary = f"{title}: {count(len(groups), 'statement')} by {count(len(speakers), 'speaker')}"
    return answer(title, (*blocks, *later), fresh, summary=summary)


def _name(stored: StoredQuotation) -> str:
    speaker = stored.quotation.speaker
    if speaker is None:
        return "Speaker not named"
    return short(speaker.name or speaker.mention.cut(stored.article.text), 80)
