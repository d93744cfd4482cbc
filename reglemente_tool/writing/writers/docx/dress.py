"""The municipality's look in Word: its logotype above the title, its font and its colours in the styles."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from lxml import etree

from reglemente_tool.writing.letters import harmless
from reglemente_tool.writing.look import Logotype, Look
from reglemente_tool.writing.page import CannotWrite
from reglemente_tool.writing.writers.docx.container import relation
from reglemente_tool.writing.writers.docx.markup import R, W, add, root

PICTURE = "word/media/logotyp.png"
"""The name of the logotype in the file."""

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WP, _A, _PIC = f"{_DRAWING}/wordprocessingDrawing", f"{_DRAWING}/main", f"{_DRAWING}/picture"
_EMU = 36_000
"""Units of DrawingML in a millimetre."""

_HEADINGS = ("Title", "Bilaga", *(f"Heading{level}" for level in range(1, 10)))


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG file, its size in units of DrawingML, and the words for those who do not see it."""

    data: bytes
    width: int
    height: int
    words: str

    def paragraph(self) -> etree._Element:
        """Return a paragraph that holds nothing else (ISO/IEC 29500-1, 20.4.2.8)."""
        p = root("p")
        add(add(p, "pPr"), "pStyle", val="Kommun")
        inline = etree.SubElement(add(add(p, "r"), "drawing"), f"{{{_WP}}}inline", nsmap={"wp": _WP, "a": _A, "pic": _PIC})
        size = {"cx": str(self.width), "cy": str(self.height)}
        about = {"id": "1", "name": "Logotyp", "descr": harmless(self.words)}
        etree.SubElement(inline, f"{{{_WP}}}extent", size)
        etree.SubElement(inline, f"{{{_WP}}}docPr", about)
        graphic = etree.SubElement(inline, f"{{{_A}}}graphic")
        picture = etree.SubElement(etree.SubElement(graphic, f"{{{_A}}}graphicData", uri=_PIC), f"{{{_PIC}}}pic")
        known = etree.SubElement(picture, f"{{{_PIC}}}nvPicPr")
        etree.SubElement(known, f"{{{_PIC}}}cNvPr", about)
        etree.SubElement(known, f"{{{_PIC}}}cNvPicPr")
        fill = etree.SubElement(picture, f"{{{_PIC}}}blipFill")
        etree.SubElement(fill, f"{{{_A}}}blip", {f"{{{R}}}embed": relation(PICTURE)})
        etree.SubElement(etree.SubElement(fill, f"{{{_A}}}stretch"), f"{{{_A}}}fillRect")
        shape = etree.SubElement(picture, f"{{{_PIC}}}spPr")
        frame = etree.SubElement(shape, f"{{{_A}}}xfrm")
        etree.SubElement(frame, f"{{{_A}}}off", x="0", y="0")
        etree.SubElement(frame, f"{{{_A}}}ext", size)
        etree.SubElement(etree.SubElement(shape, f"{{{_A}}}prstGeom", prst="rect"), f"{{{_A}}}avLst")
        return p


def picture(logotype: Logotype) -> Picture:
    """Return the logotype as Word takes it: a drawing (SVG) as the picture it makes. Raises CannotWrite when it makes none."""
    data = logotype.data if logotype.format == "png" else _drawn(logotype.data)
    across, down = struct.unpack(">II", data[16:24])
    height = logotype.height * _EMU
    return Picture(data, round(height * across / down), height, logotype.words)


def _drawn(svg: bytes) -> bytes:
    """Older Words show no drawings, so they get its picture, in the size that print needs."""
    import typst

    source = b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image(bytes(sys.inputs.bild), format: \"svg\", height: 40mm)"
    try:
        made = typst.compile(source, sys_inputs={"bild": svg.decode()}, ignore_system_fonts=True, format="png", ppi=400.0)
    except (typst.TypstError, UnicodeDecodeError) as error:
        raise CannotWrite("Logotypen gick inte att rita för Word.", hint="Byt den mot en bild i formatet PNG.") from error
    assert isinstance(made, bytes)
    return made


def dressed(styles: etree._Element, look: Look) -> etree._Element:
    """Return the styles with the look's font and colours in them. Word takes the font from the reader's own computer."""
    if look.font:
        for fonts in styles.iter(f"{{{W}}}rFonts"):
            for key in fonts.attrib:
                fonts.set(key, look.font.family)
    colours = Look().colours
    if look.colours.text != colours.text:
        run = styles.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
        assert run is not None
        _coloured(run, look.colours.text)
    for style in styles.iter(f"{{{W}}}style"):
        run = style.find(f"{{{W}}}rPr")
        if style.get(f"{{{W}}}styleId") in _HEADINGS and look.colours.heading != colours.heading and run is not None:
            _coloured(run, look.colours.heading)
        elif run is not None and look.colours.grey != colours.grey and (found := run.find(f"{{{W}}}color")) is not None:
            found.set(f"{{{W}}}val", look.colours.grey.lstrip("#"))
    return styles


def _coloured(run: etree._Element, colour: str) -> None:
    """Set the colour where the schema wants it: before the size."""
    found = run.find(f"{{{W}}}color")
    if found is None:
        found = etree.Element(f"{{{W}}}color")
        size = run.find(f"{{{W}}}sz")
        run.insert(len(run) if size is None else run.index(size), found)
    found.set(f"{{{W}}}val", colour.lstrip("#"))
