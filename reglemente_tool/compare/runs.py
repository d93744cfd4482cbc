"""Word by word: from two texts to runs of words, each with what has become of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache


class Mark(Enum):
    """What has become of some words, or of a provision. Clean text has only SAME."""

    SAME = "samma"
    ADDED = "nytt"
    REMOVED = "utgår"
    MOVED_HERE = "flyttad hit"
    MOVED_AWAY = "flyttad härifrån"

    __hash__ = object.__hash__  # as Kind's: a member is one object


ONLY_NEW = frozenset({Mark.ADDED, Mark.MOVED_HERE})
ONLY_OLD = frozenset({Mark.REMOVED, Mark.MOVED_AWAY})


@dataclass(frozen=True, slots=True)
class Run:
    """Some words that share one fate."""

    text: str
    mark: Mark = Mark.SAME


Runs = tuple[Run, ...]


def plain(runs: Runs, *, old: bool = False) -> str:
    """Return the words of `runs` as they are after the change, or before it."""
    gone = ONLY_NEW if old else ONLY_OLD
    return "".join(run.text for run in runs if run.mark not in gone)


def changed(runs: Runs) -> bool:
    """True when any of the words have another fate than SAME."""
    for run in runs:  # noqa: SIM110  asked four times for every provision, and `any` takes thrice the time
        if run.mark is not Mark.SAME:
            return True
    return False


def same(text: str) -> Runs:
    """Return words that have not changed."""
    return (Run(text),) if text else ()


_TOKEN = re.compile(r"(?:\w[\u0300-\u036f\u00ad]*)+(?:[-–](?:\w[\u0300-\u036f\u00ad]*)+)*|.", re.DOTALL)
_WORD = re.compile(r"\w")
_CODES = (range(0x4E00, 0xA000), range(0x20000, 0x2A6E0))
CODES = sum(map(len, _CODES))
_MARKS = {-1: Mark.REMOVED, 0: Mark.SAME, 1: Mark.ADDED}

LONG = 4_000_000
"""The product of two token counts from which sentences are compared before words: time grows with the square."""

KEPT = 0.25
"""When less than this share of the words is left, in pieces here and there, the whole is shown as replaced."""


def words(old: str, new: str) -> Runs:
    """Return what became of each word from `old` to `new`: SAME and REMOVED make up `old` exactly, SAME and ADDED `new`.

    Whole words are compared, so no word is ever cut; the answer depends on nothing but the two texts.
    """
    if old == new:
        return same(old)
    if not (old and new):
        return replaced(old, new)
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(ours) * len(theirs) > LONG:
        return _long(old, new)
    runs = _diff(ours, theirs)
    return replaced(old, new) if _shattered(runs) else runs


def _diff(ours: Sequence[str], theirs: Sequence[str]) -> Runs:
    """Blanks and marks stand for themselves and each word is one letter, so that the cleanup still sees which is which."""
    codes: dict[str, str] = {}
    letters = (chr(code) for block in _CODES for code in block)
    for token in (*ours, *theirs):
        if token not in codes:
            codes[token] = next(letters) if len(token) > 1 or _WORD.match(token) else token
    engine = _engine()
    diffs = engine.diff_main("".join(codes[t] for t in ours), "".join(codes[t] for t in theirs), False)
    engine.diff_cleanupSemantic(diffs)
    decode = {code: token for token, code in codes.items()}
    return _tidy(Run("".join(decode[c] for c in text), _MARKS[operation]) for operation, text in diffs)


@cache
def _engine():  # type: ignore[no-untyped-def]
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # With a time limit the answer would hang on how busy the machine is.
    return engine


def _tidy(runs: Iterator[Run]) -> Runs:
    """Between two unchanged pieces at most one removed and one added, in that order."""
    tidied: list[Run] = []
    gone = come = ""
    for run in (*runs, Run("")):
        if run.mark is Mark.REMOVED:
            gone += run.text
        elif run.mark is Mark.ADDED:
            come += run.text
        else:
            tidied += [Run(gone, Mark.REMOVED), Run(come, Mark.ADDED), run]
            gone = come = ""
    return tuple(run for run in tidied if run.text)


def replaced(old: str, new: str) -> Runs:
    """Return `old` as REMOVED and `new` as ADDED, whole."""
    return tuple(run for run in (Run(old, Mark.REMOVED), Run(new, Mark.ADDED)) if run.text)


def _shattered(runs: Runs) -> bool:
    """True when so little is left, and so scattered, that nobody can read the two texts out of the mixture."""
    if not any(run.mark is Mark.SAME and _WORD.search(run.text) for run in runs[1:-1]):
        return False
    kept = sum(len(w) for run in runs if run.mark is Mark.SAME for w in _TOKEN.findall(run.text) if _WORD.match(w))
    whole = max(len(plain(runs, old=True)), len(plain(runs)))
    return kept < KEPT * whole


def _long(old: str, new: str) -> Runs:
    pieces = [[p for p in re.findall(r"[^.!?\n]*[.!?\n]?", text) if p] for text in (old, new)]
    if sum(map(len, pieces)) > CODES:
        return replaced(old, new)
    runs: list[Run] = []
    for run in _diff(*pieces):
        before = runs[-1] if runs else Run("")
        if run.mark is Mark.ADDED and before.mark is Mark.REMOVED:
            ours, theirs = _TOKEN.findall(before.text), _TOKEN.findall(run.text)
            runs[-1:] = _diff(ours, theirs) if len(ours) * len(theirs) <= LONG else (before, run)
        else:
            runs.append(run)
    return _tidy(iter(runs))
