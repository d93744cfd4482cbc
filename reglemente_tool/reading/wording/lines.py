"""The lines of the text form: what each line is, told from itself and from the line after it.

    § line       "4 a §", "§ 4", "4.§", "4 § Nämnden …", "§ 4 Nämndens ledamöter", "xx §"
    kapitel      "2 kap. Arbetsformer", "Kap 2 Arbetsformer", "Kapitel 2"
    bilaga       "Bilaga 1 Råd och beredningar"
    rad          cells joined by " | "
    list item    "– …", "• …", "3. …", "c) …"
    text         all else: a stycke, words after a list, or a heading
    heading      "= Uppgifter", "== Uppgifter" a level below; with a § line: the words after the number are its title
    as it is     "\\ § 3 i lagen gäller": running text, whatever it looks like

A line takes the kind that comes first above, a table row before all; the two last say outright what they are. Text that looks
like a heading also says what the run of such lines ends at (`leads`): whether it is a heading depends on that, and `tree` decides.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from reglemente_tool.model.address import Kind
from reglemente_tool.model.headings import heading_like, title_like


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    `text`     the words: without the marker when there is one
    `kind`     STYCKE stands for any running text, RAD for a table row
    `indent`   blanks before it, a tab counted as up to four; `gap` is True when a blank line (or nothing) stands above
    `leads`    for text that looks like a heading: PARAGRAF, KAPITEL, BILAGA, or STYCKE when text follows; else None
    `titled`   True for a § line whose words are its title
    `level`    of a heading that says it is one: 1 or 2; `plain` True for running text that says so
    `row`      the row of the text that it begins on, counted from 0
    """

    text: str
    kind: Kind = Kind.STYCKE
    indent: int = 0
    gap: bool = True
    number: str = ""
    marker: str = ""
    leads: Kind | None = None
    titled: bool = False
    level: int = 0
    plain: bool = False
    row: int = 0

    @property
    def printed(self) -> str:
        """The line as it stood, but for its indentation."""
        return f"{self.marker} {self.text}".strip()


def read_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of `text` that are not blank, each with what it is."""
    return _look_ahead(_with_headings_below(_annexes(_classified(_raw_lines(text)))))


# What a line can be.

_CONTROLS = dict.fromkeys((*range(9), *range(14, 28), 127), "") | {31: " "}

BULLETS = r"–—‒―−•·◦▪▫*‣●○■□►\uf0b7\uf0a7"
_BULLET = re.compile(rf"(?P<marker>[{BULLETS}-]|o)(?:\s+|(?<=[–•-])(?=[^\W\d_]))(?P<text>\S.*)")
_POINT = re.compile(r"(?P<marker>(?P<number>[0-9]{1,3})[.)])(?:\s+|(?=[^\W\d_]))(?P<text>\S.*)")
_LETTER = re.compile(r"(?P<marker>(?P<number>[a-zåäö])(?:[.)](?=\s)|\)))\s*(?P<text>\S.*)")
_ROMAN = re.compile(r"(?P<marker>(?P<number>[ivx]{2,5})[.)])\s+(?P<text>\S.*)")
_IN_BRACKETS = re.compile(r"(?P<marker>\((?P<number>[0-9]{1,3}|[a-zåäö]|[ivx]{2,5})\))\s+(?P<text>\S.*)")
_OUTRIGHT = re.compile(r"(?P<mark>={1,2}|\\)\s+(?P<words>\S.*)")
_LONE_MARKER = re.compile(rf"[{BULLETS}-]|[0-9]{{1,3}}[.)]|[a-zåäö]\)")

_DIGITS = r"[0-9]{1,4}(?:\.[0-9]+)*"
# "§ 4 I kommunen …" and "§ 4 i kommunallagen" have no letter: one that stands apart after "§ 4" must end the number clearly.
_NUMBER_BEFORE = rf"(?P<number>{_DIGITS}(?:\s?[A-Za-z])?)"
_NUMBER_AFTER = rf"(?P<number>{_DIGITS}(?:[A-Za-z](?![^\W_])|\s[a-hj-z](?=$|[.:](?!\w)|\s+[A-ZÅÄÖ])|\s[a-z]$)?)"
_TAIL = r"(?:[.:](?!\w))?"
_REST = r"(?:(?:\s+|(?=[A-ZÅÄÖ]))(?P<text>\S.*))?"
_PARAGRAF = (
    re.compile(rf"(?P<marker>{_NUMBER_BEFORE}\s*§(?!§){_TAIL}){_REST}"),
    re.compile(rf"(?P<marker>{_NUMBER_BEFORE}\.§(?!§){_TAIL}){_REST}"),
    re.compile(rf"(?P<marker>§\s*{_NUMBER_AFTER}{_TAIL}){_REST}"),
    re.compile(rf"(?P<marker>(?P<number>)(?:[xX]{{1,3}}|_+|\.{{2,}}|…)\s*§(?!§){_TAIL}){_REST}"),
    re.compile(rf"(?P<marker>(?P<number>)§(?:\s*(?:[xX]{{1,3}}\b|_+|\.{{2,}}|…))?{_TAIL}){_REST}"),
)
_KAPITEL_NUMBER = r"(?P<number>[0-9]{1,3}(?:\s?[a-z](?![^\W\d_]))?)"
_KAPITEL_TAIL = r"[.:]?(?:\s[–-](?=\s))?"
_KAPITEL = (
    re.compile(rf"(?P<marker>{_KAPITEL_NUMBER}\s*(?i:kap(?:itlet|itel|\.)?)(?![^\W\d_]){_KAPITEL_TAIL})(?:\s+(?P<text>\S.*))?"),
    re.compile(rf"(?P<marker>(?i:kap(?:itel|\.)?)\s*{_KAPITEL_NUMBER}{_KAPITEL_TAIL})(?:\s+(?P<text>\S.*))?"),
)
_BILAGA = re.compile(
    r"(?P<marker>(?:Bilaga|BILAGA)(?:\s+(?P<number>[0-9]{1,3}|[A-ZÅÄÖ])(?![^\W_]))?[.:]?(?:\s[–-](?=\s))?)(?:\s+(?P<text>\S.*))?"
)
_ROW = re.compile(r"(?:^|\s)\|(?:\s|$)")

FACT = re.compile(
    r"(?!(?:Del|Avdelning|Avsnitt|Kap|Kapitel|Bilaga)\s)(?P<key>[^\W\d_a-zåäö][^\s:]*(?:\s[^\s:]+){0,3}):\s+(?P<value>\S.*)"
)
"""A header fact: "Gäller från: 2015-01-01"."""

# A line that begins otherwise is running text; most lines do, and need not be held against every pattern.
_MARKED = re.compile(rf"[0-9§xX_.…kKB({BULLETS}-]|o\s|[a-zåäö][.)]|[ivx]{{2,5}}[.)]")

_ADOPTION = re.compile(
    r"(?:Antage[nt]|Antogs|Fastställ[dt]|Fastställdes|Revidera[dt]|Senast|Ändrad|Beslutad|Gäller|Ersätter|Dnr|Diarienummer|KFS)\b"
)
_LAW = re.compile(r"(?:KL|PBL|OSL|SoL|LSS|LVU|LVM|HSL|FL|FB|MB|RF|TF)\b")
_REFERENCE = re.compile(
    r"\w*(?:lagen|balken|förordningen|ordningen|formen)\b|[^\w\s”\"»(]|"
    r"(?:första|andra|tredje|fjärde|femte|sista|näst|och|eller|samt|i|samma|denna|detta|ovan|st|p)\b"
)


def stamp_like(text: str) -> bool:
    """True for the mark of an annex alone: "Bilaga 3"."""
    match = _BILAGA.fullmatch(text)
    return match is not None and not match["text"]


def _raw_lines(text: str) -> list[Line]:
    lines = []
    gap = True
    text = text.removeprefix("\ufeff").translate(_CONTROLS)
    for row, raw in enumerate(unicodedata.normalize("NFC", text).splitlines()):
        words = raw.strip()
        if not words:
            gap = True
            continue
        before = raw[: len(raw) - len(raw.lstrip())]
        outright = _OUTRIGHT.fullmatch(words)
        mark = outright["mark"] if outright is not None else ""
        words = outright["words"] if outright is not None else words
        level = len(mark) if mark[:1] == "=" else 0
        lines.append(Line(words, indent=len(before.expandtabs(4)), gap=gap, level=level, plain=mark == "\\", row=row))
        gap = False
    return lines


def _classified(raw: list[Line]) -> list[Line]:
    """Tell what each line is. A list marker alone on its line takes the text right below."""
    lines: list[Line] = []
    last = ""
    index = 0
    while index < len(raw):
        line = raw[index]
        below = raw[index + 1] if index + 1 < len(raw) and not raw[index + 1].gap else None
        index += 1
        if _LONE_MARKER.fullmatch(line.text) and below is not None and _classify(below, last).kind is Kind.STYCKE:
            line = replace(line, text=f"{line.text} {below.text}")
            index += 1
        line = _classify(line, last)
        if line.kind is Kind.PARAGRAF:
            last = line.number or last
        elif line.kind is Kind.KAPITEL:
            last = ""
        lines.append(line)
    return lines


def is_running(text: str) -> bool:
    """True when the line is neither number, chapter, annex, table row nor list item."""
    words = text.strip()
    return bool(words) and _classify(Line(words), "").kind is Kind.STYCKE


def leads_paragraf(text: str) -> bool:
    """True when the line begins a §: its number alone, or with a title or text after it."""
    return _classify(Line(text.strip()), "").kind is Kind.PARAGRAF


def leads_kapitel(text: str) -> bool:
    """True when the line begins a chapter."""
    return _classify(Line(text.strip()), "").kind is Kind.KAPITEL


def _classify(line: Line, last: str) -> Line:
    if line.plain:
        return line
    if line.level:
        return _heading_line(line)
    if "|" in line.text and _ROW.search(line.text):
        return replace(line, kind=Kind.RAD)
    if _MARKED.match(line.text) is None:
        return line
    for kind, patterns in ((Kind.PARAGRAF, _PARAGRAF), (Kind.KAPITEL, _KAPITEL), (Kind.BILAGA, (_BILAGA,)), *_ITEMS):
        for pattern in patterns:
            match = pattern.fullmatch(line.text)
            if match is None:
                continue
            parts = match.groupdict()
            number, words = designation(parts.get("number") or ""), parts["text"] or ""
            if kind is Kind.PARAGRAF and not _opens_paragraf(number, words, last):
                continue
            if kind in (Kind.KAPITEL, Kind.BILAGA) and words and not heading_like(words):
                continue
            if kind is Kind.BOKSTAV and number.isdigit():
                kind = Kind.PUNKT
            return replace(line, text=words, kind=kind, number=number, marker=parts["marker"])
    return line


def _heading_line(line: Line) -> Line:
    """A heading that says so: one over text, or a §'s, a chapter's or an annex's own line."""
    for kind, patterns in ((Kind.PARAGRAF, _PARAGRAF), (Kind.KAPITEL, _KAPITEL), (Kind.BILAGA, (_BILAGA,))):
        for pattern in patterns:
            match = pattern.fullmatch(line.text)
            if match is not None and not (kind is Kind.PARAGRAF and _REFERENCE.match(match["text"] or "")):
                words = match["text"] or ""
                number = designation(match["number"] or "")
                titled = kind is Kind.PARAGRAF and bool(words)
                return replace(line, text=words, kind=kind, number=number, marker=match["marker"], titled=titled)
    return line


_ITEMS = ((Kind.STRECKSATS, (_BULLET,)), (Kind.PUNKT, (_POINT,)), (Kind.BOKSTAV, (_LETTER, _ROMAN, _IN_BRACKETS)))


def designation(printed: str) -> str:
    """Return a number as the model spells it: "4a" and "4 A" are "4 a"."""
    match = re.fullmatch(r"([0-9.]+)\s?([A-Za-zåäö])", printed)
    return f"{match[1]} {match[2].lower()}" if match else printed


def _opens_paragraf(number: str, words: str, last: str) -> bool:
    """A § in running text ("5 § kommunallagen gäller …") opens nothing; a small letter does only when the number is the next one."""
    if not words or words[0].isupper():
        return _LAW.match(words) is None
    if not number or _REFERENCE.match(words):
        return False
    return not last or _next(last, number)


def _next(last: str, number: str) -> bool:
    old, _, old_letter = last.partition(" ")
    new, _, letter = number.partition(" ")
    if not (old.isdigit() and new.isdigit()):
        return True
    if int(new) == int(old) + 1:
        return not letter
    return new == old and letter == (chr(ord(old_letter) + 1) if old_letter else "a")


# What a line is because of the others.


def _annexes(lines: list[Line]) -> list[Line]:
    """An annex opens where §§ stand before it, or none after; from there on §§ and chapters are its own text.

    ("Bilaga KF 2022-11-28" at the head of a charter is a stamp.)
    """
    paragrafer = [i for i, line in enumerate(lines) if line.kind is Kind.PARAGRAF]
    first, last = (paragrafer[0], paragrafer[-1]) if paragrafer else (-1, -1)
    opened = next((i for i, line in enumerate(lines) if line.kind is Kind.BILAGA and (i > last or first < i)), len(lines))
    plain = [as_text(line) if line.kind is Kind.BILAGA else line for line in lines[:opened]]
    return plain + [as_text(line) if line.kind in (Kind.PARAGRAF, Kind.KAPITEL) else line for line in lines[opened:]]


def _with_headings_below(lines: list[Line]) -> list[Line]:
    """"1 kap." and right below it "Uppgifter" are one line, and so with annexes."""
    made: list[Line] = []
    for line in lines:
        above = made[-1] if made else None
        bare = above is not None and above.kind in (Kind.KAPITEL, Kind.BILAGA) and above.number and not above.text
        if above is not None and bare and line.kind is Kind.STYCKE and not line.gap and title_like(line.text):
            made[-1] = replace(above, text=line.text)
        else:
            made.append(line)
    return made


def as_text(line: Line) -> Line:
    """Return the line as running text, its marker a part of the words."""
    return replace(line, text=line.printed, kind=Kind.STYCKE, number="", marker="", titled=False)


def _look_ahead(lines: list[Line]) -> tuple[Line, ...]:
    head = next((i for i, line in enumerate(lines) if line.kind in (Kind.PARAGRAF, Kind.KAPITEL)), len(lines))
    annex = next((i for i, line in enumerate(lines) if line.kind is Kind.BILAGA), len(lines))
    for index in range(len(lines) - 2, -1, -1):
        line, after = lines[index], lines[index + 1]
        if line.plain:
            continue
        if line.kind is Kind.STYCKE and (line.level or (index < annex and heading_like(line.text))):
            if not line.level and index < head and _ADOPTION.match(line.text):
                continue
            lines[index] = replace(line, leads=_what_follows(after))
        elif line.kind is Kind.PARAGRAF and line.text and not line.level:
            # A heading of the next § can follow a short § at a distance; a title has its text directly below.
            text_below = after.kind is Kind.STYCKE and (not after.gap or after.leads in (None, Kind.STYCKE))
            lines[index] = replace(line, titled=text_below and title_like(line.text))
    return tuple(lines)


def _what_follows(after: Line) -> Kind | None:
    if after.kind in (Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA):
        return after.kind
    if after.kind is Kind.STYCKE:
        return after.leads or Kind.STYCKE
    return None


_FEWEST = 4
"""So many numbers must run on through a text without § signs before they are taken for its §§."""


def numbers_as_paragrafer(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Read "1." as a § number where the text has no § and the numbers run on under one heading after another."""
    if any(line.kind is Kind.PARAGRAF for line in lines):
        return lines
    numbered = [at for at, line in enumerate(lines) if line.kind is Kind.PUNKT and line.indent == 0]
    numbers = [lines[at].number for at in numbered]
    over = [lines[at - 1] for at in numbered if at]
    headed = sum(line.kind is Kind.STYCKE and (line.level > 0 or heading_like(line.text)) for line in over)
    if len(numbers) < _FEWEST or numbers != [str(n) for n in range(1, len(numbers) + 1)] or headed < 2:
        return lines
    made = list(lines)
    for at in numbered:
        made[at] = replace(made[at], kind=Kind.PARAGRAF)
    return _look_ahead(made)
