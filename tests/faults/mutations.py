"""Each safeguard of a delivery removed in a copy of the program: a test must turn red."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_KEPT = ("bot", "briefings", "config", "tests", "pyproject.toml")
_CONTRACT = "tests/contract/test_store_deliveries.py"
_DELIVERY = "tests/unit/bot/test_delivery.py"


@dataclass(frozen=True)
class Mutation:
    """Words of a file that make the safeguard, what stands there without it, and the tests that must notice."""

    name: str
    file: str
    words: str
    without: str
    tests: tuple[str, ...]


MUTATIONS = (
    Mutation(
        "unique slot",
        "briefings/store/migrations/versions/m0006_channels.py",
        '        sa.UniqueConstraint("subscription", "local_date", "slot", name="uq_deliveries_sub'
        'scription_local_date_slot"),\n',
        "",
        (f"{_CONTRACT}::test_plan_when_the_slot_is_planned_then_it_is_not_planned_again[sqlite]",),
    ),
    Mutation(
        "lease check before a post",
        "briefings/store/parts.py",
        "parts.c.state.in_(OPEN), parts.c.lease_until > now)",
        "parts.c.state.in_(OPEN))",
        (f"{_CONTRACT}::test_mark_sending_when_the_own_lease_ran_out_then_it_is_refused[sqlite]",),
    ),
    Mutation(
        "lease of a claim",
        "briefings/store/parts.py",
        "            or_(parts.c.lease_until.is_(None), parts.c.lease_until <= now),\n            ~waits,",
        "            ~waits,",
        (f"{_CONTRACT}::test_claim_part_when_threads_want_parts_then_each_is_given_once[sqlite]", _CONTRACT),
    ),
    Mutation(
        "fence of an outcome",
        "briefings/store/parts.py",
        "parts.c.number == part.number, parts.c.lease_owner == owner, *conditions",
        "parts.c.number == part.number, *conditions",
        (_CONTRACT,),
    ),
    Mutation(
        "look before sending again",
        "bot/delivery.py",
        'if claimed.part.state != "pending" and not await self._look(claimed):',
        "if False:",
        (_DELIVERY,),
    ),
    Mutation(
        "no blind repeat",
        "bot/delivery.py",
        '            await self._look_later(claimed, str(error) or "no answer in time")\n            return False',
        "            return True",
        (_DELIVERY,),
    ),
    Mutation(
        "time left in the lease",
        "bot/delivery.py",
        "if not may_send(claimed, self.clock(), self.times):",
        "if False:",
        (_DELIVERY,),
    ),
    Mutation(
        "settling before absence counts",
        "briefings/use_cases/deliver.py",
        "return settled is not None and asked >= settled",
        "return True",
        (_DELIVERY,),
    ),
    Mutation(
        "parts in order",
        "briefings/store/parts.py",
        "            ~waits,\n",
        "",
        (_CONTRACT,),
    ),
    Mutation(
        "first of a doubled event",
        "briefings/store/marks.py",
        "return first is not None",
        "return True",
        ("tests/contract/test_store_reports.py",),
    ),
    Mutation(
        "settling counts from the end of a post",
        "briefings/use_cases/deliver.py",
        "(claimed.ended or claimed.attempted + times.lease) + times.settle",
        "claimed.attempted + times.settle",
        (_DELIVERY,),
    ),
    Mutation(
        "no retries inside Slack's client",
        "bot/slack/client.py",
        "timeout=TIMEOUT_S, retry_handlers=[], team_id=None",
        "timeout=TIMEOUT_S, team_id=None",
        ("tests/integration/slack/test_posts.py",),
    ),
    Mutation(
        "nonce of a Discord post",
        "bot/discord/posting.py",
        'sent = {**marked(body, part.key), "nonce": nonce_of(part.key), "enforce_nonce": True}',
        "sent = {**marked(body, part.key)}",
        ("tests/integration/discord/test_posting.py",),
    ),
    Mutation(
        "no mentions on Discord",
        "bot/discord/posting.py",
        'given = {**body, "allowed_mentions": NO_MENTIONS}',
        "given = {**body}",
        ("tests/integration/discord/test_posting.py",),
    ),
    Mutation(
        "a feed is parsed as bytes in memory",
        "briefings/sources/feed.py",
        "io.BytesIO(body), response_headers",
        "body, response_headers",
        ("tests/unit/sources/test_feed.py",),
    ),
    Mutation(
        "guard where a socket is made",
        "briefings/sources/fetch.py",
        "        socket_factory=guard,\n",
        "",
        ("tests/integration/sources/test_private_addresses.py", "tests/integration/sources/test_fetch.py"),
    ),
    Mutation(
        "escape for Slack",
        "bot/slack/lines.py",
        'return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")',
        "return text",
        ("tests/unit/bot/slack/test_render.py",),
    ),
    Mutation(
        "escape for Discord",
        "bot/discord/markdown.py",
        "return escaped(text, _SPECIAL)",
        "return text",
        ("tests/unit/bot/discord",),
    ),
    Mutation(
        "signature of Slack's requests",
        "bot/slack/serving.py",
        "return bool(timestamp and signature) and verifier.is_valid(body, timestamp, signature)",
        "return True",
        ("tests/integration/slack/test_signed_http.py",),
    ),
    Mutation(
        "tenant of a delivery that is read",
        "briefings/store/deliveries.py",
        "deliveries.c.id == number, deliveries.c.tenant == tenant",
        "deliveries.c.id == number",
        (_CONTRACT,),
    ),
    Mutation(
        "tenant of a delivery that is sent again",
        "briefings/store/deliveries.py",
        "parts.c.delivery == number, parts.c.tenant == tenant, doubtful",
        "parts.c.delivery == number, doubtful",
        (_CONTRACT,),
    ),
    Mutation(
        "secrets kept out of logs",
        "bot/logs.py",
        "            SecretFilter(secrets),\n",
        "",
        ("tests/unit/bot/test_logs.py",),
    ),
)


CONTROL = Mutation(
    "nothing removed",
    "bot/delivery.py",
    "import asyncio",
    "import asyncio",
    tuple(sorted({test.partition("::")[0] for m in MUTATIONS for test in m.tests})),
)


def survives(mutation: Mutation) -> bool:
    """Say whether the tests stay green without the safeguard."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in _KEPT:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "data", "sample"))
            else:
                shutil.copy(source, copy / name)
        file = copy / mutation.file
        text = file.read_text(encoding="utf-8")
        if mutation.words not in text:
            msg = f"{mutation.file} no longer holds the words of the safeguard '{mutation.name}'"
            raise AssertionError(msg)
        file.write_text(text.replace(mutation.words, mutation.without, 1), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *mutation.tests]
        code = subprocess.run(
            command, cwd=copy, env=_environment(copy), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        ).returncode
        if code not in {0, 1}:
            msg = f"the tests of '{mutation.name}' could not be run (exit code {code})"
            raise AssertionError(msg)
        return code == 0


def _environment(copy: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin", "HOME": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
