"""What Tab offers for a line that is being typed, from the one declaration of commands. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.command_list import COMMANDS, Command, Option

Values = Callable[[str, str], Iterable[str]]  # values(completion, typed so far)


def offers(line: str, values: Values) -> list[str]:
    """Return what the last word of a line can become, best first.

    Args:
        line: as typed up to the cursor.
        values: returns what the store and the catalogue have for an option, by the name of its completion.
    """
    *before, word = line.split(" ")
    named = [w.removeprefix("/").lower() for w in before if w]
    if named[:1] == ["briefing"] and named[1:2] and named[1] in COMMANDS:
        named = named[1:]
    if not named:
        return [c for c in (f"/{name}" for name in COMMANDS) if c.startswith(f"/{word.lower().removeprefix('/')}")]
    if named[0] not in COMMANDS:
        return []
    return list(dict.fromkeys(_of_command(COMMANDS[named[0]], named[1:], word, values)))


def _of_command(command: Command, before: list[str], word: str, values: Values) -> Iterator[str]:
    """Yield values of the option that is being typed, then the names of options that were not typed yet."""
    name, colon, typed = word.partition(":")
    if colon:
        if option := command.option(name.lower()):
            yield from (f"{option.name}:{v}" for v in _values(option, typed, values))
        return
    if command.name == "briefing":
        yield from (c for c in COMMANDS if word and c.startswith(word.lower()))
    if command.options and not before:
        yield from _values(command.options[0], word, values)
    given = {w.partition(":")[0] for w in before}
    yield from (f"{o.name}:" for o in command.options if o.name not in given and o.name.startswith(word.lower()))


def _values(option: Option, typed: str, values: Values) -> Iterator[str]:
    start = typed.strip('"').lower()
    if option.choices:
        yield from (c for c in option.choices if c.startswith(start))
    elif option.completion == "commands":
        yield from (name for name in COMMANDS if name.startswith(start.removeprefix("/")))
    elif option.completion:
        yield from (f'"{v}"' if " " in v else v for v in values(option.completion, typed.strip('"')))
