"""Mutation testing of amendments/ and consolidate/: small faults are put in one at a time, and the fast tests must notice.

`python bench/mutants.py [--every N] [--first N] FILE …` (default: all of both rooms) works on a copy of the project in a temporary
folder, so that nothing here is ever changed. Prints each survivor with its line, and the figures at the end; docs/mutation.md keeps them.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import copy
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies  # noqa: F401  (loaded once, for all children)
import lxml.etree  # noqa: F401
import pytest

ROOT = Path(__file__).resolve().parent.parent
AGREE = "tests/test_oracle.py::test_the_engine_and_the_oracle_agree"
QUICK = [
    "tests/test_amendments_alone.py", "tests/test_days.py", "tests/test_moment.py", "tests/test_history.py", "tests/test_found.py",
    "tests/test_led.py",
    f"{AGREE}[0]",
]  # fmt: skip
WHOLE = [*(f"{AGREE}[{tens}]" for tens in range(1, 5)), "tests/test_amendments.py", "tests/test_repeals.py", "tests/test_conflicts.py"]
TWIN = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Yield (line, what was done, the tree with that done): operators turned, conditions denied, numbers and texts changed."""
    types = {id(n) for annotated in ast.walk(tree) for kind in ("annotation", "returns") for n in parts(getattr(annotated, kind, None))}
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in types:
            continue
        for number, change in enumerate(changes(node)):
            made = copy.deepcopy(tree)
            spot = list(ast.walk(made))[index]
            said = list(changes(spot))[number][1]
            list(changes(spot))[number][0]()
            if change and ast.dump(made) != ast.dump(tree):
                yield getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 0), said, made


def parts(annotation: ast.AST | None) -> Iterator[ast.AST]:
    """The nodes of a type, which no test can tell from another."""
    yield from ast.walk(annotation) if annotation is not None else ()


def changes(node: ast.AST):  # type: ignore[no-untyped-def]
    """What can be done to one node, as (deed, its name)."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in TWIN:
        yield lambda: node.ops.__setitem__(0, TWIN[type(node.ops[0])]()), f"{type(node.ops[0]).__name__} turned"
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in TWIN:
        yield lambda: setattr(node, "op", TWIN[type(node.op)]()), f"{type(node.op).__name__} turned"
    if isinstance(node, ast.If | ast.IfExp):
        yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test)), "condition denied"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda: (setattr(node, "op", ast.Not()), setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))), "not dropped"
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield lambda: setattr(node, "value", node.value + 1), f"{node.value} is {node.value + 1}"
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield lambda: setattr(node, "value", not node.value), f"{node.value} turned"
    if isinstance(node, ast.comprehension) and node.ifs:
        yield lambda: node.ifs.pop(0), "filter dropped"
    if isinstance(node, ast.Raise):
        other = ast.Call(ast.Name("ZeroDivisionError", ast.Load()), [], [])
        yield lambda: (setattr(node, "exc", other), setattr(node, "cause", None)), "raises another"
    if isinstance(node, ast.keyword) and node.arg:
        yield lambda: setattr(node, "value", ast.Constant(None)), f"{node.arg}=None"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("files", nargs="*")
    asked.add_argument("--every", type=int, default=1, help="take only each Nth mutant")
    asked.add_argument("--first", type=int, default=0, help="begin with this one")
    asked.add_argument("--only", default="", help="take only what is done in these words: \"filter dropped\"")
    options = asked.parse_args()
    rooms = (ROOT / "reglemente_tool" / room for room in ("amendments", "consolidate"))
    files = options.files or [str(p.relative_to(ROOT)) for room in rooms for p in sorted(room.glob("*.py"))]
    figures = {"killed": 0, "survived": 0}
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "project"
        shutil.copytree(ROOT, copied, ignore=shutil.ignore_patterns(".git", "__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache"))
        compileall.compile_dir(copied, quiet=1)
        for file in files:
            path = copied / file
            source = path.read_text(encoding="utf-8")
            tree = ast.parse(source)
            for old in path.parent.glob(f"__pycache__/{path.stem}.*"):
                old.unlink()
            for number, (line, said, made) in enumerate(mutants(tree)):
                if number % options.every != options.first % options.every or options.only not in said:
                    continue
                path.write_text(ast.unparse(ast.fix_missing_locations(made)), encoding="utf-8")
                fate = "killed" if noticed(copied) else "survived"
                figures[fate] += 1
                print(end="." if fate == "killed" else "\n", flush=True)
                if fate == "survived":
                    print(f"{file}:{line}: {said}: {source.splitlines()[line - 1].strip() if line else ''}", flush=True)
            path.write_text(source, encoding="utf-8")
            print(f"{file}: {figures}", flush=True)
    return 0


def noticed(project: Path) -> bool:
    """Whether the tests fail, or never end: the quick ones first, and those that read whole decisions only if they see nothing."""
    return any(failed(project, tests) for tests in (QUICK, WHOLE))


def failed(project: Path, tests: list[str]) -> bool:
    """Run the tests in a child that has everything loaded but the project itself."""
    child = os.fork()
    if child == 0:
        sys.dont_write_bytecode = True
        os.chdir(project)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        sys.path.insert(0, str(project))
        os._exit(int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "--hypothesis-profile=brief", *tests]) != 0))
    return os.waitpid(child, 0)[1] != 0


if __name__ == "__main__":
    sys.exit(main())
