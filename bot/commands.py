"""Words -> Query -> Reply, the same on every platform."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.command_list import COMMANDS, GROUPS, MAX_DAYS, Command, Option
from briefings.answers.records import CONSOLE, Asker, Query, Reply
from briefings.document import Block, Document, Heading, Item, Paragraph, Text
from briefings.errors import BadInput, BriefingBotError
from config.records import ConfigError

MAX_LENGTH = 2000
Answer = Callable[..., Reply]  # answer(query, now, as_of=None)

_TOKEN = re.compile(
    r"""(?P<name>[A-Za-z][A-Za-z_-]{0,30}):(?!//)(?:"(?P<q1>[^"]*)"|“(?P<q2>[^”]*)”|(?P<v>\S*))"""
    r"""|"(?P<q3>[^"]*)"|“(?P<q4>[^”]*)”|(?P<word>\S+)"""
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or `name:value`; `raw` is as typed."""

    name: str
    value: str
    raw: str
    is_quoted: bool


def parse(text: str, asker: Asker = CONSOLE) -> Query:
    """Read a command as typed, with or without its slash.

    `/briefing <command> ...` is that command. `name:value` may stand anywhere; other words together are the first
    option.

    Raises:
        BadInput: unknown command or option, or a value that can't be; the message names the nearest right one.
    """
    tokens = list(_tokens(_clean(text)))
    command = _command(tokens)
    options = _options(command, tokens)
    for option in command.options:
        _check(command, option, options)
    return Query(command=command.name, options=options, asker=asker)


def respond(text: str, asker: Asker, answer: Answer, now: datetime, as_of: datetime | None = None) -> Reply:
    """Answer a command as typed; what can't be answered becomes a sentence that says why and what to do.

    Args:
        text: as typed.
        asker: who and where.
        answer: `answer(query, now, as_of=None)`.
        now: UTC.
        as_of: answer from what was known then; None is now.
    """
    try:
        query = parse(text, asker)
        if needs_manager(query) and not asker.is_manager:
            return sentence(f"/{query.command} is for managers of this channel; ask one of them")
        return help_for(query) if query.command == "help" else answer(query, now, as_of=as_of)
    except (BriefingBotError, ConfigError) as error:
        return sentence(str(error))


def needs_manager(query: Query) -> bool:
    """Say whether only managers may do this."""
    command = COMMANDS[query.command]
    if command.who == "managers":
        return True
    first = query.get(command.options[0].name) if command.options else ""
    return first.partition(" ")[0].lower() in command.managed


def sentence(words: str) -> Reply:
    """Return a reply of one sentence."""
    shown = words[:1].upper() + words[1:]
    return Reply(document=Document(title="", summary=shown, blocks=(Paragraph((Text(shown),)),)))


def help_for(query: Query) -> Reply:
    """Answer /help: all commands, or one with its options.

    Raises:
        BadInput: there is no such command.
    """
    named = query.get("command").lstrip("/").lower()
    if not named:
        return Reply(document=Document(title="Commands", summary=f"{len(COMMANDS)} commands", blocks=_overview()))
    command = _find(named)
    title = f"/{command.name} {_signature(command)}".strip()
    blocks: list[Block] = [Paragraph((Text(f"{command.help}."),))]
    blocks += [Item(o.name, (Text(_about(o)),)) for o in command.options]
    blocks.append(Paragraph((Text("Example: "), Text(command.example, "emphasis"))))
    if command.who == "managers":
        blocks.append(Paragraph((Text("For managers of the channel."),)))
    return Reply(document=Document(title=title, summary=command.help, blocks=tuple(blocks)))


def _overview() -> tuple[Block, ...]:
    """Return every command in its group, and how options are written."""
    blocks: list[Block] = []
    for group in GROUPS:
        blocks.append(Heading(group))
        blocks += [Item(f"/{c.name}", (Text(c.help),)) for c in COMMANDS.values() if c.group == group]
    ways = "Options are written name:value, e.g. /quotes speaker:Lavrov days:3. /help quotes tells those of /quotes."
    return (*blocks, Paragraph((Text(ways),), is_context=True))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean ...?` or ""."""
    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f" Did you mean {close[0]}?" if close else ""


def _clean(text: str) -> str:
    """Control and format characters become blanks; they are never part of a command."""
    if len(text) > MAX_LENGTH:
        msg = f"that is {len(text):,} characters long; a command may have {MAX_LENGTH:,}"
        raise BadInput(msg)
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in text).strip()


def _tokens(text: str) -> Iterator[_Token]:
    for m in _TOKEN.finditer(text):
        name = (m["name"] or "").lower().replace("-", "_")
        quoted = next((g for g in (m["q1"], m["q2"], m["q3"], m["q4"]) if g is not None), None)
        value = quoted if quoted is not None else m["v"] if name else m["word"]
        yield _Token(name, (value or "").strip(), m[0], quoted is not None)


def _command(tokens: list[_Token]) -> Command:
    """Take the command's name from the front of the tokens."""
    if not tokens:
        msg = "type a command, e.g. /briefing, or /help for all of them"
        raise BadInput(msg)
    command = _find(tokens.pop(0).raw.lstrip("/").lower())
    if command.name == "briefing" and tokens and tokens[0].raw.lower() in COMMANDS:
        return COMMANDS[tokens.pop(0).raw.lower()]
    return command


def _find(name: str) -> Command:
    if name not in COMMANDS:
        shown = name[:40] or "nothing"
        close = difflib.get_close_matches(name[:40], COMMANDS, n=1, cutoff=0.6)
        hint = f"did you mean /{close[0]}?" if close else "/help lists the commands"
        msg = f"there is no command /{shown}; {hint}"
        raise BadInput(msg)
    return COMMANDS[name]


def _options(command: Command, tokens: list[_Token]) -> dict[str, str]:
    options: dict[str, str] = {}
    words: list[tuple[_Token, str]] = []  # with the option that it follows
    before = ""
    for token in tokens:
        if name := _option_name(command, token):
            options[name] = token.value
            before = "" if token.is_quoted else name
        elif placed := _by_pattern(command, token, options):
            options[placed] = token.value.upper()
        else:
            words.append((token, before))
    if words:
        _put_words(command, words, options)
    return {k: v for k, v in options.items() if v}


def _option_name(command: Command, token: _Token) -> str:
    """Return the option that a token names, "" when it is a plain word."""
    if not token.name or not token.value:
        return ""
    known = [o.name for o in command.options]
    if token.name in known:
        return token.name
    close = difflib.get_close_matches(token.name, known, n=1, cutoff=0.75)
    if command.is_free_text and not close:
        return ""
    hint = f"did you mean {close[0]}:?" if close else _known_options(command)
    msg = f"/{command.name} has no option '{token.name}'; {hint}"
    raise BadInput(msg)


def _known_options(command: Command) -> str:
    names = ", ".join(o.name for o in command.options)
    return f"it has: {names}" if names else "it takes none"


def _by_pattern(command: Command, token: _Token, options: dict[str, str]) -> str:
    """Return the later option whose shape a lone word has: an id such as D-31."""
    if token.is_quoted or token.name:
        return ""
    fitting = (o.name for o in command.options[1:] if o.pattern and re.fullmatch(o.pattern, token.value, re.IGNORECASE))
    return next((name for name in fitting if name not in options), "")


def _put_words(command: Command, words: list[tuple[_Token, str]], options: dict[str, str]) -> None:
    """Give the words without a name to the first option, or to the one before them when that is taken."""
    text = (
        words[0][0].value if len(words) == 1 else " ".join(t.raw if command.is_free_text else t.value for t, _ in words)
    )
    if not command.options:
        msg = f"/{command.name} takes no options; '{text[:40]}' is not needed"
        raise BadInput(msg)
    first = command.options[0].name
    if not options.get(first):
        options[first] = text
    elif all(before for _, before in words):
        for token, before in words:
            options[before] = f"{options[before]} {token.value}"
    else:
        msg = f"'{text[:40]}' stands alone and {first} was given already; put words that belong together in quotes"
        raise BadInput(msg)


def _check(command: Command, option: Option, options: dict[str, str]) -> None:
    """Check one option's value by its declaration.

    Raises:
        BadInput: it is missing or can't be.
    """
    value = options.get(option.name, "")
    if not value:
        if option.is_required:
            msg = f"/{command.name} needs {option.name}: {option.help}; e.g. {command.example}"
            raise BadInput(msg)
    elif option.type == "number":
        if not (value.isascii() and value.isdigit() and 1 <= int(value) <= MAX_DAYS):
            msg = f"{option.name} is a whole number from 1 to {MAX_DAYS}, not '{value[:40]}'"
            raise BadInput(msg)
    elif option.type == "choice":
        first = value.partition(" ")[0].lower()
        if first not in option.choices:
            known = ", ".join(option.choices)
            msg = f"{option.name} is one of {known}, not '{value[:40]}'.{nearest(first, option.choices)}"
            raise BadInput(msg)


def _signature(command: Command) -> str:
    return " ".join(f"<{o.name}>" if o.is_required else f"[{o.name}]" for o in command.options)


def _about(option: Option) -> str:
    return option.help + (" (needed)" if option.is_required else "")
