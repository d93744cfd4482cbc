"""A history that has been rewritten is seen, also when git's own was rewritten with it; and a proof says so without git."""

from __future__ import annotations

import hashlib
import io
import random
import re
import shutil
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_commands import typed
from test_storage_git import git
from test_storage_register import FIRST, KOMMUN, KS, LAW, MOVE, NOW, SN, address, decision, everything

from reglemente_tool import consolidate
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.errors import CannotRead, CannotStore, Level
from reglemente_tool.model.charter import Charter, Provision
from reglemente_tool.model.history import Commencement, Event, History, Municipality
from reglemente_tool.storage import chain as chains
from reglemente_tool.storage.audit import Report, audit
from reglemente_tool.storage.chain import (
    REGISTER,
    START,
    End,
    Files,
    chain_in,
    genesis,
    joined,
    link_in,
    spoken,
    without_link,
    wording_digest,
)
from reglemente_tool.storage.entering import Held, entered
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.proof import continued, examined, proof
from reglemente_tool.storage.publishing import event_path
from reglemente_tool.storage.xmlform import event_from_xml, municipality_to_xml

MET = Commencement(decision=LAW.id, on=date(2019, 5, 1), decided_on=date(2019, 5, 3), confirmed_by="kansli")
FOUND = decision(
    "kf-2016-03-29-12", date(2016, 3, 29), (KS, Reword(target=address("par2.st1"), old="bilda", new="inrätta")), title="Hittat i arkivet"
)
END = decision("kf-2023-02-27-5", date(2023, 2, 27), (KS, Dissolve()))
EVENTS: tuple[Event, ...] = (FIRST, MOVE, LAW, MET, FOUND, END)
PATHS = tuple(event_path(event) for event in EVENTS)


def grown(events: tuple[Event, ...], municipality: Municipality = KOMMUN) -> Held:
    """Return what a register holds when the events have been entered, one after the other. No folder and no git."""
    held = Held({REGISTER: municipality_to_xml(municipality)}, municipality, History())
    for event in events:
        held = entered(held, event)[1]
    return held




@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return dict(grown(EVENTS).files)


def told(files: Files) -> set[tuple[str, str]]:
    """What is wrong with the files, as the audit says when git has nothing to say about them."""
    return {(p.code, p.place.document) for p in audit(files, {}).problems}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- what a link says ---------------------------------------------------------------------------------------------


def test_each_file_names_the_one_that_was_entered_before_it(whole: dict[str, bytes]) -> None:
    assert told(whole) == set()
    before = sha(b"reglemente 0000 Norrboda\n")
    for number, path in enumerate(PATHS, 1):
        link = link_in(whole[path])
        assert link is not None
        assert (link.number, link.after) == (number, before)
        lines = whole[path].decode().splitlines(keepends=True)
        at = next(i for i, line in enumerate(lines) if line.startswith("<lank "))
        assert link.content == sha("".join(lines[:at] + lines[-1:]).encode())
        assert link.register == sha(whole[REGISTER])
        before = sha(whole[path])
    chain = audit(whole, {}).chain
    assert chain is not None
    assert chain.end == End(6, before)
    assert spoken(before).replace(" ", "") == before[:32]


def test_a_decision_found_late_is_entered_last_and_holds_from_its_day(whole: dict[str, bytes]) -> None:
    chain = chain_in(whole, KOMMUN)
    assert [path for path, _ in chain.links] == list(PATHS)
    assert PATHS[4] < PATHS[1], "it lies before in the folder, and is decided before"
    assert told(whole) == set()


def test_the_link_is_no_part_of_the_event(whole: dict[str, bytes]) -> None:
    for event, path in zip(EVENTS, PATHS, strict=True):
        assert event_from_xml(whole[path], path) == event
        assert event_from_xml(without_link(whole[path]), path) == event


def words_by_hand(charter: Charter) -> str:
    """The digest of a charter's words, as docs/bevis.md says it."""
    lines = [[charter.title, charter.committee], *([name, text] for name, text in charter.facts)]

    def go(parts: tuple[Provision, ...], depth: int) -> None:
        for p in parts:
            lines.append([str(depth), p.kind.value, p.number, p.marker, p.heading, p.text, p.closing])
            go(p.children, depth + 1)

    go(charter.body, 0)
    return sha("".join("\x1f".join(line) + "\n" for line in lines).encode())


def test_a_link_says_what_words_each_charter_then_had(whole: dict[str, bytes]) -> None:
    for count, path in enumerate(PATHS, 1):
        history = grown(EVENTS[:count]).history
        link = link_in(whole[path])
        assert link is not None
        for charter, then in link.wordings:
            text = consolidate.latest(history, charter)
            assert then == ("" if text is None else words_by_hand(text)) == wording_digest(text)
    assert [[c for c, _ in link.wordings] for _, link in chain_in(whole, KOMMUN).links] == [[KS, SN], [KS, SN], [SN], [SN], [KS], [KS]]
    assert chain_in(whole, KOMMUN).links[-1][1].wordings == ((KS, ""),)


# --- rewriting ----------------------------------------------------------------------------------------------------

Rewriting = Callable[[dict[str, bytes]], None]


def edited(path: str, old: str, new: str) -> Rewriting:
    def rewrite(files: dict[str, bytes]) -> None:
        assert old.encode() in files[path]
        files[path] = files[path].replace(old.encode(), new.encode(), 1)

    return rewrite


def mended(path: str, old: str, new: str) -> Rewriting:
    """Edit an event and its own link so that the file is right in itself."""

    def rewrite(files: dict[str, bytes]) -> None:
        was = link_in(files[path])
        edited(path, old, new)(files)
        now = link_in(files[path])
        assert was is not None
        assert now is not None
        files[path] = files[path].replace(was.content.encode(), sha(without_link(files[path])).encode())

    return rewrite


def renumbered(path: str, number: int) -> Rewriting:
    return lambda files: files.update({path: re.sub(rb'<lank nr="\d+"', b'<lank nr="%d"' % number, files[path])})


def swapped(files: dict[str, bytes]) -> None:
    renumbered(PATHS[1], 3)(files)
    renumbered(PATHS[2], 2)(files)


def put_in(files: dict[str, bytes]) -> None:
    """A decision from before, that somebody lays among the others without entering it."""
    held = entered(grown((FIRST,)), decision("kf-2015-06-01-1", date(2015, 6, 1)))[1]
    files["beslut/2015/kf-2015-06-01-1.xml"] = without_link(held.files["beslut/2015/kf-2015-06-01-1.xml"])


def forked(files: dict[str, bytes]) -> None:
    """Two have each entered a decision on the same register, and git has put them together."""
    path = "beslut/2018/kf-2018-06-01-1.xml"
    files[path] = entered(grown(EVENTS[:4]), decision("kf-2018-06-01-1", date(2018, 6, 1)))[1].files[path]


REWRITINGS: dict[str, tuple[Rewriting, set[tuple[str, str]]]] = {
    "the title of the first": (edited(PATHS[0], "Reglementen</rubrik>", "Reglementena</rubrik>"), {("KEDJA", PATHS[0])}),
    "who confirmed one in the middle": (edited(PATHS[2], "kommunsekreterare", "kommunjurist"), {("KEDJA", PATHS[2])}),
    "the last one's text": (edited(PATHS[5], "Beslut kf", "beslut kf"), {("KEDJA", PATHS[5])}),
    "one, with its own link mended": (mended(PATHS[2], "kommunsekreterare", "kommunjurist"), {("KEDJA", PATHS[2])}),
    "what a link says it did": (lambda files: files.update({PATHS[1]: _other_words(files[PATHS[1]])}), {("KEDJA", PATHS[1])}),
    "a link gone": (lambda files: files.update({PATHS[3]: without_link(files[PATHS[3]])}), {("KEDJA", path) for path in PATHS[3:5]}),
    "a link set otherwise": (edited(PATHS[3], "<lank nr", "<lank  nr"), {("REGISTER", PATHS[3])}),
    "one gone": (lambda files: files.pop(PATHS[4]) and None, {("KEDJA", PATHS[5])}),
    "two in the other order": (swapped, {("KEDJA", path) for path in PATHS[:3]}),
    "one put in": (put_in, {("KEDJA", "beslut/2015/kf-2015-06-01-1.xml")}),
    "a fork": (forked, {("KEDJA", "beslut/2018/kf-2018-06-01-1.xml")}),
    "the municipality's code": (edited(REGISTER, 'kod="0000"', 'kod="0001"'), {("KEDJA", REGISTER), ("REGISTER-ANDRAT", REGISTER)}),
    "a committee's short name": (edited(REGISTER, "<kort>SN", "<kort>SOC"), {("REGISTER-ANDRAT", REGISTER)}),
}


def _other_words(data: bytes) -> bytes:
    link = link_in(data)
    assert link is not None
    return data.replace(link.wordings[0][1].encode(), sha(b"annat").encode())


@pytest.mark.parametrize("what", REWRITINGS)
def test_every_rewriting_is_seen_where_it_is(what: str, whole: dict[str, bytes]) -> None:
    rewrite, expected = REWRITINGS[what]
    files = dict(whole)
    rewrite(files)
    assert {(code, path) for code, path in told(files) if code != "OFORKLARAD"} == expected


@pytest.mark.parametrize("at", range(len(EVENTS) - 1))
def test_an_event_that_is_gone_is_missed_unless_it_was_the_last(at: int, whole: dict[str, bytes]) -> None:
    files = {path: data for path, data in whole.items() if path != PATHS[at]}
    report = audit(files, {})
    assert not report.ok
    if report.chain is None and not any(p.code == "EJ-PROVAT" for p in report.problems):
        assert ("KEDJA", PATHS[at + 1]) in told(files)


def test_a_history_written_anew_holds_together_and_has_another_number(whole: dict[str, bytes]) -> None:
    was = chain_in(whole, KOMMUN)
    other = grown((replace(FIRST, title="Något annat"), *EVENTS[1:]))
    report = audit(other.files, {})
    assert report.problems == ()
    assert report.chain is not None
    assert report.chain.number_of(spoken(was.end.digest)) is None
    assert {p.code for p in continued(whole, other.files, report.chain)} == {"BEVIS"}


def test_the_last_decision_gone_is_seen_by_its_number_or_a_proof(whole: dict[str, bytes]) -> None:
    was = chain_in(whole, KOMMUN)
    fewer = grown(EVENTS[:-1])
    report = audit(fewer.files, {})
    assert report.problems == ()
    assert report.chain is not None
    assert report.chain.number_of(was.end.digest) is None
    assert [p.place.document for p in continued(whole, fewer.files, report.chain)][:1] == [PATHS[-1]]


def test_a_number_from_a_protocol_says_how_much_was_entered(whole: dict[str, bytes]) -> None:
    chain = chain_in(whole, KOMMUN)
    for count in range(len(EVENTS) + 1):
        end = chain_in(grown(EVENTS[:count]).files, KOMMUN).end
        assert chain.number_of(spoken(end.digest).upper()) == chain.number_of(end.digest) == count
    assert chain.number_of(chain.end.digest[:31]) is None
    assert chain.number_of("") is None


def test_a_program_that_reckons_otherwise_is_told(whole: dict[str, bytes]) -> None:
    """The whole chain is right, but for a charter's words, which are not those that this program gives."""
    files = {path: data for path, data in whole.items() if path not in PATHS}
    end = End(0, genesis(KOMMUN))
    for path, event in zip(PATHS, EVENTS, strict=True):
        history = grown(EVENTS[: EVENTS.index(event) + 1]).history
        link = link_in(whole[path])
        assert link is not None
        left = [(c, consolidate.latest(history, c)) for c, _ in link.wordings]
        if event is MOVE:
            left = [(c, t and replace(t, title="En annan titel")) for c, t in left[:1]] + left[1:]
        files[path] = joined(end, without_link(whole[path]), register=whole[REGISTER], wordings=left)
        end = End(end.number + 1, sha(files[path]))
    assert told(files) == {("ANNAN-LYDELSE", PATHS[1])}


# --- older registers, and a chain that begins anew ----------------------------------------------------------------


def older(events: tuple[Event, ...]) -> dict[str, bytes]:
    """A register as a program without chains has written it."""
    return {path: without_link(data) for path, data in grown(events).files.items()}


def test_a_register_from_before_is_told_and_its_chain_begins_with_the_next_event() -> None:
    files = older(EVENTS[:3])
    report = audit(files, {})
    assert report.ok
    assert [p.code for p in report.problems] == ["UTAN-KEDJA"]
    held = replace(grown(EVENTS[:3]), files=files)
    done, after = entered(held, MET)
    assert START in done.files
    assert told(after.files) == set()
    chain = audit(after.files, {}).chain
    assert chain is not None
    assert chain.start is not None
    assert (chain.start.number, chain.end.number, sorted(chain.start.files)) == (3, 4, sorted(PATHS[:3]))
    for path in PATHS[:3]:
        assert after.files[path] == files[path], "no old file is touched"
        spoiled = {**after.files, path: after.files[path].replace(b"kommunsekreterare", b"kommunjurist")}
        assert ("KEDJA", path) in told(spoiled)
        assert ("KEDJA", path) in told({p: d for p, d in after.files.items() if p != path}) or path != PATHS[2]
    spoiled = {**after.files, START: after.files[START].replace("äldre".encode(), b"yngre")}
    assert told(spoiled) == {("KEDJA", START)}
    assert told({p: d for p, d in after.files.items() if p != START}) == {("KEDJA", path) for path in PATHS[:4]}


def test_a_start_that_names_what_is_no_event_is_a_fault() -> None:
    files = dict(entered(replace(grown(EVENTS[:3]), files=older(EVENTS[:3])), MET)[1].files)
    files[START] = files[START].replace(PATHS[0].encode(), b"register.xml")
    assert ("KEDJA", REGISTER) in told(files)


@pytest.fixture(scope="module")
def entered_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Register.create(tmp_path_factory.mktemp("kedja") / "norrboda", KOMMUN, now=NOW)
    for event in EVENTS[:4]:
        made.enact(event, now=NOW)
    return made.folder


@pytest.fixture
def register(tmp_path: Path, entered_once: Path) -> Register:
    return Register.open(shutil.copytree(entered_once, tmp_path / "norrboda"))


def rewritten(register: Register) -> Register:
    """The register after somebody has edited a decision and committed it."""
    place = register.folder / PATHS[1]
    place.write_bytes(place.read_bytes().replace(b"KS 2016/445", b"KS 2016/446"))
    git(register.folder, "commit", "--quiet", "--all", "-m", "skrivfel")
    return Register.open(register.folder)


def test_nothing_is_entered_at_the_end_of_a_broken_chain(register: Register) -> None:
    register = rewritten(register)
    before = everything(register)
    for dry in (True, False):
        with pytest.raises(CannotStore, match="Kedjan av beslut är bruten"):
            register.enact(FOUND, now=NOW, dry_run=dry)
    assert everything(register) == before


def test_a_chain_begins_anew_only_when_somebody_says_why(register: Register) -> None:
    register = rewritten(register)
    folder = f"--register {register.folder}"
    assert typed(f"reglemente laga {folder}") == (1, "Det fanns inget att skriva om.\n"
                                                  "Registret stämmer inte än. Se hur med: reglemente kontrollera\n")  # fmt: skip
    code, said = typed(f"reglemente laga --skal 'Skrivfel i dnr' --bekraftad-av kommunsekreterare {folder}")
    assert code == 0, said
    assert git(register.folder, "log", "-1", "--format=%an: %s") == "kommunsekreterare: Kedjan av beslut börjar om: Skrivfel i dnr"
    code, said = typed(f"reglemente kontrollera {folder}")
    assert code == 0
    assert "Kedjan börjar efter nummer 4" in said
    assert "kommunsekreterare: Skrivfel i dnr" in " ".join(said.split())
    opened = Register.open(register.folder)
    opened.enact(FOUND, now=NOW)
    report = opened.verify()
    assert report.problems == ()
    assert report.chain is not None
    assert (report.chain.end.number, report.chain.start is not None) == (5, True)
    assert opened.republish(now=NOW, reason="igen", confirmed_by="kansli") == (), "a chain that holds does not begin anew"
    place = register.folder / PATHS[0]
    place.write_bytes(place.read_bytes().replace(b"KS 2015/7", b"KS 2015/8"))
    git(register.folder, "commit", "--quiet", "--all", "-m", "igen")
    assert ("KEDJA", PATHS[0]) in {(p.code, p.place.document) for p in Register.open(register.folder).verify().problems}


def test_a_number_and_a_proof_are_checked_by_the_command(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = f"--register {register.folder}"
    chain = register.verify().chain
    assert chain is not None
    proof_file, here = tmp_path / "bevis.zip", tmp_path / "annan dator"
    assert typed(f"reglemente kontrollera --bevis {proof_file} {folder}")[0] == 0
    assert typed(f"reglemente kontrollera --bevis {proof_file} {folder}")[0] == 1, "it is never written over"
    register.enact(FOUND, now=NOW)
    code, said = typed(f"reglemente kontrollera --kontrolltal '{spoken(chain.end.digest)}' {folder}")
    assert code == 0
    assert "Kontrolltalet är det som kedjan hade efter nummer 4." in said
    assert "1 händelse är införd sedan dess" in " ".join(said.split())
    assert typed(f"reglemente kontrollera --mot {proof_file} {folder}")[0] == 0
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("PATH", "")
    code, said = typed(f"reglemente kontrollera --mot {proof_file} --kontrolltal {chain.end.digest}")
    assert code == 0
    assert "inga händelser är införda sedan dess" in " ".join(said.split())
    assert "bara beviset självt är prövat" in said
    monkeypatch.undo()
    rewritten(register)
    code, said = typed(f"reglemente kontrollera --mot {proof_file} {folder}")
    assert code == 1
    assert f"{PATHS[1]} är inte som i beviset." in said
    assert typed(f"reglemente kontrollera --bevis {tmp_path / 'nej.zip'} {folder}")[0] == 3
    assert not (tmp_path / "nej.zip").exists()


# --- the proof ----------------------------------------------------------------------------------------------------


def proved(files: Files) -> bytes:
    report = audit(files, {})
    assert report.chain is not None
    return proof(files, report.chain)


def test_a_proof_is_all_of_the_register_and_always_the_same(whole: dict[str, bytes]) -> None:
    data = proved(whole)
    assert data == proved(dict(reversed(whole.items())))
    files, report = examined(data)
    assert files == whole
    assert report.problems == ()
    assert report.chain == audit(whole, {}).chain
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sums = archive.read("SHA256SUMS").decode().splitlines()
        assert sorted(sums) == sorted(f"{sha(archive.read(n))}  {n}" for n in archive.namelist() if n not in ("SHA256SUMS", "BEVIS.txt"))
        assert spoken(sha(whole[PATHS[-1]])) in archive.read("BEVIS.txt").decode()


@pytest.mark.parametrize("count", range(1, len(EVENTS) + 1))
def test_a_register_goes_on_from_each_of_its_own_proofs(count: int, whole: dict[str, bytes]) -> None:
    files, report = examined(proved(grown(EVENTS[:count]).files))
    assert report.problems == ()
    assert list(continued(files, whole, chain_in(whole, KOMMUN))) == []


def test_a_proof_of_another_municipality_is_no_beginning(whole: dict[str, bytes]) -> None:
    other = grown(EVENTS[:2], replace(KOMMUN, name="Söderboda", code="9998")).files
    problems = list(continued(other, whole, chain_in(whole, KOMMUN)))
    assert [p.message for p in problems] == ["Beviset är för Söderboda (9998), registret för Norrboda (0000)."]


def test_a_chain_begun_anew_after_the_proof_is_told_and_the_events_compared(register: Register) -> None:
    then, _ = examined(register.prove(register.verify()))
    register = rewritten(register)
    register.republish(now=NOW, reason="Skrivfel i dnr", confirmed_by="kansli")
    problems = register.continues(then, register.verify())
    assert [(p.level, p.place.document) for p in problems] == [(Level.FEL, PATHS[1]), (Level.VARNING, START)]


def packed(entries: list[tuple[str, bytes]], how: int = zipfile.ZIP_STORED, sums: bytes | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in entries:
            archive.writestr(name, data)
        listed = "".join(f"{sha(data)}  {name}\n" for name, data in sorted(entries)).encode()
        archive.writestr("SHA256SUMS", listed if sums is None else sums)
    return out.getvalue()


BARE = (REGISTER, municipality_to_xml(KOMMUN))


with warnings.catch_warnings(action="ignore"):
    PACKED_TWICE = packed([BARE, BARE])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "skadad"),
        (b"PK\x05\x06" + bytes(18), "register.xml saknas"),
        (b"<xml/>", "skadad"),
        (packed([BARE])[:-30], "skadad"),
        (packed([BARE, ("beslut/2020/x.xml", bytes(10_000_000))], zipfile.ZIP_DEFLATED), "mer än vad som får plats"),
        (packed([BARE], zipfile.ZIP_DEFLATED), "packad"),
        (PACKED_TWICE, "två gånger"),
        (packed([BARE, ("../utanför.xml", b"")]), "hör inte till"),
        (packed([BARE, ("/etc/passwd", b"")]), "hör inte till"),
        (packed([BARE, ("beslut/2020/CON.xml", b"")]), "hör inte till"),
        (packed([BARE, ("beslut/2020/", b"")]), "hör inte till"),
        (packed([BARE], sums=b""), "SHA256SUMS"),
        (packed([("beslut/2020/x.xml", b"")]), "register.xml saknas"),
        (packed([BARE]).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"), "packad eller låst"),
    ],
)
def test_what_is_no_proof_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(CannotRead, match=said):
        examined(data, "fil.zip")


def test_a_proof_of_nothing_holds() -> None:
    _, report = examined(packed([BARE]))
    assert report.ok
    assert [p.code for p in report.problems] == ["BEVIS"], "it has no words for people"


def test_a_proof_with_one_byte_turned_is_no_proof_or_says_the_same(whole: dict[str, bytes]) -> None:
    data, chance = proved(whole), random.Random(11)
    for _ in range(150):
        at = chance.randrange(len(data))
        turned = data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]
        try:
            files, _ = examined(turned)
        except CannotRead:
            continue
        assert files == whole, "only the words for people, and what a zip says of itself, may differ"


def test_the_audit_of_spoiled_links_never_raises(whole: dict[str, bytes]) -> None:
    chance = random.Random(5)
    for _ in range(120):
        path = chance.choice(PATHS)
        at = whole[path].rindex(b"<lank") + chance.randrange(330)
        spoiled = whole[path][:at] + bytes([chance.randrange(32, 127)]) + whole[path][at + chance.randrange(3) :]
        report = audit({**whole, path: spoiled}, {})
        assert isinstance(report, Report)
        assert spoiled == whole[path] or not report.ok


def test_a_number_too_large_is_no_number() -> None:
    assert chains.link_in(b'<x>\n<lank nr="99999999999" med="sha256"/>\n</x>\n'.replace(b"<lank", b"<Lank")) is None
    with pytest.raises(CannotStore, match="inte skriven som programmet"):
        link_in(b'<x>\n<lank nr="99999999999" med="sha256"/>\n</x>\n')
