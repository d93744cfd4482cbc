"""Does what the tool has printed come back? Every wording of every charter in the example registers, in every format, as `visa` prints it.

    python bench/ownprints.py [-v] [FORMAT …]

A print has more on it than the charter: whose it is, as of when it holds, what touched each provision. What comes back must be the
charter without that, word for word, and with the same parts. The last two lines are prints of prints: the web page as Chromium makes a
PDF of it, the Word file as LibreOffice does, where those are installed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from prints import FORMATS, Print, lost, prints, read, returned
from rendering import browser_pdf, office_pdfs

from reglemente_tool.model.charter import Provision, walk
from reglemente_tool.reading.wording import ReadCharter
from reglemente_tool.writing.writers import writer


def measure(name: str, some: list[Print], back: Callable[[Print], ReadCharter], verbose: bool) -> None:
    """Print how many of the wordings come back whole, and what each of the others has lost."""
    began, faults = time.process_time(), []
    for one in some:
        found = back(one)
        if wrong := lost(one, found):
            faults.append(f"    {one.name}: {', '.join(wrong)}")
            faults += [f"      {line[:170]}" for line in differing(one, found)] if verbose else []
    whole = len(some) - sum(line[4] != " " for line in faults)
    print(f"{name:24s}{whole:4} av {len(some)}   {time.process_time() - began:6.1f} s")
    print("\n".join(faults), end="\n" if faults else "")


def differing(one: Print, found: ReadCharter) -> list[str]:
    """The first of the parts that differ."""

    def lines(body: tuple[Provision, ...]) -> list[str]:
        return [f"{p.kind.value} {p.number} {p.marker} | {p.heading} | {p.text} | {p.closing}" for p in walk(body)]

    told = [f"fakta {one.page.facts} {found.facts}"] if one.page.facts != found.facts else []
    return told + list(unified_diff(lines(one.charter.body), lines(found.body), lineterm="", n=0))[2:14]


def main(arguments: list[str]) -> int:
    """Measure, a line for each format."""
    verbose, chosen = "-v" in arguments, [f for f in arguments if not f.startswith("-")]
    every_one = list(prints())
    for format in chosen or FORMATS:
        if format in FORMATS:
            measure(format, every_one, lambda one, format=format: returned(one.page, format), verbose)
    latest = [one for one in every_one if one.last]
    if not chosen or "chromium" in chosen:
        made = {one.name: browser_pdf(writer("html").write(one.page)) for one in latest}
        if all(made.values()):
            measure("html, pdf by chromium", latest, lambda one: read(made[one.name], ".pdf"), verbose)
    if not chosen or "libreoffice" in chosen:
        for tagged in (True, False):
            office = office_pdfs({one.name.replace(" ", "_"): writer("docx").write(one.page) for one in latest}, tagged)
            some = [one for one in latest if one.name.replace(" ", "_") in office]
            kind = "tagged" if tagged else "untagged"
            if some:
                measure(f"docx, {kind} pdf", some, lambda one, office=office: read(office[one.name.replace(" ", "_")], ".pdf"), verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
