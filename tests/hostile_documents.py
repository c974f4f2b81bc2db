"""Documents and briefings that carry the same hostile words in every place where words from outside are shown."""

from __future__ import annotations

from dataclasses import replace

from briefings.compose import compose, to_document
from briefings.document import (
    Action,
    Actions,
    Document,
    Heading,
    Item,
    Link,
    Moment,
    Paragraph,
    Picture,
    Text,
    Verbatim,
)
from briefings.model import Development, Difference, Evidence, LedgerIssue, Publisher, Span, WatchLine
from tests.fakes_briefing import (
    AS_OF,
    ESTMARK,
    TOPIC,
    article,
    check,
    empty_input,
    event,
    evidence,
    position,
    quotation,
    response,
)

SAFE_URL = "https://wire.example/1"


def hostile_document(words: str, url: str = "https://wire.example/1") -> Document:
    """Return a document with the same words in every kind of block and inline, and with one address."""
    stored = f"He said “{words}” twice."
    quote = Verbatim(words, Evidence(article=1, revision=1, span=Span(9, 9 + len(words))))
    clause = Verbatim(stored, Evidence(article=1, revision=1, span=Span(0, len(stored))), in_marks=False)
    line = (Text(words, "strong"), Text(" "), Link(words, url), Text(" "), Moment(AS_OF))
    item = Item("Q-1", (quote,), (line, (clause,)), "alert", "key_quotes")
    action = Action("report", words, "Q-1")
    return Document(
        title=words,
        summary=words,
        blocks=(Heading(words, "key_quotes"), Paragraph(line), item, Actions((action,)), Picture(b"png", words)),
        detail=(Heading(words), Item("D-2", line)),
        as_of=AS_OF,
    )


def hostile_briefing(words: str, url: str = SAFE_URL) -> Document:
    """Return a briefing whose headline, quotation, speaker, role, publisher, issue, feed, topic and actor have words.

    Args:
        words: from outside.
        url: of the article and of its feed.
    """
    said = f"We will not accept {words} in our harbour before the spring"
    sentence = f"The question of {words} in the strait remains unresolved."
    answer = f"Estmark rejected the patrols because of {words} on Tuesday."
    text = f"“{said},” the minister said to the press.\n\n{sentence}\n\n{answer}"
    publisher = Publisher(name=f"The {words} Post")
    one = replace(article(1, publisher, f"Envoys agree {words} patrols", text), url=url)
    two = replace(one, id=2, publisher=Publisher(name=f"{words}"), title=words, url=url)
    happened = Development(id=31, headline=one.title, articles=(one, two))
    person = {"name": f"Mira {words} Toval", "role": f"minister of {words}", "actor": "norland"}
    issue = LedgerIssue(
        id=7,
        label=f"control of {words}",
        status="open",
        opened=AS_OF,
        moved=AS_OF,
        history=(event(70, one, sentence),),
        positions=(position(one, f"Party of {words}", answer),),
    )
    given = replace(
        empty_input(),
        topic=replace(TOPIC, title=f"Strait {words}"),
        actor=replace(ESTMARK, name=f"Estmark {words}"),
        articles=(one, two),
        developments=(happened,),
        quotations=(quotation(11, one, said, "the minister", **person),),
        issues=(issue,),
        watch=(
            WatchLine(
                development=happened,
                actor="estmark",
                state="answered",
                answer=response(53, one, answer, stance="REJECT", speaker=f"Envoy {words}", actor=f"Estmark {words}"),
                since=happened.first,
                delay=3600.0,
            ),
            WatchLine(
                development=replace(happened, id=32),
                actor="estmark",
                state="cannot_tell",
                since=happened.first,
                reason=f"{words} down 9 hours",
            ),
        ),
        differences=(
            Difference(kind="number", about=words, first=evidence(one, said), second=evidence(two, sentence)),
        ),
        checks=(check(publisher, error=f"answered {words}"),),
        corrections=(f"Q-12 withdrawn: {words}",),
    )
    return to_document(compose(given))
