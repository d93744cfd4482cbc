"""The marks that an item has only because of its place in a list: "…," "…, samt" "….".

When an item goes or comes, the items whose place changed get the mark of their new place, as the list had it before.
A list without such marks stays without them. Items whose place (last, last but one, other) did not change are not touched.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from reglemente_tool.model.charter import Provision
from reglemente_tool.model.wording import split_tail


@dataclass(frozen=True, slots=True)
class Marks:
    """How a list marks its items: `middle` each item, `junction` the last but one, `last` the last one."""

    middle: str
    junction: str
    last: str

    @property
    def used(self) -> bool:
        """True when the list has any marks at all."""
        return bool(self.middle or self.junction or self.last)


def marks_of(items: tuple[Provision, ...]) -> Marks:
    """Return the marks that `items` carry. Items with lists of their own are left out of the reckoning."""
    tails = [split_tail(item.text)[1] for item in items if not item.children]
    if not tails:
        return Marks("", "", "")
    last = tails[-1]
    junction = tails[-2] if len(tails) > 1 else ""
    ordinary = tails[:-2]
    if ordinary:
        middle = Counter(ordinary).most_common(1)[0][0]
    elif _joins(junction):
        middle = junction[0] if junction[0] in ",;" else ","
    else:
        middle = junction or ("," if last == "." and len(tails) == 1 else "")
    return Marks(middle, junction if _joins(junction) else middle, "" if last == middle and last in (",", ";") else last)


def _joins(tail: str) -> bool:
    return tail.strip(",; ") in ("och", "samt", "eller")


def repair(before: tuple[Provision, ...], after: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Return the items `after` with the marks that the items `before` had, where an item is new or has changed its place.

    Before and after are compared by identity. When nothing went or came, `after` is returned as it is.
    """
    if [p.wid for p in before] == [p.wid for p in after] or not before or not after:
        return after
    marks = marks_of(before)
    old_role = {p.wid: _role(i, len(before)) for i, p in enumerate(before)}
    old_text = {p.wid: p.text for p in before}
    mended = []
    for index, item in enumerate(after):
        role = _role(index, len(after))
        # What has moved within the list was worded without the mark that it had.
        bared = old_text.get(item.wid, item.text) != item.text and split_tail(old_text[item.wid])[0] == item.text
        if (old_role.get(item.wid) == role and not bared) or item.children or item.closing:
            mended.append(item)
            continue
        core, tail = split_tail(item.text)
        if not marks.used:
            # An old item keeps what it has; a new one leaves the mark that only the quotation gave it.
            mended.append(item if item.wid in old_role else replace(item, text=core))
            continue
        wanted = {"last": marks.last, "junction": marks.junction, "middle": marks.middle}[role]
        if item.wid in old_role and role != "last" and not _joins(tail) and tail == marks.middle and not _joins(wanted):
            mended.append(item)
            continue
        mended.append(replace(item, text=core + wanted))
    return tuple(mended)


def _role(index: int, length: int) -> str:
    return ("last", "junction")[length - 1 - index] if length - 1 - index < 2 else "middle"


def retail(old: str, new: str) -> str:
    """Return an item's new wording with the mark that the old one had, when the new one was written without any."""
    core, tail = split_tail(new)
    return core + (tail or split_tail(old)[1])
