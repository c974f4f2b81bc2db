"""Forms as Discord's modals, and what a person filled in; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.discord.layout import clipped
from bot.interactions import Field, Form

MODAL_TITLE = 45
FIELD_LABEL = 45
FIELDS = 5
OPTIONS = 25
OPTION_LABEL = 100
TEXT_MAX = 4000
_LABELLED, _CHOICE, _TEXT = 18, 3, 4  # types of components
_SHORT, _LONG = 1, 2  # styles of a text field
PREFIX = "form:"


def modal_of(form: Form) -> dict[str, object]:
    """Return a form as Discord draws it."""
    return {
        "title": clipped(form.title, MODAL_TITLE),
        "custom_id": f"{PREFIX}{form.command}",
        "components": [_labelled(f) for f in form.fields[:FIELDS]],
    }


def _labelled(field: Field) -> dict[str, object]:
    return {"type": _LABELLED, "label": clipped(field.label, FIELD_LABEL), "component": _component(field)}


def _component(field: Field) -> dict[str, object]:
    common = {"custom_id": field.name, "required": field.is_required}
    if field.choices:
        options = [_option(c, is_chosen=c == field.value) for c in dict.fromkeys(field.choices)]
        return {**common, "type": _CHOICE, "options": options[:OPTIONS]}
    value = {"value": field.value} if field.value else {}
    style = _LONG if field.is_long else _SHORT
    return {**common, **value, "type": _TEXT, "style": style, "max_length": min(field.max_length, TEXT_MAX)}


def _option(choice: str, *, is_chosen: bool) -> dict[str, object]:
    label = clipped(choice, OPTION_LABEL)
    return {"label": label, "value": label, "default": is_chosen}


def command_of(custom_id: str) -> str:
    """Return the command that a modal's values are for, "" when it is none of ours."""
    return custom_id.removeprefix(PREFIX) if custom_id.startswith(PREFIX) else ""


def values_of(components: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the values of a modal that was sent, by field name."""
    found: dict[str, str] = {}
    for component in components:
        inner = component.get("component") or component.get("components") or ()
        if isinstance(inner, Mapping):
            inner = (inner,)
        found |= values_of(inner)
        name = component.get("custom_id")
        if isinstance(name, str):
            chosen = component.get("values")
            found[name] = " ".join(map(str, chosen)) if isinstance(chosen, list) else str(component.get("value", ""))
    return found
