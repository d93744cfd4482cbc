"""A git server: what it has is fetched into a place apart, to be tried before it is let in; what is new here is sent to it.

The place apart is a repository inside the git folder, with a configuration of its own, that borrows the register's objects.
So nothing that the register's configuration says is heeded, which a stranger may have written: addresses, programs, proxies. What
the person's own git is set up with is: ssh, and for https the program that keeps the password. Nothing ever asks; all has a limit
of time; hooks do not run, not even those of a server that is a folder.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from reglemente_tool.errors import CannotStore
from reglemente_tool.storage.git.head import Head
from reglemente_tool.storage.git.launching import executable
from reglemente_tool.storage.git.repository import Repository

LIMIT = 180.0
"""Seconds that one exchange with a server may take."""
_APART = "reglemente-hamtat-"
_OLD = 3600.0
_ARRIVED = "refs/heads/hamtat"
_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.fsync": "all",
    "core.askPass": "",
    "core.alternateRefsCommand": "true",
    "credential.interactive": "false",
    "transfer.fsckObjects": "true",
    "fetch.fsckObjects": "true",
    "fetch.unpackLimit": "1",
    "fetch.recurseSubmodules": "false",
    "transfer.bundleURI": "false",
    "push.recurseSubmodules": "no",
    "push.gpgSign": "false",
    "push.followTags": "false",
    "http.lowSpeedLimit": "100",
    "http.lowSpeedTime": "30",
    "gc.auto": "0",
    "maintenance.auto": "false",
}
_OWN = re.compile(r"GIT_(SSH|SSH_COMMAND|SSH_VARIANT|SSL_\w+|PROXY_\w+|EXEC_PATH|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM))")
"""The variables of git's that are the person's own, and say nothing of any one repository."""
_QUIET_FOLDER = (
    "git -c core.hooksPath=/dev/null -c core.alternateRefsCommand=true -c receive.denyCurrentBranch=refuse -c receive.autogc=false "
    "-c receive.fsckObjects=true receive-pack"
)
"""How a folder takes in what is sent: nothing that it names itself is run on the computer of the one who sends."""


# --- addresses ----------------------------------------------------------------------------------------------------


def address_of(repository: Repository | None, said: str) -> str:
    """Return the address that a person means by `said`: an address, a folder, the name of a server that the repository (if there
    is one) knows, or "" for the one that it has. Raises CannotStore for what is none of these, or may not be used.
    """
    if repository is None:
        return _allowed(said, Path.cwd())
    if not said or (re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", said) and not Path(said).is_dir()):
        name = said or "origin"
        _, found = repository.run("config", "--local", "--no-includes", "--get-all", f"remote.{name}.url", allowed=(0, 1))
        urls = os.fsdecode(found).splitlines()
        if len(urls) != 1:
            what = f"känner inte någon server som heter {said}" if said else "vet inte vilken server det ska synkas med"
            raise CannotStore(f"Registret {what}.", hint="Ange adressen: reglemente synka https://git.kommunen.example/reglementen.git")
        return _allowed(urls[0], repository.root)
    return _allowed(said, Path.cwd())


def keep_address(repository: Repository, url: str) -> None:
    """Let the repository know the server as "origin", unless it knows one already. Raises CannotStore."""
    status, _ = repository.run("config", "--local", "--no-includes", "--get-all", "remote.origin.url", allowed=(0, 1))
    if status:
        repository.run("config", "--local", "remote.origin.url", url)
        repository.run("config", "--local", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")


def _allowed(url: str, here: Path) -> str:
    hint = "Adressen börjar med https:// eller ssh://, eller är en mapp."
    if not url.isprintable() or url.startswith("-") or "::" in url:
        raise CannotStore(f"”{url}” kan inte vara en adress till en git-server.", hint=hint)
    if re.match(r"https://[^/@]*:[^/@]*@", url):
        raise CannotStore("Lösenord ska inte stå i adressen.", hint="Låt git minnas det: se handboken, ”Två sekreterare”.")
    if re.fullmatch(r"https://[A-Za-z0-9][^\s]*|ssh://([A-Za-z0-9_][\w.+-]*@)?[A-Za-z0-9\[][^\s]*", url):
        return url
    if re.fullmatch(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][\w.-]+:[^\s:-][^\s:]*", url):
        return url
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", url) and not url.startswith("file:///"):
        raise CannotStore(f"{url}: så kan registret inte skickas, bara med https, ssh eller till en mapp.", hint=hint)
    place = here / Path(url.removeprefix("file://"))
    if not place.is_dir():
        raise CannotStore(f"Det finns ingen mapp {url}, och det är ingen adress till en git-server.", hint=hint)
    return str(place.resolve())


# --- fetching -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def apart(repository: Repository, have: str) -> Iterator[Repository]:
    """Give an empty repository inside `repository` that borrows its objects, and where the commit `have` is known. It is
    gone afterwards.
    """
    for left in repository.git_dir.glob(f"{_APART}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _OLD and not left.is_symlink():
                shutil.rmtree(left)
    import tempfile

    place = Path(tempfile.mkdtemp(prefix=_APART, dir=repository.git_dir))
    try:
        there = Repository(place, place, place)
        kind = "sha256" if len(have) == 64 else "sha1"
        there.run("init", "--quiet", "--template=", f"--object-format={kind}", "--initial-branch=tom")
        (place / "objects" / "info").mkdir(exist_ok=True)
        (place / "objects" / "info" / "alternates").write_bytes(os.fsencode(f"{_objects(repository)}\n"))
        if have:
            there.run("update-ref", "refs/heads/har", have)
        yield there
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _objects(repository: Repository) -> Path:
    return Path(os.fsdecode(repository.run("rev-parse", "--path-format=absolute", "--git-path", "objects")[1]).rstrip("\n"))


def branches(there: Repository, url: str) -> dict[str, str]:
    """Return the branches that the server has, each with its commit. Raises CannotStore."""
    out, _ = _exchange(there, url, "ls-remote", "--heads", "--", url)
    lines = (line.split("\t") for line in out.splitlines())
    return {parts[1]: parts[0] for parts in lines if len(parts) == 2}


def fetch(there: Repository, url: str, branch: str) -> str:
    """Fetch the server's `branch` into the place apart, each object tried, and return its commit. Raises CannotStore."""
    quiet = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance", "--no-write-fetch-head", "--refmap=")
    _exchange(there, url, "fetch", *quiet, "--", url, f"+{branch}:{_ARRIVED}")
    return there.run("rev-parse", "--verify", f"{_ARRIVED}^{{commit}}")[1].decode().strip()


def let_in(there: Repository, repository: Repository) -> None:
    """Move the objects of the place apart into the repository. They hang on no branch yet. Raises CannotStore, OSError."""
    inner, outer = there.git_dir / "objects", _objects(repository)
    found = [place for place in inner.rglob("*") if place.is_file() and place.parent != inner / "info"]
    # A pack is there when its index is, so that comes last.
    for place in sorted(found, key=lambda place: (place.suffix == ".idx", place.name)):
        target = outer / place.relative_to(inner)
        if target.exists():
            continue
        target.parent.mkdir(exist_ok=True)
        place.replace(target)


# --- sending ------------------------------------------------------------------------------------------------------


def send(repository: Repository, url: str, head: Head) -> bool:
    """Send what `head` is to the server's branch of the same name. Return False when the server has gone on meanwhile, so that
    it is to be fetched first. Raises CannotStore when the server does not take it; then nothing there has changed.
    """
    with apart(repository, head.commit) as there:
        quiet = ("--porcelain", "--no-verify", "--no-recurse-submodules", "--no-follow-tags", "--no-signed", "--no-thin")
        folder = (f"--receive-pack={_QUIET_FOLDER}",) if Path(url).is_absolute() else ()
        out, said = _exchange(there, url, "push", *quiet, *folder, "--", url, f"{head.commit}:{head.ref}", allowed=(0, 1))
    line = next((line for line in out.splitlines() if line[:2] == "!\t"), "")
    if not line and re.search(r"^[ =*]\t", out, re.MULTILINE):
        return True
    if re.search(r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to (lock|update) ref|incorrect old value", line):
        return False
    told = [shown for one in said.splitlines() if one.startswith("remote:") and (shown := one.removeprefix("remote:").strip())]
    if not line and not told:
        raise _refused(said, url)
    reason = " ".join(told) or line.rpartition("\t")[2]
    raise CannotStore("Servern tog inte emot det som skickades; inget är ändrat där.", hint=f"Servern säger: {_shown(reason, 1500)}")


# --- git, with a limit of time ------------------------------------------------------------------------------------


def _exchange(there: Repository, url: str, *words: str, allowed: tuple[int, ...] = (0,)) -> tuple[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or _OWN.fullmatch(key)}
    kept.pop("SSH_ASKPASS", None)
    settings = dict(_SETTINGS)
    named = {f"GIT_CONFIG_KEY_{i}": key for i, key in enumerate(settings)}
    values = {f"GIT_CONFIG_VALUE_{i}": value for i, value in enumerate(settings.values())}
    fixed = {
        "GIT_DIR": str(there.git_dir),
        "GIT_ALLOW_PROTOCOL": "file:ssh:https",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_CONFIG_COUNT": str(len(settings)),
        "GCM_INTERACTIVE": "never",
        "SSH_ASKPASS_REQUIRE": "never",
        "LC_ALL": "C",
        "LANGUAGE": "C",
    }
    environment = {**kept, **fixed, **named, **values}
    plain = url.startswith("https:") or Path(url).is_absolute()
    if not plain and not {"GIT_SSH", "GIT_SSH_COMMAND"} & kept.keys() and not _own_ssh(there, environment):
        environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes -o ConnectTimeout=20"
    status, out, said = _timed([executable(), *words], there.git_dir, environment, url)
    if status not in allowed:
        raise _refused(said, url)
    return out, said


def _own_ssh(there: Repository, environment: dict[str, str]) -> bool:
    """True when the person's git has an ssh program of its own."""
    return _timed([executable(), "config", "--get", "core.sshCommand"], there.git_dir, environment, "")[0] == 0


def _timed(words: list[str], cwd: Path, environment: dict[str, str], url: str) -> tuple[int, str, str]:
    import tempfile

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        try:
            # In a session of its own it has no terminal to ask at, and can be stopped with all that it has started.
            started = subprocess.Popen(
                words, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=said, start_new_session=True
            )
        except OSError as error:
            raise CannotStore("Programmet git gick inte att starta.", hint="Kontrollera att git är installerat.") from error
        try:
            status = started.wait(timeout=LIMIT)
        except subprocess.TimeoutExpired as error:
            hint = "Kontrollera nätet, och att adressen stämmer. Går det med git ls-remote?"
            raise CannotStore(f"{url} har inte svarat färdigt på {LIMIT:.0f} sekunder.", hint=hint) from error
        finally:
            if started.poll() is None:
                _stop(started)
        out.seek(0)
        said.seek(0)
        return status, out.read().decode("utf-8", "replace"), said.read().decode("utf-8", "replace")


def _stop(started: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
    else:
        started.kill()
    started.wait()


_REFUSALS = (
    (r"dubious ownership", "{url} ägs av någon annan, så git öppnar den inte.", "Säg till git att du litar på mappen: safe.directory."),
    (
        r"Host key verification failed",
        "ssh på den här datorn känner inte servern.",
        "Anslut en gång med git ls-remote och kontrollera nyckeln.",
    ),
    (
        r"Permission denied|Authentication failed|terminal prompts disabled|could not read (Username|Password)|error: 40[13]",
        "Servern släppte inte in dig.",
        "Logga in en gång med din vanliga git: git ls-remote följt av adressen. Handboken säger hur, ”Två sekreterare”.",
    ),
    (r"not appear to be a git repository|epository .*not found|not a git repository", "{url} är inget git-förvar.", "Är adressen rätt?"),
    (
        r"Could not resolve|Connection (refused|timed out|closed)|unable to access|timed out|Network is|Operation too slow",
        "Servern svarar inte.",
        "Är nätet på, och är adressen rätt?",
    ),
    (r"fsck error|index-pack|unpack-objects|bad (object|pack)|missing blob|corrupt", "Det som servern skickade är skadat.", ""),
    (r"transport '.*' not allowed", "Adressen leder till ett sätt att skicka som inte är tillåtet.", "Bara https, ssh och mappar."),
)


def _refused(said: str, url: str) -> CannotStore:
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "inget")
    for pattern, words, hint in _REFUSALS:
        if re.search(pattern, said):
            return CannotStore(words.format(url=_shown(url)), hint=f"{hint} Git säger: {_shown(last)}".strip())
    return CannotStore("Det gick inte att nå servern.", hint=f"Git säger: {_shown(last)}")


def _shown(text: str, most: int = 300) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:most]
