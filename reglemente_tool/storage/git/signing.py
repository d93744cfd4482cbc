"""Commits signed with an ssh key, as git itself signs them: ssh-keygen makes the signature and tries it.

Which key a person signs with is said by the person, never by the repository. No passphrase goes through this program: ssh-keygen asks
for it at the terminal, or an agent has the key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from reglemente_tool.errors import CannotStore

LIMIT = 120.0
"""Seconds that ssh-keygen may take: a person may have a passphrase to type."""
_NAMESPACE = "git"
_SIGNED = re.compile(rb"^gpgsig(?:-sha256)? (.*\n(?: .*\n)*)", re.MULTILINE)
_ARMOUR = b"-----BEGIN SSH SIGNATURE-----"


class Standing(Enum):
    """What a signature is found to be."""

    GOOD = "äkta"
    BAD = "stämmer inte"
    UNKNOWN = "okänd nyckel"
    NOT_THEN = "nyckeln gällde inte då"
    OTHER = "annat slag"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a signature: how it stands, who the list says has the key ("" for nobody), and the key's fingerprint."""

    standing: Standing
    by: str = ""
    key: str = ""


def signature(data: bytes, key: Path) -> bytes:
    """Return the ssh signature of `data` by the key in the file `key`: the private key, or the public one when an agent has the
    other. Raises CannotStore when there is no such key or no ssh-keygen, or when the passphrase is not given.
    """
    if not key.is_file():
        raise CannotStore(f"Nyckeln {key} finns inte, så inget är undertecknat och inget infört.", hint="Ange filen med din ssh-nyckel.")
    import tempfile

    with tempfile.TemporaryDirectory(prefix="reglemente-") as place:
        payload = Path(place) / "data"
        payload.write_bytes(data)
        status, said = _keygen("-Y", "sign", "-q", "-n", _NAMESPACE, "-f", str(key.resolve()), str(payload))
        made = payload.with_name("data.sig")
        if status or not made.is_file():
            last = next((line for line in reversed(said.splitlines()) if line.strip()), "inget")
            raise CannotStore(
                f"Nyckeln {key} gick inte att använda, så inget är undertecknat och inget infört.",
                hint=f"Är det rätt fil och rätt lösenfras? ssh-keygen säger: {last}",
            )
        return made.read_bytes()


def signed(commit: bytes, made: bytes, *, sha256: bool = False) -> bytes:
    """Return the commit object `commit` with its signature in it, where git puts it."""
    lines = b"\n ".join(made.rstrip(b"\n").split(b"\n"))
    head, _, words = commit.partition(b"\n\n")
    return head + b"\ngpgsig" + (b"-sha256 " if sha256 else b" ") + lines + b"\n\n" + words


def taken_apart(commit: bytes) -> tuple[bytes, bytes]:
    """Return what the signature of a commit object is of, and the signature; b"" when it has none."""
    head, gap, words = commit.partition(b"\n\n")
    found = _SIGNED.search(head + b"\n")
    if found is None:
        return commit, b""
    rest = (head + b"\n")[: found.start()] + (head + b"\n")[found.end() :]
    return rest[:-1] + gap + words, found[1].replace(b"\n ", b"\n")


def tag_taken_apart(tag: bytes) -> tuple[bytes, bytes]:
    """Return what the signature of a tag object is of, and the signature; b"" when it has none. It stands last in the tag's words."""
    at = max(tag.rfind(b"\n-----BEGIN SSH SIGNATURE-----\n"), tag.rfind(b"\n-----BEGIN PGP SIGNATURE-----\n")) + 1
    return (tag[:at], tag[at:]) if at else (tag, b"")


def judged(payload: bytes, made: bytes, signers: bytes, when: datetime) -> Verdict:
    """Return what `made` is as a signature of `payload`, by the list `signers` (OpenSSH's allowed signers) as it held at `when`.

    Raises CannotStore when there is no ssh-keygen.
    """
    blob = _key_in(made)
    if blob is None:
        return Verdict(Standing.OTHER if not made.startswith(_ARMOUR) else Standing.BAD)
    mark = "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    import tempfile

    with tempfile.TemporaryDirectory(prefix="reglemente-") as place:
        sig, listed = Path(place) / "sig", Path(place) / "undertecknare"
        sig.write_bytes(made)
        listed.write_bytes(signers)
        at = f"-Overify-time={when.astimezone(UTC):%Y%m%d%H%M%S}Z"
        status, names = _keygen("-Y", "find-principals", "-f", str(listed), "-s", str(sig), at)
        by = names.splitlines()[0].strip() if not status and names.strip() else ""
        if by and not _keygen("-Y", "verify", "-f", str(listed), "-I", by, "-n", _NAMESPACE, "-s", str(sig), at, stdin=payload)[0]:
            return Verdict(Standing.GOOD, by, mark)
        if _keygen("-Y", "check-novalidate", "-n", _NAMESPACE, "-s", str(sig), stdin=payload)[0]:
            return Verdict(Standing.BAD, key=mark)
    known = base64.b64encode(blob) in signers.split()
    return Verdict(Standing.NOT_THEN if known else Standing.UNKNOWN, key=mark)


def _key_in(made: bytes) -> bytes | None:
    """The public key that a signature says that it is by: "SSHSIG", a version, then the key with its length before it."""
    if not made.startswith(_ARMOUR):
        return None
    try:
        raw = base64.b64decode(b"".join(made.split(b"\n")[1:]).split(b"-----END")[0], validate=True)
    except (binascii.Error, ValueError):
        return None
    size = int.from_bytes(raw[10:14], "big")
    return raw[14 : 14 + size] if raw[:6] == b"SSHSIG" and len(raw) >= 14 + size else None


def _keygen(*words: str, stdin: bytes = b"") -> tuple[int, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "SSH_SK_PROVIDER")}
    try:
        done = subprocess.run(
            ["ssh-keygen", *words], input=stdin, capture_output=True, timeout=LIMIT, check=False, env={**kept, "LC_ALL": "C"}
        )
    except FileNotFoundError as error:
        raise CannotStore(
            "Programmet ssh-keygen hittas inte på datorn, så underskrifter kan varken göras eller prövas.",
            hint="Det hör till OpenSSH. I Windows: Inställningar, Valfria funktioner, OpenSSH-klient.",
        ) from error
    except subprocess.TimeoutExpired as error:
        raise CannotStore(f"ssh-keygen blev inte klart på {LIMIT:.0f} sekunder, så inget är undertecknat.", hint="Försök igen.") from error
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")
