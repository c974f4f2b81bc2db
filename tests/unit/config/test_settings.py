"""Settings: every mistake names the variable and the remedy; no secret is ever printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.records import ConfigError
from config.settings import NAMES, Settings, load_settings

SLACK = {"SLACK_BOT_TOKEN": "xoxb-hush", "SLACK_APP_TOKEN": "xapp-hush"}
DISCORD = {"DISCORD_BOT_TOKEN": "hush", "DISCORD_APPLICATION_ID": "123456789012345678"}


def fails(env: dict[str, str]) -> str:
    with pytest.raises(ConfigError) as caught:
        load_settings(env)
    message = str(caught.value)
    assert "hush" not in message
    return message


# ---- defaults -----------------------------------------------------------------------------------------------


def test_settings_when_nothing_is_set_then_the_console_and_sqlite_are_used() -> None:
    settings = load_settings({})
    assert not settings.has_slack
    assert not settings.has_discord
    assert settings.ops_channel == "console"
    assert settings.database_url.get_secret_value() == f"sqlite:///{settings.data_dir / 'briefings.db'}"
    assert settings.notices == ()


def test_settings_when_built_then_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings({}).poll_minutes = 5  # type: ignore[misc]


def test_value_when_blank_then_is_as_good_as_none() -> None:
    assert load_settings({"HEALTH_PORT": " ", "SLACK_BOT_TOKEN": "", "LOG_LEVEL": ""}) == load_settings({})


def test_value_when_padded_then_is_stripped() -> None:
    assert load_settings({"POLL_MINUTES": " 30 "}).poll_minutes == 30


def test_variable_when_nobody_of_ours_then_is_let_be() -> None:
    settings = load_settings({"PATH": "/bin", "XDG_DATA_DIRS": "/usr", "TEST_DATABASE_URL": "x", "HOME": "/"})
    assert settings.notices == ()


def test_environment_when_not_given_then_the_process_goes_over_the_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("POLL_MINUTES=7\nLOG_LEVEL=debug\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)  # the file is looked for where the process runs
    monkeypatch.setenv("POLL_MINUTES", "9")
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    settings = load_settings()
    assert (settings.poll_minutes, settings.log_level) == (9, "DEBUG")


# ---- places -------------------------------------------------------------------------------------------------


def test_data_dir_when_it_begins_with_a_tilde_then_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    settings = load_settings({"DATA_DIR": "~/news"})
    assert settings.data_dir == Path("/home/ada/news")
    assert settings.database_url.get_secret_value() == "sqlite:////home/ada/news/briefings.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_database_url_when_postgres_by_any_name_then_gets_our_driver(scheme: str) -> None:
    settings = load_settings({"DATABASE_URL": f"{scheme}://ada:hush@db/news"})
    assert settings.database_url.get_secret_value() == "postgresql+psycopg://ada:hush@db/news"


def test_check_disk_when_sqlite_on_a_disk_that_is_wiped_then_refuses() -> None:
    with pytest.raises(ConfigError, match=r"DATABASE_URL: SQLite on this host .* ALLOW_EPHEMERAL_DISK=1"):
        load_settings({"DYNO": "worker.1"}).check_disk()


@pytest.mark.parametrize("more", [{"ALLOW_EPHEMERAL_DISK": "1"}, {"DATABASE_URL": "postgres://a:b@c/d"}, {"DYNO": ""}])
def test_check_disk_when_allowed_or_elsewhere_then_is_silent(more: dict[str, str]) -> None:
    load_settings({"DYNO": "worker.1"} | more).check_disk()


# ---- names --------------------------------------------------------------------------------------------------


def test_platform_name_when_misspelt_then_is_an_error_with_the_right_one() -> None:
    message = fails({"SLACK_BOT_TOKN": "xoxb-hush"})
    assert message == "SLACK_BOT_TOKN: no such setting; did you mean 'SLACK_BOT_TOKEN'?"


def test_platform_name_when_unlike_any_then_all_of_that_platform_are_listed() -> None:
    message = fails({"DISCORD_ZZZ": "hush"})
    assert "there are: DISCORD_API_BASE_URL" in message
    assert "SLACK" not in message


def test_platform_names_when_several_are_wrong_then_each_has_its_line() -> None:
    assert len(fails({"SLACK_MOD": "hush", "DISCORD_GUILD": "hush"}).splitlines()) == 2


def test_other_name_when_nearly_a_setting_then_is_a_notice() -> None:
    settings = load_settings({"LOG_LEVL": "DEBUG", "MANAGER": "hush"})
    assert settings.log_level == "INFO"
    assert settings.notices == (
        "LOG_LEVL is not a setting and is ignored; did you mean LOG_LEVEL?",
        "MANAGER is not a setting and is ignored; did you mean MANAGERS?",
    )


# ---- values -------------------------------------------------------------------------------------------------

WRONG = {
    "HEALTH_PORT": ("http", "valid integer"),
    "PORT": ("70000", "less than or equal to 65535"),
    "LOG_LEVEL": ("loud", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    "LOG_FORMAT": ("xml", "'console' or 'json'"),
    "OPS_CHANNEL": ("#ops", "write console, slack:C0123456789 or discord:"),
    "HEARTBEAT_URL": ("hush-hush", "not an http(s) address; write it in full"),
    "RETENTION_DAYS": ("3", "greater than or equal to 30"),
    "POLL_MINUTES": ("0", "greater than or equal to 1"),
    "FEED_FRESH_HOURS": ("-1", "greater than 0"),
    "CATCH_UP_HOURS": ("48", "less than or equal to 24"),
    "LEASE_SECONDS": ("soon", "valid integer"),
    "SETTLE_SECONDS": ("0", "greater than or equal to 5"),
    "FETCH_ALLOW": ("localhost", "'localhost' is not host:port; write it like"),
    "ALLOW_EPHEMERAL_DISK": ("perhaps", "valid boolean"),
    "SLACK_MODE": ("rtm", "'socket' or 'http'"),
    "SLACK_COMMANDS": ("quotes status", "/status is Slack's own command; leave it out, /briefing status works"),
    "SLACK_API_BASE_URL": ("slack.example", "not an http(s) address"),
    "DISCORD_GUILD_ID": ("my guild", "should match pattern"),
    "DISCORD_GATEWAY_URL": ("https://gateway.example", "not a ws(s) address"),
}


@pytest.mark.parametrize("name", WRONG)
def test_value_when_wrong_then_name_fault_and_page_are_in_one_line(name: str) -> None:
    value, fault = WRONG[name]
    message = fails({name: value})
    assert message.startswith(f"{name}: ")
    assert fault in message
    assert message.endswith("see docs/settings.md")
    assert len(message.splitlines()) == 1


def test_values_when_several_are_wrong_then_all_are_told_at_once() -> None:
    message = fails({"POLL_MINUTES": "0", "LOG_FORMAT": "xml", "HEALTH_PORT": "0"})
    assert {line.split(":")[0] for line in message.splitlines()} == {"POLL_MINUTES", "LOG_FORMAT", "HEALTH_PORT"}


# ---- platforms ----------------------------------------------------------------------------------------------


def test_slack_when_complete_then_is_on() -> None:
    assert load_settings(SLACK).has_slack


def test_slack_when_in_http_mode_then_wants_the_signing_secret_instead() -> None:
    assert load_settings(
        {"SLACK_BOT_TOKEN": "xoxb-hush", "SLACK_SIGNING_SECRET": "hush", "SLACK_MODE": "http"}
    ).has_slack
    assert "SLACK_SIGNING_SECRET: missing" in fails(SLACK | {"SLACK_MODE": "http"})


@pytest.mark.parametrize(
    ("env", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-hush"}, "SLACK_APP_TOKEN: missing"),
        ({"SLACK_APP_TOKEN": "xapp-hush"}, "SLACK_BOT_TOKEN: missing"),
        ({"SLACK_SIGNING_SECRET": "hush"}, "SLACK_BOT_TOKEN: missing"),
        ({"DISCORD_BOT_TOKEN": "hush"}, "DISCORD_APPLICATION_ID: missing"),
        ({"DISCORD_APPLICATION_ID": "123456789012345678"}, "DISCORD_BOT_TOKEN: missing"),
    ],
)
def test_platform_when_incomplete_then_the_missing_name_and_where_to_find_it_are_told(
    env: dict[str, str], missing: str
) -> None:
    message = fails(env)
    assert message.startswith(missing)
    assert "add it (" in message


@pytest.mark.parametrize(
    "env",
    [
        {"SLACK_BOT_TOKEN": "xapp-hush", "SLACK_APP_TOKEN": "xapp-hush"},
        {"SLACK_BOT_TOKEN": "xoxb-hush", "SLACK_APP_TOKEN": "xoxb-hush"},
    ],
)
def test_slack_when_tokens_are_swapped_then_says_so_without_showing_them(env: dict[str, str]) -> None:
    assert "copy the right token" in fails(env)


def test_discord_when_complete_then_is_on() -> None:
    assert load_settings(DISCORD).has_discord


# ---- lists --------------------------------------------------------------------------------------------------


def test_list_when_parted_by_commas_and_blanks_then_each_is_kept_once() -> None:
    assert load_settings({"MANAGERS": "U1, U2  U1,U3,"}).managers == ("U1", "U2", "U3")


def test_slack_commands_when_given_with_slashes_then_are_names_without_briefing() -> None:
    assert load_settings({"SLACK_COMMANDS": "/briefing /quotes,issues"}).slack_commands == ("quotes", "issues")


def test_fetch_allow_when_host_and_port_then_is_kept() -> None:
    allowed = load_settings({"FETCH_ALLOW": "127.0.0.1:8080 [::1]:80 feeds.internal:443"}).fetch_allow
    assert allowed == ("127.0.0.1:8080", "[::1]:80", "feeds.internal:443")


@pytest.mark.parametrize("channel", ["console", "slack:C0123", "slack:T01/C123", "discord:123456789012345678"])
def test_ops_channel_when_written_as_everywhere_then_is_kept(channel: str) -> None:
    assert load_settings({"OPS_CHANNEL": channel}).ops_channel == channel


# ---- secrets ------------------------------------------------------------------------------------------------

SECRETS = (
    SLACK
    | DISCORD
    | {
        "SLACK_SIGNING_SECRET": "hush",
        "DATABASE_URL": "postgresql://ada:hush@db/news",
        "HEARTBEAT_URL": "https://beat.example/hush",
    }
)


def test_secrets_when_settings_are_printed_then_are_hidden() -> None:
    settings = load_settings(SECRETS)
    assert "hush" not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_secret_when_another_value_is_wrong_then_is_not_in_the_message(name: str) -> None:
    assert fails(SECRETS | {"POLL_MINUTES": "0"}).startswith("POLL_MINUTES")
    assert name in NAMES


def test_fields_when_they_hold_tokens_or_addresses_with_keys_then_are_secret() -> None:
    for name, field in Settings.model_fields.items():
        is_named_so = any(word in name for word in ("token", "secret", "database_url", "heartbeat"))
        assert ("SecretStr" in f"{field.annotation} {field.metadata}") == is_named_so, name
