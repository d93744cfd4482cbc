"""Two who enact at once: both decisions come in, or one is told what came between. Never a lost decision, never a half one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_commands import typed
from test_storage_git import git, log_size
from test_storage_register import FIRST, KOMMUN, KS, LAW, MOVE, NOW, SN, P, address, adoption, decision, everything

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.errors import CannotApply, CannotStore
from reglemente_tool.model.address import Kind
from reglemente_tool.model.history import Annulment, Commencement, Condition, Decision, Event
from reglemente_tool.storage.git import Moved, Repository
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.overtaken import newcomers, still_the_same, what_came

DAY = date(2018, 1, 1)


def made(number: int, *changes: Any, **more: Any) -> Decision:
    """A decision of 2018-01-01, § `number`."""
    return decision(f"kf-2018-01-01-{number}", DAY, *changes, **more)


def words(code: str, old: str, new: str) -> Any:
    return SN, Reword(target=address(code), old=old, new=new)


@pytest.fixture(scope="module")
def norrboda(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with its first decision. Made once; every test has a copy."""
    held = Register.create(tmp_path_factory.mktemp("två") / "norrboda", KOMMUN, now=NOW)
    held.enact(FIRST, now=NOW)
    return held.folder


@pytest.fixture
def register(norrboda: Path, tmp_path: Path) -> Register:
    shutil.copytree(norrboda, tmp_path / "norrboda")
    held = Register(tmp_path / "norrboda")
    assert len(held.history.events) == 1
    return held


# --- others came between, and it makes no difference --------------------------------------------------------------

UTSKOTT = made(1, words("par2.st1", "ett utskott", "två utskott"))
SAME: dict[str, Event] = {
    "another charter": made(2, (KS, Repeal(target=address("par2")))),
    "another § of the same charter": made(2, words("par1.st1", "ansvarar för", "svarar för")),
    "a task that moves from the same charter": MOVE,
    "a decision that holds later": made(2, words("par1.st1", "ansvarar för", "svarar för"), since=date(2030, 1, 1)),
    "a decision that holds when something has happened": made(
        2, words("par1.st1", "ansvarar för", "svarar för"), since=Condition("när staten har godkänt det")
    ),
}


@pytest.mark.parametrize("why", SAME)
def test_who_is_overtaken_by_what_makes_no_difference_is_let_in(register: Register, why: str) -> None:
    late = Register.open(register.folder)
    assert late.history == register.history
    register.enact(SAME[why], now=NOW)
    done = late.enact(UTSKOTT, now=NOW)
    assert [problem.code for problem in done.problems] == ["MELLANKOMMET"]
    assert SAME[why].name in done.problems[0].message
    assert {event.id for event in late.history.events} == {FIRST.id, SAME[why].id, UTSKOTT.id}
    opened = Register.open(register.folder)
    assert {event.id for event in opened.history.events} == {event.id for event in late.history.events}
    assert opened.verify().problems == ()
    assert log_size(register.folder) == 4
    assert git(register.folder, "status", "--porcelain") == ""


def test_who_is_overtaken_at_the_last_moment_tries_again(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    late, real = Register.open(register.folder), Repository.commit

    def overtaken(self: Repository, *given: Any, **named: Any) -> str:
        monkeypatch.setattr(Repository, "commit", real)
        register.enact(MOVE, now=NOW)
        return real(self, *given, **named)

    monkeypatch.setattr(Repository, "commit", overtaken)
    done = late.enact(UTSKOTT, now=NOW)
    assert done.commit == git(register.folder, "rev-parse", "HEAD")
    assert log_size(register.folder) == 4
    assert Register.open(register.folder).verify().problems == ()


@pytest.mark.parametrize("line", ["importera kultur.txt --bekraftad-av kansli", f"ikrafttrad {LAW.id} 2019-05-01 --bekraftad-av kansli"])
@pytest.mark.parametrize("som_json", [False, True])
def test_every_command_that_enters_something_tells_what_came_between(
    line: str, som_json: bool, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.enact(LAW, now=NOW)
    monkeypatch.chdir(register.folder.parent)
    Path("kultur.txt").write_text(KULTUR, encoding="utf-8")
    real = Repository.commit

    def overtaken(self: Repository, *given: Any, **more: Any) -> str:
        monkeypatch.setattr(Repository, "commit", real)
        Register.open(register.folder).enact(SAME["another charter"], now=NOW)
        return real(self, *given, **more)

    monkeypatch.setattr(Repository, "commit", overtaken)
    code, said = typed(f"reglemente {line} --register norrboda" + (" --json" if som_json else ""))
    assert code == 0
    if som_json:
        assert [problem["kod"] for problem in json.loads(said)["problem"]] == ["MELLANKOMMET"]
    else:
        assert "MELLANKOMMET Under tiden har andra infört KF 2018-01-01 § 2" in " ".join(said.split())
    assert len(Register.open(register.folder).history.events) == 4


KULTUR = """\
Reglemente för kulturnämnden

Antaget: kommunfullmäktige 2018-02-01, § 3
Gäller från: 2018-03-01

1 § Nämnden ansvarar för biblioteken.
"""


def test_who_is_overtaken_every_time_gives_up_and_has_changed_nothing(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    def moved(*_: Any, **__: Any) -> str:
        raise Moved("x")

    before = everything(register)
    monkeypatch.setattr(Repository, "commit", moved)
    with pytest.raises(Moved, match="hela tiden"):
        register.enact(UTSKOTT, now=NOW)
    assert everything(register) == before


# --- and when it does ---------------------------------------------------------------------------------------------

LAST = P(Kind.STRECKSATS, text="färdtjänst")
OTHERWISE: dict[str, tuple[Event, Event, str]] = {
    "the words have gone": (made(2, words("par2.st1", "ett utskott", "flera utskott")), UTSKOTT, "utskott"),
    "the § is another": (
        made(2, (SN, Renumber(target=address("par2"), number="3"))),
        made(1, (SN, Repeal(target=address("par2")))),
        "2 §",
    ),
    "the ordinal is another item": (
        made(2, (SN, Repeal(target=address("par1.st1.ss1")))),
        made(1, (SN, Repeal(target=address("par1.st1.ss2")))),
        "på ett annat sätt",
    ),
    "both go last in the list": (
        made(2, (SN, Insert(target=address("par1.st1.ss:sist"), wording=LAST))),
        made(1, (SN, Insert(target=address("par1.st1.ss:sist"), wording=P(Kind.STRECKSATS, text="vuxenutbildning")))),
        "på ett annat sätt",
    ),
    "what goes holds more": (
        made(1, words("par1.st1.ss1", "hemtjänst", "hemvård")),
        made(2, (SN, Repeal(target=address("par1")))),
        "på ett annat sätt",
    ),
    "a later day takes it away": (
        made(2, (SN, Substitute(target=address("par2.st1"), wording=P(Kind.STYCKE, text="Nytt."))), since=date(2018, 1, 1)),
        made(1, words("par2.st1", "Nämnden", "Den"), since=date(2017, 1, 1)),
        "på ett annat sätt",
    ),
    "the condition's § is another": (
        made(2, words("par2.st1", "ett utskott", "flera utskott")),
        made(1, words("par2.st1", "ett utskott", "två utskott"), since=Condition("när beslutet har vunnit laga kraft")),
        "utskott",
    ),
    "what it is about has been undone": (
        Annulment(decided_on=DAY, annuls=MOVE.id, by="förvaltningsrätten", confirmed_by="kansli"),
        made(1, (KS, Repeal(target=address("par1.st1.ss3"), expects="integration"))),
        "",
    ),
}


@pytest.mark.parametrize("why", OTHERWISE)
def test_who_is_overtaken_by_what_makes_a_difference_is_told_by_what(register: Register, why: str) -> None:
    register.enact(MOVE, now=NOW)
    came, mine, reason = OTHERWISE[why]
    late = Register.open(register.folder)
    assert len(late.history.events) == 2
    register.enact(came, now=NOW)
    before = everything(register)
    with pytest.raises(CannotStore) as caught:
        late.enact(mine, now=NOW)
    assert everything(register) == before
    assert came.name in caught.value.message
    assert reason in caught.value.message
    assert caught.value.hint


def test_the_same_decision_entered_twice_at_once_is_in_once(register: Register) -> None:
    late = Register.open(register.folder)
    assert late.history == register.history
    register.enact(UTSKOTT, now=NOW)
    with pytest.raises(CannotStore, match="redan infört"):
        late.enact(UTSKOTT, now=NOW)
    assert log_size(register.folder) == 3


def test_a_decision_that_has_gone_or_become_another_stops(register: Register) -> None:
    register.enact(MOVE, now=NOW)
    late = Register.open(register.folder)
    assert len(late.history.events) == 2
    place = register.folder / "beslut/2017/kf-2017-06-21-105.xml"
    place.write_bytes(place.read_bytes().replace(b"2016/445", b"2016/446"))
    git(register.folder, "commit", "--quiet", "-am", "ändrat för hand")
    with pytest.raises(CannotStore, match="KF 2017-06-21 § 105 har ändrats"):
        late.enact(UTSKOTT, now=NOW)
    git(register.folder, "rm", "--quiet", str(place))
    git(register.folder, "commit", "--quiet", "-am", "borttaget för hand")
    with pytest.raises(CannotStore, match="är borta"):
        late.enact(UTSKOTT, now=NOW)
    assert log_size(register.folder) == 5


def test_a_committee_that_both_bring_is_brought_once(register: Register) -> None:
    from reglemente_tool.model.charter import CharterId, CommitteeId
    from reglemente_tool.model.history import Committee

    park = Committee(id=CommitteeId("parknamnden"), name="parknämnden")
    late = Register.open(register.folder)
    assert late.municipality == register.municipality
    register.enact(made(1, adoption(CharterId("parknamnden"), "parker.")), now=NOW, add_committees=[park])
    late.enact(made(3, words("par2.st1", "ett utskott", "två utskott")), now=NOW, add_committees=[park])
    assert late.municipality.committees.count(park) == 1
    assert Register.open(register.folder).verify().problems == ()


def test_a_persons_edit_that_lies_there_when_the_race_is_lost_is_not_overwritten(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, real = Register.open(register.folder), Repository.commit
    place = register.folder / "reglementen/socialnamnden.xml"

    def overtaken(self: Repository, *given: Any, **named: Any) -> str:
        monkeypatch.setattr(Repository, "commit", real)
        register.enact(MOVE, now=NOW)
        place.write_bytes(place.read_bytes() + b"<!-- min egen -->\n")
        return real(self, *given, **named)

    monkeypatch.setattr(Repository, "commit", overtaken)
    with pytest.raises(CannotStore, match=r"socialnamnden\.xml är ändrad"):
        late.enact(UTSKOTT, now=NOW)
    assert place.read_bytes().endswith(b"<!-- min egen -->\n")
    assert log_size(register.folder) == 3


def test_a_file_set_by_one_who_was_slow_is_set_again(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """One looks at a file, another enacts and sets it, and then the first one writes what was to stand there before that."""
    late, real = Register.open(register.folder), Repository._set_file
    slow = "reglementen/socialnamnden.xml"

    def set_file(self: Repository, path: str, *rest: Any) -> None:
        if path == slow:
            monkeypatch.setattr(Repository, "_set_file", real)
            real(self, path, *rest)
            stale = (register.folder / slow).read_bytes()
            late.enact(made(3, words("par1.st1", "ansvarar för", "svarar för")), now=NOW)
            (register.folder / slow).write_bytes(stale)
            return
        real(self, path, *rest)

    monkeypatch.setattr(Repository, "_set_file", set_file)
    register.enact(UTSKOTT, now=NOW)
    assert Register.open(register.folder).verify().problems == ()
    assert git(register.folder, "status", "--porcelain") == ""


# --- in processes of their own ------------------------------------------------------------------------------------

_WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {source!r}]
from test_two_writers import *
register = Register.open(Path(sys.argv[1]))
assert len(register.history.events) == 1
print("läst", flush=True)
sys.stdin.readline()
who = sys.argv[2]
events = {{"sn": UTSKOTT, "ks": made(2, (KS, Repeal(target=address("par2")))), "ord": made(3, words("par2.st1", "ett utskott", "ett råd"))}}
try:
    register.enact(events[who], now=NOW)
    print("infört")
except CannotStore as error:
    print("inte infört:", error.message, error.hint)
"""


@pytest.mark.parametrize(("who", "both"), [(("sn", "ks"), True), (("sn", "ord"), False), (("sn", "sn"), False)], ids=str)
def test_two_processes_that_enact_at_once(register: Register, who: tuple[str, str], both: bool) -> None:
    tests = Path(__file__).parent
    program = _WRITER.format(tests=str(tests), source=str(tests.parent))
    pipe = subprocess.PIPE
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(register.folder), name], stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        for name in who
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "läst\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    said = []
    for writer in writers:
        out, err = writer.communicate()
        assert not err
        said.append(out.strip())
    entered = len(set(who)) if both else 1
    if not both:
        # Two who write the very same thing in the same second have written it once, and both are right that it is in.
        told = [one for one in said if one != "infört"]
        assert len(told) == 1 or who == ("sn", "sn")
        assert all(("redan infört" if who == ("sn", "sn") else "har infört KF 2018-01-01 §") in one for one in told)
    else:
        assert said == ["infört"] * 2
    opened = Register.open(register.folder)
    assert len(opened.history.events) == 1 + entered
    assert opened.verify().problems == ()
    assert log_size(register.folder) == 2 + entered
    assert git(register.folder, "status", "--porcelain") == ""
    assert git(register.folder, "fsck", "--strict", "--no-dangling") == ""


# --- what came, and is it the same? -------------------------------------------------------------------------------


def test_events_are_the_same_in_their_own_history(register: Register) -> None:
    history = register.history
    for event in (UTSKOTT, MOVE):
        assert still_the_same(history, history, event) == ""
    begun = history.with_event(made(1, words("par2.st1", "ett utskott", "två"), since=Condition("när staten vill")))
    met = Commencement(decision=begun.events[-1].id, on=DAY, decided_on=DAY, confirmed_by="kansli")
    assert still_the_same(begun, begun.with_event(MOVE), met) == ""
    assert still_the_same(begun, begun.with_event(made(2, words("par2.st1", "ett utskott", "ett råd"), since=DAY)), met) != ""
    assert newcomers(history, begun) == begun.events[-1:]


def test_of_many_that_came_those_are_named_that_touch_the_same(register: Register) -> None:
    came = [made(n, (KS, Repeal(target=address("par2"))), section=str(n)) for n in range(10, 15)]
    near = made(9, words("par1.st1", "ansvarar för", "svarar för"))
    told = what_came(register.history, [*came, near], UTSKOTT)
    assert told.startswith("KF 2018-01-01 § 9 (Reglemente för socialnamnden: i 1 § första stycket")
    assert told.endswith("; och 3 till")


def test_what_does_not_fit_even_alone_is_an_error_of_its_own(register: Register) -> None:
    with pytest.raises(CannotApply):
        register.enact(made(1, words("par2.st1", "finns inte", "x")), now=NOW)
