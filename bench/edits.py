"""Charters and what became of them, with the truth known: for measuring how provisions are paired and how edits are said.

All text is made up from a small stock of words; every number in the results comes from the seeds given here.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, edit_in, walk
from reglemente_tool.model.identity import name_body

BASE = DecisionId("kf-2020-01-27-1")

SUBJECTS = (
    "nämnden ordföranden presidiet förvaltningschefen sekreteraren kommunstyrelsen utskottet ledamöterna ersättarna arkivarien"
).split()
VERBS = (
    "ansvarar svarar beslutar yttrar samråder rapporterar granskar planerar följer bevakar förvaltar upplåter prövar bereder handlägger "
    "anordnar samordnar utövar redovisar fastställer"
).split()
NOUNS = (
    "gator parker bibliotek skolskjuts tillsyn avgifter remisser budget ärenden lokaler fritidsgårdar äldreomsorg hemtjänst "
    "färdtjänst bygglov detaljplaner naturvård renhållning livsmedelskontroll alkoholtillstånd förskola gymnasieskola kulturmiljö "
    "friluftsliv vuxenutbildning arbetsmarknad integration skuldrådgivning familjerätt stadsnät torghandel belysning vattenskydd "
    "räddningstjänst krisberedskap upphandling arkiv personuppgifter internkontroll delegation protokoll kallelser anslag jäv "
    "reservationer närvarorätt medborgarförslag delgivning firmateckning"
).split()
ADVERBS = "skriftligen årligen löpande särskilt gemensamt skyndsamt regelbundet slutligt kvartalsvis digitalt".split()
TAILS = (
    "enligt lag", "i kommunen", "inom området", "med stöd av delegation", "efter samråd", "senast en vecka före sammanträdet",
    "om inte fullmäktige beslutar annat", "inom ramen för budgeten", "tillsammans med berörda nämnder", "varje kvartal",
)  # fmt: skip
HEADINGS = "Uppgifter Sammansättning Sammanträden Kallelse Ersättare Beslutsförhet Delegering Jäv Protokoll Reservation Arkiv".split()


@dataclass
class Story:
    """An old charter, what it became, and what was done: `links` are pairs of identities, old and new."""

    old: Charter
    new: Charter
    links: set[tuple[Wid, Wid]] = field(default_factory=set)
    changes: int = 0


def phrase(dice: random.Random) -> str:
    """Return some words: "ansvarar årligen för bygglov och jäv enligt lag"."""
    words = [dice.choice(VERBS)]
    if dice.random() < 0.4:
        words.append(dice.choice(ADVERBS))
    words += ["för", dice.choice(NOUNS), "och", dice.choice(NOUNS)]
    return " ".join([*words, dice.choice(TAILS)]) if dice.random() < 0.6 else " ".join(words)


def sentence(dice: random.Random) -> str:
    """Return a sentence."""
    return f"{dice.choice(SUBJECTS).capitalize()} {phrase(dice)}."


def stycke(dice: random.Random) -> Provision:
    """Return a stycke: one to three sentences, or a lead-in with a list."""
    if dice.random() < 0.7:
        return Provision(Kind.STYCKE, text=" ".join(sentence(dice) for _ in range(dice.randint(1, 3))))
    count = dice.randint(3, 8)
    seen: dict[str, None] = {}
    while len(seen) < count:
        seen[f"{dice.choice(NOUNS)} och {dice.choice(NOUNS)} {dice.choice(TAILS)}"] = None
    marks = [", samt" if i == count - 2 else "." if i == count - 1 else "," for i in range(count)]
    items = tuple(Provision(Kind.STRECKSATS, marker="–", text=t + m) for t, m in zip(seen, marks, strict=True))
    lead = f"{dice.choice(SUBJECTS).capitalize()} {dice.choice(VERBS)} {dice.choice(ADVERBS)} för"
    return Provision(Kind.STYCKE, text=lead, children=items)


def paragraf(dice: random.Random, number: int) -> Provision:
    """Return a § of one to three stycken."""
    heading = dice.choice(HEADINGS) if dice.random() < 0.3 else ""
    children = tuple(stycke(dice) for _ in range(dice.choice((1, 1, 2, 2, 3))))
    return Provision(Kind.PARAGRAF, number=str(number), marker=f"{number} §", heading=heading, children=children)


def charter(dice: random.Random, size: int) -> Charter:
    """Return a charter of `size` §§ with identities."""
    body = tuple(paragraf(dice, n + 1) for n in range(size))
    return name_body(Charter(CharterId("exempelnamnden"), "Reglemente för exempelnämnden", CommitteeId("exempelnamnden"), body), BASE)


class Editor:
    """Makes edits to a charter and remembers what they were. What is new gets identities "ny-1", "ny-2" …"""

    def __init__(self, old: Charter, dice: random.Random) -> None:
        self.old, self.body, self.dice, self.made = old, old.body, dice, 0
        self.extra: set[tuple[Wid, Wid]] = set()
        self.changes = 0
        self.touched: set[Wid] = set()

    def story(self) -> Story:
        """Return what it all came to."""
        before, after = ({p.wid for p in walk(b)} for b in (self.old.body, self.body))
        links = {(w, w) for w in before & after} | self.extra
        return Story(self.old, replace(self.old, body=self.body), links, self.changes)

    def new(self, p: Provision) -> Provision:
        """Return `p` with identities of its own."""
        self.made += 1
        return replace(p, wid=Wid(f"ny-{self.made}"), children=tuple(self.new(c) for c in p.children))

    def pick(self, kind: Kind) -> Provision | None:
        """Return a provision that nothing has been done to yet, nor to what it lies in or what lies in it."""
        homes = {c.wid: p.wid for p in walk(self.body) for c in p.children}
        free = []
        for p in walk(self.body):
            line = {p.wid, homes.get(p.wid), homes.get(homes.get(p.wid, Wid("")), Wid("")), *(q.wid for q in walk(p.children))}
            if p.kind is kind and not line & self.touched:
                free.append(p)
        return self.dice.choice(free) if free else None

    def set(self, wid: Wid, change) -> None:  # type: ignore[no-untyped-def]
        """Make one change to the provision `wid`."""
        made = edit_in(self.body, wid, change)
        assert made is not None
        self.body = made

    def words(self) -> None:
        """Change one or two words of a text."""
        p = self.pick(self.dice.choice((Kind.STYCKE, Kind.STRECKSATS)))
        if p is None or not p.text:
            return
        words = p.text.split()
        at = self.dice.randrange(len(words))
        tail = words[at][-1] if words[at][-1] in ".," else ""
        words[at] = self.dice.choice(["särskilda", "övriga", "kommunala", "samtliga"]) + tail
        self._done(p, lambda q: replace(q, text=" ".join(words)))

    def rewrite(self) -> None:
        """Give a stycke about half its words anew."""
        p = self.pick(Kind.STYCKE)
        if p is None or p.children:
            return
        words = p.text.split()
        cut = len(words) // 2
        self._done(p, lambda q: replace(q, text=" ".join(words[:cut]) + " " + phrase(self.dice) + "."))

    def item_in(self) -> None:
        """Put an item in a list, with the marks of its place."""
        p = self._list()
        if p is None:
            return
        at = self.dice.randint(0, len(p.children))
        words = f"{self.dice.choice(NOUNS)} och {self.dice.choice(NOUNS)} utanför tätorten"
        fresh = self.new(Provision(Kind.STRECKSATS, marker="–", text=words))
        self._done(p, lambda q: replace(q, children=marked((*q.children[:at], fresh, *q.children[at:]))))

    def item_out(self) -> None:
        """Take an item out of a list."""
        p = self._list()
        if p is None:
            return
        at = self.dice.randrange(len(p.children))
        self._done(p, lambda q: replace(q, children=marked((*q.children[:at], *q.children[at + 1 :]))))

    def _list(self) -> Provision | None:
        return next((p for _ in range(20) if (p := self.pick(Kind.STYCKE)) is not None and len(p.children) > 2), None)

    def stycke_in(self) -> None:
        """Put a stycke in a §."""
        p = self.pick(Kind.PARAGRAF)
        if p is not None:
            at, fresh = self.dice.randint(0, len(p.children)), self.new(stycke(self.dice))
            self._done(p, lambda q: replace(q, children=(*q.children[:at], fresh, *q.children[at:])))

    def stycke_out(self) -> None:
        """Take a stycke out of a §."""
        p = self.pick(Kind.PARAGRAF)
        if p is not None and len(p.children) > 1:
            at = self.dice.randrange(len(p.children))
            self._done(p, lambda q: replace(q, children=(*q.children[:at], *q.children[at + 1 :])))

    def paragraf_in(self) -> None:
        """Put a § between two, with a letter."""
        p = self.pick(Kind.PARAGRAF)
        if p is None or " " in p.number or any(q.number == f"{p.number} a" for q in self.body):
            return
        at = [q.wid for q in self.body].index(p.wid)
        fresh = self.new(replace(paragraf(self.dice, 0), number=f"{p.number} a", marker=f"{p.number} a §", heading=""))
        self.body = (*self.body[: at + 1], fresh, *self.body[at + 1 :])
        self.touched |= {q.wid for q in walk((fresh,))}
        self.changes += 1

    def paragraf_out(self) -> None:
        """Repeal a §; its number is left empty."""
        p = self.pick(Kind.PARAGRAF)
        if p is not None and not p.heading:
            self.body = tuple(q for q in self.body if q.wid != p.wid)
            self.changes += 1

    def swap(self) -> None:
        """Let two §§ change numbers."""
        one, other = self.pick(Kind.PARAGRAF), self.pick(Kind.PARAGRAF)
        if one is None or other is None or one.wid == other.wid or one.heading or other.heading:
            return
        change = {
            one.wid: replace(other, number=one.number, marker=one.marker),
            other.wid: replace(one, number=other.number, marker=other.marker),
        }
        self.body = tuple(change.get(q.wid, q) for q in self.body)
        self.touched |= {one.wid, other.wid}
        self.changes += 2

    def move_item(self) -> None:
        """Move an item to another list."""
        one, other = self._list(), self._list()
        if one is None or other is None or one.wid == other.wid:
            return
        at = self.dice.randrange(len(one.children))
        gone = one.children[at]
        self._done(one, lambda q: replace(q, children=marked((*q.children[:at], *q.children[at + 1 :]))))
        self._done(other, lambda q: replace(q, children=marked((*q.children, gone))))
        self.touched.add(gone.wid)

    def split(self) -> None:
        """Make two §§ of one with several stycken; the first keeps the number."""
        p = self.pick(Kind.PARAGRAF)
        if p is None or len(p.children) < 2 or any(q.number == f"{p.number} a" for q in self.body):
            return
        cut = self.dice.randrange(1, len(p.children))
        rest = replace(p, wid=Wid(f"del-{p.wid}"), number=f"{p.number} a", marker=f"{p.number} a §", heading="", children=p.children[cut:])
        at = [q.wid for q in self.body].index(p.wid)
        self.body = (*self.body[:at], replace(p, children=p.children[:cut]), rest, *self.body[at + 1 :])
        self.extra.add((p.wid, rest.wid))
        self.touched |= {p.wid, rest.wid}
        self.changes += 1

    def merge(self) -> None:
        """Make one § of two neighbours."""
        p = self.pick(Kind.PARAGRAF)
        at = [q.wid for q in self.body].index(p.wid) + 1 if p is not None else len(self.body)
        if p is None or at >= len(self.body):
            return
        other = self.body[at]
        if other.heading or {q.wid for q in walk((other,))} & self.touched:
            return
        whole = replace(p, children=(*p.children, *other.children))
        self.body = (*self.body[: at - 1], whole, *self.body[at + 1 :])
        self.extra.add((other.wid, p.wid))
        self.touched |= {p.wid, other.wid}
        self.changes += 1

    def renumber(self) -> None:
        """Number all §§ from 1."""
        before = {p.wid: p.number for p in self.body}
        self.body = tuple(replace(p, number=str(n), marker=f"{n} §") for n, p in enumerate(self.body, 1))
        self.changes += sum(1 for p in self.body if p.wid in before and before[p.wid] != p.number and not p.wid.startswith(("ny-", "del-")))

    def heading(self) -> None:
        """Give a § another heading."""
        p = self.pick(Kind.PARAGRAF)
        if p is not None and p.heading:
            self._done(p, lambda q: replace(q, heading=f"Om {self.dice.choice(NOUNS)}"))

    def _done(self, p: Provision, change) -> None:  # type: ignore[no-untyped-def]
        self.set(p.wid, change)
        self.touched.add(p.wid)
        self.changes += 1


def marked(items: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Return the items of a list with the marks of their places: ",", ", samt", "."."""
    made = []
    for index, item in enumerate(items):
        bare = item.text.removesuffix(", samt").rstrip(",.")
        back = len(items) - 1 - index
        made.append(replace(item, text=bare + (", samt" if back == 1 else "." if back == 0 else ",")))
    return tuple(made)


PLAIN = (
    "words", "rewrite", "item_in", "item_out", "stycke_in", "stycke_out", "paragraf_in", "paragraf_out", "swap", "heading", "move_item",
)  # fmt: skip
WHOLE = (*PLAIN, "split", "merge", "renumber")


def story(seed: int, size: int, edits: int, kinds: tuple[str, ...]) -> Story:
    """Return a charter of `size` §§ and what `edits` edits of `kinds`, drawn by `seed`, make of it."""
    dice = random.Random(seed)
    editor = Editor(charter(dice, size), dice)
    last = False
    for _ in range(edits):
        kind = dice.choice(kinds)
        if kind == "renumber":
            last = True
        else:
            getattr(editor, kind)()
    if last:
        editor.renumber()
    return editor.story()
