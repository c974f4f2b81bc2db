from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import SecretStr

from bot.logs import HIDDEN, SecretFilter, set_up_logs

CANARY = "canary-4f1d0c2e9b"
DSN = "postgresql+psycopg://bot:Pa55-w0rd@db.example/briefings"


@pytest.fixture
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def written(form: str) -> str:
    """Log a secret in every way there is and return what was written."""
    stream = io.StringIO()
    set_up_logs("DEBUG", form, [SecretStr(CANARY), SecretStr(DSN)], stream)  # type: ignore[arg-type]
    log = structlog.get_logger("ours")
    opened = f"opened {CANARY}"
    log.info(opened, url=DSN, nested={"key": [CANARY, ("x", CANARY)]}, error=ValueError(CANARY))
    logging.getLogger("theirs").warning("token %s and %s", CANARY, DSN)
    try:
        raise RuntimeError(f"failed with {CANARY} at {DSN}")
    except RuntimeError:
        log.exception("broke")
        logging.getLogger("theirs").exception("broke too")
    return stream.getvalue()


@pytest.mark.usefixtures("_restored")
@pytest.mark.parametrize("form", ["json", "console"])
def test_a_secret_logged_in_any_way_is_never_written(form: str) -> None:
    text = written(form)
    assert CANARY not in text
    assert "Pa55-w0rd" not in text
    assert HIDDEN in text


@pytest.mark.usefixtures("_restored")
def test_json_is_one_event_a_line() -> None:
    lines = written("json").splitlines()
    events = [json.loads(line) for line in lines]
    assert [e["event"].split()[0] for e in events] == ["opened", "token", "broke", "broke"]
    assert all({"level", "timestamp", "logger"} <= e.keys() for e in events)
    assert "RuntimeError" in events[2]["exception"]


@pytest.mark.usefixtures("_restored")
def test_console_keeps_an_event_from_outside_on_one_line() -> None:
    stream = io.StringIO()
    set_up_logs("INFO", "console", (), stream)
    structlog.get_logger().info("read", title="one\nERROR forged\x1b[31m\u202e")
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b[31m" not in stream.getvalue()
    assert "\u202e" not in stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "xoxb-1234567890-abcdefghij",
        "xapp-1-A0123-456-abcdef",
        "Authorization: Bearer abcdefgh12345678",
        "Authorization: Bot abcdefgh.12345678",
        "postgresql://bot:hunter22@host/db",
        "https://hooks.slack.com/services/T000/B000/abcdefgh",
        "?token=abcdefgh1234",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz1",
    ],
)
def test_what_looks_like_a_token_is_hidden_though_it_is_in_no_setting(text: str) -> None:
    cleaned = SecretFilter().clean(text)
    assert HIDDEN in cleaned
    assert cleaned != text


def test_ordinary_words_and_short_values_stay() -> None:
    plain = "feed https://example.org/rss took 3.2 s; harbour talks went on"
    assert SecretFilter([SecretStr("talk")]).clean(plain) == plain
