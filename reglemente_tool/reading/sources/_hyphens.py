"""Words that a printer broke at the end of a line are made whole again."""

from __future__ import annotations

import re

_KEEPS = re.compile(r"(?:och|eller|samt|respektive|resp\.|till)\b")
_LAST = re.compile(r"[\w-]*[^\W\d_]-$")
_FIRST = re.compile(r"[\w-]+")
_WORD = re.compile(r"\w+(?:-\w+)*")
_PREFIXES = frozenset("e it va tv ip pr eu".split())
"""What keeps its hyphen: "e-tjänst", "it-stöd"."""


def words_in(text: str) -> frozenset[str]:
    """Return the words of a whole document, in small letters: what a broken word is held against."""
    return frozenset(word.lower() for word in _WORD.findall(text))


def joined(line: str, below: str, known: frozenset[str]) -> tuple[str, str]:
    """Return two lines as one, and a Swedish doubt ("" for none) where a hyphen was taken away that might belong to the word."""
    if line.endswith("\u00ad"):
        return line[:-1] + below, ""
    last, first = _LAST.search(line[line.rfind(" ") + 1 :]), _FIRST.match(below)
    if last is None or first is None:
        return f"{line} {below}", ""
    if _KEEPS.match(below):
        return f"{line} {below}", ""
    head, tail = last[0][:-1], first[0]
    whole, kept = (head + tail).lower(), f"{head}-{tail}".lower()
    if head.isupper() and tail.isupper() and line.isupper() and len(head) > 1:
        return line[:-1] + below, ""
    if tail[0].isupper() or tail[0].isdigit() or head.isupper() or head[-1:].isdigit():
        return line + below, ""
    if whole in known:
        return line[:-1] + below, ""
    if kept in known or head.lower() in _PREFIXES:
        return line + below, ""
    return line[:-1] + below, f"”{head}{tail}” var avstavat vid radslutet och sattes ihop utan bindestreck."
