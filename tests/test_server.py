"""A git server that tries a register before it takes it in: the hook and the workflows of docs/server, as they are there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_commands import typed
from test_storage_git import git
from test_storage_register import FIRST, KOMMUN, LAW, MOVE, NOW

from reglemente_tool.storage.git import commits
from reglemente_tool.storage.library import Register

ROOT = Path(__file__).parent.parent
HOOK = ROOT / "docs" / "server" / "pre-receive"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the hook is a shell script")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register that has been sent to a server with the hook, and a program that runs reglemente. Made once."""
    place = tmp_path_factory.mktemp("server")
    register = Register.create(place / "r", KOMMUN, now=NOW)
    register.enact(FIRST, now=NOW)
    register.enact(MOVE, now=NOW)
    git(place, "init", "--quiet", "--bare", "--initial-branch=main", "s.git")
    git(register.folder, "push", "--quiet", "../s.git", "main")
    return place


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path / "p")
    (tmp_path / "p" / "s.git" / "hooks").mkdir(exist_ok=True)
    shutil.copy(HOOK, tmp_path / "p" / "s.git" / "hooks" / "pre-receive")
    program = tmp_path / "reglemente"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m reglemente_tool "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("REGLEMENTE", str(program))
    return tmp_path / "p"


def push(place: Path, *words: str) -> tuple[bool, str]:
    """Push as a person would; return whether the server took it, and what it said."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", "push", *(words or ("../s.git", "main"))], cwd=place / "r", capture_output=True, env={**clean, **quiet}, check=False
    )
    said = re.sub(r"\s+", " ", re.sub(r"\s*\nremote:|^remote:", "", done.stderr.decode(), flags=re.MULTILINE))
    return done.returncode == 0, said


def amend(place: Path, path: str, change: Callable[[bytes], bytes | None]) -> None:
    """Change one file of the register by hand and commit it."""
    where = place / "r" / path
    data = change(where.read_bytes())
    if data is None:
        where.unlink()
    else:
        where.write_bytes(data)
    git(place / "r", "commit", "--quiet", "--all", "-m", "för hand")


@posix
def test_an_honest_continuation_is_taken(place: Path) -> None:
    Register.open(place / "r").enact(LAW, now=NOW)
    taken, said = push(place)
    assert taken, said
    assert "Allt i registret följer av besluten." in said
    assert git(place / "s.git", "rev-parse", "main") == git(place / "r", "rev-parse", "main")


@posix
def test_the_first_push_to_an_empty_server_is_tried_too(place: Path) -> None:
    git(place, "init", "--quiet", "--bare", "--initial-branch=main", "tom.git")
    shutil.copytree(place / "s.git" / "hooks", place / "tom.git" / "hooks", dirs_exist_ok=True)
    taken, said = push(place, "../tom.git", "main")
    assert taken, said
    (place / "r" / "register.xml").write_bytes(b"<x/>")
    git(place / "r", "commit", "--quiet", "--all", "-m", "för hand")
    git(place, "init", "--quiet", "--bare", "--initial-branch=main", "tom2.git")
    shutil.copytree(place / "s.git" / "hooks", place / "tom2.git" / "hooks", dirs_exist_ok=True)
    assert not push(place, "../tom2.git", "main")[0]


def _spoil(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


CASES: dict[str, tuple[str, Callable[[bytes], bytes | None], str]] = {
    "an edited derived file": ("reglementen/kommunstyrelsen.xml", _spoil(b"strategisk", b"taktisk"), "1 rad som besluten inte förklarar"),
    "an edited decision": ("beslut/2017/kf-2017-06-21-105.xml", _spoil(b"2016/445", b"2016/446"), "är inte längre vad som lades in"),
    "a decision removed": ("beslut/2017/kf-2017-06-21-105.xml", lambda _: None, "är inlagt men saknas i det nya"),
    "a nämnd removed": ("register.xml", lambda data: re.sub(rb'\s*<namnd id="kommunstyrelsen".*?/>', b"", data), "är borta"),
    "another kommun": ("register.xml", _spoil(b'"0000"', b'"0001"'), "gäller Norrboda (0001)"),
}


@posix
@pytest.mark.parametrize("why", CASES)
def test_what_is_no_honest_continuation_is_refused_in_swedish(place: Path, why: str) -> None:
    path, change, words = CASES[why]
    before = git(place / "s.git", "rev-parse", "main")
    amend(place, path, change)
    taken, said = push(place)
    assert not taken, said
    assert words in said
    assert "Servern tog inte emot registret. Inget är ändrat på servern." in said
    assert "Traceback" not in said
    assert git(place / "s.git", "rev-parse", "main") == before


@posix
def test_a_rewound_or_rewritten_branch_is_refused_though_forced(place: Path) -> None:
    git(place / "r", "reset", "--quiet", "--hard", "HEAD~1")
    taken, said = push(place, "--force", "../s.git", "main")
    assert not taken
    assert "Historiken är omskriven" in said
    assert "kf-2017-06-21-105.xml är inlagt men saknas" in said
    Register.open(place / "r").enact(MOVE, now=NOW.replace(year=2025))
    taken, said = push(place, "--force", "../s.git", "main")
    assert not taken, "the same files by another history"
    assert "Historiken är omskriven" in said
    taken, said = push(place, "../s.git", ":main")
    assert not taken
    assert "kan inte tas bort" in said or "deny" in said


@posix
def test_links_and_other_branches(place: Path) -> None:
    git(place / "r", "checkout", "--quiet", "-b", "sida")
    (place / "r" / "beslut" / "x.xml").symlink_to("/etc/passwd")
    git(place / "r", "add", "--all")
    git(place / "r", "commit", "--quiet", "-m", "länk")
    assert push(place, "../s.git", "sida")[0], "only the branch that is the register is tried"
    taken, said = push(place, "../s.git", "sida:main")
    assert not taken
    assert "beslut/x.xml är en länk" in said


# --- the same by hand, and in a workflow --------------------------------------------------------------------------


def test_a_commit_is_tried_without_a_folder_of_files(place: Path) -> None:
    line = f"reglemente kontrollera --forvar {place / 's.git'} --inlagt"
    code, said = typed(f"{line} main --fore main~1")
    assert code == 0
    assert "Allt i registret följer av besluten." in said
    code, said = typed(f"{line} main~1 --fore main --json")
    assert code == 1
    assert '"OMSKRIVEN"' in said
    assert '"BESLUT-BORTA"' in said
    for wrong in ("finns-inte", "--output=x", "-x", "''", "main^{{tree}}"):
        code, said = typed(f"{line}={wrong}")
        assert code == 3, wrong
        assert "är ingen incheckning" in said
    assert typed(f"reglemente kontrollera --forvar {place / 's.git'}")[0] == 2
    assert typed(f"reglemente kontrollera --forvar {place} --inlagt main")[0] == 1
    assert typed(f"reglemente kontrollera --forvar {place / 'r'} --inlagt HEAD")[0] == 0


def test_a_giant_is_not_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commits, "MOST_BYTES", 1000)
    code, said = typed(f"reglemente kontrollera --forvar {place / 's.git'} --inlagt main")
    assert code == 3
    assert "större än" in said


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_the_workflows_run_what_the_command_takes(name: str, place: Path) -> None:
    text = (ROOT / "docs" / "server" / name).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "reglemente kontrollera" in line).split("reglemente kontrollera", 1)[1]
    words = re.sub(r'"\$\{?(GITHUB_SHA|CI_COMMIT_SHA)\}?"', git(place / "r", "rev-parse", "main"), line)
    words = re.sub(r'"\$\{?[A-Z_:\-$]+\}?"', git(place / "r", "rev-parse", "main~1"), words)
    assert "$" not in words
    code, said = typed("reglemente kontrollera" + words.replace("--forvar .", f"--forvar {place / 'r'}"))
    assert code == 0, said
