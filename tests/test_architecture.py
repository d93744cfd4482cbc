"""The house stands as docs/architecture.md says: floors, purity, size, and a glossary without holes."""

from __future__ import annotations

import ast
import re
import shlex
from functools import cache
from pathlib import Path

import click
import pytest

import reglemente_tool
from reglemente_tool.amendments import types
from reglemente_tool.model.address import Kind

HOUSE = Path(reglemente_tool.__file__).parent
ROOT = HOUSE.parent
MODULES = sorted(HOUSE.rglob("*.py"))

FLOORS = {
    "errors": 0, "shelf": 0, "model": 1, "safexml": 1, "amendments": 2, "consolidate": 3, "compare": 3, "saying": 3,
    "check": 4, "conflicts": 4, "ownership": 4,
    "reading": 5, "drafting": 5, "writing": 5, "storage": 5, "exchange": 5, "review": 5, "cli": 6, "web": 6,
}  # fmt: skip
"""Imports only go down. Two rooms on one floor do not know each other."""

SHELL = {
    "storage/git/files.py", "storage/git/head.py", "storage/git/launching.py", "storage/git/repository.py", "storage/git/server.py",
    "storage/git/signing.py", "storage/git/stream.py", "storage/library.py", "storage/syncing.py",
}  # fmt: skip
WORLD = {"os", "sys", "subprocess", "random", "secrets", "time", "tempfile", "shutil", "socket", "git", "uuid"}
STANDARD_ONLY = {"model", "errors", "shelf"}
THIRD_PARTY = {"lxml", "git", "click", "diff_match_patch", "jinja2", "typst", "pypdfium2", "snowballstemmer", "xlsxwriter"}


def _room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_only_go_down(path: Path) -> None:
    room = _room(path)
    if room in ("__init__", "__main__"):
        return
    for name in _imports(path):
        parts = name.split(".")
        if parts[0] != "reglemente_tool" or len(parts) == 1 or parts[1] == room or parts[1] not in FLOORS:
            continue
        assert FLOORS[parts[1]] < FLOORS[room], f"{_name(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_the_shell_touches_the_world(path: Path) -> None:
    if _name(path) in SHELL or _room(path) in ("cli", "web"):
        return
    roots = {name.split(".")[0] for name in _imports(path)}
    assert not roots & WORLD, f"{_name(path)} imports {roots & WORLD}"
    if _room(path) in STANDARD_ONLY:
        assert not roots & THIRD_PARTY, f"{_name(path)} imports {roots & THIRD_PARTY}"
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"open", "print", "input"}, f"{_name(path)}:{node.lineno} calls {called}"
            assert not called.endswith((".today", ".now", ".utcnow")), f"{_name(path)}:{node.lineno} reads the clock"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_room_is_crowded(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in {"utils", "helpers"}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_public_names_say_what_they_are(path: Path) -> None:
    tree = _tree(path)
    assert ast.get_docstring(tree), f"{_name(path)} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{_name(path)}:{node.lineno} {node.name} has no docstring"
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for member in node.body:
                if isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
                    assert ast.get_docstring(member), f"{_name(path)}:{member.lineno} {node.name}.{member.name} has no docstring"


def test_the_glossary_has_every_kind_and_every_amendment() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for word in [*(f"Kind.{kind.name}" for kind in Kind), *types(), *(t.__name__ for t in types().values())]:
        assert f"`{word}`" in glossary, word


def test_every_command_is_in_the_handbook_and_has_help() -> None:
    from reglemente_tool.cli import COMMANDS, main_group

    handbook = (ROOT / "docs" / "handbok.md").read_text(encoding="utf-8")
    context = main_group.make_context("reglemente", [], resilient_parsing=True)
    for name in COMMANDS:
        command = main_group.get_command(context, name)
        assert command is not None
        assert command.help, name
        assert f"reglemente {name}" in handbook, name
        assert any(option.name == "som_json" for option in command.params), f"{name} has no --json"


def test_help_fits_a_screen_of_80_columns_in_swedish_and_breaks_no_example(monkeypatch: pytest.MonkeyPatch) -> None:
    from reglemente_tool.cli import COMMANDS, main_group

    monkeypatch.setenv("COLUMNS", "80")
    context = main_group.make_context("reglemente", [], resilient_parsing=True)
    for name in COMMANDS:
        command = main_group.get_command(context, name)
        assert command is not None
        told = command.get_help(click.Context(command, info_name=f"reglemente {name}", **command.context_settings))
        assert max(map(len, told.splitlines())) <= 80, name
        assert not re.search(r"\[(?:required|OPTIONS|default)", told), name
        for line in told.partition("Exempel:")[2].split("\n\n")[0].splitlines():
            assert line.lstrip().startswith(("reglemente ", "--", "reglementen")), f"{name}: {line}"


@pytest.mark.parametrize("page", ["hotbild.md", "bevis.md", "server.md", "results.md", "architecture.md"])
def test_every_test_that_a_page_names_exists(page: str) -> None:
    said = (ROOT / "docs" / page).read_text(encoding="utf-8")
    sources = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py")}
    names = {name for text in sources.values() for name in re.findall(r"^def (test_\w+)\(", text, re.MULTILINE)} | sources.keys()
    # "test_killed_at_any_step…" and "…_never_answers…" leave out what the reader does not need.
    for written in re.findall(r"`(?:tests/)?(test_[\w…]+|…[\w…]+)(?:\.py)?`", said):
        wanted = re.compile(re.escape(written).replace("…", r"\w*"))
        assert any(wanted.fullmatch(name) for name in names), f"docs/{page}: {written}"
    if page == "hotbild.md":
        assert said.count("`test_") > 50


def test_the_handbook_is_numbered_in_order_and_its_contents_lead_to_every_section() -> None:
    handbook = (ROOT / "docs" / "handbok.md").read_text(encoding="utf-8")
    headings = [h for h in re.findall(r"^## (.+)$", handbook, re.MULTILINE) if h != "Innehåll"]
    numbers = [int(h.partition(".")[0]) for h in headings[:-1]]
    assert numbers == list(range(len(numbers)))
    assert re.findall(r"^- \[(.+)\]\(#(.+)\)$", handbook, re.MULTILINE) == [(h, _anchor(h)) for h in headings]
    for page in (ROOT / "docs").glob("*.md"):
        for link in re.findall(r"handbok\.md#([^)]+)\)", page.read_text(encoding="utf-8")):
            assert link in map(_anchor, headings), f"{page.name}: {link}"


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", ["README.md", "charters/README.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md")))])
def test_every_command_that_a_page_shows_can_be_typed(page: str) -> None:
    from reglemente_tool.cli import main_group

    shown = re.findall(r"^ {4,}(?:\$ )?reglemente (.+)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    context = main_group.make_context("reglemente", [], resilient_parsing=True)
    for line in shown:
        name, *words = shlex.split(line)
        command = main_group.get_command(context, name)
        assert command is not None, line
        command.make_context(name, words, parent=context)
    assert shown or page not in ("README.md", "docs/handbok.md")


def test_every_link_in_the_docs_leads_to_a_file() -> None:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "charters" / "README.md"):
        for link in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert "://" in link or (page.parent / link).exists(), f"{page.name}: {link}"
