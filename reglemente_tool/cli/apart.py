"""PDF files from strangers, read in a process of their own: one that hangs, crashes or eats memory is ended, and nothing is left of it.

The library that reads PDF is native code, which cannot be stopped from inside. So the file's bytes go to a child over its standard
input, and the child answers in lines: a dot when it is ready and one for each page it has gone through, last one object of JSON.
JSON, because nothing that comes from a child that has read a hostile file may be code.

    time    PATIENCE seconds from when the child is ready, and PER_PAGE more for every page that is done
    memory  MEMORY bytes, where the system has limits (not on Windows)
    orphans the child ends when its standard input does: when this program is gone
"""

from __future__ import annotations

import base64
import json
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role
from reglemente_tool.reading.pictures import Picture

PATIENCE = 4.0
PER_PAGE = 0.25
START = 30.0
"""Seconds for the child to be ready: a computer that has just woken, a virus scanner. No byte of the file has been looked at yet."""
MEMORY = 320 * 1024 * 1024
LONGEST_ANSWER = 100_000_000
"""Bytes."""

_AGAIN = "Öppna den i en PDF-läsare, skriv ut den till en ny PDF och försök igen. Kontrollera varifrån den kommer."


def worker(task: str) -> list[str]:
    """Return the command line of a child for `task`, "las" or "rita"."""
    # -P: a folder with documents in it may hold a json.py too.
    return [sys.executable, "-P", "-m", "reglemente_tool.cli.apart", task]


def read_apart(data: bytes, command: Sequence[str] | None = None, *, patience: float = PATIENCE) -> Document:
    """Return the document that the PDF `data` holds. Raises CannotRead as `sources.pdf.read` does, and for one that has to be ended."""
    return _document(_asked(data, command or worker("las"), patience))


def pictures_apart(data: bytes, command: Sequence[str] | None = None, *, patience: float = PATIENCE) -> tuple[Picture, ...]:
    """Return pictures of the pages of the PDF `data`. Raises CannotRead when they cannot be drawn."""
    found = _asked(data, command or worker("rita"), patience)["bilder"]
    return tuple(Picture(base64.b64decode(one["data"]), int(one["width"]), int(one["height"])) for one in found)


def _asked(data: bytes, command: Sequence[str], patience: float) -> dict[str, Any]:
    """Give `data` to a child and return its answer. Raises CannotRead when it says so, stops, or takes too long."""
    paths = os.pathsep.join(path for path in sys.path if path)
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": paths}
    )
    watch = _Watch(child, patience)
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        with suppress(OSError):
            # When it has ended already, what it answered or did not says why.
            child.stdin.write(struct.pack(">Q", len(data)) + data)
            child.stdin.flush()
        answer = b""
        while len(line := child.stdout.readline(LONGEST_ANSWER)) == 2:
            watch.moved()
        answer = line
    finally:
        watch.over()
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        child.wait()
    if not answer.endswith(b"\n"):
        if watch.ended:
            raise CannotRead("PDF-filen tar orimligt lång tid att läsa. Läsningen avbröts.", hint=_AGAIN)
        raise CannotRead(
            "PDF-filen gick inte att läsa: den fick läsaren att stanna, eller att ta mer minne än ett reglemente behöver.", hint=_AGAIN
        )
    told: dict[str, Any] = json.loads(answer)
    if "fel" in told:
        raise CannotRead(str(told["fel"]), hint=str(told["tips"]))
    if "bugg" in told:
        raise RuntimeError(str(told["bugg"]))
    return told


class _Watch:
    """Ends the child when it has had its time. `ended` says that it did."""

    def __init__(self, child: subprocess.Popen[bytes], patience: float) -> None:
        self.child, self.patience, self.ended = child, patience, False
        self.until = time.monotonic() + START
        self.ready = False
        self.done = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def moved(self) -> None:
        """The child is ready, or has done one more page."""
        self.until = self.until + PER_PAGE if self.ready else time.monotonic() + self.patience
        self.ready = True

    def over(self) -> None:
        """Nothing is waited for any more."""
        self.done.set()

    def _look(self) -> None:
        while not self.done.wait(0.05):
            if time.monotonic() > self.until:
                self.ended = True
                self.child.kill()
                return


# ------------------------------------------------------------------------------------------------------------ the child


def main(arguments: list[str]) -> None:
    """Be the child: read a PDF from standard input, answer on standard output."""
    import pypdfium2  # noqa: F401  so that loading it is no part of the time

    from reglemente_tool.reading.pictures import pictures
    from reglemente_tool.reading.sources import pdf

    _bound()
    out = sys.stdout.buffer
    stream = sys.stdin.buffer
    (length,) = struct.unpack(">Q", stream.read(8))
    data = stream.read(length)
    threading.Thread(target=_end_with, args=(stream,), daemon=True).start()

    def done() -> None:
        out.write(b".\n")
        out.flush()

    done()
    answer: dict[str, Any]
    try:
        if arguments == ["rita"]:
            answer = {"bilder": [{**asdict(one), "data": base64.b64encode(one.data).decode()} for one in pictures(data, done)]}
        else:
            answer = asdict(pdf.read(data, done))
    except CannotRead as error:
        answer = {"fel": error.message, "tips": error.hint}
    except MemoryError:
        os._exit(3)
    except Exception:
        import traceback

        answer = {"bugg": traceback.format_exc()}
    out.write(json.dumps(answer, default=lambda value: value.value).encode() + b"\n")
    out.flush()
    # Nothing is tidied up: a hostile file may make that slow too.
    os._exit(0)


def _end_with(stream: Any) -> None:
    stream.read(1)
    os._exit(4)


def _bound() -> None:
    """Bound this process's memory and time, and let it leave no file behind. Where the system knows no such bounds, do nothing."""
    try:
        import resource
    except ImportError:
        return
    for name, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", 120), ("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0)):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, OSError, ValueError):
            continue


# ----------------------------------------------------------------------------------------------------- the answer, read


def _document(told: dict[str, Any]) -> Document:
    pieces = tuple(
        Piece(**{**one, "role": Role(one["role"]), "doubts": tuple(one["doubts"]), "tracked": ()}) for one in told["pieces"]
    )
    problems = tuple(Problem(one["code"], one["message"], level=Level(one["level"]), hint=one["hint"]) for one in told["problems"])
    return Document(pieces, tuple(LeftOut(**one) for one in told["left_out"]), problems)


if __name__ == "__main__":
    main(sys.argv[1:])
