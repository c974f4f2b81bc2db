"""README's Slack section, followed word for word by somebody who has nothing yet."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.integration.slack.test_worker import FICTION
from tests.readme_steps import Shell, steps
from tests.slack_acts import TEAM
from tests.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer
from tests.stored import let_slot_pass


async def test_readme_when_followed_word_for_word_then_the_first_briefing_arrives(
    slack: SlackServer, tmp_path: Path
) -> None:
    env = {"DATA_DIR": str(tmp_path), "SLACK_API_BASE_URL": slack.url, "POLL_MINUTES": "1440"}
    secrets = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
    shell = Shell(env=env, secrets=secrets, log=tmp_path / "log.txt")
    (tmp_path / "envoys.txt").write_text(FICTION, encoding="utf-8")  # what the feeds would bring
    published = (datetime.now(UTC) - timedelta(hours=2)).isoformat()  # noqa: TID251
    await shell.type(f"briefing-bot import --published {published} --publisher Post envoys.txt")
    slack.channels["C1"].is_member, slack.scopes = False, ""
    try:
        for kind, line in steps("Slack"):
            if kind == "sh":
                printed = await shell.type(line)
                if line.endswith("manifest"):  # pasted at Slack, installed to the workspace
                    manifest = json.loads(printed)
                    slack.scopes = ",".join(manifest["oauth_config"]["scopes"]["bot"])
                    assert "/briefing" in {c["command"] for c in manifest["features"]["slash_commands"]}
            elif line.startswith("/invite"):
                assert line == f"/invite @{manifest['features']['bot_user']['display_name']}"
                slack.channels["C1"].is_member = True
            else:
                await slack.until(lambda: slack.n_connections, 40)
                n_before = len(slack.shown)
                await slack.send(slack.command(line, user="UADMIN"))
                await slack.until(lambda n_before=n_before: len(slack.shown) > n_before, 20)  # type: ignore[misc]
        subscribed, briefing = map(str, slack.shown[:2])
        assert "08:00" in subscribed
        assert "I am not in this channel" not in subscribed
        assert "We came here to listen" in briefing
        assert slack.messages == []
        let_slot_pass(f"sqlite:///{tmp_path}/briefings.db", TEAM)
        await slack.until(lambda: slack.messages, 45)
        assert "We came here to listen" in str(slack.messages[0]["blocks"])
        assert slack.messages[0]["channel"] == "C1"
    finally:
        await shell.close()
    assert slack.broken == []
    assert BOT_TOKEN not in shell.log.read_text()
