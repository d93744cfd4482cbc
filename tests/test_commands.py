"""Commands as transcripts: what a person types and what the program answers.

A case may have sections `--- fil NAMN` (files in the current folder) and has one `--- körning`: lines that begin with
`$ ` are run one after the other in a copy of an example register, the rest is what they print; `[1]` is an exit code.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from conftest import cases, expect, sections

from reglemente_tool.cli import run
from reglemente_tool.model.charter import Charter, walk


def typed(line: str) -> tuple[int, str]:
    """Run one command line in this process; return its exit code and all that it printed."""
    raw = BytesIO()
    screen = TextIOWrapper(raw, encoding="utf-8", write_through=True, newline="")
    with redirect_stdout(screen), redirect_stderr(screen):
        code = run(shlex.split(line)[1:])
    screen.flush()
    return code, raw.getvalue().decode("utf-8")


def transcript(script: str, folder: Path) -> str:
    """Run every `$ ` line of `script`; return the transcript as it came out, with what differs from run to run taken out."""
    lines = []
    for line in script.split("\n"):
        if not line.startswith("$ "):
            continue
        code, printed = typed(line[2:])
        lines += [line, *printed.rstrip("\n").split("\n")] if printed else [line]
        lines += [f"[{code}]"] if code else []
    text = "\n".join(lines).replace(str(folder), "MAPP").replace(date.today().isoformat(), "IDAG")
    text = re.sub(r"\b(?:[0-9a-f]{4} ){7}[0-9a-f]{4}\b", "KONTROLLTAL", text)
    return re.sub(r"\b[0-9a-f]{64}\b", "SUMMA", re.sub(r"\b[0-9a-f]{40}\b", "INCHECKNING", text))


@pytest.mark.parametrize("case", cases("commands"), ids=lambda path: path.stem)
def test_transcript(
    case: Path, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(example, tmp_path / "r", symlinks=True)
    monkeypatch.chdir(tmp_path / "r")
    monkeypatch.setenv("COLUMNS", "80")
    parts = sections(case)
    for name, text in parts.items():
        if name.startswith("fil "):
            Path(name[4:]).write_text(text, encoding="utf-8")
    expect(request, case, "körning", transcript(parts["körning"], tmp_path))


def test_there_is_a_transcript_for_every_command() -> None:
    from reglemente_tool.cli import COMMANDS

    typed_somewhere = "\n".join(path.read_text(encoding="utf-8") for path in cases("commands"))
    missing = [name for name in COMMANDS if f"$ reglemente {name}" not in typed_somewhere]
    assert missing == ["demo"], "demo has a test of its own"


def test_the_demo_from_word_files_ends_with_a_register_of_what_stood_in_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import json

    from reglemente_tool.cli.demo import examples
    from reglemente_tool.consolidate import version_at
    from reglemente_tool.model.charter import CharterId
    from reglemente_tool.storage.library import Register

    monkeypatch.chdir(tmp_path)
    code, printed = typed("reglemente demo --word")
    assert code == 0
    assert max(map(len, printed.splitlines())) <= 80
    for words in ("SPARADE-ANDRINGAR", "NUMMER 2", "6 § står två gånger", "– ekonomiskt bistånd,", "Allt i registret följer av besluten"):
        assert words in printed, words
    assert printed.count("är infört i reglemente för") == 3
    assert len(list(Path("demo-word/word").glob("*.docx"))) == 3
    assert not list(Path("demo-word/register/forslag").glob("*.xml"))
    made, source = Register.open(Path("demo-word/register")), Register.open(examples() / "norrboda")
    for id in map(CharterId, ("bygg-och-miljonamnden", "overformyndarnamnden", "vard-och-omsorgsnamnden")):
        one, other = (version_at(register.history, id, in_force=date(2024, 1, 1)) for register in (made, source))
        assert (one.title, one.facts) == (other.title, other.facts)
        assert wordings(one) == wordings(other)
    told = json.loads(typed("reglemente demo --word --om --json")[1])
    assert told["hel"]
    assert told["beslut"] == ["kf-2022-11-28-182", "kf-2022-11-28-183", "kf-2022-11-28-184"]
    assert "har redan en demonstration" in typed("reglemente demo --word")[1]


def wordings(charter: Charter) -> list[tuple[str, str, str, str]]:
    return [(p.number, p.heading, p.text, p.closing) for p in walk(charter.body)]


def test_a_draft_with_its_days_stands_for_the_one_without(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(example, tmp_path / "r", symlinks=True)
    monkeypatch.chdir(tmp_path / "r")
    Path("hamn.txt").write_text("Reglemente för hamnnämnden\n\n1 §\nNämnden sköter hamnen.\n", encoding="utf-8")
    assert typed("reglemente importera hamn.txt --json")[0] == 1
    assert typed("reglemente importera hamn.txt --beslutat 2020-01-27 --paragraf 4 --galler-fran 2020-02-01")[0] == 0
    assert [path.stem for path in Path("forslag").glob("*.xml")] == ["kf-2020-01-27-4"]


def test_the_demo_moves_the_task_in_one_commit_that_touches_both_charters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import json

    import git

    monkeypatch.chdir(tmp_path)
    code, printed = typed("reglemente demo plats --json")
    assert code == 0
    told = json.loads(printed)
    assert [(a["att_sats"], a["typ"], a["reglemente"], a["mal"]) for a in told["lasning"]["andringar"]] == [
        (1, "upphor", "socialnamnden", "par2.st1.ss4"),
        (2, "infors", "kommunstyrelsen", "par2.st1.ss11"),
    ]
    assert [(n["att_sats"], n["skal"]) for n in told["lasning"]["ingen_andring"]] == [(3, "annan-handling"), (4, "uppdrag")]
    assert [s["namnd"] for s in told["fore"]["svar"]] == ["socialnämnden"]
    assert [s["namnd"] for s in told["efter"]["svar"]] == ["kommunstyrelsen"]
    assert told["efter"]["svar"][0]["kom_fran"]["namnd"] == "socialnämnden"
    assert told["hel"]
    assert all(Path(path).stat().st_size > 500 for path in told["dokument"])
    repo = git.Repo(tmp_path / "plats" / "register")
    changed = repo.commit(told["incheckning"]).stats.files
    assert sorted(str(name) for name in changed) == [
        "beslut/2017/kf-2017-06-21-105.xml", "reglementen/kommunstyrelsen.xml", "reglementen/socialnamnden.xml",
    ]  # fmt: skip
    for charter, sign, words in (("socialnamnden", "-", "ansvara för integrationsfrågor"), ("kommunstyrelsen", "+", "integrationsfrågor")):
        diff = repo.git.diff(f"{told['incheckning']}~", told["incheckning"], "--", f"reglementen/{charter}.xml", unified=0)
        body = [line for line in diff.split("\n") if line[:1] in "+-" and "<strecksats" in line]
        assert len(body) == 1, body
        assert body[0].startswith(sign)
        assert words in body[0]
        assert not [line for line in diff.split("\n") if line[:1] in "+-" and re.search(r"<(?:stycke|paragraf|punkt|rubrik)\b", line)]
    repo.close()


HEAVY = {
    "git", "jinja2", "typst", "pypdfium2", "diff_match_patch", "snowballstemmer", "sqlite3", "tempfile", "importlib.resources",
    "subprocess", "zipfile", "json",
}  # fmt: skip
ROOMS = {"reading", "writing", "drafting", "exchange", "review", "check", "conflicts", "compare"}


@pytest.mark.parametrize(("line", "more"), [(["--version"], {"lxml", "tomllib"}), (["vem", "bygglov", "--register", "{}"], set())])
def test_a_command_waits_for_nothing_that_it_does_not_need(line: list[str], more: set[str]) -> None:
    """Most of a short command's time is what it loads, so what `vem` must not load is said here."""
    program = (
        "import sys; from reglemente_tool.cli import run; code = run(sys.argv[1:]); "
        "from reglemente_tool.model.patterns import Pattern; from reglemente_tool.model import citation; "
        "compiled = ['compiled:' + n for n, p in vars(citation).items() if isinstance(p, Pattern) and 'match' in vars(p)]; "
        "print(code, *sys.modules, *compiled, file=sys.stderr)"
    )
    source = Path(__file__).parent.parent
    given = [word.replace("{}", str(source / "charters" / "vanersborg")) for word in line]
    done = subprocess.run([sys.executable, "-c", program, *given], capture_output=True, text=True, cwd=source, check=True)
    code, *loaded = done.stderr.split()
    assert code == "0"
    assert not set(loaded) & (HEAVY | more)
    # To write a citation takes none of the patterns that read them.
    assert not [name for name in loaded if name.startswith("compiled:")]
    assert not {name for name in loaded if name.startswith("reglemente_tool.") and name.split(".")[1] in ROOMS}



def test_of_many_registers_the_one_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("norr", "syd"):
        assert typed(f"reglemente ny alla/{name} --kommun Provkommun --kod 1234")[0] == 0
    Path("alla/syd/register.xml").write_bytes(b"")
    code, printed = typed("reglemente vem bygglov --register alla --index index.db")
    assert code == 3
    assert "Registret alla/syd: register.xml: filen är tom." in " ".join(printed.split())
    assert "säkerhetskopia" in printed
