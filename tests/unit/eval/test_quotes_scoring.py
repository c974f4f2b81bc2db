"""The scorer of quotations: labels fed back are all right, nothing is all wrong, and each slip is counted once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from briefings.model import Span
from tests.eval.quotes import figures
from tests.eval.quotes_marks import stretches
from tests.eval.quotes_scoring import Found, score
from tests.eval.quotes_speakers import Given
from tests.eval.quotes_texts import BadMarkup, LabelledArticle, read_article

BODY = """title: Ferry stays in port
outlet: Tern Island Post
layout: wire

((1|"We sail on Friday,")) {{1|said}} [[1|harbour master Nils Ostrand]]. ((1|"Or we swim."))

[[2|Ostrand]] {{2|said}} ((2|[[3|the owner]] {{3|had told}} him ((3|that the engine was "older than the minister")))).

((4|"I have no hammer,")) [[4|he]] {{4|said}}. The bar called the "Wet Dog" was closed (as usual).

[[5|Islanders]] {{5~|hope}} ((5|to be fed)). [[6|They]] {{6|are said}} ((6?|to be hungry)).

((7|"Bread first,")) [[7|the baker]] {{7|said}}.

== names
1: Nils Ostrand | harbour master
4: Nils Ostrand | harbour master
7: ?
"""
SHARES = ("direct_f1", "speech_f1", "all_f1", "names", "roles")


@pytest.fixture
def article() -> LabelledArticle:
    return read_article("ferry", BODY)


def labelled(article: LabelledArticle) -> list[Found]:
    """Return the labels as if they had been found."""
    return [
        Found(
            content,
            False,
            Given(a.source[0], a.who.names[0], a.who.role) if a.who and a.who.names else Given(a.source[0]),
        )
        for a in article.attributions
        for content in a.content
        if not a.is_doubtful
    ]


def shares(article: LabelledArticle, found: list[Found]) -> dict[str, float]:
    return figures(score(article, found).counts)


def span(article: LabelledArticle, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


def test_score_when_labels_are_fed_back_then_everything_is_right(article: LabelledArticle) -> None:
    scored = score(article, labelled(article))

    assert [figures(scored.counts)[k] for k in SHARES] == [1.0] * 5
    assert scored.wrong == []
    assert (scored.counts["direct_asked"], scored.counts["all_asked"], scored.counts["names_asked"]) == (5, 7, 2)


def test_score_when_nothing_is_found_then_nothing_is_right(article: LabelledArticle) -> None:
    assert [shares(article, [])[k] for k in SHARES] == [0.0] * 5


def test_score_when_a_title_is_reported_then_precision_falls(article: LabelledArticle) -> None:
    found = [*labelled(article), Found(span(article, "Wet Dog"), True, None)]

    counts = score(article, found).counts

    assert (counts["direct_right"], counts["direct_found"], counts["all_found"]) == (5, 6, 8)


def test_score_when_a_doubtful_one_is_reported_then_it_is_not_judged(article: LabelledArticle) -> None:
    found = [*labelled(article), Found(span(article, "to be hungry"), True, None)]

    assert [shares(article, found)[k] for k in SHARES] == [1.0] * 5


@pytest.mark.parametrize(
    ("change", "worse"),
    [
        (lambda g: replace(g, name="Nils Berg"), {"names"}),
        (lambda g: replace(g, role="baker"), {"roles"}),
        (lambda g: Given(Span(0, 2)), {"direct_f1", "speech_f1", "all_f1", "names", "roles"}),
    ],
)
def test_score_when_the_speaker_is_wrong_then_only_what_rests_on_it_falls(
    article: LabelledArticle, change: Callable[[Given], Given], worse: set[str]
) -> None:
    pronoun = span(article, "he said").start
    found = [
        replace(f, speaker=change(f.speaker)) if f.speaker and f.speaker.mention.start == pronoun else f
        for f in labelled(article)
    ]

    measured = shares(article, found)

    assert {k for k in SHARES if measured[k] < 1} == worse


def test_score_when_nobody_is_named_then_a_full_name_is_wrong(article: LabelledArticle) -> None:
    baker = span(article, "the baker")
    found = [
        replace(f, speaker=Given(baker, "Nils Ostrand")) if f.speaker == Given(baker) else f for f in labelled(article)
    ]

    assert shares(article, found)["names_nobody"] == 0.0


def test_score_when_a_quotation_runs_far_beyond_its_marks_then_it_is_no_match(article: LabelledArticle) -> None:
    whole = span(article, '"I have no hammer," he said. The bar called')
    found = [
        replace(f, content=whole, is_direct=True) if article.text[f.content.start :].startswith('"I have') else f
        for f in labelled(article)
    ]

    counts = score(article, found).counts

    assert (counts["direct_right"], counts["direct_found"]) == (4, 5)


def test_read_article_when_marks_nest_then_spans_are_those_of_the_bare_text(article: LabelledArticle) -> None:
    inner, outer = article.attributions[2], article.attributions[1]

    assert article.text.startswith('"We sail on Friday," said harbour master Nils Ostrand. "Or we swim."\n')
    assert [c.cut(article.text) for c in inner.content] == ['that the engine was "older than the minister"']
    assert [c.cut(article.text) for c in outer.content] == [
        'the owner had told him that the engine was "older than the minister"'
    ]
    assert "(as usual)." in article.text


@pytest.mark.parametrize("damage", [("((1|", "((9|"), ("7: ?", "8: ?"), ('Friday,"))', 'Friday,"'), ("7: ?", "seven")])
def test_read_article_when_the_markup_is_damaged_then_it_is_refused(damage: tuple[str, str]) -> None:
    with pytest.raises(BadMarkup, match="ferry"):
        read_article("ferry", BODY.replace(*damage))


@pytest.mark.parametrize(
    ("text", "single", "expected"),
    [
        ('"One," he said, "and two."', False, ["One", "and two"]),
        ("„Eins“, sagte er. “Two”", False, ["Eins", "Two"]),
        ("« Un », dit-il. ''Two.''", False, ["Un", "Two"]),
        ("“Left open.\n“And closed.” Plain.", False, ["Left open", "And closed"]),
        ("‘The boys’ boat isn’t “old”,’ she said. ‘No.’", True, ["The boys’ boat isn’t “old", "No"]),
    ],
)
def test_stretches_when_houses_differ_then_all_marks_are_read(text: str, single: bool, expected: list[str]) -> None:
    assert [s.cut(text) for s in stretches(text, single=single)] == expected
