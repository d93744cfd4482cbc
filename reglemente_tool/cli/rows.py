"""historik --rader: for each heading, §, stycke and strecksats, the decision that put it there and the one that changed it last."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.documents import show_page
from reglemente_tool.cli.output import WIDTH, answer, say, visible
from reglemente_tool.consolidate import Entry, Trace, trace
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, CharterId, Provision, Wid, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.history import History
from reglemente_tool.model.notices import ROWS
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.front import facts, status

BASE = "grundtext"
_RIGHT = 28
_LEFT = WIDTH - _RIGHT - 2
_DEEPER = {Kind.STYCKE: 2, Kind.PUNKT: 4, Kind.BOKSTAV: 4, Kind.STRECKSATS: 4, Kind.TABELL: 2, Kind.RAD: 4}


def show_rows(register: Register, id: CharterId, day: date, known: date | None, som: str, out: Path | None, *, som_json: bool) -> int:
    """Print where every row of a charter comes from. Raises what `trace` raises."""
    history = register.history
    charter, traces = trace(history, id, in_force=day, known=known)
    rows = [_row_data(history, cite(address), address.code, p, traces[p.wid]) for address, p in walk_addressed(charter)]
    data = {"reglemente": id, "galler": day, "kant": known, "grundtext": _name(history, _base(charter, traces)), "rader": rows}
    if answer(som_json, "historik", data):
        return 0
    if som != "terminal" or out is not None:
        page = clean_page(
            charter,
            municipality=register.municipality.name,
            facts=facts(history, id, in_force=day, known=known),
            status=(ROWS, *status(history, id, in_force=day, known=known)),
            origins={wid: "; ".join(_said(history, trace)) for wid, trace in traces.items()},
        )
        return show_page(page, som, out, f"{id}-{day}-rader", register=register)
    say(f"{charter.title}, lydelse {day.isoformat()}")
    say(f"{BASE} = {_name(history, _base(charter, traces))}")
    for _, p in walk_addressed(charter):
        for line in _lines(history, p, traces[p.wid]):
            click.echo(line)
    return 0


def _base(charter: Charter, traces: dict[Wid, Trace]) -> Entry:
    return next(iter(traces.values())).base


def _lines(history: History, p: Provision, trace: Trace) -> Iterator[str]:
    if p.kind in (Kind.PARAGRAF, Kind.KAPITEL, Kind.AVSNITT, Kind.BILAGA):
        yield ""
    if p.heading:
        assert trace.heading is not None
        yield from _beside(p.heading, [_by(history, trace.heading, trace.base)], 0)
    label = p.marker or (f"{p.number} §" if p.kind is Kind.PARAGRAF else p.number)
    words = " ".join(part for part in (label, p.text) if part)
    if words:
        yield from _beside(words, _said(history, trace), _DEEPER.get(p.kind, 0), hanging=len(label) + 1 if p.kind.item else 0)
    if p.closing:
        yield from _beside(p.closing, [_by(history, trace.words, trace.base)], _DEEPER.get(p.kind, 0))


def _said(history: History, trace: Trace) -> list[str]:
    """What stands beside a row: who put it there, then what others have done to it."""
    base, done = trace.base, [_by(history, trace.placed, trace.base)]
    if trace.words != trace.placed:
        done.append(f"ändrat {_by(history, trace.words, base)}")
    elif trace.marks != trace.placed:
        done.append(f"tecken {_by(history, trace.marks, base)}")
    if trace.number != trace.placed:
        done.append(f"nummer {_by(history, trace.number, base)}")
    return done


def _beside(words: str, done: list[str], indent: int, hanging: int = 0) -> Iterator[str]:
    left = textwrap.wrap(visible(words), _LEFT - indent, subsequent_indent=" " * hanging, break_on_hyphens=False) or [""]
    # The § sign and its number stay together.
    folded = (textwrap.wrap(visible(said).replace("§ ", "§\u00a0"), _RIGHT, subsequent_indent="  ") for said in done)
    right = [line.replace("\u00a0", " ") for lines in folded for line in lines]
    for at in range(max(len(left), len(right))):
        text = " " * indent + left[at] if at < len(left) else ""
        yield f"{text.ljust(_LEFT)}  {right[at] if at < len(right) else ''}".rstrip()


def _by(history: History, entry: Entry, base: Entry) -> str:
    return BASE if entry == base else _name(history, entry)


def _name(history: History, entry: Entry) -> str:
    event = history.event(entry.by)
    return event.name if event is not None else str(entry.by)


def _row_data(history: History, place: str, code: str, p: Provision, trace: Trace) -> dict[str, Any]:
    def said(entry: Entry | None) -> dict[str, Any] | None:
        if entry is None:
            return None
        return {"beslut": entry.by, "namn": _name(history, entry), "galler_fran": entry.start, "grundtext": entry == trace.base}

    return {
        "mal": code,
        "stalle": place,
        "slag": p.kind.value,
        "nr": p.number,
        "rubrik": p.heading,
        "text": p.text,
        "avslutning": p.closing,
        "wid": p.wid,
        "infort": said(trace.placed),
        "ord": said(trace.words),
        "skiljetecken": said(trace.marks),
        "beteckning": said(trace.number),
        "rubriken": said(trace.heading),
    }
