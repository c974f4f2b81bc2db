"""A whole worker with Discord switched on and an invented catalogue. Run by test_worker."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from bot.app import App
from bot.process import run_process
from config.catalogue import load_catalogue
from config.records import Catalogue
from config.settings import load_settings
from tests.integration.use_cases.conftest import ESTMARK, TOPIC


def catalogue() -> Catalogue:
    return Catalogue(
        topics={"strait": TOPIC}, actors={"estmark": ESTMARK}, publishers={}, lexicons=load_catalogue().lexicons
    )


def main(given: dict[str, Any]) -> None:
    start, began = datetime.fromisoformat(given["now"]), time.monotonic()

    def clock() -> datetime:
        return start + timedelta(seconds=given["speed"] * (time.monotonic() - began))

    with App(load_settings(given["env"]), catalogue(), clock) as app:
        app.set_up_logs()
        run_process(app.worker())


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
