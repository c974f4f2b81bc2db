"""Findings are read as they were known, keep their numbers through revisions, and vanish when hidden."""

from __future__ import annotations

import pytest

from briefings.model import Findings, Span, Speaker
from briefings.store.store import Store
from tests.stored import NOON, TEXT, after, findings_in, parsed, save

FIXED = TEXT.replace("harbour minister", "minister of harbours")
RETRACTED = "The harbour talks ended without agreement on Tuesday. Nobody said a word."


def test_findings_when_saved_then_they_come_back_as_they_were(store: Store) -> None:
    saved = save(store)
    found = findings_in()
    (quotation,) = store.findings.quotations(as_of=NOON)
    (response,) = store.findings.responses(as_of=NOON)
    (issue,) = store.findings.issue_mentions(as_of=NOON)
    assert (quotation.quotation, response.mention, issue.mention) == (
        found.quotations[0],
        found.responses[0],
        found.issues[0],
    )
    assert {quotation.article, response.article, issue.article} == {saved.article}
    assert (quotation.id, issue.id, response.id) == (
        *saved.findings.quotations,
        *saved.findings.issues,
        *saved.findings.responses,
    )
    assert quotation.evidence.span.cut(saved.article.text) == "We will keep the lighthouse"


def test_findings_when_optional_parts_are_missing_then_they_are_none(store: Store) -> None:
    quotation = findings_in().quotations[0]
    bare = type(quotation)(kind="indirect", content=quotation.content)
    unknown = type(quotation)(kind="mixed", content=quotation.content, speaker=Speaker(mention=Span(0, 3)))
    save(store, findings=Findings(quotations=(bare, unknown)))
    assert [q.quotation for q in store.findings.quotations(as_of=None)] == [bare, unknown]


def test_findings_when_the_text_changed_then_the_same_words_keep_their_numbers(store: Store) -> None:
    before = save(store).findings
    saved = save(store, parsed(text=FIXED), findings=findings_in(FIXED), fetched=after(5), known=after(5))
    assert saved.kind == "revision"
    assert saved.findings == before
    (then,) = store.findings.quotations(as_of=after(4))
    (now,) = store.findings.quotations(as_of=after(5))
    assert (then.id, then.article.revision) == (now.id, 1)
    assert now.article.revision == 2


def test_findings_when_the_words_went_then_later_reads_have_none_but_the_number_still_leads_there(store: Store) -> None:
    number = save(store).findings.quotations[0]
    save(store, parsed(text=RETRACTED), findings=Findings(), fetched=after(5), known=after(5))
    assert [q.id for q in store.findings.quotations(as_of=after(4))] == [number]
    assert store.findings.quotations(as_of=after(5)) == ()
    stored = store.findings.quotation(number)
    assert stored is not None
    assert stored.article.revision == 1
    assert store.findings.quotation(number, as_of=after(-1)) is None
    assert store.findings.quotation(number + 100) is None


def test_findings_when_one_sentence_stands_twice_then_each_has_its_number(store: Store) -> None:
    quotation = findings_in().quotations[0]
    twice = Findings(quotations=(quotation, quotation))
    first = save(store, findings=twice).findings.quotations
    again = save(store, parsed(text=TEXT + " "), findings=twice, fetched=after(1)).findings.quotations
    assert len(set(first)) == 2
    assert again == first


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({}, [3, 2, 1]),
        ({"since": NOON}, [3, 2]),
        ({"until": after(1)}, [2, 1]),
        ({"since": NOON, "until": after(1)}, [2]),
        ({"limit": 1}, [3]),
        ({"topic": "harbour"}, [3, 1]),
        ({"topic": "none"}, []),
        ({"person": "mira-toval"}, [3, 2, 1]),
        ({"person": "someone"}, []),
        ({"speaker": "TÓVAL mira"}, [3, 2, 1]),
        ({"speaker": "%"}, []),
    ],
)
def test_quotations_when_bounded_then_only_those_newest_first(store: Store, scope, expected) -> None:
    numbers = {
        save(
            store,
            parsed(day, published=after(day - 1)),
            topics=() if day == 2 else ("harbour",),
        ).article.id: day
        for day in (1, 2, 3)
    }
    save(store, parsed(9, published=None))
    found = store.findings.quotations(**{"as_of": after(9), **scope})
    assert [numbers[q.article.id] for q in found] == expected


def test_findings_when_undated_then_only_its_article_gives_them(store: Store) -> None:
    article = save(store, parsed(published=None)).article
    assert store.findings.quotations(as_of=None) == ()
    assert len(store.findings.quotations(as_of=None, article=article.id)) == 1
    assert len(store.findings.responses(as_of=None, article=article.id)) == 1
    assert len(store.findings.issue_mentions(as_of=None, article=article.id)) == 1


def test_responses_when_an_actor_is_given_then_only_its_own(store: Store) -> None:
    save(store)
    assert len(store.findings.responses(as_of=NOON, actor="orvia")) == 1
    assert store.findings.responses(as_of=NOON, actor="coast") == ()


def test_findings_when_read_by_number_then_they_are_the_stored_ones(store: Store) -> None:
    ids = save(store).findings
    assert store.findings.response(ids.responses[0]) == store.findings.responses(as_of=None)[0]
    assert store.findings.response(ids.quotations[0]) is None


def test_statements_when_read_then_they_are_the_words_of_the_responses(store: Store) -> None:
    number = save(store).findings.responses[0]
    (said,) = store.findings.statements(as_of=NOON, actor="orvia")
    assert (said.id, said.at, said.stance, said.actor) == (number, NOON, "REJECT", "Orvia")
    assert said.sentence == "Orvia rejected the plan for the lighthouse."
    assert said.named == "the plan for the lighthouse"
    assert store.findings.statements({"REJECT"}, as_of=NOON, actor="orvia") == ()
    assert [r.id for r in store.findings.responses(as_of=NOON, numbers=(number,))] == [number]
    assert store.findings.responses(as_of=NOON, numbers=(number + 1,)) == ()


def test_findings_when_there_are_many_then_the_number_of_statements_does_not_grow(store: Store) -> None:
    from sqlalchemy import event

    statements: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    counts = []
    for day in range(6):
        save(store, parsed(day))
        statements.clear()
        assert len(store.findings.issue_mentions(as_of=None)) == day + 1
        counts.append(len(statements))
    assert len(set(counts)) == 1
