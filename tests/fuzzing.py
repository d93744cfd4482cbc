"""What strangers' bytes are read by, and how valid examples are spoiled. Used by test_hostile.py and by bench/fuzz.py."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from conftest import CASES
from sample import amended, sample

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.consolidate import charters, versions
from reglemente_tool.errors import ReglementeError
from reglemente_tool.exchange.akn import charter_from_akn, charter_to_akn, decision_from_akn, decision_to_akn
from reglemente_tool.exchange.akn.about import About
from reglemente_tool.exchange.jsonform import charter_data, charter_from_json
from reglemente_tool.model.address import Address
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId
from reglemente_tool.model.citation import citations, read_citation
from reglemente_tool.model.history import Change, Committee, Decision, History, Municipality
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.reading.sources import sources
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.storage.audit import audit, history_in, municipality_in
from reglemente_tool.storage.chain import START, begun, start_from_xml
from reglemente_tool.storage.entering import Held, entered
from reglemente_tool.storage.git.signing import tag_taken_apart, taken_apart
from reglemente_tool.storage.proof import examined, proof
from reglemente_tool.storage.xmlform import (
    charter_from_xml,
    charter_to_xml,
    event_from_xml,
    event_to_xml,
    municipality_from_xml,
    municipality_to_xml,
    proposal_from_xml,
    proposal_to_xml,
)
from reglemente_tool.writing.look import read_look

EXAMPLES = Path(__file__).parent.parent / "charters"
KOMMUN = Municipality(
    name="Norrboda", code="0000", committees=(Committee(id=CommitteeId("mpn"), name="miljö- och parknämnden", abbreviations=("MPN",)),)
)
LOOK = """\
namn = "Norrboda"
[logotyp]
fil = "vapen.svg"
text = "Vapnet"
hojd_mm = 20
[farger]
rubrik = "#102030"
"""
COMMIT = b"""\
tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
author kansli <reglemente@localhost> 1714972089 +0200
committer reglemente <reglemente@localhost> 1714972089 +0200
gpgsig -----BEGIN SSH SIGNATURE-----
 U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg
 -----END SSH SIGNATURE-----

KF 2019-02-25 \xc2\xa7 31
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9"/></svg>'

Read = Callable[[bytes], object]


@cache
def standing() -> Standing:
    """Return what a decision is read against."""
    return Standing(KOMMUN, (sample(),))


def adopted() -> Decision:
    """Return a decision that adopts the sample charter."""
    made = sample()
    adopt = Adopt(title=made.title, committee=CommitteeId("mpn"), body=made.body)
    day = date(2019, 2, 25)
    return Decision(
        id=DecisionId("kf-2019-02-25-31"), decided_on=day, section="31", text="att anta", confirmed_by="roll",
        changes=(Change(charter=CharterId("mpn"), in_force_from=day, amendments=(adopt,)),),
    )  # fmt: skip


def as_text(data: bytes) -> str:
    """Return the bytes as the text reader gives them, or all of them as letters when it refuses."""
    return data.decode("utf-8", "replace").replace("\0", "\ufffd")


def whole_register(data: bytes) -> None:
    """A register whose decision is `data`: audited, and replayed when it can be read. The audit never raises."""
    path = "beslut/2019/kf-2019-02-25-31.xml"
    files = {"register.xml": municipality_to_xml(KOMMUN), path: data}
    audit(files, {})
    municipality_in(files)
    history = history_in(files)
    for charter in charters(history):
        for version in versions(history, charter):
            charter_to_xml(version.charter)


def chained() -> dict[str, bytes]:
    """The files of a register with one event, and its link."""
    return dict(entered(Held({"register.xml": municipality_to_xml(KOMMUN)}, KOMMUN, History()), adopted())[1].files)


def chained_register(data: bytes) -> None:
    """The same register with `data` as the event's file, and as the start of its chain: audited, which never raises."""
    files = chained()
    audit({**files, "beslut/2019/kf-2019-02-25-31.xml": data}, {})
    audit({**files, START: data}, {})


def proven() -> bytes:
    """A proof of that register."""
    chain = audit(chained(), {}).chain
    assert chain is not None
    return proof(chained(), chain)


def draft(data: bytes) -> None:
    """A draft that is read, and written again as what it was."""
    held = proposal_from_xml(data, "forslag/x.xml")
    assert proposal_from_xml(proposal_to_xml(held)) == held


def look(data: bytes) -> None:
    """The look file, and its logotype, out of one piece of bytes."""
    toml, _, picture = data.partition(b"\0")
    read_look({"utseende.toml": toml, "utseende/vapen.svg": picture or SVG})


def citing(data: bytes) -> None:
    """Citations, addresses and their codes."""
    text = as_text(data)
    list(citations(text))
    read_citation(text)
    with suppress(ValueError):  # what its callers make a sentence of
        Address.from_code(text)


@cache
def decisions() -> tuple[bytes, ...]:
    """Return texts of decisions: the cases of the reader."""
    found = []
    for path in sorted((CASES / "phrases").glob("*.txt"))[::6]:
        parts = path.read_text(encoding="utf-8").split("--- beslut\n")
        found += [part.split("\n--- ")[0].encode() for part in parts[1:]]
    return (*found, *(path.read_bytes() for path in sorted((EXAMPLES / "beslut").glob("*.txt"))))


@cache
def targets() -> dict[str, tuple[Read, tuple[bytes, ...]]]:
    """Return every reader of untrusted bytes by name, with valid examples of what it reads."""
    texts = tuple(path.read_bytes() for path in sorted((EXAMPLES / "underlag").glob("*/*.txt")))[:3]
    drafts = tuple(proposal_to_xml(replace(propose(as_text(text), standing=standing()), problems=())) for text in decisions()[:8])
    plain = About(municipality=KOMMUN, adopted_on=date(2019, 2, 25), start=date(2019, 4, 1))
    found: dict[str, tuple[Read, tuple[bytes, ...]]] = {
        "reglemente.xml": (charter_from_xml, (charter_to_xml(sample()), charter_to_xml(amended()))),
        "beslut.xml": (event_from_xml, tuple(path.read_bytes() for path in sorted(EXAMPLES.rglob("beslut/*/*.xml")))[:4]),
        "register.xml": (municipality_from_xml, (municipality_to_xml(KOMMUN), (EXAMPLES / "norrboda" / "register.xml").read_bytes())),
        "forslag.xml": (draft, drafts),
        "kedja.xml": (start_from_xml, (begun(chained(), KOMMUN, confirmed_by="kansli", reason="därför"),)),
        "kedjat register": (chained_register, (chained()["beslut/2019/kf-2019-02-25-31.xml"],)),
        "bevis.zip": (examined, (proven(),)),
        "incheckning": (lambda data: (taken_apart(data), tag_taken_apart(data)), (COMMIT,)),
        "hela registret": (whole_register, (event_to_xml(adopted()),)),
        "act.akn": (charter_from_akn, (charter_to_akn(sample(), plain),)),
        "doc.akn": (decision_from_akn, (decision_to_akn(adopted(), History((adopted(),)), KOMMUN),)),
        "json": (charter_from_json, (json_bytes(),)),
        "reglementets text": (lambda data: read_charter(as_text(data)), texts),
        "protokoll": (lambda data: propose(as_text(data), standing=standing()), decisions()),
        "citat": (citing, ("4 a § andra stycket 2–4, 2 kap. 3 § första strecksatsen samt bilaga 1 och 5–7 §§".encode(), b"kap2.par4a.p3")),
        "utseende.toml": (look, (LOOK.encode(), LOOK.encode() + b"\0" + SVG)),
    }
    for suffix, module in sources().items():
        found[f"fil {suffix}"] = (module.read, documents().get(suffix, texts))
    return found


def json_bytes() -> bytes:
    """Return a charter as JSON."""
    import json

    return json.dumps(charter_data(sample()), ensure_ascii=False, default=str).encode()


@cache
def documents() -> dict[str, tuple[bytes, ...]]:
    """Return valid documents by ending, for the sources that are not plain text."""
    from reglemente_tool.writing.build import clean_page
    from reglemente_tool.writing.writers import writer

    page = clean_page(sample())
    made = {".html": (writer("html").write(page),), ".md": (writer("md").write(page),)}
    try:
        made[".pdf"] = (writer("pdf").write(page),)
        made[".docx"] = (writer("docx").write(page),)
    except ReglementeError:
        pass  # a writer that is not there yet
    return made


# --- spoiling -----------------------------------------------------------------------------------------------------

PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        "§", "§§", " kap.", "att ", "–", "”", "\"", "1 §", "4 a §", "sista", "bilaga 1", "\n", "\n\n", "\t", " | ", "=", "[", "]", "{",
        "'" * 3, "<", ">", "&", "&amp;", "&#0;", "&#x9b;", "&x;", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>", "<!DOCTYPE x>",
        "<stycke>", "</stycke>", "<rubrik/>", "\x00", "\ufeff", "\u202e", "\u2028", "\x9b", "\ud800", "𝟒", "²", "①", "٣", "Ⅳ", "ı",
        "ẞ", "e\u0301", "0", "-1", "99999999999999999999", "2-1 §§", "1–9999999 §§", "2017-02-30", "0000-00-00", "9999-12-31",
        "0001-01-01", "sist-1", "sist+9", "par1.st1", "Kommunfullmäktige beslutar", "ska ha följande lydelse", "upphöra att gälla",
        "den nya ", "nuvarande ", "första till och med ", "Yrkande\n", "Propositionsordning\n", "Reservation\n", "Bilaga\n",
    )
)  # fmt: skip


def spoiled(whole: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    """Return `whole` with a few faults: bits turned, pieces cut out, doubled, moved, taken from others, or put in."""
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 2, 8, 60, 600)))
        match chance.randrange(9):
            case 0 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 1:
                del data[at:end]
            case 2:
                del data[at:]
            case 3:
                data[at:at] = data[at:end] * chance.choice((1, 2, 40))
            case 4:
                to = chance.randrange(len(data) + 1)
                piece = data[at:end]
                del data[at:end]
                data[to:to] = piece
            case 5:
                other = chance.choice(others)
                cut = chance.randrange(len(other) + 1)
                data[at:end] = other[cut : cut + chance.choice((4, 60, 600, 6000))]
            case 6:
                data[at:at] = chance.randbytes(chance.choice((1, 4, 40)))
            case 7 if b"\"" in data:
                # An attribute's or a string's value becomes another.
                start = data.find(b'"', at)
                stop = data.find(b'"', start + 1)
                if 0 <= start < stop:
                    data[start + 1 : stop] = chance.choice(PIECES)
            case _:
                data[at : at + chance.choice((0, 0, 3))] = chance.choice(PIECES)
    return bytes(data)


def fault(read: Read, data: bytes) -> BaseException | None:
    """Return what came out that should not have: anything but an answer or a ReglementeError."""
    try:
        read(data)
    except ReglementeError:
        return None
    except BaseException as error:
        return error
    return None


def smallest(read: Read, data: bytes, like: BaseException) -> bytes:
    """Return a part of `data` that still goes wrong in the same way, as small as cutting makes it."""
    step = len(data) // 2
    while step:
        at = 0
        while at < len(data):
            less = data[:at] + data[at + step :]
            if type(fault(read, less)) is type(like):
                data = less
            else:
                at += step
        step //= 2
    return data
