"""What people do on Slack, as the payloads that Slack makes of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

TEAM, BOT_USER = "T01", "U0BOT"


@dataclass
class People:
    """Makes payloads; remembers the response_urls and triggers that it gave out."""

    port: int = 0
    triggers: dict[str, float] = field(default_factory=dict)
    urls: dict[str, tuple[dict[str, Any], int]] = field(default_factory=dict)
    ids: Any = field(default_factory=lambda: count(1))

    def place(self, user: str = "U1", channel: str = "C1") -> dict[str, str]:
        """Return response_url and trigger_id of something that a person does now."""
        number = next(self.ids)
        self.triggers[f"trigger-{number}"] = time.monotonic()
        self.urls[str(number)] = ({"user": user, "channel": channel}, 0)
        return {
            "response_url": f"http://127.0.0.1:{self.port}/response/{number}",
            "trigger_id": f"trigger-{number}",
        }

    def command(self, text: str, user: str = "U1", channel: str = "C1") -> dict[str, Any]:
        name, _, rest = text.partition(" ")
        rest = rest.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        who = {"team_id": TEAM, "user_id": user, "channel_id": channel}
        return {"command": name, "text": rest, **who, **self.place(user, channel)}

    def press(self, value: str, action: str = "press-1", **more: Any) -> dict[str, Any]:
        chosen = {"action_id": action, "block_id": "b", "type": "button", "value": value, "action_ts": "1.1"}
        return {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": more.pop("user", "U1"), "team_id": TEAM},
            "channel": {"id": "C1"},
            "container": {"type": "message", "channel_id": "C1"},
            "actions": [chosen],
            **self.place(),
            **more,
        }

    def event(self, kind: str, **more: Any) -> dict[str, Any]:
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{next(self.ids)}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "event": {"type": kind, "event_ts": f"{time.time():.6f}", **more},
        }

    def sent(self, view: Mapping[str, Any], user: str = "U1", **values: str) -> dict[str, Any]:
        """Return the submission of a modal that was opened."""
        state = {}
        for block in view["blocks"]:
            name = block["element"]["action_id"]
            chosen = {"selected_option": {"value": values.get(name)}} if "options" in block["element"] else {}
            state[block["block_id"]] = {name: {"value": values.get(name), **(chosen if name in values else {})}}
        filled = {**view, "id": f"V{next(self.ids)}", "hash": "h", "state": {"values": state}}
        return {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user}, "view": filled}
