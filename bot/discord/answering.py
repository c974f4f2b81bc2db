"""What happens when somebody types a command, presses a button or sends a form: respond at once, then answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import discord
import structlog

from bot.command_list import COMMANDS, Option
from bot.commands import Answer, respond, sentence
from bot.discord.forms import command_of, modal_of, values_of
from bot.discord.posting import Poster
from bot.discord.replying import POST, Replier, bodies_of, postable_body
from bot.discord.tree import typed
from bot.interactions import Form, act, ids_in, is_postable, read_press, submit
from briefings.answers.records import Asker, Reply
from briefings.errors import BriefingBotError, DeliveryError

COMPLETE_S = 2.0  # Discord waits three
FORMS = frozenset({"ask", "report"})  # buttons that open a form: they can't be deferred

log = structlog.get_logger(__name__)
IsFirst = Callable[[str, datetime], bool]


class Offered(Protocol):
    """One thing to choose: what is put into the option, and how it reads."""

    @property
    def value(self) -> str:
        """What is put into the option."""
        ...

    @property
    def label(self) -> str:
        """How it reads."""
        ...


class Complete(Protocol):
    """Returns what to offer while an option is typed."""

    def __call__(self, completion: str, typed: str, now: datetime, /) -> Sequence[Offered]:
        """Return the best first; it blocks, so it is called in a thread."""
        ...


def asker_of(interaction: discord.Interaction, managers: frozenset[str] = frozenset()) -> Asker:
    """Return who asks and where, with the rights that Discord says the person has in this channel now.

    Args:
        interaction: what the person did.
        managers: ids of people who may manage wherever the bot is.
    """
    rights = interaction.permissions
    in_guild = interaction.guild_id is not None
    may_manage = rights.manage_guild or rights.manage_channels or rights.administrator
    return Asker(
        tenant=str(interaction.guild_id) if in_guild else f"person:{interaction.user.id}",
        channel=f"discord:{interaction.channel_id}",
        user=str(interaction.user.id),
        is_manager=in_guild and (may_manage or str(interaction.user.id) in managers),
    )


@dataclass(kw_only=True)
class Answering:
    """Answers interactions. Each gets its first response at once; the answer replaces it when it is there.

    Args:
        answer: `answer(query, now, as_of=None)`; complete: what to offer while an option is typed; both in a thread.
        clock: the time in UTC.
        is_first: takes the right to answer an event that may come twice, `is_first(event, now)`.
        poster: posts to channels; replier: shows answers.
        managers: ids of people who may manage beside those whom Discord says may.
    """

    answer: Answer
    complete: Complete
    clock: Callable[[], datetime]
    is_first: IsFirst
    poster: Poster
    replier: Replier
    managers: frozenset[str] = frozenset()

    async def command(self, interaction: discord.Interaction, name: str, options: Mapping[str, object]) -> None:
        """Answer a command."""
        text, asker = typed(name, options), asker_of(interaction, self.managers)

        def call() -> Reply:
            return respond(text, asker, self.answer, self.clock())

        await self._answer(interaction, call, may_post=is_postable(text))

    async def offer(self, interaction: discord.Interaction, option: Option, current: str) -> list[tuple[str, str]]:
        """Return what to offer for an option, values and labels; nothing when it takes too long."""
        if option.completion == "commands":
            return [(name, name) for name in COMMANDS if current.lower().lstrip("/") in name]
        call = asyncio.to_thread(self.complete, option.completion, current, self.clock())
        try:
            return [(o.value, o.label) for o in await asyncio.wait_for(call, COMPLETE_S)]
        except TimeoutError:
            log.warning("completion took too long", option=option.name)
        except BriefingBotError as error:
            log.warning("completion failed", option=option.name, error=str(error))
        return []

    async def press(self, interaction: discord.Interaction) -> None:
        """Do what a button says."""
        written = str(_data_of(interaction).get("custom_id", ""))
        if written == POST:
            await self._post(interaction)
            return
        kind = written.partition(":")[0]
        asker, items = asker_of(interaction, self.managers), _items_of(interaction)

        def call() -> Reply | Form:
            try:
                return act(read_press(written), asker, self.answer, self.clock(), items)
            except BriefingBotError as error:
                return sentence(str(error))

        if kind in FORMS and isinstance(form := call(), Form):
            await self._open(interaction, form)
            return
        await self._answer(interaction, call, is_full=kind == "full", may_post=kind in {"sources", "evidence"})

    async def form(self, interaction: discord.Interaction) -> None:
        """Answer a form that was sent."""
        data = _data_of(interaction)
        command, asker = command_of(str(data.get("custom_id", ""))), asker_of(interaction, self.managers)
        values = values_of(data.get("components", ()))

        def call() -> Reply:
            return submit(command, values, asker, self.answer, self.clock())

        await self._answer(interaction, call, may_post=command == "ask")

    async def failed(self, interaction: discord.Interaction) -> None:
        """Say that it went wrong; what went wrong is in the log."""
        if interaction.response.is_done():
            await self._show(interaction, sentence("something went wrong here; it is in the log, try again later"))

    async def _answer(
        self,
        interaction: discord.Interaction,
        call: Callable[[], Reply | Form],
        *,
        is_full: bool = False,
        may_post: bool = False,
    ) -> None:
        if not await self._defer(interaction):
            return
        try:
            if not await asyncio.to_thread(self.is_first, f"discord:{interaction.id}", self.clock()):
                return
            reply = await asyncio.to_thread(call)
        except BriefingBotError as error:
            reply = sentence(str(error))
        if isinstance(reply, Form):
            reply = sentence("this needs a form that can't be shown here; type the command instead")
        can_post = may_post and interaction.guild_id is not None and _is_answer(reply)
        await self._show(interaction, reply, is_full=is_full, is_postable=can_post)

    async def _defer(self, interaction: discord.Interaction) -> bool:
        """Respond at once; False when another worker did or when it came too late."""
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
        except (discord.InteractionResponded, discord.HTTPException, OSError) as error:
            log.info("interaction left to another", error=type(error).__name__)
            return False
        return True

    async def _show(
        self, interaction: discord.Interaction, reply: Reply, *, is_full: bool = False, is_postable: bool = False
    ) -> None:
        bodies = await asyncio.to_thread(bodies_of, reply, is_full=is_full, is_postable=is_postable)
        try:
            await self.replier.show(interaction, bodies, reply.document)
        except DeliveryError as error:
            log.warning("answer not shown", error=str(error))

    async def _open(self, interaction: discord.Interaction, form: Form) -> None:
        try:
            await self.replier.open_form(interaction, modal_of(form))
        except DeliveryError as error:
            log.info("form not shown", error=str(error))

    async def _post(self, interaction: discord.Interaction) -> None:
        """Post the answer that the button stands under to the channel, as the person saw it."""
        message, rights = interaction.message, interaction.permissions
        is_thread = isinstance(interaction.channel, discord.Thread)
        may_send = rights.send_messages_in_threads if is_thread else rights.send_messages
        if message is None or not await self._defer(interaction):
            return
        if interaction.guild_id is None or not may_send:
            await self._show(interaction, sentence("you may not write in this channel, so it was not posted"))
            return
        body, key = postable_body(message, interaction.user.id), f"post {interaction.id}"
        try:
            await self.poster.post_once(str(interaction.channel_id), body, key)
        except DeliveryError as error:
            await self._show(interaction, sentence(f"it was not posted: {error}"))
            return
        await self._show(interaction, sentence("posted to the channel"))


def _data_of(interaction: discord.Interaction) -> Mapping[str, Any]:
    data: Any = interaction.data
    return data if isinstance(data, dict) else {}


def _is_answer(reply: Reply) -> bool:
    """Say whether a reply is more than a sentence about what can't be done."""
    return bool(reply.document.title) or len(reply.document.blocks) > 1


def _items_of(interaction: discord.Interaction) -> tuple[str, ...]:
    """Return the ids of the items that the message of a button shows."""
    message = interaction.message
    if message is None:
        return ()
    texts = [message.content, *(e.description or "" for e in message.embeds)]
    return ids_in("\n".join(texts))
