"""Clients of Slack's API that send nothing twice, and what their errors mean for a post."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from briefings.errors import Ambiguous, DeliveryError, RateLimited, Refused, TargetClosed

T = TypeVar("T")
TIMEOUT_S = 15
WAIT_S = 30.0  # where Slack asks to wait and does not say how long
UNREACHED_S = 15.0

_CLOSED: Mapping[str, str] = {
    "channel_not_found": "there is no such channel, or it is private and the app was not invited",
    "not_in_channel": "the app is not in the channel; /invite it",
    "is_archived": "the channel is archived",
    "restricted_action": "the workspace does not let apps post there",
    "restricted_action_read_only_channel": "the channel is read-only",
    "restricted_action_non_threadable_channel": "the channel has no threads",
    "restricted_action_thread_only_channel": "the channel takes threads only",
    "missing_scope": "the app lacks a scope; `briefing-bot slack check` names it",
    "no_permission": "the app may not do this there",
    "access_denied": "the app may not do this there",
    "ekm_access_denied": "the workspace's keys are withheld",
    "team_access_not_granted": "the app has no access to the workspace",
}
DEAD_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required"}
    | {"not_allowed_token_type", "team_not_found"}
)
_LATER = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "accesslimited"})
_IN_DOUBT = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
# a text body with status 200 makes the SDK fail on its own answer: AttributeError
_UNCLEAR = (aiohttp.ClientError, asyncio.TimeoutError, OSError, AttributeError, ValueError)


def web_client(token: str, base_url: str) -> AsyncWebClient:
    """Return a client that sends each request once: after a lost answer the SDK's own retries would post twice."""
    client = AsyncWebClient(
        token=token, base_url=base_url.rstrip("/") + "/", timeout=TIMEOUT_S, retry_handlers=[], team_id=None
    )
    if is_direct(base_url):
        client.proxy = None
    return client


def webhook(url: str) -> AsyncWebhookClient:
    """Return a client for a response_url, which is used once as well."""
    client = AsyncWebhookClient(url, timeout=TIMEOUT_S, retry_handlers=[])
    if is_direct(url):
        client.proxy = None
    return client


def is_direct(url: str) -> bool:
    """Say whether an address is reached without the proxy of the environment: this machine, or named in NO_PROXY."""
    host = urlsplit(url).hostname or ""
    try:
        is_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = host == "localhost"
    return is_here or bool(proxy_bypass(host))


async def called(call: Awaitable[T], what: str) -> T:
    """Wait for a call of the API or of a response_url; its failures become ours.

    Raises:
        Refused: Slack said no; TargetClosed where it said no to the channel or the token.
        RateLimited: Slack asks to wait, or could not be reached at all.
        Ambiguous: no clear answer came.
    """
    try:
        return await call
    except SlackApiError as error:
        raise translated(error, what) from error
    except aiohttp.ClientConnectorError as error:
        msg = f"{what}: Slack can't be reached ({type(error.os_error).__name__})"
        raise RateLimited(msg, retry_after=UNREACHED_S) from error
    except _UNCLEAR as error:
        msg = f"{what}: no clear answer from Slack ({type(error).__name__})"
        raise Ambiguous(msg) from error


def translated(error: SlackApiError, what: str) -> DeliveryError:
    """Return what an error of the API means for what was asked."""
    status, word, headers = _read(error)
    if status == 429 or word in _LATER:
        return RateLimited(f"{what}: Slack asks to wait", retry_after=_wait(headers))
    if status >= 500 or word in _IN_DOUBT or (not word and status not in {401, 403, 404}):
        return Ambiguous(f"{what}: Slack answered {word or status}")
    if word in DEAD_TOKEN:
        return TargetClosed(f"{what}: Slack refuses the token ({word}); reinstall the app and set SLACK_BOT_TOKEN")
    if word in _CLOSED:
        return TargetClosed(f"{what}: {_CLOSED[word]} ({word})")
    if status in {401, 403, 404}:
        return TargetClosed(f"{what}: Slack answered {word or status}")
    return Refused(f"{what}: Slack refuses it ({word})")


def error_word(error: SlackApiError) -> str:
    """Return Slack's word for an error, "" when there is none."""
    return _read(error)[1]


def _read(error: SlackApiError) -> tuple[int, str, Mapping[str, Any]]:
    """Return status, word and headers; the answer may be of several types, and no JSON at all."""
    answer = error.response
    status = getattr(answer, "status_code", None) or getattr(answer, "status", None) or 0
    data = getattr(answer, "data", None)
    word = data.get("error", "") if isinstance(data, Mapping) else ""
    return int(status), str(word), getattr(answer, "headers", None) or {}


def _wait(headers: Mapping[str, Any]) -> float:
    try:
        seconds = float(next((v for k, v in headers.items() if k.lower() == "retry-after"), WAIT_S))
    except (TypeError, ValueError):
        return WAIT_S
    return min(max(seconds, 1.0), 3600.0) if seconds == seconds else WAIT_S  # noqa: PLR0124 - not a number
