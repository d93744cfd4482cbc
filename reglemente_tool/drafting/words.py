"""A text that has become another, said with as few words as a decision needs: words for words, a sentence, or all of it."""

from __future__ import annotations

import re
from dataclasses import replace

from reglemente_tool.amendments.reword import Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.compare import Mark, words
from reglemente_tool.drafting.shapes import worded
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import guard_for, held_text
from reglemente_tool.model.charter import Charter, Provision, walk
from reglemente_tool.model.wording import count, sentences, split_tail, swap

FEW_PLACES = 2
FEW_WORDS = 12
"""A decision exchanges words in at most so many places of one text, and so many words in all; more is a new wording."""


def rewordings(charter: Charter, address: Address, old: Provision, new: Provision) -> tuple[Reword, ...] | None:
    """Return the exchanges of words that make `old.text` and `old.closing` those of `new`, or None when they are not few.

    Each one's old words stand exactly once in all that `old` holds.
    """
    guard = guard_for(held_text(charter, address, old))
    everything = [t for p in walk((old,)) for t in (p.text, p.closing)]
    found: list[Reword] = []
    for before, after in ((old.text, new.text), (old.closing, new.closing)):
        if before == after:
            continue
        spots = _spots(before, after)
        if not before or not after or spots is None:
            return None
        for start, end, come in spots:
            grown = _grown(before, start, end, come, everything)
            if grown is None:
                return None
            found.append(Reword(target=address, expects=guard, wid=old.wid, old=grown[0], new=grown[1]))
        text = before
        for one in found:
            text = swap(text, one.old, one.new)
        if text != after:
            return None
    if len(found) > FEW_PLACES or len({r.old for r in found}) < len(found):
        return None
    if sum(len(r.old.split()) for r in found) > FEW_WORDS or _much(old, found):
        return None
    return tuple(found)


def _much(old: Provision, found: list[Reword]) -> bool:
    """True when most of a text of its own would be exchanged: then its whole new wording is plainer."""
    whole = len(f"{old.text} {old.closing}".split())
    return sum(len(r.old.split()) for r in found) * 2 > whole


def _spots(before: str, after: str) -> list[tuple[int, int, str]] | None:
    """Return the changed places as (start, end, words that come), in `before`. Places next to each other are one."""
    spots: list[tuple[int, int, str]] = []
    at = 0
    for run in words(before, after):
        if run.mark is Mark.SAME:
            at += len(run.text)
        elif run.mark is Mark.REMOVED:
            spots.append((at, at + len(run.text), ""))
            at += len(run.text)
        elif spots and spots[-1][1] == at and spots[-1][2] == "":
            spots[-1] = (*spots[-1][:2], run.text)
        else:
            spots.append((at, at, run.text))
    return spots if len(spots) <= FEW_PLACES else None


_WORD = re.compile(r"\S+")


def _grown(text: str, start: int, end: int, come: str, everything: list[str]) -> tuple[str, str] | None:
    """Return the old and new words of one place, with as many words around them as it takes to stand there alone.

    Whole words always; where something only comes in, the word before it goes along.
    """
    spans = [m.span() for m in _WORD.finditer(text)]
    first = next((i for i, (_, b) in enumerate(spans) if b > start), len(spans) - 1)
    last = next((i for i in range(len(spans) - 1, -1, -1) if spans[i][0] < end), first)
    if start == end and start < len(text) and text[start - 1 : start].isspace() and spans[first][0] >= start and first:
        first, last = first - 1, first - 1
    last = max(first, last)
    for more in range(5):
        for left, right in dict.fromkeys(((more, 0), (0, more), (more, more))):
            a, b = max(0, first - left), min(len(spans) - 1, last + right)
            begin, stop = min(spans[a][0], start), max(spans[b][1], end)
            old, new = text[begin:stop], text[begin:start] + come + text[end:stop]
            old, new, mark = _without_tail(old, new)
            if not old.strip() or old != old.strip() or new != new.strip() or "”" in old + new or '"' in old + new:
                continue
            if sum(count(t, old) for t in everything) == 1 and swap(text, old, new) == text[:begin] + new + mark + text[stop:]:
                return old, new
    return None


def _without_tail(old: str, new: str) -> tuple[str, str, str]:
    """Leave out the mark that both end in: "kallelse," for "anmälan," is "kallelse" for "anmälan"."""
    mark = old[-1:]
    if mark in tuple(".,;:") and new.endswith(mark) and len(old) > 1 and len(new) > 1:
        return old[:-1], new[:-1], mark
    return old, new, ""


def sentence(charter: Charter, address: Address, old: Provision, new: Provision) -> tuple[Substitute, ...] | None:
    """Return the new wording of the one sentence that differs, or None when that is not what happened."""
    if old.closing != new.closing:
        return None
    ours, theirs = ([text[a:b] for a, b in sentences(text)] for text in (old.text, new.text))
    differ = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b]
    if len(ours) != len(theirs) or len(ours) < 2 or len(differ) != 1:
        return None
    at = differ[0]
    target = address.child(Kind.MENING, str(at + 1))
    wording = Provision(kind=Kind.MENING, text=theirs[at])
    return (Substitute(target=target, expects=guard_for(ours[at]), wid=old.wid, wording=wording),)


def whole(charter: Charter, address: Address, old: Provision, new: Provision) -> Substitute:
    """Return the new wording of all that the provision holds. What an item only has from its place in the list is left out."""
    wording = worded(new)
    if old.kind.item and split_tail(old.text)[1] == split_tail(new.text)[1]:
        wording = replace(wording, text=split_tail(new.text)[0])
    return Substitute(
        target=address, expects=guard_for(held_text(charter, address, old)), wid=old.wid, wording=replace(wording, heading="")
    )
