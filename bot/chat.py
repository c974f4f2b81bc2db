"""The chat platforms that the settings switch on: what posts there and what listens there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

from bot.commands import Answer
from bot.console.adapter import ConsolePlatform
from bot.console.draw import draw
from bot.discord.adapter import DiscordPlatform
from bot.discord.build import DiscordUses, discord_platform
from bot.platform import Listener, Platform
from bot.slack.build import Uses, check_at_start, slack_listener, slack_platform
from bot.slack.serving import SlackListener
from briefings.use_cases.completion import Completer
from briefings.use_cases.home import home
from briefings.use_cases.newsroom import Newsroom
from config.settings import Settings


@dataclass(kw_only=True)
class Chat:
    """Builds each platform when it is first asked for.

    Args:
        settings: which are on, and their tokens.
        room: store, extractor and catalogue.
        answer: `answer(query, now, as_of=None)`.
        clock: the time in UTC.
        owner: the name under which this process claims work.
    """

    settings: Settings
    room: Newsroom
    answer: Answer
    clock: Callable[[], datetime]
    owner: str

    def platforms(self) -> Mapping[str, Platform]:
        """Return the platforms that are switched on, by name."""
        on: dict[str, Platform] = {"console": self.console}
        if self.settings.has_slack:
            on["slack"] = slack_platform(self.settings)
        if self.settings.has_discord:
            on["discord"] = self.discord
        return on

    def listeners(self) -> tuple[Listener, ...]:
        """Return the platforms that people type commands on.

        Raises:
            ConfigError: a token is wrong.
        """
        on: list[Listener] = [self.console]
        if self.settings.has_slack:
            check_at_start(self.settings)
            on.append(self.slack)
        if self.settings.has_discord:
            on.append(self.discord)
        return tuple(on)

    def connected(self) -> dict[str, bool]:
        """Return for each platform that holds a connection whether it is up."""
        found = {}
        if self.settings.has_slack:
            found["slack"] = self.slack.is_connected
        if self.settings.has_discord:
            found["discord"] = self.discord.is_connected
        return found

    @cached_property
    def console(self) -> ConsolePlatform:
        """The terminal as a platform."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        completer = Completer(self.room)

        def values(completion: str, typed: str) -> list[str]:
            return [offer.value for offer in completer(completion, typed, self.clock())]

        return ConsolePlatform(draw=draw, data_dir=self.settings.data_dir, values=values)

    @cached_property
    def slack(self) -> SlackListener:
        """What hears Slack; what posts there is a client of its own."""
        store = self.room.store
        uses = Uses(
            answer=self.answer,
            home=partial(home, self.room),
            forget=store.tenants.forget,
            clock=self.clock,
            is_first=store.marks.is_first,
        )
        return slack_listener(self.settings, uses)

    @cached_property
    def discord(self) -> DiscordPlatform:
        """Discord as a platform: posts and, in one of the workers, answers."""
        uses = DiscordUses(answer=self.answer, room=self.room, clock=self.clock, owner=self.owner)
        return discord_platform(self.settings, uses)
