import pytest

from briefings.model import ResponseMention
from tests.integration.extract.watched import Responses


def only(found: tuple[ResponseMention, ...]) -> ResponseMention:
    assert len(found) == 1, [(m.stance, m.span) for m in found]
    return found[0]


STANCES = [
    ("REJECT", "Arda on Monday rejected the Corvian plan for the hills."),
    ("REJECT", "Arda denies that it plans to cross the river."),
    ("REJECT", 'President Ruf Elder said the claims were "complete nonsense".'),
    ("REJECT", "Sol said it had no intention of joining the talks in Corvia."),
    ("REJECT", "Sol brushed aside the Belmari proposal."),
    ("REJECT", "The White Keep ruled out any foreign troops in the hills."),
    ("ACCUSE", "Ruf Elder accused Belmar of dragging out the war."),
    ("ACCUSE", 'The Ardan foreign ministry called the vote a "blatant provocation".'),
    ("ACCUSE", "Ruf Elder said Belmar was not interested in peace."),
    ("ACCUSE", 'Corvia was "fuelling the conflict", the Ardan foreign ministry said.'),
    ("THREATEN", "Arda threatened to strike Corvian ports."),
    ("THREATEN", "Ruf Elder said foreign soldiers in the hills would be legitimate targets."),
    ("THREATEN", "Sol warned of grave consequences if Corvia sends rockets."),
    ("THREATEN", "Arda would respond to any attack on its ships, the White Keep said."),
    ("REQUEST", "Arda demanded that Belmar withdraw its guns from the hills."),
    ("REQUEST", "Ruf Elder said Belmar must recognise the new border."),
    ("REQUEST", "Sol insists on guarantees for the port."),
    ("AGREE", "Arda agreed to extend the grain deal."),
    ("AGREE", "Ruf Elder said Sol was ready for talks without preconditions."),
    ("SUPPORT", "Ruf Elder welcomed the Corvian initiative."),
    ("SUPPORT", "The talks were constructive, the Ardan foreign ministry said."),
    ("CONSULT", "Ruf Elder met the Corvian envoy in Sol on Monday."),
    ("CONSULT", "Ruf Elder said it was too early to talk about a date for the next round."),
    ("CONSULT", "No date has been set for a summit, the White Keep said."),
    ("COOPERATE", "Arda and Belmar exchanged 60 prisoners on Monday."),
    ("PROTEST", "Arda summoned the Corvian ambassador over the film."),
    ("SANCTION", "Arda expelled two Corvian diplomats in response to the new sanctions."),
    ("MOBILIZE", "Arda ordered naval drills in response to the vote in Corvia."),
    ("NO_COMMENT", "Ruf Elder declined to comment on the report."),
    ("NO_COMMENT", "The White Keep would neither confirm nor deny the meeting with Belmar."),
    ("NO_COMMENT", "Ruf Elder said he had no information about the letter."),
]


@pytest.mark.parametrize(("stance", "sentence"), STANCES)
def test_stance_of_a_sentence_is_read_by_its_main_clause(responses: Responses, stance: str, sentence: str) -> None:
    assert only(responses(sentence)).stance == stance


SILENCES = [
    ("Arda has not commented on the strike.", "the strike"),
    ("Sol has yet to respond to the offer from Tarn.", "the offer from Tarn"),
    ("The White Keep did not immediately reply to the letter.", "the letter"),
    ("Arda has remained silent on the proposal.", "the proposal"),
    ("There was no immediate comment from Sol on the talks.", "the talks"),
    ("Belmar is still waiting for a reply from Arda.", None),
    ("Corvia is awaiting Arda's response.", None),
    ("No word has come from the White Keep.", None),
    ("Sol kept quiet about the drone.", "the drone"),
    ("The Ardan foreign ministry could not be reached for comment.", None),
    ("Neither Corvia nor Arda has commented.", None),
    ("Ardan officials have said nothing about the missing ship.", "the missing ship"),
    ("Requests for comment to the Ardan embassy went unanswered.", None),
    ("Arda failed to respond to the request by the deadline.", "the request"),
]


@pytest.mark.parametrize(("sentence", "about"), SILENCES)
def test_silence_is_found_with_what_it_is_about(responses: Responses, sentence: str, about: str | None) -> None:
    found = only(responses(sentence))
    assert (found.stance, found.is_silence, found.mode) == ("NO_RESPONSE", True, "new")
    if about is not None:
        assert found.development is not None
        assert found.development.cut(sentence).startswith(about)


NO_SILENCE = [
    "If Arda does not respond by Friday, Corvia will act.",
    "Corvia has not commented on the strike near Sol.",
    "Belmar said it would not respond to threats from Arda.",
    "Arda will not comment before the vote.",
    "Will Arda respond?",
]


@pytest.mark.parametrize("sentence", NO_SILENCE)
def test_no_silence_when_it_is_conditional_or_anothers(responses: Responses, sentence: str) -> None:
    assert not any(m.is_silence for m in responses(sentence))


STANDING = [
    "Arda has repeatedly said that foreign troops would be legitimate targets.",
    "Ruf Elder has previously rejected the idea of a neutral zone.",
    "Sol has long insisted on a veto.",
    "Arda denies any role in the attack.",
    "Arda's demand that Belmar disarm has not changed.",
    "Arda opposes a Corvian mission in the hills.",
]


@pytest.mark.parametrize("sentence", STANDING)
def test_mode_is_standing_when_a_position_was_held_before(responses: Responses, sentence: str) -> None:
    assert only(responses(sentence)).mode == "standing"


NEW = [
    "Arda rejected the plan on Tuesday.",
    "Arda says it is moving troops away from the border.",
    "Ruf Elder has accused Corvia of lying.",
    "Sol had warned on Monday of a response.",
]


@pytest.mark.parametrize("sentence", NEW)
def test_mode_is_new_when_something_was_said_now(responses: Responses, sentence: str) -> None:
    assert only(responses(sentence)).mode == "new"


LEFT_OUT = [
    "The Ardan defence ministry said its air defences shot down nine drones overnight.",
    "Ardan-installed officials in the hills said a vote would be held.",
    "Ardan forces captured two villages.",
    "Analysts believe Arda wants the whole valley.",
    "Corvia fears that Arda could reject the plan.",
    "Corvia said Arda wants war.",
    "Belmar spoke to Arda about the hills.",
    "Arda will meet Corvian envoys next week.",
    "In 2019 Arda rejected a similar plan.",
    "Last year Ruf Elder visited Corvia.",
    "Ana Most, a former foreign minister, called the plan a mistake.",
    "Arda said the budget deficit would grow.",
    "The Ardan president thanked firefighters.",
    '"Arda rejected everything we offered," Jon Vale said.',
    "The two sides agreed to meet again.",
]


@pytest.mark.parametrize("sentence", LEFT_OUT)
def test_nothing_is_given_for_what_the_guidelines_leave_out(responses: Responses, sentence: str) -> None:
    assert [(m.stance, m.actor) for m in responses(sentence)] == []


def test_report_by_others_of_one_statement_counts(responses: Responses) -> None:
    found = only(responses("Jon Vale said the Ardan president had promised to respond to the attack."))
    assert found.stance == "THREATEN"


def test_which_clause_counts_with_its_own_subject(responses: Responses) -> None:
    assert only(responses("Corvia offered observers, which Arda rejected.")).stance == "REJECT"


def test_passive_gives_the_agent(responses: Responses) -> None:
    assert only(responses("The plan was rejected by Arda on Friday.")).actor == "Arda"


def test_according_to_is_a_report(responses: Responses) -> None:
    assert only(responses("According to the White Keep, Sol is ready for talks with Belmar.")).stance == "AGREE"


def test_two_stances_with_a_verb_each_are_two_clauses(responses: Responses) -> None:
    text = "Arda welcomed the truce but accused Belmar of breaking it."
    found = responses(text)
    assert [m.stance for m in found] == ["SUPPORT", "ACCUSE"]
    assert found[0].span.end <= found[1].span.start
    assert found[1].span.cut(text).startswith("accused Belmar")


def test_quotation_that_runs_on_joins_its_attribution(responses: Responses) -> None:
    text = '"This is a lie," Ruf Elder said. "We will not accept it."'
    found = only(responses(text))
    assert found.span.cut(text) == text
    assert found.is_quoted


def test_pronoun_is_the_last_speaker(responses: Responses) -> None:
    found = responses("Ruf Elder rejected the plan on Monday. He accused Corvia of lying.")
    assert [(m.actor, m.speaker) for m in found] == [("Ruf Elder", "Ruf Elder"), ("He", "Ruf Elder")]


def test_pronoun_is_not_the_watched_speaker_when_another_spoke_last(responses: Responses) -> None:
    found = responses("Ruf Elder rejected the plan. Jon Vale called that foolish. He said Belmar would wait.")
    assert [m.stance for m in found] == ["REJECT"]


def test_ministry_named_before_is_meant_by_the_ministry(responses: Responses) -> None:
    found = responses("The Ardan foreign ministry condemned the vote. The ministry warned of consequences.")
    assert [m.stance for m in found] == ["ACCUSE", "THREATEN"]


def test_person_introduced_by_office_speaks_for_the_actor(responses: Responses) -> None:
    found = responses("Ardan envoy Petra Lind praised the talks. Lind said Belmar must now act.")
    assert [m.speaker for m in found] == ["Petra Lind", "Petra Lind"]


def test_recipient_is_the_party_spoken_to(responses: Responses) -> None:
    assert only(responses("Ruf Elder met Jon Vale in Sol on Monday for talks on peace.")).recipient == "Jon Vale"


def test_denied_thing_is_the_development(responses: Responses) -> None:
    text = "Arda rejected a Corvian proposal for joint patrols."
    development = only(responses(text)).development
    assert development is not None
    assert development.cut(text) == "a Corvian proposal for joint patrols"


def test_question_asked_is_the_development(responses: Responses) -> None:
    text = "Asked about the missing ship, Ruf Elder said he had no information."
    found = only(responses(text))
    assert found.development is not None
    assert found.development.cut(text) == "the missing ship"
    assert found.stance == "NO_COMMENT"


def test_spans_are_inside_the_text(responses: Responses) -> None:
    text = 'Arda rejected it. "No," Ruf Elder said. Sol has not replied to Corvia. ' * 5
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in responses(text))
