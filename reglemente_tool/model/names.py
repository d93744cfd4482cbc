"""Names: of months, and of committees with the ASCII forms that stand in files and in XML."""

from __future__ import annotations

import re
import unicodedata

MONTHS = tuple("januari februari mars april maj juni juli augusti september oktober november december".split())


def slug(name: str) -> str:
    """Return the ASCII form of a name: "Vård- och omsorgsnämnden" gives "vard-och-omsorgsnamnden". "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", plain)).strip("-")


def genitive(name: str) -> str:
    """Return "socialnämndens" for "socialnämnden"; a name that ends in s, x or z is its own genitive."""
    return name if name[-1:].lower() in "sxz" else f"{name}s"
