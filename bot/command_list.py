"""Every command, declared once: the console, Slack's manifest, Discord's tree and docs/commands.md are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

OptionType = Literal["text", "number", "choice"]
Completion = Literal[
    "", "topics", "actors", "speakers", "issues", "developments", "articles", "items", "zones", "commands", "addresses"
]
Who = Literal["anyone", "managers"]
Group = Literal["What is new", "Look it up", "This channel"]
GROUPS: tuple[Group, ...] = get_args(Group)

MAX_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option; `completion` names what is offered while it is typed, `pattern` lets a lone word find its place."""

    name: str
    help: str
    type: OptionType = "text"
    is_required: bool = False
    completion: Completion = ""
    choices: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. Words without a name are its first option; `managed` are first words that only managers may use."""

    name: str
    help: str
    example: str
    group: Group
    options: tuple[Option, ...] = ()
    who: Who = "anyone"
    managed: frozenset[str] = frozenset()
    is_free_text: bool = False  # the first option is prose: `a:b` in it is no option

    def option(self, name: str) -> Option | None:
        """Return the option of this name, or None."""
        return next((o for o in self.options if o.name == name), None)


TOPIC = Option(name="topic", help="what it is about, e.g. ukraine", completion="topics")
ITEM = Option(
    name="item", help="an id as shown, e.g. Q-12", completion="items", pattern=r"[QUDRA]-\d+", is_required=True
)

_COMMANDS = (
    Command(
        name="briefing",
        group="What is new",
        help="The current briefing, now",
        example="/briefing ukraine",
        options=(TOPIC,),
    ),
    Command(
        name="quotes",
        group="What is new",
        help="Who said what, newest first, by speaker",
        example="/quotes Lavrov days:3",
        options=(
            Option(name="speaker", help="a name or part of one, an office or an actor", completion="speakers"),
            TOPIC,
            Option(name="days", help="how many days back (7)", type="number"),
        ),
    ),
    Command(
        name="issues",
        group="What is new",
        help="Open issues; with an id, the history of one with its evidence",
        example="/issues U-7",
        options=(Option(name="issue", help="an id such as U-7, or words of its label", completion="issues"),),
    ),
    Command(
        name="watch",
        group="What is new",
        help="Who has answered what; with a development, all that the actor said about it",
        example="/watch russia development:D-31",
        options=(
            Option(name="actor", help="the actor watched, e.g. russia", completion="actors"),
            Option(name="development", help="an id such as D-31", completion="developments", pattern=r"D-\d+"),
        ),
    ),
    Command(
        name="summary",
        group="Look it up",
        help="One article: lead, quotes, issues, responses, related articles",
        example="/summary A-14",
        options=(
            Option(
                name="article", help="an address, an id such as A-14, or words", is_required=True, completion="articles"
            ),
        ),
        is_free_text=True,
    ),
    Command(
        name="ask",
        group="Look it up",
        help="Passages of stored articles that answer a question, with their sources",
        example="/ask who signed the declaration as_of:2026-01-07",
        options=(
            Option(name="question", help="a question in plain words", is_required=True),
            Option(name="as_of", help="answer from what was known then, e.g. 2026-01-07 08:00"),
        ),
        is_free_text=True,
    ),
    Command(
        name="related",
        group="Look it up",
        help="Related articles, newest first, and why they are related",
        example="/related A-14",
        options=(
            Option(
                name="article", help="an address, an id such as A-14, or words", is_required=True, completion="articles"
            ),
        ),
        is_free_text=True,
    ),
    Command(
        name="timeline",
        group="What is new",
        help="What happened when, for an issue or a development",
        example="/timeline U-7",
        options=(Option(name="item", help="an id such as U-7 or D-31, or words", completion="issues"),),
    ),
    Command(
        name="subscribe",
        group="This channel",
        help="A briefing in this channel each day at a time",
        example="/subscribe ukraine 08:00 Europe/Kyiv weekdays",
        options=(
            Option(name="topic", help="what it is about, e.g. ukraine", is_required=True, completion="topics"),
            Option(name="time", help="local time, e.g. 08:00 or 8am"),
            Option(name="zone", help="time zone, e.g. Europe/Kyiv or Kyiv (UTC)", completion="zones"),
            Option(name="days", help="daily, weekdays, weekend, or days such as Mon,Thu (daily)"),
        ),
        who="managers",
    ),
    Command(
        name="unsubscribe",
        group="This channel",
        help="No more briefings of a topic in this channel",
        example="/unsubscribe ukraine",
        options=(TOPIC,),
        who="managers",
    ),
    Command(
        name="schedule",
        group="This channel",
        help="The briefings of this channel: when the next and the last",
        example="/schedule",
    ),
    Command(
        name="sources",
        group="This channel",
        help="Feeds: state, last success, last error",
        example="/sources list",
        options=(
            Option(
                name="action",
                help="list (or nothing), add, remove or check",
                type="choice",
                choices=("list", "add", "remove", "check"),
            ),
            Option(name="address", help="the feed's http(s) address", completion="addresses"),
        ),
        managed=frozenset({"add", "remove", "check"}),
    ),
    Command(
        name="report",
        group="This channel",
        help="Tell us that something shown is wrong",
        example="/report wrong speaker item:Q-12",
        options=(
            Option(name="problem", help="what is wrong, in a few words", is_required=True),
            Option(name="item", help="an id as shown, e.g. Q-12", completion="items", pattern=r"[QUDRA]-\d+"),
        ),
        is_free_text=True,
    ),
    Command(
        name="reports",
        group="This channel",
        help="Problems that were reported",
        example="/reports open",
        options=(
            Option(
                name="status",
                help="open (or nothing), resolved, all; or resolve, confirm, unhide",
                type="choice",
                choices=("open", "resolved", "all", "resolve", "confirm", "unhide"),
            ),
            Option(name="number", help="of the report to resolve or confirm, e.g. 3, or the item to unhide"),
            Option(name="answer", help="what whoever reported it is told"),
        ),
        who="managers",
    ),
    Command(
        name="why",
        group="Look it up",
        help="How an item came to be shown: article, span, rule",
        example="/why Q-12",
        options=(ITEM,),
    ),
    Command(
        name="follow",
        group="This channel",
        help="A direct message when an item moves or is answered, at most one a day",
        example="/follow U-7",
        options=(ITEM,),
    ),
    Command(
        name="status",
        group="This channel",
        help="Is it alive: last fetch, last and next briefing, feeds down",
        example="/status",
    ),
    Command(
        name="help",
        group="This channel",
        help="The commands, or one of them in full",
        example="/help quotes",
        options=(Option(name="command", help="a command's name", completion="commands"),),
    ),
)

COMMANDS: Mapping[str, Command] = {c.name: c for c in _COMMANDS}
