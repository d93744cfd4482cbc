"""The chain of entry: each event's file names the one entered before it by its digest. Pure.

The link stands in the event's file, last, in lines of its own, and is no part of what the event means:

    <lank nr="7" med="sha256" efter="…" innehall="…" register="…">
    <gav reglemente="socialnamnden" lydelse="…"/>
    </lank>

`efter` is the digest of the whole file of number 6, so anybody can follow the chain with an ordinary program for SHA-256.
Why it is made so, what it shows and what it cannot show: docs/bevis.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from reglemente_tool.errors import CannotStore, Place
from reglemente_tool.model.charter import Charter, CharterId, Provision
from reglemente_tool.model.history import Municipality
from reglemente_tool.storage.xmlnames import LINK
from reglemente_tool.storage.xmltext import attributes_of, document, one_line, opening, parse, refused, tag_of

Files = Mapping[str, bytes]
"""A register's files by path."""

REGISTER = "register.xml"
START = "kedja.xml"
ALGORITHM = "sha256"
SHORT = 32
"""How many of the digest's 64 figures are printed and read aloud: 128 bits."""

_GIVEN = rb'<gav reglemente="[a-z0-9-]+"(?: lydelse="[0-9a-f]{64}")?/>\n'
_BLOCK = re.compile(
    rb'<lank nr="([1-9][0-9]{0,8})" med="sha256" efter="([0-9a-f]{64})" innehall="([0-9a-f]{64})" register="([0-9a-f]{64})"'
    rb"(?:/>\n|>\n((?:" + _GIVEN + rb")+)</lank>\n)(?=</[a-z]+>\n\Z)"
)
_ONE = re.compile(rb'reglemente="([^"]+)"(?: lydelse="([^"]+)")?')


@dataclass(frozen=True, slots=True)
class Link:
    """An event's place in the chain. Digests are SHA-256, in lower-case figures.

    `number`    in order of entry, from 1
    `after`     the digest of the file of the event before it, or of the chain's start
    `content`   the digest of its own file without the link
    `register`  the digest of register.xml as it then became
    `wordings`  for each charter that it touched, the digest of the words that it then had; "" where there were none left
    """

    number: int
    after: str
    content: str
    register: str
    wordings: tuple[tuple[CharterId, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """Where a chain began in a register that had events already: who said so and why, and those events' files with their digests.

    `number` is that of the last event before it; `digest` that of kedja.xml itself. `instead_of` is the head of an earlier chain
    that it takes the place of, or "".
    """

    confirmed_by: str
    reason: str
    number: int
    files: Mapping[str, str]
    on: date | None = None
    instead_of: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """Where the next link goes: the number of the last event and the digest that the next one is to name."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A register's chain: the start (None: from the first event), the paths of the linked events in order, and where it ends."""

    start: Start | None
    links: tuple[tuple[str, Link], ...]
    end: End
    digests: tuple[str, ...]
    """The digest after the start and after each link, the last one that of the end."""

    def number_of(self, spoken: str) -> int | None:
        """Return how many events there were when the chain had the digest that a person has written down; None: it never had it."""
        wanted = re.sub(r"[^0-9a-z]", "", spoken.lower())
        first = self.end.number - len(self.links)
        for number, known in enumerate(self.digests, first):
            if len(wanted) >= SHORT and known.startswith(wanted):
                return number
        return None


# --- digests ------------------------------------------------------------------------------------------------------


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data`, as `sha256sum` prints it."""
    return sha256(data).hexdigest()


def spoken(digest: str) -> str:
    """Return a digest as it is printed in a protocol and read aloud: eight groups of four figures."""
    return " ".join(digest[at : at + 4] for at in range(0, SHORT, 4))


def genesis(municipality: Municipality) -> str:
    """Return the digest that the first event of a new register names: that of its kommun's code and name."""
    return digest(f"reglemente {municipality.code} {municipality.name}\n".encode())


def wording_digest(charter: Charter | None) -> str:
    """Return the digest of a charter's words, "" for none.

    It is of what a person reads, in reading order, and not of the file: the form of the file may change with the program, the
    words only by what the council decides. docs/bevis.md says the lines.
    """
    if charter is None:
        return ""
    lines: list[tuple[str, ...]] = [(charter.title, charter.committee), *charter.facts, *_lines(charter.body, 0)]
    return digest("".join("\x1f".join(line) + "\n" for line in lines).encode())


def _lines(parts: tuple[Provision, ...], depth: int) -> Iterator[tuple[str, ...]]:
    for part in parts:
        yield str(depth), part.kind.value, part.number, part.marker, part.heading, part.text, part.closing
        yield from _lines(part.children, depth + 1)


# --- a link in a file ---------------------------------------------------------------------------------------------


def link_in(data: bytes, name: str = "") -> Link | None:
    """Return the link in an event's file, None when it has none. Raises CannotStore for one that is not as the program writes it."""
    found = _BLOCK.search(data)
    if found is None:
        if b"<" + LINK.encode() in data:
            raise refused(name, 0, "länken i kedjan är inte skriven som programmet skriver den", hint="Hämta filen ur git.")
        return None
    number, after, content, register, given = found.groups()
    wordings = tuple((CharterId(c.decode()), d.decode()) for c, d in _ONE.findall(given or b""))
    return Link(int(number), after.decode(), content.decode(), register.decode(), wordings)


def without_link(data: bytes) -> bytes:
    """Return an event's file without its link: what `Link.content` is the digest of."""
    return _BLOCK.sub(b"", data)


def joined(end: End, data: bytes, *, register: bytes, wordings: Iterable[tuple[CharterId, Charter | None]]) -> bytes:
    """Give the event whose file without a link is `data` its link at the end of a chain; return the file with it.

    `register` is register.xml as it becomes, `wordings` each charter that the event touches, as it becomes. The digest of what is
    returned is what the next event's link names.
    """
    root = re.search(rb"<([a-z]+)[^<]*/>\n\Z", data)
    if root is not None and data.count(b"\n<") == 1:
        # An event without parts is one closed element: it is opened.
        data = data[:-3] + b">\n</" + root[1] + b">\n"
    numbers = {"nr": str(end.number + 1), "med": ALGORITHM, "efter": end.digest, "innehall": digest(data), "register": digest(register)}
    given = [_given(charter, wording_digest(text)) for charter, text in wordings]
    lines = [opening(LINK, numbers, closed=not given), *given, *([f"</{LINK}>"] if given else [])]
    at = data.rindex(b"\n</") + 1
    return data[:at] + "".join(f"{line}\n" for line in lines).encode() + data[at:]


def _given(charter: CharterId, words: str) -> str:
    return opening("gav", {"reglemente": charter, **({"lydelse": words} if words else {})}, closed=True)


# --- the whole chain ----------------------------------------------------------------------------------------------


def start_to_xml(start: Start) -> bytes:
    """Return kedja.xml. Raises CannotStore."""
    facts = {"format": "1", "efter-nr": str(start.number), "med": ALGORITHM, "bekraftat-av": start.confirmed_by}
    facts |= {"dag": start.on.isoformat()} if start.on is not None else {}
    facts |= {"i-stallet-for": start.instead_of} if start.instead_of else {}
    files = [opening("fil", {"namn": path, "ar": known}, closed=True) for path, known in sorted(start.files.items())]
    return document([opening("kedja", facts), one_line("skal", start.reason), *files, "</kedja>"])


def start_from_xml(data: bytes, name: str = START) -> Start:
    """Return what kedja.xml says. Raises CannotStore."""
    root = parse(data, name)
    if tag_of(root) != "kedja":
        raise refused(name, 1, f"där skulle elementet <kedja> stå, men där står <{tag_of(root)}>")
    facts = attributes_of(root)
    files = {str(e.get("namn")): str(e.get("ar")) for e in root.iter("fil")}
    try:
        day = date.fromisoformat(facts["dag"]) if "dag" in facts else None
    except ValueError as error:
        raise refused(name, 1, f"{facts['dag']} är inget datum") from error
    said = facts["bekraftat-av"], root.findtext("skal") or "", int(facts["efter-nr"])
    return Start(*said, files, day, facts.get("i-stallet-for", ""), digest(data))


def event_paths(files: Files) -> list[str]:
    """Return the paths of the events' files, in order of name."""
    return sorted(path for path in files if path.startswith("beslut/") and path.endswith(".xml"))


def chain_in(files: Files, municipality: Municipality) -> Chain:
    """Return the chain as the files have it, in order of number, whether or not it holds. Raises CannotStore for what cannot be read."""
    start = start_from_xml(files[START]) if START in files else None
    before = start.files if start is not None else {}
    found = [(path, link) for path in event_paths(files) if path not in before and (link := link_in(files[path], path)) is not None]
    links = tuple(sorted(found, key=lambda pair: (pair[1].number, pair[0])))
    digests = (start.digest if start is not None else genesis(municipality), *(digest(files[path]) for path, _ in links))
    number = links[-1][1].number if links else start.number if start is not None else 0
    return Chain(start, links, End(number, digests[-1]), digests)


def begun(files: Files, municipality: Municipality, *, confirmed_by: str, reason: str, on: date | None = None) -> bytes:
    """Return a kedja.xml that begins a chain with the events that are there, as they are; they keep any links they have."""
    known = {path: digest(files[path]) for path in event_paths(files)}
    try:
        earlier = chain_in(files, municipality)
        instead_of = earlier.end.digest if earlier.links or earlier.start is not None else ""
    except CannotStore:
        instead_of = ""
    return start_to_xml(Start(confirmed_by, reason, len(known), known, on, instead_of))


def broken(message: str, path: str) -> CannotStore:
    """Return the error that nothing can be entered at the end of a chain that does not hold."""
    said = f"{message} Kedjan av beslut är bruten, så inget kan införas."
    return CannotStore(said, place=Place(document=path), hint="Se vad som är fel med: reglemente kontrollera")
