"""A proof: all that `kontrollera` needs in one file that can be checked on another machine, without git and without the register.

It is an ordinary zip archive in which nothing is compressed: register.xml, kedja.xml, every event and every charter byte for byte;
SHA256SUMS for the program of that name; BEVIS.txt for people. The same register always gives the same archive. docs/bevis.md.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.errors import CannotRead, Level, Place, Problem
from reglemente_tool.model.history import Municipality
from reglemente_tool.safexml import MAX_BYTES
from reglemente_tool.storage.audit import Report, audit, municipality_in
from reglemente_tool.storage.chain import REGISTER, START, Chain, Files, chain_in, digest, event_paths, genesis, spoken

LARGEST = 400_000_000
"""Bytes. A larger file is no proof, and is not even opened."""
MOST = 100_000
"""Files in it."""

SUMS, NOTE = "SHA256SUMS", "BEVIS.txt"
_KEPT = re.compile(rf"{re.escape(REGISTER)}|{re.escape(START)}|(beslut/[0-9]{{4}}|reglementen)/[a-z0-9-]{{1,200}}\.xml")
_DATED = (1980, 1, 1, 0, 0, 0)


def proof(files: Files, chain: Chain) -> bytes:
    """Return the proof of a register whose files are `files` and hold together."""
    municipality = municipality_in(files)
    inside = {path: data for path, data in files.items() if _KEPT.fullmatch(path)}
    entries = {NOTE: _note(municipality, chain).encode(), SUMS: _sums(inside), **dict(sorted(inside.items()))}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            about = zipfile.ZipInfo(name, _DATED)
            about.create_system, about.external_attr = 3, 0o644 << 16
            archive.writestr(about, data)
    return out.getvalue()


def proven(data: bytes, name: str = "") -> tuple[dict[str, bytes], bytes]:
    """Return the register's files that the proof `data` holds, each with the digest that it names, and the words for people. Whether
    they hold together is for `audit` to say. Raises CannotRead for what is no proof, with `name` for the message.
    """
    if len(data) > LARGEST:
        raise _no_proof(name, f"filen är större än {LARGEST // 1_000_000} MB")
    try:
        entries = _entries(data, name)
    except (zipfile.BadZipFile, struct.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError, OverflowError) as error:
        raise _no_proof(name, "filen är skadad, eller inget sådant arkiv") from error
    inside = {path: held for path, held in entries.items() if path not in (SUMS, NOTE)}
    for path in inside:
        if not _KEPT.fullmatch(path):
            raise _no_proof(name, f"”{path[:100]}” hör inte till ett register")
    if REGISTER not in inside:
        raise _no_proof(name, "register.xml saknas i den")
    if entries.get(SUMS) != _sums(inside):
        raise _no_proof(name, f"filerna i den är inte de som {SUMS} räknar upp")
    return inside, entries.get(NOTE, b"")


def _entries(data: bytes, name: str) -> dict[str, bytes]:
    """Nothing is unpacked that is larger than it lies there, so the file's own size is the limit of all of it."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = archive.infolist()
        if len(listed) > MOST or sum(entry.file_size for entry in listed) > len(data):
            raise _no_proof(name, "den säger sig hålla mer än vad som får plats i den")
        for entry in listed:
            if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size or entry.flag_bits & 1:
                raise _no_proof(name, f"”{entry.filename[:100]}” är packad eller låst, och inget i ett bevis är det")
            if entry.file_size > MAX_BYTES or entry.filename in found:
                raise _no_proof(name, f"”{entry.filename[:100]}” är för stor, eller finns två gånger")
            found[entry.filename] = archive.read(entry)
    return found


def examined(data: bytes, name: str = "") -> tuple[dict[str, bytes], Report]:
    """Return the files that the proof `data` holds, and what replaying all of them gave. Raises CannotRead for what is no proof."""
    files, note = proven(data, name)
    report = audit(files, {})
    found = list(report.problems)
    if report.chain is not None and note != _note(municipality_in(files), report.chain).encode():
        hint = "En annan version av programmet kan ha skrivit den. Lita på det som står här i stället."
        said = f"{NOTE} i beviset säger något annat än vad det innehåller."
        found.append(Problem("BEVIS", said, Place(document=NOTE), Level.VARNING, hint))
    return files, replace(report, problems=tuple(found), compared_with_git=False)


def continued(then: Files, now: Files, chain: Chain | None) -> Iterator[Problem]:
    """Yield what shows that a register's files are no continuation of those that were proven `then`, which hold together: an event
    that is gone or is not as it was. `chain` is the register's own, None when it is broken (which is told elsewhere).
    """
    was, now_is = municipality_in(then), municipality_in(now)
    if genesis(was) != genesis(now_is):
        said = f"Beviset är för {was.name} ({was.code}), registret för {now_is.name} ({now_is.code})."
        yield Problem("BEVIS", said, Place(document=REGISTER), hint="Ange rätt register med --register.")
        return
    for path in event_paths(then):
        if path not in now:
            yield _changed(path, f"{path} finns i beviset men inte i registret.")
        elif now[path] != then[path]:
            yield _changed(path, f"{path} är inte som i beviset.")
    if chain is None or chain_in(then, was).end.digest in chain.digests:
        return
    if chain.start is not None and now.get(START) != then.get(START):
        said = f"Kedjan har börjats om sedan beviset gjordes ({chain.start.confirmed_by}): {chain.start.reason}"
        yield Problem("BEVIS", said, Place(document=START), Level.VARNING, "Besluten är jämförda ett för ett.")
    else:
        yield _changed(REGISTER, "Registrets kedja fortsätter inte från beviset: något har ändrats före det som beviset slutar med.")


def _changed(path: str, said: str) -> Problem:
    hint = "Historien har skrivits om sedan beviset gjordes. Beviset har den tidigare lydelsen."
    return Problem("BEVIS", said, Place(document=path), hint=hint)


def _sums(files: Files) -> bytes:
    return "".join(f"{digest(data)}  {path}\n" for path, data in sorted(files.items())).encode()


def _note(municipality: Municipality, chain: Chain) -> str:
    last = chain.links[-1][0] if chain.links else "inget"
    return (
        f"Bevis för registret över reglementen i {municipality.name} ({municipality.code})\n\n"
        f"Händelser i kedjan: {chain.end.number}\n"
        f"Den senaste:        {last}\n"
        f"Kontrolltal:        {spoken(chain.end.digest)}\n"
        f"Hela summan:        {chain.end.digest}\n\n"
        "Filen prövas med: reglemente kontrollera --mot FILEN\n"
        "Då räknas varje reglemente om från besluten, på vilken dator som helst, utan git och utan registret.\n"
        f"Utan programmet: sha256sum -c {SUMS}, och varje beslut namnger i efter=\"…\" summan av filen före.\n"
        "Jämför kontrolltalet med det som står i protokollet.\n"
    )


def _no_proof(name: str, what: str) -> CannotRead:
    hint = "Ett bevis görs med: reglemente kontrollera --bevis FIL"
    return CannotRead(f"{name or 'Filen'} är inget bevis: {what}.", place=Place(document=name), hint=hint)
