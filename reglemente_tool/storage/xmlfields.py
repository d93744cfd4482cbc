"""Values to and from XML, driven by the fields of their dataclasses and the fields' types. Pure.

    str, int, bool, date, Enum, Address          an attribute
    tuple[int, …]                                an attribute, blanks between
    tuple[str, …], tuple[tuple[str, str], …]     an element for each: <kort>SN</kort>, <uppgift namn="Dnr">…</uppgift>
    Provision, a class in FORMS, an Amendment    an element inside, or one for each in a tuple

Amendment types are those on the shelf; their element is their tag. What a file holds that no field answers to is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from lxml import etree

from reglemente_tool import amendments
from reglemente_tool.errors import CannotStore
from reglemente_tool.model.address import Address
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Provision
from reglemente_tool.model.history import Condition
from reglemente_tool.storage.xmlnames import CONDITION, FORMS, NAMES, Form
from reglemente_tool.storage.xmlprovisions import KINDS, provision_from, provision_lines, words_in
from reglemente_tool.storage.xmltext import attributes_of, fault_at, one_line, opening, tag_of


class Shape(Enum):
    """Where a field's value stands."""

    ATTRIBUTE = "attribut"
    NUMBERS = "tal"
    CONTENT = "innehåll"
    LINE = "rad"
    WORDS = "ord"
    PAIRS = "par"
    PROVISIONS = "bestämmelser"
    PARTS = "delar"


@dataclass(frozen=True, slots=True)
class Slot:
    """One field: its names, its shape, its type without "| None" and "tuple[…]", its default (MISSING when it must be there),
    whether there may be many, and whether a Condition may stand in its place.
    """

    field: str
    xml: str
    shape: Shape
    type: Any
    default: Any
    many: bool
    condition: bool


# --- the plan of a class ------------------------------------------------------------------------------------------


def form_of(cls: type) -> Form:
    """Return how `cls` is laid out; an amendment type by its tag."""
    form = FORMS.get(cls)
    return form if form is not None else _form_of_amendment(cls)


@cache
def _form_of_amendment(cls: type) -> Form:
    if not issubclass(cls, Amendment):
        raise TypeError(f"{cls.__name__} has no form in XML")
    return Form(cls.tag)


@cache
def plan(cls: type) -> tuple[Slot, ...]:
    """Return the slots of a dataclass, in the order of its fields. Raises TypeError for a type of field that has no form in XML."""
    form = form_of(cls)
    hints = get_type_hints(cls)
    slots = []
    for entry in fields(cls):
        kind, many = _core(hints[entry.name])
        condition = Condition in (kind if isinstance(kind, tuple) else (kind,))
        if isinstance(kind, tuple):
            kind = next(k for k in kind if k is not Condition)
        default = entry.default if entry.default_factory is MISSING else entry.default_factory()
        slots.append(
            Slot(
                entry.name,
                form.names.get(entry.name, NAMES.get(entry.name, entry.name.replace("_", "-"))),
                _shape(cls, form, entry.name, kind, many),
                kind,
                default,
                many,
                condition,
            )
        )
    if sum(slot.shape is Shape.PROVISIONS for slot in slots) > 1:
        raise TypeError(f"{cls.__name__} has two fields of provisions, which could not be told apart in XML")
    return tuple(slots)


def _core(hint: Any) -> tuple[Any, bool]:
    """Return (type, whether there are many). A union of several types is a tuple of them; None is no type."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if len(inner) != 2 or inner[1] is not Ellipsis:
            raise TypeError(f"{hint} has no form in XML")
        return (inner[0] if get_origin(inner[0]) is tuple else _core(inner[0])[0]), True
    if get_origin(hint) in (Union, UnionType):
        kinds = tuple(_core(part)[0] for part in get_args(hint) if part is not NoneType)
        return (kinds[0] if len(kinds) == 1 else kinds), False
    return getattr(hint, "__supertype__", hint), False


def _shape(cls: type, form: Form, name: str, kind: Any, many: bool) -> Shape:
    if name == form.content:
        return Shape.CONTENT
    if name in form.lines:
        return Shape.LINE
    if kind == tuple[str, str] and many:
        return Shape.PAIRS
    if kind is Provision:
        return Shape.PROVISIONS
    if kind is Amendment or kind in FORMS:
        return Shape.PARTS
    if kind in (str, int, bool, date, Address) or (isinstance(kind, type) and issubclass(kind, Enum)):
        if not many:
            return Shape.ATTRIBUTE
        if kind in (str, int):
            return Shape.WORDS if kind is str else Shape.NUMBERS
    raise TypeError(f"{cls.__name__}.{name} has no form in XML")


# --- out ----------------------------------------------------------------------------------------------------------


def lines_of(value: Any) -> Iterator[str]:
    """Yield the lines of `value`: an instance of a class in FORMS, or an amendment. Raises CannotStore for an address that
    could not be read back, and as provision_lines does.
    """
    cls: type = type(value)
    form = form_of(cls)
    attributes = {name: str(getattr(value, name)) for name in form.derived} | dict(form.constant)
    inner: list[str] = []
    content: str | None = None
    for slot in plan(cls):
        held = getattr(value, slot.field)
        if held == slot.default:
            continue
        if slot.shape is Shape.CONTENT:
            content = held
        elif isinstance(held, Condition):
            attributes[CONDITION] = held.text
        elif slot.shape is Shape.ATTRIBUTE:
            attributes[slot.xml] = _text(held)
        elif slot.shape is Shape.NUMBERS:
            attributes[slot.xml] = " ".join(str(number) for number in held)
        else:
            inner.extend(_inner_lines(slot, held))
    if content is not None:
        yield one_line(form.tag, content, attributes)
    elif inner:
        yield opening(form.tag, attributes)
        yield from inner
        yield f"</{form.tag}>"
    else:
        yield opening(form.tag, attributes, closed=True)


def _inner_lines(slot: Slot, held: Any) -> Iterator[str]:
    if slot.shape is Shape.LINE:
        yield one_line(slot.xml, held)
    elif slot.shape is Shape.PAIRS:
        for key, words in held:
            yield one_line(slot.xml, words, {"namn": key})
    else:
        for part in held if slot.many else (held,):
            if slot.shape is Shape.WORDS:
                yield one_line(slot.xml, part)
            elif slot.shape is Shape.PROVISIONS:
                yield from provision_lines(part)
            else:
                yield from lines_of(part)


def _text(value: Any) -> str:
    if isinstance(value, Address):
        try:
            same = Address.from_code(value.code) == value
        except ValueError:
            same = False
        if not same:
            raise CannotStore(
                f"Adressen {value.code} kan inte sparas så att den går att läsa igen.", hint="Ange beteckningen på annat sätt."
            )
        return value.code
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


# --- in -----------------------------------------------------------------------------------------------------------


def value_from(element: etree._Element, cls: type, name: str) -> Any:
    """Return the instance of `cls` that `element` of the file `name` holds. Raises CannotStore, with the line, for an
    attribute or an element that no field answers to, for one that is wanted and missing, and for a value of the wrong form.
    """
    form, attributes = form_of(cls), attributes_of(element)
    found: dict[str, Any] = {form.content: words_in(element, name)} if form.content else {}
    for slot in _attributes(cls):
        if slot.condition and CONDITION in attributes:
            found[slot.field] = Condition(attributes.pop(CONDITION))
        elif slot.xml in attributes:
            found[slot.field] = _read(element, name, slot, attributes.pop(slot.xml))
    if not form.content:
        found |= _inner(element, name, cls)
    for key, wanted in form.constant.items():
        if attributes.pop(key, "") != wanted:
            newer = "Filen kan vara skriven av en nyare version av programmet."
            raise fault_at(name, element, f"attributet {key} ska vara {wanted}", hint=newer)
    stated = {key: attributes.pop(key) for key in form.derived if key in attributes}
    for key in attributes:
        raise fault_at(name, element, f"elementet <{form.tag}> kan inte ha attributet {key}", hint=_known(_attributes(cls)))
    for slot in _wanted(cls):
        if slot.field not in found:
            raise fault_at(name, element, f"elementet <{form.tag}> saknar {slot.xml}")
    value = cls(**found)
    for key, text in stated.items():
        if str(getattr(value, key)) != text:
            raise fault_at(name, element, f"attributet {key} ska vara {getattr(value, key)}, men är {text}")
    return value


@cache
def _attributes(cls: type) -> tuple[Slot, ...]:
    """The slots whose values are attributes."""
    return tuple(slot for slot in plan(cls) if slot.shape in (Shape.ATTRIBUTE, Shape.NUMBERS))


@cache
def _wanted(cls: type) -> tuple[Slot, ...]:
    """The slots that must have a value."""
    return tuple(slot for slot in plan(cls) if slot.default is MISSING)


def _known(attributes: tuple[Slot, ...]) -> str:
    names = [slot.xml for slot in attributes]
    return f"Attributen är {', '.join(names)}." if names else ""


def _inner(element: etree._Element, name: str, cls: type) -> dict[str, Any]:
    gathered: dict[str, tuple[Slot, list[Any]]] = {}
    homes = _homes(cls)
    _refuse_words(element, element.text, element, name)
    for child in element:
        tag = tag_of(child)
        slot = homes.get(tag) or (homes.get(_AN_AMENDMENT) if tag in amendments.types() else None)
        if slot is None:
            raise fault_at(name, child, f"elementet <{tag}> är okänt i <{tag_of(element)}>", hint=_known_parts(plan(cls)))
        gathered.setdefault(slot.field, (slot, []))[1].append(_part(child, name, slot))
        _refuse_words(child, child.tail, element, name)
    for slot, parts in gathered.values():
        if not slot.many and len(parts) > 1:
            raise fault_at(name, element, f"elementet <{tag_of(element)}> har {slot.xml} mer än en gång")
    return {field: tuple(parts) if slot.many else parts[0] for field, (slot, parts) in gathered.items()}


def _refuse_words(at: etree._Element, words: str | None, around: etree._Element, name: str) -> None:
    if words and not words.isspace():
        raise fault_at(name, at, f"orden ”{' '.join(words.split())[:60]}” står utanför elementen i <{tag_of(around)}>")


_AN_AMENDMENT = "*"
"""In place of a tag: any on the shelf of amendments. No element is called so."""


@cache
def _homes(cls: type) -> Mapping[str, Slot]:
    """Which slot an element inside belongs to, by its tag; where two could take it, the first."""
    return {tag: slot for slot in reversed(plan(cls)) for tag in _tags(slot)}


def _tags(slot: Slot) -> Iterable[str]:
    if slot.shape is Shape.PROVISIONS:
        return KINDS
    if slot.shape is Shape.PARTS:
        return (_AN_AMENDMENT if slot.type is Amendment else FORMS[slot.type].tag,)
    return (slot.xml,) if slot.shape in (Shape.LINE, Shape.WORDS, Shape.PAIRS) else ()


def _known_parts(slots: tuple[Slot, ...]) -> str:
    if any(slot.shape is Shape.PARTS and slot.type is Amendment for slot in slots):
        return f"Ändringarna är {', '.join(sorted(amendments.types()))}."
    return ""


def _part(child: etree._Element, name: str, slot: Slot) -> Any:
    if slot.shape is Shape.PROVISIONS:
        return provision_from(child, name)
    if slot.shape is Shape.PARTS:
        return value_from(child, amendments.types()[tag_of(child)] if slot.type is Amendment else slot.type, name)
    words = words_in(child, name)
    if slot.shape is not Shape.PAIRS:
        if child.attrib:
            raise fault_at(name, child, f"elementet <{tag_of(child)}> har inga attribut")
        return words
    if set(child.attrib) != {"namn"}:
        raise fault_at(name, child, f"elementet <{tag_of(child)}> ska ha attributet namn och inget annat")
    return attributes_of(child)["namn"], words


def _read(element: etree._Element, name: str, slot: Slot, text: str) -> Any:
    try:
        if slot.shape is Shape.NUMBERS:
            return tuple(int(number) for number in text.split())
        return _READERS.get(slot.type, slot.type)(text)
    except (ValueError, KeyError) as error:
        raise fault_at(name, element, f"attributet {slot.xml} har ett värde som inte går att läsa: ”{text}”") from error


_READERS: Mapping[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    bool: lambda text: {"ja": True, "nej": False}[text],
    date: date.fromisoformat,
    Address: Address.from_code,
}
