"""The sections of a briefing, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.sections.base import Section
from briefings.sections.bottom_line import bottom_line
from briefings.sections.footer import footer
from briefings.sections.header import header
from briefings.sections.key_quotes import key_quotes
from briefings.sections.quiet import quiet
from briefings.sections.response_watch import response_watch
from briefings.sections.since_last import since_last
from briefings.sections.sources_differ import sources_differ
from briefings.sections.unresolved import unresolved

SECTIONS: Mapping[str, Section] = {
    "header": header,
    "bottom_line": bottom_line,
    "since_last": since_last,
    "key_quotes": key_quotes,
    "unresolved": unresolved,
    "response_watch": response_watch,
    "sources_differ": sources_differ,
    "footer": footer,
}
QUIET_SECTIONS: Mapping[str, Section] = {"header": header, "quiet": quiet, "footer": footer}
