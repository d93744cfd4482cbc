"""Documents that would hang, crash or swell a reader are read in a child that is ended, and the person is told.

No test here looks at the clock: how long and how much it takes stands in docs/results.md.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from documents import NS, par, word, zipped
from hostilepdf import HOSTILE, WORDS, forms_in_forms, one_page, patterns
from test_commands import typed

from reglemente_tool.cli.importing import apart
from reglemente_tool.cli.importing.apart import pictures_apart, read_apart
from reglemente_tool.errors import CannotRead
from reglemente_tool.reading.document import Document
from reglemente_tool.reading.sources import source_for

posix = pytest.mark.skipif(os.name != "posix", reason="bounds that Windows does not have")


def child(code: str) -> tuple[str, ...]:
    """A child that says that it is ready, and then does `code`."""
    return (sys.executable, "-c", f"import os, sys, time\nprint('.', flush=True)\n{code}")


def gone(pid: int) -> bool:
    """True when there is no such process, or only what its parent has not fetched."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


# The child.


def test_one_that_hangs_is_ended(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(CannotRead, match="orimligt lång tid") as caught:
        read_apart(b"x", ".pdf", command=child(f"open({str(note)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)"), patience=1.0)
    assert caught.value.hint
    if sys.platform == "linux":
        assert gone(int(note.read_text()))


def test_every_page_that_is_done_buys_time_for_the_next() -> None:
    pages = "for _ in range(4):\n    time.sleep(0.4)\n    print('.', flush=True)\n"
    answer = "print('{\"pieces\": [], \"left_out\": [], \"problems\": []}')"
    assert read_apart(b"x", ".pdf", command=child(pages + answer), patience=1.2) == Document(())


@pytest.mark.parametrize("code", ["os.abort()", "os._exit(0)", "print('{\"half', end='')", "sys.stdin.close(); os._exit(7)"])
def test_one_that_crashes_or_says_only_half_is_told(code: str) -> None:
    with pytest.raises(CannotRead, match="stanna"):
        read_apart(b"x" * 200_000, ".pdf", command=child(code))


def test_a_fault_in_the_reader_itself_is_not_hidden() -> None:
    with pytest.raises(RuntimeError, match="Traceback"):
        read_apart(b"x", ".pdf", command=child("print('{\"bugg\": \"Traceback …\"}')"))


@posix
def test_memory_and_files_are_bounded(tmp_path: Path) -> None:
    bounded = "from reglemente_tool.cli.importing import apart\napart._bound()\n"
    with pytest.raises(CannotRead, match="minne"):
        read_apart(b"x", ".pdf", command=child(f"{bounded}held = bytearray({apart.MEMORY})\nprint('{{}}')"))
    with pytest.raises(CannotRead, match="stanna"):
        read_apart(b"x", ".pdf", command=child(f"{bounded}f = open({str(tmp_path / 'x')!r}, 'w')\nf.write('x')\nf.close()\nprint('{{}}')"))
    assert not (tmp_path / "x").exists() or (tmp_path / "x").read_text() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc")
def test_no_child_is_left_when_the_program_is_killed(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(patterns())
    told = "import subprocess as s\nclass P(s.Popen):\n    def __init__(self, *a, **k):\n        super().__init__(*a, **k)\n        print(self.pid, flush=True)\ns.Popen = P\n"  # noqa: E501
    asks = "from reglemente_tool.cli.importing.apart import pictures_apart\npictures_apart(open('x.pdf', 'rb').read())"
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen([sys.executable, "-c", told + asks], stdout=subprocess.PIPE, cwd=tmp_path, env=environment) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    for _ in range(400):
        if gone(pid):
            break
        time.sleep(0.05)
    assert gone(pid)


def test_programs_that_lie_among_the_documents_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("json", "lxml", "pypdfium2", "reglemente_tool"):
        Path(f"{name}.py").write_text("open('kanarie', 'w')\nraise SystemExit\n")
    Path("a.html").write_text("<h1>Reglemente för hamnnämnden</h1><p>1 §<br>Nämnden leder.</p>", encoding="utf-8")
    assert typed("reglemente importera a.html --torrkor")[0] == 0
    assert not Path("kanarie").exists()


# What comes through it.


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_what_a_child_reads_is_what_would_have_been_read_here(suffix: str) -> None:
    who = 'w:author="Handläggaren" w:date="2026-03-02T08:00:00Z"'
    changed = f"<w:ins {who}><w:r><w:t>Nämnden leder.</w:t></w:r></w:ins>"
    held = {
        ".pdf": one_page(WORDS * 3),
        ".docx": word(par("Reglemente", style="T"), par("1 §"), par(changed)),
        ".html": "<h1>Reglemente</h1><p>1 §<p>Nämnden.<footer>Kommunen</footer>".encode(),
    }[suffix]
    assert read_apart(held, suffix) == source_for(suffix).read(held)


@posix
@pytest.mark.parametrize("name", ["former-i-former", "svalld", "svalld-text", "packad-om", "sidor-utan-slut"])
def test_a_hostile_pdf_is_refused_in_swedish(name: str) -> None:
    with pytest.raises(CannotRead) as caught:
        read_apart(HOSTILE[name](), ".pdf")
    assert caught.value.message.endswith(".")
    assert caught.value.hint


@pytest.mark.parametrize("name", ["nastlad", "enorm-sida", "ring", "taggar"])
def test_a_strange_pdf_is_read_or_refused(name: str) -> None:
    try:
        said = read_apart(HOSTILE[name](), ".pdf").text
    except CannotRead as error:
        said = error.message
    assert "Reglemente" in said or said.endswith(("öppna.", "ingen text."))


@posix
def test_a_hostile_file_in_a_folder_is_told_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in", "a.pdf").write_bytes(forms_in_forms())
    Path("in", "b.txt").write_text("Reglemente för hamnnämnden\n\n1 §\nNämnden leder.\n", encoding="utf-8")
    code, said = typed("reglemente importera in --torrkor")
    assert code == 1
    assert "fick läsaren att stanna" in " ".join(said.split())
    assert "1 av 2 dokument är lästa" in said
    code, said = typed("reglemente importera in/a.pdf --torrkor")
    assert (code, said.startswith("in/a.pdf\nfel OLASLIG")) == (1, True)


def test_a_locked_pdf_is_refused() -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(one_page(WORDS))) as plain:
        plain.save(out, encryption=pikepdf.Encryption(user="hemligt", owner="hemligt"))
    with pytest.raises(CannotRead, match="lösenord"):
        read_apart(out.getvalue(), ".pdf")


@posix
def test_pages_that_cannot_be_drawn_do_not_keep_the_text_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotRead):
        pictures_apart(forms_in_forms())
    monkeypatch.setattr(apart, "worker", lambda *task: child("os.abort()") if task == ("rita",) else real(*task))
    Path("x.pdf").write_bytes(one_page(WORDS * 3))
    assert typed("reglemente importera x.pdf --torrkor --granska x.html")[0] == 0
    made = Path("x.html").read_text(encoding="utf-8")
    assert "gick inte att rita" in made
    assert "<img" not in made
    assert "hamnnamnden" in made


real = apart.worker


@posix
def test_a_word_file_of_small_things_takes_no_more_than_it_may() -> None:
    from random import Random

    letters = Random(1)
    body = "".join(f"<w:p><w:r><w:t>{letters.randrange(10**9)}</w:t></w:r></w:p>" for _ in range(480_000))
    with pytest.raises(CannotRead, match=r"minne|orimligt"):
        read_apart(zipped({"word/document.xml": f"<w:document {NS}><w:body>{body}</w:body></w:document>"}), ".docx")
