"""Documents from strangers, read in a process of their own: one that hangs, crashes or eats memory is ended, and nothing is left of it.

The libraries that read PDF, XML and web pages are native code, which cannot be stopped from inside. So the file's bytes go to a child
over its standard input, and the child answers in lines: a dot when it is ready and one for each page it has gone through, last one
object of JSON. JSON, because nothing that comes from a child that has read a hostile file may be code.

    time    CPU seconds of work from when the child is ready, and PER_PAGE more for every page that is done: a busy computer is no
            reason to refuse. By the clock, and where the system cannot count work (Windows), SLACK times as much
    memory  MEMORY bytes, where the system has limits (not on Windows)
    orphans the child ends when its standard input does: when this program is gone
"""

from __future__ import annotations

import base64
import json
import math
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from itertools import count
from typing import Any

from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role, Tracked
from reglemente_tool.reading.pictures import Picture, pictures
from reglemente_tool.reading.sources import source_for

CPU = 3.5
PER_PAGE = 0.25
SLACK = 3.0
START = 30.0
"""Seconds for the child to be ready: a computer that has just woken, a virus scanner. No byte of the file has been looked at yet."""
MEMORY = 320 * 1024 * 1024
LONGEST_ANSWER = 100_000_000
"""Bytes."""

_AGAIN = "Öppna den i ett program som läser den, spara eller skriv ut den på nytt och försök igen. Kontrollera varifrån den kommer."


def worker(*task: str) -> tuple[str, ...]:
    """Return the command line of a child for a task: "las" and the file's ending, or "rita"."""
    # -P: a folder with documents in it may hold a json.py too.
    return (sys.executable, "-P", "-m", "reglemente_tool.cli.importing.apart", *task)


def read_apart(data: bytes, suffix: str, *, command: Sequence[str] = (), patience: float = SLACK * CPU) -> Document:
    """Return the document in the bytes `data` of a file that ends in `suffix` (".pdf").

    `command` is the child, `patience` in seconds. Raises CannotRead as the source for such files does, and for one that has to be ended.
    """
    return _document(_asked(data, command or worker("las", suffix), patience))


def pictures_apart(data: bytes, *, command: Sequence[str] = (), patience: float = SLACK * CPU) -> tuple[Picture, ...]:
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
        worked_out = getattr(signal, "SIGXCPU", None)
        if watch.ended or (worked_out is not None and child.returncode == -worked_out):
            raise CannotRead("Filen tar orimligt lång tid att läsa. Läsningen avbröts.", hint=_AGAIN)
        stopped = "Filen gick inte att läsa: den fick läsaren att stanna, eller att ta mer minne än ett reglemente behöver."
        raise CannotRead(stopped, hint=_AGAIN)
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
        self.until = self.until + SLACK * PER_PAGE if self.ready else time.monotonic() + self.patience
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
    """Be the child: read a document from standard input, answer on standard output."""
    task, suffix = arguments[0], "".join(arguments[1:]) or ".pdf"
    source = source_for(suffix)
    if suffix == ".pdf":
        import pypdfium2  # noqa: F401  so that loading it is no part of the time

    _bound()
    out = sys.stdout.buffer
    stream = sys.stdin.buffer
    (length,) = struct.unpack(">Q", stream.read(8))
    data = stream.read(length)
    threading.Thread(target=_end_with, args=(stream,), daemon=True).start()

    began, pages = time.process_time(), count()

    def done() -> None:
        _may_work(began + CPU + PER_PAGE * next(pages))
        out.write(b".\n")
        out.flush()

    done()
    answer: dict[str, Any]
    try:
        if task == "rita":
            answer = {"bilder": [{**asdict(one), "data": base64.b64encode(one.data).decode()} for one in pictures(data, done)]}
        else:
            answer = asdict(source.read(data, done) if suffix == ".pdf" else source.read(data))
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
    """Bound this process's memory, and let it leave no file behind. Where the system knows no such bounds, do nothing."""
    try:
        import resource
    except ImportError:
        return
    for name, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0)):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, OSError, ValueError):
            continue


def _may_work(seconds: float) -> None:
    """Let this process work for so many seconds in all, where the system counts them; then it is ended."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), resource.getrlimit(resource.RLIMIT_CPU)[1]))


# ----------------------------------------------------------------------------------------------------- the answer, read


def _document(told: dict[str, Any]) -> Document:
    pieces = tuple(
        Piece(
            **{**one, "role": Role(one["role"]), "doubts": tuple(one["doubts"]), "tracked": tuple(Tracked(**t) for t in one["tracked"])}
        )
        for one in told["pieces"]
    )
    problems = tuple(Problem(one["code"], one["message"], level=Level(one["level"]), hint=one["hint"]) for one in told["problems"])
    return Document(pieces, tuple(LeftOut(**one) for one in told["left_out"]), problems)


if __name__ == "__main__":
    main(sys.argv[1:])
