"""Times stay aware and text stays storable."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from briefings.store.columns import Utc, storable

ZONES = [UTC, ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/New_York")]
DIALECTS = [sqlite.dialect(), postgresql.dialect()]


@given(st.text())
def test_storable_when_given_any_text_then_length_stays_and_it_encodes(text: str) -> None:
    kept = storable(text)
    assert len(kept) == len(text)
    assert "\0" not in kept
    kept.encode()
    assert storable(kept) == kept


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda d: d.name)
@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from(ZONES)))  # noqa: DTZ001
def test_utc_when_stored_then_the_same_moment_comes_back(dialect, moment: datetime) -> None:
    column = Utc()
    back = column.process_result_value(column.process_bind_param(moment, dialect), dialect)
    assert back == moment.astimezone(UTC)
    assert back is not None
    assert back.tzinfo is UTC


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda d: d.name)
def test_utc_when_naive_then_it_is_refused(dialect) -> None:
    with pytest.raises(ValueError, match="naive"):
        Utc().process_bind_param(datetime(2031, 5, 4), dialect)  # noqa: DTZ001
