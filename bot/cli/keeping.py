"""Commands of whoever keeps the bot running: backup, restore, deliveries."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.app import App
from bot.cli.screen import err, out
from bot.console.draw import draw
from bot.planner import LOOK_BACK
from briefings.answers.ledger import delivery_item
from briefings.document import Block, Document, Paragraph, Text
from briefings.errors import BadInput, NotFound
from briefings.store.backup import back_up, name_at
from briefings.store.backup import restore as put_back
from briefings.use_cases.slots import occurrences

deliveries = typer.Typer(help="What became of each briefing, and sending again.", invoke_without_command=True)
_UNSURE = "it may have been sent before a backup was restored"
Number = Annotated[int, typer.Argument(help="the number shown by `deliveries`")]


def backup(
    file: Annotated[Path | None, typer.Argument(help="where to; a new file in DATA_DIR/backups")] = None,
) -> None:
    """Copy the database, also while a worker uses it."""
    app = App()
    target = back_up(app.database_file, file or app.backups / name_at(app.now))
    out(f"Copied to {target} ({target.stat().st_size / 1e6:.1f} MB), checked.")


def restore(file: Annotated[Path, typer.Argument(help="a backup")]) -> None:
    """Put a backup in the place of the database; the worker must be stopped."""
    with App() as app:
        if app.turn is None:
            out(str(app.database_file))  # says what to use instead
        _need_turn(app)
        aside = put_back(file, app.database_file, app.now)
        out(f"Restored {file} with {app.store.articles.count()} articles.")
        _distrust(app)
        if aside:
            err(f"What was there before is kept as {aside}; remove it when you do not need it.")


def _need_turn(app: App) -> None:
    """Refuse while a worker uses the database, where that can be told."""
    if app.turn is not None and not app.turn.take():
        msg = "a worker uses the database; stop it first, also those that stand by"
        raise BadInput(msg)


def _distrust(app: App) -> None:
    """Trust nothing that a set back ledger says is yet to be sent, and tell what that concerns."""
    n_parts, n_slots = app.store.deliveries.doubt_all(app.now, _UNSURE)
    if n_slots := n_slots + _close_slots(app):
        err(f"Slots since the backup that may have been sent and are not sent again: {n_slots}.")
    if n_parts:
        err(f"Messages under way when the backup was made, looked for before anything is sent: {n_parts}.")


def _close_slots(app: App) -> int:
    """Record the slots that the backup does not know of as not sent: a doubled briefing would be worse."""
    ledger, n_slots = app.store.deliveries, 0
    for s in app.store.subscriptions.active():
        for o in occurrences(s, max(s.created, app.now - LOOK_BACK), app.now):
            day = o.local_date.isoformat()
            planned = ledger.plan(s, local_date=day, slot=o.slot, due=o.due, note=_UNSURE, is_skipped=True)
            n_slots += planned is not None
    return n_slots


@deliveries.callback()
def list_deliveries(
    context: typer.Context,
    channel: Annotated[str | None, typer.Option(help="only those of one channel, e.g. slack:C123")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="how many, newest first")] = 20,
) -> None:
    """Show deliveries with every stage, newest first, and the channels that are paused."""
    if context.invoked_subcommand:
        return
    with App() as app:
        store = app.store
        listed: list[Block] = [
            delivery_item(d, lead=f"{d.id} {where} ", corrected=store.corrections.of_delivery(d.id))
            for d, where in store.deliveries.latest(channel, limit)
        ]
        paused: list[Block] = [
            Paragraph((Text(f"Paused: {p.channel} since {p.since:%Y-%m-%d %H:%M} UTC: {p.reason}", "strong"),))
            for p in store.targets.list()
            if channel in {None, p.channel}
        ]
        none = Paragraph((Text("No briefing was due yet; /subscribe makes one."),))
        blocks = paused + listed or [none]
        out(draw(Document(title="Deliveries", summary="", blocks=tuple(blocks), as_of=app.now)))


@deliveries.command("resend")
def resend(number: Number) -> None:
    """Send the messages of a delivery that are in doubt or refused, once you have seen that they are not there."""
    with App() as app:
        ledger = app.store.deliveries
        tenant = ledger.tenant_of(number)
        if tenant is None:
            msg = f"there is no delivery {number}; `briefing-bot deliveries` lists them"
            raise NotFound(msg)
        count = ledger.resend(number, tenant, app.now)
        if not count:
            msg = f"delivery {number} has no message in doubt or refused; what was skipped is answered by /briefing"
            raise BadInput(msg)
        out(f"Messages to be sent again by the worker: {count}.")


@deliveries.command("distrust")
def distrust() -> None:
    """After pg_restore, before a worker starts: send nothing again that may have been sent since the backup."""
    with App() as app:
        _need_turn(app)
        _distrust(app)
        out("Nothing that was due before now is sent unless it is looked for and surely missing.")


@deliveries.command("resume")
def resume(channel: Annotated[str, typer.Argument(help="e.g. slack:C123")]) -> None:
    """Post to a paused channel again, from its next slot on."""
    with App() as app:
        if not app.store.targets.resume(channel):
            msg = f"{channel} is not paused; `briefing-bot deliveries` shows what is"
            raise NotFound(msg)
        out(f"{channel} is posted to again. `deliveries resend` sends what was refused meanwhile.")
