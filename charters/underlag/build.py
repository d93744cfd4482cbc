"""Rebuild the example registers beside this folder from its texts: python charters/underlag/build.py (make examples)."""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from reglemente_tool.cli import run

HERE = Path(__file__).parent
ROLE = "exempelförfattare"

REGISTERS = {
    "vanersborg": ("Vänersborgs kommun", "1487", [
        ("kommunstyrelsen", "kommunstyrelsen", "KS"),
        ("barn-och-utbildningsnamnden", "barn- och utbildningsnämnden", "BUN"),
        ("samhallsbyggnadsnamnden", "samhällsbyggnadsnämnden", "SBN"),
        ("kultur-och-fritidsnamnden", "kultur- och fritidsnämnden", "KFN"),
        ("socialnamnden", "socialnämnden", "SN"),
    ]),
    "norrboda": ("Norrboda kommun", "9999", [
        ("kommunstyrelsen", "kommunstyrelsen", "KS"),
        ("vard-och-omsorgsnamnden", "vård- och omsorgsnämnden", "VON"),
        ("bygg-och-miljonamnden", "bygg- och miljönämnden", "BMN"),
        ("overformyndarnamnden", "överförmyndarnämnden", "ÖFN"),
    ]),
    "ale": ("Ale kommun", "1440", [
        ("gemensamt-reglemente", "gemensamt reglemente för nämnderna", "GR"),
        ("kommunstyrelsen", "kommunstyrelsen", "KS"),
        ("omsorgs-och-arbetsmarknadsnamnden", "omsorgs- och arbetsmarknadsnämnden", "OAN"),
        ("utbildningsnamnden", "utbildningsnämnden", "UN"),
        ("kultur-och-fritidsnamnden", "kultur- och fritidsnämnden", "KFN"),
        ("samhallsbyggnadsnamnden", "samhällsbyggnadsnämnden", "SBN"),
    ]),
    "alingsas": ("Alingsås kommun", "1489", [
        ("kommunstyrelsen", "kommunstyrelsen", "KS"),
        ("socialnamnden", "socialnämnden", "SN"),
        ("barn-och-ungdomsnamnden", "barn- och ungdomsnämnden", "BUN"),
        ("utbildningsnamnden", "utbildningsnämnden", "UN"),
        ("kultur-och-fritidsnamnden", "kultur- och fritidsnämnden", "KFN"),
        ("samhallsbyggnadsnamnden", "samhällsbyggnadsnämnden", "SBN"),
    ]),
    "lidkoping": ("Lidköpings kommun", "1494", [
        ("kommunstyrelsen", "kommunstyrelsen", "KS"),
        ("social-och-arbetsmarknadsnamnden", "social- och arbetsmarknadsnämnden", "SAN"),
        ("vard-och-omsorgsnamnden", "vård- och omsorgsnämnden", "VON"),
        ("barn-och-skolnamnden", "barn- och skolnämnden", "BSN"),
        ("utbildningsnamnden", "utbildningsnämnden", "UN"),
        ("kultur-och-fritidsnamnden", "kultur- och fritidsnämnden", "KFN"),
        ("samhallsbyggnadsnamnden", "samhällsbyggnadsnämnden", "SBN"),
    ]),
    "taby": ("Täby kommun", "0160", [
        ("kommunstyrelsen", "kommunstyrelsen", "KS"),
        ("socialnamnden", "socialnämnden", "SN"),
        ("barn-och-grundskolenamnden", "barn- och grundskolenämnden", "BGN"),
        ("kultur-och-fritidsnamnden", "kultur- och fritidsnämnden", "KFN"),
        ("stadsbyggnadsnamnden", "stadsbyggnadsnämnden", "SBN"),
    ]),
}  # fmt: skip
"""Folder -> municipality, code, and its charters: text file, committee, abbreviation."""

ANSWERS = {
    "alingsas/kf-2018-04-25-87": ("REGLEMENTE:1=utbildningsnamnden", "UPPGIFTER:1=listan", "HARLEDD:1=ja"),
}
"""Decision -> what the one who confirmed its reading answered."""


def main(target: Path) -> None:
    """Write every example register, without its git repository, into `target`: charters first, then each decision in `beslut`."""
    for name, (municipality, code, committees) in REGISTERS.items():
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / name
            at = ("--register", str(folder))
            _reglemente("ny", str(folder), "--kommun", municipality, "--kod", code)
            for file, committee, short in committees:
                source = str(HERE / name / f"{file}.txt")
                _reglemente("importera", source, "--namnd", committee, "--forkortning", short, "--bekraftad-av", ROLE, *at)
            for text in sorted((HERE / name / "beslut").glob("*.txt")):
                answers = [word for answer in ANSWERS.get(f"{name}/{text.stem}", ()) for word in ("--svar", answer)]
                draft = _reglemente("las", str(text), *answers, *at)["forslag"]
                _reglemente("infor", draft, "--bekraftad-av", ROLE, *at)
            for part in ("register.xml", "beslut", "reglementen"):
                _copy(folder / part, target / name / part)


def _reglemente(*words: str) -> dict[str, Any]:
    """Run one command and return what it answered; stop at the first that does not go well."""
    said = io.StringIO()
    with redirect_stdout(said):
        code = run([*words, "--json"])
    if code:
        sys.exit(f"reglemente {' '.join(words)}\n{said.getvalue()}")
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
