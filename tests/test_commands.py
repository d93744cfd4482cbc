"""Commands as transcripts: what a person types and what the program answers.

A case may have sections `--- fil NAMN` (files in the current folder) and has one `--- körning`: lines that begin with
`$ ` are run one after the other in a copy of an example register, the rest is what they print; `[1]` is an exit code.
"""

from __future__ import annotations

import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from conftest import cases, expect, sections

from reglemente_tool.cli import run
from reglemente_tool.cli.demo import build


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register with its git history, built once."""
    folder = tmp_path_factory.mktemp("exempel") / "register"
    build(folder)
    return folder


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
