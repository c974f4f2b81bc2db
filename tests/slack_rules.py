"""What Slack refuses: limits and fields of messages, blocks and views; Broken has Slack's word and the place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

MAX_CHARACTERS = 13_200  # over all blocks of a message
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")
_ANGLE = re.compile(r"<(?!https?://[^<>|]+(\|[^<>]*)?>|#[CG][A-Z0-9]+>)")
_FIELDS: Mapping[str, tuple[set[str], set[str]]] = {  # needed, allowed beside them
    "header": ({"text"}, {"block_id"}),
    "section": (set(), {"text", "fields", "accessory", "block_id", "expand"}),
    "context": ({"elements"}, {"block_id"}),
    "actions": ({"elements"}, {"block_id"}),
    "divider": (set(), {"block_id"}),
    "image": ({"slack_file", "alt_text"}, {"block_id", "title"}),
    "input": ({"label", "element"}, {"block_id", "optional", "hint", "dispatch_action"}),
    "rich_text": ({"elements"}, {"block_id"}),
    "rich_text_section": ({"elements"}, set()),
    "rich_text_quote": ({"elements"}, {"border"}),
    "text": ({"text"}, {"style"}),
    "link": ({"url"}, {"text", "style", "unsafe"}),
    "plain_text": ({"text"}, {"emoji"}),
    "mrkdwn": ({"text"}, {"verbatim"}),
    "button": ({"text", "action_id"}, {"url", "value", "style", "confirm"}),
    "overflow": ({"options", "action_id"}, {"confirm"}),
    "static_select": ({"options", "action_id"}, {"initial_option", "placeholder", "confirm"}),
    "plain_text_input": ({"action_id"}, {"initial_value", "multiline", "max_length", "min_length", "placeholder"}),
}
_VIEWS: Mapping[str, tuple[set[str], set[str]]] = {
    "modal": ({"title", "blocks"}, {"submit", "close", "private_metadata", "callback_id", "clear_on_close"}),
    "home": ({"blocks"}, {"private_metadata", "callback_id", "external_id"}),
}


class Broken(Exception):
    """A rule is broken; `word` is what Slack answers."""

    def __init__(self, word: str, where: str) -> None:
        super().__init__(f"{word}: {where}")
        self.word = word


def need(holds: object, where: str, word: str = "invalid_blocks") -> None:
    if not holds:
        raise Broken(word, where)


def check_message(body: Mapping[str, Any], *, is_update: bool = False) -> None:
    """Check text, blocks and metadata of a message."""
    blocks = _loaded(body.get("blocks")) or []
    text = body.get("text") or ""
    need(text or blocks, "neither text nor blocks", "no_text")
    need(text, "no fallback text", "no_text")
    need(not is_update or len(text) <= 4000, "text of an update", "msg_too_long")
    need(len(text) <= 40_000, "text", "msg_too_long")
    _check_mrkdwn(text, "fallback text")
    check_blocks(blocks, 50)
    need(_size(blocks) <= MAX_CHARACTERS, f"{_size(blocks)} characters", "msg_blocks_too_long")
    metadata = _loaded(body.get("metadata"))
    if metadata:
        need(set(metadata) == {"event_type", "event_payload"}, f"{metadata}", "invalid_metadata_format")
        need(re.fullmatch(r"[a-z][a-z0-9_]*", metadata["event_type"]), "event_type", "invalid_metadata_format")


def check_view(view: Mapping[str, Any], kind: str) -> None:
    need(view.get("type") == kind, f"a {kind} is wanted", "invalid_arguments")
    _check_fields(view, _VIEWS[kind], kind)
    check_blocks(view["blocks"], 100, is_view=True)
    need(len(view.get("private_metadata", "")) <= 3000, "private_metadata", "invalid_arguments")
    if kind == "modal":
        for name in ("title", "submit", "close"):
            if name in view:
                _check_plain(view[name], 24, name)
        has_input = any(b["type"] == "input" for b in view["blocks"])
        need(not has_input or "submit" in view, "inputs without submit", "invalid_arguments")


def check_blocks(blocks: Sequence[Mapping[str, Any]], most: int, *, is_view: bool = False) -> None:
    need(len(blocks) <= most, f"{len(blocks)} blocks")
    names = [b["block_id"] for b in blocks if "block_id" in b]
    need(len(names) == len(set(names)), "block_id twice")
    actions = re.findall(r'"action_id": "([^"]*)"', json.dumps(blocks))
    need(len(actions) == len(set(actions)), f"action_id twice: {actions}")
    for number, block in enumerate(blocks):
        need(is_view or block.get("type") != "input", "input outside of a view")
        _check_block(block, f"block {number} ({block.get('type')})")


def _check_block(block: Mapping[str, Any], where: str) -> None:  # noqa: C901 - one branch a kind
    kind = block.get("type", "")
    need(kind in {"header", "section", "context", "actions", "divider", "image", "input", "rich_text"}, where)
    _check_fields(block, _FIELDS[kind], where)
    need(len(block.get("block_id", "")) <= 255, where)
    match kind:
        case "header":
            _check_plain(block["text"], 150, where)
        case "section":
            need("text" in block or "fields" in block, where)
            _check_text(block["text"], 3000, where)
            if "accessory" in block:
                _check_element(block["accessory"], where)
        case "image":
            need(1 <= len(block["alt_text"]) <= 2000, where)
        case "context":
            need(1 <= len(block["elements"]) <= 10, where)
            for element in block["elements"]:
                _check_text(element, 3000, where)
        case "actions":
            need(1 <= len(block["elements"]) <= 25, where)
            for element in block["elements"]:
                _check_element(element, where)
        case "input":
            _check_plain(block["label"], 2000, where)
            _check_element(block["element"], where)
        case "rich_text":
            need(block["elements"], where)
            for part in block["elements"]:
                _check_rich(part, where)


def _check_rich(part: Mapping[str, Any], where: str) -> None:
    need(part.get("type") in {"rich_text_section", "rich_text_quote"}, where)
    _check_fields(part, _FIELDS[part["type"]], where)
    for element in part["elements"]:
        need(element.get("type") in {"text", "link"}, where)
        _check_fields(element, _FIELDS[element["type"]], where)
        need(element.get("text", "x") != "", f"{where}: empty text")
        need(set(element.get("style", {})) <= {"bold", "italic", "strike", "code"}, where)


def _check_element(element: Mapping[str, Any], where: str) -> None:
    kind = element.get("type", "")
    need(kind in {"button", "overflow", "static_select", "plain_text_input"}, where)
    _check_fields(element, _FIELDS[kind], where)
    need(1 <= len(element["action_id"]) <= 255, where)
    if kind == "button":
        _check_plain(element["text"], 75, where)
        need(len(element.get("value", "")) <= 2000, f"{where}: value")
    if "options" in element:
        need(1 <= len(element["options"]) <= (5 if kind == "overflow" else 100), f"{where}: options")
        for option in element["options"]:
            _check_plain(option["text"], 75, where)
            need(1 <= len(option["value"]) <= 75, f"{where}: value")
        need(element.get("initial_option", element["options"][0]) in element["options"], f"{where}: initial_option")
    need(1 <= element.get("max_length", 1) <= 3000, f"{where}: max_length")


def _check_text(text: Mapping[str, Any], most: int, where: str) -> None:
    need(text.get("type") in {"mrkdwn", "plain_text"}, where)
    _check_fields(text, _FIELDS[text["type"]], where)
    need(1 <= _length(text["text"]) <= most, f"{where}: {_length(text['text'])} characters")
    if text["type"] == "mrkdwn":
        _check_mrkdwn(text["text"], where)


def _check_plain(text: Mapping[str, Any], most: int, where: str) -> None:
    need(text.get("type") == "plain_text", where)
    _check_text(text, most, where)


def _check_mrkdwn(text: str, where: str) -> None:
    """Nothing that Slack would take for a mention, a link without our doing, or an entity."""
    need(not _ENTITY.search(text) and not _ANGLE.search(text), f"{where}: not escaped: {text[:80]}")


def _check_fields(given: Mapping[str, Any], fields: tuple[set[str], set[str]], where: str) -> None:
    needed, allowed = fields
    need(needed <= set(given), f"{where}: lacks {needed - set(given)}")
    need(set(given) - needed <= allowed | {"type"}, f"{where}: has {set(given) - needed - allowed}")


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _size(blocks: Any) -> int:
    if isinstance(blocks, dict):
        return sum(_size(v) for k, v in blocks.items() if k not in {"type", "action_id", "value", "block_id"})
    if isinstance(blocks, list):
        return sum(map(_size, blocks))
    return len(blocks) if isinstance(blocks, str) else 0


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value else value
