"""Signed commits: as git signs them, whole or not at all, and told for what they are. Keys are made here, and are nobody's."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from test_commands import typed
from test_killed import DRAFT, child, chosen, die, folder, harbour, put_back, steps, whole, words_for
from test_storage_git import git, log_size
from test_storage_register import FIRST, KOMMUN, LAW, MOVE, NOW, everything
from test_sync import LATER, Office, both, office, synced
from test_two_writers import UTSKOTT, made

from reglemente_tool.errors import CannotStore, Level
from reglemente_tool.storage.git import signing
from reglemente_tool.storage.git.commits import commits_in
from reglemente_tool.storage.git.signing import Standing, judged, signed, taken_apart
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.signatures import SIGNERS
from reglemente_tool.storage.syncing import sync

__all__ = ["both", "folder", "harbour", "office", "synced"]
pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen saknas: apt-get install openssh-client")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two keys, `en` and `annan`, and one that has a passphrase, `last`."""
    place = tmp_path_factory.mktemp("nycklar")
    for name, phrase in (("en", ""), ("annan", ""), ("last", "hemlig fras")):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", phrase, "-C", "", "-f", str(place / name)], check=True)
    return place


def listed(keys: Path, name: str, who: str = "kommunsekreterare", more: str = "") -> bytes:
    """A line of a list of signers."""
    return f"{who} namespaces=\"git\"{more} {(keys / f'{name}.pub').read_text().strip()}\n".encode()


@pytest.fixture(scope="session")
def signed_once(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    """A register whose second decision is signed, and not its first. Made once; every test has a copy."""
    made = Register.create(tmp_path_factory.mktemp("undertecknat") / "norrboda", KOMMUN, now=NOW)
    made.enact(FIRST, now=NOW)
    made.sign_with = keys / "en"
    made.enact(MOVE, now=NOW)
    return made.folder


@pytest.fixture
def register(tmp_path: Path, signed_once: Path, keys: Path) -> Register:
    opened = Register.open(shutil.copytree(signed_once, tmp_path / "norrboda"))
    opened.sign_with = keys / "en"
    return opened


def test_git_itself_holds_the_signature_good(register: Register, keys: Path) -> None:
    (register.folder / SIGNERS).write_bytes(listed(keys, "en"))
    ssh = ("-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={register.folder / SIGNERS}")
    git(register.folder, *ssh, "verify-commit", "HEAD")
    git(register.folder, *ssh, "verify-commit", "HEAD~1", code=1)
    assert git(register.folder, *ssh, "log", "-1", "--format=%G?|%GS|%an") == "G|kommunsekreterare|kommunsekreterare"
    assert git(register.folder, "fsck", "--strict", "--no-dangling") == ""
    assert git(register.folder, "for-each-ref", "refs/reglemente") == "", "what it was built on is gone"
    assert git(register.folder, "status", "--porcelain", "--untracked-files=no") == ""
    assert log_size(register.folder) == 3


def test_a_signed_commit_is_what_an_unsigned_one_is_but_for_the_signature(register: Register, tmp_path: Path) -> None:
    other = Register.create(tmp_path / "annat", KOMMUN, now=NOW)
    other.enact(FIRST, now=NOW)
    other.enact(MOVE, now=NOW)
    assert register.repository is not None
    assert other.repository is not None
    one, two = (next(iter(commits_in(r).values())) for r in (register.repository, other.repository))
    payload, made = taken_apart(one)
    assert (payload, made[:10]) == (two, b"-----BEGIN")
    assert taken_apart(two) == (two, b"")
    assert signed(payload, made) == one
    assert register.verify().problems == ()


def test_who_has_signed_is_told_by_the_registers_own_list_or_a_persons(register: Register, keys: Path, tmp_path: Path) -> None:
    seen = register.signatures()
    assert (seen.commits, seen.signed, seen.by) == (3, 1, ())
    assert [(p.code, p.level) for p in seen.problems] == [("UNDERSKRIFT", Level.VARNING)]
    (register.folder / SIGNERS).write_bytes(listed(keys, "annan", "någon annan") + listed(keys, "en"))
    assert (register.signatures().by, register.signatures().problems) == ((("kommunsekreterare", 1),), ())
    code, said = typed(f"reglemente kontrollera --register {register.folder}")
    assert code == 0
    assert "Undertecknade incheckningar: 1 av 3. Äkta: kommunsekreterare 1." in said
    (tmp_path / "lista").write_bytes(listed(keys, "annan"))
    code, said = typed(f"reglemente kontrollera --undertecknare {tmp_path / 'lista'} --register {register.folder}")
    assert code == 1
    assert "nyckel som inte finns i listan: SHA256:" in " ".join(said.split())
    assert "men alla underskrifter håller inte" in said


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        (',valid-after="20240101"', Standing.GOOD),
        (',valid-before="20240101"', Standing.NOT_THEN),
        (',valid-after="20250101"', Standing.NOT_THEN),
        (',valid-after="20240101",valid-before="20240601"', Standing.GOOD),
    ],
)
def test_a_key_holds_from_a_day_and_until_a_day(more: str, standing: Standing, register: Register, keys: Path) -> None:
    assert register.repository is not None
    payload, made = taken_apart(next(iter(commits_in(register.repository).values())))
    assert judged(payload, made, listed(keys, "en", more=more), NOW).standing is standing


@pytest.mark.parametrize(
    ("lines", "runs"),
    [
        (["kommunsekreterare"], 1),
        (["kommunsekreterare,registrator"], 1),
        (['"kommunsekreterare"'], 2),
        (["kommunsekreterare", "registrator"], 2),
        (["*@kommun.example"], 2),
    ],
)
def test_one_run_is_enough_when_the_list_says_plainly_who_has_the_key(
    lines: list[str], runs: int, register: Register, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert register.repository is not None
    payload, made = taken_apart(next(iter(commits_in(register.repository).values())))
    seen: list[str] = []
    real = signing._keygen
    monkeypatch.setattr(signing, "_keygen", lambda *given, **more: seen.append(given[1]) or real(*given, **more))
    signers = listed(keys, "annan", "ordföranden") + b"".join(listed(keys, "en", who) for who in lines)
    found = judged(payload, made, signers, NOW)
    asked, *_ = lines[0].strip('"').split(",")
    assert (found.standing, found.by, len(seen)) == (Standing.GOOD, asked, runs)


def test_what_is_changed_afterwards_or_of_another_sort_is_told(register: Register, keys: Path) -> None:
    assert register.repository is not None
    payload, made = taken_apart(next(iter(commits_in(register.repository).values())))
    good = listed(keys, "en")
    assert judged(payload, made, good, NOW).standing is Standing.GOOD
    assert judged(payload.replace(b"105", b"106"), made, good, NOW).standing is Standing.BAD
    assert judged(payload, made[:60] + b"A" + made[61:], good, NOW).standing is Standing.BAD
    assert judged(payload, made.split(b"\n")[0], good, NOW).standing is Standing.BAD
    assert judged(payload, b"-----BEGIN PGP SIGNATURE-----\nx", good, NOW).standing is Standing.OTHER
    assert judged(payload, made, b'x namespaces="file" ' + (keys / "en.pub").read_bytes(), NOW).standing is Standing.NOT_THEN
    assert judged(payload, made, b"\xff\0 not a list\n", NOW).standing is Standing.UNKNOWN
    assert judged(payload, made, b"", NOW).standing is Standing.UNKNOWN


def test_a_commit_whose_words_were_changed_is_found_by_the_command(register: Register, keys: Path) -> None:
    (register.folder / SIGNERS).write_bytes(listed(keys, "en"))
    raw = git(register.folder, "cat-file", "commit", "HEAD").replace("kommunsekreterare", "kommunjurist", 1) + "\n"
    (register.folder / ".git" / "ny").write_text(raw, encoding="utf-8")
    forged = git(register.folder, "hash-object", "-t", "commit", "-w", str(register.folder / ".git" / "ny"))
    git(register.folder, "update-ref", "HEAD", forged)
    code, said = typed(f"reglemente kontrollera --register {register.folder}")
    assert code == 1
    assert "har en underskrift som inte stämmer" in " ".join(said.split())


def test_a_signed_tag_is_tried_too(register: Register, keys: Path) -> None:
    ssh = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={keys / 'annan'}")
    git(register.folder, *ssh, "tag", "-s", "-m", "Fullmäktige 2017-06-21", "kf-2017-06-21", "HEAD")
    git(register.folder, "tag", "-a", "-m", "utan underskrift", "vanlig", "HEAD")
    git(register.folder, "tag", "bara-ett-namn", "HEAD")
    both = listed(keys, "en") + listed(keys, "annan", "ordföranden")
    seen = register.signatures(both)
    assert (seen.signed, seen.tags, seen.by, seen.problems) == (1, 1, (("kommunsekreterare", 1), ("ordföranden", 1)), ())
    raw = git(register.folder, "cat-file", "tag", "kf-2017-06-21").replace("Fullmäktige", "Nämnden") + "\n"
    (register.folder / ".git" / "ny").write_text(raw, encoding="utf-8")
    forged = git(register.folder, "hash-object", "-t", "tag", "-w", str(register.folder / ".git" / "ny"))
    git(register.folder, "update-ref", "refs/tags/kf-2017-06-21", forged)
    assert [p.message.split(" har ")[0] for p in register.signatures(both).problems] == ["Taggen kf-2017-06-21"]


@pytest.mark.parametrize("which", ["finns-inte", "en.pub", "last", "ingen-nyckel"])
def test_a_key_that_cannot_be_used_changes_nothing(which: str, register: Register, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (keys / "ingen-nyckel").write_text("x")
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setattr(signing, "LIMIT", 20.0)
    register.sign_with = keys / which
    if which == "en.pub":
        register.sign_with = Path(shutil.copy(keys / "en.pub", register.folder.parent / "bara.pub"))
    before = everything(register)
    if which == "last" and sys.stdin is not None and sys.stdin.isatty():
        pytest.skip("ssh-keygen would ask for the passphrase at this terminal")
    with pytest.raises(CannotStore, match="inget infört"):
        register.enact(LAW, now=NOW)
    assert everything(register) == before
    assert git(register.folder, "for-each-ref", "refs/reglemente") == ""
    register.sign_with = None
    register.enact(LAW, now=NOW)


def test_without_ssh_keygen_nothing_is_signed_and_the_rest_is_checked(
    register: Register, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (register.folder / SIGNERS).write_bytes(listed(keys, "en"))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").symlink_to(str(shutil.which("git")))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    before = everything(register)
    with pytest.raises(CannotStore, match="ssh-keygen hittas inte"):
        register.enact(LAW, now=NOW)
    assert everything(register) == before
    code, said = typed(f"reglemente kontrollera --register {register.folder}")
    assert code == 0
    assert "ssh-keygen hittas inte" in said


def test_the_key_is_the_persons_own_and_never_the_repositorys(register: Register, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("user.signingkey", keys / "annan"), ("commit.gpgsign", "true"), ("gpg.format", "ssh")):
        git(register.folder, "config", name, str(value))
    git(register.folder, "config", "gpg.program", "/bin/false")
    git(register.folder, "config", "gpg.ssh.program", "/bin/false")
    opened = Register.open(register.folder)
    opened.enact(LAW, now=NOW)
    assert opened.signatures(listed(keys, "en")).by == (("kommunsekreterare", 1),)
    monkeypatch.setenv("REGLEMENTE_NYCKEL", str(keys / "en"))
    words = f"reglemente ikrafttrad {LAW.id} 2019-05-01 --bekraftad-av kansli --register {register.folder}"
    assert typed(words)[0] == 0
    assert Register.open(register.folder).signatures(listed(keys, "en")).by == (("kommunsekreterare", 2),)


def test_what_is_entered_anew_on_top_of_the_servers_is_signed_by_who_syncs(both: Office, keys: Path) -> None:
    both.enter("b", made(2))
    register, folder = both.at("b"), both.place / "b"
    register.sign_with = keys / "en"
    done = sync(register, now=LATER)
    assert [event.id for event in done.joined] == [UTSKOTT.id, "kf-2018-01-01-2"]
    (folder / SIGNERS).write_bytes(listed(keys, "en", "registrator"))
    ssh = ("-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={folder / SIGNERS}")
    shown = git(folder, *ssh, "log", "-3", "--format=%G?|%GS|%an|%aI|%cI|%(trailers:key=Infort,valueonly,separator=)").splitlines()
    anew = "G|registrator|kommunsekreterare|2024-05-06T07:08:09+00:00|2024-06-05T07:08:09+00:00|2024-05-06"
    assert shown[:2] == [anew.replace("+00:00", zone) for zone in [shown[0].split("|")[3][19:]]] * 2
    assert shown[2].startswith("N||"), "theirs is as it was"
    assert [register.history.decision(e.id) for e in (UTSKOTT, made(2))] == [UTSKOTT, made(2)]
    assert (register.signatures().by, Register.open(folder).verify().problems) == ((("registrator", 2),), ())
    assert git(folder, "fsck", "--strict", "--no-dangling") == ""
    assert both.tip() == git(folder, "rev-parse", "HEAD")


def test_synka_signs_with_the_key_that_is_named_and_a_dry_run_needs_none(both: Office, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = f"reglemente synka --register {both.place / 'b'}"
    before = everything(both.at("b"))
    monkeypatch.setenv("REGLEMENTE_NYCKEL", str(keys / "finns-inte"))
    assert typed(f"{line} --torrkor")[0] == 0
    code, said = typed(line)
    assert code == 3
    assert "inget är undertecknat" in " ".join(said.split())
    assert everything(both.at("b")) == before
    assert typed(f"{line} --signera {keys / 'en'}")[0] == 0
    assert both.at("b").signatures(listed(keys, "en")).by == (("kommunsekreterare", 1),)


@pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL")
def test_killed_at_any_step_of_signing_the_register_is_as_before_or_as_after(folder: Path, keys: Path) -> None:
    words = (*words_for(("infor", DRAFT, "--bekraftad-av", "kommunjurist"), folder), "--signera", str(keys / "en"))
    kept = folder.with_name("ren")
    shutil.copytree(folder, kept, symlinks=True)
    again, found = True, set()
    for at in chosen(steps(words, folder), 6)[1:]:
        code, _, _ = child(words, at=at, stop=die).wait()
        assert code == -signal.SIGKILL
        found.add(whole(folder))
        if found == {1} and again:
            again = False
            code, said, _ = child(words).wait()
            assert code == 0, said
            assert whole(folder) == 2
            assert git(folder, "for-each-ref", "refs/reglemente") == "", "what the killed one left is gone"
        put_back(kept, folder)
    assert found == {1, 2}
