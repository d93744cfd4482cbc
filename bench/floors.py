"""What the tool is held against: the least work that the same result could take, and other programs on the same input.

A floor does nothing but the work itself. It finds by identity, checks nothing, keeps no earlier text, and says nothing of why.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from re import findall
from time import time_ns
from typing import Any

from diff_match_patch import diff_match_patch
from lxml import etree

from reglemente_tool.model.charter import Charter, Provision, Wid, by_wid, edit

ROOT = Wid("")


@dataclass(slots=True)
class Node:
    """A provision that can be changed where it stands."""

    wid: str
    kind: Any = None
    number: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    closing: str = ""
    children: list[Node] = field(default_factory=list)


Words = tuple[Wid, str, Any]
"""(identity, field, its new value)."""
Order = tuple[Wid, tuple[Wid, ...], dict[Wid, Provision]]
"""(identity of the parent, those who shall stand in it, those of them that are new)."""
FIELDS = ("number", "marker", "heading", "text", "closing")


@dataclass(frozen=True)
class Edits:
    """What one decision came to, worked out beforehand."""

    words: tuple[Words, ...]
    orders: tuple[Order, ...]


def edits(before: Charter, after: Charter) -> Edits:
    """Return what must be set to make `before` into `after`."""
    old, new = by_wid(before), by_wid(after)
    kept = [(wid, old[wid], p) for wid, p in new.items() if wid in old]
    words = tuple((wid, name, getattr(now, name)) for wid, was, now in kept for name in FIELDS if getattr(now, name) != getattr(was, name))
    orders = []
    for wid, was, now in [(ROOT, before.body, after.body), *((wid, was.children, now.children) for wid, was, now in kept)]:
        if [p.wid for p in was] != [p.wid for p in now]:
            orders.append((wid, tuple(p.wid for p in now), {p.wid: p for p in now if p.wid not in old}))
    return Edits(words, tuple(orders))


def nodes(charter: Charter) -> dict[str, Node]:
    """Return a charter as objects that can be changed, by identity; the whole of it under ROOT."""
    found: dict[str, Node] = {}
    found[ROOT] = Node(ROOT, children=[_node(p, found) for p in charter.body])
    return found


def _node(p: Provision, found: dict[str, Node]) -> Node:
    made = Node(p.wid, p.kind, p.number, p.marker, p.heading, p.text, p.closing, [_node(c, found) for c in p.children])
    found[p.wid] = made
    return made


def set_nodes(found: dict[str, Node], all_edits: tuple[Edits, ...]) -> None:
    """Make the edits where the objects stand."""
    for one in all_edits:
        for wid, name, value in one.words:
            setattr(found[wid], name, value)
        for wid, order, new in one.orders:
            found[wid].children = [found[w] if w not in new else _node(new[w], found) for w in order]


def set_frozen(charter: Charter, all_edits: tuple[Edits, ...]) -> Charter:
    """The same on values that never change: each edit finds its place by identity and makes anew what lies around it."""
    for one in all_edits:
        for wid, name, value in one.words:
            charter = edit(charter, wid, lambda p, name=name, value=value: replace(p, **{name: value}))
        for wid, order, new in one.orders:
            known = by_wid(charter) | new
            row = tuple(known[w] for w in order)
            charter = edit(charter, wid, lambda p, row=row: replace(p, children=row)) if wid else replace(charter, body=row)
    return charter


def same_words(found: dict[str, Node], charter: Charter) -> bool:
    """True when the floor came to the same text."""

    def alike(ours: list[Node], theirs: tuple[Provision, ...]) -> bool:
        return len(ours) == len(theirs) and all(
            all(getattr(a, name) == getattr(b, name) for name in FIELDS) and alike(a.children, b.children)
            for a, b in zip(ours, theirs, strict=True)
        )

    return alike(found[ROOT].children, charter.body)


def set_elements(base: bytes, decisions: tuple[bytes, ...], all_edits: tuple[Edits, ...]) -> bytes:
    """The same from bytes to bytes, on elements of lxml: all files parsed and looked up by identity, and the result written."""
    root = etree.fromstring(base)
    for data in decisions:
        etree.fromstring(data)
    found = {e.get("wid"): e for e in root.iter() if e.get("wid")}
    found[ROOT] = root
    for one in all_edits:
        for wid, name, value in one.words:
            if name == "text":
                found[wid].text = value
            else:
                found[wid].set(name, value)
        for wid, order, new in one.orders:
            for w in order:
                if w in new:
                    found[w] = _element(new[w], found)
            found[wid][:] = [found[w] for w in order]
    return etree.tostring(root, encoding="utf-8")


def _element(p: Provision, found: dict[str, Any]) -> Any:
    made = etree.Element(p.kind.value, wid=p.wid, nr=p.number)
    made.text = p.text
    made.extend([_element(c, found) for c in p.children])
    found[p.wid] = made
    return made


def plain_redline(old: Charter, new: Charter) -> str:
    """Pair by identity, compare word by word what is not the same, and write it as bare HTML."""
    was, out = by_wid(old), []
    for wid, p in by_wid(new).items():
        before = was[wid].text if wid in was else ""
        out.append(f"<p>{escape(p.text) if before == p.text else ''.join(_marked(before, p.text))}</p>")
    return "\n".join(out)


def _marked(old: str, new: str) -> list[str]:
    codes: dict[str, str] = {}
    one, other = ("".join(codes.setdefault(t, chr(0xE000 + len(codes))) for t in findall(r"\w+|\s+|\W", text)) for text in (old, new))
    words = {code: token for token, code in codes.items()}
    dmp = diff_match_patch()
    dmp.Diff_Timeout = 0
    found = dmp.diff_main(one, other, False)
    dmp.diff_cleanupSemantic(found)
    marks = {0: "{}", 1: "<ins>{}</ins>", -1: "<del>{}</del>"}
    return [marks[what].format(escape("".join(words[c] for c in run))) for what, run in found]


DURABLE = ("-c", "core.fsync=all", "-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0")


def fast_import(folder: Path) -> None:
    """One commit of one small file by one git process, as safe on disk as the tool's own."""
    when = time_ns()
    head = f"commit refs/heads/golv\ncommitter golv <golv@localhost> {when // 10**9} +0000\ndata 1\nx\n"
    stream = f"{head}M 100644 inline golv.xml\ndata 20\n{when:020}\ndone\n"
    words = ["git", "-C", str(folder), *DURABLE, "fast-import", "--quiet", "--done", "--force"]
    subprocess.run(words, input=stream.encode(), check=True, capture_output=True)
