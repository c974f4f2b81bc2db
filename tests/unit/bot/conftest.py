from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs


@pytest.fixture(autouse=True)
def events() -> Iterator[list[Any]]:
    """What was logged; nothing is drawn, which would take most of the time."""
    with capture_logs() as caught:
        yield caught
