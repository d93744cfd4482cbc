"""Patterns over Swedish text that are compiled when they are first used: a command uses few of the many that there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_BLANK = r"(?:[^\S\n]{1,9}\n?[^\S\n]{0,9}|\n[^\S\n]{0,9})"
_USES = ("match", "search", "fullmatch", "finditer", "sub")


class Pattern:
    """A regular expression, asked as one that is compiled is. The first question compiles it; faults in it are told then."""

    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]

    def __init__(self, source: str, flags: int = 0) -> None:
        """Take the expression and the flags of `re`."""
        self.source, self.flags = source, flags

    def __getattr__(self, name: str) -> Any:
        # Asked only for what is not there yet: from then on the compiled one's own methods answer.
        if name not in _USES:
            raise AttributeError(name)
        compiled = re.compile(self.source, self.flags)
        self.match, self.search, self.fullmatch = compiled.match, compiled.search, compiled.fullmatch
        self.finditer, self.sub = compiled.finditer, compiled.sub
        return getattr(compiled, name)


def rx(pattern: str) -> Pattern:
    """Return a pattern in which ~ is a blank, though no empty line, and ¤ a dash. The case of words does not matter."""
    return Pattern(pattern.replace("~", _BLANK).replace("¤", "(?:--|[-–—‐‑])"), re.IGNORECASE)


def any_of(*words: str) -> str:
    """Return a pattern for one of the words, whole. Several may stand in one string."""
    return "(?:" + "|".join(sorted(" ".join(words).split(), key=len, reverse=True)) + r")(?!\w)"
