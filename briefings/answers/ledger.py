"""What became of a delivery, stage by stage: planned, drafted, each message posted or not, corrected."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.document import Inline, Item, Line, Moment, Text
from briefings.model import Delivery, Part
from briefings.sections.lines import SEPARATOR
from briefings.sections.wording import count

STATES = {
    "pending": "waiting to be sent",
    "sending": "being sent",
    "sent": "sent",
    "reconciled": "sent, found again after a lost answer",
    "unknown": "may or may not have been posted; not sent again by itself",
    "skipped": "not sent",
    "dead": "not sent, refused",
}
_PART_STATES = STATES | {"unknown": "may or may not have been posted", "dead": "not posted"}


def delivery_item(delivery: Delivery, *, lead: str = "", corrected: Mapping[str, str] | None = None) -> Item:
    """Return a delivery as one item: its state and why, with a line for each stage unless all went plainly well.

    Args:
        delivery: with its messages.
        lead: what stands before it, such as its number and channel.
        corrected: what was corrected in it and why, by item.
    """
    state = [Text(f"{lead}{delivery.local_date} {delivery.slot}: ", "muted"), Text(STATES[delivery.state])]
    sent = [p.sent for p in delivery.parts if p.sent and not p.is_notice]
    at: list[Inline] = [SEPARATOR, Moment(min(sent))] if sent else []
    note: list[Inline] = [SEPARATOR, Text(delivery.note)] if delivery.note else []
    below = _stages(delivery, corrected or {})
    return Item("", (*state, *at, *note), below)


def _stages(delivery: Delivery, corrected: Mapping[str, str]) -> tuple[Line, ...]:
    posted = [p for p in delivery.parts if not p.is_notice]
    is_plain = delivery.state == "sent" and all(p.state == "sent" and p.attempts == 1 for p in posted)
    lines: list[Line] = []
    if not is_plain:
        lines.append((Text("planned for "), Moment(delivery.due)))
        lines.append(_drafted(delivery))
        lines += [_part(p) for p in delivery.parts]
    lines += [(Text(f"corrected: {item}, {reason}"),) for item, reason in corrected.items()]
    return tuple(lines)


def _drafted(delivery: Delivery) -> Line:
    if delivery.window_start is None or delivery.window_end is None:
        waits = "" if delivery.state == "skipped" else " yet"
        return (Text(f"not drafted{waits}"),)
    n = count(sum(not p.is_notice for p in delivery.parts), "message")
    key = f" as {delivery.briefing}" if delivery.briefing else ""
    start, end = Moment(delivery.window_start), Moment(delivery.window_end)
    return (Text(f"drafted{key}, {n}, for the window "), start, Text(" to "), end)


def _part(part: Part) -> Line:
    name = "notice of the correction" if part.is_notice else f"message {part.number}"
    line: list[Inline] = [Text(f"{name}: {_PART_STATES[part.state]}")]
    line += [Text(" "), Moment(part.sent)] if part.sent else []
    details = [count(part.attempts, "try", "tries")] if part.attempts else []
    details += [f"looked for {count(part.n_looks, 'time')}"] if part.n_looks else []
    details += [part.last_error] if part.last_error else []
    line += [Text(f" ({'; '.join(details)})")] if details else []
    return tuple(line)
