"""A register as people meet it: decisions become commits, a refusal changes nothing, and no altered byte goes unseen."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_storage_git import git, log_size

from reglemente_tool import consolidate
from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.errors import CannotApply, CannotStore, Level, WordingDiffers
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId, Provision
from reglemente_tool.model.history import Annulment, Change, Commencement, Committee, Condition, Correction, Decision, Event, Municipality
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.storage.git import Repository
from reglemente_tool.storage.library import Register

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
SN, KS = CharterId("socialnamnden"), CharterId("kommunstyrelsen")
P = Provision
KOMMUN = Municipality(
    name="Norrboda",
    code="0000",
    committees=(
        Committee(id=CommitteeId("socialnamnden"), name="socialnämnden", abbreviations=("SN",)),
        Committee(id=CommitteeId("kommunstyrelsen"), name="kommunstyrelsen"),
    ),
)


def body(*tasks: str) -> tuple[Provision, ...]:
    items = tuple(P(Kind.STRECKSATS, marker="–", text=task) for task in tasks)
    duties = P(Kind.STYCKE, text="Nämnden ansvarar för", children=items)
    rest = P(Kind.STYCKE, text="Nämnden får bilda ett utskott.")
    return (
        P(Kind.PARAGRAF, number="1", marker="1 §", heading="Uppgifter", children=(duties,)),
        P(Kind.PARAGRAF, number="2", marker="2 §", children=(rest,)),
    )


def address(code: str) -> Address:
    return Address.from_code(code)


def decision(id: str, day: date, *changes: tuple[CharterId, Amendment], since: date | Condition | None = None, **more: Any) -> Decision:
    made = tuple(Change(charter=charter, in_force_from=since or day, amendments=(amendment,)) for charter, amendment in changes)
    facts: dict[str, Any] = {"section": id.rsplit("-", 1)[-1], "confirmed_by": "kommunsekreterare", "text": f"Beslut {id}\natt …\n"}
    return Decision(id=DecisionId(id), decided_on=day, changes=made, **{**facts, **more})


def adoption(charter: CharterId, *tasks: str) -> tuple[CharterId, Adopt]:
    return charter, Adopt(title=f"Reglemente för {charter}", committee=CommitteeId(charter), body=body(*tasks))


FIRST = decision(
    "kf-2015-01-26-7",
    date(2015, 1, 26),
    adoption(SN, "hemtjänst,", "integration,", "särskilt boende, samt", "budgetrådgivning."),
    adoption(KS, "strategisk planering, samt", "näringsliv."),
    title="Reglementen",
    case_number="KS 2015/7",
)
MOVE = decision(
    "kf-2017-06-21-105",
    date(2017, 6, 21),
    (SN, Repeal(target=address("par1.st1.ss2"), expects="integration")),
    (KS, Insert(target=address("par1.st1.ss:sist"), wording=P(Kind.STRECKSATS, text="integration"))),
    since=date(2017, 7, 1),
    title="Integrationen flyttas",
    case_number="KS 2016/445",
)
VAL = Committee(id=CommitteeId("valnamnden"), name="valnämnden")
LAW = decision(
    "kf-2019-03-25-40",
    date(2019, 3, 25),
    (SN, Reword(target=address("par2.st1"), old="ett utskott", new="två utskott")),
    since=Condition("när beslutet har vunnit laga kraft"),
)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    made = Register.create(tmp_path / "norrboda", KOMMUN, now=NOW)
    made.enact(FIRST, now=NOW)
    return made


def everything(register: Register) -> dict[str, bytes]:
    """Every byte of the work tree, and where the repository stands."""
    root = register.folder
    places = [p for p in root.rglob("*") if p.is_file() and ".git" not in p.relative_to(root).parts]
    files = {p.relative_to(root).as_posix(): p.read_bytes() for p in places}
    return files | {" head": git(root, "rev-parse", "HEAD").encode(), " index": git(root, "ls-files", "-s").encode()}


# --- one decision, one commit -------------------------------------------------------------------------------------


def test_a_new_register(tmp_path: Path) -> None:
    register = Register.create(tmp_path / "nytt", KOMMUN, now=NOW)
    assert sorted(p.name for p in register.folder.iterdir()) == [".git", ".gitattributes", ".gitignore", "README.md", "register.xml"]
    assert git(register.folder, "log", "--format=%s|%an|%cI") in (
        "Nytt register för Norrboda|reglemente|2024-05-06T07:08:09+00:00",
        "Nytt register för Norrboda|reglemente|2024-05-06T07:08:09Z",
    )
    assert git(register.folder, "status", "--porcelain") == ""
    opened = Register.open(register.folder)
    assert opened.municipality == KOMMUN
    assert opened.history.events == ()
    assert opened.verify().ok


def test_one_decision_is_one_commit_that_says_what_it_did(register: Register) -> None:
    done = register.enact(MOVE, now=NOW)
    assert log_size(register.folder) == 3
    assert done.commit == git(register.folder, "rev-parse", "HEAD")
    assert done.files == ("beslut/2017/kf-2017-06-21-105.xml", "reglementen/kommunstyrelsen.xml", "reglementen/socialnamnden.xml")
    assert tuple(git(register.folder, "show", "--format=", "--name-only", "HEAD").splitlines()) == done.files
    assert git(register.folder, "log", "-1", "--format=%an|%cn") == "kommunsekreterare|reglemente"
    lines = git(register.folder, "log", "-1", "--format=%B").strip("\n").split("\n")
    described = [change.amendments[0].describe() for change in MOVE.changes]
    assert lines == [
        "KF 2017-06-21 § 105: Integrationen flyttas",
        "",
        f"Reglemente för socialnamnden: {described[0]}",
        f"Reglemente för kommunstyrelsen: {described[1]}",
        "",
        "Beslut: kf-2017-06-21-105",
        "Dnr: KS 2016/445",
        "Galler-fran: 2017-07-01",
    ]
    assert git(register.folder, "log", "-1", "--format=%(trailers:key=Beslut,valueonly)").strip() == "kf-2017-06-21-105"
    assert git(register.folder, "status", "--porcelain") == ""
    assert {mark.charter: (mark.before, mark.after) for mark in done.touched}[SN][1] == consolidate.latest(register.history, SN)


def test_what_was_enacted_is_there_when_the_register_is_opened_anew(register: Register) -> None:
    register.enact(MOVE, now=NOW)
    assert Register.open(register.folder / "reglementen").history.events == (FIRST, MOVE)
    assert register.history.events == (FIRST, MOVE)
    assert register.verify().ok


def test_a_strecksats_that_goes_is_one_line_that_goes(register: Register) -> None:
    register.enact(MOVE, now=NOW)
    diff = git(register.folder, "diff", "-U0", "HEAD~1", "HEAD", "--", "reglementen/socialnamnden.xml").splitlines()
    changed = [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    wid = consolidate.version_at(register.history, SN, in_force=date(2016, 1, 1)).body[0].children[0].children[1].wid
    assert changed == [
        '-<lydelse fran="2015-01-26"/>',
        '-<senast beslut="kf-2015-01-26-7">KF 2015-01-26 § 7</senast>',
        '+<lydelse fran="2017-07-01"/>',
        '+<senast beslut="kf-2017-06-21-105">KF 2017-06-21 § 105</senast>',
        f'-<strecksats wid="{wid}">integration,</strecksats>',
    ]


def test_lines_end_alike_everywhere(register: Register) -> None:
    register.enact(decision("kf-2016-02-02-3", date(2016, 2, 2), text="rad\r\nrad\r\n"), now=NOW)
    assert all(b"\r" not in data for data in everything(register).values())
    assert register.history.decision(DecisionId("kf-2016-02-02-3")).text == "rad\r\nrad\r\n"  # type: ignore[union-attr]
    assert (register.folder / ".gitattributes").read_bytes() == b"* -text\n"
    git(register.folder, "config", "core.autocrlf", "true")
    shutil.rmtree(register.folder / "beslut")
    git(register.folder, "checkout", "--quiet", "--", "beslut")
    assert register.verify().ok


def test_a_new_committee_comes_in_the_same_commit(register: Register) -> None:
    school = Committee(id=CommitteeId("skolnamnden"), name="skolnämnden", abbreviations=("SKN", "skolan"))
    adopted = decision("kf-2020-01-20-1", date(2020, 1, 20), adoption(CharterId("skolnamnden"), "grundskola."))
    with pytest.raises(CannotStore, match="skolnamnden finns inte i register"):
        register.enact(adopted, now=NOW)
    done = register.enact(adopted, now=NOW, add_committees=[school, KOMMUN.committees[0]])
    assert done.files == ("beslut/2020/kf-2020-01-20-1.xml", "register.xml", "reglementen/skolnamnden.xml")
    assert register.municipality.committees == (*KOMMUN.committees, school)
    assert Register.open(register.folder).municipality == register.municipality
    other = replace(school, name="kulturnämnden")
    with pytest.raises(CannotStore, match="finns redan"):
        register.enact(decision("kf-2020-01-20-2", date(2020, 1, 20)), now=NOW, add_committees=[other])


def test_a_charter_that_is_dissolved_loses_its_file(register: Register) -> None:
    register.enact(decision("kf-2022-01-31-9", date(2022, 1, 31), (SN, Dissolve())), now=NOW)
    assert not (register.folder / "reglementen/socialnamnden.xml").exists()
    assert register.verify().ok
    assert "D\treglementen/socialnamnden.xml" in git(register.folder, "show", "--format=", "--name-status", "HEAD")
    (register.folder / "reglementen/socialnamnden.xml").write_bytes(b"<kvar/>")
    git(register.folder, "add", "--all")
    git(register.folder, "commit", "--quiet", "-m", "tillbaka")
    assert _problems(register) == {("OFORKLARAD", "reglementen/socialnamnden.xml")}


def test_a_charter_that_is_to_end_is_replayed_until_it_does(register: Register) -> None:
    register.enact(MOVE, now=NOW)
    register.enact(decision("kf-2022-01-31-9", date(2022, 1, 31), (SN, Dissolve()), since=date(2023, 1, 1)), now=NOW)
    short = decision("kf-2022-01-31-10", date(2022, 1, 31), adoption(CharterId("valnamnden"), "val."))
    end = Change(charter=CharterId("valnamnden"), in_force_from=date(2022, 10, 1), amendments=(Dissolve(),))
    register.enact(replace(short, changes=(*short.changes, end)), now=NOW, add_committees=[VAL])
    report = register.verify()
    assert report.problems == ()
    told = [(c.charter, c.decisions, c.differences, c.ends) for c in report.charters]
    assert told == [(KS, 1, 0, None), (SN, 1, 0, date(2023, 1, 1)), (CharterId("valnamnden"), 0, 0, date(2022, 10, 1))]
    assert [c.charter for c in report.standing(date(2022, 10, 1))] == [KS, SN]
    assert [c.charter for c in report.standing(date(2023, 1, 1))] == [KS]
    (register.folder / "reglementen/socialnamnden.xml").write_bytes(b"<kvar/>")
    report = register.verify()
    assert ("OFORKLARAD", "reglementen/socialnamnden.xml") in {(p.code, p.place.document) for p in report.problems}
    assert [c.differences for c in report.charters] == [0, 1, 0]


def test_a_condition_is_met_and_a_decision_undone(register: Register) -> None:
    unchanged = (register.folder / "reglementen/socialnamnden.xml").read_bytes()
    register.enact(LAW, now=NOW)
    assert (register.folder / "reglementen/socialnamnden.xml").read_bytes() == unchanged
    assert git(register.folder, "log", "-1", "--format=%B").strip().endswith("Galler-fran: när beslutet har vunnit laga kraft")
    met = Commencement(decision=LAW.id, on=date(2019, 5, 1), decided_on=date(2019, 5, 3), confirmed_by="kansli")
    assert register.enact(met, now=NOW).files == ("beslut/2019/ikraft-2019-05-01-kf-2019-03-25-40.xml", "reglementen/socialnamnden.xml")
    assert "två utskott" in (register.folder / "reglementen/socialnamnden.xml").read_text(encoding="utf-8")
    assert git(register.folder, "log", "-1", "--format=%s") == "Ikraftträdande 2019-05-01: KF 2019-03-25 § 40"
    undone = Annulment(decided_on=date(2019, 9, 1), annuls=LAW.id, by="förvaltningsrätten", case_number="11-19", confirmed_by="kansli")
    register.enact(undone, now=NOW)
    assert (register.folder / "reglementen/socialnamnden.xml").read_bytes() == unchanged
    assert git(register.folder, "log", "-1", "--format=%B").strip("\n").split("\n") == [
        "Upphävt 2019-09-01 av förvaltningsrätten: KF 2019-03-25 § 40",
        "",
        "Beslut: upphavt-2019-09-01-kf-2019-03-25-40",
        "Dnr: 11-19",
    ]
    assert register.verify().ok


def test_a_courts_word_on_a_courts_word_sets_the_charter_back(register: Register) -> None:
    file = register.folder / "reglementen/socialnamnden.xml"
    before = file.read_bytes()
    register.enact(MOVE, now=NOW)
    moved = file.read_bytes()
    below = Annulment(decided_on=date(2018, 1, 10), annuls=MOVE.id, by="förvaltningsrätten", confirmed_by="kansli")
    above = Annulment(decided_on=date(2018, 6, 1), annuls=below.id, by="kammarrätten", confirmed_by="kansli")
    highest = Annulment(decided_on=date(2019, 2, 1), annuls=above.id, by="Högsta förvaltningsdomstolen", confirmed_by="kansli")
    for event, text in ((below, before), (above, moved), (highest, before)):
        done = register.enact(event, now=NOW)
        assert [mark.charter for mark in done.touched] == [KS, SN]
        assert file.read_bytes() == text
        assert register.verify().problems == ()
        assert register.history.annulled(MOVE.id) == (None if event == above else below)
    said = "Upphävt 2018-06-01 av kammarrätten: upphävt 2018-01-10 av förvaltningsrätten: KF 2017-06-21 § 105"
    assert git(register.folder, "log", "-1", "--skip=1", "--format=%s") == said


def test_what_sets_aside_a_commencement_or_a_correction_touches_its_charter(register: Register) -> None:
    file = register.folder / "reglementen/socialnamnden.xml"
    unchanged = file.read_bytes()
    change = Change(charter=SN, in_force_from=date(2015, 1, 26), amendments=(Reword(target=address("par2.st1"), old="får", new="kan"),))
    mend = Correction(decided_on=date(2016, 1, 1), number="1", change=change, reason="Fel ord.", confirmed_by="kansli")
    met = Commencement(decision=LAW.id, on=date(2019, 5, 1), decided_on=date(2019, 5, 3), confirmed_by="kansli")
    for made in (LAW, met):
        register.enact(made, now=NOW)
    register.enact(Annulment(decided_on=date(2019, 9, 1), annuls=met.id, by="förvaltningsrätten", confirmed_by="kansli"), now=NOW)
    assert file.read_bytes() == unchanged
    register.enact(mend, now=NOW)
    register.enact(Annulment(decided_on=date(2019, 9, 2), annuls=mend.id, by="förvaltningsrätten", confirmed_by="kansli"), now=NOW)
    assert file.read_bytes() == unchanged
    assert register.verify().problems == ()


def test_a_change_for_a_time_is_not_in_the_lasting_wording(register: Register) -> None:
    unchanged = (register.folder / "reglementen/socialnamnden.xml").read_bytes()
    done = register.enact(_for_a_time(_only(SN, "par2")), now=NOW)
    assert done.files == ("beslut/2018/kf-2018-01-01-1.xml",)
    assert (register.folder / "reglementen/socialnamnden.xml").read_bytes() == unchanged
    assert [len(v.charter.body) for v in consolidate.versions(register.history, SN)] == [2, 1, 2]
    assert register.verify().ok


def test_a_correction_is_seen_as_one(register: Register) -> None:
    change = Change(
        charter=KS, in_force_from=date(2015, 1, 26), amendments=(Reword(target=address("par2.st1"), old="bilda", new="inrätta"),)
    )
    mend = Correction(decided_on=date(2016, 1, 1), number="1", change=change, reason="Fel ord i avskriften.", confirmed_by="kansli")
    register.enact(mend, now=NOW)
    assert git(register.folder, "log", "-1", "--format=%s") == "Rättelse 2016-01-01: Fel ord i avskriften."
    assert register.verify().ok
    assert [c.decisions for c in register.verify().charters] == [1, 0]


# --- a refusal changes nothing ------------------------------------------------------------------------------------


def _taking(code: str, **more: Any) -> Decision:
    return decision("kf-2018-01-01-1", date(2018, 1, 1), (SN, Repeal(target=address(code), **more)))


def _only(charter: CharterId, code: str, since: date | None = None) -> Decision:
    return decision("kf-2018-01-01-1", date(2018, 1, 1), (charter, Repeal(target=address(code))), since=since)


def _for_a_time(made: Decision) -> Decision:
    return replace(made, changes=tuple(replace(change, in_force_until=date(2018, 6, 30)) for change in made.changes))


BAD: dict[str, tuple[type[Exception], Callable[[], Event]]] = {
    "wrong wording": (WordingDiffers, lambda: _taking("par1.st1.ss1", expects="färdtjänst")),
    "no such provision": (CannotApply, lambda: _taking("par9")),
    "no such charter": (CannotApply, lambda: _only(CharterId("ingen"), "par1")),
    "before the adoption": (CannotApply, lambda: _only(SN, "par2", since=date(2001, 1, 1))),
    "a later one no longer fits": (CannotApply, lambda: _only(SN, "par1.st1.ss2", since=date(2017, 1, 1))),
    "for a time, but does not fit": (CannotApply, lambda: _for_a_time(_only(SN, "par9"))),
    "half of it": (CannotApply, lambda: replace(_taking("par2"), changes=(*_taking("par2").changes, *_only(KS, "par9").changes))),
    "known already": (CannotStore, lambda: MOVE),
    "confirmed by nobody": (CannotStore, lambda: replace(_taking("par2"), confirmed_by="")),
    "no name for a file": (CannotStore, lambda: replace(_taking("par2"), id=DecisionId("../../x"))),
    "no charter's name": (CannotStore, lambda: decision("kf-2018-01-01-1", date(2018, 1, 1), adoption(CharterId("Å"), "x."))),
    "a line break in the text": (
        CannotStore,
        lambda: decision("kf-2018-01-01-1", date(2018, 1, 1), (SN, Reword(target=address("par2.st1"), old="utskott", new="rå\nd"))),
    ),
    "control characters": (CannotStore, lambda: replace(_taking("par2"), text="\x00")),
    "begins, but is unknown": (
        CannotStore,
        lambda: Commencement(decision=DecisionId("kf-9"), on=date(2018, 1, 1), decided_on=date(2018, 1, 1), confirmed_by="kansli"),
    ),
    "begins, but has its day": (
        CannotStore,
        lambda: Commencement(decision=MOVE.id, on=date(2018, 1, 1), decided_on=date(2018, 1, 1), confirmed_by="kansli"),
    ),
    "undoes what others build on": (
        CannotApply,
        lambda: Annulment(decided_on=date(2018, 1, 1), annuls=FIRST.id, by="förvaltningsrätten", confirmed_by="kansli"),
    ),
}


@pytest.mark.parametrize("why", sorted(BAD))
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_refused_event_leaves_every_byte_as_it_was(register: Register, why: str, dry_run: bool) -> None:
    register.enact(MOVE, now=NOW)
    register.save_draft(Proposal(id=DecisionId("kf-2018-01-01-1")))
    before, history = everything(register), register.history
    error, event = BAD[why]
    with pytest.raises(error):
        register.enact(event(), now=NOW, draft_id="kf-2018-01-01-1", dry_run=dry_run)
    assert everything(register) == before
    assert register.history is history
    assert register.verify().ok
    register.enact(_taking("par1.st1.ss1"), now=NOW)
    assert log_size(register.folder) == 4


def test_a_condition_is_met_once(register: Register) -> None:
    register.enact(LAW, now=NOW)
    met = Commencement(decision=LAW.id, on=date(2019, 5, 1), decided_on=date(2019, 5, 3), confirmed_by="kansli")
    register.enact(met, now=NOW)
    with pytest.raises(CannotStore, match="redan"):
        register.enact(replace(met, on=date(2019, 6, 1)), now=NOW)


def test_a_courts_word_has_no_day_in_force_and_only_a_later_one_sets_it_aside(register: Register) -> None:
    register.enact(LAW, now=NOW)
    court = Annulment(decided_on=date(2019, 9, 1), annuls=LAW.id, by="förvaltningsrätten", confirmed_by="kansli")
    register.enact(court, now=NOW)
    with pytest.raises(CannotStore, match="inget villkor"):
        register.enact(Commencement(decision=court.id, on=date(2019, 9, 1), decided_on=date(2019, 9, 1), confirmed_by="kansli"), now=NOW)
    for day in (date(2019, 8, 31), date(2019, 9, 1)):
        with pytest.raises(CannotStore, match="senare dag"):
            register.enact(Annulment(decided_on=day, annuls=court.id, by="kammarrätten", confirmed_by="kansli"), now=NOW)
    register.enact(Annulment(decided_on=date(2019, 9, 2), annuls=court.id, by="kammarrätten", confirmed_by="kansli"), now=NOW)


def test_a_dry_run_computes_all_and_writes_nothing(register: Register) -> None:
    before = everything(register)
    dry = register.enact(MOVE, now=NOW, dry_run=True)
    assert everything(register) == before
    assert dry.commit == ""
    done = register.enact(MOVE, now=NOW)
    assert (dry.message, dry.files, dry.touched) == (done.message, done.files, done.touched)


# --- two at once, and people's own edits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["reglementen/socialnamnden.xml", "reglementen/kommunstyrelsen.xml", "beslut/2015/kf-2015-01-26-7.xml", "register.xml"]
)
@pytest.mark.parametrize("staged", [False, True])
def test_a_persons_edit_is_never_overwritten(register: Register, path: str, staged: bool) -> None:
    place = register.folder / path
    original = place.read_bytes()
    place.write_bytes(original.replace(b"</", b" </", 1))
    if staged:
        git(register.folder, "add", path)
        place.write_bytes(original)
    before = everything(register)
    with pytest.raises(CannotStore, match=path):
        Register.open(register.folder).enact(_taking("par1.st1.ss1"), now=NOW)
    assert everything(register) == before


def test_a_file_that_stands_in_the_way_is_never_overwritten(register: Register) -> None:
    place = register.folder / "beslut/2018/kf-2018-01-01-1.xml"
    place.parent.mkdir()
    place.write_bytes(b"en persons egna anteckningar")
    with pytest.raises(CannotStore):
        register.enact(_taking("par1.st1.ss1"), now=NOW)
    assert place.read_bytes() == b"en persons egna anteckningar"
    assert log_size(register.folder) == 2


def test_edits_elsewhere_are_nobodys_business(register: Register) -> None:
    (register.folder / "README.md").write_text("egen text\n", encoding="utf-8")
    (register.folder / "anteckning.txt").write_text("egen\n", encoding="utf-8")
    register.enact(MOVE, now=NOW)
    assert git(register.folder, "status", "--porcelain").splitlines() == [" M README.md", "?? anteckning.txt"]


def test_what_a_program_has_open_is_set_later(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Repository, "_set_files", lambda *_: False)
    done = register.enact(MOVE, now=NOW)
    assert [problem.code for problem in done.problems] == ["EJ-UPPDATERAD"]
    with pytest.raises(CannotStore, match="inte uppdaterade"):
        Register.open(register.folder)
    monkeypatch.undo()
    opened = Register.open(register.folder)
    assert opened.history == register.history
    assert opened.verify().ok


_WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {source!r}]
from test_storage_register import *
for number in range(1000):
    register = Register.open(Path(sys.argv[1]))
    n = len(register.history.events)
    old, new = ("ett utskott", "två utskott") if n % 2 else ("två utskott", "ett utskott")
    day = date(2020, 1, 1)
    register.enact(decision(f"kf-2020-01-01-{{n}}", day, (SN, Reword(target=address("par2.st1"), old=old, new=new))), now=NOW)
    print(n, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_at_any_instant_the_register_is_as_before_or_as_after(register: Register) -> None:
    tests = Path(__file__).parent
    program = _WRITER.format(tests=str(tests), source=str(tests.parent))
    chance = random.Random(7)
    for _ in range(6):
        writer = subprocess.Popen([sys.executable, "-c", program, str(register.folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert writer.stdout is not None
        told = int(writer.stdout.readline())
        time.sleep(chance.uniform(0, 0.12))
        writer.send_signal(signal.SIGKILL)
        told = max([told, *(int(line) for line in writer.stdout.read().splitlines())])
        writer.wait()
        writer.communicate()
        time.sleep(0.2)  # a git that it had started may still be at work
        opened = Register.open(register.folder)
        assert len(opened.history.events) > told, "what was reported as enacted is there"
        assert opened.verify().problems == ()
        assert log_size(register.folder) == len(opened.history.events) + 1
        assert git(register.folder, "fsck", "--strict", "--no-dangling") == ""
        assert git(register.folder, "status", "--porcelain") == ""


# --- larger repositories, and none --------------------------------------------------------------------------------


@pytest.fixture
def larger(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "kod.py").write_text("1\n")
    git(tmp_path, "add", "kod.py")
    git(tmp_path, "commit", "--quiet", "-m", "början")
    return tmp_path


def test_two_registers_in_one_larger_repository(larger: Path) -> None:
    one = Register.create(larger / "charters" / "ett", KOMMUN, now=NOW, inside=True)
    two = Register.create(larger / "charters" / "två", KOMMUN, now=NOW, inside=True)
    (larger / "kod.py").write_text("2\n")
    one.enact(FIRST, now=NOW)
    two.enact(FIRST, now=NOW)
    one.enact(MOVE, now=NOW)
    assert log_size(larger) == 6
    assert set(git(larger, "show", "--format=", "--name-only", "HEAD").splitlines()) == {
        "charters/ett/beslut/2017/kf-2017-06-21-105.xml",
        "charters/ett/reglementen/kommunstyrelsen.xml",
        "charters/ett/reglementen/socialnamnden.xml",
    }
    assert git(larger, "status", "--porcelain") == " M kod.py"
    assert one.verify().ok
    assert two.verify().ok
    assert Register.open(larger / "charters" / "två" / "beslut").history.events == (FIRST,)


def test_a_register_gets_a_repository_of_its_own_unless_told_otherwise(larger: Path) -> None:
    made = Register.create(larger / "demo", KOMMUN, now=NOW)
    assert (made.folder / ".git").is_dir()
    assert log_size(larger) == 1
    assert log_size(made.folder) == 1


def test_a_repository_that_is_there_already_is_used(larger: Path) -> None:
    Register.create(larger, KOMMUN, now=NOW)
    assert log_size(larger) == 2


def test_a_register_is_not_made_on_top_of_another(register: Register, tmp_path: Path) -> None:
    before = everything(register)
    with pytest.raises(CannotStore, match="finns redan"):
        Register.create(register.folder, KOMMUN, now=NOW)
    assert everything(register) == before
    with pytest.raises(CannotStore, match="git-förvar"):
        Register.create(tmp_path / "löst", KOMMUN, now=NOW, inside=True)
    assert not (tmp_path / "löst").exists()


def test_without_git_a_register_can_be_read_but_not_changed(register: Register, tmp_path: Path) -> None:
    register.enact(MOVE, now=NOW)
    copy = tmp_path / "hjul" / "norrboda"
    shutil.copytree(register.folder, copy, ignore=shutil.ignore_patterns(".git"))
    read = Register.open(copy)
    assert read.history == register.history
    assert consolidate.latest(read.history, SN) == consolidate.latest(register.history, SN)
    report = read.verify()
    assert report.ok
    assert not report.compared_with_git
    assert [(p.code, p.level) for p in report.problems] == [("UTAN-GIT", Level.VARNING)]
    assert read.enact(_taking("par1.st1.ss1"), now=NOW, dry_run=True).files
    with pytest.raises(CannotStore, match="inte i git") as caught:
        read.enact(_taking("par1.st1.ss1"), now=NOW)
    assert "reglemente ny" in caught.value.hint
    (copy / "reglementen/socialnamnden.xml").write_bytes(b"x")
    assert [p.place.document for p in read.verify().problems if p.code == "OFORKLARAD"] == ["reglementen/socialnamnden.xml"]


def test_a_register_that_was_never_committed_is_not_changed(larger: Path, register: Register) -> None:
    shutil.copytree(register.folder, larger / "kopia", ignore=shutil.ignore_patterns(".git"))
    read = Register.open(larger / "kopia")
    assert not read.verify().compared_with_git
    with pytest.raises(CannotStore, match="inte sparad i git"):
        read.enact(MOVE, now=NOW)
    assert log_size(larger) == 1


def test_where_there_is_no_register_the_hint_is_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CannotStore, match="inget register") as caught:
        Register.open(tmp_path)
    assert "reglemente ny" in caught.value.hint


# --- proving ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def proven(tmp_path_factory: pytest.TempPathFactory) -> Register:
    register = Register.create(tmp_path_factory.mktemp("prov") / "norrboda", KOMMUN, now=NOW)
    for event in (FIRST, MOVE, LAW):
        register.enact(event, now=NOW)
    return register


def test_a_register_that_holds_together(proven: Register) -> None:
    report = proven.verify()
    assert report.ok
    assert report.problems == ()
    assert report.compared_with_git
    assert [(c.charter, c.decisions, c.differences) for c in report.charters] == [(KS, 1, 0), (SN, 1, 0)]


@given(st.data())
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_altered_byte_is_found_and_its_file_named(proven: Register, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(sorted(p for p in proven.folder.rglob("*.xml"))))
    original = place.read_bytes()
    at = data.draw(st.integers(0, len(original) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != original[at]))
    how = data.draw(st.sampled_from(["replaced", "dropped", "added"]))
    altered = {
        "replaced": original[:at] + bytes([byte]) + original[at + 1 :],
        "dropped": original[:at] + original[at + 1 :],
        "added": original[:at] + bytes([byte]) + original[at:],
    }[how]
    try:
        place.write_bytes(altered)
        report = Register.open(proven.folder).verify()
    finally:
        place.write_bytes(original)
    assert not report.ok
    assert place.relative_to(proven.folder).as_posix() in {p.place.document for p in report.problems if p.code == "ANDRAD-FIL"}


def _problems(register: Register) -> set[tuple[str, str]]:
    return {(p.code, p.place.document) for p in Register.open(register.folder).verify().problems if p.level is Level.FEL}


@pytest.mark.parametrize("path", ["beslut/2018/x.xml", "beslut/x.txt", "reglementen/x.xml", "beslut/2017/.dold"])
def test_a_file_too_many_is_found(register: Register, path: str) -> None:
    (register.folder / path).parent.mkdir(parents=True, exist_ok=True)
    (register.folder / path).write_bytes(b"x")
    assert ("OKAND-FIL", path) in _problems(register)


@pytest.mark.parametrize("path", ["beslut/2015/kf-2015-01-26-7.xml", "reglementen/socialnamnden.xml"])
def test_a_file_that_is_gone_is_found(register: Register, path: str) -> None:
    (register.folder / path).unlink()
    assert ("SAKNAD-FIL", path) in _problems(register)


def test_an_alteration_that_somebody_committed_is_found_by_replay(register: Register) -> None:
    place = register.folder / "reglementen/socialnamnden.xml"
    place.write_bytes(place.read_bytes().replace("hemtjänst".encode(), "hemvård".encode()))
    git(register.folder, "commit", "--quiet", "--all", "-m", "bara en liten sak")
    report = Register.open(register.folder).verify()
    assert {(p.code, p.place.document) for p in report.problems} == {("OFORKLARAD", "reglementen/socialnamnden.xml")}
    assert {c.charter: c.differences for c in report.charters} == {KS: 0, SN: 1}
    with pytest.raises(CannotStore, match="inte vad besluten säger"):
        Register.open(register.folder).enact(MOVE, now=NOW)
    opened = Register.open(register.folder)
    assert opened.republish(now=NOW) == ("reglementen/socialnamnden.xml",)
    assert opened.verify().ok
    assert opened.republish(now=NOW) == ()
    opened.enact(MOVE, now=NOW)


def test_a_charter_that_no_decision_knows_is_found_even_when_committed(register: Register) -> None:
    (register.folder / "reglementen/kulturnamnden.xml").write_bytes((register.folder / "reglementen/socialnamnden.xml").read_bytes())
    git(register.folder, "add", "--all")
    git(register.folder, "commit", "--quiet", "-m", "ett till")
    assert _problems(register) == {("OKAND-FIL", "reglementen/kulturnamnden.xml")}


@pytest.mark.parametrize("new", ["beslut/2015/kf-2015-01-26-8.xml", "beslut/2016/kf-2015-01-26-7.xml", "beslut/kf-2015-01-26-7.xml"])
def test_a_decision_in_the_wrong_place_is_refused(register: Register, new: str) -> None:
    (register.folder / new).parent.mkdir(exist_ok=True)
    (register.folder / "beslut/2015/kf-2015-01-26-7.xml").rename(register.folder / new)
    with pytest.raises(CannotStore, match=r"ska heta beslut/2015/kf-2015-01-26-7\.xml"):
        _ = Register.open(register.folder).history
    assert any(place == new for _, place in _problems(register))


def test_two_decisions_with_one_id_are_refused(register: Register) -> None:
    first = (register.folder / "beslut/2015/kf-2015-01-26-7.xml").read_text(encoding="utf-8")
    (register.folder / "beslut/2016").mkdir()
    other = first.replace('beslutat="2015-01-26"', 'beslutat="2016-01-26"')
    (register.folder / "beslut/2016/kf-2015-01-26-7.xml").write_text(other, encoding="utf-8", newline="\n")
    with pytest.raises(CannotStore, match="finns två gånger"):
        _ = Register.open(register.folder).history
    assert not register.verify().ok


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_not_followed(register: Register, tmp_path: Path) -> None:
    (tmp_path / "annat").mkdir()
    (register.folder / "beslut/2018").symlink_to(tmp_path / "annat", target_is_directory=True)
    with pytest.raises(CannotStore, match="länk"):
        _ = Register.open(register.folder).history
    assert not register.verify().ok


# --- drafts -------------------------------------------------------------------------------------------------------


def test_drafts_are_kept_beside_the_register_and_out_of_git(register: Register) -> None:
    one, two = Proposal(id=DecisionId("kf-2026-012"), text="rad\nrad"), Proposal(id=DecisionId("kf-2026-011"))
    assert register.save_draft(one) == register.folder / "forslag" / "kf-2026-012.xml"
    register.save_draft(two)
    assert register.drafts == ("kf-2026-011", "kf-2026-012")
    assert register.draft(one.id) == one
    register.save_draft(replace(one, text="ny"))
    assert register.draft(one.id).text == "ny"
    assert git(register.folder, "status", "--porcelain") == ""
    assert [p.name for p in register.folder.glob(".reglemente*")] == []
    register.enact(MOVE, now=NOW, draft_id="kf-2026-012")
    assert list(register.drafts) == ["kf-2026-011"]
    register.remove_draft(two.id)
    register.remove_draft(two.id)
    assert not register.drafts
    assert "forslag" not in git(register.folder, "log", "--name-only", "--format=")


@pytest.mark.parametrize("id", ["../beslut/2015/kf-2015-01-26-7", "", "Å", "a/b", ".."])
def test_a_draft_has_a_plain_name(register: Register, id: str) -> None:
    before = everything(register)
    with pytest.raises(CannotStore, match="namn"):
        register.save_draft(Proposal(id=DecisionId(id)))
    with pytest.raises(CannotStore, match="namn"):
        register.draft(DecisionId(id))
    assert everything(register) == before


def test_a_draft_that_is_not_there(register: Register) -> None:
    with pytest.raises(CannotStore, match="inget förslag kf-1") as caught:
        register.draft(DecisionId("kf-1"))
    assert "reglemente las" in caught.value.hint
    register.save_draft(Proposal(id=DecisionId("kf-2")))
    with pytest.raises(CannotStore) as caught:
        register.draft(DecisionId("kf-1"))
    assert "kf-2" in caught.value.hint


def test_reading_a_register_does_not_wait_for_git(register: Register) -> None:
    program = (
        "import sys; from pathlib import Path; from reglemente_tool.storage.library import Register; "
        "print(len(Register.open(Path(sys.argv[1])).history.events), 'git' in sys.modules)"
    )
    source = str(Path(__file__).parent.parent)
    done = subprocess.run([sys.executable, "-c", program, str(register.folder)], capture_output=True, text=True, cwd=source, check=True)
    assert done.stdout.split() == ["1", "False"]
