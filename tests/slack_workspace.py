"""Channels, people and messages of a workspace, as Slack lets an app read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.slack_acts import TEAM
from tests.slack_rules import need


@dataclass
class Channel:
    """A channel as Slack knows it."""

    is_member: bool = True
    is_archived: bool = False
    creator: str = "U0MAKER"


@dataclass
class Workspace:
    """Answers the methods that read."""

    channels: dict[str, Channel] = field(default_factory=lambda: {"C1": Channel(), "C2": Channel()})
    users: dict[str, dict[str, Any]] = field(default_factory=lambda: {"U1": {}, "UADMIN": {"is_admin": True}})
    messages: list[dict[str, Any]] = field(default_factory=list)

    def _channel(self, name: str) -> Channel:
        need(name in self.channels, name, "channel_not_found")
        return self.channels[name]

    def _conversations_history(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._read(body, [m for m in self.messages if not m.get("thread_ts")][::-1])

    def _conversations_replies(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._read(body, [m for m in self.messages if body["ts"] in {m["ts"], m.get("thread_ts")}])

    def _read(self, body: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
        self._channel(body["channel"])
        start = int(body.get("cursor") or 0)
        size = min(int(body.get("limit", 100)), 15)
        oldest = float(body.get("oldest") or 0)
        listed = [m for m in found if m["channel"] == body["channel"] and float(m["ts"]) >= oldest]
        shows = str(body.get("include_all_metadata", "")).lower() in {"1", "true"}
        page = [m if shows else {k: v for k, v in m.items() if k != "metadata"} for m in listed[start : start + size]]
        following = str(start + size) if start + size < len(listed) else ""
        return {"messages": page, "response_metadata": {"next_cursor": following}}

    def _conversations_info(self, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(body["channel"])
        return {
            "channel": {
                "id": body["channel"],
                "is_member": channel.is_member,
                "is_archived": channel.is_archived,
                "creator": channel.creator,
            }
        }

    def _users_info(self, body: dict[str, Any]) -> dict[str, Any]:
        need(body["user"] in self.users, body["user"], "user_not_found")
        return {"user": {"id": body["user"], "team_id": TEAM, **self.users[body["user"]]}}
