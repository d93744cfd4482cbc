"""Which of what has moved Word can be told to have moved: paragraphs that are in both places, not a letter changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

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
    """Return the settings with a name on the paragraphs of every move that holds exactly; those in a row have one name.

    All else that has moved stays a deletion in one place and an insertion in the other, as the number of a § that has got
    a new one.
    """
    made = list(settings)
    places = _places(settings)
    by_anchor = {anchor: place for place in places for anchor in place.anchors}
    count = 0
    for away in places:
        here = by_anchor.get(away.link)
        if away.mark is not Mark.MOVED_AWAY or here is None or here.mark is not Mark.MOVED_HERE or here.link not in away.anchors:
            continue
        ours, theirs = ([_words(settings[index]) for index in place.indices] for place in (away, here))
        for at, to, size in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
            count += size > 0
            for index in (*away.indices[at : at + size], *here.indices[to : to + size]):
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
            over = [index - 1] if index and _is_over(settings[index - 1], one) else []
            if over and open_place is not None:
                open_place.indices.pop()
            open_place = _Place(one.mark, one.link, over) if one.link else None
            if open_place is not None:
                found.append(open_place)
        if open_place is not None:
            open_place.indices.append(index)
            open_place.anchors |= {one.anchor} - {""}
    return found


def _is_over(before: Setting, one: Paragraph) -> bool:
    """True when `before` is the heading of the § that `one` is the number of, which says where the other place is."""
    return isinstance(before, Paragraph) and before.mark is one.mark and before.anchor == f"{one.anchor}.rubrik"


def _words(one: Setting) -> object:
    """What must be alike in both places; equal to nothing else where there is more to the paragraph than having moved."""
    if not isinstance(one, Paragraph) or not one.whole:
        return object()
    return "".join(run.text for run in one.label), "".join(run.text for run in one.runs)
