"""A charter as plain nodes that may be changed in place, and what one decision does to it in the most literal reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations, permutations

from oracle.words import alike, places, same, sentences, split_mark, swap

Target = tuple[tuple[str, str], ...]
"""(("par", "4"), ("st", "1"), ("ss", "sist")); kinds: kap, par, st, p, ss, m."""

ITEMS = ("p", "ss")


class Refused(Exception):
    """The decision does not fit. `reasons`: the codes that would be right to give."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = set(reasons)


@dataclass
class Node:
    """A provision. `tag` says who it is, `source` which decision last wrote its words."""

    kind: str
    number: str = ""
    text: str = ""
    heading: str = ""
    closing: str = ""
    children: list[Node] = field(default_factory=list)
    tag: str = ""
    source: str = ""
    bare: bool = False
    """Whether a § is printed without "§", as none stood there for it to take after."""

    def all(self) -> list[Node]:
        """The node and all inside it, in reading order."""
        found = [self]
        for child in self.children:
            found += child.all()
        return found

    def copy(self) -> Node:
        return replace(self, children=[c.copy() for c in self.children])

    def items(self) -> list[Node]:
        return [c for c in self.children if c.kind in ITEMS]

    def flat(self) -> str:
        return "\n".join(t for t in (self.text, *(c.flat() for c in self.children), self.closing) if t)


@dataclass
class Text:
    """A charter at one moment; `style` is how a § is printed."""

    title: str = ""
    body: list[Node] = field(default_factory=list)
    repealed: bool = False
    style: str = "{} §"

    def all(self) -> list[Node]:
        return [n for top in self.body for n in top.all()]

    def copy(self) -> Text:
        return replace(self, body=[n.copy() for n in self.body])

    def beside(self, tag: str) -> list[Node]:
        """The list that holds the node `tag`."""
        holders = [self.body] + [n.children for n in self.all()]
        return next(h for h in holders if any(n.tag == tag for n in h))

    def tagged(self, tag: str) -> Node | None:
        return next((n for n in self.all() if n.tag == tag), None)


@dataclass(frozen=True)
class Deed:
    """One amendment. `key` tells it from every other; `confirmed` is who a person said that the target is."""

    do: str
    key: str
    target: Target = ()
    heading: bool = False
    after: bool = False
    expects: str = ""
    confirmed: str = ""
    number: str = ""
    wording: Node | None = None
    continues: str = ""
    old: str = ""
    new: str = ""
    hits: int = 1
    title: str = ""
    body: tuple[Node, ...] = ()
    style: str = "{} §"


def starts_anew(text: Text) -> bool:
    """Whether the charter's §§ begin at 1 in every kapitel."""
    numbers = [n.number for n in text.all() if n.kind == "par"]
    return len(numbers) != len(set(numbers))


def rank(number: str) -> tuple[int, str]:
    """7, 7 a, 7 b, 8: how numbers follow on each other."""
    digits, _, letter = number.partition(" ")
    return (int(digits or 0), letter)


# --- finding -------------------------------------------------------------------------------------------------------


def callings(text: Text, target: Target = ()) -> list[tuple[Target, Node]]:
    """Every way in which every node may be called; with a `target`, of what lies in §§ with the number that it names. A kapitel need
    not be named, nor the stycke of a list item.
    """
    asked = [number for kind, number in target if kind == "par"]
    called: list[tuple[Target, Node]] = []
    for top in text.body:
        if top.kind == "kap":
            called.append(((("kap", top.number),), top))
        for par in top.children if top.kind == "kap" else [top]:
            if asked and par.number not in asked:
                continue
            own = ("par", par.number)
            bases: list[Target] = [(own,)] + ([(("kap", top.number), own)] if top.kind == "kap" else [])
            for base in bases:
                called.append((base, par))
                called += inside(base, par)
    return called


def inside(base: Target, par: Node) -> list[tuple[Target, Node]]:
    called: list[tuple[Target, Node]] = []
    for st, words in ordinals(par.children):
        called += [((*base, ("st", w)), st) for w in words]
        bullets = not any(i.kind == "p" for other in par.children for i in other.items())
        alone = not any(i.kind == "p" for i in st.items())
        for item, step in listed(st.items(), alone):
            called += [((*base, ("st", w), step), item) for w in words]
        called += [((*base, step), item) for item, step in listed(st.items(), bullets)]
    through = [i for st in par.children for i in st.items()]
    called += [((*base, step), item) for item, step in listed(through, not any(i.kind == "p" for i in through))]
    return called


def listed(items: list[Node], bullets: bool) -> list[tuple[Node, tuple[str, str]]]:
    """A strecksats is called by its ordinal, a punkt by its number, both by their place from the end.

    Where there are `bullets` only, "tolfte punkten" is said of them.
    """
    found = []
    for kind in ITEMS:
        for node, names in ordinals([i for i in items if i.kind == kind]):
            said = names if kind == "ss" else [node.number] + [n for n in names if n.startswith("sist")]
            found += [(node, (kind, name)) for name in said]
            found += [(node, ("p", name)) for name in said if bullets]
    return found


def ordinals(run: list[Node]) -> list[tuple[Node, list[str]]]:
    size = len(run)
    return [(n, [str(i + 1), "sist" if i == size - 1 else f"sist-{size - 1 - i}"]) for i, n in enumerate(run)]


def holder_of(text: Text, target: Target) -> Node:
    """The one node that `target` calls (for a mening: its stycke). Refused when there is none or more than one."""
    if target[-1][0] == "m":
        held = holder_of(text, target[:-1])
        if held.kind == "par":
            if len(held.children) != 1:
                raise Refused("TVETYDIG")
            held = held.children[0]
        return held
    called = callings(text, target)
    found: list[Node] = []
    for name, node in called:
        if name == target and not any(node is f for f in found):
            found.append(node)
    # A word on the way that may mean two things is doubtful whatever comes after it.
    unclear = any(len({id(n) for t, n in called if t == target[:size]}) > 1 for size in range(1, len(target)))
    if unclear or len(found) != 1:
        raise Refused("TVETYDIG" if found or unclear else "SAKNAS")
    return found[0]


def sentence(node: Node, target: Target) -> int:
    """Which of the node's sentences, counted from nought."""
    number, size = target[-1][1], len(sentences(node.text))
    index = size - 1 if number == "sist" else int(number) - 1
    if not 0 <= index < size:
        raise Refused("SAKNAS")
    return index


def held(node: Node, deed: Deed) -> str:
    if deed.heading:
        return node.heading
    if deed.target and deed.target[-1][0] == "m":
        return sentences(node.text)[sentence(node, deed.target)]
    return node.flat()


def aim(text: Text, deed: Deed) -> str:
    """Who the deed is about: found once, guarded, remembered by its tag."""
    node = text.tagged(deed.confirmed) if deed.confirmed else holder_of(text, deed.target)
    if node is None:
        raise Refused("TILLAMPNING")
    if deed.heading and not node.heading:
        raise Refused("SAKNAS", *(["LYDELSE-SKILJER"] if deed.expects else []))
    if deed.expects and not same(held(node, deed), deed.expects):
        raise Refused("LYDELSE-SKILJER")
    return node.tag


# --- one decision is one moment ------------------------------------------------------------------------------------


def decided(before: Text, deeds: tuple[Deed, ...], by: str) -> Text:
    """The text after the decision. What is said at once is tried in every order there is: all must give the same."""
    made, reasons = every_order(before, deeds, by)
    if not reasons:
        return made[0]
    alone = set[str]().union(*(faults(before, (deed,), by) for deed in deeds))
    if (len(deeds) > 1 and not alone) or collide(before, deeds, by):
        reasons.add("KROCK")
    raise Refused(*reasons, *alone)


def every_order(before: Text, deeds: tuple[Deed, ...], by: str) -> tuple[list[Text], set[str]]:
    """What comes of each order, and all that is wrong: an order that cannot be made, one that gives something else, a text that
    cannot be.
    """
    made: list[Text] = []
    reasons: set[str] = set()
    for order in permutations(deeds):
        try:
            made.append(one_order(before, order, by))
        except Refused as refused:
            reasons |= refused.reasons
    if made and (reasons or any(other != made[0] for other in made)):
        reasons.add("KROCK")
    return made, reasons.union(*(unfit(before, text) for text in made))


def faults(before: Text, deeds: tuple[Deed, ...], by: str) -> set[str]:
    """Why the deeds could not be done even without the others: always a true reason, whatever else is wrong with the decision."""
    return every_order(before, deeds, by)[1]


def collide(before: Text, deeds: tuple[Deed, ...], by: str) -> bool:
    """Whether two of the deeds are well without each other, and not together; also where a third could not be done at all. Two
    additions to one place collide even where there is no such place.
    """
    for one, other in combinations(deeds, 2):
        if one.do == other.do == "insert" and (one.target, one.heading) == (other.target, other.heading):
            return True
        rest = tuple(d for d in deeds if d not in (one, other))
        for size in range(len(rest) + 1):
            for some in combinations(rest, size):
                apart = faults(before, (*some, one), by) or faults(before, (*some, other), by)
                if not apart and faults(before, (*some, one, other), by):
                    return True
    return False


def one_order(before: Text, deeds: tuple[Deed, ...], by: str) -> Text:
    text = before.copy()
    if (not text.title or text.repealed) and not any(d.do == "adopt" for d in deeds):
        raise Refused("EJ-I-KRAFT")
    aims = {d.key: aim(text, d) for d in deeds if d.target and d.do != "insert" and not d.after}
    for deed in (d for d in deeds if d.do == "adopt"):
        adopt(text, deed, by)
    gone = repeal(text, [d for d in deeds if d.do == "repeal"], aims)
    if any(d.do == "dissolve" for d in deeds):
        text.body, text.repealed = [], True
    renumber(text, [d for d in deeds if d.do == "renumber"], aims, starts_anew(before))
    rewrites = [d for d in deeds if d.do in ("substitute", "reword", "rename")]
    aims |= {d.key: aim(text, d) for d in rewrites if d.target and d.after}
    for deed in rewrites:
        tag = aims.get(deed.key, "")
        rewrite(text, meant(deed, before, tag, gone.get(tag, set())), tag, by)
    additions = [d for d in deeds if d.do == "insert"]
    same_homes(before, text, additions)
    insert(text, additions, by, {aims[d.key] for d in rewrites if whole(d)})
    mend_lists(before, text, deeds, aims)
    return text


def unfit(before: Text, text: Text) -> set[str]:
    """Why the text cannot be what comes of a decision: something was emptied and not said to go, or stands in two places."""
    old = {n.tag: n for n in before.all()}
    tags = [n.tag for n in text.all()]
    emptied = any(n.tag in old and says(old[n.tag]) and not says(n) for n in text.all())
    return ({"TILLAMPNING"} if emptied else set()) | ({"KROCK"} if len(tags) != len(set(tags)) else set())


def same_homes(before: Text, text: Text, additions: list[Deed]) -> None:
    """What comes into a §, or before it, does so where the number was before: when another has it now, or none, it is not said which."""
    for deed in (d for d in additions if not d.after):
        kinds = [kind for kind, _ in (deed.target if deed.heading else deed.target[:-1])]
        if "par" in kinds:
            home = deed.target[: kinds.index("par") + 1]
            was = tag_at(before, home)
            if deed.heading and text.tagged(was) is None:
                continue
            if was and tag_at(text, home) != was:
                raise Refused("KROCK")


def tag_at(text: Text, target: tuple[tuple[str, str], ...]) -> str:
    try:
        return holder_of(text, target).tag
    except Refused:
        return ""


def node_of(text: Text, tag: str) -> Node:
    node = text.tagged(tag)
    if node is None:
        raise Refused("KROCK")
    return node


def adopt(text: Text, deed: Deed, by: str) -> None:
    new = [n.copy() for n in deed.body]
    given = [n.tag for top in new for n in top.all() if n.tag]
    if text.body:
        carry(text.body, new, set(given))
    name(new, deed.key, by)
    text.title, text.body, text.repealed, text.style = deed.title, new, False, deed.style


def name(nodes: list[Node], base: str, by: str) -> None:
    for index, node in enumerate(nodes):
        node.tag = node.tag or f"{base}/{index}"
        node.source = node.source or by
        name(node.children, f"{base}/{index}", by)


def carry(old: list[Node], new: list[Node], given: set[str]) -> None:
    """Who in `new` is who in `old`: first those with the same words, then the most alike (a quarter more where the number is the
    same), then those with only the number in common. What says itself who it is, is that, and nothing else is (`given`).
    """
    old, new = [n for n in old if n.tag not in given], [n for n in new if not n.tag]
    pairs: dict[int, int] = {}

    def fits(a: int, b: int) -> bool:
        apart = a not in pairs.values() and b not in pairs and old[a].kind == new[b].kind
        return apart and all((a < x) == (b < y) for y, x in pairs.items())

    rated = []
    for a, one in enumerate(old):
        for b, other in enumerate(new):
            verbatim = (one.heading, one.flat()) == (other.heading, other.flat())
            share = alike(one.flat(), other.flat())
            numbered = bool(one.number) and one.number == other.number
            near = share + (0.25 if numbered else 0.0) if share >= 0.5 else 0.1 if numbered else 0.0
            rated.append((2.0 if verbatim else near, -a, -b))
    for rate, a, b in sorted(rated, reverse=True):
        if rate and fits(-a, -b):
            pairs[-b] = -a
    for b, a in pairs.items():
        one, other = old[a], new[b]
        same_words = (one.number, one.heading, one.text, one.closing) == (other.number, other.heading, other.text, other.closing)
        other.tag, other.source = one.tag, one.source if same_words else ""
        carry(one.children, other.children, given)


def says(node: Node) -> bool:
    """Whether there are words, and not only list marks."""
    return any(t.strip(" ,.") not in ("", "och", "samt") for n in node.all() for t in (n.text, n.closing))


def meant(deed: Deed, before: Text, tag: str, gone: set[int]) -> Deed:
    """A mening is counted in the text before, also where others have gone from beside it; "sista" stays the last."""
    if not gone or deed.after or deed.target[-1][0] != "m":
        return deed
    at = sentence(node_of(before, tag), deed.target)
    if at in gone:
        raise Refused("KROCK")
    if deed.target[-1][1] == "sist":
        return deed
    return replace(deed, target=(*deed.target[:-1], ("m", str(at + 1 - len([g for g in gone if g < at])))))


def whole(deed: Deed) -> bool:
    """Whether the deed writes all of its target."""
    return deed.do == "substitute" and not deed.heading and deed.target[-1][0] != "m"


def repeal(text: Text, deeds: list[Deed], aims: dict[str, str]) -> dict[str, set[int]]:
    """All that goes, goes at once, as it stood before: no one's going changes what another's going means. Gives back which meningar
    have gone, by the tag of what they stood in.
    """
    going = [node_of(text, aims[d.key]) for d in deeds if not d.heading and d.target[-1][0] != "m"]
    bare = {aims[d.key] for d in deeds if d.heading}
    for one in going:
        if sum(one.tag == n.tag for other in going for n in other.all()) > 1:
            raise Refused("KROCK")
    gone = {n.tag for node in going for n in node.all()}
    for d in deeds:
        if d.heading and aims[d.key] in gone - {n.tag for n in going}:
            raise Refused("KROCK")
    if len(bare) < sum(d.heading for d in deeds):
        raise Refused("KROCK")
    for holder in [text.body] + [n.children for n in text.all()]:
        for index, node in enumerate(holder):
            if node.kind == "par" and node.heading and node in going and node.tag not in bare:
                follower = next((n for n in holder[index + 1 :] if n.tag not in gone or n.heading), None)
                if follower is not None and not follower.heading and follower.tag not in gone:
                    follower.heading = node.heading
    for tag in bare - gone:
        node_of(text, tag).heading = ""
    for node in going:
        holder = text.beside(node.tag)
        holder[:] = [n for n in holder if n.tag != node.tag]
    lost: dict[str, set[int]] = {}
    for d in (d for d in deeds if d.target[-1][0] == "m"):
        at, mine = sentence(node_of(text, aims[d.key]), d.target), lost.setdefault(aims[d.key], set())
        if at in mine:
            raise Refused("KROCK")
        mine.add(at)
    for tag, gone_here in lost.items():
        node = node_of(text, tag)
        parts = [said for at, said in enumerate(sentences(node.text)) if at not in gone_here]
        if not parts:
            raise Refused("TILLAMPNING")
        node.text, node.source = " ".join(parts), next(d.key for d in deeds if aims[d.key] == tag).split("#")[0]
    return lost


def renumber(text: Text, deeds: list[Deed], aims: dict[str, str], anew: bool) -> None:
    """All get their numbers at once; then each that is out of order goes where its number belongs."""
    wanted: dict[str, str] = {}
    for d in deeds:
        if node_of(text, aims[d.key]).kind == "ss":
            raise Refused("TILLAMPNING")  # its place is its number
        if wanted.setdefault(aims[d.key], d.number) != d.number:
            raise Refused("KROCK")
    movers = [n for n in text.all() if n.tag in wanted]
    for node in movers:
        node.number = wanted[node.tag]
    for node in movers:
        if sum(n.number == node.number for n in row(text, node, anew)) > 1:
            raise Refused("NUMMER")
    out = [n for n in movers if not in_order(row(text, n, anew))]
    homes = {n.tag: text.beside(n.tag) for n in out}
    for node in out:
        homes[node.tag][:] = [n for n in homes[node.tag] if n is not node]
    for node in sorted(out, key=lambda n: rank(n.number)):
        settle(text, node, homes[node.tag], anew)


def row(text: Text, node: Node, anew: bool, home: list[Node] | None = None) -> list[Node]:
    """Those among which a number stands once: a §'s are all §§, or its kapitel's where each kapitel starts anew."""
    if node.kind == "par" and not anew:
        return [n for n in text.all() if n.kind == "par"]
    return [n for n in (home if home is not None else text.beside(node.tag)) if n.kind == node.kind]


def in_order(nodes: list[Node]) -> bool:
    return nodes == sorted(nodes, key=lambda n: rank(n.number))


def settle(text: Text, node: Node, home: list[Node], anew: bool) -> None:
    """In its own kapitel when there is a place there that is in order; otherwise right after the nearest lower number."""
    for place in range(len(home) + 1):
        home.insert(place, node)
        if in_order(row(text, node, anew)):
            return
        del home[place]
    others = row(text, node, anew, home)
    lower = max((n for n in others if rank(n.number) < rank(node.number)), key=lambda n: rank(n.number), default=None)
    higher = min((n for n in others if rank(n.number) > rank(node.number)), key=lambda n: rank(n.number), default=None)
    put_beside(text, lower or higher, node, 1 if lower else 0)


def put_beside(text: Text, anchor: Node | None, node: Node, offset: int) -> None:
    assert anchor is not None
    holder = text.beside(anchor.tag)
    holder.insert(next(i for i, n in enumerate(holder) if n is anchor) + offset, node)


def rewrite(text: Text, deed: Deed, tag: str, by: str) -> None:
    if deed.do == "rename":
        rename(text, deed, by)
        return
    if deed.do == "reword":
        reword(text, deed, tag, by)
        return
    node = node_of(text, tag)
    assert deed.wording is not None
    wording = deed.wording.copy()
    if deed.heading:
        node.heading = wording.heading
        return
    if deed.target[-1][0] == "m":
        parts = sentences(node.text)
        parts[sentence(node, deed.target)] = wording.text
        node.text, node.source = " ".join(parts), by
        return
    carry(node.children, wording.children, set())
    name(wording.children, deed.key, by)
    new = wording.text
    if node.kind in ITEMS and not split_mark(new)[1]:
        new += split_mark(node.text)[1]
    node.text, node.children, node.closing, node.source = new, wording.children, wording.closing, by
    node.heading = wording.heading or node.heading


def reword(text: Text, deed: Deed, tag: str, by: str) -> None:
    everywhere = not deed.target
    reached = text.all() if everywhere else node_of(text, tag).all()
    if deed.heading:
        node = node_of(text, tag)
        check_hits(len(places(node.heading, deed.old)), deed)
        node.heading = swap(node.heading, deed.old, deed.new)
        return
    if deed.target and deed.target[-1][0] == "m":
        node = node_of(text, tag)
        parts, at = sentences(node.text), sentence(node, deed.target)
        check_hits(len(places(parts[at], deed.old)), deed)
        parts[at] = swap(parts[at], deed.old, deed.new)
        node.text, node.source = " ".join(p for p in parts if p), by
        return
    found = sum(len(places(t, deed.old)) for n in reached for t in ((n.text, n.closing, n.heading) if everywhere else (n.text, n.closing)))
    check_hits(found + (len(places(text.title, deed.old)) if everywhere else 0), deed)
    if everywhere:
        text.title = swap(text.title, deed.old, deed.new)
    for node in reached:
        write(node, [swap(t, deed.old, deed.new) for t in (node.text, node.closing)], by)
        if everywhere:
            node.heading = swap(node.heading, deed.old, deed.new)


def write(node: Node, words: list[str], by: str) -> None:
    if [node.text, node.closing] != words:
        node.text, node.closing, node.source = words[0], words[1], by


def check_hits(found: int, deed: Deed) -> None:
    if found != deed.hits if deed.hits else not found:
        raise Refused("LYDELSE-SKILJER")


def rename(text: Text, deed: Deed, by: str) -> None:
    """The name in its four spellings, but not where it only ends a longer name ("vård- och omsorgsnämnden")."""

    def new(said: str) -> str:
        for old, now in ((deed.old, deed.new), (deed.old.capitalize(), deed.new.capitalize())):
            for ending in ("s", ""):
                for at in reversed(places(said, old + ending)):
                    if not said[:at].endswith("- och "):
                        said = said[:at] + now + ending + said[at + len(old + ending) :]
        return said

    text.title = new(text.title)
    for node in text.all():
        node.heading = new(node.heading)
        write(node, [new(node.text), new(node.closing)], by)


def insert(text: Text, deeds: list[Deed], by: str, written: set[str]) -> None:
    """Lowest place first, "sist" last of all; afterwards each must stand where the decision says that it stands, and nowhere else be
    called so. Nothing is added to what the decision has `written` whole, or itself added.
    """

    def order(deed: Deed) -> tuple[object, ...]:
        steps = [(kind, (1, 0, "") if n.startswith("sist") else (0, *rank(n or "0"))) for kind, n in deed.target]
        return (len(steps), steps, deed.heading)

    as_written = {n.tag: [plain(c) for c in n.all()] for n in text.all() if n.tag in written}
    for deed in sorted(deeds, key=order):
        if sum((d.target, d.heading) == (deed.target, deed.heading) for d in deeds) > 1:
            raise Refused("KROCK")
        put_in(text, deed, by)
        written = written if deed.heading or deed.target[-1][0] == "m" else written | {deed.continues or deed.key}
        as_written |= {n.tag: [plain(c) for c in n.all()] for n in text.all() if n.tag in written - as_written.keys()}
    if any([plain(c) for c in n.all()] != as_written[n.tag] for n in text.all() if n.tag in as_written):
        raise Refused("KROCK")
    for deed in deeds:
        if deed.heading or deed.target[-1][0] == "m":
            continue
        node = next(n for n in text.all() if n.tag == (deed.continues or deed.key))
        called = [found for name, found in callings(text, deed.target) if name == deed.target]
        if not any(found is node for found in called) or (deed.target[-1][1] != "sist" and any(found is not node for found in called)):
            raise Refused("KROCK")


def plain(node: Node) -> tuple[str, ...]:
    """Who a node is and what it says, but for the heading before it."""
    return (node.tag, node.number, node.text, node.closing)


def put_in(text: Text, deed: Deed, by: str) -> None:
    kind, number = deed.target[-1]
    assert deed.wording is not None
    new = deed.wording.copy()
    if deed.heading:
        node = holder_of(text, deed.target)
        if node.heading:
            raise Refused("NUMMER")
        node.heading = new.heading
        return
    if kind == "m":
        node = holder_of(text, deed.target)
        parts = sentences(node.text)
        at = len(parts) if number == "sist" else int(number) - 1
        if at > len(parts):
            raise Refused("SAKNAS")
        node.text, node.source = " ".join([*parts[:at], new.text, *parts[at:]]), by
        return
    new.tag, new.source = deed.continues or deed.key, by
    new.number = number if kind in ("par", "p") and not number.startswith("sist") else ""
    name(new.children, deed.key, by)
    if kind == "par":
        put_paragraf(text, deed, new)
        return
    node = holder_of(text, deed.target[:-1])
    if node.kind == "par" and kind in ITEMS:
        lists = [st for st in node.children if st.items()]
        if len(lists) != 1:
            raise Refused("TVETYDIG" if lists else "SAKNAS")
        node = lists[0]
    if kind in ITEMS and not node.items() and number not in ("1", "sist"):
        raise Refused("SAKNAS")
    if node.items() and new.kind in ITEMS and all(n.kind != new.kind for n in node.items()):
        raise Refused("SAKNAS")
    run = [n for n in node.children if n.kind == kind]
    if kind == "p":
        if any(n.number == number for n in run):
            raise Refused("NUMMER")
        at = sum(rank(n.number) < rank(number) for n in run)
    else:
        at = len(run) if number == "sist" else int(number) - 1
    if at > len(run):
        raise Refused("SAKNAS")
    node.children.insert(at, new)


def put_paragraf(text: Text, deed: Deed, new: Node) -> None:
    run = [n for n in text.all() if n.kind == "par"]
    chapter: list[Node] | None = None
    if len(deed.target) > 1:
        chapter = holder_of(text, deed.target[:-1]).children
        run = list(chapter)
    if any(n.number == new.number for n in run):
        raise Refused("NUMMER")
    lower = [n for n in run if rank(n.number) < rank(new.number)]
    new.bare = run[0].bare if run else True
    if not run:
        (text.body if chapter is None else chapter).append(new)
    elif lower:
        put_beside(text, lower[-1], new, 1)
    else:
        put_beside(text, run[0], new, 0)


# --- the marks of lists --------------------------------------------------------------------------------------------


def mend_lists(before: Text, text: Text, deeds: tuple[Deed, ...], aims: dict[str, str]) -> None:
    """A list that gained or lost items marks the new ones, and those whose place changed, as it marked such places before."""
    if any(d.do == "adopt" for d in deeds):
        return
    # A new heading, or a new sentence, says nothing of the list below it.
    whole = {aims[d.key] for d in deeds if d.do == "substitute" and not d.heading and d.target[-1][0] != "m"}
    written = {n.tag for node in text.all() if node.tag in whole for n in node.all()}
    old = {n.tag: n for n in before.all()}
    for node in text.all():
        was, now = (old[node.tag].items() if node.tag in old else []), node.items()
        if node.tag in written or not was or not now or [n.tag for n in was] == [n.tag for n in now]:
            continue
        marks, roles = style_of([split_mark(n.text)[1] for n in was]), {n.tag: role(was, n) for n in was}
        for item in now:
            words, mark = split_mark(item.text)
            here = role(now, item)
            if roles.get(item.tag) == here:
                continue
            if not any(marks.values()):
                item.text = item.text if item.tag in roles else words
            elif not (item.tag in roles and here != "last" and mark == marks["middle"] == marks[here]):
                item.text = words + marks[here]


def role(items: list[Node], item: Node) -> str:
    back = len(items) - 1 - next(i for i, n in enumerate(items) if n is item)
    return ["last", "junction"][back] if back < 2 else "middle"


def style_of(marks: list[str]) -> dict[str, str]:
    last = marks[-1]
    junction = marks[-2] if len(marks) > 1 else ""
    if len(marks) > 2:
        middle = max(marks[:-2], key=lambda m: (marks[:-2].count(m), -marks.index(m)))
    elif len(marks) == 1:
        middle = "," if last == "." else ""
    else:
        middle = "," if junction in (", och", ", samt") else junction
    joined = junction in (", och", ", samt")
    return {"middle": middle, "junction": junction if joined else middle, "last": "" if last == middle == "," else last}
