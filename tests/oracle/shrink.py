"""The smallest history on which the two answers still differ in the same way: everything that can go is taken away, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from oracle.bridge import Pair
from oracle.draw import DAYS
from oracle.text import Deed, Node
from oracle.times import Act, Part

Acts = tuple[Act, ...]


def difference(acts: Acts) -> Exception | None:
    """What the two answers first differ in when told of these events, one after the other, and then asked as known on every day."""
    pair, charters = Pair(), sorted({p.charter for a in acts for p in a.parts})
    try:
        for act in acts:
            pair.add(act)
            for charter in charters:
                pair.compare(charter, 2 * DAYS)
        for known in sorted({a.decided for a in acts}):
            for charter in charters:
                pair.compare(charter, known)
    except KeyError:
        return None  # a confirmed target that nobody could have confirmed: no history
    except Exception as error:
        return error
    return None


def sort(error: Exception | None) -> str:
    """The way in which they differ, without the words of this history."""
    said = str(error).split("\n")[0]
    for way in ("only the engine", "only the oracle", "; oracle", ": source", " was ", "one identity", "days"):
        if way in said:
            return way + (said.split("refuses: ")[1].split(" ")[0] if "refuses: " in said else "")
    return "" if error is None else type(error).__name__


def smallest(acts: Acts, found: Callable[[Acts], str] | None = None) -> Acts:
    """Return a history that cannot be made smaller in any of the ways of `smaller` and still has what `found` says of `acts`."""
    told = found or (lambda some: sort(difference(some)))
    aim = told(acts)
    again = bool(aim)
    while again:
        again = False
        for less in smaller(acts):
            if told(less) == aim:
                acts, again = less, True
                break
    return acts


def smaller(acts: Acts) -> Iterator[Acts]:
    """Every history with one thing less, the largest things first."""
    for index in range(len(acts)):
        yield (*acts[:index], *acts[index + 1 :])
    for index, act in enumerate(acts):
        for less in smaller_act(act):
            yield (*acts[:index], less, *acts[index + 1 :])


def smaller_act(act: Act) -> Iterator[Act]:
    for index, part in enumerate(act.parts):
        around = (act.parts[:index], act.parts[index + 1 :])
        if len(act.parts) > 1:
            yield replace(act, parts=(*around[0], *around[1]))
        for less in smaller_part(part):
            yield replace(act, parts=(*around[0], less, *around[1]))


def smaller_part(part: Part) -> Iterator[Part]:
    if part.until is not None:
        yield replace(part, until=None)
    for index, deed in enumerate(part.deeds):
        if len(part.deeds) > 1:
            yield replace(part, deeds=(*part.deeds[:index], *part.deeds[index + 1 :]))
        for less in smaller_deed(deed):
            yield replace(part, deeds=(*part.deeds[:index], less, *part.deeds[index + 1 :]))


def smaller_deed(deed: Deed) -> Iterator[Deed]:
    if deed.expects:
        yield replace(deed, expects="")
    if deed.confirmed:
        yield replace(deed, confirmed="")
    for body in fewer(deed.body):
        yield replace(deed, body=body)
    if deed.wording is not None:
        for wording in smaller_node(deed.wording):
            yield replace(deed, wording=wording)


def fewer(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    for index, node in enumerate(nodes):
        if len(nodes) > 1:
            yield (*nodes[:index], *nodes[index + 1 :])
        for less in smaller_node(node):
            yield (*nodes[:index], less, *nodes[index + 1 :])


def smaller_node(node: Node) -> Iterator[Node]:
    for children in fewer(tuple(node.children)):
        yield replace(node, children=list(children))
    if node.children and node.kind == "st":
        yield replace(node, children=[])
    if node.heading:
        yield replace(node, heading="")
    if node.closing:
        yield replace(node, closing="")
    said = node.text.split(" ")
    if len(said) > 1:
        yield replace(node, text=" ".join(said[:-1]))
        yield replace(node, text=" ".join(said[1:]))


# --- to read ---------------------------------------------------------------------------------------------------------------


def shown(acts: Acts) -> str:
    """The history as a person reads it."""
    return "\n".join(line for act in acts for line in shown_act(act))


def shown_act(act: Act) -> Iterator[str]:
    said = f"{act.kind} {act.id}, decided on day {act.decided}"
    yield said + (f", of {act.about}" if act.about else "") + (f", on day {act.on}" if act.kind == "commencement" else "")
    for about, start, where in act.revokes:
        yield f"    repeals {about} from day {start}{f' in {where}' if where else ''}"
    for part in act.parts:
        held = "on a condition" if part.start is None else f"from day {part.start}"
        yield f"    {part.charter}, {held}{f' until day {part.until}' if part.until is not None else ''}"
        for deed in part.deeds:
            yield "        " + shown_deed(deed)
            for node in (*deed.body, *((deed.wording,) if deed.wording is not None else ())):
                yield from shown_node(node, 12)


def shown_deed(deed: Deed) -> str:
    place = ".".join(kind + number for kind, number in deed.target)
    said = [deed.do, "the heading of" if deed.heading else "", "the new" if deed.after else "", place]
    said += [f"number={deed.number}" if deed.number else "", f"title={deed.title!r}" if deed.title else ""]
    said += [f"{deed.old!r} -> {deed.new!r} x{deed.hits}" if deed.old else "", f"expects={deed.expects!r}" if deed.expects else ""]
    said += [f"confirmed={deed.confirmed}" if deed.confirmed else "", f"continues={deed.continues}" if deed.continues else ""]
    return " ".join(s for s in said if s)


def shown_node(node: Node, depth: int) -> Iterator[str]:
    heading = f"<{node.heading}> " if node.heading else ""
    yield f"{' ' * depth}{node.kind} {node.number} {heading}{node.text}{f' / {node.closing}' if node.closing else ''}"
    for child in node.children:
        yield from shown_node(child, depth + 2)
