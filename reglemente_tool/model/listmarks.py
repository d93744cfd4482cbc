"""The marks that an item has only because of its place in a list: "…," "…, samt" "….".

When an item goes or comes, the items whose place changed get the mark of their new place, as the list had it before.
A list without such marks stays without them. Items whose place (last, last but one, other) did not change are not touched.
"""

from __future__ import annotations

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
        middle = max(dict.fromkeys(ordinary), key=ordinary.count)
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
    old = {p.wid: (role, p.text) for p, role in zip(before, _roles(len(before)), strict=True)}
    mended = []
    for item, role in zip(after, _roles(len(after)), strict=True):
        was_role, was_text = old.get(item.wid, ("", item.text))
        # What has moved within the list was worded without the mark that it had.
        bared = was_text != item.text and split_tail(was_text)[0] == item.text
        if (was_role == role and not bared) or item.children or item.closing:
            mended.append(item)
            continue
        core, tail = split_tail(item.text)
        if not marks.used:
            # An old item keeps what it has; a new one leaves the mark that only the quotation gave it.
            mended.append(item if was_role else replace(item, text=core))
            continue
        wanted = {"last": marks.last, "junction": marks.junction, "middle": marks.middle}[role]
        if was_role and role != "last" and not _joins(tail) and tail == marks.middle and not _joins(wanted):
            mended.append(item)
            continue
        mended.append(replace(item, text=core + wanted))
    return tuple(mended)


def _roles(length: int) -> tuple[str, ...]:
    """What each of `length` items is in its list."""
    return (*("middle",) * (length - 2), "junction", "last")[-length:]


def retail(old: str, new: str) -> str:
    """Return an item's new wording with the mark that the old one had, when the new one was written without any."""
    core, tail = split_tail(new)
    return core + (tail or split_tail(old)[1])
