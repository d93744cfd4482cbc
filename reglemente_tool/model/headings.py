"""What a line of the text form can be a heading by: a rule that the reader and the writer of that form share."""

from __future__ import annotations

import re

from reglemente_tool.model.wording import ends_abbreviated

HEADING_LENGTH = 120

CLOSING_HEADINGS = ("Ikraftträdande", "Övergångsbestämmelse", "Ikraftträdande- och övergångsbestämmelse")
"""What stands over words that are no part of the § above them, though no § follows."""

_VERB = re.compile(
    r"\b(?:ska|skall|är|har|får|kan|måste|bör|ansvarar|svarar|består|fullgör|utövar|leder|beslutar|utser|gäller|utgör|väljer|handlägger)\b"
)
_ASKING = re.compile(r"(?:Vad|Hur|När|Var|Vem|Vilka|Vilken|Vilket|Varför|Om|Så)\b")


def heading_like(text: str) -> bool:
    """True for text that could be a heading: begins with a capital, no mark at its end ("m.m." is none), not long."""
    if not text[:1].isupper() or len(text) > HEADING_LENGTH:
        return False
    if text[-1] in ":;,":
        return False
    return text[-1] != "." or (ends_abbreviated(text) and not has_verb(text))


def has_verb(text: str) -> bool:
    """True when the text reads as a sentence: a verb of the kind that charters use, and no question word first."""
    return _VERB.search(text) is not None and _ASKING.match(text) is None


def title_like(text: str) -> bool:
    """True for text that could be a heading and does not read as a sentence whose full stop is missing."""
    return heading_like(text) and not has_verb(text)
