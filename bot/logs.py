"""Logs: one event a line, as JSON or for a terminal, without any secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, Literal, TextIO

import structlog
from pydantic import SecretStr

HIDDEN = "[hidden]"
_SHORTEST = 6  # a shorter secret value would hide ordinary words

_TOKENS = re.compile(
    r"xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}"  # Slack
    r"|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # Discord bot tokens
    r"|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"  # user:password in an address
    r"|(?i:(?<=bearer )|(?<=bot )|(?<=token=)|(?<=password=)|(?<=secret=))[\w.+/=-]{8,}"
    r"|(?<=hooks\.slack\.com/services/)[\w/]+"
)


class SecretFilter:
    """Replaces the secrets of the settings, and what looks like a token, in every value of an event."""

    def __init__(self, secrets: Iterable[SecretStr] = ()) -> None:
        values = {s.get_secret_value() for s in secrets}
        longest_first = sorted((v for v in values if len(v) >= _SHORTEST), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def clean(self, text: str) -> str:
        """Return a text without secrets and on one line."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        return _TOKENS.sub(HIDDEN, text)

    def __call__(self, _: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Clean one event (a structlog processor)."""
        return {str(k): self._clean_value(v) for k, v in event.items()}

    def _clean_value(self, value: object) -> object:
        match value:
            case None | bool() | int() | float():
                return value
            case dict():
                return {str(k): self._clean_value(v) for k, v in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._clean_value(v) for v in value]
            case _:
                return self.clean(str(value))


def set_up_logs(
    level: str, form: Literal["json", "console"], secrets: Iterable[SecretStr] = (), stream: TextIO | None = None
) -> None:
    """Send our events and those of every library to one stream, alike.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.
        form: `json` for machines, `console` for people.
        secrets: values that must never be written.
        stream: where to; standard error by default, so that standard output holds only briefings.
    """
    target = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    drawn: list[structlog.typing.Processor] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)]
        if form == "json"
        else [_on_one_line, structlog.dev.ConsoleRenderer(colors=target.isatty())]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            SecretFilter(secrets),
            *drawn,
        ],
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("alembic", "slack_bolt", "slack_sdk", "discord", "aiohttp.access", "asyncio"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
    # it warns of each tick that is skipped because the one before is still going on, as a long poll may be
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=False,
    )


def _on_one_line(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep an event on one line: what came from outside may hold line ends and terminal codes."""
    return {k: _ESCAPED.sub(lambda m: repr(m[0])[1:-1], v) if isinstance(v, str) else v for k, v in event.items()}


_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
