"""Rebuild the example registers beside this folder from its texts: python charters/underlag/build.py (make examples)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

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
}  # fmt: skip


def main(target: Path) -> None:
    """Write every example register, without its git repository, into `target`."""
    for name, (municipality, code, committees) in REGISTERS.items():
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / name
            _reglemente("ny", str(folder), "--kommun", municipality, "--kod", code)
            for file, committee, short in committees:
                source = str(HERE / name / f"{file}.txt")
                _reglemente(
                    "importera", source, "--namnd", committee, "--forkortning", short,
                    "--bekraftad-av", "exempelförfattare", "--register", str(folder),
                )  # fmt: skip
            for part in ("register.xml", "beslut", "reglementen"):
                _copy(folder / part, target / name / part)


def _reglemente(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "reglemente_tool", *words], check=True, stdout=subprocess.DEVNULL)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
