"""Killed, out of disk, locked out: whatever stops the program, the register is as it was before or as it is after.

A command is run in a child process that counts its own steps towards the disk (files opened for writing, renamed, taken
away, programs started) and is stopped at one of them: killed outright, or told by the machine that the disk is full. So
every instant is tried, and the same ones each time. Inside git there are no such steps; there the clock chooses.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from test_commands import typed
from test_storage_git import git, log_size
from test_storage_register import everything

from reglemente_tool.cli import run
from reglemente_tool.model.charter import DecisionId
from reglemente_tool.storage.git import repository as shell
from reglemente_tool.storage.library import Register

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL")

CHARTER = """\
Reglemente för hamnnämnden

Antaget: kommunfullmäktige 2020-03-02, § 20
Gäller från: 2020-04-01

1 § Nämnden ansvarar för
– kajer,
– bryggor, och
– fyrar.

2 § Nämnden sammanträder varje månad.
"""
DECISION = """\
§ 33 Ändring i reglemente för hamnnämnden

Kommunfullmäktige beslutar
att i 2 § reglementet för hamnnämnden byta ut orden ”varje månad” mot ”{}”.
"""
DRAFT = "kf-2021-03-03-33"
DAYS = ("--beslutat", "2021-03-03", "--galler-fran", "2021-04-01")
INFOR = ("infor", DRAFT, "--bekraftad-av", "kommunjurist")
IMPORTERA = ("importera", "parker.txt", "--namnd", "parknämnden", "--bekraftad-av", "kommunjurist")
LAS = ("las", "annat.txt", *DAYS)
TIMES = 12
"""How many instants the clock chooses in the suite; bench/fuzz.py tries more."""


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register of one charter and one draft, and files to read. Made once; every test has a copy."""
    folder = tmp_path_factory.mktemp("hamn")
    make_harbour(folder)
    return folder


def make_harbour(folder: Path) -> None:
    """Fill `folder` with what these tests work on."""
    files = {
        "hamn.txt": CHARTER,
        "parker.txt": CHARTER.replace("hamn", "park").replace("2020-03-02, § 20", "2020-05-05, § 41"),
        "beslut.txt": DECISION.format("varannan månad"),
        "annat.txt": DECISION.format("var tredje månad"),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    here = Path.cwd()
    os.chdir(folder)
    try:
        for line in (
            "reglemente ny r --kommun 'Norrboda kommun' --kod 0000",
            "reglemente importera hamn.txt --namnd hamnnämnden --bekraftad-av kommunjurist --register r",
            f"reglemente las beslut.txt {' '.join(DAYS)} --register r",
        ):
            code, said = typed(line)
            assert code == 0, said
    finally:
        os.chdir(here)


@pytest.fixture
def folder(harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(harbour, tmp_path / "h", symlinks=True)
    monkeypatch.chdir(tmp_path / "h")
    return tmp_path / "h" / "r"


# --- a child that is stopped --------------------------------------------------------------------------------------

Stop = Callable[[str], None]
STEPS = ("os.rename", "os.remove", "os.mkdir", "os.chmod", "subprocess.Popen")


@dataclass
class Child:
    """A command that runs on its own: `begun` becomes readable at its first step, `said` is all that it prints."""

    pid: int
    begun: int
    said: int

    def wait(self) -> tuple[int, str, int]:
        """Return the exit code (negative: the signal), what it printed, and how many steps it took."""
        printed = b"".join(iter(lambda: os.read(self.said, 65536), b""))
        steps = b"".join(iter(lambda: os.read(self.begun, 65536), b""))
        _, status = os.waitpid(self.pid, 0)
        for end in (self.said, self.begun):
            os.close(end)
        return os.waitstatus_to_exitcode(status), printed.decode("utf-8", "replace"), len(steps)


def child(words: tuple[str, ...], *, at: int = 0, stop: Stop | None = None, before: Callable[[], None] | None = None) -> Child:
    """Start a command in a process of its own that calls `stop` at each step from number `at`, and `before` at the start."""
    said, out = os.pipe()
    begun, first = os.pipe()
    pid = os.fork()
    if pid:
        os.close(out)
        os.close(first)
        return Child(pid, begun, said)
    code = 70
    try:
        os.setsid()
        for stream in (1, 2):
            os.dup2(out, stream)
        taken = 0

        def step(event: str, details: tuple[object, ...]) -> None:
            nonlocal taken
            writing = event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if not writing and event not in STEPS:
                return
            taken += 1
            os.write(first, b".")
            if stop is not None and taken >= at:
                stop(event)

        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
        if before is not None:
            before()
        sys.addaudithook(step)
        code = run(list(words))
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    os._exit(code)


def die(_: str) -> None:
    """Be killed."""
    os.kill(os.getpid(), signal.SIGKILL)


def refused(number: int) -> Stop:
    """Return what the machine does when it will not write; taking away is still allowed."""

    def stop(event: str) -> None:
        if event != "os.remove":
            raise OSError(number, os.strerror(number))

    return stop


def steps(words: tuple[str, ...], folder: Path) -> int:
    """Return how many steps the command takes when nothing stops it; the folder is put back."""
    kept = folder.with_name("kvar")
    shutil.copytree(folder, kept, symlinks=True)
    code, said, taken = child(words).wait()
    assert code == 0, said
    put_back(kept, folder)
    shutil.rmtree(kept)
    return taken


def put_back(kept: Path, folder: Path) -> None:
    """Make `folder` what `kept` is."""
    shutil.rmtree(folder)
    shutil.copytree(kept, folder, symlinks=True)


def words_for(command: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """Return the command line for the register in `folder`."""
    return (*command, "--register", str(folder))


# --- what must hold afterwards ------------------------------------------------------------------------------------


def whole(folder: Path) -> int:
    """Assert that the register holds together in every way, and return how many decisions are in it."""
    opened = Register.open(folder)
    report = opened.verify()
    assert report.problems == ()
    assert report.compared_with_git
    assert typed(f"reglemente kontrollera --register {folder}")[0] == 0
    assert git(folder, "fsck", "--strict", "--no-dangling") == ""
    assert git(folder, "status", "--porcelain") == ""
    assert log_size(folder) == len(opened.history.events) + 1
    return len(opened.history.events)


def survives(command: tuple[str, ...], folder: Path) -> None:
    """Assert that the register is as before or as after, that the draft is not lost, and that the same command can be given."""
    drafts = {place.name: place.read_bytes() for place in (folder / "forslag").glob("*.xml")}
    count = whole(folder)
    assert count in (1, 2)
    if command is not INFOR or count == 1:
        assert f"{DRAFT}.xml" in drafts, "a draft is lost only when it has been enacted"
        assert Register.open(folder).draft(DecisionId(DRAFT)).id == DRAFT
    code, said, _ = child(words_for(command, folder)).wait()
    if command is LAS or count == 1:
        assert code == 0, said
    else:
        assert code in (1, 3), said
        assert "redan" in said or "inget förslag" in said
    assert whole(folder) == (1 if command is LAS else 2)


@pytest.mark.parametrize("command", [INFOR, IMPORTERA, LAS], ids=lambda c: c[0])
def test_killed_at_any_step_the_register_is_as_before_or_as_after(command: tuple[str, ...], folder: Path) -> None:
    words = words_for(command, folder)
    kept = folder.with_name("ren")
    shutil.copytree(folder, kept, symlinks=True)
    found = set()
    for at in chosen(steps(words, folder)):
        code, _, _ = child(words, at=at, stop=die).wait()
        assert code == -signal.SIGKILL
        found.add(whole(folder))
        survives(command, folder)
        put_back(kept, folder)
    assert found == ({1} if command is LAS else {1, 2}), "some kills come before the decision is made and some after"


def chosen(count: int, most: int = 9) -> list[int]:
    """Return every step, or `most` of them evenly spread with the last ones among them."""
    if count <= most:
        return list(range(1, count + 1))
    return sorted({1 + round(i * (count - 1) / (most - 1)) for i in range(most)})


@pytest.mark.parametrize("command", [INFOR, IMPORTERA], ids=lambda c: c[0])
def test_killed_with_its_git_at_any_moment(command: tuple[str, ...], folder: Path) -> None:
    for _ in moments(command, folder, TIMES // 2, random.Random(7)):
        pass


def moments(command: tuple[str, ...], folder: Path, times: int, chance: random.Random) -> Iterator[tuple[int, bool]]:
    """Kill the command and the git that it has started at moments spread over its work; check, and put back. Yield how many
    decisions the register had then, and whether git had left a lock behind.
    """
    kept = folder.with_name("ren")
    shutil.copytree(folder, kept, symlinks=True)
    words = words_for(command, folder)
    began = time.monotonic()
    child(words).wait()
    took = time.monotonic() - began
    put_back(kept, folder)
    for turn in range(times):
        started = child(words)
        assert select_first(started.begun)
        time.sleep(took * (turn + chance.random()) / times)
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        time.sleep(0.02)
        left = sorted(place for place in (folder / ".git").rglob("*.lock"))
        before = everything(Register(folder))
        (folder / ".git" / "index.lock").unlink(missing_ok=True)
        in_the_way = [lock for lock in left if lock.name != "index.lock"]
        while in_the_way:
            # git had no time to tidy up. It is said which file to take away (of two, that which git met first), and then all is well.
            code, said, _ = child(words).wait()
            assert code == 3, said
            (named,) = (lock for lock in in_the_way if lock.name in "".join(said.split()))
            assert everything(Register(folder)) == before
            named.unlink()
            in_the_way.remove(named)
        count = whole(folder)
        survives(command, folder)
        put_back(kept, folder)
        yield count, bool(left)


def select_first(end: int) -> bytes:
    """Wait for a byte and return it; "" when the other end is gone."""
    return os.read(end, 1)


# --- a machine that will not write --------------------------------------------------------------------------------


def refuses_well(command: tuple[str, ...], folder: Path, started: Child, before: dict[str, bytes]) -> int:
    """Assert that the command ended with a Swedish sentence and nothing changed, or that it did all. Return the exit code."""
    code, said, _ = started.wait()
    assert "Traceback" not in said, said
    assert "[Errno" not in said
    if code:
        assert code == 3, said
        assert said.startswith("fel ") or "\nfel " in said
        assert everything(Register(folder)) == before
        assert not list(folder.glob(".reglemente-*")), "no remains"
        assert not list((folder / ".git").glob("*reglemente-*"))
    count = whole(folder)
    assert count == (2 if code == 0 and command is not LAS else 1)
    return code


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize("command", [INFOR, IMPORTERA, LAS], ids=lambda c: c[0])
def test_a_disk_that_is_full_or_locked_from_any_step_on(command: tuple[str, ...], number: int, folder: Path) -> None:
    words = words_for(command, folder)
    kept = folder.with_name("ren")
    shutil.copytree(folder, kept, symlinks=True)
    before = everything(Register(folder))
    for at in chosen(steps(words, folder), 8):
        refuses_well(command, folder, child(words, at=at, stop=refused(number)), before)
        put_back(kept, folder)


@pytest.mark.parametrize("room", [0, 1, 40, 100, 200, 400, 800, 1600, 100_000])
def test_a_disk_with_room_for_so_many_bytes_a_file(room: int, folder: Path) -> None:
    import resource

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    before = everything(Register(folder))
    code = refuses_well(INFOR, folder, child(words_for(INFOR, folder), before=little), before)
    assert code == (0 if room == 100_000 else 3) or 400 <= room < 100_000


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_folder_that_can_only_be_read(folder: Path) -> None:
    before = everything(Register(folder))
    inner = [place for place in (folder, *folder.rglob("*")) if place.is_dir()]
    for place in inner:
        place.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        code, said, _ = child(words_for(INFOR, folder)).wait()
        assert typed(f"reglemente visa hamnnämnden --register {folder}")[0] == 0
    finally:
        for place in inner:
            place.chmod(stat.S_IRWXU)
    assert code == 3
    assert "inte rätt att läsa eller skriva" in said
    assert everything(Register(folder)) == before


# --- what is missing or in the way --------------------------------------------------------------------------------


def answers(line: str, folder: Path) -> str:
    """Run a command that must be refused with exit code 3 and change nothing; return what it said."""
    before = everything(Register(folder))
    code, said = typed(f"{line} --register {folder}")
    assert code == 3, said
    assert everything(Register(folder)) == before
    return " ".join(said.split())


def test_without_git_on_the_computer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(Register(folder))
    monkeypatch.setenv("PATH", "")
    for command in (INFOR, IMPORTERA, ("kontrollera",)):
        code, said = typed(f"reglemente {' '.join(command)} --register {folder}")
        assert code == 3
        assert "Programmet git" in said
    assert typed(f"reglemente visa hamnnämnden --register {folder}")[0] == 0, "reading needs no git"
    monkeypatch.undo()
    assert everything(Register(folder)) == before


def test_a_branch_that_another_program_has_locked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "_PAUSE", 0.0)
    lock = folder / ".git" / "refs" / "heads" / "main.lock"
    lock.touch()
    said = answers("reglemente infor kf-2021-03-03-33 --bekraftad-av kommunjurist", folder)
    assert "Ett annat program håller på att skriva" in said
    assert "main.lock" in said
    lock.unlink()
    assert typed(f"reglemente infor {DRAFT} --bekraftad-av kommunjurist --register {folder}")[0] == 0
    whole(folder)


def test_an_index_that_a_killed_git_has_left_locked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "_PAUSE", 0.0)
    lock = folder / ".git" / "index.lock"
    lock.touch()
    code, said = typed(f"reglemente infor {DRAFT} --bekraftad-av kommunjurist --register {folder}")
    assert code == 0
    assert "EJ-UPPDATERAD" in said
    assert typed(f"reglemente kontrollera --register {folder}")[0] == 0
    said = answers("reglemente importera parker.txt --namnd parknämnden --bekraftad-av kommunjurist", folder)
    assert "Ett annat program håller på att skriva" in said
    assert "index.lock" in said
    lock.unlink()
    assert typed(f"reglemente importera parker.txt --namnd parknämnden --bekraftad-av kommunjurist --register {folder}")[0] == 0
    assert whole(folder) == 3


def test_a_file_that_another_program_has_locked_delays_nothing(folder: Path) -> None:
    import fcntl

    with (folder / "reglementen" / "hamnnamnden.xml").open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert typed(f"reglemente infor {DRAFT} --bekraftad-av kommunjurist --register {folder}")[0] == 0
    whole(folder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda place: place.write_bytes(place.read_bytes()[:200]),
        lambda place: place.write_bytes(b""),
        lambda place: place.write_bytes(b"\0" * 4096),
    ],
    ids=["half", "empty", "zeros"],
)
def test_a_draft_that_was_half_written(spoil: Callable[[Path], object], folder: Path) -> None:
    spoil(folder / "forslag" / f"{DRAFT}.xml")
    for line in (f"reglemente prova {DRAFT}", f"reglemente infor {DRAFT} --bekraftad-av kommunjurist"):
        assert f"forslag/{DRAFT}.xml" in answers(line, folder)
    assert typed(f"reglemente las beslut.txt {' '.join(DAYS)} --register {folder}")[0] == 0, "it is read again"
    assert typed(f"reglemente infor {DRAFT} --bekraftad-av kommunjurist --register {folder}")[0] == 0


def test_a_folder_that_is_no_repository_or_has_a_ruined_one(folder: Path) -> None:
    head = folder / ".git" / "HEAD"
    kept = head.read_bytes()
    head.write_bytes(b"\0\0\0")
    code, said = typed(f"reglemente infor {DRAFT} --bekraftad-av kommunjurist --register {folder}")
    assert code == 3
    assert "Git kunde inte" in said
    head.write_bytes(kept)
    whole(folder)
    shutil.rmtree(folder / ".git")
    code, said = typed(f"reglemente infor {DRAFT} --bekraftad-av kommunjurist --register {folder}")
    assert code == 3
    assert "ligger inte i git" in said
    assert (folder / "forslag" / f"{DRAFT}.xml").is_file()


@pytest.mark.parametrize(
    "now",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1969, 7, 20, tzinfo=UTC),
        datetime(1900, 1, 1, tzinfo=timezone(timedelta(hours=1, minutes=12, seconds=12))),
        datetime(2106, 2, 8, tzinfo=timezone(-timedelta(hours=11))),
    ],
    ids=str,
)
def test_a_clock_that_is_wrong_makes_no_difference_to_the_law(now: datetime, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reglemente_tool.cli.deciding.decide.now", lambda: now)
    assert typed(f"reglemente infor {DRAFT} --bekraftad-av kommunjurist --register {folder}")[0] == 0
    assert whole(folder) == 2
    assert int(git(folder, "log", "-1", "--format=%ct")) >= 86_400


def test_ctrl_c_during_the_work_promises_no_more_than_it_can(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shell.Repository, "_set_file", interrupted)
    code, said = typed(f"reglemente infor {DRAFT} --bekraftad-av kommunjurist --register {folder}")
    monkeypatch.undo()
    assert code == 3
    assert "Ingenting är ändrat" not in said
    assert "Inget är gjort till hälften" in said
    assert whole(folder) == 2
