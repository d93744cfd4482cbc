"""New wording as it stands in a clause: without the marker that only shows what it is, and shared out when it is for several places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reglemente_tool.model.address import Address, Kind, Part

_BULLET = re.compile(r"^\s*[-–—•·◦▪*]\s+")
_POINT = re.compile(r"^\s*(\d{1,3})\s?[.)]\s+")
_LETTER = re.compile(r"^\s*([a-zåäö])\s?[).]\s+")
_PARAGRAF = re.compile(r"^\s*(?:§+\s*(\d{1,3}(?:\s?[a-zåäö](?![\wåäö]))?)|(\d{1,3}(?:\s?[a-zåäö](?![\wåäö]))?)\s*§)\s*", re.IGNORECASE)
_PARAGRAF_LINE = re.compile(
    r"^[ \t]*(?:§\s*(\d{1,3}(?:\s?[a-zåäö](?![\wåäö]))?)|(\d{1,3}(?:\s?[a-zåäö](?![\wåäö]))?)\s*§)", re.IGNORECASE | re.MULTILINE
)
_PARAGRAF_INLINE = re.compile(r"(?:^|(?<=[.!?] ))(?:§ (\d{1,3}(?: [a-z])?)|(\d{1,3}(?: [a-z])?) §)(?= [A-ZÅÄÖ])")
_POINT_LINE = re.compile(r"^[ \t]*(\d{1,3})\s?[.)][ \t]+", re.MULTILINE)
_LETTER_LINE = re.compile(r"^[ \t]*([a-zåäö])\)[ \t]+", re.MULTILINE)


def bare_wording(text: str, address: Address) -> str | None:
    """Return `text` as the wording of `address`, without a leading marker or number that repeats it.

    None when the marker contradicts the address: "3. vuxenutbildning" is no wording of punkt 4.
    """
    text = text.strip()
    last = address.last
    if last is None or address.part is Part.RUBRIK:
        return text
    if last.kind.item:
        if last.kind is Kind.STRECKSATS and (bullet := _BULLET.match(text)):
            return text[bullet.end() :]
        marked = (_POINT if last.kind is Kind.PUNKT else _LETTER).match(text)
        if last.kind is not Kind.STRECKSATS and marked:
            return text[marked.end() :] if not last.number or marked[1].lower() == last.number.lower() else None
        if last.kind is Kind.PUNKT and (bullet := _BULLET.match(text)):
            return text[bullet.end() :]
        return text
    if last.kind is Kind.PARAGRAF and (number := _PARAGRAF.match(text)):
        said = _designation(number[1] or number[2])
        return text[number.end() :] if not last.number or said == last.number else None
    return text


def pieces(text: str, addresses: Sequence[Address]) -> tuple[str, ...] | None:
    """Return one wording for each address; the text of several §§ is cut at their numbers. None when it does not fit them."""
    if not text:
        return None
    if len(addresses) == 1:
        one = bare_wording(text, addresses[0])
        return None if one is None else (one,)
    kinds = {a.steps[-1].kind for a in addresses if a.steps}
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    line = {Kind.PARAGRAF: _PARAGRAF_LINE, Kind.PUNKT: _POINT_LINE, Kind.BOKSTAV: _LETTER_LINE}.get(kind)
    if line is None:
        return None
    starts = list(line.finditer(text))
    if kind is Kind.PARAGRAF and "\n" not in text:
        # All on one line: each number stands at the beginning of a sentence.
        starts = list(_PARAGRAF_INLINE.finditer(text))
    said = [_designation(next(g for g in m.groups() if g)) for m in starts]
    wanted = [a.steps[-1].number for a in addresses if a.steps]
    if not starts or text[: starts[0].start()].strip() or said != wanted or len(wanted) != len(addresses):
        return None
    ends = [m.start() for m in starts[1:]] + [len(text)]
    return tuple(text[m.end() : end].strip() for m, end in zip(starts, ends, strict=True))


_MARKED = re.compile(r"^[ \t]*(?:[-–—•·◦▪*][ \t]+|\d{1,2}[.)][ \t]+|[a-zåäö]\)[ \t]+)(?=\S)")


def listed(text: str) -> tuple[str, ...]:
    """Return the items that `text` lists, a marker before each, without their markers; () when it is not such a list of two or more."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(_MARKED.match(line) for line in lines):
        return ()
    return tuple(_MARKED.sub("", line).strip().rstrip(",;").removesuffix(" samt").removesuffix(" och").rstrip(",; ") for line in lines)


def _designation(number: str) -> str:
    digits = re.match(r"\d+", number)
    if digits is None:
        return number.lower()
    letter = number[digits.end() :].strip().lower()
    return f"{digits[0]} {letter}".strip()
