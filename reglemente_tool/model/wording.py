"""Text as text: folding for comparison, sentences, led, and exact replacement. Nothing here changes stored wording by itself."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache, lru_cache

_FOLD = str.maketrans(
    {
        "\u00ad": None, "\u200b": None, "\ufeff": None,
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "“": '"', "”": '"', "„": '"', "»": '"', "«": '"', "″": '"', "‘": "'", "’": "'", "´": "'",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }
)  # fmt: skip
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")

_ABBREVIATIONS = (
    r"(?:bl\.\s?a|t\.\s?ex|d\.\s?v\.\s?s|dvs|fr\.\s?o\.\s?m|t\.\s?o\.\s?m|m\.\s?m|m\.\s?fl|s\.\s?k|o\.\s?d|o\.\s?dyl|"
    r"kap|st|p|mom|bil|resp|jfr|nr|ca|etc|dnr|tel|f\.\s?d|p\.\s?g\.\s?a|i\.\s?o\.\s?m|e\.\s?d|inkl|exkl|ev|forts)"
)
_ENDS_ABBREVIATED = re.compile(rf"(?:^|[\s(]){_ABBREVIATIONS}\.$", re.IGNORECASE)
_LONGEST = len("(p. g. a.\n")
"""So many letters at the end of a text may be an abbreviation, with what stands before it."""
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÅÄÖÉ0-9”\"»])")


def fold(text: str) -> str:
    """Return `text` as it is compared: NFC, one kind of dash, quote and blank, no soft hyphens. Never for storing."""
    composed = unicodedata.normalize("NFC", text)
    # Most texts hold nothing to exchange, and to look is quicker than to exchange.
    return " ".join((composed.translate(_FOLD) if _ODD.search(composed) else composed).split())


def same(one: str, other: str) -> bool:
    """True when the texts say the same words: folded alike, but for a mark at the end that a list may have given."""
    return one == other or fold(one) == fold(other) or bare(fold(one)) == bare(fold(other))


def bare(text: str) -> str:
    """Return `text` without the mark and conjunction that only its place in a list gives it ("…, samt", "…,", "….")."""
    return split_tail(text)[0]


def ends_abbreviated(text: str) -> bool:
    """True when the full stop at the end belongs to an abbreviation ("m.m.")."""
    return "." in text[-2:] and _ENDS_ABBREVIATED.search(text, max(0, len(text) - _LONGEST)) is not None


_JUNCTION = re.compile(r"[,;]?\s+(?:och|samt|eller)\Z")


def split_tail(text: str) -> tuple[str, str]:
    """Return (words, list mark): "yttranden, samt" gives ("yttranden", ", samt"); "kultur m.m." gives itself and ""."""
    if ends_abbreviated(text):
        return text, ""
    if text.endswith((",", ";", ".")):
        at = len(text) - 1
    else:
        junction = _JUNCTION.search(text) if text.endswith(("och", "samt", "eller")) else None
        at = junction.start() if junction else 0
    return (text[:at], text[at:]) if at else (text, "")


def digest(text: str) -> str:
    """Return a short fingerprint of the folded text, as stored in an amendment's guard."""
    return "sha256:" + hashlib.sha256(fold(text).encode()).hexdigest()[:16]


@cache
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans (start, end) of the sentences in `text`; each ends with its mark, blanks lie between.

    A full stop that belongs to an abbreviation ("bl.a.", "6 kap.") ends no sentence.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if text[match.start()] == "." and ends_abbreviated(text[start : match.end()]):
            continue
        spans.append((start, match.end()))
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if start < len(text):
        spans.append((start, len(text)))
    return tuple(spans)


def ended(mening: str, after: str) -> str:
    """Return `mening` with a full stop, when it has no mark of its own and the words `after` would otherwise go on in it."""
    return mening if not after.strip() or mening[-1:] in ".!?:;…”\"»" else f"{mening}."


def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the led in `text`: what stands between semicolons."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(r";\s*|$", text):
        if match.start() > start:
            spans.append((start, match.start()))
        start = match.end()
    return tuple(spans)


@lru_cache(maxsize=256)
def whole(words: str) -> re.Pattern[str]:
    """Return a pattern that finds `words` as whole words, however its blanks, dashes and quotes are printed."""
    pieces = []
    for piece in re.split(r"(\s+)", unicodedata.normalize("NFC", words.strip())):
        if not piece.strip():
            pieces.append(r"\s+")
            continue
        pieces.append("".join(_loose(letter) for letter in piece))
    body = "".join(pieces)
    if words.strip()[:1].isalnum():
        # First the letter, then a look behind it: whoever looks for a letter finds the next one five times as fast.
        body = rf"{body[0]}(?<!\w{body[0]}){body[1:]}"
    after = r"(?!\w)" if words.strip()[-1:].isalnum() else ""
    return re.compile(body + after)


_DASHES = "-‐‑‒–—−"
_QUOTES = "\"“”„»«″"


def _loose(letter: str) -> str:
    for group in (_DASHES, _QUOTES):
        if letter in group:
            return f"[{re.escape(group)}]"
    return re.escape(letter) + "\u00ad?"


def count(text: str, words: str) -> int:
    """Return how often `words` stands in `text` as whole words."""
    return len(whole(words).findall(text))


def swap(text: str, old: str, new: str) -> str:
    """Return `text` with every whole-word `old` replaced by `new`; where `new` is empty a neighbouring blank goes too."""
    if new:
        return whole(old).sub(lambda _: new, text)
    taken = re.sub(rf"\s*{whole(old).pattern}(?=\s|[.,;:)]|$)", "", text)
    return whole(old).sub("", taken).strip() if taken != text else whole(old).sub("", text).strip()
