"""A register in which somebody has changed something by hand, or that is larger or other than a register is: what is told."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_commands import typed
from test_storage_git import git
from test_storage_register import FIRST, KOMMUN, LAW, MOVE, NOW, decision

from reglemente_tool.errors import CannotStore, Level
from reglemente_tool.model.assignment import Assignment, AssignmentKind
from reglemente_tool.model.charter import CommitteeId, DecisionId
from reglemente_tool.model.history import Revocation
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.storage import incoming, library
from reglemente_tool.storage.audit import audit
from reglemente_tool.storage.chain import REGISTER, START, begun
from reglemente_tool.storage.git import Moved, Repository
from reglemente_tool.storage.git.commits import refuse_giants
from reglemente_tool.storage.incoming import continued, tried
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.publishing import event_path
from reglemente_tool.storage.xmlform import event_to_xml, municipality_to_xml, proposal_to_xml


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two decisions. Made once; a test that changes it has a copy."""
    register = Register.create(tmp_path_factory.mktemp("granskat") / "norrboda", KOMMUN, now=NOW)
    register.enact(FIRST, now=NOW)
    register.enact(MOVE, now=NOW)
    return register.folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "norrboda")


@pytest.fixture
def files(made: Path) -> dict[str, bytes]:
    return {p.relative_to(made).as_posix(): p.read_bytes() for p in made.rglob("*.xml")}


def told(files: dict[str, bytes]) -> dict[str, str]:
    """The problems by code, the last of each."""
    return {problem.code: problem.message for problem in audit(files, {}).problems}


def test_what_a_decision_points_at_must_be_there(files: dict[str, bytes]) -> None:
    repeal = Revocation(annuls=DecisionId("kf-1999-01-01-1"), in_force_from=date(2020, 1, 1))
    park = CommitteeId("parknamnden")
    given = Assignment(kind=AssignmentKind.UPPDRAG, clause=1, to="parknämnden", what="att räkna träden", committee=park)
    event = decision("kf-2020-01-01-1", date(2020, 1, 1), revocations=(repeal,), assignments=(given,))
    found = told({**files, event_path(event): event_to_xml(event)})
    assert found["UPPHAVANDE"] == "KF 2020-01-01 § 1 upphäver kf-1999-01-01-1, som inte finns i registret."
    assert found["NAMND"] == "KF 2020-01-01 § 1 ger parknämnden ett uppdrag, men nämnden parknamnden finns inte i register.xml."


def test_without_register_xml_nothing_is_tried_against_the_decisions(files: dict[str, bytes]) -> None:
    report = audit({path: data for path, data in files.items() if path != REGISTER}, {})
    assert report.problems[0].message == "register.xml saknas."
    assert (report.charters, report.chain, report.ok) == ((), None, False)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"<kedja", b"<x", "kan inte stå där"),
        (b'dag="2024-05-06"', b'dag="2024-02-30"', "2024-02-30 är inget datum"),
        (b'efter-nr="2"', b'efter-nr="tv\xc3\xa5"', "attributet efter-nr"),
        (b'efter-nr="2"', b'efter-nr="7"', "börjar efter nummer 7 men räknar upp 2"),
    ],
)
def test_a_start_of_the_chain_that_nobody_could_have_written(old: bytes, new: bytes, words: str, files: dict[str, bytes]) -> None:
    start = begun(files, KOMMUN, confirmed_by="kansli", reason="x", on=NOW.date())
    assert old in start
    start = start.replace(old, new).replace(b"</kedja>", b"</x>" if new == b"<x" else b"</kedja>")
    problems = audit({**files, START: start}, {}).problems
    assert any(p.place.document.startswith(START) and words in p.message for p in problems if p.level is Level.FEL), problems


def test_another_file_in_the_place_of_the_chains_start(files: dict[str, bytes]) -> None:
    assert "där skulle elementet <kedja> stå" in told({**files, START: files[REGISTER]})["REGISTER"]
    start = begun({**files, START: b"<x"}, KOMMUN, confirmed_by="kansli", reason="x", on=NOW.date())
    assert audit({**files, START: start}, {}).ok, "what cannot be read is not what the new chain stands in place of"


def test_what_is_added_to_may_not_lose_its_committees_or_be_another_kommuns(files: dict[str, bytes]) -> None:
    fewer = municipality_to_xml(replace(KOMMUN, committees=KOMMUN.committees[:1]))
    assert [p.message for p in continued(files, {**files, REGISTER: fewer})] == ["Nämnden kommunstyrelsen är borta ur register.xml."]
    assert [p.code for p in continued(files, {**files, REGISTER: municipality_to_xml(replace(KOMMUN, code="0001"))})] == ["ANNAT-REGISTER"]
    assert list(continued(files, {**files, REGISTER: b"<x/>"})) == [], "that it cannot be read is told by others"


def test_what_is_larger_than_any_register_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register = Register.open(folder)
    assert register.repository is not None
    head = register.repository.head().commit
    monkeypatch.setattr(incoming, "MAX_BYTES", 100)
    assert tried(register.repository, head).problems[0].code == "OVANLIG-FIL"
    monkeypatch.setattr(library, "MAX_BYTES", 100)
    assert "större än 0 MB" in Register.open(folder).verify().problems[0].message
    monkeypatch.setattr("reglemente_tool.storage.git.commits.MOST_BYTES", 100)
    with pytest.raises(CannotStore, match="Det som är inlagt är större än"):
        refuse_giants(register.repository, register.repository.files(head))


def test_what_git_has_lost_is_told(folder: Path) -> None:
    register = Register.open(folder)
    assert register.repository is not None
    blob = register.repository.files(register.repository.head().commit)[REGISTER]
    (folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    code, said = typed(f"reglemente kontrollera --forvar {folder} --inlagt main")
    assert code == 3
    assert "register.xml saknas i förvaret" in " ".join(said.split())


def test_a_register_that_is_not_in_git_or_not_committed_has_no_signatures(folder: Path) -> None:
    shutil.rmtree(folder / ".git")
    code, said = typed(f"reglemente kontrollera --register {folder}")
    assert (code, "UTAN-GIT" in said, "Undertecknade" in said) == (0, True, False)
    git(folder, "init", "--quiet", "--initial-branch=main")
    seen = Register.open(folder).signatures()
    assert (seen.commits, seen.signed, seen.problems) == (0, 0, ())


def test_a_draft_is_called_what_its_file_is(folder: Path) -> None:
    (folder / "forslag").mkdir()
    (folder / "forslag" / "ett.xml").write_bytes(proposal_to_xml(Proposal(id=DecisionId("annat"))))
    with pytest.raises(CannotStore, match=r"forslag/ett\.xml: förslagets id är annat\."):
        Register.open(folder).draft(DecisionId("ett"))


def test_what_is_written_anew_is_written_from_what_was_read(folder: Path) -> None:
    late = Register.open(folder)
    assert len(late.history.events) == 2
    Register.open(folder).enact(LAW, now=NOW)
    with pytest.raises(Moved, match="har ändrats sedan det lästes"):
        late.republish(now=NOW)
    assert Register.open(folder).republish(now=NOW) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_git_would_not_write_through_a_link(folder: Path, tmp_path: Path) -> None:
    refs = folder / ".git" / "refs" / "tags"
    shutil.rmtree(refs, ignore_errors=True)
    refs.symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(CannotStore, match="är en länk, så git skulle skriva någon annanstans"):
        Register.open(folder).enact(LAW, now=NOW)


def test_a_mark_that_nobody_can_read_is_left_alone(folder: Path) -> None:
    mark = folder / ".git" / "reglemente-pagar-x"
    mark.write_text("skräp", encoding="utf-8")
    repository = Register.open(folder).repository
    assert isinstance(repository, Repository)
    assert repository.finish()
    assert mark.exists()
