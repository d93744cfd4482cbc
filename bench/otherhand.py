# ruff: noqa: E501
"""A check that the import is not tuned to our own renderings: charters set by another hand, in other ways of setting one.

python-docx with the styles of its own template, HTML with nested lists, tables that lay out the page, bullets between line breaks,
and what LibreOffice and Chromium make of that HTML. `python bench/otherhand.py [-v]` measures; nothing here is held.
"""

from __future__ import annotations

import html
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from importing import differences, measured, row
from rendering import browser_pdf, office_pdfs

from reglemente_tool.reading.sources import source_for
from reglemente_tool.reading.wording import read_document

Block = tuple[str, str, str]
"""Level, number, words: the facit, from which every rendering is made."""

SPECIFIC: list[Block] = [
    ("titel", "", "Reglemente för trafiknämnden"), ("metadata", "", "Antaget av kommunfullmäktige 2020-02-24, § 17"),
    ("stycke", "", "Utöver det som står i kommunallagen gäller detta reglemente."),
    ("rubrik1", "", "Nämndens uppdrag"), ("paragraf", "1", "Ansvar"), ("stycke", "", "Trafiknämnden har hand om kommunens gator och vägar."),
    ("stycke", "", "Nämnden svarar särskilt för"), ("strecksats", "", "drift av gator och vägar,"), ("strecksats", "", "parkering, och"),
    ("strecksats", "", "skolskjuts."), ("stycke", "", "Nämnden samråder med berörda."),
    ("paragraf", "2", "Delegering"), ("stycke", "", "Nämnden beslutar i följande ordning:"), ("punkt", "1", "presidiet i brådskande ärenden,"),
    ("punkt", "2", "utskottet i ärenden om"), ("bokstav", "a", "parkering,"), ("bokstav", "b", "märkning,"), ("punkt", "3", "nämnden i övrigt."),
    ("rubrik1", "", "Arbetsformer"), ("paragraf", "3", "Sammanträden"), ("stycke", "", "Nämnden sammanträder på dag och tid som nämnden bestämmer."),
    ("tabellrad", "", "Månad | Ärende"), ("tabellrad", "", "Februari | Bokslut"), ("tabellrad", "", "Oktober | Budget"),
    ("paragraf", "4", "Kallelse"), ("stycke", "", "Ordföranden kallar till sammanträdena. Kallelsen ska vara skriftlig."),
]  # fmt: skip
PLAIN: list[Block] = [(level, number, "" if level == "paragraf" else words) for level, number, words in SPECIFIC]
"""The same without titles on the § lines."""


def python_docx(blocks: list[Block], label: str, run_in: bool) -> bytes:
    """The styles of python-docx's own template, or bold by hand."""
    import docx

    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Norrboda kommun"
    table = None
    waiting = ""
    for level, number, words in blocks:
        if level != "tabellrad":
            table = None
        if level == "titel":
            made.add_heading(words, 0)
        elif level == "rubrik1":
            made.add_heading(words, 1) if not run_in else made.add_paragraph().add_run(words.upper() if label == "§ {}." else words)
            if run_in:
                made.paragraphs[-1].runs[0].bold = True
        elif level == "paragraf":
            shown = label.format(number)
            if words:
                made.add_heading(f"{shown} {words}", 2)
            elif run_in:
                waiting = shown
            else:
                made.add_paragraph().add_run(shown).bold = True
        elif level == "strecksats":
            made.add_paragraph(words, style="List Bullet")
        elif level == "punkt":
            made.add_paragraph(words, style="List Number") if not run_in else made.add_paragraph(f"{number}. {words}")
        elif level == "bokstav":
            made.add_paragraph(f"{number}) {words}", style="List Continue 2")
        elif level == "tabellrad":
            cells = words.split(" | ")
            if table is None:
                table = made.add_table(rows=0, cols=len(cells), style="Table Grid")
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
        else:
            p = made.add_paragraph()
            if waiting:
                p.add_run(waiting).bold = True
                p.add_run(" ")
                waiting = ""
            p.add_run(words)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def nested(blocks: list[Block], wrapped: bool) -> Iterator[str]:
    """Lists inside lists, and all of it in a table that lays out the page."""
    depth: list[str] = []
    yield "<html lang='sv'><head><meta charset='utf-8'><title>Reglemente</title></head><body>"
    if wrapped:
        yield "<table><tr><td><ul class='meny'><li><a href='/'>Start</a></li></ul></td><td>"
    rows = False
    for level, number, words in blocks:
        want = {"strecksats": ["ul"], "punkt": ["ol"], "bokstav": ["ol", "ol type='a'"]}.get(level, [])
        while (depth and depth[: len(want)] != want[: len(depth)]) or len(depth) > len(want):
            yield f"</li></{depth.pop().split()[0]}>"
        if want and len(depth) == len(want):
            yield "</li>"
        for tag in want[len(depth) :]:
            depth.append(tag)
            yield f"<{tag}>"
        if rows and level != "tabellrad":
            yield "</tbody></table>"
        text = html.escape(words)
        if level == "tabellrad":
            yield ("" if rows else "<table border='1'><tbody>") + "<tr>" + "".join(f"<td><p>{c}</p></td>" for c in text.split(" | ")) + "</tr>"
        elif want:
            yield f"<li><p>{text}</p>"
        elif level == "titel":
            yield f"<h1>{text}</h1>"
        elif level == "rubrik1":
            yield f"<h2>{text}</h2>"
        elif level == "paragraf":
            yield f"<h3>{number} § {text}</h3>" if text else f"<p><strong>{number} §</strong></p>"
        else:
            yield f"<p>{text}</p>"
        rows = level == "tabellrad"
    yield "</td></tr></table></body></html>" if wrapped else "</body></html>"


def breaks(blocks: list[Block]) -> str:
    """Everything typed: marks, numbers and line breaks."""
    marks = {"strecksats": "• ", "punkt": "{}. ", "bokstav": "{}) "}
    lines: list[str] = []
    for level, number, words in blocks:
        text = html.escape(words)
        if level in marks:
            lines[-1] = lines[-1].removesuffix("</p>") + f"<br>{marks[level].format(number)}{text}</p>"
        elif level == "tabellrad":
            cells = "".join(f"<td>{c}</td>" for c in text.split(" | "))
            lines.append(f"<table><tr>{cells}</tr></table>" if not lines[-1].endswith("</table>") else "")
            if not lines[-1]:
                lines.pop()
                lines[-1] = lines[-1].removesuffix("</table>") + f"<tr>{cells}</tr></table>"
        elif level == "paragraf":
            lines.append(f"<p><b>§ {number}</b>{' ' + text if text else ''}</p>" if not text else f"<p><b>§ {number} {text}</b></p>")
        else:
            lines.append({"titel": f"<h1>{text}</h1>", "rubrik1": f"<p><b><u>{text}</u></b></p>"}.get(level, f"<p>{text}</p>"))
    return f"<html lang='sv'><head><meta charset='utf-8'></head><body>{''.join(lines)}</body></html>"


def converted(page: str) -> bytes:
    """A page as LibreOffice saves it as a Word file; b"" where it does not."""
    if shutil.which("soffice") is None:
        return b""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "x.html").write_text(page, encoding="utf-8")
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/p", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder,
             f"{folder}/x.html"], check=False, capture_output=True, timeout=200,
        )  # fmt: skip
        made = Path(folder, "x.docx")
        return made.read_bytes() if made.is_file() else b""


def documents() -> Iterator[tuple[str, str, bytes, list[Block]]]:
    """Yield name, suffix, bytes and facit of each document."""
    yield "python-docx, rubriker", ".docx", python_docx(SPECIFIC, "{} §", False), SPECIFIC
    yield "python-docx, § först", ".docx", python_docx(SPECIFIC, "§ {}", False), SPECIFIC
    yield "python-docx, eget nummer", ".docx", python_docx(PLAIN, "{} §", False), PLAIN
    yield "python-docx, löpande", ".docx", python_docx(PLAIN, "§ {}", True), PLAIN
    for name, blocks in (("med titlar", SPECIFIC), ("utan titlar", PLAIN)):
        page = "".join(nested(blocks, False))
        yield f"html, {name}", ".html", page.encode(), blocks
        yield f"html i tabell, {name}", ".html", "".join(nested(blocks, True)).encode(), blocks
        yield f"html, radbrytningar, {name}", ".html", breaks(blocks).encode(), blocks
        for kind, source in (("listor", page), ("radbrytningar", breaks(blocks))):
            for maker, suffix, data in (("chromium", ".pdf", browser_pdf(source.encode())), ("libreoffice", ".docx", converted(source))):
                if data:
                    yield f"{maker} {suffix} {kind}, {name}", suffix, data, blocks
    for tagged in (True, False):
        made = office_pdfs({"a": python_docx(SPECIFIC, "{} §", False), "b": python_docx(PLAIN, "§ {}", True)}, tagged)
        for name, blocks in (("a", SPECIFIC), ("b", PLAIN)):
            if name in made:
                yield f"python-docx, pdf {name} {'taggad' if tagged else 'otaggad'}", ".pdf", made[name], blocks


def main(arguments: list[str]) -> int:
    """Measure every document."""
    for name, suffix, data, blocks in documents():
        read = read_document(source_for(suffix).read(data))
        found: list[dict[str, object]] = [{"niva": b.level, "nr": b.number, "markor": b.marker, "text": b.text} for b in read.blocks]
        facit: list[dict[str, object]] = [{"niva": level, "nr": number, "markor": "", "text": words} for level, number, words in blocks]
        print(row(name, measured(facit, found), len(facit)))
        if "-v" in arguments:
            differences(facit, found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
