"""importera MAPP: every charter in a folder, one draft each, and a closing table of what needs a person."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from reglemente_tool.cli.adopting import committee_in, imported
from reglemente_tool.cli.files import charter_of, source
from reglemente_tool.cli.importing.imports import block_data, contents_said, write_text_form
from reglemente_tool.cli.importing.proofs import proof_page, write_proof
from reglemente_tool.cli.output import answer, misfit, problem_data, say, table
from reglemente_tool.errors import Level, Problem, ReglementeError
from reglemente_tool.model.charter import walk
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.reading.sources import sources
from reglemente_tool.reading.wording import ReadCharter
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.proof import Listed, write_table

_NOTHING = {"beslutat": None, "galler_fran": None, "paragraf": None, "dnr": None}


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of one file."""

    file: str
    read: ReadCharter | None = None
    proposal: Proposal | None = None
    error: ReglementeError | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        found = (self.error.problem(),) if self.error is not None else ()
        return (*found, *(self.read.problems if self.read is not None else ()))


def import_folder(register: Register | None, folder: Path, text_out: str | None, proofs: str | None, som_json: bool) -> int:
    """Read every document in `folder` (not in folders inside it) and save a draft for each; `register` None saves nothing.

    `text_out` is a folder for the text forms, `proofs` one for a page of review for each document and a table of them.
    A file that cannot be read is told of and the rest are read all the same. Returns the exit code.
    """
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
    documents = [path for path in files if path.suffix.lower() in sources()]
    others = [path.name for path in files if path not in documents]
    if not documents:
        raise misfit(f"Mappen {folder} har inga dokument som kan läsas.", f"Det som kan läsas är {', '.join(sorted(sources()))}.")
    into, beside = (Path(asked) if asked else None for asked in (text_out, proofs))
    for made in (into, beside):
        if made is not None:
            made.mkdir(exist_ok=True)
    results: list[_Result] = []
    taken: dict[str, str] = {}
    for at, path in enumerate(documents, 1):
        if sys.stderr.isatty():
            click.echo(f"{at} av {len(documents)}: {path.name}", err=True)
        results.append(_one(register, path, into, beside, taken))
    if beside is not None:
        _write_table(beside, folder, results, others)
    stops = any(p.level is Level.FEL for result in results for p in result.problems)
    data = {"mapp": str(folder), "filer": [_data(result) for result in results], "andra_filer": others}
    if not answer(som_json, "importera", data):
        _tell(results, others, register is not None)
        if beside is not None:
            say(f"Originalen och texterna bredvid varandra: öppna {beside / 'index.html'} i webbläsaren.")
    return int(stops)


def _one(register: Register | None, path: Path, into: Path | None, beside: Path | None, taken: dict[str, str]) -> _Result:
    read: ReadCharter | None = None
    try:
        found = source(str(path))
        read = charter_of(found)
        if beside is not None:
            write_proof(beside / _proof_name(path.name), proof_page(str(path), found, read, contents_said(read)))
        if into is not None:
            write_text_form(read, into / f"{path.stem}.txt", path)
        committee = committee_in(read.title)
        if committee in taken:
            twice = f"{taken[committee]} är också ett reglemente för {committee}."
            raise misfit(twice, "Läs in den ena för sig, med --namnd om det är två nämnder.")
        taken[committee] = path.name
        if register is None:
            return _Result(path.name, read)
        proposal = imported(register, read, committee, (), _NOTHING)
        register.save_draft(proposal)
    except ReglementeError as error:
        return _Result(path.name, read, error=error)
    return _Result(path.name, read, proposal)


def _proof_name(file: str) -> str:
    return f"{file}.html"


def _write_table(into: Path, folder: Path, results: list[_Result], others: list[str]) -> None:
    """Write the page that leads to the page of every document."""
    rows = tuple(
        Listed(
            result.file, _proof_name(result.file) if result.read is not None else "", result.read.title if result.read is not None else "",
            str(_paragrafer(result.read)) if result.read is not None else "–", len(result.problems), _to_do(result),
        )
        for result in results
    )  # fmt: skip
    write_proof(into / "index.html", write_table(folder.name or str(folder), rows, tuple(others)))


def _paragrafer(read: ReadCharter) -> int:
    return sum(p.kind.value == "paragraf" for p in walk(read.body))


def _data(result: _Result) -> dict[str, object]:
    return {
        "fil": result.file,
        "forslag": result.proposal.id if result.proposal is not None else None,
        "rubrik": result.read.title if result.read is not None else None,
        "fragor": [{"kod": q.code, "text": q.text} for q in result.proposal.questions] if result.proposal is not None else [],
        "problem": [problem_data(p) for p in result.problems],
        "block": block_data(result.read) if result.read is not None else [],
    }


def _tell(results: list[_Result], others: list[str], saved: bool) -> None:
    rows = []
    for result in results:
        rows.append((result.file, f"{_paragrafer(result.read)} §§" if result.read is not None else "–", _to_do(result)))
    table(rows, indent=0)
    click.echo()
    good = sum(result.error is None for result in results)
    what = "sparade som förslag" if saved else "lästa, inget är sparat"
    say(f"{good} av {len(results)} dokument är {what}.")
    if others:
        say(f"Inte lästa: {', '.join(others)}.")
    if saved and good:
        say("Gå igenom ett i taget:  reglemente prova FÖRSLAG")


def _to_do(result: _Result) -> str:
    """What a person has to do with one file, in a few words."""
    if result.error is not None:
        return f"{result.error.message} {result.error.hint}".strip()
    asked = [q.text for q in result.proposal.questions] if result.proposal is not None else []
    doubts: dict[str, int] = {}
    for problem in result.problems:
        doubts[problem.code] = doubts.get(problem.code, 0) + 1
    look = ", ".join(f"{code} {n}" if n > 1 else code for code, n in doubts.items())
    parts = [f"förslaget {result.proposal.id}"] if result.proposal is not None else []
    parts += [" ".join(asked)] if asked else []
    parts += [f"se över: {look}"] if look else []
    return "; ".join(parts) or "inget att se över"
