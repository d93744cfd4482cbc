"""The floor that touches git: whole commits or none, nobody's edits lost, nothing of a stranger's configuration run."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from reglemente_tool.errors import CannotStore
from reglemente_tool.storage.git import Moved, Repository, blob_id, create, find, replace_file, stream
from reglemente_tool.storage.git import repository as shell
from reglemente_tool.storage.git.head import standing

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=2)))


def git(folder: Path, *words: str, code: int = 0) -> str:
    """Run git as a person would, without the person's own settings."""
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    person = {f"GIT_{who}_{what}": f"en.person@{who}.invalid".lower() for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, env={**clean, **quiet, **person}, check=False)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode().rstrip("\n")


def put(repository: Repository, changes: dict[str, bytes | None], **more: Any) -> str:
    """Commit on top of what is there."""
    settings: dict[str, Any] = {"message": "rad\n", "when": NOW, "onto": repository.head()}
    return repository.commit(changes, **{**settings, **more})


def log_size(folder: Path) -> int:
    return int(git(folder, "rev-list", "--count", "HEAD"))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = create(tmp_path)
    put(made, {"register.xml": b"<a/>\n", "beslut/2020/kf-1.xml": b"<b/>\n"})
    return made


# --- where it stands ----------------------------------------------------------------------------------------------

def by_git(repository: Repository) -> shell.Head:
    name = git(repository.folder, "rev-parse", "--symbolic-full-name", "HEAD")
    return shell.Head("" if name == "HEAD" else name, git(repository.folder, "rev-parse", "HEAD"))


@pytest.mark.parametrize(
    ("done", "told"),
    [
        ([], True),
        (["switch -q -c 2024/vår-1"], False),
        (["switch -q -c prov/2024"], True),
        (["branch prov", "pack-refs --all"], False),
        (["pack-refs --all", "commit -q --allow-empty -m x"], True),
        (["switch -q --detach"], False),
        (["symbolic-ref refs/heads/annan refs/heads/main", "symbolic-ref HEAD refs/heads/annan"], False),
    ],
)
def test_the_files_say_where_it_stands_as_git_does_or_nothing(repository: Repository, done: list[str], told: bool) -> None:
    for words in done:
        git(repository.folder, *words.split())
    assert standing(repository.git_dir) == (by_git(repository) if told else None)
    assert repository.head() == by_git(repository)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("HEAD", "ref: refs/heads/../../register\n"),
        ("HEAD", "ref: refs/heads/main"),
        ("HEAD", "ref: refs/tags/main\n"),
        ("HEAD", ""),
        ("refs/heads/main", ""),
        ("refs/heads/main", "ref: refs/heads/prov\n"),
        ("refs/heads/main", "0123\n"),
        ("commondir", "../annan\n"),
    ],
)
def test_what_is_not_as_git_writes_it_is_left_to_git(repository: Repository, file: str, text: str) -> None:
    (repository.git_dir / "register").write_text(f"{repository.head().commit}\n")
    (repository.git_dir / file).write_text(text)
    assert standing(repository.git_dir) is None


# --- commits ------------------------------------------------------------------------------------------------------


def test_the_first_commit_and_the_next(tmp_path: Path) -> None:
    made = create(tmp_path)
    assert made.head() == shell.Head("refs/heads/main", "")
    first = put(made, {"register.xml": b"<a/>\n"}, message="Förnyat §\n\nrad 2\n", author="kommunsekreterare")
    assert git(tmp_path, "log", "-1", "--format=%H|%B|%an|%cn|%aI|%cI").split("|") == [
        first,
        "Förnyat §\n\nrad 2\n",
        "kommunsekreterare",
        "reglemente",
        "2024-05-06T07:08:09+02:00",
        "2024-05-06T07:08:09+02:00",
    ]
    second = put(made, {"register.xml": None, "reglementen/a.xml": b"<c>\xc3\xa5</c>\n", "reglementen/b.xml": b""})
    assert made.files(second) == {
        "reglementen/a.xml": blob_id(b"<c>\xc3\xa5</c>\n", like=first),
        "reglementen/b.xml": blob_id(b"", like=first),
    }
    assert git(tmp_path, "rev-parse", "HEAD^") == first
    assert git(tmp_path, "status", "--porcelain") == ""
    assert sorted(p.name for p in tmp_path.rglob("*.xml")) == ["a.xml", "b.xml"]
    assert git(tmp_path, "fsck", "--strict") == ""


def test_git_says_what_each_file_was_in_the_commit_that_is_built_on(tmp_path: Path) -> None:
    """So the files that differ need not be asked for; what is said is what `diff-tree` says."""
    (tmp_path / "charters" / "en ort").mkdir(parents=True)
    create(tmp_path)
    made = find(tmp_path / "charters" / "en ort")
    assert made is not None
    put(made, {"register.xml": b"<a/>\n", "beslut/a.xml": b"<b/>\n", "reglementen/sn.xml": b"<c/>\n"})
    (made.folder / "reglementen" / "lank.xml").symlink_to("sn.xml")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "länk")
    before = made.head()
    changes = {
        "register.xml": None, "beslut/a.xml": b"<b2/>\n", "beslut/b.xml": b"<ny/>\n", "reglementen/sn.xml": b"<c/>\n",
        "beslut/fanns-inte.xml": None, "reglementen/lank.xml": b"<d/>\n",
    }  # fmt: skip
    asked: list[tuple[str, ...]] = []
    call = shell.Repository.call
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shell.Repository, "call", lambda self, *words, stdin=None: (asked.append(words), call(self, *words, stdin=stdin))[1])
        said = made._import(stream.commands(changes, made.prefix, "x", NOW, before, "x", None), before)
    commit, was = stream.answered(said, changes, before)
    assert [words[0] for words in asked] == ["fast-import"]
    old, new = made._differing(before.commit, commit)
    assert {path: was.get(path) for path in changes if path in old | new} == {path: old.get(path) for path in old | new}
    assert was["reglementen/lank.xml"] == ""
    assert "beslut/b.xml" not in was
    assert was["reglementen/sn.xml"] == blob_id(b"<c/>\n", like=commit)


def test_a_name_that_would_break_the_commit_is_made_harmless(repository: Repository) -> None:
    put(repository, {"a.xml": b""}, author="roll <x@y>\ncommitter någon")
    assert git(repository.folder, "log", "-1", "--format=%an|%ae|%cn") == "roll x@y committer någon|reglemente@localhost|reglemente"


def test_a_message_may_hold_what_git_would_take_for_a_command(repository: Repository) -> None:
    message = "rad\n\ndone\nfrom 0000\nM 100644 inline register.xml\ndata 3\n"
    put(repository, {"a.xml": b"\ndone\n"}, message=message)
    assert git(repository.folder, "log", "-1", "--format=%B").strip("\n") == message.strip("\n")
    assert repository.content(repository.files(repository.head().commit)["a.xml"]) == b"\ndone\n"


@pytest.mark.parametrize(
    "path",
    [
        "../x.xml", "/x.xml", ".git/hooks/x.xml", ".GIT/x.xml", "git~1/x.xml", "a/../b.xml", "å.xml", "A.xml", "x.txt", "x.xml\n",
        "a b.xml", "",
    ],
)
def test_paths_outside_the_vocabulary_are_refused(repository: Repository, path: str) -> None:
    head = repository.head()
    with pytest.raises(CannotStore, match="inget namn"):
        put(repository, {path: b"x"})
    assert repository.head() == head
    assert not repository.unfinished()


def test_a_detached_head_is_refused(repository: Repository) -> None:
    git(repository.folder, "checkout", "--quiet", "--detach")
    with pytest.raises(CannotStore, match="Ingen gren"):
        put(repository, {"a.xml": b""})


def test_a_linked_work_tree_is_written_in_its_own_branch(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("annan") / "träd"
    git(repository.folder, "worktree", "add", "--quiet", "-b", "sida", str(other))
    linked = find(other)
    assert linked is not None
    put(linked, {"a.xml": b"1\n"})
    assert git(other, "status", "--porcelain") == ""
    assert git(repository.folder, "status", "--porcelain") == ""
    assert git(repository.folder, "log", "--format=%s", "main..sida") == "rad"


def test_a_repository_with_the_longer_identities(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    made = find(tmp_path)
    assert made is not None
    put(made, {"a.xml": b"1\n"})
    put(made, {"a.xml": None, "b.xml": b"2\n"})
    assert git(tmp_path, "status", "--porcelain") == ""
    assert made.files(made.head().commit) == {"b.xml": blob_id(b"2\n", like="0" * 64)}


# --- two writers --------------------------------------------------------------------------------------------------


def test_the_second_of_two_writers_is_refused_and_changes_nothing(repository: Repository) -> None:
    stale = repository.head()
    put(repository, {"register.xml": b"<first/>\n"})
    after = repository.head()
    with pytest.raises(Moved):
        put(repository, {"register.xml": b"<second/>\n", "a.xml": b""}, onto=stale)
    assert repository.head() == after
    assert (repository.folder / "register.xml").read_bytes() == b"<first/>\n"
    assert not (repository.folder / "a.xml").exists()
    assert not repository.unfinished()


def test_the_second_first_commit_is_refused(tmp_path: Path) -> None:
    made = create(tmp_path)
    empty = made.head()
    put(made, {"a.xml": b"1"})
    with pytest.raises(Moved):
        put(made, {"a.xml": b"2"}, onto=empty)
    assert log_size(tmp_path) == 1


def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    put(create(tmp_path), {"register.xml": b""})
    lost: list[BaseException] = []

    def write(who: int) -> None:
        mine = find(tmp_path)
        assert mine is not None
        try:
            for turn in range(8):
                while True:
                    try:
                        put(mine, {f"beslut/{who}/{turn}.xml": b"x\n"})
                        break
                    except Moved:
                        continue
        except BaseException as error:
            lost.append(error)

    writers = [threading.Thread(target=write, args=(who,)) for who in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not lost
    assert log_size(tmp_path) == 25
    made = find(tmp_path)
    assert made is not None
    assert made.finish()
    assert len(made.files(made.head().commit)) == 25
    assert git(tmp_path, "status", "--porcelain") == ""


# --- a folder in a larger repository ------------------------------------------------------------------------------


@pytest.fixture
def larger(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=trunk")
    for name, text in {"LÄSMIG.txt": "hej\n", "kod/a b.py": "1\n", "kommuner/ö/x.xml": "x\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "-m", "början")
    return tmp_path


def test_only_the_own_folder_is_touched(larger: Path) -> None:
    made = find(larger / "kommuner" / "ö")
    assert made is not None
    assert made.prefix == "kommuner/ö/"
    (larger / "LÄSMIG.txt").write_text("ändrad\n", encoding="utf-8")
    (larger / "kod" / "ny.py").write_text("2\n")
    git(larger, "add", "kod/ny.py")
    put(made, {"beslut/2020/kf-1.xml": b"1\n", "x.xml": None})
    assert git(larger, "-c", "core.quotePath=false", "show", "--format=", "--name-status", "HEAD").splitlines() == [
        "A\tkommuner/ö/beslut/2020/kf-1.xml",
        "D\tkommuner/ö/x.xml",
    ]
    assert git(larger, "-c", "core.quotePath=false", "status", "--porcelain").splitlines() == [" M LÄSMIG.txt", "A  kod/ny.py"]
    assert (larger / "LÄSMIG.txt").read_text(encoding="utf-8") == "ändrad\n"


def test_a_folder_does_not_finish_its_neighbours_work(larger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = find(larger / "kommuner" / "ö"), find(larger / "kod")
    assert one is not None
    assert other is not None
    monkeypatch.setattr(Repository, "_set_files", lambda *_: False)
    put(one, {"x.xml": b"ny\n"})
    monkeypatch.undo()
    assert other.finish()
    assert one.unfinished()
    assert one.finish()
    assert (larger / "kommuner" / "ö" / "x.xml").read_bytes() == b"ny\n"


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be given")
@pytest.mark.parametrize("name", ['citat"tecken', "rad\nbyte", "bak\\streck"])
def test_a_folder_that_git_cannot_name_is_refused(larger: Path, name: str) -> None:
    (larger / name).mkdir()
    made = find(larger / name)
    assert made is not None
    with pytest.raises(CannotStore, match="mapp"):
        put(made, {"a.xml": b""})
    assert log_size(larger) == 1


def test_a_folder_in_no_repository(tmp_path: Path) -> None:
    assert find(tmp_path) is None


def test_what_the_environment_says_of_other_repositories_is_not_heeded(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("annat")
    git(elsewhere, "init", "--quiet")
    for name, value in {"GIT_DIR": elsewhere / ".git", "GIT_WORK_TREE": elsewhere, "GIT_INDEX_FILE": elsewhere / "index"}.items():
        monkeypatch.setenv(name, str(value))
    put(repository, {"a.xml": b"1\n"})
    monkeypatch.undo()
    assert log_size(repository.folder) == 2
    assert git(repository.folder, "status", "--porcelain") == ""
    assert not (elsewhere / "index").exists()


# --- killed in between --------------------------------------------------------------------------------------------


def _killed(repository: Repository, changes: dict[str, bytes | None], monkeypatch: pytest.MonkeyPatch, *, after: int = 0) -> None:
    """Commit, and be killed when `after` files have been set."""
    done = 0
    real = Repository._set_file

    def set_file(self: Repository, *given: Any) -> None:
        nonlocal done
        if done == after:
            raise KeyboardInterrupt
        done += 1
        real(self, *given)

    monkeypatch.setattr(Repository, "_set_file", set_file)
    with pytest.raises(KeyboardInterrupt):
        put(repository, changes)
    monkeypatch.undo()


@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_a_killed_program_left_is_finished(repository: Repository, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    changes = {"register.xml": b"<ny/>\n", "beslut/2020/kf-1.xml": None, "beslut/2021/kf-2.xml": b"2\n"}
    _killed(repository, changes, monkeypatch, after=after)
    assert repository.unfinished()
    assert repository.finish()
    assert not repository.unfinished()
    assert git(repository.folder, "status", "--porcelain") == ""
    assert (repository.folder / "register.xml").read_bytes() == b"<ny/>\n"
    assert not (repository.folder / "beslut/2020/kf-1.xml").exists()


def test_an_edit_made_after_the_kill_is_left_alone(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    _killed(repository, {"register.xml": b"<ny/>\n", "a.xml": b"1\n"}, monkeypatch)
    (repository.folder / "register.xml").write_bytes(b"<egen/>\n")
    assert repository.finish()
    assert (repository.folder / "register.xml").read_bytes() == b"<egen/>\n"
    assert (repository.folder / "a.xml").read_bytes() == b"1\n"
    assert git(repository.folder, "status", "--porcelain") == " M register.xml"


def test_what_a_person_staged_after_the_kill_is_left_alone(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    _killed(repository, {"register.xml": b"<ny/>\n", "a.xml": b"1\n"}, monkeypatch)
    (repository.folder / "register.xml").write_bytes(b"<egen/>\n")
    git(repository.folder, "add", "register.xml")
    assert repository.finish()
    assert git(repository.folder, "show", ":register.xml") == "<egen/>"
    assert git(repository.folder, "status", "--porcelain") == "M  register.xml"


def test_a_mark_from_before_the_commit_is_no_hindrance(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    def import_killed(*_: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(Repository, "_import", import_killed)
    with pytest.raises(KeyboardInterrupt):
        put(repository, {"a.xml": b"1\n"})
    monkeypatch.undo()
    assert repository.finish()
    put(repository, {"b.xml": b"1\n"})
    assert repository.finish()
    assert not repository.unfinished()
    assert git(repository.folder, "status", "--porcelain") == ""


def test_an_old_mark_without_a_commit_is_taken_away(repository: Repository) -> None:
    head = repository.head()
    mark = repository.git_dir / "reglemente-pagar-x"
    mark.write_text(f"{head.ref}\n{head.commit}\n\n")
    assert repository.finish()
    assert mark.exists()
    os.utime(mark, (0, 0))
    assert repository.finish()
    assert not mark.exists()


def test_a_program_that_holds_the_index_only_delays(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "_PAUSE", 0.0)
    lock = repository.git_dir / "index.lock"
    lock.touch()
    put(repository, {"register.xml": b"<ny/>\n"})
    assert repository.unfinished()
    assert (repository.folder / "register.xml").read_bytes() == b"<ny/>\n"
    assert repository.finish(), "the files are right, so reading may go on"
    lock.unlink()
    assert repository.finish()
    assert not repository.unfinished()
    assert git(repository.folder, "status", "--porcelain") == ""


def test_a_file_that_cannot_be_set_is_said(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: Any, **__: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(shell, "replace_file", held)
    put(repository, {"register.xml": b"<ny/>\n"})
    assert not repository.finish()
    monkeypatch.undo()
    assert repository.finish()
    assert (repository.folder / "register.xml").read_bytes() == b"<ny/>\n"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "inre" / "a.xml"
    replace_file(place, b"gammal", beside=tmp_path)

    def full(_: int) -> None:
        raise OSError

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):  # noqa: PT011 - a full disk has no message
        replace_file(place, b"ny", beside=tmp_path)
    assert place.read_bytes() == b"gammal"
    assert [p.name for p in tmp_path.iterdir()] == ["inre"]


# --- a stranger's repository --------------------------------------------------------------------------------------

_HOOKS = (
    "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-checkout", "post-merge", "post-index-change",
    "reference-transaction", "pre-auto-gc", "post-rewrite", "fsmonitor-watchman",
)  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="hooks are shell scripts here")
def test_nothing_that_the_repository_names_is_run(repository: Repository) -> None:
    trace = repository.folder / "spår"
    evil = repository.folder / "ond"
    evil.write_text(f'#!/bin/sh\necho "$0 $@" >> "{trace}"\ncat\n', encoding="utf-8")
    evil.chmod(0o755)
    hooks = repository.git_dir / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in _HOOKS:
        (hooks / name).write_bytes(evil.read_bytes())
        (hooks / name).chmod(0o755)
    for key, value in {
        "core.fsmonitor": str(evil), "core.hooksPath": str(hooks), "filter.x.clean": str(evil), "filter.x.smudge": str(evil),
        "filter.x.process": str(evil), "filter.x.required": "true", "diff.external": str(evil), "core.pager": str(evil),
        "core.sshCommand": str(evil), "core.alternateRefsCommand": str(evil), "diff.x.textconv": str(evil), "core.editor": str(evil),
        "gpg.program": str(evil), "commit.gpgSign": "true", "core.askPass": str(evil), "credential.helper": f"!{evil}",
        "extensions.partialClone": "far", "remote.far.promisor": "true", "remote.far.url": str(repository.folder),
        "remote.far.uploadpack": str(evil), "core.worktree": "/", "alias.fast-import": f"!{evil}",
    }.items():  # fmt: skip
        git(repository.folder, "config", "--file", str(repository.git_dir / "config"), key, value)
    (repository.git_dir / "info").mkdir(exist_ok=True)
    (repository.git_dir / "info" / "attributes").write_text("* filter=x diff=x text eol=crlf\n")

    put(repository, {"register.xml": b"<ny/>\n", "a.xml": b"1\n"})
    repository.staged()
    repository.finish()
    assert repository.content(repository.files(repository.head().commit)["a.xml"]) == b"1\n"
    with pytest.raises(CannotStore):
        repository.content("1" * 40)
    assert not trace.exists(), trace.read_text(encoding="utf-8")
    assert (repository.folder / "register.xml").read_bytes() == b"<ny/>\n"


def test_templates_bring_no_hooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = tmp_path / "mall"
    (template / "hooks").mkdir(parents=True)
    (template / "hooks" / "post-checkout").write_text("#!/bin/sh\n")
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(template))
    (tmp_path / "nytt").mkdir()
    made = create(tmp_path / "nytt")
    assert not (made.git_dir / "hooks").exists()


def test_replaced_objects_do_not_deceive(repository: Repository) -> None:
    files = repository.files(repository.head().commit)
    false = git(repository.folder, "hash-object", "-w", "--stdin", code=0)
    git(repository.folder, "replace", files["register.xml"], false)
    assert repository.content(files["register.xml"]) == b"<a/>\n"


def test_without_git_there_is_a_plain_answer(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    import git as library

    monkeypatch.setattr(library.Git, "GIT_PYTHON_GIT_EXECUTABLE", "finns-inte-git")
    with pytest.raises(CannotStore, match="git gick inte att starta") as caught:
        repository.files(repository.head().commit)
    assert caught.value.hint


def test_a_broken_repository_gives_a_plain_answer(repository: Repository) -> None:
    for pack in (repository.git_dir / "objects").rglob("*"):
        if pack.is_file():
            pack.chmod(0o644)
            pack.unlink()
    with pytest.raises(CannotStore, match="Git kunde inte"):
        repository.files(git(repository.folder, "rev-parse", "HEAD"))


def test_dates_are_those_given_whatever_the_zone(repository: Repository) -> None:
    put(repository, {"a.xml": b""}, when=datetime(2030, 1, 1, tzinfo=UTC))
    assert git(repository.folder, "log", "-1", "--format=%cI") in ("2030-01-01T00:00:00+00:00", "2030-01-01T00:00:00Z")
