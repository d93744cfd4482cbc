"""demo --word: a municipality that has its charters as Word files, and makes a register of them.

The files are written here, from the example register, each with what makes such files a person's work: one that is as it should be,
one in which somebody has left tracked changes, one with a number that stands twice and no day of adoption.
"""

from __future__ import annotations

import io
import shlex
from contextlib import chdir, redirect_stdout
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import wrap

import click

from reglemente_tool.cli.output import heading, say
from reglemente_tool.cli.register import standing_charters
from reglemente_tool.cli.show import clean
from reglemente_tool.model.address import Address
from reglemente_tool.model.charter import Charter, CharterId, edit, renumbered
from reglemente_tool.model.finding import find
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.page import Page
from reglemente_tool.writing.writers import writer

DAY = date(2023, 1, 1)
GOOD, TRACKED, DOUBTFUL = CharterId("overformyndarnamnden"), CharterId("vard-och-omsorgsnamnden"), CharterId("bygg-och-miljonamnden")
CITED = "2 §"
"""What is looked up at the end, in the charter that had tracked changes: the words that were there before them."""
ROLE = "nämndsekreterare (exempel)"


def word_demo(source: Register, place: Path) -> tuple[list[Path], Register]:
    """Go the whole road in `place`, printing each command and what it answers. Return the Word files and the register that is made."""
    _chapter("1. En mapp med Word-filer")
    files = word_files(source, place / "word")
    for path in files:
        say(str(path), indent=2)
    say("Texterna är exempel. I en av dem har någon lämnat spårade ändringar, och i en annan står ett paragrafnummer två gånger.")
    _chapter("2. Ett tomt register, och alla filer på en gång")
    register = place / "register"
    _run(f'reglemente ny {shlex.quote(str(register))} --kommun "Norrboda kommun" --kod 9999')
    _show(f"cd {shlex.quote(str(register))}")
    with chdir(register):
        _road(source)
    return files, Register.open(register)


def _road(source: Register) -> None:
    """What is done in the register's folder."""
    word, texts = Path("..", "word"), Path("..", "texter")
    _run("reglemente importera ../word --text-ut ../texter")
    say("Inget är infört än. Tabellen säger vad en person behöver se över, fil för fil.")
    _chapter("3. Spårade ändringar: är de beslutade?")
    say("Sekreteraren öppnar filen i Word, ser att ändringarna aldrig har beslutats, avvisar dem och sparar. Sedan läses den på nytt.")
    (word / f"{TRACKED}.docx").write_bytes(_document(_page(source, TRACKED)))
    _run(f"reglemente importera ../word/{TRACKED}.docx")
    _chapter("4. Ett nummer som står två gånger: rättas i textformen")
    text = texts / f"{DOUBTFUL}.txt"
    _run(f"reglemente importera ../texter/{DOUBTFUL}.txt --torrkor")
    row = _corrected(text)
    say(f"Textformen är en vanlig textfil. Sekreteraren jämför med protokollet och ändrar ”6 §” till ”7 §” på rad {row}.")
    _run(f"reglemente importera ../texter/{DOUBTFUL}.txt --beslutat 2022-11-28 --paragraf 183 --galler-fran 2023-01-01")
    say("Filen sa inte när reglementet antogs eller börjar gälla. Dagarna i kommandot är sekreterarens svar, efter protokollet.")
    _chapter("5. Genomlästa och införda")
    for draft in Register.open(Path()).drafts:
        _run(f'reglemente infor {draft} --bekraftad-av "{ROLE}"')
    _chapter("6. Registret svarar")
    _run(f'reglemente visa {TRACKED} "{CITED}" --galler 2024-01-01')
    _run("reglemente vem bygglov --galler 2024-01-01")
    _run("reglemente kontrollera")


def quietly(source: Register, place: Path) -> tuple[list[Path], Register]:
    """The same without printing."""
    with redirect_stdout(io.StringIO()):
        return word_demo(source, place)


def word_files(source: Register, folder: Path) -> list[Path]:
    """Write the three Word files into `folder` and return them: one in good order, one with tracked changes, one doubtful."""
    folder.mkdir(parents=True)
    tracked, doubtful = _charter(source, TRACKED), _charter(source, DOUBTFUL)
    undated = tuple((key, value) for key, value in _page(source, DOUBTFUL).facts if not key.startswith(("Antaget", "Gäller")))
    pages = {
        DOUBTFUL: clean_page(_number_twice(doubtful), facts=undated),
        GOOD: _page(source, GOOD),
        TRACKED: redline_page(tracked, _edited(tracked), facts=_page(source, TRACKED).facts),
    }
    written = []
    for id, page in pages.items():
        written.append(folder / f"{id}.docx")
        written[-1].write_bytes(_document(page))
    return written


def _document(page: Page) -> bytes:
    made = writer("docx").write(replace(page, status=()))
    assert isinstance(made, bytes)
    return made


def _page(source: Register, id: CharterId) -> Page:
    return clean(source, id, DAY)


def _charter(source: Register, id: CharterId) -> Charter:
    return next(c for c in standing_charters(source.history, in_force=DAY) if c.id == id)


def _edited(charter: Charter) -> Charter:
    """As somebody would have it who works on a proposal."""
    one = find(charter, Address.from_code("par2.st1.ss4"))
    return edit(charter, one.wid, lambda p: replace(p, text="ekonomiskt bistånd, dödsboanmälningar och flyktingmottagande,"))


def _number_twice(charter: Charter) -> Charter:
    one = find(charter, Address.from_code("par7"))
    return edit(charter, one.wid, lambda p: renumbered(p, "6"))


def _corrected(text: Path) -> int:
    """Give the second 6 § in the text form its number back, as a person would; return its row."""
    lines = text.read_text(encoding="utf-8").splitlines()
    row = [at for at, line in enumerate(lines) if line == "6 §"][1]
    lines[row] = "7 §"
    text.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return row + 1


def _run(line: str) -> None:
    """Print a command and do what it says."""
    from reglemente_tool.cli import run

    _show(line)
    run(shlex.split(line)[1:])
    click.echo()


def _show(line: str) -> None:
    click.echo()
    click.echo("\n".join(wrap(f"$ {line}", 79, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)))


def _chapter(text: str) -> None:
    click.echo()
    click.echo("=" * 80)
    heading(text)
