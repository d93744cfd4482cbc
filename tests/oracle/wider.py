"""Histories whose decisions say several things of one place: what a council seldom does, and where a reckoning most easily goes wrong."""

from __future__ import annotations

from dataclasses import replace

from oracle.draw import Maker, plain
from oracle.text import Deed, Node, Target, Text
from oracle.times import Act, Oracle
from oracle.words import places, sentences


class Wider(Maker):
    """As `Maker`, and more often several amendments that meet, on few days."""

    sections, days = 3, 25

    def act(self, oracle: Oracle, number: int) -> Act | None:
        act = super().act(oracle, number)
        return replace(act, section=200 + number) if act is not None and act.kind == "correction" else act

    def deeds(self, text: Text, key: str) -> list[Deed]:
        chance = self.random.random()
        if chance < 0.3:
            return super().deeds(text, key)
        ways = (self.meningar, self.meningar, self.in_new_words, self.one_list, self.one_list, self.kapitel)
        made = self.random.choice(ways)(text)
        if self.random.random() < 0.2:
            made += [d for d in (self.deed(text),) if d is not None]
        self.random.shuffle(made)
        return [replace(d, key=f"{key}.{index}") for index, d in enumerate(made[:4])]

    def meningar(self, text: Text) -> list[Deed]:
        """Some of a stycke's meningar go, some change, some come."""
        found = [n for n in text.all() if n.kind == "st" and not n.children and len(sentences(n.text)) > 1]
        if not found:
            return []
        node = self.random.choice(found)
        base, size = self.named(text, node), len(sentences(node.text))
        made = []
        for _ in range(self.random.choice((2, 2, 3))):
            at = self.random.randrange(size)
            made.append(self.mening(node, (*base, ("m", "sist" if at == size - 1 and self.random.random() < 0.5 else str(at + 1))), at))
        return made

    def mening(self, node: Node, target: Target, at: int) -> Deed:
        said = sentences(node.text)[at]
        chance = self.random.random()
        if chance < 0.45:
            return Deed("repeal", "", target, expects=said if self.random.random() < 0.5 else "")
        if chance < 0.65:
            new = self.sentence() if self.random.random() < 0.8 else f"{self.sentence()} {self.sentence()}"
            return Deed("substitute", "", target, wording=Node("m", text=new), confirmed=node.tag if self.random.random() < 0.3 else "")
        if chance < 0.75:
            return Deed("insert", "", target, wording=Node("m", text=self.sentence()))
        old = self.random.choice(said.rstrip(".").split(" "))
        return Deed("reword", "", target, old=old, new=self.word(), hits=len(places(said, old)))

    def in_new_words(self, text: Text) -> list[Deed]:
        """§§ that move on or change places, in new words, while something comes where they were."""
        rows = [n for n in text.all() if n.kind == "par"]
        if len(rows) < 2:
            return []
        one, two = self.random.sample(rows, 2)
        first, second = self.named(text, one), self.named(text, two)
        made = [Deed("renumber", "", first, number=two.number), Deed("renumber", "", second, number=one.number)]
        if self.random.random() < 0.5:
            made = [Deed("renumber", "", first, number=self.random.choice((f"{one.number} c", "9", two.number)))]
            made.append(Deed("insert", "", (("par", one.number),), wording=self.paragraf("", 0.3)))
        made.append(Deed("substitute", "", first, wording=self.paragraf("", 0)))
        if self.random.random() < 0.3:
            new = Deed("insert", "", (*first, ("st", "sist")), wording=self.stycke())
            headed = Deed("insert", "", self.random.choice((first, second)), heading=True, wording=Node("par", heading=self.heading()))
            made[-1] = replace(self.random.choice((new, headed)), after=self.random.random() < 0.6)
        if self.random.random() < 0.5:
            aim = self.random.choice((first, second))
            made.append(Deed("substitute", "", aim, after=self.random.random() < 0.6, wording=self.paragraf("", 0.2)))
        return made

    def one_list(self, text: Text) -> list[Deed]:
        """Several items of one list go, come and change, and now and then the stycke around them."""
        found = [n for n in text.all() if n.kind == "st" and len(n.items()) > 1]
        if not found:
            return []
        holder = self.random.choice(found)
        made: list[Deed] = []
        for node in self.random.sample(holder.items(), min(len(holder.items()), self.random.choice((1, 2, 2, 3)))):
            target = self.named(text, node)
            chance = self.random.random()
            if chance < 0.4:
                made.append(self.guarded(Deed("repeal", "", target), text, node))
            elif chance < 0.5:
                made.append(self.guarded(Deed("substitute", "", target, wording=Node(node.kind, text=self.words())), text, node))
            elif chance < 0.6 and node.kind == "p":
                made.append(Deed("renumber", "", target, number=self.random.choice(holder.items()).number))
            else:
                new = self.insert(text, node, target)
                made += [new] if new is not None else []
        if self.random.random() < 0.2:
            target = self.named(text, holder)
            made.append(self.random.choice((Deed("substitute", "", target, wording=self.wording(holder)), Deed("repeal", "", target))))
        return made

    def kapitel(self, text: Text) -> list[Deed]:
        """A kapitel goes, or gets another number, with something in it or beside it."""
        node = self.node(text, "kap")
        if node is None:
            return self.together(text)
        target = self.named(text, node)
        chance = self.random.random()
        if chance < 0.3:
            made = [Deed("repeal", "", target)]
        elif chance < 0.7:
            made = [Deed("renumber", "", target, number=self.random.choice(("1", "2", "3", "1 a")))]
            if self.random.random() < 0.5:
                made.append(Deed("renumber", "", (("kap", "2" if node.number == "1" else "1"),), number=node.number))
        else:
            made = []
        inner = self.deed(Text(text.title, [node], style=text.style))
        return made + ([inner] if inner is not None and self.random.random() < 0.7 else [])

    def anew(self, text: Text) -> tuple[Node, ...]:
        """Now and then the new text says itself who is who: of some of it, or (as what the tool drafts) of all of it."""
        body = super().anew(text)
        chance = self.random.random()
        if chance < 0.4:
            return body
        named, left = tuple(n.copy() for n in body), {n.tag: n for n in text.all()}

        def name(nodes: list[Node]) -> None:
            for node in nodes:
                same = [t for t, n in left.items() if n.kind == node.kind and (plain(n) == plain(node) or self.random.random() < 0.1)]
                if same and self.random.random() < (0.5 if chance < 0.7 else 1.0):
                    node.tag = self.random.choice(same)
                    del left[node.tag]
                name(node.children)

        name(list(named))
        return named


