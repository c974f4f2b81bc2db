from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from briefings.document import Item, Verbatim
from briefings.model import StoredQuotation
from briefings.sections.base import BriefingInput
from briefings.sections.key_quotes import choose, key_quotes, words_shown
from briefings.sections.salience import Scored, is_candidate, scored
from tests.fakes_briefing import (
    AS_OF,
    FERRY,
    MARO,
    PACT,
    PACT_POST,
    POST,
    QUOTATIONS,
    RASK,
    WIRE,
    article,
    empty_input,
    full_input,
    quotation,
    told,
)  # fmt: skip


def _shown_ids(given: BriefingInput) -> list[str]:
    return [b.id for b in key_quotes(given).blocks if isinstance(b, Item)]


def _only(*quotations: StoredQuotation) -> BriefingInput:
    return replace(full_input(), quotations=quotations)


def _scored(number: int, points: float, *, name: str, actor: str | None, words: str) -> Scored:
    text = f"“{words}” said {name}."
    where = article(number, WIRE, "t", text)
    stored = quotation(number, where, f"“{words}”", name, actor=actor)
    return Scored(stored=stored, points=points, words=frozenset(words.split()), is_repeat=False)


def test_key_quotes_when_the_day_is_full_then_at_most_five_are_in_the_message() -> None:
    assert len(_shown_ids(full_input())) == 5


def test_key_quotes_when_a_quotation_is_indirect_then_it_is_never_shown() -> None:
    made = key_quotes(full_input())
    assert "Q-20" not in told((*made.blocks, *made.detail))
    assert not is_candidate(QUOTATIONS[-1])


def test_key_quotes_when_words_are_courtesy_then_substance_comes_first() -> None:
    order = [s.stored.id for s in scored(full_input())]
    assert order.index(15) > order.index(16)
    assert "Q-15" not in _shown_ids(full_input())


def test_key_quotes_when_two_outlets_carry_the_same_words_then_it_is_one_item_with_both_wordings() -> None:
    text = told(key_quotes(full_input()).blocks)
    assert "Q-14" not in text
    assert "Tove Rask, Prime Minister · Northern Wire, 4 Mar · in 2 outlets" in text
    assert "Harbour Post words it: “We will ask for nobody's permission to keep our own coast safe”" in text


def test_key_quotes_when_one_outlet_cuts_a_quotation_short_then_no_difference_is_claimed() -> None:
    cut = article(40, POST, "t", "“We will not ask anyone's leave,” Tove Rask said.")
    given = _only(QUOTATIONS[0], quotation(41, cut, "“We will not ask anyone's leave,”", "Tove Rask", **RASK))
    text = told(key_quotes(given).blocks)
    assert "in 2 outlets" in text
    assert "words it" not in text


def test_key_quotes_when_an_agency_copy_has_the_words_too_then_it_is_no_second_outlet() -> None:
    copy = replace(PACT, id=3, copy_of=1, publisher=POST)
    assert "outlets" not in told(key_quotes(_only(QUOTATIONS[0], replace(QUOTATIONS[0], id=99, article=copy))).blocks)


def test_key_quotes_when_a_statement_was_made_before_then_new_ones_go_first() -> None:
    earlier = replace(QUOTATIONS[5], id=2, article=article(50, POST, "t", PACT_POST.text, hours=60))
    given = replace(full_input(), earlier_quotations=(earlier,))
    assert "Q-16" in _shown_ids(full_input())
    assert "Q-16" not in _shown_ids(given)


def test_key_quotes_when_all_are_repeats_then_it_says_so() -> None:
    earlier = replace(QUOTATIONS[0], id=2, article=article(50, WIRE, "t", PACT.text, hours=60))
    made = key_quotes(replace(_only(QUOTATIONS[0]), earlier_quotations=(earlier,)))
    assert made.is_empty
    assert "Only repeats of earlier statements" in told(made.blocks)


def test_key_quotes_when_there_is_none_then_it_says_so() -> None:
    made = key_quotes(empty_input())
    assert (made.is_empty, told(made.blocks)) == (True, "# Key quotes\nNo quotation in this window.")


def test_key_quotes_when_quotes_are_about_different_events_then_each_has_its_occasion() -> None:
    text = told(key_quotes(full_input()).blocks)
    assert "On: Norland and Sund sign pact to patrol the Grey Strait (D-31), unless said otherwise." in text
    assert "On: Estmark raises port fees for Norland ships (D-33)" in text


def test_choose_when_one_side_has_the_best_five_then_the_other_side_is_heard() -> None:
    ours = [_scored(i, 9 - i / 10, name=f"Ada No{i}x", actor="norland", words=f"a{i} b{i} c{i} d{i}") for i in range(8)]
    theirs = _scored(90, 1.0, name="Bo Ek", actor="estmark", words="quite other words here")
    assert theirs in choose((*ours, theirs))


def test_choose_when_one_speaker_says_most_then_others_are_heard_too() -> None:
    hers = [_scored(i, 6.0, name="Ada Lo", actor="norland", words=f"a{i} b{i} c{i} d{i}") for i in range(5)]
    his = [_scored(20 + i, 4.0, name=f"Bo E{i}k", actor="norland", words=f"e{i} f{i} g{i} h{i}") for i in range(4)]
    names = [c.stored.quotation.speaker.name for c in choose((*hers, *his)) if c.stored.quotation.speaker]
    assert names.count("Ada Lo") <= 2


def test_choose_when_two_say_nearly_the_same_then_only_the_better_is_taken() -> None:
    one = _scored(1, 5.0, name="Ada Lo", actor="norland", words="no troops may stay on the islands")
    two = _scored(2, 4.0, name="Bo Ek", actor="sund", words="no troops may ever stay on the islands")
    assert choose((one, two)) == (one,)


def test_is_candidate_when_the_speaker_is_a_pronoun_without_a_name_then_it_is_not_shown() -> None:
    where = article(60, WIRE, "t", "“Nobody will ever sail through here,” he said.")
    nameless = quotation(61, where, "“Nobody will ever sail through here,”", "he")
    speaker = nameless.quotation.speaker
    assert speaker is not None
    nameless = replace(nameless, quotation=replace(nameless.quotation, speaker=replace(speaker, name=None)))
    assert not is_candidate(nameless)


def test_is_candidate_when_only_a_word_is_marked_then_it_is_a_scare_quote() -> None:
    where = article(60, WIRE, "t", "Pell Maro called the pact a “triumph” for both.")
    assert not is_candidate(
        quotation(61, where, "the pact a “triumph” for both", "Pell Maro", kind="mixed", cue="called")
    )


def test_is_candidate_when_the_article_has_no_date_then_it_is_not_shown() -> None:
    undated = replace(QUOTATIONS[0], article=replace(PACT, published=None))
    assert not is_candidate(undated)


def test_words_shown_when_direct_then_marks_and_last_comma_stay_outside_the_span() -> None:
    words = words_shown(QUOTATIONS[0])
    assert words.text == "We will not ask anyone's leave to keep our own coast safe"
    assert words.in_marks
    assert words.evidence.span.cut(PACT.text) == words.text


def test_words_shown_when_mixed_then_the_clause_stands_as_in_the_article_without_marks_of_ours() -> None:
    words = words_shown(QUOTATIONS[2])
    assert words.text == "Pell Maro called the pact a “necessary first step”"
    assert not words.in_marks
    assert words.evidence.span.cut(PACT.text) == words.text


def test_words_shown_when_a_mixed_content_ends_before_its_mark_then_the_mark_is_taken_in() -> None:
    open_ended = quotation(
        62, PACT, "the pact a “necessary first step", "Pell Maro", kind="mixed", cue="called", **MARO
    )
    assert words_shown(open_ended).text.endswith("step”")


def test_words_shown_when_the_speaker_is_named_in_another_paragraph_then_only_the_content_is_cut() -> None:
    text = "Pell Maro spoke.\n\nHis words: the pact is a “useful first step” for all."
    where = article(63, WIRE, "t", text)
    far = quotation(64, where, "the pact is a “useful first step” for all", "Pell Maro", kind="mixed", cue="", **MARO)
    assert words_shown(far).text == "the pact is a “useful first step” for all"


def test_key_quotes_when_any_word_is_shown_then_it_stands_in_its_article() -> None:
    texts = {a.id: a.text for a in (PACT, PACT_POST, FERRY, *full_input().articles)}
    made = key_quotes(full_input())
    for block in (*made.blocks, *made.detail):
        lines = (block.line, *block.below) if isinstance(block, Item) else ()
        for v in (x for line in lines for x in line if isinstance(x, Verbatim)):
            assert v.evidence.span.cut(texts[v.evidence.article]) == v.text


def test_scored_when_a_head_of_government_and_a_harbour_master_speak_then_the_head_weighs_more() -> None:
    points = {s.stored.id: s.points for s in scored(full_input())}
    assert points[18] > points[17]


def test_scored_when_many_quotations_are_given_then_it_stays_quick() -> None:
    many = tuple(replace(q, id=1000 * n + q.id) for n in range(300) for q in QUOTATIONS)
    made = key_quotes(replace(full_input(), quotations=many))
    assert sum(isinstance(b, Item) for b in made.blocks) == 5


def test_key_quotes_when_a_quotation_is_old_news_of_another_day_then_its_date_is_shown() -> None:
    old = article(70, WIRE, "t", "“We shall never sell the islands,” Tove Rask said.", hours=24 * 400)
    given = _only(quotation(71, old, "“We shall never sell the islands,”", "Tove Rask", **RASK))
    assert (AS_OF - timedelta(days=400)).strftime("%Y") in told(key_quotes(given).blocks)


def test_words_shown_when_the_outlet_breaks_into_a_quotation_then_its_words_are_not_put_in_our_marks() -> None:
    text = "“We will stay,” Tove Rask said, “until the last mine is gone.”"
    broken = quotation(72, article(73, WIRE, "t", text), text, "Tove Rask", **RASK)
    words = words_shown(broken)
    assert (words.text, words.in_marks) == (text, False)


def test_choose_when_what_is_left_is_worth_little_then_places_stay_empty() -> None:
    good = _scored(1, 5.0, name="Ada Lo", actor="norland", words="no troops may stay on the islands")
    more = [_scored(i, 5.0, name="Ada Lo", actor="norland", words=f"a{i} b{i} c{i} d{i}") for i in range(2, 6)]
    assert len(choose((good, *more))) == 2


def test_words_shown_when_a_mixed_clause_can_not_be_cut_whole_then_the_speakers_own_words_stand_in_marks() -> None:
    text = "Pell Maro spoke.\n\nHe told them that the pact was “a first step that means little alone” for all."
    where = article(74, WIRE, "t", text)
    content = "that the pact was “a first step that means little alone” for all"
    far = quotation(75, where, content, "Pell Maro", kind="mixed", cue="told", **MARO)
    words = words_shown(far)
    assert (words.text, words.in_marks) == ("a first step that means little alone", True)
    assert words.evidence.span.cut(text) == words.text
