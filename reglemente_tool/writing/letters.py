"""Letters that must not do anything, and places where a line may or may not end: what every laid-out format asks of a text."""

from __future__ import annotations

import re

# Controls, halves of letters, and the marks that turn the reading direction so that a text shows other words than it holds.
_ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BLANK = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")

# Inside a reference like "§ 2", "2 §", "6 kap." or "5 000 kr" no line may end.
_BEFORE = re.compile(
    r"(§§?) (?=[0-9])|(?<=[0-9]) (?=§)|(?<=[0-9] [a-z]) (?=§)|(?<=[0-9]) (?=kap\.|[a-z] §)|(?<=\b[0-9]) (?=[0-9]{3}\b)|(?<=\bDnr) (?=\S)"
)
_DIGIT = re.compile(r"[0-9]")
"""One of these stands in every reference but to a "Dnr", and in most texts neither: so they are looked for first."""


def harmless(text: str) -> str:
    """Return `text` with line breaks as blanks and with every active character as a picture of it ("␛", "⟨U+202E⟩")."""
    if text.isprintable():  # then it holds none of them
        return text
    return _ACTIVE.sub(lambda found: _picture(found[0]), _BLANK.sub(" ", text))


def _picture(letter: str) -> str:
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def unbroken(text: str) -> str:
    """Return `text` with no-break spaces inside references, for formats that break lines."""
    return _BEFORE.sub(lambda found: f"{found[1] or ''}\u00a0", text) if _DIGIT.search(text) or "Dnr" in text else text


_TOKEN = re.compile(r"\S{20,}")
_CONSONANT, _VOWEL = "[bcdfghjklmnpqrstvwxz0-9]", "[aeiouyåäöéü]"
_SEAM = re.compile(
    rf"(?<=[/._?&=@-])(?=\w)|(?<={_CONSONANT}{{9}})(?={_CONSONANT})|(?<={_VOWEL}{{9}})(?={_VOWEL})", re.IGNORECASE
)


def breakable(text: str) -> str:
    """Return `text` with places to break in what no hyphenation breaks: addresses, codes, letters without end.

    For formats that cannot break anywhere, and would let such a word run out of its column and off the paper.
    """
    return _TOKEN.sub(lambda token: _SEAM.sub("\u200b", token[0]), text)
