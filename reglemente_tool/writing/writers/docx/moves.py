"""Which of what has moved Word can be told to have moved: the same paragraphs in both places, not a letter changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reglemente_tool.writing.flow import MOVED
from reglemente_tool.writing.page import Mark
from reglemente_tool.writing.writers.docx.paragraphs import Paragraph, Setting


@dataclass(slots=True)
class _Place:
    """One of the two places of something: its paragraphs by their index, its anchors, and the anchor of the other place."""

    mark: Mark
    link: str
    indices: list[int] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)


def with_moves(settings: Sequence[Setting]) -> tuple[Setting, ...]:
    """Return the settings with a name on the paragraphs of every move that holds exactly.

    All else that has moved stays what it is in Word too, a deletion in one place and an insertion in the other.
    """
    made = list(settings)
    places = _places(settings)
    by_anchor = {anchor: place for place in places for anchor in place.anchors}
    count = 0
    for away in places:
        here = by_anchor.get(away.link)
        if away.mark is not Mark.MOVED_AWAY or here is None or here.mark is not Mark.MOVED_HERE or here.link not in away.anchors:
            continue
        if [_words(settings[i]) for i in away.indices] != [_words(settings[i]) for i in here.indices]:
            continue
        count += 1
        for index in (*away.indices, *here.indices):
            one = made[index]
            assert isinstance(one, Paragraph)
            made[index] = replace(one, move=f"flytt{count}")
    return tuple(made)


def _places(settings: Sequence[Setting]) -> list[_Place]:
    """The runs of paragraphs that have moved together. One with words that have not moved breaks the run for good."""
    found: list[_Place] = []
    open_place: _Place | None = None
    for index, one in enumerate(settings):
        if not isinstance(one, Paragraph) or one.mark not in MOVED:
            open_place = None
            continue
        if one.link or (open_place is not None and open_place.mark is not one.mark):
            open_place = _Place(one.mark, one.link) if one.link else None
            if open_place is not None:
                found.append(open_place)
        if open_place is not None:
            open_place.indices.append(index)
            open_place.anchors |= {one.anchor} - {""}
    return found


def _words(one: Setting) -> object:
    """What must be alike in both places. An object that equals nothing else where there is more to it than having moved."""
    if not isinstance(one, Paragraph) or not one.whole:
        return object()
    return one.style, "".join(run.text for run in one.label), "".join(run.text for run in one.runs)
