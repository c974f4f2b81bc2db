"""Commands that run things: demo, run, migrate, check-config."""

from __future__ import annotations

from bot.app import App
from bot.cli.demo import play
from bot.cli.screen import err, out, table
from bot.process import leave_when_told, run_process, until_usable, wait_for_turn


def demo() -> None:
    """Play the bundled sample, day by day; needs no network and no account."""
    play()


def run() -> None:
    """Run the worker: poll feeds, post due briefings, answer commands, until SIGTERM or Ctrl-C."""
    leave_when_told()
    with App() as app:
        app.set_up_logs()
        app.settings.check_disk()  # before it would wait for its turn
        if app.turn and not wait_for_turn(app.turn.take, str(app.database_file)):
            return
        app.check_database()
        until_usable(lambda: app.store, tries=24 if app.turn is None else 1)  # PostgreSQL may be starting too
        if not (app.settings.has_slack or app.settings.has_discord):
            err("No platform is configured: briefings are posted here and commands are answered here. Try /help.")
        run_process(app.worker())


def migrate() -> None:
    """Bring the database to this version's tables."""
    with App() as app:
        app.check_database()
        out(f"The database is up to date ({app.store.articles.count()} articles).")


def check_config() -> None:
    """Check settings and catalogue and say what they come to; changes nothing."""
    app = App()
    settings, catalogue = app.settings, app.catalogue
    for notice in settings.notices:
        err(f"briefing-bot: {notice}")
    n_people = sum(len(a.people) for a in catalogue.actors.values())
    n_feeds = sum(len(p.feeds) for p in catalogue.publishers.values())
    on = [name for name, is_on in (("slack", settings.has_slack), ("discord", settings.has_discord)) if is_on]
    table(
        ("what", "value"),
        (
            ("platforms", ", ".join(["console", *on])),
            ("data directory", str(settings.data_dir)),
            ("topics", ", ".join(catalogue.topics)),
            ("actors", f"{len(catalogue.actors)}, with {n_people} people"),
            (
                "publishers",
                f"{len(catalogue.publishers)}, {n_feeds} feeds",
            ),
            ("lexicons", ", ".join(sorted(catalogue.lexicons))),
        ),
    )
    out("Settings and catalogue can be used.")
