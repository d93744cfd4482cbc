"""Markdown (.md): headings, paragraphs, lists, tables and footnotes of CommonMark and the GitHub tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import unescape

from reglemente_tool.reading.document import Document, LeftOut, Piece, Role
from reglemente_tool.reading.sources import text as plain
from reglemente_tool.reading.sources._guard import LARGEST_MARKUP, refuse_large
from reglemente_tool.reading.sources._pieces import STRUCK, broken_at, cells, struck_out

SUFFIX = (".md", ".markdown")

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:\s+(?P<words>.*?))?(?:\s+#+)?\s*")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=+|-{2,})\s*")
_ITEM = re.compile(r"(?P<indent>\s*)(?P<label>[-*+•–]|\d{1,3}[.)]|[a-zåäö]\))\s+(?P<words>\S.*)")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_NOTE = re.compile(r"\[\^(?P<name>[^\]]+)\]:\s*(?P<words>.*)")
_NOTE_REFERENCE = re.compile(r"\[\^([^\]]+)\]")
_INLINE: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"<!--(?:(?!-->|<!--).){0,2000}-->", re.DOTALL), ""),
    (re.compile(r"!\[([^\[\]]{0,300})\]\([^()]{0,500}\)"), r"\1"),
    (re.compile(r"\[([^\[\]]{1,300})\]\([^()]{0,500}\)"), r"\1"),
    (re.compile(r"(?<![\w\\])(\*\*|__)(?=\S)([^*_]{1,500})(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<![\w\\*])([*_])(?=\S)([^*_]{1,500})(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"<(https?://[^>]+)>"), r"\1"),
    (re.compile(r"(?<!\\)</?(?:ins|u|b|i|em|strong|sub|sup)>"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~§])|&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z][A-Za-z0-9]{1,20});"), lambda m: m[1] or unescape(m[0])),
)
_STRUCK = re.compile(r"(?<!\\)~~(?=\S)(?P<waves>[^~]{1,4000}?)(?<=\S)~~|<(?P<tag>del|s|strike)>(?P<words>[^<]{0,4000})</(?P=tag)>")
_EM_SPACE = re.compile(r"(?:&emsp;)+")
_TYPED = re.compile(r"\\?(?:[–—•·▪*+-]|\(?(?:\d{1,3}|[a-zåäö]|[ivx]{2,5})\\?[.)])\s")
"""A line of a list that is typed and not marked up."""


def read(data: bytes) -> Document:
    """Return the document. Raises CannotRead for what is not text."""
    refuse_large(data, LARGEST_MARKUP)
    reader = _Reader()
    text = plain.read(data)
    lines = text.splitlines()
    if lines and lines[0].strip() == "---" and "---" in [line.strip() for line in lines[1:60]]:
        end = next(at for at, line in enumerate(lines[1:], 1) if line.strip() == "---")
        for line in lines[1:end]:
            key, colon, value = line.partition(":")
            if colon and value.strip():
                reader.pieces.append(Piece(cells([key, value.strip().strip("\"'")]), Role.ROW, close=True))
        lines = lines[end + 1 :]
    reader.notes = {m["name"]: m["words"] for line in lines if (m := _NOTE.match(line)) is not None}
    for line in lines:
        reader.add(line)
    reader.flush()
    problems = (*plain.problems(data), *struck_out(reader.left_out, "Dokumentet"))
    return Document(tuple(reader.pieces), tuple(reader.left_out), problems)


@dataclass(slots=True)
class _Reader:
    pieces: list[Piece] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    role: Role = Role.TEXT
    label: str = ""
    indent: float = 0.0
    notes: dict[str, str] = field(default_factory=dict)
    above_blank: bool = True
    broken: bool = False
    close: bool = False

    def add(self, line: str) -> None:
        blank, self.above_blank = self.above_blank, not line.strip()
        line = re.sub(r"^(?:\s{0,3}>\s?)+", "", line)
        line = _EM_SPACE.sub(lambda m: "    " * (len(m[0]) // 6), line, count=1) if line.startswith("&emsp;") else line
        if not line.strip() or _NOTE.match(line):
            self.flush()
            return
        hard = line.endswith("  ") or (line.endswith("\\") and not line.endswith("\\\\"))
        line = line.rstrip().removesuffix("\\") if hard else line
        heading = _HEADING.fullmatch(line)
        underline = _UNDERLINE.fullmatch(line)
        item = _ITEM.fullmatch(line)
        if heading is not None:
            self.flush()
            self._emit(Role.HEADING, heading["words"] or "", level=len(heading["marks"]))
        elif underline is not None and self.words and self.role is Role.TEXT:
            words, self.words = " ".join(self.words), []
            self._emit(Role.HEADING, words, level=1 if underline["mark"][0] == "=" else 2)
        elif _RULE.fullmatch(line) or line.startswith("```"):
            self.flush()
        elif "|" in line and _TABLE_RULE.fullmatch(line):
            pass
        elif line.count("|") > 1 or line.strip().startswith("|"):
            self.flush()
            parts = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
            text = cells([_plain(_STRUCK.sub(self._struck, part)) for part in parts])
            self.pieces.append(Piece(text, Role.ROW, close=True))
        elif item is not None and not (item["label"][0].isdigit() and self.words and self.role is Role.TEXT and not blank):
            close = self.broken
            self.flush()
            self.role, self.label, self.close = Role.ITEM, "•" if item["label"] in "-*+" else item["label"], close
            self.indent = 5.0 * len(item["indent"].expandtabs(4))
            self.words, self.broken = [item["words"]], hard
        else:
            if self.broken and (self.role is Role.ITEM or _TYPED.match(self.words[0]) or _TYPED.match(line.lstrip())):
                # Below a line of a typed list stands another, or the words that close the list.
                self.flush()
                self.close = True
            self.indent = self.indent if self.words else 5.0 * (len(line) - len(line.lstrip(" ")))
            self.words.append(line.strip() + ("\n" if hard else ""))
            self.broken = hard

    def flush(self) -> None:
        if self.words:
            joined = re.sub(r"\n ", "\n", " ".join(self.words))
            bold = re.fullmatch(r"(\*\*|__)(?P<words>[^*_]+)\1", joined.strip())
            self._emit(self.role, joined, weight=2 if bold else 0)
        self.words, self.role, self.label, self.indent, self.broken, self.close = [], Role.TEXT, "", 0.0, False, False

    def _emit(self, role: Role, text: str, *, level: int = 0, weight: int = 0) -> None:
        text = _STRUCK.sub(self._struck, text)
        called = _NOTE_REFERENCE.findall(text)
        words = _plain(_NOTE_REFERENCE.sub("", text))
        made = broken_at(Piece(words, role, self.label if role is Role.ITEM else "", level, self.indent, 0.0, weight))
        self.pieces += [replace(made[0], close=self.close), *made[1:]] if made else []
        self.pieces += [Piece(_plain(self.notes[name]), Role.NOTE) for name in called if self.notes.get(name)]

    def _struck(self, found: re.Match[str]) -> str:
        self.left_out.append(LeftOut(STRUCK, " ".join(_plain(found["waves"] or found["words"] or "").split())))
        return ""


def _plain(text: str) -> str:
    for pattern, instead in _INLINE:
        text = pattern.sub(instead, text)
    return text
