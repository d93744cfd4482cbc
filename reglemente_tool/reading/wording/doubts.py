"""What is doubtful in a text that was read: numbers, placeholders, headings, broken lines. All are warnings; nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.reading.wording.lines import Line, stamp_like
from reglemente_tool.reading.wording.tree import Doubts, Numbered

_PLACEHOLDER = re.compile(r"(?<!\w)(?:[xX]{2,}|[åÅ]{4}-[mM]{2}-[dD]{2}|_{3,})(?!\w)")


def problems_in(title: str, printed: tuple[str, ...], lines: tuple[Line, ...], doubts: Doubts) -> tuple[Problem, ...]:
    """Return the doubts about a charter: its title, its lines as `printed`, those of the body, and what the tree noted."""
    found: list[Problem] = []
    if not title:
        found.append(_warning("RUBRIK", "Texten har ingen titel.", hint="Sätt reglementets namn på första raden."))
    if stamp_like(title):
        message = f"Första raden, ”{title}”, lästes som titel."
        found.append(_warning("RUBRIK", message, title, hint="Ta bort raden om den bara är en stämpel."))
    if not doubts.paragrafer:
        found.append(_warning("NUMMER", "Texten har inga paragrafer.", hint="Bestämmelserna kan då bara anges med avsnitt och stycke."))
    found += _numbers(doubts)
    found += _placeholders(printed)
    found += _headings(doubts)
    found += _broken(doubts)
    found += _annex(lines)
    return tuple(found)


def _warning(code: str, message: str, line: str = "", *, hint: str = "", span: tuple[int, int] | None = None) -> Problem:
    start, end = span or (0, len(line))
    return Problem(code, message, Place(line=line, start=start, end=end), Level.VARNING, hint)


def _numbers(doubts: Doubts) -> Iterator[Problem]:
    for line in doubts.twice:
        yield _warning("NUMMER", f"Numret i ”{line}” står två gånger i rad. Raderna lästes som en paragraf.", line)
    for run in _runs(doubts.paragrafer):
        for paragraf in run:
            if not paragraf.number and not _PLACEHOLDER.search(paragraf.line):
                yield _warning("NUMMER", "En paragraf saknar nummer.", paragraf.line, hint="Skriv numret före eller efter §-tecknet.")
        yield from _doubled(run)
        yield from _gaps(run)


def _runs(paragrafer: list[Numbered]) -> Iterator[list[Numbered]]:
    """Cut where a new chapter begins with 1 §: there the numbers start anew."""
    run: list[Numbered] = []
    for paragraf in paragrafer:
        if run and paragraf.number == "1" and paragraf.chapter != run[-1].chapter:
            yield run
            run = []
        run.append(paragraf)
    if run:
        yield run


def _doubled(run: list[Numbered]) -> Iterator[Problem]:
    lines: dict[str, list[str]] = {}
    for paragraf in run:
        if paragraf.number:
            lines.setdefault(paragraf.number, []).append(paragraf.line)
    for number, found in lines.items():
        if len(found) > 1:
            times = "två" if len(found) == 2 else str(len(found))
            hint = f"Så länge det är så kan ingen ändring peka ut {number} §."
            yield _warning("NUMMER", f"{number} § står {times} gånger.", found[1], hint=hint)


def _gaps(run: list[Numbered]) -> Iterator[Problem]:
    """Numbers that are nowhere in the run, and numbers that come too late."""
    whole = [(int(p.number.partition(" ")[0]), p) for p in run if p.number.partition(" ")[0].isdigit()]
    there = {number for number, _ in whole}
    last, before = 0, ""
    for number, paragraf in whole:
        missing = [n for n in range(last + 1, number) if n not in there]
        if missing:
            where = f"efter {before} § kommer {paragraf.number} §" if before else f"den första paragrafen är {paragraf.number} §"
            hint = "Jämför med originalet. Är luckan avsiktlig behöver inget göras."
            yield _warning("NUMMER", f"{_listed(missing)} saknas: {where}.", paragraf.line, hint=hint)
        elif number < last:
            yield _warning("NUMMER", f"{paragraf.number} § står efter {before} §.", paragraf.line, hint="Jämför med originalet.")
        if number >= last:
            last, before = number, paragraf.number


def _listed(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"{numbers[0]} §"
    joined = f"{numbers[0]}–{numbers[-1]}" if numbers[-1] - numbers[0] == len(numbers) - 1 else ", ".join(map(str, numbers))
    return f"{joined} §§"


def _placeholders(printed: tuple[str, ...]) -> Iterator[Problem]:
    for line in printed:
        match = _PLACEHOLDER.search(line)
        if match is not None:
            yield _warning(
                "PLATSHALLARE", f"Texten har en platshållare: ”{match[0]}”.", line, hint="Fyll i vad som ska stå där.", span=match.span()
            )


def _headings(doubts: Doubts) -> Iterator[Problem]:
    for heading in doubts.unsure_headings:
        yield _warning(
            "RUBRIK",
            f"”{heading}” ser ut som en rubrik inne i en paragraf. Raden lästes som ett stycke.",
            heading,
            hint="En rubrik står närmast före en paragraf eller ett kapitel.",
        )
    for heading in doubts.sentences_as_headings:
        yield _warning(
            "RUBRIK",
            f"”{heading}” lästes som en rubrik.",
            heading,
            hint="Är det ett stycke i paragrafen före, så sätt punkt efter det.",
        )


def _broken(doubts: Doubts) -> Iterator[Problem]:
    if doubts.broken:
        many = len(doubts.broken)
        what = "En rad ser" if many == 1 else f"{many} rader ser"
        yield _warning(
            "RADBRYTNING",
            f"{what} ut att fortsätta raden ovanför. Varje rad lästes för sig.",
            doubts.broken[0],
            hint="Sätt varje stycke och varje led i en lista på en enda rad.",
        )


_PARAGRAF_IN_ANNEX = re.compile(r"(?:§\s*[0-9]+|[0-9]+(?:\s?[a-z])?\s*§)(?:\s*$|\s+[A-ZÅÄÖ])")


def _annex(lines: tuple[Line, ...]) -> Iterator[Problem]:
    from_annex = False
    for line in lines:
        from_annex = from_annex or line.kind.value == "bilaga"
        if from_annex and line.kind.value == "stycke" and _PARAGRAF_IN_ANNEX.match(line.text):
            yield _warning(
                "BILAGA",
                "Bilagan innehåller paragrafer. De lästes som löpande text i bilagan.",
                line.text,
                hint="Hör de till reglementet ska de stå före bilagan.",
            )
            return
