"""Fiction to build briefings from: two invented countries, their people and what their papers wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefings.document import Block, Document, Heading, Item, lines_of, shown
from briefings.model import (
    Article,
    Development,
    Difference,
    Evidence,
    FeedCheck,
    IssueEvent,
    IssueMention,
    LedgerIssue,
    Publisher,
    Quotation,
    QuotationKind,
    ResponseMention,
    Span,
    Speaker,
    Stance,
    StatedPosition,
    StoredIssueMention,
    StoredQuotation,
    StoredResponse,
    WatchLine,
    Window,
)
from briefings.sections.base import BriefingInput
from config.catalogue import ActorSpec, OfficeSpec, PersonSpec, Role, TopicSpec

AS_OF = datetime(2031, 3, 5, 6, 0, tzinfo=UTC)
START = AS_OF - timedelta(hours=24)
ZONE = "Europe/Helsinki"

WIRE = Publisher(name="Northern Wire", kind="wire")
POST = Publisher(name="Harbour Post")
DAILY = Publisher(name="Coast Daily")
AGENCY = Publisher(name="Estmark Press Agency", kind="wire", carries="estmark")
PUBLISHERS = (WIRE, POST, DAILY, AGENCY)

ESTMARK = ActorSpec(
    id="estmark",
    name="Estmark",
    capital="Varnholm",
    names=("Estmark", "Varnholm"),
    adjectives=("Estmarkian",),
    offices=(OfficeSpec(name="Foreign Ministry of Estmark", variants=("Estmarkian foreign ministry",)),),
    people=(
        PersonSpec(
            id="orsa-vint",
            name="Orsa Vint",
            actor="estmark",
            surnames=("Vint",),
            roles=(Role(title="chancellor of Estmark", rank="head"),),
        ),
        PersonSpec(
            id="jorund-kall",
            name="Jorund Kall",
            actor="estmark",
            surnames=("Kall",),
            roles=(Role(title="spokesman of the foreign ministry", rank="spokesman"),),
        ),
    ),
)
NORLAND = ActorSpec(
    id="norland",
    name="Norland",
    capital="Aldby",
    people=(
        PersonSpec(
            id="tove-rask",
            name="Tove Rask",
            actor="norland",
            surnames=("Rask",),
            roles=(Role(title="prime minister of Norland", rank="head"),),
        ),
    ),
)
TOPIC = TopicSpec(id="strait", title="Grey Strait", actor="estmark", section_title="Estmarkian response watch")


def article(  # one article of the day; `hours` before the briefing
    number: int, publisher: Publisher, title: str, text: str, *, hours: float = 10, copy_of: int | None = None
) -> Article:
    at = AS_OF - timedelta(hours=hours)
    host = publisher.name.lower().replace(" ", "-")
    return Article(
        id=number,
        publisher=publisher,
        url=f"https://{host}.example/{number}",
        title=title,
        text=text,
        published=at,
        fetched=at + timedelta(minutes=5),
        known=at + timedelta(minutes=5),
        revision=1,
        sha256=f"{number:064d}",
        copy_of=copy_of,
    )


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def evidence(where: Article, words: str) -> Evidence:
    return Evidence(article=where.id, revision=where.revision, span=span_of(where.text, words))


def quotation(
    number: int,
    where: Article,
    words: str,
    mention: str,
    *,
    kind: QuotationKind = "direct",
    cue: str = "said",
    name: str | None = None,
    role: str | None = None,
    person: str | None = None,
    actor: str | None = None,
) -> StoredQuotation:
    speaker = Speaker(mention=span_of(where.text, mention), name=name or mention, role=role, person=person, actor=actor)
    at_cue = span_of(where.text, cue) if cue else None
    found = Quotation(kind=kind, content=span_of(where.text, words), cue=at_cue, speaker=speaker)
    return StoredQuotation(id=number, article=where, quotation=found)


def response(
    number: int,
    where: Article,
    sentence: str,
    *,
    stance: Stance = "STATEMENT",
    speaker: str | None = None,
    actor: str | None = "Varnholm",
    is_standing: bool = False,
) -> StoredResponse:
    mention = ResponseMention(
        span=span_of(where.text, sentence),
        actor_id="estmark",
        actor=actor,
        speaker=speaker,
        stance=stance,
        mode="standing" if is_standing else "new",
        is_silence=stance == "NO_RESPONSE",
    )
    return StoredResponse(id=number, article=where, mention=mention)


def event(number: int, where: Article, sentence: str, status: str = "open", *, moved: bool = False) -> IssueEvent:
    span = span_of(where.text, sentence)
    mention = IssueMention(span=span, matter=span, label="", status="open", cue="unresolved")
    stored = StoredIssueMention(id=number, article=where, mention=mention)
    at = where.published or where.known
    return IssueEvent(at=at, status=status, moved=moved, mention=stored)  # type: ignore[arg-type]


def position(where: Article, party: str, words: str, actor: str | None = None) -> StatedPosition:
    at = where.published or where.known
    return StatedPosition(party=party, actor=actor, at=at, article=where, evidence=evidence(where, words))


def check(publisher: Publisher, *, minutes: float = 12, error: str | None = None) -> FeedCheck:
    seen = AS_OF - timedelta(minutes=minutes)
    slug = publisher.name.lower().replace(" ", "-")
    return FeedCheck(
        feed=f"https://{slug}.example/feed",
        publisher=publisher,
        last_success=seen,
        last_attempt=AS_OF - timedelta(minutes=5),
        last_error=error,
        successes=(seen,),
    )


# ---- what the papers wrote -----------------------------------------------------------------------------------

PACT = article(
    1,
    WIRE,
    "Norland and Sund sign pact to patrol the Grey Strait",
    "World\n\nMenu\n\nALDBY (Northern Wire) - Norland and Sund signed a pact on Tuesday to patrol the Grey Strait "
    "together once a truce with Estmark is agreed, after two days of talks in Aldby.\n\n"
    "“We will not ask anyone's leave to keep our own coast safe,” Prime Minister Tove Rask said after the signing. "
    "“Patrols begin only when the truce holds.”\n\n"
    "Sund's envoy Pell Maro called the pact a “necessary first step” but warned that it would mean little without "
    "monitors.\n\n"
    "The question of who controls the Hollow Islands remains unresolved. Norland has ruled out giving up the islands, "
    "while Estmark insists that all Norland troops leave them.\n\n"
    "Varnholm has yet to respond to the pact. It has repeatedly said that foreign ships in the strait would be "
    "“fair game”.",
    hours=13.5,
)
PACT_POST = article(
    2,
    POST,
    "Two neighbours agree joint patrols in Grey Strait",
    "Ships of Norland and Sund are to patrol the Grey Strait side by side if a truce comes about, the two governments "
    "announced on Tuesday.\n\n“We will ask for nobody's permission to keep our own coast safe,” Tove Rask, prime "
    "minister of Norland, said.\n\n“I am very grateful to my friends in Aldby for a great meeting,” said Pell Maro, "
    "envoy of Sund.\n\n“A truce without monitors is a pause before the next attack, and we must not claim otherwise,” "
    "Maro added.\n\n"
    "The monitors' mandate is now disputed on one point only, the length of their stay."
    "\n\nAt least 14 sailors were killed in the clash of last week, the coast guard said.",
    hours=11,
)
PACT_COPY = replace(PACT, id=3, publisher=DAILY, url="https://coast-daily.example/3", copy_of=1)
FERRY = article(
    4,
    DAILY,
    "Ferry line to the Hollow Islands cut for a third day",
    "The ferry to the Hollow Islands stayed in port for a third day on Tuesday because of mines reported in the "
    "channel, the harbour master said.\n\nTwelve sailors were killed in the clash of last week.\n\n“Nobody sails until "
    "the channel has been swept twice,” harbour master Ebba Lunn said.",
    hours=9,
)
TARIFF = article(
    5,
    AGENCY,
    "Estmark raises port fees for Norland ships",
    "Estmark will raise port fees for ships from Norland by a fifth from April, the finance ministry announced.\n\n"
    "“Whoever closes the strait will pay for it in our harbours,” Chancellor Orsa Vint told parliament.\n\n"
    "Foreign ministry spokesman Jorund Kall dismissed the idea of outside monitors: “There is no place for observers "
    "from third countries in our waters.”",
    hours=6,
)
MONITORS = article(
    6,
    WIRE,
    "Envoys propose outside monitors for the strait",
    "Envoys of five countries proposed on Monday that outside monitors watch the Grey Strait.\n\nThe mandate of the "
    "monitors is still being negotiated, diplomats said.",
    hours=33,
)
PRISONERS = article(
    7,
    POST,
    "Families wait for word on the crew of the Skarv",
    "Five weeks after the trawler Skarv was seized, the fate of its crew is unclear.\n\nNorland has asked Estmark to "
    "let the crew go before any further talks.",
    hours=90,
)
CABLE = article(
    8,
    DAILY,
    "Sea cable cut north of the strait, Norland says",
    "A sea cable was cut north of the Grey Strait on Saturday night, the government of Norland said, and called on "
    "Varnholm to explain itself.",
    hours=82,
)
OLD = article(
    9,
    AGENCY,
    "Vint: foreign ships are fair game",
    "Any foreign warship in the Grey Strait is fair game, Chancellor Orsa Vint said on a visit to the fleet.",
    hours=24 * 20,
)
ARTICLES = (PACT, PACT_POST, PACT_COPY, FERRY, TARIFF)

D_PACT = Development(id=31, headline=PACT.title, articles=(PACT, PACT_POST, PACT_COPY))
D_TARIFF = Development(id=33, headline=TARIFF.title, articles=(TARIFF,))
D_FERRY = Development(id=32, headline=FERRY.title, articles=(FERRY,))
D_MONITORS = Development(id=29, headline=MONITORS.title, articles=(MONITORS,))
D_CABLE = Development(id=27, headline=CABLE.title, articles=(CABLE,))
D_CREW = Development(id=25, headline=PRISONERS.title, articles=(PRISONERS,))

RASK = {"name": "Tove Rask", "role": "Prime Minister", "person": "tove-rask", "actor": "norland"}
MARO = {"name": "Pell Maro", "role": "envoy of Sund", "actor": "sund"}
QUOTATIONS = (
    quotation(11, PACT, "“We will not ask anyone's leave to keep our own coast safe,”", "Tove Rask", **RASK),
    quotation(12, PACT, "“Patrols begin only when the truce holds.”", "Tove Rask", **RASK),
    quotation(13, PACT, "the pact a “necessary first step”", "Pell Maro", kind="mixed", cue="called", **MARO),
    quotation(14, PACT_POST, "“We will ask for nobody's permission to keep our own coast safe,”", "Tove Rask", **RASK),
    quotation(15, PACT_POST, "“I am very grateful to my friends in Aldby for a great meeting,”", "Pell Maro", **MARO),
    quotation(
        16,
        PACT_POST,
        "“A truce without monitors is a pause before the next attack, and we must not claim otherwise,”",
        "Maro",
        cue="added",
        **MARO,
    ),
    quotation(
        17,
        FERRY,
        "“Nobody sails until the channel has been swept twice,”",
        "Ebba Lunn",
        name="Ebba Lunn",
        role="harbour master",
    ),
    quotation(
        18,
        TARIFF,
        "“Whoever closes the strait will pay for it in our harbours,”",
        "Orsa Vint",
        cue="told",
        name="Orsa Vint",
        role="Chancellor",
        person="orsa-vint",
        actor="estmark",
    ),
    quotation(
        19,
        TARIFF,
        "“There is no place for observers from third countries in our waters.”",
        "Jorund Kall",
        cue="dismissed",
        name="Jorund Kall",
        role="Foreign ministry spokesman",
        person="jorund-kall",
        actor="estmark",
    ),
    quotation(20, PACT, "it would mean little without monitors", "Pell Maro", kind="indirect", cue="warned", **MARO),
)

ISLANDS = LedgerIssue(
    id=7,
    label="control of the Hollow Islands",
    status="open",
    opened=AS_OF - timedelta(days=19),
    moved=AS_OF - timedelta(days=19),
    history=(
        event(70, PRISONERS, "Norland has asked Estmark to let the crew go before any further talks."),
        event(71, PACT, "The question of who controls the Hollow Islands remains unresolved."),
    ),
    positions=(
        position(PACT, "Norland", "Norland has ruled out giving up the islands", "norland"),
        position(PACT, "Estmark", "Estmark insists that all Norland troops leave them", "estmark"),
    ),
)
MANDATE = LedgerIssue(
    id=12,
    label="mandate of the monitors",
    status="narrowed",
    opened=MONITORS.published or AS_OF,
    moved=PACT_POST.published or AS_OF,
    history=(
        event(72, MONITORS, "The mandate of the monitors is still being negotiated, diplomats said."),
        event(
            73,
            PACT_POST,
            "The monitors' mandate is now disputed on one point only, the length of their stay.",
            "narrowed",
            moved=True,
        ),
    ),
)
CREW = LedgerIssue(
    id=5,
    label="fate of the crew of the Skarv",
    status="open",
    opened=AS_OF - timedelta(days=35),
    moved=AS_OF - timedelta(days=35),
    history=(event(74, PRISONERS, "the fate of its crew is unclear"),),
    positions=(
        position(PRISONERS, "Norland", "Norland has asked Estmark to let the crew go before any further talks"),
    ),
)
ISSUES = (ISLANDS, MANDATE, CREW)

SILENT = response(51, PACT, "Varnholm has yet to respond to the pact.", stance="NO_RESPONSE")
FAIR_GAME = response(
    52, OLD, OLD.text, stance="THREATEN", speaker="Chancellor Orsa Vint", actor="Orsa Vint", is_standing=True
)
REJECTS = response(
    53,
    TARIFF,
    "Foreign ministry spokesman Jorund Kall dismissed the idea of outside monitors: “There is no place for observers "
    "from third countries in our waters.”",
    stance="REJECT",
    speaker="Jorund Kall",
)
FEES = response(
    54,
    TARIFF,
    "“Whoever closes the strait will pay for it in our harbours,” Chancellor Orsa Vint told parliament.",
    stance="THREATEN",
    speaker="Orsa Vint",
)
CHECKS = (check(WIRE), check(POST, minutes=9), check(AGENCY, minutes=20), check(DAILY, minutes=540, error="HTTP 503"))
WATCH = (
    WatchLine(
        development=D_PACT,
        actor="estmark",
        state="reported_silent",
        answer=SILENT,
        earlier=FAIR_GAME,
        since=D_PACT.first,
    ),
    WatchLine(
        development=D_MONITORS,
        actor="estmark",
        state="answered",
        answer=REJECTS,
        since=D_MONITORS.first,
        delay=27 * 3600.0,
    ),
    WatchLine(
        development=D_CABLE,
        actor="estmark",
        state="no_answer_found",
        since=D_CABLE.first,
        checked=CHECKS[:3],
    ),
    WatchLine(
        development=D_CREW,
        actor="estmark",
        state="cannot_tell",
        since=D_CREW.first,
        reason="Coast Daily down 9 hours",
    ),
)
DIFFERENCE = Difference(
    kind="number",
    about="sailors killed",
    first=evidence(PACT_POST, "14 sailors were killed"),
    second=evidence(FERRY, "Twelve sailors were killed"),
)


def empty_input(*, is_first: bool = False) -> BriefingInput:
    """Return a briefing's input with nothing in it, no feeds watched."""
    window = Window(start=START, end=AS_OF, is_first=is_first)
    actors = {a.id: a for a in (ESTMARK, NORLAND)}
    return BriefingInput(topic=TOPIC, actor=ESTMARK, actors=actors, as_of=AS_OF, window=window, zone=ZONE)


def quiet_input() -> BriefingInput:
    """Return a day without news: feeds were read, issues and silences go on."""
    return replace(
        empty_input(),
        issues=(replace(ISLANDS, history=ISLANDS.history[:1]), CREW),
        watch=(WATCH[2],),
        checks=CHECKS[:3],
        next_at=AS_OF + timedelta(days=1),
    )


def full_input(*, is_first: bool = False) -> BriefingInput:
    """Return a day with news in every section."""
    return replace(
        empty_input(is_first=is_first),
        articles=ARTICLES,
        developments=(D_PACT, D_TARIFF, D_FERRY),
        quotations=QUOTATIONS,
        issues=ISSUES,
        watch=WATCH,
        untied=(FEES,),
        differences=(DIFFERENCE,),
        checks=CHECKS,
        previous_key="strait-2031-03-04-0800",
        next_at=AS_OF + timedelta(days=1),
    )


def texts_of(given: BriefingInput) -> dict[tuple[int, int], str]:
    """Return the stored texts by article and revision."""
    everything = (PACT, PACT_POST, PACT_COPY, FERRY, TARIFF, MONITORS, PRISONERS, CABLE, OLD, *given.articles)
    return {(a.id, a.revision): a.text for a in everything}


def told(blocks: Iterable[Block], zone: str = ZONE) -> str:
    """Return what a reader is told by blocks: one line each, an item's id before its first."""
    document = Document(title="", summary="", blocks=(), zone=zone, as_of=AS_OF)
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines.append(f"# {block.text}")
        said = ["".join(shown(x, document) for x in line) for line in lines_of(block)]
        if isinstance(block, Item):
            said[0] = f"{block.id} {said[0]}"
        lines += said
    return "\n".join(lines)
