"""Files, names and repositories from somebody who wishes us ill: refused in Swedish, shown as text, never obeyed. See docs/hotbild.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from random import Random

import pytest
from fuzzing import fault, spoiled, targets
from hypothesis import given, settings
from hypothesis import strategies as st
from test_commands import typed
from test_killed import DAYS, DRAFT, make_harbour, whole
from test_storage_git import git
from test_storage_register import everything

from reglemente_tool.errors import CannotRead, CannotStore
from reglemente_tool.exchange.akn import charter_from_akn
from reglemente_tool.storage.git import repository as shell
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.xmlform import charter_from_xml, charter_to_xml, event_from_xml, municipality_from_xml, proposal_from_xml
from reglemente_tool.storage.xmltext import escaped

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
INFOR = f"reglemente infor {DRAFT} --bekraftad-av kommunjurist"


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register of one charter and one draft. Made once; every test has a copy."""
    made = tmp_path_factory.mktemp("hamn")
    make_harbour(made)
    return made


@pytest.fixture
def folder(harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(harbour, tmp_path / "h", symlinks=True)
    monkeypatch.chdir(tmp_path / "h")
    return tmp_path / "h" / "r"


def refused(line: str, folder: Path, code: int = 3) -> str:
    """Run a command that must be refused and change nothing; return what it said."""
    before = everything(Register(folder))
    got, said = typed(f"{line} --register {folder}")
    assert got == code, said
    assert everything(Register(folder)) == before
    return " ".join(said.split())


# --- fuzz ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", targets())
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, derandomize=True)
def test_a_spoiled_example_gives_an_answer_or_a_refusal(name: str, seed: int) -> None:
    read, wholes = targets()[name]
    chance = Random(seed)
    error = fault(read, spoiled(chance.choice(wholes), wholes, chance))
    if error is not None:
        raise error


@pytest.mark.parametrize("name", targets())
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=40, derandomize=True)
def test_noise_gives_an_answer_or_a_refusal(name: str, data: bytes) -> None:
    error = fault(targets()[name][0], data)
    if error is not None:
        raise error


def test_a_demand_without_a_speaker_is_read() -> None:
    """Found by fuzzing: words under the heading Yrkande that nobody is said to have spoken."""
    text = "Yrkande\nfullmäktige beslutar att bifalla L (X) yrkande".encode()
    assert fault(targets()["protokoll"][0], text) is None


# --- XML ----------------------------------------------------------------------------------------------------------

_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
XML = {
    "many laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{_LAUGHS}]><reglemente>&a9;</reglemente>'.encode(),
    "external entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><reglemente>&a;</reglemente>',
    "parameter entity": b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]><reglemente/>',
    "external schema": b'<?xml version="1.0"?><!DOCTYPE reglemente SYSTEM "http://127.0.0.1:9/x.dtd"><reglemente/>',
    "ten thousand levels": b"<reglemente>" + b"<stycke>" * 10_000 + b"</stycke>" * 10_000 + b"</reglemente>",
    "inclusion": b'<reglemente xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd" parse="text"/></reglemente>',
    "stylesheet": b'<?xml-stylesheet href="file:///etc/passwd"?><reglemente/>',
    "other encoding": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-reglemente/+AD4-',
    "doctype in utf-16": '<!DOCTYPE x [<!ENTITY a "b">]><reglemente>&a;</reglemente>'.encode("utf-16"),
    "a very long name": b"<" + b"a" * 1_000_000 + b"/>",
    "a million attributes": b"<reglemente " + b" ".join(b'a%d=""' % n for n in range(200_000)) + b"/>",
}


@pytest.mark.parametrize("name", XML)
def test_hostile_xml_is_refused_before_it_is_understood(name: str) -> None:
    for read in (charter_from_xml, event_from_xml, municipality_from_xml, proposal_from_xml):
        with pytest.raises(CannotStore, match=r"^x\.xml"):
            read(XML[name], "x.xml")
    with pytest.raises(CannotRead, match=r"^x\.xml"):
        charter_from_akn(XML[name], "x.xml")


@posix
@pytest.mark.parametrize("where", ["stor.txt", "stor.xml", "r/register.xml", "r/beslut/2020/stor.xml", f"r/forslag/{DRAFT}.xml"])
def test_a_giant_is_refused_by_its_size_and_not_opened(where: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder.parent / where
    with place.open("ab") as file:
        file.truncate(1_000_000_000)
    real = Path.read_bytes

    def read_bytes(self: Path) -> bytes:
        assert self.stat().st_size < 100_000_000, "opened"
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    line = f"reglemente importera {where} --namnd parknämnden" if where.startswith("stor") else f"reglemente prova {DRAFT}"
    code, said = typed(f"{line} --register {folder}")
    assert code in (1, 3)
    assert "större än" in said


@posix
def test_a_pipe_where_a_file_should_be_is_not_waited_for(folder: Path) -> None:
    for where in ("beslut/2020/x.xml", f"forslag/{DRAFT}.xml"):
        place = folder / where
        place.unlink(missing_ok=True)
        os.mkfifo(place)
        code, said = typed(f"reglemente prova {DRAFT} --register {folder}")
        assert code == 3
        assert "ingen vanlig fil" in said
        place.unlink()


# --- names --------------------------------------------------------------------------------------------------------

NAMES = (
    "../beslut/2020/kf-2020-03-02-20", "..", "a/../b", "/etc/passwd", "C:\\windows", "a\\b",
    "con", "NUL", "aux", "com1", "lpt9", "prn", "x.", "x ", " x", "x:y", "-x", "x--y", "x" * 101, "x\ny", "x\u202ey",
    "kf-2021‐03-03-33", "\u043af-2021", "kf-2021-03-03-３３", "$(touch x)", "`id`", "%2e%2e",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_is_never_sought_outside_its_folder(name: str, folder: Path) -> None:
    before = everything(Register(folder))
    from reglemente_tool.cli import run

    for command in ("prova", "infor"):
        assert run([command, "--register", str(folder), "--", name]) == 3
    assert everything(Register(folder)) == before


@pytest.mark.parametrize("name", ["CON", "Nul", "aux.", "COM1", "../../x", "x\\..\\y", "å/ö", "LPT9 "])
def test_a_committees_name_never_becomes_a_path_or_a_device(name: str, folder: Path) -> None:
    from reglemente_tool.cli import run

    words = ["importera", "parker.txt", "--namnd", name, "--bekraftad-av", "roll", "--register", str(folder)]
    run(words)
    names = {place.stem for place in (folder / "reglementen").iterdir()}
    assert all(re.fullmatch(r"[a-z0-9-]+", stem) and stem not in ("con", "nul", "aux", "com1", "lpt9") for stem in names)
    assert sorted(place.name for place in folder.parent.iterdir()) == ["annat.txt", "beslut.txt", "hamn.txt", "parker.txt", "r"]


def test_names_inside_files_are_held_to_the_same_rule(folder: Path) -> None:
    source = folder / "beslut" / "2020" / "kf-2020-03-02-20.xml"
    text = source.read_text(encoding="utf-8")
    for old, new in (('id="kf-2020-03-02-20"', 'id="../../../kf"'), ('reglemente="hamnnamnden"', 'reglemente="../../ute"')):
        source.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        git(folder, "commit", "--quiet", "-am", "ont")
        code, said = typed(f"{INFOR} --register {folder}")
        assert code, said
        assert not list(folder.parent.rglob("ute*")) + list(folder.parent.rglob("kf.xml"))


@pytest.mark.parametrize("name", ["AUX.xml", "x .xml", "x..xml", "х.xml", "bild.png", "x\u202elmx.xml"])
def test_a_stray_file_among_the_sources_is_seen(name: str, folder: Path) -> None:
    (folder / "beslut" / "2020" / name).write_bytes(b"<x/>")
    code, said = typed(f"reglemente kontrollera --register {folder}")
    assert code
    assert "beslut/2020/" in said
    assert "\u202e" not in said


# --- a repository that somebody sent ------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("what", ["beslut", "reglementen", "forslag", "register.xml", "beslut/2020", "utseende.toml", "utseende"])
def test_a_link_out_of_the_register_is_not_followed(what: str, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "ute"
    if (folder / what).exists():
        (folder / what).rename(outside)
    elif what.endswith(".toml"):
        outside.write_text('namn = "Fel"\n')
    else:
        outside.mkdir()
        (folder / "utseende.toml").write_text('namn = "Rätt"\n', encoding="utf-8")
    held = {place: place.read_bytes() for place in [outside, *outside.rglob("*")] if place.is_file()}
    (folder / what).symlink_to(outside)
    lines = [f"reglemente las annat.txt {' '.join(DAYS)}", INFOR, f"reglemente visa hamnnämnden --som html --ut {tmp_path / 'x.html'}"]
    codes = {line: typed(f"{line} --register {folder}") for line in lines}
    said = codes[lines[-1] if what.startswith("utseende") else INFOR]
    assert said[0] == 3
    assert "är en länk" in said[1]
    assert {place: place.read_bytes() for place in [outside, *outside.rglob("*")] if place.is_file()} == held


@posix
@pytest.mark.parametrize("what", ["index", "logs/HEAD", "logs/refs/heads/main", "objects/pack", "refs/heads", "logs"])
def test_git_writes_through_no_link_in_its_own_folder(what: str, folder: Path, tmp_path: Path) -> None:
    outside, place = tmp_path / "ute", folder / ".git" / what
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(outside)
    else:
        outside.write_bytes(b"")
    place.symlink_to(outside)

    def held() -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in [outside, *outside.rglob("*")] if p.is_file()}

    before = held()
    said = refused(INFOR, folder)
    assert "är en länk" in said
    assert held() == before


@posix
def test_half_done_work_that_a_stranger_has_laid_out_is_not_finished_elsewhere(folder: Path, tmp_path: Path) -> None:
    """A mark says that files are to be set to a commit; the commit names files that no register has, and a folder is a link."""
    old = git(folder, "rev-parse", "HEAD")
    for name in ("evil.sh", "beslut/2099/x.xml", ".gitmodules", "sub/.gitattributes"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("ont\n")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "-m", "ont")
    for name in ("evil.sh", ".gitmodules", "sub/.gitattributes", "beslut/2099/x.xml"):
        (folder / name).unlink()
    (folder / "beslut" / "2099").rmdir()
    outside = tmp_path / "ute"
    outside.mkdir()
    (folder / "beslut" / "2099").symlink_to(outside)
    (folder / ".git" / "reglemente-pagar-x").write_text(f"refs/heads/main\n{old}\n\n")
    found = shell.find(folder)
    assert found is not None
    found.finish()
    assert list(outside.iterdir()) == []
    assert not any((folder / name).exists() for name in ("evil.sh", ".gitmodules", "sub/.gitattributes"))


def test_a_mark_that_names_no_commit_tells_git_nothing(folder: Path, tmp_path: Path) -> None:
    """What stands in it would be words to git, and some of git's words write files."""
    outside = tmp_path / "ute"
    (folder / ".git" / "reglemente-pagar-x").write_text(f"refs/heads/main\n--output={outside}\n\n")
    found = shell.find(folder)
    assert found is not None
    assert found.finish()
    assert not outside.exists()


@posix
def test_grafts_includes_alternates_and_submodules_run_nothing_and_deceive_nobody(folder: Path, tmp_path: Path) -> None:
    canary = tmp_path / "kanarie"
    evil = tmp_path / "ond.sh"
    evil.write_text(f"#!/bin/sh\necho hit >> {canary}\ncat\n")
    evil.chmod(0o755)
    runs = f"[core]\n\tfsmonitor = {evil}\n\thooksPath = {tmp_path}\n\tsshCommand = {evil}\n[diff]\n\texternal = {evil}\n"
    (tmp_path / "mer").write_text(runs)
    inner = folder / ".git"
    with (inner / "config").open("a") as config:
        config.write(f'[include]\n\tpath = {tmp_path / "mer"}\n[submodule "x"]\n\turl = ext::{evil}\n\tupdate = !{evil}\n')
    for hook in ("post-index-change", "reference-transaction", "post-commit"):
        shutil.copy(evil, tmp_path / hook)
    (inner / "info").mkdir(exist_ok=True)
    (inner / "objects" / "info").mkdir(exist_ok=True)
    (inner / "info" / "grafts").write_text(f"{git(folder, 'rev-parse', 'HEAD')}\n")
    (inner / "objects" / "info" / "alternates").write_text(f"{tmp_path / 'finns-inte'}\n")
    canary.unlink(missing_ok=True)
    assert typed(f"{INFOR} --register {folder}")[0] == 0
    assert typed(f"reglemente kontrollera --register {folder}")[0] == 0
    assert not canary.exists()
    for name in ("grafts", "../objects/info/alternates"):
        (inner / "info" / name).unlink()
    (inner / "config").write_text("[core]\n\trepositoryformatversion = 0\n")
    assert whole(folder) == 2


# --- words that other programs would obey -------------------------------------------------------------------------

WORDS = (
    "#sys.inputs", "#read(\"/etc/passwd\")", "$x$ *fet* _kursiv_ @ref <etikett>", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "&lt;b&gt; &#60;", "[länk](javascript:alert(1))", "![](http://x.invalid/a.png)",
    "{{ 7 * 7 }} {% raw %}", "=cmd|' /C calc'!A0", "{ INCLUDETEXT \"/etc/passwd\" }", "</style><style>*{display:none}",
    "]]><x/>", "%PDF-1.7", "\\input{/etc/passwd}", "\" onload=\"alert(1)",
)  # fmt: skip
ACTIVE = "\x1b[31m\x9b2J\u202eilagål\u2066\u200f"
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def sly(folder: Path) -> Path:
    """The register, with a charter whose words all try to be something else. Nothing XML cannot hold."""
    active = CONTROLS.sub(lambda c: c[0] if ord(c[0]) > 0x1F else "", ACTIVE)
    lines = "\n".join(f"– {word}" for word in WORDS)
    text = f"""\
Reglemente för <b>#emph[torgnämnden]</b> {active}

Antaget: kommunfullmäktige 2020-05-05, § 41
Gäller från: 2020-06-01
Not: <script>alert(2)</script> {active}

Uppgifter *och* <i>{active}

1 § Nämnden ansvarar för
{lines}

2 § Nämnden {active} sammanträder varje vecka.
"""
    (folder.parent / "torg.txt").write_text(text, encoding="utf-8")
    from reglemente_tool.cli import run

    words = ["importera", "torg.txt", "--namnd", "torgnämnden", "--forkortning", f"<u>#T{active}", "--bekraftad-av", f"roll{active}"]
    assert run([*words, "--register", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("form", ["html", "md", "text", "json", "akn", "terminal", "pdf", "docx"])
def test_words_come_out_as_words_in_every_format(form: str, sly: Path, tmp_path: Path) -> None:
    out = tmp_path / f"x.{form}"
    into = "" if form == "terminal" else f"--ut {out}"
    code, said = typed(f"reglemente visa torgnämnden --som {form} {into} --register {sly}")
    if form == "terminal":
        out.write_text(said, encoding="utf-8")
    if form == "pdf" and code:
        assert "Typsnittet saknar tecknet" in said, said
        return
    assert code == 0, said
    data = out.read_bytes()
    if form == "html":
        from lxml import html

        page = html.fromstring(data)
        assert page.xpath("//script | //img | //iframe | //@onerror | //@onload") == []
        assert len(page.xpath("//style")) == 1
        seen = page.text_content()
        for word in WORDS:
            assert word in seen.replace("\u00a0", " ")
        assert not CONTROLS.search(seen.replace("\n", ""))
    elif form == "json":
        assert not CONTROLS.search(data.decode().replace("\n", ""))
        for word in WORDS:
            assert json.dumps(word, ensure_ascii=False) in data.decode()
    elif form in ("akn", "text"):
        seen = charter_to_xml(charter_from_akn(data).charter).decode() if form == "akn" else data.decode()
        for word in WORDS:
            assert (escaped(word) if form == "akn" else word) in seen
    elif form == "docx":
        import zipfile

        with zipfile.ZipFile(out) as held:
            xml = held.read("word/document.xml").decode()
        assert "instrText" not in re.sub(r"<w:instrText[^>]*>\s*(PAGE|NUMPAGES|TOC|REF|PAGEREF)[^<]*<", "", xml)
    elif form == "md":
        seen = data.decode()
        assert not CONTROLS.search(seen.replace("\n", ""))
        assert "<script>" not in seen
        assert not re.search(r"(?<!\\)\]\(", seen)
    else:
        assert not CONTROLS.search(data.decode().replace("\n", ""))


def test_nothing_that_a_terminal_obeys_comes_out_of_any_command(sly: Path) -> None:
    name = "torgnämnden"
    for line in (
        f"visa {name}", f"visa {name} '2 §'", f"historik {name}", f"historik {name} '1 §'", "vem torg", "vem sammanträder", "kontrollera",
        "beslut kf-2020-05-05-41", "beslut", "visa '\x1b[31mfinns\u202einte'", "prova '\x1b]0;x\x07'", "las '\x1b[2J.txt'", "'\x1b[31m'",
        f"visa {name} --json", f"historik {name} --json", "kontrollera --json", "visa --\x1b[31m",
    ):  # fmt: skip
        _, said = typed(f"reglemente {line} --register {sly}")
        assert said
        found = CONTROLS.search(said.replace("\n", ""))
        assert found is None, (line, said)


def test_the_log_of_git_holds_no_active_letters(sly: Path) -> None:
    log = git(sly, "log", "--format=%B%an%cn")
    assert "torgnämnden" in log
    assert not CONTROLS.search(log.replace("\n", ""))


def test_a_charter_without_a_title_is_not_quietly_lost(folder: Path) -> None:
    (folder.parent / "utan.txt").write_text("1 §\nNämnden leder arbetet.\n", encoding="utf-8")
    days = "--beslutat 2020-05-05 --galler-fran 2020-06-01 --paragraf 7"
    before = everything(Register(folder))
    code, said = typed(f"reglemente importera utan.txt --namnd parknämnden {days} --bekraftad-av roll --register {folder}")
    assert code, said
    assert "titel" in said
    assert {k: v for k, v in everything(Register(folder)).items() if not k.startswith("forslag/")} == {
        k: v for k, v in before.items() if not k.startswith("forslag/")
    }


def test_a_draft_whose_decision_is_in_already_is_told_as_that(folder: Path) -> None:
    kept = (folder / "forslag" / f"{DRAFT}.xml").read_bytes()
    assert typed(f"{INFOR} --register {folder}")[0] == 0
    (folder / "forslag").mkdir(exist_ok=True)
    (folder / "forslag" / f"{DRAFT}.xml").write_bytes(kept)
    assert "är redan infört" in refused(INFOR, folder)


def test_values_reach_json_unchanged_though_written_harmless() -> None:
    from reglemente_tool.cli.output import json_object

    made = json_object("x", {"a": ACTIVE})
    assert not CONTROLS.search(made.replace("\n", ""))
    assert json.loads(made)["a"] == ACTIVE


