"""What whoever keeps the bot running types: backup, restore, deliveries, resend, resume."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.root import cli
from bot.standby import Turn
from briefings.errors import BadInput, NotFound, StoreError
from briefings.model import Window
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store

NOW = datetime.now(UTC)  # noqa: TID251 - the commands read the clock themselves


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def store(data: Path) -> Store:
    opened = Store(open_engine(f"sqlite:///{data}/briefings.db"))
    migrate(opened.engine)
    return opened


def run(*words: str) -> Result:
    result = CliRunner().invoke(cli, words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def in_a_minute() -> datetime:
    """Return a time after what the commands wrote; `NOW` may be minutes old when a test begins."""
    return datetime.now(UTC) + timedelta(minutes=1)  # noqa: TID251 - the commands read the clock themselves


def in_doubt(store: Store) -> int:
    subscription = store.subscriptions.add(
        NOW - timedelta(days=1), tenant="T1", channel="slack:C1", topic="harbour", time="08:00", zone="UTC", days=(0,)
    )
    due = NOW - timedelta(hours=9)
    number = store.deliveries.plan(
        subscription, local_date=f"{due:%Y-%m-%d}", slot="08:00", due=due, note="", is_skipped=False
    )
    assert number
    lease = timedelta(minutes=1)
    store.deliveries.claim_delivery("w", NOW, lease)
    window = Window(start=due - timedelta(days=1), end=due)
    store.deliveries.write_parts(number, "w", ("{}",), window, NOW)
    claimed = store.deliveries.claim_part("w", NOW, lease)
    assert claimed
    store.deliveries.mark_sending(claimed.part, "w", NOW)
    store.deliveries.mark_unknown(claimed.part, "w", NOW, None, error="missing_scope")
    return number


def test_deliveries_when_one_is_in_doubt_then_its_stages_are_shown_and_it_is_sent_again_by_hand(store: Store) -> None:
    number = in_doubt(store)
    shown = run("deliveries").output
    assert f"{number} slack:C1" in shown
    assert "missing_scope" in shown
    assert run("deliveries", "resend", str(number)).output == "Messages to be sent again by the worker: 1.\n"
    claimed = store.deliveries.claim_part("w", in_a_minute(), timedelta(minutes=1))
    assert claimed
    assert claimed.due >= NOW - timedelta(minutes=1)  # asked for by hand, so it is not too late
    with pytest.raises(BadInput):
        run("deliveries", "resend", str(number))
    with pytest.raises(NotFound):
        run("deliveries", "resend", "99")


def test_deliveries_when_a_channel_is_paused_then_it_says_why_and_resumes(store: Store) -> None:
    store.targets.pause("T1", "slack:C1", "is_archived", NOW)
    assert "Paused: slack:C1" in run("deliveries").output
    assert "is_archived" not in run("deliveries", "--channel", "slack:C2").output
    assert "slack:C1 is posted to again" in run("deliveries", "resume", "slack:C1").output
    with pytest.raises(NotFound):
        run("deliveries", "resume", "slack:C1")


def test_backup_and_restore_when_the_worker_is_stopped_then_the_data_of_then_is_back(store: Store, data: Path) -> None:
    store.subscriptions.add(
        NOW - timedelta(days=2),
        tenant="T1",
        channel="slack:C2",
        topic="x",
        time="08:00",
        zone="UTC",
        days=tuple(range(7)),
    )
    run("backup")
    (copy,) = (data / "backups").glob("briefings-*.db")
    number = in_doubt(store)
    store.close()
    turn = Turn(data / "briefings.db")
    assert turn.take()
    with pytest.raises(BadInput, match="stop it first"):
        run("restore", str(copy))
    turn.give_back()
    assert "Restored" in run("restore", str(copy)).output
    again = Store(open_engine(f"sqlite:///{data}/briefings.db"))
    states = [(d.state, where) for d, where in again.deliveries.latest()]
    assert states == [("skipped", "slack:C2")] * 2  # what fell due since may have been sent: it is not sent again
    assert number > 0
    again.close()


def test_restore_when_the_backup_was_made_amid_a_delivery_then_its_messages_are_looked_for_first(
    store: Store, data: Path
) -> None:
    number = in_doubt(store)
    assert store.deliveries.resend(number, "T1", NOW)
    run("backup")
    (copy,) = (data / "backups").glob("briefings-*.db")
    store.close()
    assert "looked for before anything is sent: 1" in run("restore", str(copy)).stderr
    again = Store(open_engine(f"sqlite:///{data}/briefings.db"))
    claimed = again.deliveries.claim_part("w", in_a_minute(), timedelta(minutes=1))
    assert claimed
    assert (claimed.part.state, claimed.attempted) == ("unknown", NOW - timedelta(hours=9))
    again.close()


def test_distrust_when_run_after_another_tool_restored_then_slots_are_closed(store: Store) -> None:
    week = tuple(range(7))
    given = {"tenant": "T1", "channel": "slack:C2", "topic": "x", "time": "08:00", "zone": "UTC", "days": week}
    store.subscriptions.add(NOW - timedelta(days=2), **given)
    assert "not sent again: 2" in run("deliveries", "distrust").stderr
    assert {d.state for d, _ in store.deliveries.latest()} == {"skipped"}


def test_migrate_when_the_database_is_damaged_then_it_is_refused_with_the_newest_backup(
    store: Store, data: Path
) -> None:
    run("backup")
    (copy,) = (data / "backups").glob("briefings-*.db")
    store.close()
    file = data / "briefings.db"
    damaged = bytearray(file.read_bytes())
    damaged[4096:16384] = bytes(12288)
    file.write_bytes(damaged)
    with pytest.raises(StoreError, match=f"briefing-bot restore {copy}"):
        run("migrate")


def test_backup_when_it_is_postgresql_then_it_names_the_tools_of_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u:secret@h/n")
    with pytest.raises(BadInput, match="pg_dump") as refused:
        run("backup")
    assert "secret" not in str(refused.value)
