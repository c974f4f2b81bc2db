"""The commands of `briefing-bot` and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import sys

import typer

from bot.cli import channels, discord, keeping, reading, running, showing, slack
from bot.cli import sources as feeds
from briefings.errors import BriefingBotError
from config.records import ConfigError

cli = typer.Typer(
    name="briefing-bot",
    help="Short, checkable briefings on a running story: key quotes, unresolved issues, response watch.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli.command("demo")(running.demo)
cli.command("run")(running.run)
cli.command("import")(reading.import_)
cli.command("fetch")(reading.fetch)
cli.command("briefing")(showing.briefing)
cli.command("say")(showing.say)
cli.command("developments")(showing.developments)
cli.command("extract")(reading.extract)
cli.command("subscribe")(channels.subscribe)
cli.command("schedule")(channels.schedule)
cli.add_typer(feeds.sources, name="sources")
cli.command("status")(showing.status)
cli.add_typer(keeping.deliveries, name="deliveries")
cli.command("backup")(keeping.backup)
cli.command("restore")(keeping.restore)
cli.command("migrate")(running.migrate)
cli.command("check-config")(running.check_config)
cli.add_typer(slack.commands, name="slack")
cli.add_typer(discord.commands, name="discord")


def main() -> None:
    """Run the command line; an error of ours is one line on standard error and exit code 1."""
    try:
        cli()
    except (BriefingBotError, ConfigError) as error:
        sys.stderr.write(f"briefing-bot: {error}\n")
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone: nothing is left to say
        sys.stderr.close()
        sys.exit(0)
