"""Who has answered what, and all that an actor said about one development."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.answers.frame import Freshness, answer, nothing
from briefings.answers.records import Reply
from briefings.document import Block, Heading, Item, Paragraph, Text
from briefings.model import Development, StoredQuotation, StoredResponse, WatchLine
from briefings.sections.alike import groups_of
from briefings.sections.base import BriefingInput
from briefings.sections.key_quotes import quote_item
from briefings.sections.lines import SEPARATOR, sentence_of, source_of
from briefings.sections.response_watch import watch_item
from briefings.sections.salience import is_candidate
from briefings.sections.since_last import development_item
from briefings.sections.watch_words import said_of
from briefings.sections.wording import STANCES, capital_of, count, watch_title

UNTIED = 5


def watch_answer(given: BriefingInput, fresh: Freshness) -> Reply:
    """Answer /watch: one line a development, then what is tied to none."""
    title = watch_title(given.topic, given.actor)
    if not given.watch and not given.untied:
        words = f"Nothing of the last 14 days that names {capital_of(given.actor)} waits for an answer."
        return nothing(title, words, fresh)
    blocks: list[Block] = [watch_item(w, given) for w in given.watch]
    if given.untied:
        blocks.append(Heading(f"Said by {capital_of(given.actor)}, not tied to one development"))
        blocks += [response_item(r) for r in given.untied[:UNTIED]]
    n_open = sum(w.state != "answered" for w in given.watch)
    summary = f"{title}: {count(n_open, 'development')} without an answer"
    return answer(title, tuple(blocks), fresh, summary=summary, limit=8)


def development_answer(
    development: Development,
    line: WatchLine | None,
    said: tuple[Iterable[StoredResponse], Iterable[StoredQuotation]],
    given: BriefingInput,
    fresh: Freshness,
) -> Reply:
    """Answer /watch development:D-31: the state, and everything the actor said in its articles.

    Args:
        development: asked for.
        line: its line in the watch; None when nobody waits for an answer to it.
        said: the actor's responses and quotations in its articles.
        given: names to show them with.
        fresh: what the answer rests on.
    """
    who = capital_of(given.actor)
    title = f"D-{development.id}: what {who} said"
    responses, quotations = tuple(said[0]), groups_of(q for q in said[1] if is_candidate(q))
    state = said_of(line, given.actor, given.as_of) if line else f"Nobody waits for an answer of {who} to this."
    blocks: list[Block] = [watch_item(line, given) if line else Paragraph((Text(state),))]
    if responses or quotations:
        blocks.append(Heading(f"What {who} said in these articles"))
        blocks += [response_item(r) for r in responses]
        blocks += [quote_item(g, given, common=development.id) for g in quotations]
    else:
        blocks.append(Paragraph((Text(f"These articles hold no statement of {who}."),)))
    blocks += [Heading("Articles"), development_item(development, with_sources=True)]
    return answer(title, tuple(blocks), fresh, summary=f"{title}. {state}")


def response_item(response: StoredResponse) -> Item:
    """Return what an actor said or did, with its stance and where it stands."""
    mention = response.mention
    mode = ", an earlier position" if mention.mode == "standing" else ""
    by = (SEPARATOR, Text(mention.speaker)) if mention.speaker else ()
    below = (Text(STANCES[mention.stance] + mode, "emphasis"), *by, SEPARATOR, *source_of(response.article))
    return Item(f"R-{response.id}", (sentence_of(response),), (below,))
