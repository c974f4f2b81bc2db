"""Nonce and mark come from the key alone, fit, and are found again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.discord.marking import NONCE, body_of, carries, id_at, mark_of, marked, nonce_of


def test_nonce_when_made_then_it_is_stable_and_fits() -> None:
    assert nonce_of("k1") == nonce_of("k1") != nonce_of("k2")
    assert len(nonce_of("k" * 500)) == NONCE <= 25


def test_marked_when_a_body_has_embeds_then_the_last_one_carries_the_mark() -> None:
    body = {"content": "c", "embeds": [{"title": "a"}, {"title": "b"}]}
    sent = marked(body, "k1")
    assert sent["embeds"] == [{"title": "a"}, {"title": "b", "footer": {"text": mark_of("k1")}}]
    assert body["embeds"] == [{"title": "a"}, {"title": "b"}]
    assert carries(sent, "k1")
    assert not carries(sent, "k2")
    assert carries(marked({"content": "c"}, "k1"), "k1")
    assert not carries({"embeds": None}, "k1")


def test_mark_when_made_then_it_says_nothing_of_the_key() -> None:
    assert "ukraine" not in mark_of("ukraine-2031-03-05") + nonce_of("ukraine-2031-03-05")


def test_id_at_when_a_time_is_given_then_it_is_discord_s_first_of_it() -> None:
    assert id_at(datetime(2015, 1, 1, tzinfo=UTC)) == 0
    assert id_at(datetime(2015, 1, 1, 0, 0, 1, tzinfo=UTC)) == 1000 << 22


def test_body_of_when_it_is_no_object_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="not an object"):
        body_of("[]")
