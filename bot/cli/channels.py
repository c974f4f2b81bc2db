"""Commands on a channel's briefings: subscribe, schedule."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app import App
from bot.cli.asking import ask
from bot.cli.screen import show_reply
from bot.cli.words import AnswerFormat
from bot.slack.build import check_at_start
from briefings.answers.records import Asker
from briefings.errors import BadInput

Channel = Annotated[str, typer.Option(help="console, slack:C123 or discord:456")]


def subscribe(
    topic: Annotated[str, typer.Argument(help="e.g. ukraine")],
    time: Annotated[str, typer.Argument(help="local time, e.g. 08:00")],
    zone: Annotated[str, typer.Argument(help="time zone, e.g. Europe/Kyiv")] = "UTC",
    days: Annotated[str, typer.Option(help="e.g. daily, weekdays, mon,wed")] = "daily",
    channel: Channel = "console",
) -> None:
    """Post the briefing of a topic to a channel at a local time."""
    with App() as app:
        text = f'/subscribe topic:"{topic}" time:"{time}" zone:"{zone}" days:"{days}"'
        show_reply(ask(app, text, asker=_manager_of(app, channel)), AnswerFormat.text)


def schedule(channel: Channel = "console") -> None:
    """Show a channel's briefings and when they come next."""
    with App() as app:
        show_reply(ask(app, "/schedule", asker=_manager_of(app, channel)), AnswerFormat.text)


def _manager_of(app: App, channel: str) -> Asker:
    """Whoever has a shell on the machine manages every channel; a channel of Slack belongs to its workspace.

    Raises:
        BadInput: Slack can't be asked which workspace that is.
    """
    platform, _, place = channel.partition(":")
    team, _, name = place.rpartition("/")
    if platform == "slack" and not team and app.settings.has_slack:
        identity = check_at_start(app.settings)
        if identity is None:
            msg = f"Slack can't be asked now which workspace {channel} is in; write slack:T.../{name}, or try again"
            raise BadInput(msg)
        team = identity.team
    own = f"{platform}:{name}" if name else channel
    return Asker(tenant=team or platform, channel=own, user="console", is_manager=True)
