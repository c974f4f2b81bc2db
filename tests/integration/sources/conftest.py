from collections.abc import AsyncIterator, Iterator

import pytest

from briefings.sources.sandbox import Sandbox
from tests.integration.sources.origin import Origin


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(recycle_after=100_000) as box:
        yield box


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    async with Origin() as server:
        yield server
