"""Led, what stands between the semicolons of a mening: one that goes, comes or reads otherwise, and the marks that its place gives it.

The mark that ends the mening stays at the end of it, and a semicolon stands between two led and nowhere else, as a list has its marks.
What would leave a capital within the mening, or begin it with a small letter, is no question of marks: nothing is done (None).
"""

from __future__ import annotations

from reglemente_tool.model.wording import clauses, ends_abbreviated


def without(mening: str, index: int) -> str | None:
    """Return `mening` without its led number `index` (from nought); None when a small letter would begin it, or nothing is left."""
    spans = clauses(mening)
    if len(spans) < 2:
        return None
    start, end = spans[index]
    if index == len(spans) - 1:
        before, mark = mening[: spans[index - 1][1]], _split(mening[start:end])[1]
        return before if before.endswith(mark) else before + mark  # "m.m." has its full stop already
    left = mening[:start] + mening[spans[index + 1][0] :]
    return None if index == 0 and mening[:1].isupper() and not left[:1].isupper() else left


def with_new(mening: str, index: int, new: str) -> str | None:
    """Return `mening` with `new` as its led number `index`; None when what began it would then stand within it with a capital."""
    spans = clauses(mening)
    words, mark = _split(new)
    if index == len(spans):
        before, last = _split(mening)
        return f"{before}; {words}{mark or last}"
    if index == 0 and mening[:1].isupper():
        return None
    at = spans[index][0]
    return f"{mening[:at]}{words}; {mening[at:]}"


def reworded(mening: str, index: int, new: str) -> str:
    """Return `mening` with its led number `index` as `new` says, and its marks as they were."""
    spans = clauses(mening)
    start, end = spans[index]
    words, mark = _split(new)
    if index == len(spans) - 1:
        return mening[:start] + words + (mark or _split(mening[start:end])[1]) + mening[end:]
    return mening[:start] + words + mening[end:]


def _split(led: str) -> tuple[str, str]:
    """(words, mark) of what may end a mening; a full stop that an abbreviation has is both."""
    text = led.strip().rstrip(";").rstrip()
    if ends_abbreviated(text):
        return text, "."
    return (text[:-1], text[-1]) if text[-1:] in tuple(".!?") else (text, "")
