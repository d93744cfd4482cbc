"""PDF files that would have a reader hang, swell or crash, made by hand: nothing in them but what does it."""

from __future__ import annotations

import zlib


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF with these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, more: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object's body."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), more + (b" /Filter /FlateDecode" if packed else b"")) + data + b"\nendstream"


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = b"BT /F1 11 Tf 72 700 Td (Reglemente for hamnnamnden med tillrackligt manga bokstaver) Tj ET\n"


def one_page(content: bytes, resources: bytes = b"", *more: bytes, packed: bool = False, page: bytes = b"/MediaBox [0 0 595 842]") -> bytes:
    """A PDF of one page: its content, entries for its resources, and further objects (from 6 on)."""
    return assembled(
        [
            CATALOGUE, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> >>" % (page, resources),
            stream(content, packed=packed), FONT, *more,
        ]
    )  # fmt: skip


def forms_in_forms(deep: int = 9, wide: int = 30) -> bytes:
    """A billion laughs: each form draws the next one `wide` times."""
    forms = []
    for level in range(deep):
        inside = b"/X Do\n" * wide if level < deep - 1 else WORDS
        below = b"/XObject << /X %d 0 R >>" % (7 + level) if level < deep - 1 else b"/Font << /F1 5 0 R >>"
        forms.append(stream(inside, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>" % below))
    return one_page(WORDS + b"/X Do\n" * wide, b"/XObject << /X 6 0 R >>", *forms)


def repeated(part: bytes, size: int) -> bytes:
    """What unpacks to `part` over and over, `size` bytes in all. The same packed block again and again: made in no time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(part * (1_000_000 // len(part) + 1)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * (size // 1_000_000) + packer.flush()


def swollen(size: int = 1_500_000_000) -> bytes:
    """A page whose content unpacks to `size` bytes of path operators."""
    return one_page(repeated(b"0 0 m 9 9 l S\n", size), packed=True)


def swollen_text(size: int = 1_500_000_000) -> bytes:
    """A page whose content unpacks to `size` bytes of words."""
    return one_page(repeated(WORDS, size), packed=True)


def packed_again(times: int = 3, size: int = 1_500_000_000) -> bytes:
    """A stream that is packed several times over."""
    data = repeated(b" ", size)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    filters = b"/Filter [" + b"/FlateDecode " * times + b"]"
    return assembled(
        [
            CATALOGUE, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< /Length %d %s >>\nstream\n" % (len(data), filters) + data + b"\nendstream",
        ]
    )  # fmt: skip


def pages_without_end() -> bytes:
    """A page tree that leads back to itself, and says that it has a billion pages."""
    return assembled([CATALOGUE, b"<< /Type /Pages /Count 1000000000 /Kids [3 0 R 2 0 R] >>", b"<< /Type /Pages /Parent 2 0 R /Count 999999999 /Kids [2 0 R 3 0 R] >>"])  # noqa: E501


def nested(deep: int = 200_000) -> bytes:
    """Arrays in arrays in arrays."""
    return one_page(WORDS, b"/X " + b"[" * deep + b"]" * deep)


def wide_picture(side: int = 30_000) -> bytes:
    """A picture of `side` by `side` pixels, all black, on a page of words."""
    packed = repeated(b"\0", side * side * 3)
    more = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceRGB" % (side, side)
    return one_page(WORDS * 3 + b"q 500 0 0 300 0 0 cm /X Do Q\n", b"/XObject << /X 6 0 R >>", stream(packed, more, packed=True))


def vast_page() -> bytes:
    """A page of many kilometres."""
    return one_page(WORDS, page=b"/MediaBox [0 0 1e9 1e9] /UserUnit 75000")


def patterns(deep: int = 8) -> bytes:
    """Patterns painted with patterns, each of many tiles."""
    made = []
    for level in range(deep):
        inside = b"/Pattern cs /P scn 0 0 900 900 re f\n" if level < deep - 1 else b"0 0 1 1 re f\n"
        below = b"/Pattern << /P %d 0 R >>" % (7 + level) if level < deep - 1 else b""
        made.append(stream(inside, b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 900 900] /XStep 1 /YStep 1 /Resources << %s >>" % below))  # noqa: E501
    return one_page(WORDS * 3 + b"/Pattern cs /P scn 0 0 595 842 re f\n", b"/Pattern << /P 6 0 R >>", *made)


def references_in_a_ring() -> bytes:
    """A length, a page and a font that point at themselves through each other, and a cross-reference table before itself."""
    body = assembled([CATALOGUE, b"<< /Type /Pages /Count 1 /Kids [3 0 R] /Parent 2 0 R >>", b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 6 0 R >>", b"<< /Length 5 0 R >>\nstream\nBT ET\nendstream", b"4 0 R", b"6 0 R"])  # noqa: E501
    return body.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % body.rindex(b"xref\n0"))


def tags_in_tags(deep: int = 50_000) -> bytes:
    """A structure tree that is deeper than any document, and ends in itself."""
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /StructParents 0 /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            stream(b"/P << /MCID 0 >> BDC\n" + WORDS + b"EMC\n"), FONT,
            b"<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [%d 0 R]] >> >>" % (6 + deep),
            *(b"<< /Type /StructElem /S /Div /P %d 0 R /Pg 3 0 R /K [%d 0 R 7 0 R] >>" % (6 + n, 8 + n) for n in range(deep - 1)),
            b"<< /Type /StructElem /S /P /P %d 0 R /Pg 3 0 R /K 0 >>" % (5 + deep),
        ]
    )  # fmt: skip


def many_objects(count: int = 400_000) -> bytes:
    """A file of small things."""
    return assembled([CATALOGUE, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>", *(b"[1 2 3]" for _ in range(count))])  # noqa: E501


HOSTILE = {
    "former-i-former": forms_in_forms, "svalld": swollen, "svalld-text": swollen_text, "packad-om": packed_again,
    "sidor-utan-slut": pages_without_end, "nastlad": nested, "stor-bild": wide_picture, "enorm-sida": vast_page,
    "monster": patterns, "ring": references_in_a_ring,
    "taggar": tags_in_tags, "manga-objekt": many_objects,
}  # fmt: skip
