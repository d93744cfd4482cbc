"""Two secretaries and a git server: each has what the other has entered, nothing is lost, and nothing false is taken in."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from test_commands import typed
from test_killed import Stop, child, chosen, die, put_back
from test_killed import refused as no_room
from test_server import HOOK, ROOT
from test_storage_git import git
from test_storage_register import FIRST, KOMMUN, KS, LAW, MOVE, NOW, address, adoption, everything
from test_two_writers import DAY, UTSKOTT, made, words

from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.errors import CannotStore
from reglemente_tool.model.charter import CharterId, CommitteeId
from reglemente_tool.model.history import Annulment, Committee, Event
from reglemente_tool.storage.chain import link_in, without_link
from reglemente_tool.storage.git import Moved, Repository, server
from reglemente_tool.storage.git.server import address_of
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.syncing import Synced, obtain, sync

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and shell scripts")
LATER = NOW + timedelta(days=30)


class Office:
    """Two registers, `a` and `b`, that have been synced with the server `s.git`."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.server = place / "s.git"

    def at(self, who: str) -> Register:
        """Open the register of `who`."""
        return Register.open(self.place / who)

    def enter(self, who: str, *events: Event) -> None:
        """Let `who` enter events."""
        register = self.at(who)
        for event in events:
            register.enact(event, now=NOW)

    def sync(self, who: str, said: str = "", **more: Any) -> Synced:
        """Let `who` sync, and see that nothing is half done afterwards."""
        try:
            return sync(self.at(who), said, **{"now": LATER, **more})
        finally:
            folder = self.place / who
            assert not list((folder / ".git").glob("reglemente-*")), "no remains"
            assert git(folder, "status", "--porcelain") == ""

    def refused(self, who: str, words: str, said: str = "", **more: Any) -> CannotStore:
        """Let `who` sync, which must be refused and change nothing; return the error."""
        before, theirs = everything(self.at(who)), self.tip()
        with pytest.raises(CannotStore, match=words) as caught:
            self.sync(who, said, **more)
        assert everything(self.at(who)) == before
        assert self.tip() == theirs
        assert caught.value.hint
        return caught.value

    def tip(self) -> str:
        """Where the server's branch stands."""
        return git(self.server, "rev-parse", "main")


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; every test has a copy. That the paths then are others makes each remembered server a new one."""
    place = tmp_path_factory.mktemp("synk")
    register = Register.create(place / "a", KOMMUN, now=NOW)
    register.enact(FIRST, now=NOW)
    git(place, "init", "--quiet", "--bare", "--initial-branch=main", "s.git")
    git(place / "a", "push", "--quiet", "../s.git", "main")
    git(place, "clone", "--quiet", "--no-hardlinks", "s.git", "b")
    git(place / "b", "remote", "set-url", "origin", "../s.git")
    git(place / "a", "remote", "add", "origin", "../s.git")
    return place


@pytest.fixture
def office(synced: Path, tmp_path: Path) -> Office:
    shutil.copytree(synced, tmp_path / "p", symlinks=True)
    return Office(tmp_path / "p")


def names(events: tuple[Event, ...]) -> list[str]:
    return [event.id for event in events]


# --- back and forth -----------------------------------------------------------------------------------------------


def test_what_one_enters_reaches_the_other(office: Office) -> None:
    office.enter("a", UTSKOTT)
    done = office.sync("a")
    assert (names(done.theirs), names(done.ours), done.sent) == ([], [UTSKOTT.id], True)
    assert office.tip() == done.commit
    done = office.sync("b")
    assert (names(done.theirs), names(done.ours), done.sent) == ([UTSKOTT.id], [], True)
    assert office.at("b").history == office.at("a").history
    one, other = (office.place / who / "reglementen" / "socialnamnden.xml" for who in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()
    again = office.sync("b")
    assert (again.theirs, again.ours, again.sent) == ((), (), True)


def test_an_empty_server_gets_all(office: Office) -> None:
    git(office.place, "init", "--quiet", "--bare", "--initial-branch=main", "ny.git")
    done = office.sync("a", str(office.place / "ny.git"))
    assert done.sent
    assert git(office.place / "ny.git", "rev-parse", "main") == git(office.place / "a", "rev-parse", "main")


def test_when_both_have_gone_on_ours_are_entered_on_top_of_theirs(office: Office) -> None:
    park = Committee(id=CommitteeId("parknamnden"), name="parknämnden")
    office.enter("a", MOVE)
    office.sync("a")
    office.enter("b", UTSKOTT)
    office.at("b").enact(made(7, adoption(CharterId("parknamnden"), "parker.")), now=NOW, add_committees=[park])
    before = git(office.place / "b", "rev-parse", "HEAD")
    done = office.sync("b")
    assert names(done.theirs) == [MOVE.id]
    assert names(done.joined) == [UTSKOTT.id, "kf-2018-01-01-7"]
    assert done.sent
    assert done.before == before
    folder = office.place / "b"
    assert git(folder, "rev-parse", f"refs/reglemente/fore-synk/{before}") == before
    assert git(folder, "merge-base", "--is-ancestor", git(office.place / "a", "rev-parse", "HEAD"), "HEAD") == ""
    shown = git(folder, "log", "-1", "--skip=1", "--format=%an|%aI|%cI|%s|%(trailers:key=Infort,valueonly)").split("|")
    assert shown == [
        "kommunsekreterare", "2024-05-06T07:08:09+00:00", "2024-06-05T07:08:09+00:00", "KF 2018-01-01 § 1", "2024-05-06",
    ]  # fmt: skip
    path = "beslut/2018/kf-2018-01-01-1.xml"
    now, was = (folder / path).read_bytes(), _at(folder, before, path)
    assert without_link(now) == without_link(was)
    numbers = [link.number for link in (link_in(was), link_in(now)) if link is not None]
    assert numbers == [2, 3], "it is the same decision, and has a new place in the order of entry"
    office.sync("a")
    assert office.at("a").verify().problems == office.at("b").verify().problems == ()
    assert office.at("a").history == office.at("b").history
    assert office.at("a").municipality == office.at("b").municipality
    assert git(folder, "fsck", "--strict", "--no-dangling") == ""


def _at(folder: Path, commit: str, path: str) -> bytes:
    return (git(folder, "show", f"{commit}:{path}") + "\n").encode()


def test_the_same_decision_entered_by_both_is_there_once(office: Office) -> None:
    office.enter("a", UTSKOTT)
    office.sync("a")
    register = office.at("b")
    register.enact(UTSKOTT, now=LATER)
    done = office.sync("b")
    assert (done.theirs, done.ours, done.joined) == ((), (), ())
    assert office.tip() == git(office.place / "a", "rev-parse", "HEAD")


def test_a_dry_run_tells_and_changes_nothing(office: Office) -> None:
    office.enter("a", MOVE)
    office.sync("a")
    office.enter("b", UTSKOTT)
    before, tip = everything(office.at("b")), office.tip()
    done = office.sync("b", dry_run=True)
    assert (names(done.theirs), names(done.joined), done.sent) == ([MOVE.id], [UTSKOTT.id], False)
    assert (everything(office.at("b")), office.tip()) == (before, tip)
    assert "fore-synk" not in git(office.place / "b", "for-each-ref")


def test_only_fetching_sends_nothing(office: Office) -> None:
    office.enter("a", MOVE)
    office.sync("a")
    office.enter("b", UTSKOTT)
    tip = office.tip()
    done = office.sync("b", fetch_only=True)
    assert names(done.joined) == [UTSKOTT.id]
    assert not done.sent
    assert office.tip() == tip
    assert office.sync("b").sent


def test_who_is_overtaken_on_the_way_to_the_server_fetches_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.enter("a", MOVE)
    office.enter("b", UTSKOTT)
    real = server.send

    def overtaken(*given: Any) -> bool:
        monkeypatch.setattr(server, "send", real)
        office.sync("a")
        return real(*given)

    monkeypatch.setattr(server, "send", overtaken)
    done = office.sync("b")
    assert done.sent
    assert names(done.joined) == [UTSKOTT.id]
    assert office.tip() == git(office.place / "b", "rev-parse", "HEAD")


def test_who_enacts_while_another_program_syncs_is_not_lost(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.enter("a", MOVE)
    office.sync("a")
    real = Repository.advance

    def overtaken(self: Repository, *given: Any) -> None:
        monkeypatch.setattr(Repository, "advance", real)
        office.enter("b", UTSKOTT)
        real(self, *given)

    monkeypatch.setattr(Repository, "advance", overtaken)
    done = office.sync("b")
    assert names(done.joined) == [UTSKOTT.id]
    assert {MOVE.id, UTSKOTT.id} <= {event.id for event in office.at("b").history.events}


def test_a_new_secretary_obtains_the_register(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.place)
    code, said = typed("reglemente hamta s.git c")
    assert code == 0, said
    assert "Registret för Norrboda är hämtat till c" in said
    assert git(office.place / "c", "rev-parse", "HEAD") == office.tip()
    assert git(office.place / "c", "status", "--porcelain") == ""
    office.enter("c", UTSKOTT)
    assert office.sync("c").sent, "it knows where it came from"
    assert git(office.place / "c", "log", "-1", "--format=%s", "origin/main", code=128) == "", "nothing of git's own is made up"


def test_the_address_is_remembered_once(office: Office) -> None:
    git(office.place / "b", "remote", "remove", "origin")
    office.sync("b", str(office.server))
    office.enter("b", UTSKOTT)
    assert office.sync("b").sent
    git(office.place, "init", "--quiet", "--bare", "--initial-branch=main", "annan.git")
    office.sync("b", str(office.place / "annan.git"))
    assert office.sync("b").address == str(office.server)


def test_what_is_not_whole_is_not_obtained(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.place)
    _on_the_server(office, _replaced("reglementen/kommunstyrelsen.xml", b"strategisk", b"taktisk"))
    (office.place / "tom").mkdir()
    for line, reason in {
        "s.git c": "OFORKLARAD",
        "s.git tom": "OFORKLARAD",
        "s.git b": "finns redan och är inte tom",
        "finns-inte c": "ingen mapp finns-inte",
        "--  --upload-pack=x c": "kan inte vara en adress",
    }.items():
        code, said = typed(f"reglemente hamta {line}")
        assert code == 3, said
        assert reason in " ".join(said.split())
    assert not (office.place / "c").exists()
    assert list((office.place / "tom").iterdir()) == []
    assert not list(office.place.glob(".reglemente-*")), "no remains"


# --- when it does not fit -----------------------------------------------------------------------------------------


def test_what_does_not_fit_any_more_stops_all_of_it_and_can_be_a_draft_again(office: Office) -> None:
    office.enter("a", made(9, words("par2.st1", "ett utskott", "ett råd")))
    office.sync("a")
    office.enter("b", MOVE, UTSKOTT)
    error = office.refused("b", "KF 2018-01-01 § 1, som är infört här, går inte att lägga ovanpå")
    assert "KF 2018-01-01 § 9" in error.message
    assert "reglemente synka --som-forslag kf-2018-01-01-1" in error.hint
    office.refused("b", "går inte att lägga ovanpå", set_aside=MOVE.id)
    office.refused("b", "står inte i vägen", set_aside="kf-finns-inte")
    done = office.sync("b", set_aside=UTSKOTT.id)
    assert names(done.joined) == [MOVE.id]
    assert done.set_aside == UTSKOTT
    register = office.at("b")
    assert register.verify().problems == ()
    assert register.history.event(UTSKOTT.id) is None
    draft = register.draft(UTSKOTT.id)
    assert (draft.text, draft.suggestions[0].amendment) == (UTSKOTT.text, UTSKOTT.changes[0].amendments[0])
    code, said = typed(f"reglemente prova {UTSKOTT.id} --register {register.folder}")
    assert code == 1
    assert "ett utskott" in said


def test_a_decision_that_is_two_different_things_is_told(office: Office) -> None:
    office.enter("a", UTSKOTT)
    office.sync("a")
    office.enter("b", replace(UTSKOTT, confirmed_by="någon annan"))
    error = office.refused("b", "både här och på servern, men inte likadant")
    assert "--som-forslag" in error.hint
    office.sync("b", set_aside=UTSKOTT.id)
    assert office.at("b").history == office.at("a").history


def test_what_was_committed_by_hand_is_not_put_on_top(office: Office) -> None:
    office.enter("a", UTSKOTT)
    office.sync("a")
    (office.place / "b" / "utseende.toml").write_text("# vårt utseende\n", encoding="utf-8")
    git(office.place / "b", "add", "utseende.toml")
    git(office.place / "b", "commit", "--quiet", "-m", "utseende")
    office.refused("b", r"Incheckningen \w+ \(”utseende”\) ändrar utseende.toml")


def _changed_by_hand(folder: Path, path: str, old: str, new: str) -> None:
    place = folder / path
    place.write_text(place.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8", newline="\n")
    git(folder, "commit", "--quiet", "--all", "-m", "för hand")


def _merged_by_hand(folder: Path) -> None:
    git(folder, "checkout", "--quiet", "-b", "sida", "HEAD")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "sida")
    git(folder, "checkout", "--quiet", "main")
    git(folder, "merge", "--quiet", "--no-ff", "-m", "sammanslagen", "sida")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_merged_by_hand, r"\(”sammanslagen”\) är en sammanslagning"),
        (lambda folder: _changed_by_hand(folder, f"beslut/2015/{FIRST.id}.xml", "KS 2015/7", "KS 2015/8"), "som redan var infört"),
        (lambda folder: _changed_by_hand(folder, "register.xml", "socialnämnden", "omsorgsnämnden"), "ändrar register.xml"),
    ],
    ids=["merged", "a decision", "the committees"],
)
def test_only_decisions_are_put_on_top(office: Office, change: Callable[[Path], None], words: str) -> None:
    office.enter("a", UTSKOTT)
    office.sync("a")
    change(office.place / "b")
    office.refused("b", f"{words}.*Bara beslut kan läggas ovanpå", set_aside=FIRST.id if "infört" in words else "")


def test_a_folder_without_a_repository_of_its_own_is_not_synced(office: Office, tmp_path: Path) -> None:
    shutil.copytree(office.place / "b", tmp_path / "utan", ignore=shutil.ignore_patterns(".git"))
    with pytest.raises(CannotStore, match="ligger inte i git"):
        sync(Register(tmp_path / "utan"), now=LATER)
    git(tmp_path, "init", "--quiet")
    with pytest.raises(CannotStore, match="är en del av ett större förvar"):
        sync(Register(tmp_path / "utan"), now=LATER)
    git(office.place / "b", "checkout", "--quiet", "--detach")
    office.refused("b", "Ingen gren är utcheckad")


def test_who_is_overtaken_every_time_is_told_to_try_again(both: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def moved(self: Repository, *given: Any) -> None:
        raise Moved("Registret har ändrats.")

    monkeypatch.setattr(Repository, "advance", moved)
    both.refused("b", "Andra har skickat och infört hela tiden")


@posix
def test_what_was_fetched_stays_when_the_server_takes_nothing(both: Office, ssh: str) -> None:
    hook = both.server / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    with pytest.raises(CannotStore, match=r"Det som fanns på servern är hämtat hit\. Servern tog inte emot"):
        both.sync("b", ssh)
    assert _whole(both) == {FIRST.id, MOVE.id, UTSKOTT.id}


def test_what_both_have_is_in_nobodys_way(both: Office) -> None:
    both.refused("b", "står inte i vägen", set_aside=FIRST.id)


def test_a_register_is_obtained_into_an_empty_folder_from_the_branch_that_there_is(office: Office, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    git(office.server, "branch", "-m", "main", "stam")
    assert obtain(tmp_path / "tom", str(office.server)).history == office.at("a").history
    assert git(tmp_path / "tom", "branch", "--show-current") == "stam"
    git(office.server, "branch", "sida", "stam")
    with pytest.raises(CannotStore, match=r"ingen gren som heter main\. Den har: sida, stam\."):
        obtain(tmp_path / "ny", str(office.server))
    assert not (tmp_path / "ny").exists()


def test_what_was_committed_by_hand_is_sent_as_it_is_when_nobody_else_has_gone_on(office: Office) -> None:
    (office.place / "b" / "utseende.toml").write_text("# vårt utseende\n", encoding="utf-8")
    git(office.place / "b", "add", "utseende.toml")
    git(office.place / "b", "commit", "--quiet", "-m", "utseende")
    assert office.sync("b").sent
    office.sync("a")
    assert (office.place / "a" / "utseende.toml").is_file()


def test_a_persons_edits_are_never_overwritten(office: Office) -> None:
    office.enter("a", UTSKOTT)
    office.sync("a")
    folder = office.place / "b"
    place = folder / "reglementen" / "socialnamnden.xml"
    place.write_bytes(place.read_bytes() + b"<!-- egen -->\n")
    before = everything(Register(folder))
    with pytest.raises(CannotStore, match="är ändrad i mappen men inte sparad"):
        sync(office.at("b"), now=LATER)
    assert everything(Register(folder)) == before
    git(folder, "checkout", "--quiet", "--", ".")
    (folder / "README.md").write_text("mina egna ord\n", encoding="utf-8")
    (folder / "katalog.toml").write_text("# egen\n", encoding="utf-8")
    sync(office.at("b"), now=LATER)
    assert (folder / "README.md").read_text(encoding="utf-8") == "mina egna ord\n"
    assert git(folder, "status", "--porcelain").splitlines() == [" M README.md", "?? katalog.toml"]


# --- a server that is not to be believed --------------------------------------------------------------------------


def _on_the_server(office: Office, change: Callable[[Path], object]) -> None:
    """Somebody with the right to write changes the server's branch by hand."""
    work = office.place / "a"
    change(work)
    git(work, "add", "--all", "--force")
    git(work, "commit", "--quiet", "--allow-empty", "-m", "för hand")
    git(work, "push", "--quiet", "--force", "../s.git", "HEAD:main")


def _replaced(path: str, old: bytes, new: bytes) -> Callable[[Path], object]:
    return lambda work: (work / path).write_bytes((work / path).read_bytes().replace(old, new))


def _put(path: str, text: str = "x\n") -> Callable[[Path], object]:
    def put(work: Path) -> None:
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        (work / path).write_text(text)

    return put


FALSE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a derived file edited": (_replaced("reglementen/kommunstyrelsen.xml", b"strategisk", b"taktisk"), "OFORKLARAD"),
    "a decision edited": (_replaced("beslut/2015/kf-2015-01-26-7.xml", b"KS 2015/7", b"KS 2015/8"), "BESLUT-ANDRAT"),
    "a decision gone": (lambda work: (work / "beslut/2015/kf-2015-01-26-7.xml").unlink(), "BESLUT-BORTA"),
    "not XML": (_put("beslut/2016/kf-2016-01-01-1.xml"), "kf-2016-01-01-1.xml"),
    "no register": (lambda work: (work / "register.xml").unlink(), "register.xml saknas"),
    "another kommun": (_replaced("register.xml", b'"0000"', b'"0001"'), "ANNAT-REGISTER"),
    "a link": (lambda work: (work / "beslut/2016").symlink_to("/etc"), "beslut/2016 är en länk"),
    "a file that no register has": (_put("ond.sh"), "filen ond.sh, som inget register har"),
    "a hidden file": (_put(".envrc"), "filen .envrc, som inget register har"),
    "a program beside the pictures": (_put("utseende/logga.exe"), "utseende/logga.exe, som inget register har"),
    "a file among the decisions": (_put("beslut/2016/x.txt"), "OKAND-FIL"),
}


@posix
@pytest.mark.parametrize("why", FALSE)
def test_a_server_with_something_false_is_refused(office: Office, why: str) -> None:
    change, words = FALSE[why]
    _on_the_server(office, change)
    if why == "a derived file edited":
        office.enter("b", UTSKOTT)
    office.refused("b", words)


def test_a_server_whose_history_is_rewritten_is_refused(office: Office) -> None:
    office.enter("a", UTSKOTT)
    office.sync("a")
    git(office.server, "update-ref", "refs/heads/main", git(office.server, "rev-parse", "main~1"))
    office.refused("a", "omskriven eller tillbakaspolad")
    git(office.server, "update-ref", "-d", "refs/heads/main")
    with pytest.raises(CannotStore, match="ingen gren som heter main"):
        office.sync("a")


def test_another_register_is_refused(office: Office) -> None:
    other = Register.create(office.place / "c", KOMMUN, now=LATER)
    other.enact(FIRST, now=LATER)
    error = office.refused("b", "utan historik gemensam", str(office.place / "c"))
    assert "adress" in error.hint
    git(office.place / "c", "checkout", "--quiet", "-b", "sida")
    git(office.place / "c", "branch", "--quiet", "-D", "main")
    office.refused("b", "ingen gren som heter main. Den har: sida", str(office.place / "c"))


@posix
def test_a_register_that_is_not_whole_is_not_sent(office: Office) -> None:
    folder = office.place / "b"
    place = folder / "beslut/2015/kf-2015-01-26-7.xml"
    place.write_bytes(place.read_bytes().replace(b"KS 2015/7", b"KS 2015/8"))
    git(folder, "commit", "--quiet", "--all", "-m", "för hand")
    tip = office.tip()
    with pytest.raises(CannotStore, match="inte helt, så det skickas inte"):
        sync(office.at("b"), now=LATER)
    assert office.tip() == tip


# --- addresses and programs ---------------------------------------------------------------------------------------

BAD = (
    "--upload-pack=touch x", "-oProxyCommand=x", "ext::sh -c x", "fd::17", "http://a.example/x.git", "git://a.example/x.git",
    "ftp://a.example/x", "ssh://-oProxyCommand=x/y", "ssh://-x@a/y", "-x@a:y", "a@-x:y", "a@b:-y", "https://-x/y", "https://a:hemligt@b.example/x",
    "a\nb", "finns-inte/mapp", "file://server/x", "https://", "nätnamn::x", "\x1b[31mx", "https://a b/c",
)  # fmt: skip
GOOD = ("https://git.kommunen.example/r.git", "ssh://git@git.kommunen.example:22/r.git", "git@git.kommunen.example:r/r.git")


def test_only_plain_addresses_are_used(office: Office) -> None:
    repository = office.at("b").repository
    assert repository is not None
    for said in BAD:
        with pytest.raises(CannotStore):
            address_of(repository, said)
    for said in GOOD:
        assert address_of(repository, said) == said
    assert address_of(repository, str(office.server)) == str(office.server)
    assert address_of(repository, f"file://{office.server}") == str(office.server)
    assert address_of(repository, "origin") == str(office.server)
    assert address_of(repository, "") == str(office.server)
    git(office.place / "b", "config", "remote.origin.url", "ext::sh -c x")
    with pytest.raises(CannotStore, match="kan inte vara en adress"):
        address_of(repository, "")
    git(office.place / "b", "config", "--unset", "remote.origin.url")
    with pytest.raises(CannotStore, match="vilken server"):
        address_of(repository, "")


@posix
def test_nothing_that_either_repository_names_is_run(office: Office, tmp_path: Path) -> None:
    trace, evil = tmp_path / "spår", tmp_path / "ond"
    evil.write_text(f'#!/bin/sh\necho "$0 $@" >> "{trace}"\ncat\n', encoding="utf-8")
    evil.chmod(0o755)
    for inner in (office.place / "b" / ".git", office.server):
        (inner / "hooks").mkdir(exist_ok=True)
        for hook in (
            "pre-push", "pre-receive", "update", "post-receive", "post-update", "reference-transaction", "post-checkout", "post-merge",
            "pre-auto-gc", "push-to-checkout", "proc-receive", "fsmonitor-watchman", "post-index-change",
        ):  # fmt: skip
            shutil.copy(evil, inner / "hooks" / hook)
        for key, value in {
            "core.fsmonitor": evil, "core.hooksPath": inner / "hooks", "core.sshCommand": evil, "core.askPass": evil, "core.gitProxy": evil,
            "core.alternateRefsCommand": evil, "credential.helper": f"!{evil}", "remote.origin.uploadpack": evil,
            "remote.origin.receivepack": evil, "remote.origin.proxy": "x", "uploadpack.packObjectsHook": evil, "filter.x.smudge": evil,
            f"url.ext::{evil} .insteadOf": str(office.server), "gpg.program": evil, "push.gpgSign": "if-asked", "receive.autogc": "true",
        }.items():  # fmt: skip
            git(office.place, "config", "--file", str(inner / "config"), key, str(value))
    office.enter("a", MOVE)
    sync(office.at("a"), str(office.server), now=NOW)
    office.enter("b", UTSKOTT)
    assert sync(office.at("b"), str(office.server), now=NOW).sent
    assert not trace.exists(), trace.read_text(encoding="utf-8")
    assert office.tip() == (office.place / "b/.git/refs/heads/main").read_text().strip()


@posix
def test_objects_that_git_would_not_pass_are_not_let_in(office: Office) -> None:
    bad = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor x\n\nx\n"
    (office.place / "obj").write_bytes(bad)
    made_bad = git(office.server, "hash-object", "-t", "commit", "-w", "--literally", str(office.place / "obj"))
    git(office.server, "update-ref", "refs/heads/main", made_bad)
    office.refused("b", "skadat")


@pytest.fixture
def ssh(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An ssh that runs what it is asked to on this computer: a server with hooks of its own. Returns its address."""
    program = tmp_path / "ssh"
    program.write_text('#!/bin/sh\nwhile [ $# -gt 1 ]; do shift; done\nexec sh -c "$1"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(program))
    monkeypatch.setenv("GIT_SSH_VARIANT", "ssh")
    return f"ssh://git@server.example{office.server}"


@posix
def test_a_server_that_tries_what_it_gets_answers_through_to_the_person(office: Office, ssh: str, tmp_path: Path) -> None:
    hook = office.server / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    shutil.copy(HOOK, hook)
    program = tmp_path / "reglemente"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m reglemente_tool "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    os.environ["REGLEMENTE"] = str(program)
    try:
        office.enter("b", UTSKOTT)
        assert office.sync("b", ssh).sent
        hook.write_text("#!/bin/sh\nprintf 'Bara på \\033[31mtisdagar.\\n' >&2\nexit 1\n", encoding="utf-8")
        office.enter("b", MOVE)
        error = office.refused("b", "Servern tog inte emot", ssh)
    finally:
        del os.environ["REGLEMENTE"]
    assert "Bara på" in error.hint
    assert "tisdagar" in error.hint
    assert "\x1b" not in error.hint


@posix
@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("git@x: Permission denied (publickey).", "släppte inte in dig"),
        ("Host key verification failed.", "känner inte servern"),
        ("ssh: Could not resolve hostname x", "svarar inte"),
        ("något helt annat", "gick inte att nå"),
    ],
)
def test_a_server_that_does_not_answer_is_told_in_swedish(office: Office, ssh: str, tmp_path: Path, says: str, words: str) -> None:
    (tmp_path / "ssh").write_text(f"#!/bin/sh\necho '{says}' >&2\nexit 255\n", encoding="utf-8")
    office.refused("b", words, ssh)


@posix
def test_a_server_that_never_answers_is_given_up(office: Office, ssh: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ssh").write_text("#!/bin/sh\nsleep 60 & wait\n", encoding="utf-8")
    monkeypatch.setattr(server, "LIMIT", 0.5)
    office.refused("b", "har inte svarat färdigt", ssh)


# --- stopped in the middle ----------------------------------------------------------------------------------------


@pytest.fixture
def both(office: Office) -> Office:
    """Both have gone on: the server has one decision, b another."""
    office.enter("a", MOVE)
    office.sync("a")
    office.enter("b", UTSKOTT)
    return office


def _whole(office: Office) -> set[str]:
    """See that the register of b holds together in every way, and return what is in it."""
    folder = office.place / "b"
    register = Register.open(folder)
    assert register.verify().problems == ()
    assert git(folder, "fsck", "--strict", "--no-dangling") == ""
    assert git(folder, "status", "--porcelain") == ""
    return set(names(register.history.events))


@posix
@pytest.mark.parametrize("stop", [die, no_room(errno.ENOSPC)], ids=["killed", "disk full"])
def test_stopped_at_any_step_the_register_is_as_before_or_as_after(both: Office, stop: Stop, tmp_path: Path) -> None:
    kept = tmp_path / "kvar"
    shutil.copytree(both.place, kept, symlinks=True)
    line = ("synka", str(both.server), "--register", str(both.place / "b"))
    before, old = _whole(both), git(both.place / "b", "rev-parse", "HEAD")
    after = before | {MOVE.id}
    found = []
    code, said, count = child(line).wait()
    assert code == 0, said
    for at in chosen(count, 5):
        put_back(kept, both.place)
        code, said, _ = child(line, at=at, stop=stop).wait()
        assert "Traceback" not in said
        assert code in (0, 3, -signal.SIGKILL), said
        found.append(_whole(both))
        assert found[-1] in (before, after)
        code, said, _ = child(line).wait()
        assert code == 0, said
        assert _whole(both) == after
        assert both.tip() == git(both.place / "b", "rev-parse", "HEAD")
        assert git(both.place / "b", "rev-parse", f"refs/reglemente/fore-synk/{old}") == old
    assert before in found


# --- the command --------------------------------------------------------------------------------------------------


def test_the_command_tells_what_each_side_had(office: Office) -> None:
    office.enter("a", MOVE)
    office.sync("a")
    office.enter("b", UTSKOTT, made(2, (KS, Repeal(target=address("par2")))))
    code, said = typed(f"reglemente synka --torrkor --register {office.place / 'b'}")
    assert code == 0
    assert "Allt går ihop. Ingenting är ändrat" in said
    code, said = typed(f"reglemente synka --register {office.place / 'b'}")
    assert code == 0
    assert re.search(r"Fanns bara på servern\n +KF 2017-06-21 § 105 +Integrationen flyttas", said)
    assert re.search(r"Fanns bara här\n +KF 2018-01-01 § 1", said)
    assert "KF 2018-01-01 § 1 och KF 2018-01-01 § 2 ligger nu ovanpå" in " ".join(said.split())
    assert "Här och på servern är det lika." in said
    code, said = typed(f"reglemente synka --json --register {office.place / 'b'}")
    assert '"skickat": true' in said
    code, said = typed(f"reglemente synka ext::x --register {office.place / 'b'}")
    assert code == 3
    assert "kan inte vara en adress" in " ".join(said.split())


def test_an_undone_decision_and_a_condition_go_the_same_way(office: Office) -> None:
    office.enter("a", MOVE)
    office.sync("a")
    office.enter("b", LAW, Annulment(decided_on=DAY, annuls=LAW.id, by="förvaltningsrätten", confirmed_by="kansli"))
    done = office.sync("b")
    assert len(done.joined) == 2
    office.sync("a")
    assert office.at("a").history == office.at("b").history
