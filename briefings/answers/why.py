"""How an item came to be shown: article, publisher, span in its context, rule and score."""

from __future__ import annotations

from collections import Counter

from briefings.answers.articles import article_line
from briefings.answers.frame import Freshness, answer
from briefings.answers.records import Reply
from briefings.document import Action, Actions, Block, Item, Line, Paragraph, Text, Verbatim
from briefings.model import (
    Article,
    Development,
    Evidence,
    LedgerIssue,
    Span,
    StoredIssueMention,
    StoredQuotation,
    StoredResponse,
)
from briefings.sections.salience import is_candidate
from briefings.sections.wording import STANCES, STATUSES, count, listing

AROUND = 160  # characters of context on each side in a long paragraph
PARAGRAPH = 600  # characters up to which a paragraph is shown whole
_CUES = {
    "unresolved": "it says that a matter is not resolved",
    "disagreement": "it says that parties disagree",
    "no_agreement": "it says that there is no agreement",
    "unclear": "it says that something is unclear",
    "pending": "it says that something is still to be decided",
    "position_clash": "it sets positions of two parties against each other",
    "settled": "it says that a matter is settled",
}


def why_quotation(stored: StoredQuotation, *, is_hidden: bool, points: float | None, fresh: Freshness) -> Reply:
    """Answer /why Q-12; `points` are those among the key quotes of the last day, None when it is not among them."""
    quotation, text = stored.quotation, stored.article.text
    speaker = quotation.speaker
    rules = [f"kind: {quotation.kind}", f"characters {quotation.content.start} to {quotation.content.end}"]
    if quotation.cue:
        rules.append(f"reporting words: {quotation.cue.cut(text)}")
    if speaker:
        said = speaker.mention.cut(text)
        rules.append(f"speaker named as: {said}" + (f", taken to be {speaker.name}" if speaker.name else ""))
        rules += [f"role: {speaker.role}"] if speaker.role else []
    else:
        rules.append("no speaker is named beside it")
    rules.append(_place(stored, points))
    return _reply(f"Q-{stored.id}", stored.article, quotation.content, rules, is_hidden, fresh)


def _place(stored: StoredQuotation, points: float | None) -> str:
    """Say where a quotation stands among the key quotes, or why it is not among them."""
    if points is not None:
        return f"score among the key quotes of the last day: {points:.1f}"
    if reason := left_out(stored):
        return f"never a key quote: {reason}"
    return "not among the key quotes of the last day: it is older"


def left_out(stored: StoredQuotation) -> str:
    """Say why a quotation is found but not shown, "" when it may be shown."""
    if is_candidate(stored):
        return ""
    if stored.quotation.speaker is None:
        return "nobody is named beside it"
    if stored.quotation.kind == "indirect":
        return "it is reported speech, not the speaker's own words"
    if stored.article.published is None:
        return "its article has no date"
    return "too few words, or a speaker that no reader could name"


def why_response(stored: StoredResponse, *, is_hidden: bool, fresh: Freshness) -> Reply:
    """Answer /why R-5."""
    mention = stored.mention
    mode = "an earlier or standing position, never an answer" if mention.mode == "standing" else "new when published"
    rules = [
        f"actor: {mention.actor_id}" + (f", named as {mention.actor}" if mention.actor else ", understood from before"),
        f"stance: {STANCES[mention.stance]} ({mention.stance})",
        f"mode: {mode}",
    ]
    rules += [f"speaker: {mention.speaker}"] if mention.speaker else []
    rules += ["the sentence reports that there was no answer"] if mention.is_silence else []
    if mention.development:
        rules.append(f"it names what is answered: {mention.development.cut(stored.article.text)}")
    return _reply(f"R-{stored.id}", stored.article, mention.span, rules, is_hidden, fresh)


def why_issue(issue: LedgerIssue, fresh: Freshness) -> Reply:
    """Answer /why U-7, by its newest sentence."""
    newest = issue.history[-1].mention
    rules = [
        f"status: {STATUSES[issue.status]}, from {count(len(issue.history), 'sentence')} of "
        f"{count(len({e.mention.article.id for e in issue.history}), 'article')}",
        *_issue_rules(newest),
    ]
    return _reply(f"U-{issue.id}", newest.article, newest.mention.span, rules, False, fresh)


def why_development(development: Development, fresh: Freshness) -> Reply:
    """Answer /why D-31: the articles that were taken for one event."""
    names = sorted({a.publisher.name for a in development.articles})
    n_copies = sum(a.copy_of is not None for a in development.articles)
    n = len(development.articles)
    words = f"{count(n, 'article')} of {listing(names)} {'reports' if n == 1 else 'were taken to report'} one event"
    rule = ", by titles and first sentences: words, names, places, dates and numbers."
    copies = f" {count(n_copies, 'of them is', 'of them are')} the same text again." if n_copies else ""
    items: tuple[Block, ...] = tuple(Item(f"A-{a.id}", article_line(a)) for a in development.articles)
    top = Paragraph((Text(words + rule + copies),))
    return answer(f"Why D-{development.id}", (top, *items, _report(f"D-{development.id}")), fresh)


def why_article(
    article: Article, topics: tuple[str, ...], found: tuple[tuple[StoredQuotation, ...], int, int], fresh: Freshness
) -> Reply:
    """Answer /why A-14: where it came from, which topics it is in, what was found in it and what of it is not shown.

    Args:
        article: asked for.
        topics: by id.
        found: its quotations, and how many issue sentences and responses.
        fresh: what the answer rests on.
    """
    quotations, n_issues, n_responses = found
    lines: list[Line] = [(Text(f"publisher: {article.publisher.name} ({article.publisher.kind})"),)]
    lines.append((Text(f"topics: {', '.join(topics)}" if topics else "in no topic: found by search only"),))
    lines.append(
        (Text(f"revision {article.revision}" + (f", a copy of A-{article.copy_of}" if article.copy_of else "")),)
    )
    counts = (count(len(quotations), "quotation"), count(n_issues, "issue sentence"), count(n_responses, "response"))
    lines.append((Text(f"found in it: {listing(counts)}"),))
    reasons = Counter(reason for q in quotations if (reason := left_out(q)))
    lines += [(Text(f"not shown: {count(n, 'quotation')}, since {why}"),) for why, n in reasons.most_common()]
    item = Item(f"A-{article.id}", article_line(article), tuple(lines))
    return answer(f"Why A-{article.id}", (item, _report(f"A-{article.id}")), fresh)


def _issue_rules(stored: StoredIssueMention) -> list[str]:
    mention, text = stored.mention, stored.article.text
    cue = f": {mention.cue_span.cut(text)}" if mention.cue_span else ""
    return [
        f"rule: {_CUES[mention.cue]}{cue}",
        f"the matter: {mention.matter.cut(text)}",
        *(f"position of {p.party}: {p.span.cut(text)}" for p in mention.positions),
    ]


def _reply(id_: str, article: Article, span: Span, rules: list[str], is_hidden: bool, fresh: Freshness) -> Reply:
    context = _context(article, span)
    evidence = Evidence(article=article.id, revision=article.revision, span=context)
    shown = Verbatim(context.cut(article.text), evidence, in_marks=False)
    hidden = ((Text("Hidden by a manager: it is shown nowhere else.", "strong"),),) if is_hidden else ()
    below: tuple[Line, ...] = (article_line(article), *hidden, *((Text(r),) for r in rules))
    return answer(f"Why {id_}", (Item(id_, (shown,), below), _report(id_)), fresh)


def _context(article: Article, span: Span) -> Span:
    """Return the span with what stands around it, whole words, inside its paragraph."""
    text = article.text
    floor = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    ceiling = len(text) if line_end < 0 else line_end
    if ceiling - floor <= PARAGRAPH:
        return Span(floor, ceiling)
    start = max(floor, span.start - AROUND)
    if start > floor:
        start = text.find(" ", start, span.start) + 1 or span.start
    end = min(ceiling, span.end + AROUND)
    if end < ceiling:
        end = max(text.rfind(" ", span.end, end), span.end)
    return Span(start, end)


def _report(item: str) -> Actions:
    return Actions((Action("report", "Report a problem", item),))
