from __future__ import annotations

import pytest

from bot.command_list import COMMANDS
from bot.slack.manifest import EVENTS, SCOPES, manifest
from briefings.errors import BadInput
from config.formats import RESERVED_BY_SLACK, SHIPPED_COMMANDS


def test_manifest_when_made_for_socket_mode_then_it_is_complete_and_names_no_address() -> None:
    made = manifest(SHIPPED_COMMANDS)
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in str(made)
    assert [c["command"] for c in made["features"]["slash_commands"]] == [
        "/briefing",
        *(f"/{n}" for n in SHIPPED_COMMANDS),
    ]
    assert made["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)}
    assert made["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)
    assert made["settings"]["interactivity"] == {"is_enabled": True}


def test_manifest_when_made_for_http_then_everything_comes_to_one_address() -> None:
    made = manifest(("quotes",), address="https://briefings.example.org/")
    url = "https://briefings.example.org/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert {c["url"] for c in made["features"]["slash_commands"]} == {url}
    assert made["settings"]["interactivity"]["request_url"] == url
    assert made["settings"]["event_subscriptions"]["request_url"] == url


def test_manifest_when_texts_are_counted_then_they_fit_what_slack_takes() -> None:
    every = [name for name in COMMANDS if name not in RESERVED_BY_SLACK]
    made = manifest(every)
    about = made["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4000
    assert len(made["features"]["bot_user"]["display_name"]) <= 80
    assert len(made["features"]["slash_commands"]) <= 50
    for command in made["features"]["slash_commands"]:
        assert command["command"].removeprefix("/") not in RESERVED_BY_SLACK
        assert len(command["command"]) <= 32
        assert 1 <= len(command["description"]) <= 2000
    shortcut = made["features"]["shortcuts"][0]
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150


@pytest.mark.parametrize("name", ["nonsense", "status"])
def test_manifest_when_a_command_can_not_be_then_it_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match=name):
        manifest((name,))


@pytest.mark.parametrize("address", ["http://a.example", "nonsense", "https://", "https://a.example/?x=1"])
def test_manifest_when_the_address_is_not_public_https_then_it_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="https address"):
        manifest((), address=address)
