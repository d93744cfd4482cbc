"""Each change is made once to each text. Who asks for another day, or of a history that begins alike, gets the same text again.

A text and a change are values, and never change themselves; so what comes of them may be kept. They are known again as the very
objects that they are, since to compare two charters word by word costs more than it spares: a history that is read once, and any
history that is made of it by one more event, share all their changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from reglemente_tool.consolidate.moment import apply_together
from reglemente_tool.model.charter import Charter, DecisionId
from reglemente_tool.model.history import Change

KEPT = 2048
"""So many texts are kept, the last asked for: more than one municipality's charters have had in thirty years, some tens of megabytes."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class This(Generic[_T]):
    """A value as the very object that it is: equal to itself alone, however alike another is. It is kept for as long as this is."""

    value: _T

    def __eq__(self, other: object) -> bool:
        """True for the same object."""
        return isinstance(other, This) and other.value is self.value

    def __hash__(self) -> int:
        """Which object it is."""
        return id(self.value)


def made_once(before: Charter, change: Change, by: DecisionId, part: int) -> Charter:
    """Return what `apply_together` makes of them, and raise what it raises; the same object when asked anew."""
    return _made(This(before), This(change), by, part)


@lru_cache(maxsize=KEPT)
def _made(before: This[Charter], change: This[Change], by: DecisionId, part: int) -> Charter:
    return apply_together(before.value, change.value, by, part=part)
