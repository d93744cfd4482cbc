"""How much of a document the import reads right.

    python bench/importing.py MAPP [-v]             every NAMN.SUFFIX with a NAMN.facit.json beside it
    python bench/importing.py --gor MAPP [--andra] [--smuts]  write the tuned layouts (or the held half), clean or dirty, with facit
    python bench/importing.py --allt                all four made in a temporary folder and measured, a line for each format

The measures are those of the conventions for blocks: the share of worded blocks found, of all blocks found with the same level,
with the same level and number, of words in the right order, and TOTAL, a Dice ratio that also counts what should not be there.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from dirt import dirty
from layouts import layouts
from rendering import FORMATS, browser_pdf, docx_auto, docx_for_print, office_pdfs, printed

from reglemente_tool.errors import CannotRead
from reglemente_tool.reading.sources import source_for
from reglemente_tool.reading.wording import read_charter, read_document

Key = tuple[str, str, str]
MEASURES = ("text", "+nivå", "+nummer", "ordning", "TOTAL")


def folded(text: str) -> str:
    """Composed letters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def key(block: dict[str, object]) -> Key:
    """What two blocks must have in common to be the same."""
    return str(block.get("niva", "")), folded(str(block.get("nr", ""))), folded(str(block.get("text", "")))


def imported(path: Path) -> list[dict[str, object]]:
    """The blocks that the importer gives for a file."""
    source = source_for(path.suffix).read(path.read_bytes())
    read = read_charter(source) if isinstance(source, str) else read_document(source)
    return [{"niva": b.level, "nr": b.number, "markor": b.marker, "text": b.text} for b in read.blocks]


def common(one: list[Key], other: list[Key]) -> int:
    """The length of the longest row that both hold in the same order."""
    row = [0] * (len(other) + 1)
    for a in one:
        corner = 0
        for at, b in enumerate(other, 1):
            corner, row[at] = row[at], corner + 1 if a == b else max(row[at], row[at - 1])
    return row[-1]


def measured(facit: list[dict[str, object]], found: list[dict[str, object]]) -> dict[str, tuple[int, int]]:
    """Hits and how many were possible, by measure. A block with "valfri" counts neither when it is there nor when it is not."""
    wanted = [key(b) for b in facit if not b.get("valfri")]
    got = [key(b) for b in found]
    for block in facit:
        if block.get("valfri"):
            same = [at for at, k in enumerate(got) if k[2] == key(block)[2]]
            if len(same) > sum(k[2] == key(block)[2] for k in wanted):
                got.pop(same[-1])

    def shared(one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> int:
        return (Counter(one) & Counter(other)).total()

    worded, worded_got = [k for k in wanted if k[2]], [k for k in got if k[2]]
    texts, texts_got = [("", "", k[2]) for k in worded], [("", "", k[2]) for k in worded_got]
    return {
        "text": (shared(texts, texts_got), len(texts)),
        "+nivå": (shared([k[::2] for k in wanted], [k[::2] for k in got]), len(wanted)),
        "+nummer": (shared(list(wanted), list(got)), len(wanted)),
        "ordning": (common(texts, texts_got), len(texts)),
        "TOTAL": (2 * common(wanted, got), len(wanted) + len(got)),
    }


def row(name: str, result: dict[str, tuple[int, int]], size: int, extra: str = "") -> str:
    """One line of the table."""
    return f"{name:34.34s}{size:6}" + "".join(f"{a / b if b else 1:9.1%}" for a, b in (result[m] for m in MEASURES)) + extra


def measure_folder(folder: Path, verbose: bool, quiet: bool = False) -> dict[str, tuple[int, int]]:
    """Measure every document in `folder`, print a line for each and one for all; return the sums."""
    sums = dict.fromkeys(MEASURES, (0, 0))
    blocks = 0
    slowest = 0.0
    for facit_file in sorted(folder.glob("*.facit.json")):
        name = facit_file.name.removesuffix(".facit.json")
        path = next(p for p in sorted(folder.glob(f"{name}.*")) if p != facit_file)
        facit = json.loads(facit_file.read_text(encoding="utf-8"))
        began = time.perf_counter()
        try:
            found = imported(path)
        except CannotRead as error:
            print(f"{path.name}: {error.message}")
            found = []
        took = time.perf_counter() - began
        slowest = max(slowest, took)
        result = measured(facit, found)
        blocks += len(facit)
        sums = {m: (sums[m][0] + result[m][0], sums[m][1] + result[m][1]) for m in MEASURES}
        if not quiet:
            print(row(path.name, result, len(facit), f"{took:7.2f} s"))
        if verbose:
            differences(facit, found)
    print(row(folder.name if quiet else "alla", sums, blocks, f"   långsammast {slowest:.2f} s"))
    return sums


def differences(facit: list[dict[str, object]], found: list[dict[str, object]]) -> None:
    """Print what is missing (-) and what should not be there (+), in order."""
    wanted, got = [key(b) for b in facit if not b.get("valfri")], [key(b) for b in found]
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        if tag != "equal":
            for k in wanted[a0:a1]:
                print(f"    - {k[0]} {k[1] or '·'} {k[2][:110]}")
            for k in got[b0:b1]:
                print(f"    + {k[0]} {k[1] or '·'} {k[2][:110]}")


def make(folder: Path, held: bool, others: bool = True, soiled: bool = False) -> None:
    """Write every layout in every format into folders of their own below `folder`, with facit."""
    made = dirty(held) if soiled else layouts(held)

    def put(format: str, name: str, suffix: str, data: bytes, facit: object) -> None:
        into = folder / format
        into.mkdir(parents=True, exist_ok=True)
        (into / f"{name}{suffix}").write_bytes(data)
        (into / f"{name}.facit.json").write_text(json.dumps(facit, ensure_ascii=False, indent=1), encoding="utf-8")

    for layout in made:
        for format, (suffix, render) in FORMATS.items():
            put(format, layout.name, suffix, render(layout), layout.facit)
    if not others:
        return
    for format, tagged, render in (("pdf-office-taggad", True, docx_auto), ("pdf-office-otaggad", False, docx_for_print)):
        for name, data in office_pdfs({layout.name: render(layout) for layout in made}, tagged).items():
            put(format, name, ".pdf", data, next(x for x in made if x.name == name).facit)
    for layout in made:
        if data := browser_pdf(printed(layout)):
            put("pdf-browser", layout.name, ".pdf", data, layout.facit)


def main(arguments: list[str]) -> int:
    """Do what the command line says."""
    named = [a for a in arguments if not a.startswith("-")]
    if "--gor" in arguments and named:
        make(Path(named[0]), "--andra" in arguments, "--kansli" not in arguments, "--smuts" in arguments)
    elif "--allt" in arguments:
        with tempfile.TemporaryDirectory() as temporary:
            for half in ("avstamd", "undanhallen", "smutsig-avstamd", "smutsig-undanhallen"):
                make(Path(temporary, half), half.endswith("undanhallen"), soiled=half.startswith("smutsig"))
                print(f"\n{half:34s}block" + "".join(f"{m:>9s}" for m in MEASURES))
                for folder in sorted(Path(temporary, half).iterdir()):
                    measure_folder(folder, False, quiet=True)
        print(f"\nmest minne {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    elif named:
        measure_folder(Path(named[0]), "-v" in arguments)
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
