"""An amendment as `mod`: its att-sats in words, with the words and provisions that it quotes marked as such.

Driven by the fields of the amendment's dataclass: a wording or a body is a `quotedStructure`; words that the att-sats says
are a `quotedText`; all else is an attribute of our own. What is read must say in words what it says in data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from enum import Enum
from typing import Any, get_type_hints

from lxml import etree

from reglemente_tool import amendments
from reglemente_tool.exchange.akn.act import read_fact, write_fact
from reglemente_tool.exchange.akn.provisions import Setting, eids, read_provisions, write_provision
from reglemente_tool.exchange.akn.tree import add, fault, own, parts, tag_of, words
from reglemente_tool.model.address import Address, Reads
from reglemente_tool.model.amendment import Amendment, said
from reglemente_tool.model.charter import Provision, flat

NAMES = {
    "target": "mal", "reads": "laser", "expects": "lyder", "wid": "wid", "wording": "lydelse", "continues": "fortsatter", "old": "fran",
    "new": "till", "hits": "antal", "number": "nr", "title": "titel", "committee": "namnd", "facts": "uppgift", "body": "innehall",
}  # fmt: skip
"""The Swedish names of fields, the same as in the register's own files; a field that is not here goes by its own name."""

_QUOTES = ("”", "”")
_TYPE = "typ"
_FIELD = "falt"


def write_mod(holder: etree._Element, amendment: Amendment, eid: str) -> None:
    """Put "att" and the amendment as a mod into the paragraph `holder`."""
    holder.text = "att "
    mod = add(holder, "mod", {"eId": eid, own(_TYPE): amendment.tag})
    sentence = amendment.describe()
    mod.text = sentence
    last: etree._Element | None = None
    for entry in fields(amendment):
        value, name = getattr(amendment, entry.name), NAMES.get(entry.name, entry.name)
        # Header lines stand above the body that they are of, in the same quoted structure.
        if name == NAMES["facts"] or (_is_default(value, entry.default) and not (name == NAMES["body"] and _facts(amendment))):
            continue
        quoted = _quoted(value)
        before, found, after = sentence.partition(quoted) if quoted else (sentence, "", "")
        if isinstance(value, Provision | tuple):
            made = _structure(mod, amendment, value, eid, name)
        elif found:
            count = sum(tag_of(part) == "quotedText" for part in mod) + 1
            made = add(mod, "quotedText", _marks(f"{eid}__qtext_{count}", name), value)
        else:
            mod.set(own(name), _text(value))
            continue
        if last is None:
            mod.text = before if found else f"{before}: "
        else:
            last.tail = before if found else f"{before}: "
        made.tail = sentence = after
        last = made


def _facts(amendment: Amendment) -> tuple[tuple[str, str], ...]:
    facts: tuple[tuple[str, str], ...] = getattr(amendment, "facts", ())
    return facts


def _is_default(value: Any, default: Any) -> bool:
    return default is not MISSING and bool(value == default)


def _quoted(value: Any) -> str:
    """What `describe` says of the value, in quotation marks; "" for what it does not quote."""
    if isinstance(value, Provision):
        return said(value.heading or flat(value), 10_000)
    return said(value) if type(value) is str and value else ""


def _marks(eid: str, name: str) -> dict[str, str]:
    return {"eId": eid, "startQuote": _QUOTES[0], "endQuote": _QUOTES[1], own(_FIELD): name}


def _structure(mod: etree._Element, amendment: Amendment, value: Provision | tuple[Provision, ...], eid: str, name: str) -> etree._Element:
    made = add(mod, "quotedStructure", _marks(f"{eid}__qstr_1", name))
    for key, words_ in _facts(amendment):
        write_fact(made, key, words_)
    body = (value,) if isinstance(value, Provision) else value
    names = eids(body, f"{eid}__qstr_1__")
    for provision in body:
        write_provision(made, provision, names, Setting(), wrap=True)
    return made


def _text(value: Any) -> str:
    if isinstance(value, Address):
        return value.code
    return str(value.value) if isinstance(value, Enum) else str(value)


def read_mod(holder: etree._Element, name: str) -> Amendment:
    """Return the amendment that the paragraph `holder` of file `name` says. Raises CannotRead for what no field answers to,
    and when its words say something else than its data.
    """
    if holder.text != "att " or [tag_of(e) for e in holder] != ["mod"] or (holder[0].tail or "").strip():
        raise fault(name, holder, "ändringen ska börja med ”att” och vara en <mod>")
    mod = holder[0]
    attributes = {str(key): str(value) for key, value in mod.attrib.items() if str(key).startswith(own(""))}
    cls = amendments.types().get(attributes.pop(own(_TYPE), ""))
    if cls is None:
        raise fault(name, mod, "ändringen är av okänt slag", hint=f"Slagen är {', '.join(sorted(amendments.types()))}.")
    found: dict[str, Any] = {}
    hints = get_type_hints(cls)
    quoted = {str(part.get(own(_FIELD))): part for part in mod}
    for entry in fields(cls):
        key = NAMES.get(entry.name, entry.name)
        if own(key) in attributes:
            found[entry.name] = _value(attributes.pop(own(key)), hints[entry.name], mod, name)
        elif key in quoted and tag_of(quoted[key]) == "quotedText":
            found[entry.name] = words(quoted.pop(key), name)
        elif key in quoted:
            found |= _read_structure(quoted.pop(key), hints, entry.name, name)
    if attributes or quoted:
        stray = [key.removeprefix(own("")) for key in attributes] + list(quoted)
        raise fault(name, mod, f"ändringen {cls.tag} kan inte ha {', '.join(stray)}")
    missing = [
        e.name for e in fields(cls) if e.name not in found and e.default is MISSING and e.default_factory is MISSING
    ]
    if missing:
        raise fault(name, mod, f"ändringen {cls.tag} saknar {', '.join(NAMES.get(m, m) for m in missing)}")
    made: Amendment = cls(**found)
    _refuse_other_words(holder, made, str(mod.get("eId")), name)
    return made


def _value(text: str, hint: Any, mod: etree._Element, name: str) -> Any:
    try:
        if hint is Address:
            return Address.from_code(text)
        if hint is Reads:
            return Reads(text)
        return int(text) if hint is int else text
    except ValueError as error:
        raise fault(name, mod, f"ett värde går inte att läsa: ”{text}”") from error


def _read_structure(element: etree._Element, hints: Mapping[str, Any], field: str, name: str) -> dict[str, Any]:
    inner = parts(element, name)
    facts = tuple(read_fact(e, name) for e in inner if tag_of(e) == "p")
    body = read_provisions([e for e in inner if tag_of(e) != "p"], name, None)
    if hints[field] is Provision:
        if len(body) != 1 or facts:
            raise fault(name, element, "en lydelse ska vara en bestämmelse")
        return {field: body[0]}
    return {field: body, **({"facts": facts} if "facts" in hints else {})}


def _refuse_other_words(holder: etree._Element, amendment: Amendment, eid: str, name: str) -> None:
    """The same thing is said in words and in data; one of them changed alone would be a lie."""
    again = etree.Element("p")
    write_mod(again, amendment, eid)
    if _own_words(again[0]) != _own_words(holder[0]):
        raise fault(
            name, holder, f"orden säger något annat än ändringen, som är: att {amendment.describe()}",
            hint="Ändra inte i den ena utan den andra.",
        )  # fmt: skip


def _own_words(mod: etree._Element) -> list[str]:
    return [mod.text or "", *(part.tail or "" for part in mod)]
