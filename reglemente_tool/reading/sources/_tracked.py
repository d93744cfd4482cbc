"""Tracked changes in a Word document: what they add and take away, whose they are, and when they were made."""

from __future__ import annotations

from dataclasses import replace

from reglemente_tool.errors import Level, Problem
from reglemente_tool.reading.document import STRUKET, TILLAGT, Tracked
from reglemente_tool.reading.sources._numbering import Element, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHANGES = {f"{W}ins": TILLAGT, f"{W}moveTo": TILLAGT, f"{W}del": STRUKET, f"{W}moveFrom": STRUKET}
_UNSEEN = {f"{_MC}Fallback", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}txbxContent"}


def changes_in(body: Element) -> Problem | None:
    """Return a warning that says how many changes there are, by whom and when; None where there are none."""
    changes = sum(1 for _ in body.iter(*_CHANGES))
    if not changes:
        return None
    many = f"{changes} spårade ändringar" if changes > 1 else "en spårad ändring"
    read = "De lästes som godkända." if changes > 1 else "Den lästes som godkänd."
    return Problem(
        "SPARADE-ANDRINGAR",
        f"Dokumentet har {many}{_by(body)}. {read}",
        level=Level.VARNING,
        hint="Är de inte beslutade, så avvisa dem i Word och läs in dokumentet på nytt.",
    )


_MOST_NAMED = 4
_LONGEST_NAME = 60


def _by(body: Element) -> str:
    """Say who has made the changes, and when: ", av Handläggaren (2026-03-02 till 2026-03-04)"."""
    days: dict[str, list[str]] = {}
    for change in body.iter(*_CHANGES):
        who = " ".join(change.get(f"{W}author", "").split())[:_LONGEST_NAME]
        if who:
            days.setdefault(who, []).append(change.get(f"{W}date", "")[:10])
    said = []
    for who, when in list(days.items())[:_MOST_NAMED]:
        known = sorted({day for day in when if day})
        span = "" if not known else known[0] if len(known) == 1 else f"{known[0]} till {known[-1]}"
        said.append(f"{who} ({span})" if span else who)
    said += [f"{len(days) - _MOST_NAMED} till"] if len(days) > _MOST_NAMED else []
    return f", av {' och '.join([', '.join(said[:-1]), said[-1]] if len(said) > 1 else said)}" if said else ""


def tracked(sources: list[Element]) -> tuple[Tracked, ...]:
    """Return the words of paragraphs with what tracked changes add and take away, () where they do neither."""
    found: list[Tracked] = []

    def walk(node: Element, change: Tracked) -> None:
        for child in node:
            tag = child.tag
            if tag in _CHANGES:
                walk(child, Tracked("", _CHANGES[tag], child.get(f"{W}author", ""), child.get(f"{W}date", "")[:10]))
            elif tag in (f"{W}t", f"{W}delText"):
                found.append(replace(change, text=child.text or ""))
            elif tag in (f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"):
                found.append(replace(change, text=" "))
            elif tag not in _UNSEEN:
                walk(child, change)

    for source in sources:
        walk(source, Tracked(""))
        # The mark at the paragraph's end parts it from the next one.
        found.append(Tracked(" "))
    if not any(one.fate and one.text.strip() for one in found):
        return ()
    joined: list[Tracked] = []
    for one in found:
        if joined and replace(one, text=joined[-1].text) == joined[-1]:
            joined[-1] = replace(one, text=joined[-1].text + one.text)
        else:
            joined.append(one)
    joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return tuple(one for one in joined if one.text)
