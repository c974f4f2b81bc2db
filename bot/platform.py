"""What the delivery asks of a chat platform. Never knows one by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol, runtime_checkable

from briefings.answers.records import Asker, Reply
from briefings.document import Document
from briefings.errors import Refused
from briefings.model import Part


class Platform(Protocol):
    """One chat platform: renders a document, posts a part, looks a post up by its key.

    A post that is still going on when its task is cancelled counts as ambiguous.
    """

    @property
    def name(self) -> str:
        """The word before the colon of its channels: `slack` in `slack:C123`."""
        ...

    def render(self, document: Document) -> tuple[str, ...]:
        """Return the body of each message as JSON text, the channel message first."""
        ...

    async def publish(self, part: Part) -> str:
        """Post one part and return the platform's id of the message.

        Raises:
            Refused: nothing was posted and trying again will not help.
            RateLimited: nothing was posted; try after the time it names.
            Ambiguous: it may have been posted.
        """
        ...

    async def find(self, key: str, channel: str, since: datetime, parent: str | None = None) -> str | None:
        """Return the id of the message that carries a key, or None when the channel surely has none.

        Args:
            key: of the part.
            channel: where it was sent.
            since: UTC, when the first attempt began.
            parent: the id of the message whose thread it was sent to, None for a message of the channel itself.

        Raises:
            DeliveryError: the channel can't be read, so nothing is known.
        """
        ...

    async def edit(self, part: Part) -> None:
        """Replace the message `part.message_id` by the body of the part.

        Raises:
            DeliveryError: the message was not changed.
        """
        ...

    async def tell(self, person: str, body: str, key: str) -> str:
        """Send one message to one person alone and return the platform's id of the message.

        Args:
            person: the platform's id of the person.
            body: as `render` returned it.
            key: tells the message from every other.

        Raises:
            Refused: it was not sent, and trying again will not help, e.g. because the person takes no messages.
            RateLimited: it was not sent; try after the time it names.
            Ambiguous: it may have been sent.
        """
        ...


Platforms = Mapping[str, Platform]
Handle = Callable[[str, Asker], Awaitable[Reply]]  # a command as typed, and who typed it


class Listener(Protocol):
    """A platform that people type commands on."""

    async def listen(self, handle: Handle) -> None:
        """Answer commands until cancelled or until no more can come."""
        ...


@runtime_checkable
class Closing(Protocol):
    """A platform that holds connections, given back once the worker posts no more."""

    async def close(self) -> None:
        """Give them back."""
        ...


def platform_of(channel: str, platforms: Platforms) -> Platform:
    """Return the platform of a channel.

    Raises:
        Refused: it is not switched on here.
    """
    name = channel.partition(":")[0]
    if name not in platforms:
        on = ", ".join(sorted(platforms)) or "none"
        msg = f"channel {channel}: platform '{name}' is off here (on: {on}); set its tokens or unsubscribe the channel"
        raise Refused(msg)
    return platforms[name]
