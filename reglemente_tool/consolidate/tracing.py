"""Which decision put each row of a text there, and which gave it the words that it has: by replay, one change at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.consolidate.moment import apply_together, empty
from reglemente_tool.consolidate.wordings import Entry, entries, version_on
from reglemente_tool.model.charter import Charter, CharterId, Provision, Wid, walk
from reglemente_tool.model.history import History
from reglemente_tool.model.wording import split_tail


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a provision comes from, each as the change that did it; `base` is the adoption of the whole.

    `placed`   put it there; since the last adoption, which is the base of everything that it took in
    `words`    gave it the words that it has, list marks apart
    `marks`    gave it the list mark that it has ("…, samt"), the only thing that some changes do to a row
    `number`   gave it its number
    `heading`  gave it the heading that it has; None where it has none
    """

    base: Entry
    placed: Entry
    words: Entry
    marks: Entry
    number: Entry
    heading: Entry | None


def trace(history: History, charter: CharterId, *, in_force: date, known: date | None = None) -> tuple[Charter, dict[Wid, Trace]]:
    """Return the charter as it holds on `in_force`, as known on `known`, and where each of its provisions comes from.

    Raises what `version_on` raises.
    """
    text = version_on(history, charter, in_force=in_force, known=known).charter
    standing = [entry for entry in entries(history, charter, known) if entry.active(in_force)]
    current, before, traces = empty(charter), dict[Wid, Provision](), dict[Wid, Trace]()
    base = standing[0]
    for entry in sorted(standing, key=lambda e: not e.permanent):
        if any(isinstance(amendment, Adopt) for amendment in entry.change.amendments):
            base, traces = entry, {}
        current = apply_together(current, entry.change, entry.by, part=entry.part)
        after = {p.wid: p for p in walk(current.body)}
        traces = {wid: _traced(p, before.get(wid), traces.get(wid), entry, base) for wid, p in after.items()}
        before = after
    if current != text:
        raise RuntimeError(f"{charter} on {in_force} is not what its changes give one by one")
    return text, traces


def _traced(now: Provision, was: Provision | None, trace: Trace | None, entry: Entry, base: Entry) -> Trace:
    if trace is None or was is None:
        return Trace(base, entry, entry, entry, entry, entry if now.heading else None)
    (words, mark), (old_words, old_mark) = split_tail(now.text), split_tail(was.text)
    if (words, now.closing) != (old_words, was.closing):
        trace = replace(trace, words=entry, marks=entry)
    elif mark != old_mark:
        trace = replace(trace, marks=entry)
    if (now.number, now.marker) != (was.number, was.marker):
        trace = replace(trace, number=entry)
    if now.heading != was.heading:
        trace = replace(trace, heading=entry if now.heading else None)
    return trace
