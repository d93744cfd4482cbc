"""Is a PDF what it says it is? The rules of PDF/UA-1 and PDF/A-2a/3a that our documents can break, each with its clause.

Not a full validator: what typst cannot get wrong is not asked. It reads the file as anybody's, not as one of ours.
Sources: ISO 14289-1:2014 (UA-1), ISO 19005-2:2011 (A-2), ISO 19005-3:2012 (A-3), ISO 32000-1:2008 14.8.4 (standard roles).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf

STANDARD = frozenset("""
Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form
""".split())
PAINT = frozenset("f F f* B B* b b* S s sh Tj TJ ' \" Do".split())
DEVICE = frozenset("rg RG g G k K".split())
ABOUT = {
    "dc": "http://purl.org/dc/elements/1.1/", "ua": "http://www.aiim.org/pdfua/ns/id/", "a": "http://www.aiim.org/pdfa/ns/id/",
    "schema": "http://www.aiim.org/pdfa/ns/schema#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}  # fmt: skip


def faults(content: bytes) -> list[str]:
    """Return what is wrong with the file, in words; nothing when it passes."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return [*_document(pdf, content), *_metadata(pdf), *_tags(pdf), *_pages(pdf), *_attachments(pdf)]


def _document(pdf: Pdf, content: bytes) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get("/Lang", "")).startswith("sv"):
        yield "språket är inte svenska (UA-1 7.2)"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "filen är inte märkt som taggad (UA-1 6.2)"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "titeln visas inte i fönstret (UA-1 7.1)"
    if not re.search(rb"/ID\s*\[", content):
        yield "filen har ingen identitet (A-2 6.1.3)"
    if pdf.is_encrypted:
        yield "filen är krypterad (A-2 6.1.3)"
    if root.get("/OpenAction") is not None and not isinstance(root.OpenAction, Array):
        yield "filen gör något när den öppnas (A-2 6.5.1)"
    if "/JavaScript" in root.get("/Names", Dictionary()):
        yield "filen har ett program i sig (A-2 6.5.1)"


def _metadata(pdf: Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "metadata saknas (UA-1 5)"
        return
    xmp = etree.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", stream.read_bytes()).strip())

    def told(path: str) -> str:
        return " ".join(str(text) for text in xmp.xpath(path, namespaces=ABOUT)).strip()

    def value(name: str) -> str:
        return told(f"//{name}/text() | //@{name}")

    if not told("//dc:title//text()"):
        yield "titeln saknas i metadata (UA-1 7.1)"
    if value("ua:part") != "1":
        yield "filen säger inte att den är PDF/UA-1 (UA-1 5)"
    if value("a:part") not in ("2", "3") or value("a:conformance") != "A":
        yield "filen säger inte att den är PDF/A-2a eller 3a (A-2 6.6.4)"
    if ABOUT["ua"] not in told("//schema:namespaceURI/text()"):
        yield "pdfuaid är inte förklarat i metadata (A-2 6.6.2.3)"


# --- tags ---------------------------------------------------------------------------------------------------------


def _tags(pdf: Pdf) -> Iterator[str]:
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        yield "strukturen saknas (UA-1 7.1)"
        return
    mapped = {str(k)[1:]: str(v)[1:] for k, v in tree.get("/RoleMap", Dictionary()).items()}
    level = 0
    for node, above in _nodes(tree, ""):
        role = str(node.S)[1:]
        role = mapped.get(role, role)
        if role not in STANDARD:
            yield f"taggen {role} är okänd (UA-1 7.1)"
        if re.fullmatch("H[1-6]", role):
            if int(role[1]) > level + 1:
                yield f"rubriknivå {role[1]} följer på {level} (UA-1 7.4.2)"
            level = int(role[1])
        if role == "Figure" and not str(node.get("/Alt", node.get("/ActualText", ""))).strip():
            yield "en bild har inga ord (UA-1 7.3)"
        if role == "TH" and not any("/Scope" in entry for entry in _attributes(node)):
            yield "en rubrikcell säger inte vad den står över (UA-1 7.5)"
        if role == "TR" and above not in ("Table", "THead", "TBody", "TFoot"):
            yield "en rad står utanför tabellen (UA-1 7.2)"
        if role in ("TH", "TD") and above != "TR":
            yield "en cell står utanför raden (UA-1 7.2)"
        if role == "LI" and above != "L":
            yield "en punkt står utanför listan (UA-1 7.2)"
        if role == "Table" and len(_wide(node, mapped)) > 1:
            yield "tabellens rader är olika breda (UA-1 7.2)"


def _wide(table: Any, mapped: dict[str, str]) -> set[int]:
    rows = []
    for kid in _kids(table):
        role = mapped.get(str(kid.S)[1:], str(kid.S)[1:])
        rows += [kid] if role == "TR" else [row for row in _kids(kid) if str(row.S) == "/TR"] if role in ("THead", "TBody", "TFoot") else []
    return {sum(_span(cell) for cell in _kids(row)) for row in rows}


def _span(cell: Any) -> int:
    return next((int(entry.ColSpan) for entry in _attributes(cell) if "/ColSpan" in entry), 1)


def _attributes(node: Any) -> list[Any]:
    found = node.get("/A", [])
    listed = list(found) if isinstance(found, Array) else [found]
    return [entry for entry in listed if isinstance(entry, Dictionary)]


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    listed = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in listed if isinstance(kid, Dictionary) and "/S" in kid]


def _nodes(node: Any, above: str) -> Iterator[tuple[Any, str]]:
    stack = [(kid, above) for kid in reversed(_kids(node))]
    while stack:
        one, over = stack.pop()
        yield one, over
        stack += [(kid, str(one.S)[1:]) for kid in reversed(_kids(one))]


def _known_marks(pdf: Pdf) -> dict[int, set[int]]:
    """By a page's StructParents: the marked contents that the structure knows."""
    found: dict[int, set[int]] = {}
    tree = pdf.Root.get("/StructTreeRoot", Dictionary()).get("/ParentTree", Dictionary())
    for leaf in _leaves(tree):
        numbers = list(leaf.get("/Nums", []))
        for key, entry in zip(numbers[::2], numbers[1::2], strict=True):
            if isinstance(entry, Array):
                found[int(key)] = {index for index, owner in enumerate(entry) if isinstance(owner, Dictionary)}
    return found


def _leaves(node: Any) -> Iterator[Any]:
    if "/Kids" in node:
        for kid in node.Kids:
            yield from _leaves(kid)
    else:
        yield node


# --- pages --------------------------------------------------------------------------------------------------------


def _pages(pdf: Pdf) -> Iterator[str]:
    known = _known_marks(pdf)
    intents = [intent for intent in pdf.Root.get("/OutputIntents", []) if "/DestOutputProfile" in intent]
    device = False
    for number, page in enumerate(pdf.pages, start=1):
        marks = known.get(int(page.obj.get("/StructParents", -1)), set())
        for fault, uses_device in _painted(page, marks):
            device = device or uses_device
            if fault:
                yield f"sidan {number}: {fault}"
        for font in _fonts(page.obj.get("/Resources", Dictionary())):
            yield f"sidan {number}: {font}"
        notes = list(page.obj.get("/Annots", []))
        if notes and page.obj.get("/Tabs") != Name.S:
            yield f"sidan {number}: länkarna följer inte texten (UA-1 7.18.3)"
        for note in notes:
            if "/StructParent" not in note:
                yield f"sidan {number}: en länk är inte taggad (UA-1 7.18.5)"
            if not str(note.get("/Contents", "")).strip():
                yield f"sidan {number}: en länk säger inte vart den leder (UA-1 7.18.5)"
    if device and not intents:
        yield "färgerna har ingen profil (A-2 6.2.4.3)"


def _painted(page: Any, marks: set[int]) -> Iterator[tuple[str, bool]]:
    """Yield (fault, is a device colour set) for each operator that paints or colours."""
    open_marks: list[bool] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            artefact = operands[0] == Name.Artifact
            about = operands[1] if name == "BDC" and isinstance(operands[1], Dictionary) else Dictionary()
            tagged = "/MCID" in about and int(about.MCID) in marks
            if "/MCID" in about and not tagged:
                yield "märkt innehåll som strukturen inte känner (UA-1 7.1)", False
            open_marks.append(artefact or tagged)
        elif name == "EMC":
            open_marks.pop()
        elif name in DEVICE:
            yield "", True
        elif name in PAINT and not any(open_marks):
            yield f"{name} målar utan att vara märkt (UA-1 7.1)", False


def _fonts(resources: Any) -> Iterator[str]:
    for font in dict(resources.get("/Font", Dictionary())).values():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", Dictionary())
        if font.get("/Subtype") != Name.Type3 and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield f"typsnittet {font.get('/BaseFont')} följer inte med (UA-1 7.21.4)"
        if "/ToUnicode" not in font:
            yield f"typsnittet {font.get('/BaseFont')} säger inte vilka tecken det visar (UA-1 7.21.7)"
    for form in dict(resources.get("/XObject", Dictionary())).values():
        if form.get("/Subtype") == Name.Form:
            yield from _fonts(form.get("/Resources", Dictionary()))


def _attachments(pdf: Pdf) -> Iterator[str]:
    held = list(pdf.attachments)
    if not held:
        return
    xmp = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
    if not re.search(rb"pdfaid:part>3<|pdfaid:part=.3", xmp):
        yield "bara PDF/A-3 får bära filer av alla slag (A-2 6.8)"
    named = list(pdf.Root.get("/AF", []))
    if len(named) != len(held) or any("/AFRelationship" not in spec for spec in named):
        yield "en bifogad fil säger inte vad den är för texten (A-3 6.8)"
    for spec in named:
        if "/Subtype" not in spec.EF.get("/F", Dictionary()):
            yield "en bifogad fil säger inte av vilken sort den är (A-3 6.8)"
