from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from briefings.compose import MESSAGE_LIMIT, compose, to_document
from briefings.document import Document, Heading, Item, Paragraph, Text, check, size_of
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.registry import SECTIONS
from tests.fakes_briefing import (
    CREW,
    D_CABLE,
    D_FERRY,
    PACT,
    POST,
    QUOTATIONS,
    WATCH,
    article,
    empty_input,
    full_input,
    quiet_input,
    texts_of,
    told,
)  # fmt: skip


def _size(document: Document) -> int:
    return len(document.title) + sum(size_of(b, document) for b in document.blocks)


def _crowded() -> BriefingInput:
    """Return a day with far more than a message can hold: 40 developments, 30 issues, 20 open answers."""
    given = full_input()
    text = f"{PACT.text}\n\n" + " ".join(f"Sentence {i} of a long report." for i in range(200))
    long = tuple(article(300 + i, POST, f"Report {i} " + "of many ships " * 12, text, hours=3) for i in range(40))
    return replace(
        given,
        articles=(*given.articles, *long),
        developments=(*given.developments, *(replace(D_FERRY, id=300 + a.id, articles=(a,)) for a in long)),
        issues=(*given.issues, *(replace(CREW, id=200 + i, label="label " * 20) for i in range(30))),
        watch=(*given.watch, *(replace(WATCH[2], development=replace(D_CABLE, id=500 + i)) for i in range(20))),
        quotations=(*QUOTATIONS, *(replace(q, id=q.id + 100, article=replace(q.article, id=77)) for q in QUOTATIONS)),
    )


def test_compose_when_a_day_is_full_then_every_section_is_there_in_order() -> None:
    briefing = compose(full_input())
    assert [s.name for s in briefing.sections] == list(SECTIONS)
    assert {s.outcome for s in briefing.sections} == {"shown"}
    assert briefing.key == "strait-2031-03-05-0800"
    assert not briefing.is_quiet


def test_compose_when_nothing_happened_then_one_short_message_says_so() -> None:
    briefing = compose(quiet_input())
    assert briefing.is_quiet
    assert [s.name for s in briefing.sections] == ["header", "quiet", "footer"]
    assert _size(to_document(briefing)) < 600
    assert not any(isinstance(b, Heading) for b in to_document(briefing).blocks)


def test_compose_when_a_section_fails_then_it_says_so_and_the_others_stand() -> None:
    def broken(given: BriefingInput, /) -> SectionBlocks:
        msg = f"secret of {given.topic.id}"
        raise ValueError(msg)

    briefing = compose(full_input(), {**SECTIONS, "key_quotes": broken})
    text = told(to_document(briefing).blocks)
    assert "The section 'key quotes' failed and is missing here." in text
    assert "# Unresolved issues" in text
    assert [(s.name, s.error) for s in briefing.failures] == [("key_quotes", "ValueError in section key_quotes")]
    assert "secret" not in text


def test_compose_when_a_section_is_empty_then_it_is_not_taken_for_a_failed_one() -> None:
    outcomes = {s.name: s.outcome for s in compose(replace(full_input(), quotations=())).sections}
    assert outcomes["key_quotes"] == "empty"


def test_to_document_when_composed_then_every_block_knows_its_section() -> None:
    document = to_document(compose(full_input()))
    assert {b.section for b in (*document.blocks, *document.detail)} <= set(SECTIONS)
    assert document.as_of == full_input().as_of


@pytest.mark.parametrize("make", [full_input, _crowded, quiet_input, empty_input])
def test_to_document_when_any_day_is_laid_out_then_the_message_is_under_the_limit(make: object) -> None:
    document = to_document(compose(make()))  # type: ignore[operator]
    assert _size(document) <= MESSAGE_LIMIT


def test_to_document_when_the_day_is_crowded_then_what_leaves_the_message_stands_whole_in_the_thread() -> None:
    wide = to_document(compose(_crowded()))
    shown = {b.id for b in (*wide.blocks, *wide.detail) if isinstance(b, Item)}
    made = compose(_crowded())
    assert shown >= {b.id for s in made.sections for b in s.blocks if isinstance(b, Item)}
    assert "more in the full briefing." in told(wide.blocks)
    assert any(isinstance(b, Item) and b.section == "key_quotes" for b in wide.blocks)
    assert any(isinstance(b, Item) and b.section == "response_watch" for b in wide.blocks)


def test_to_document_when_there_is_no_room_for_whole_items_then_brief_ones_say_how_each_stands_and_where() -> None:
    wide = to_document(compose(_crowded()))
    watched = [b for b in wide.blocks if isinstance(b, Item) and b.section == "response_watch"]
    made = next(s for s in compose(_crowded()).sections if s.name == "response_watch")
    whole = {b.id: b for b in made.blocks if isinstance(b, Item)}
    brief = [b for b in watched if b != whole[b.id]]
    assert brief
    assert all(b.line == whole[b.id].line and len(b.below) == 1 for b in brief)
    assert all(whole[b.id] in wide.detail for b in brief)


def test_to_document_when_there_is_room_then_items_are_whole() -> None:
    given = replace(full_input(), quotations=(), watch=WATCH[:1])
    made = compose(given)
    items = {b for s in made.sections for b in s.blocks if isinstance(b, Item) and s.name == "response_watch"}
    assert items <= set(to_document(made).blocks)
    assert items


def test_to_document_when_laid_out_then_no_heading_in_the_message_stands_alone() -> None:
    for given in (full_input(), _crowded(), empty_input()):
        blocks = to_document(compose(given)).blocks
        for block, following in pairwise(blocks):
            assert not (isinstance(block, Heading) and isinstance(following, Heading))


def test_to_document_when_laid_out_then_every_span_holds() -> None:
    for given in (full_input(), full_input(is_first=True), quiet_input()):
        document = to_document(compose(given))
        assert check(document, texts_of(given)) == document


def test_to_document_when_one_quotation_is_very_long_then_it_is_not_cut() -> None:
    words = "“" + "we will hold the strait and " * 15 + "no more”"
    where = article(400, POST, "t", f"{words} Tove Rask said.")
    speaker = QUOTATIONS[0].quotation.speaker
    assert speaker is not None
    long = replace(QUOTATIONS[0], id=400, article=where)
    span = replace(long.quotation.content, start=0, end=len(words))
    long = replace(long, quotation=replace(long.quotation, content=span, cue=None))
    given = replace(full_input(), quotations=(long,))
    document = to_document(compose(given))
    assert words.strip("“”") in told((*document.blocks, *document.detail))


def test_compose_when_summarised_then_one_plain_line_tells_the_day() -> None:
    assert compose(full_input()).summary == (
        "Grey Strait: Norland and Sund sign pact to patrol the Grey Strait; Varnholm has not answered, Northern Wire "
        "reports; still open: mandate of the monitors"
    )
    assert compose(quiet_input()).summary == "Grey Strait: nothing new since the last briefing"


def test_compose_when_run_twice_then_it_is_the_same() -> None:
    assert to_document(compose(_crowded())) == to_document(compose(_crowded()))


def test_compose_when_a_section_of_another_kind_is_given_then_one_line_adds_it() -> None:
    def weather(given: BriefingInput, /) -> SectionBlocks:
        return SectionBlocks(blocks=(Heading("Weather"), Paragraph((Text(f"Calm on {given.topic.title}."),))))

    assert "Calm on Grey Strait." in told(to_document(compose(full_input(), {**SECTIONS, "weather": weather})).blocks)
