"""Fixtures of the fault tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import postgres, sqlite_template
from tests.faults.stage import Zygote

__all__ = ["postgres", "sqlite_template", "zygote"]


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote() as started:
        yield started
