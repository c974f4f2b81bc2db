"""The invitation and the check: what is missing is named with its remedy."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from bot.discord.api import PERMISSIONS, Api
from bot.discord.checking import Finding, check, invitation, permissions_in
from tests.discord_people import BOT, CHANNEL, LOCKED
from tests.discord_server import DiscordServer
from tests.integration.discord.conftest import World


async def found(api: Api, *channels: str, application: str = BOT) -> dict[str, str]:
    findings: list[Finding] = [f async for f in check(api, application, channels)]
    await api.close()
    return {f.what: f.remedy for f in findings}


def test_invitation_when_made_then_it_asks_for_the_least() -> None:
    asked = parse_qs(urlsplit(invitation("123")).query)
    assert asked == {
        "client_id": ["123"],
        "scope": ["bot applications.commands"],
        "permissions": [str(PERMISSIONS.value)],
    }
    assert not PERMISSIONS.administrator
    assert not PERMISSIONS.mention_everyone
    assert "guild_id=7" in invitation("123", "7")


async def test_check_when_all_is_well_then_nothing_is_missing(world: World) -> None:
    async with world.listening() as platform:
        told = await found(Api(token=platform.token), CHANNEL)
    assert set(told.values()) == {""}


async def test_check_when_something_is_missing_then_each_is_named(server: DiscordServer) -> None:
    server.denied = str(PERMISSIONS.value & ~1024)
    told = await found(Api(token="bot-token-of-a-test"), CHANNEL, LOCKED, application="1")
    assert "set DISCORD_APPLICATION_ID" in told["application 1"]
    assert "not registered yet" in told["commands"]
    assert "Send Messages" in told[f"channel discord:{CHANNEL}"]
    assert "View Channel" not in told[f"channel discord:{CHANNEL}"]
    assert "Missing Access" in told[f"channel discord:{LOCKED}"]


async def test_check_when_the_token_is_wrong_then_only_that_is_told(server: DiscordServer) -> None:
    told = await found(Api(token="another"), CHANNEL)
    assert list(told) == ["token"]
    assert "DISCORD_BOT_TOKEN" in told["token"]


def test_permissions_when_a_channel_has_exceptions_then_the_member_s_own_come_last() -> None:
    roles = [{"id": "1", "permissions": "1024"}, {"id": "2", "permissions": "2048"}, {"id": "3", "permissions": "8"}]
    guild, member = {"id": "1", "owner_id": "9", "roles": roles}, {"user": {"id": "5"}, "roles": ["2"]}
    channel = {"permission_overwrites": [
        {"id": "1", "deny": "2048", "allow": "0"},
        {"id": "5", "deny": "1024", "allow": "2048"},
        {"id": "3", "deny": "2048", "allow": "0"},
    ]}  # fmt: skip
    assert permissions_in(guild, member, channel).value == 2048
    assert permissions_in(guild, {"user": {"id": "5"}, "roles": ["3"]}, channel).administrator
    assert permissions_in(guild, {"user": {"id": "9"}, "roles": []}, channel).administrator
