"""README's Discord section, followed word for word by somebody who has nothing yet."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.discord_people import BOT, CHANNEL, GUILD, MANAGE, TOKEN, wait_until
from tests.discord_server import DiscordServer
from tests.integration.discord.conftest import now
from tests.integration.discord.processes import words
from tests.integration.slack.test_worker import FICTION
from tests.readme_steps import Shell, steps
from tests.stored import let_slot_pass


async def test_readme_when_followed_word_for_word_then_the_first_briefing_arrives(
    server: DiscordServer, tmp_path: Path
) -> None:
    env = {
        "DATA_DIR": str(tmp_path), "DISCORD_API_BASE_URL": server.api_url, "DISCORD_GATEWAY_URL": server.gateway_url,
        "POLL_MINUTES": "1440",
    }  # fmt: skip
    secrets = {"DISCORD_APPLICATION_ID": BOT, "DISCORD_BOT_TOKEN": TOKEN}
    shell = Shell(env=env, secrets=secrets, log=tmp_path / "log.txt")
    (tmp_path / "envoys.txt").write_text(FICTION, encoding="utf-8")  # what the feeds would bring
    published = (now() - timedelta(hours=2)).isoformat()
    await shell.type(f"briefing-bot import --published {published} --publisher Post envoys.txt")
    answers = []
    try:
        for kind, line in steps("Discord"):
            if kind == "sh":
                printed = await shell.type(line)
                if line.endswith("invite"):
                    server.rights = parse_qs(urlsplit(printed.strip()).query)["permissions"][0]  # all that it is given
            else:
                await wait_until(lambda: server.gateway.current is not None, 30)
                name, options = line.split()[0].removeprefix("/"), dict(re.findall(r"(\w+):(\S+)", line))
                asked = await server.type_command(name, rights=MANAGE, **options)
                answers.append(words(await asked.answered(20)))
        assert "missing" not in printed  # of the check
        subscribed, briefing = answers
        assert "<t:" in subscribed or "08:00" in subscribed
        assert "We came here to listen" in briefing
        assert server.messages[CHANNEL] == []
        let_slot_pass(f"sqlite:///{tmp_path}/briefings.db", GUILD)
        await wait_until(lambda: server.messages[CHANNEL], 45)
        assert "We came here to listen" in words(server.messages[CHANNEL][0])
    finally:
        await shell.close()
    assert TOKEN not in shell.log.read_text()
