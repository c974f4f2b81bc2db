"""What was asked, by whom, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefings.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks and where. `tenant` is the workspace or guild; `zone` shows times, "" is the channel's own."""

    tenant: str = "console"
    channel: str = "console"
    user: str = "console"
    is_manager: bool = False
    zone: str = ""


CONSOLE = Asker(is_manager=True)  # whoever types at the console manages it


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A command that was understood: its name and the options given, by name."""

    command: str
    options: Mapping[str, str] = field(default_factory=dict)
    asker: Asker = CONSOLE

    def get(self, name: str) -> str:
        """Return an option, "" when it was not given."""
        return self.options.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer. `is_private` shows it to the asker alone; `data` is the same answer as plain values for programs."""

    document: Document
    is_private: bool = True
    data: Mapping[str, object] | None = None
