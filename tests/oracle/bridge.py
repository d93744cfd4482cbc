"""The oracle's histories as the package's, and both answers side by side: texts, identities, sources, refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from oracle.draw import DAYS, Maker
from oracle.text import Deed, Node, Refused, Text
from oracle.times import Act, Oracle
from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.consolidate import Version, versions
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Address, Kind, Part, Reads, Step
from reglemente_tool.model.amendment import Amendment, guard_for
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid
from reglemente_tool.model.history import Annulment, Change, Commencement, Condition, Correction, Decision, Event, History, Revocation

KINDS = {"kap": Kind.KAPITEL, "par": Kind.PARAGRAF, "st": Kind.STYCKE, "p": Kind.PUNKT, "ss": Kind.STRECKSATS, "m": Kind.MENING}
ZERO = date(2015, 1, 1)


class Disagreement(AssertionError):
    """The two answers differ."""


@dataclass
class Pair:
    """One history told to both."""

    oracle: Oracle = field(default_factory=Oracle)
    events: list[Event] = field(default_factory=list)
    wids: dict[str, Wid] = field(default_factory=dict)
    ids: dict[str, DecisionId] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, act: Act) -> None:
        """Tell both of one event more."""
        self.oracle.acts.append(act)
        self.events.append(self.event(act))
        self.ids[act.id] = self.events[-1].id

    def drop(self) -> None:
        """Take the last event back."""
        self.oracle.acts.pop()
        self.events.pop()

    # --- the same history in the package's values

    def event(self, act: Act) -> Event:
        on = day(act.decided)
        if act.kind == "annulment":
            return Annulment(decided_on=on, annuls=self.ids[act.about], by="förvaltningsrätten")
        if act.kind == "commencement":
            return Commencement(decision=self.ids[act.about], on=day(act.on), decided_on=on)
        changes = tuple(
            Change(
                charter=CharterId(p.charter),
                in_force_from=day(p.start) if p.start is not None else Condition("när beslutet vunnit laga kraft"),
                in_force_until=day(p.until) if p.until is not None else None,
                amendments=tuple(self.amendment(d, p.charter) for d in p.deeds),
            )
            for p in act.parts
        )
        if act.kind == "correction":
            return Correction(decided_on=on, number=str(act.section), change=changes[0], reason="skrivfel")
        revoked = tuple(
            Revocation(annuls=self.ids[about], in_force_from=day(start), charter=CharterId(where) if where else None)
            for about, start, where in act.revokes
        )
        return Decision(id=DecisionId(f"kf-{act.id}"), decided_on=on, section=str(act.section), changes=changes, revocations=revoked)

    def amendment(self, deed: Deed, charter: str) -> Amendment:
        address = Address(tuple(Step(KINDS[k], n) for k, n in deed.target), Part.RUBRIK if deed.heading else Part.HELA)
        reads = Reads.NY if deed.after else Reads.NUVARANDE
        guard, wid = guard_for(deed.expects) if deed.expects else "", self.wids[deed.confirmed] if deed.confirmed else Wid("")
        if deed.do == "adopt":
            committee = CommitteeId(charter)
            return Adopt(title=deed.title, committee=committee, body=tuple(provision(n, deed.style, self.wids) for n in deed.body))
        if deed.do == "dissolve":
            return Dissolve()
        if deed.do == "rename":
            return Rename(committee=CommitteeId(charter), old=deed.old, new=deed.new)
        if deed.do == "repeal":
            return Repeal(target=address, reads=reads, expects=guard, wid=wid)
        if deed.do == "renumber":
            return Renumber(target=address, reads=reads, expects=guard, wid=wid, number=deed.number)
        if deed.do == "reword":
            return Reword(target=address, reads=reads, expects=guard, wid=wid, old=deed.old, new=deed.new, hits=deed.hits)
        assert deed.wording is not None
        if deed.do == "substitute":
            return Substitute(target=address, reads=reads, expects=guard, wid=wid, wording=provision(deed.wording))
        continues = self.wids[deed.continues] if deed.continues else Wid("")
        return Insert(target=address, reads=reads, wording=provision(deed.wording), continues=continues)

    # --- side by side

    def compare(self, charter: str, known: int, random: Random | None = None) -> set[str]:
        """Raise Disagreement unless both say the same of every day; return the reasons of a refusal that they agree on."""
        events = list(self.events)
        if random is not None:
            random.shuffle(events)
        mine: list[tuple[int, Text]] = []
        reasons: set[str] = set()
        try:
            mine = self.oracle.all_texts(charter, known)
        except Refused:
            reasons = self.reasons(charter, known)
        try:
            theirs = versions(History(tuple(events)), CharterId(charter), day(known))
        except CannotApply as error:
            if not reasons:
                raise Disagreement(f"{charter} known {known}: only the engine refuses: {error.code} {error}") from error
            if error.code not in reasons:
                raise Disagreement(f"{charter} known {known}: engine {error.code} {error}; oracle {reasons}") from error
            return reasons
        if reasons:
            raise Disagreement(f"{charter} known {known}: only the oracle refuses: {reasons}")
        self.same(charter, known, mine, theirs)
        return set()

    def reasons(self, charter: str, known: int) -> set[str]:
        """The reasons for refusing the first day that is refused."""
        for here in self.oracle.days(charter, known):
            try:
                self.oracle.text(charter, here, known)
            except Refused as refused:
                return refused.reasons
        raise AssertionError("nothing is refused")

    def same(self, charter: str, known: int, mine: list[tuple[int, Text]], theirs: tuple[Version, ...]) -> None:
        if [day(d) for d, _ in mine] != [v.start for v in theirs]:
            raise Disagreement(f"{charter} known {known}: days {[day(d) for d, _ in mine]} and {[v.start for v in theirs]}")
        for (start, text), version in zip(mine, theirs, strict=True):
            self.seen["texts"] += 1
            where = f"{charter} on {start} known {known}"
            one, other = "\n".join(lines(text)), "\n".join(said(version.charter))
            if one != other:
                raise Disagreement(f"{where}\n--- oracle\n{one}\n--- engine\n{other}")
            for node, found in zip(text.all(), flat(version.charter.body), strict=True):
                if self.wids.setdefault(node.tag, found.wid) != found.wid:
                    raise Disagreement(f"{where}: {node.tag} was {self.wids[node.tag]}, is {found.wid}\n{one}")
                if self.ids[node.source] != found.source:
                    raise Disagreement(f"{where}: {node.tag}: source {node.source}, engine {found.source}\n{one}")
        if len(set(self.wids.values())) != len(self.wids):
            twice = [w for w, n in Counter(self.wids.values()).items() if n > 1]
            raise Disagreement(f"{charter} known {known}: one identity for {[t for t, w in self.wids.items() if w in twice]}")


def day(number: int) -> date:
    return ZERO + timedelta(days=number)


def provision(node: Node, style: str = "{} §", named: Mapping[str, Wid] | None = None) -> Provision:
    """The node as a provision; `named`: what each tag is called, where the wording itself says who is who."""
    pattern = {"par": style, "ss": "–", "p": "{}."}.get(node.kind, "")
    marker = pattern.format(node.number) if node.number or node.kind == "ss" else ""
    kind = KINDS[node.kind] if node.kind != "m" else Kind.STYCKE
    return Provision(
        kind=kind, wid=named[node.tag] if named and node.tag else Wid(""), number=node.number, marker=marker,
        heading=node.heading, text=node.text, closing=node.closing,
        children=tuple(provision(c, style, named) for c in node.children),
    )  # fmt: skip


def lines(text: Text) -> list[str]:
    """The oracle's text as lines, everything that shows."""
    found = [f"{text.title}{' (upphävt)' if text.repealed else ''}"]
    for n in text.all():
        marker = {"par": "" if n.bare else text.style.format(n.number), "ss": "–", "p": f"{n.number}."}.get(n.kind, "")
        found.append(f"{n.kind} {n.number} [{marker}] <{n.heading}> {n.text} / {n.closing}")
    return found


def said(charter: Charter) -> list[str]:
    """The engine's text as the same lines."""
    short = {kind: name for name, kind in KINDS.items()}
    found = [f"{charter.title}{' (upphävt)' if charter.repealed else ''}"]
    return found + [
        f"{short[p.kind]} {p.number} [{p.marker}] <{p.heading}> {p.text} / {p.closing}" for p in flat(charter.body)
    ]


def flat(body: tuple[Provision, ...]) -> list[Provision]:
    return [p for top in body for p in (top, *flat(top.children))]


def one_history(seed: int, pair: Pair | None = None, draw: type[Maker] = Maker) -> tuple[Pair, Counter[str]]:
    """Draw the history with this seed and compare at every step and, at the end, as known on every day. Raises Disagreement; `pair`
    then holds the events up to there.
    """
    random = Random(seed)
    maker, pair, told = draw(random), pair or Pair(), Counter[str]()
    for number, charter in enumerate(maker.charters):
        pair.add(maker.adoption(charter, number))
        pair.compare(charter, 2 * DAYS)
    for number in range(random.randint(3, 8)):
        act = maker.act(pair.oracle, number + 1)
        if act is None:
            continue
        try:
            pair.add(act)
        except KeyError:
            # A confirmed target that only another known day has: nobody could have confirmed it.
            pair.oracle.acts.pop()
            continue
        touched = {p.charter for p in act.parts} if act.parts else set(maker.charters)
        reasons = set[str]().union(*(pair.compare(c, 2 * DAYS) for c in sorted(touched)))
        told[f"refused {'/'.join(sorted(reasons))}" if reasons else act.kind] += 1
        told.update(d.do for p in act.parts for d in p.deeds)
        if reasons and random.random() < 0.8:
            pair.drop()
    for known in sorted({a.decided for a in pair.oracle.acts}):
        for charter in maker.charters:
            pair.compare(charter, known, random)
            told["questions"] += 1
    told["texts"] = pair.seen["texts"]
    return pair, told
