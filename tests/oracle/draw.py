"""Histories made up at random: what a council might decide, and now and then what it never should.

Each decision is drawn against the text as it is known to be on its day, so that most of them fit; some are drawn against what was
known when they were decided, as decisions that turn up late are, and some are simply wrong.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from oracle.text import ITEMS, Deed, Node, Refused, Target, Text, callings, held, holder_of
from oracle.times import Act, Oracle, Part
from oracle.words import places, sentences, split_mark

STEMS = "park gata torg skola miljö bygge avtal budget taxa remiss möte bidrag tillsyn plan hamn idrott kultur vatten skog lokal".split()
COMMON = ("avgift", "nämnden", "parknämnden", "parknämndens", "Parknämnden", "vård- och parknämnden")
STYLES = ("", ",.", ",och", ".", ",samt")
DAYS = 120


def plain(node: Node) -> Node:
    """The words of a node, without who it is."""
    return Node(node.kind, node.number, node.text, node.heading, node.closing, [plain(c) for c in node.children])


class Maker:
    """Draws one history; `random` is its only source of chance."""

    sections, days = 200, DAYS
    """A decision's § is one of so many, and its day one of so many."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.serial = 0
        self.charters = ["ett", "tva", "tre"][: random.choice((1, 2, 2, 3))]

    # --- wordings

    def word(self) -> str:
        self.serial += 1
        return f"{self.random.choice(STEMS)}{self.serial}"

    def words(self) -> str:
        said = [self.word() for _ in range(self.random.randint(4, 5))]
        if self.random.random() < 0.35:
            said.insert(self.random.randint(0, 4), self.random.choice(COMMON))
        return " ".join(said)

    def sentence(self) -> str:
        said = self.words()
        return said[:1].upper() + said[1:] + "."

    def items(self, kind: str, size: int) -> list[Node]:
        style = self.random.choice(STYLES)
        made = []
        for index in range(size):
            back = size - 1 - index
            mark = "" if not style else "." if back == 0 or style == "." else ","
            if back == 1 and style[1:].isalpha():
                mark = f", {style[1:]}"
            made.append(Node(kind, str(index + 1) if kind == "p" else "", self.words() + mark))
        return made

    def stycke(self) -> Node:
        if self.random.random() < 0.5:
            return Node("st", text=" ".join(self.sentence() for _ in range(self.random.randint(1, 3))))
        closing = "enligt vad budgeten medger." if self.random.random() < 0.2 else ""
        items = self.items(self.random.choice(ITEMS), self.random.randint(1, 5))
        return Node("st", text=self.words().capitalize(), closing=closing, children=items)

    def heading(self) -> str:
        return self.word().capitalize() + self.random.choice(("", "", " avgift", " parknämnden"))

    def paragraf(self, number: str, heading: float = 0.35) -> Node:
        said = self.heading() if self.random.random() < heading else ""
        return Node("par", number, heading=said, children=[self.stycke() for _ in range(self.random.choice((1, 1, 2, 3)))])

    def body(self) -> list[Node]:
        size = self.random.randint(2, 6)
        rows = [self.paragraf(str(n + 1)) for n in range(size)]
        if size > 2 and self.random.random() < 0.4:
            cut = self.random.randint(1, size - 1)
            if self.random.random() < 0.3:
                for index, row in enumerate(rows[cut:]):
                    row.number = str(index + 1)
            parts = (rows[:cut], rows[cut:])
            return [Node("kap", str(k + 1), heading=self.heading(), children=part) for k, part in enumerate(parts)]
        return rows

    def edited(self, nodes: list[Node], deep: bool = True) -> list[Node]:
        """The same row with something gone, something new, something said otherwise; never in another order."""
        made = []
        for node in nodes:
            chance = self.random.random()
            if chance < 0.15 and len(nodes) > 1:
                continue
            new = Node(node.kind, node.number, node.text, node.heading, node.closing, self.edited(node.children) if node.children else [])
            if chance < 0.4 and new.text:
                said = new.text.split(" ")
                said[self.random.choice([i for i, w in enumerate(said) if w[-1:].isdigit()] or [0])] = self.word()
                new.text = " ".join(said)
            made.append(new)
            if chance > 0.85 and node.kind in ("st", "ss"):
                made.append(self.stycke() if node.kind == "st" else Node("ss", text=self.words()))
        if made or nodes[0].kind in ("kap", "par"):
            return made or [plain(nodes[0])]
        return [self.stycke() if nodes[0].kind == "st" else Node(nodes[0].kind, "1" if nodes[0].kind == "p" else "", self.words())]

    def anew(self, text: Text) -> tuple[Node, ...]:
        """A charter adopted again: what was there, edited, sometimes with one § more in the middle and all after it moved down."""
        body = self.edited(text.body)
        if all(n.kind == "par" for n in body):
            if self.random.random() < 0.6:
                body.insert(self.random.randint(0, len(body)), self.paragraf("0"))
            for index, node in enumerate(body):
                node.number = str(index + 1)
        return tuple(body)

    # --- amendments

    def named(self, text: Text, node: Node) -> Target:
        """One way to call the node that calls nothing else, as a rule."""
        ways = [t for t, n in callings(text) if n is node]
        self.random.shuffle(ways)
        if self.random.random() < 0.05:
            return ways[0]
        for way in ways:
            try:
                if holder_of(text, way) is node:
                    return way
            except Refused:
                continue
        return ways[0]

    def guarded(self, deed: Deed, text: Text, node: Node) -> Deed:
        chance = self.random.random()
        try:
            expects = held(node, deed) if chance < 0.5 else "något annat" if chance > 0.99 else ""
        except Refused:
            expects = ""
        return replace(deed, expects=expects, confirmed=node.tag if self.random.random() < 0.5 else "")

    def node(self, text: Text, *kinds: str) -> Node | None:
        found = [n for n in text.all() if n.kind in kinds]
        return self.random.choice(found) if found else None

    def deeds(self, text: Text, key: str) -> list[Deed]:
        """What is decided about one charter."""
        if self.random.random() < 0.35:
            made = self.together(text)
        else:
            made = [d for d in (self.deed(text) for _ in range(self.random.choice((1, 1, 1, 2, 2, 3)))) if d is not None]
        return [replace(d, key=f"{key}.{index}") for index, d in enumerate(made[:4])]

    def together(self, text: Text) -> list[Deed]:
        """Amendments that belong together."""
        rows = [n for n in text.all() if n.kind == "par"]
        if len(rows) < 2:
            return []
        at = self.random.randrange(len(rows) - 1)
        one, two = rows[at], rows[at + 1]
        first, second = self.named(text, one), self.named(text, two)
        choice = self.random.randrange(7)
        if choice == 0:
            made = [Deed("renumber", "", first, number=two.number), Deed("renumber", "", second, number=one.number)]
            if self.random.random() < 0.5:
                made.append(Deed("substitute", "", first, after=True, wording=self.paragraf("", 0)))
            return made
        if choice == 1:
            return [self.guarded(Deed("repeal", "", first), text, one), Deed("renumber", "", second, number=one.number)]
        if choice == 2:
            headed = first if one.heading else second
            return [Deed("repeal", "", first), Deed("repeal", "", headed, heading=bool(one.heading or two.heading))]
        if choice == 3:
            return [Deed("repeal", "", first), Deed("insert", "", (("par", one.number),), wording=self.paragraf(""))]
        if choice == 4:
            new = Deed("insert", "", (("par", two.number),), wording=self.paragraf(""))
            return [Deed("renumber", "", second, number=f"{two.number} a"), new]
        if choice == 5:
            return [Deed("repeal", "", first), Deed("repeal", "", second)]
        return [Deed("renumber", "", first, number=two.number), Deed("substitute", "", second, wording=self.paragraf("", 0)),
                Deed("renumber", "", second, number=f"{two.number} a")]  # fmt: skip

    def deed(self, text: Text) -> Deed | None:
        choice = self.random.choice(
            ["repeal"] * 3 + ["substitute"] * 3 + ["reword"] * 3 + ["insert"] * 4 + ["renumber"] * 2
            + ["heading"] * 2 + ["sentence"] * 2 + ["wrong", "within"]
        )  # fmt: skip
        node = self.node(text, "par", "st", *ITEMS, *ITEMS)
        if node is None:
            return Deed("insert", "", (("par", "1"),), wording=self.paragraf(""))
        target = self.named(text, node)
        if choice == "repeal":
            return self.guarded(Deed("repeal", "", target), text, node)
        if choice == "substitute":
            return self.guarded(Deed("substitute", "", target, wording=self.wording(node)), text, node)
        if choice == "reword":
            return self.reword(text, node, target)
        if choice == "insert":
            return self.insert(text, node, target)
        if choice == "renumber":
            node = self.node(text, "par", "p") or node
            if node.kind in ("par", "p"):
                number = self.random.choice((f"{node.number.split(' ')[0]} {self.random.choice('abc')}", str(self.random.randint(1, 9))))
                return self.guarded(Deed("renumber", "", self.named(text, node), number=number), text, node)
        if choice == "heading":
            return self.about_heading(text)
        if choice == "sentence":
            return self.about_sentence(text)
        if choice == "within":
            return Deed("insert", "", target[:-1] + ((node.kind, node.number or "sist"),), wording=self.like(node), continues=node.tag)
        return Deed("repeal", "", (("par", "77"),))

    def like(self, node: Node) -> Node:
        made = {"par": self.paragraf("", 0.3), "st": self.stycke()}
        return made.get(node.kind) or Node(node.kind, text=self.words())

    def wording(self, node: Node) -> Node:
        if node.children and self.random.random() < 0.6:
            return Node(node.kind, text=node.text, closing=node.closing, children=self.edited(node.children))
        new = self.like(node)
        new.heading = ""
        return new

    def reword(self, text: Text, node: Node, target: Target) -> Deed | None:
        said = [w.strip(".,") for n in node.all() for w in n.text.split(" ") if w]
        old = self.random.choice(said)
        new = self.random.choice((self.word(), self.word(), "", "avgift"))
        if self.random.random() < 0.15:
            return Deed("reword", "", (), old=self.random.choice(("avgift", "parknämnden", old)), new=self.word(), hits=0)
        hits = sum(len(places(t, old)) for n in node.all() for t in (n.text, n.closing)) if self.random.random() < 0.95 else 2
        return self.guarded(Deed("reword", "", target, old=old, new=new, hits=hits), text, node)

    def insert(self, text: Text, node: Node, target: Target) -> Deed | None:
        base = target[:-1]
        if node.kind == "par":
            number = str(self.random.randint(1, 9))
            if self.random.random() < 0.7:
                number = f"{node.number.split(' ')[0]} {self.random.choice('ab')}"
            return Deed("insert", "", (*base, ("par", number)), wording=self.paragraf("", 0.3))
        size = sum(n.kind == node.kind for n in text.beside(node.tag))
        number = self.random.choice(("sist", str(self.random.randint(1, size + 1)), str(size + 1)))
        if node.kind == "p":
            number = self.random.choice((str(size + 1), f"{node.number.split(' ')[0]} a"))
        return Deed("insert", "", (*base, (node.kind, number)), wording=self.like(node))

    def about_heading(self, text: Text) -> Deed | None:
        node = self.node(text, "par")
        if node is None:
            return None
        target, said = self.named(text, node), Node("par", heading=self.heading())
        if not node.heading:
            return Deed("insert", "", target, heading=True, wording=said)
        choice = self.random.random()
        if choice < 0.4:
            return self.guarded(Deed("repeal", "", target, heading=True), text, node)
        if choice < 0.7:
            return self.guarded(Deed("substitute", "", target, heading=True, wording=said), text, node)
        return Deed("reword", "", target, heading=True, old=node.heading.split(" ")[0], new=self.word())

    def about_sentence(self, text: Text) -> Deed | None:
        found = [n for n in text.all() if n.kind == "st" and not n.children]
        if not found:
            return None
        node = self.random.choice(found)
        parts = sentences(node.text)
        at = self.random.randrange(len(parts))
        target = (*self.named(text, node), ("m", "sist" if at == len(parts) - 1 and self.random.random() < 0.4 else str(at + 1)))
        choice = self.random.random()
        if choice < 0.3:
            return self.guarded(Deed("repeal", "", target), text, node)
        if choice < 0.6:
            return self.guarded(Deed("substitute", "", target, wording=Node("m", text=self.sentence())), text, node)
        if choice < 0.8:
            return Deed("insert", "", target, wording=Node("m", text=self.sentence()))
        old = self.random.choice(parts[at].rstrip(".").split(" "))
        return Deed("reword", "", target, old=old, new=self.word(), hits=len(places(parts[at], old)))

    # --- events

    def act(self, oracle: Oracle, number: int) -> Act | None:
        """One event more, drawn against what the oracle says the texts are."""
        decided = self.random.randint(5, self.days)
        start = decided + self.random.choice((0, 1, 5, 20, 40)) if self.random.random() < 0.8 else self.random.randint(1, DAYS)
        section = self.random.randint(1, self.sections)
        id = f"{decided}-{section}-{number}"
        known = DAYS * 2 if self.random.random() < 0.85 else decided
        choice = self.random.random()
        decisions = [a for a in oracle.acts if a.kind == "decision" and a.parts]
        later = [a for a in decisions if not any(d.do == "adopt" for p in a.parts for d in p.deeds)]
        if choice < 0.06 and later:
            about = self.random.choice(later)
            if any(a.kind == "annulment" and a.about == about.id for a in oracle.acts):
                return None
            return Act("annulment", id, about.decided + self.random.randint(0, 30), about=about.id)
        if choice < 0.075:
            struck = [a for a in oracle.acts if a.kind == "annulment"]
            if struck:
                about = self.random.choice(struck)
                if any(a.about == about.id for a in struck):
                    return None
                return Act("annulment", id, about.decided + self.random.randint(1, 30), about=about.id)
        if choice < 0.2:
            waiting = [a for a in decisions if any(p.start is None for p in a.parts)]
            if waiting:
                about = self.random.choice(waiting)
                met = about.decided + self.random.randint(0, 30)
                return Act("commencement", id, about.decided + self.random.randint(0, 20), about=about.id, on=met)
        if choice < 0.25 and later:
            about = self.random.choice(later)
            where = self.random.choice(("", about.parts[0].charter))
            start = max(decided, about.decided) + self.random.randint(0, 30)
            return Act("decision", id, decided, section, revokes=((about.id, start, where),))
        texts = {}
        for charter in self.charters:
            try:
                texts[charter] = oracle.text(charter, start, known)
            except Refused:
                return None
        standing = [c for c in self.charters if texts[c].title and not texts[c].repealed]
        if choice < 0.30:
            names = [Deed("rename", f"{id}#{i}.0", old="parknämnden", new="skogsnämnden") for i in range(len(standing))]
            parts = [Part(c, start, None, (name,)) for c, name in zip(standing, names, strict=True)]
            return Act("decision", id, decided, section, tuple(parts))
        if choice < 0.40 and len(standing) > 1:
            return self.move(texts, standing, id, decided, section, start)
        parts = []
        for _ in range(self.random.choice((1, 1, 1, 2))):
            charter = self.random.choice(self.charters if self.random.random() < 0.03 else standing or self.charters)
            part = self.part(texts[charter], charter, start, f"{id}#{len(parts)}")
            if part is not None:
                parts.append(part)
        if not parts:
            return None
        if len(parts) == 1 and choice > 0.93:
            return Act("correction", id, decided, section, tuple(parts))
        return Act("decision", id, decided, section, tuple(parts))

    def part(self, text: Text, charter: str, start: int, key: str) -> Part | None:
        chance = self.random.random()
        if chance < 0.03:
            return Part(charter, start, None, (Deed("dissolve", f"{key}.0"),))
        if chance < 0.10 and text.title:
            title = text.title if chance < 0.07 else f"Reglemente för {self.word()}"
            body = tuple(self.body()) if text.repealed or not text.body else self.anew(text)
            return Part(charter, start, None, (Deed("adopt", f"{key}.0", title=title, body=body, style=text.style),))
        deeds = self.deeds(text, key)
        if not deeds:
            return None
        until = start + self.random.randint(0, 40) if self.random.random() < 0.2 else None
        return Part(charter, None if self.random.random() < 0.1 else start, until, tuple(deeds))

    def move(self, texts: dict[str, Text], standing: list[str], id: str, decided: int, section: int, start: int) -> Act | None:
        """A task goes from one committee to another and stays itself."""
        giver, taker = self.random.sample(standing, 2)
        node, place = self.node(texts[giver], *ITEMS), self.node(texts[taker], *ITEMS)
        if node is None or place is None:
            return None
        out = self.guarded(Deed("repeal", f"{id}#0.0", self.named(texts[giver], node)), texts[giver], node)
        into = self.insert(texts[taker], place, self.named(texts[taker], place))
        assert into is not None
        new = Node(place.kind, text=split_mark(node.text)[0])
        into = replace(into, key=f"{id}#1.0", wording=new, continues=node.tag)
        return Act("decision", id, decided, section, (Part(giver, start, None, (out,)), Part(taker, start, None, (into,))))

    def adoption(self, charter: str, number: int) -> Act:
        """The decision that the charter begins with."""
        decided, section = self.random.randint(0, 4), number + 1
        id = f"{decided}-{section}-0"
        deed = Deed("adopt", f"{id}#0.0", title=f"Reglemente för {charter} parknämnden", body=tuple(self.body()),
                    style=self.random.choice(("{} §", "§ {}")))  # fmt: skip
        return Act("decision", id, decided, section, (Part(charter, decided, None, (deed,)),))
