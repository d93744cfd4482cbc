"""Municipalities made up for measuring: charters, decisions that fit them, and their registers, small or as large as a country.

Everything follows from the numbers given. Texts are those of `edits.py`, so they mean nothing.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from edits import HEADINGS, phrase, sentence

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.consolidate import apply_together, empty
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment, guard_for
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, flat, walk_addressed
from reglemente_tool.model.history import Change, Committee, Decision, History, Municipality
from reglemente_tool.storage.audit import REGISTER
from reglemente_tool.storage.publishing import charter_path, event_path, published
from reglemente_tool.storage.xmlform import event_to_xml, municipality_to_xml

FIRST = date(1995, 1, 16)
PARAGRAPHS = 30
EACH = 2
"""Amendments to a charter in one decision."""


@dataclass(frozen=True)
class Story:
    """One charter's decisions in order, the first of which adopts it, and the text after each."""

    decisions: tuple[Decision, ...]
    texts: tuple[Charter, ...]

    @property
    def history(self) -> History:
        """The decisions as a history of their own."""
        return History(self.decisions)


def story(
    seed: int, decisions: int, *, name: str = "exempelnamnden", size: int = PARAGRAPHS, days: int = 500, steady: bool = False
) -> Story:
    """Return a charter of `size` §§, adopted and amended by `decisions` decisions, `days` apart and in force the month after.

    `steady`: only new words, nothing comes or goes, so that the text is as long in the end as it was.
    """
    dice = random.Random(seed)
    body = tuple(replace(paragraf(dice), number=str(n + 1), marker=f"{n + 1} §", heading=dice.choice(HEADINGS)) for n in range(size))
    adopt = Adopt(title=f"Reglemente för {name}", committee=CommitteeId(name), body=body)
    found: list[Decision] = []
    texts: list[Charter] = []
    for number in range(decisions + 1):
        day = FIRST + timedelta(days=number * days)
        id = DecisionId(f"kf-{day.isoformat()}-{seed % 900 + 1}")
        before = texts[-1] if texts else empty(CharterId(name))
        while True:
            listed = amendments(dice, before, steady) if number else (adopt,)
            change = Change(charter=before.id, in_force_from=day + timedelta(days=30), amendments=listed)
            with suppress(CannotApply):  # now and then a number is taken, or two do not go together: then others
                texts.append(apply_together(before, change, id))
                break
        words = f"Kommunfullmäktige beslutar att {'; att '.join(a.describe() for a in listed)}." if number else "Reglementet antas."
        found.append(
            Decision(
                id=id, decided_on=day, section=str(seed % 900 + 1), title="Revidering", text=words, confirmed_by="kansli", changes=(change,)
            )
        )
    return Story(tuple(found), tuple(texts))


def paragraf(dice: random.Random) -> Provision:
    """Return a § without number: one or two stycken, every third time with a list. Thirty of them are some seven thousand letters."""
    texts = [" ".join(sentence(dice) for _ in range(dice.choice((1, 1, 2)))) for _ in range(dice.choice((1, 1, 2)))]
    stycken = [Provision(Kind.STYCKE, text=text) for text in texts]
    if dice.random() < 0.35:
        texts = [phrase(dice) for _ in range(dice.randint(4, 7))]
        items = tuple(Provision(Kind.STRECKSATS, marker="–", text=text + ("." if text is texts[-1] else ",")) for text in texts)
        stycken.append(Provision(Kind.STYCKE, text="Nämnden ska", children=items))
    return Provision(Kind.PARAGRAF, children=tuple(stycken))


def amendments(dice: random.Random, text: Charter, steady: bool) -> tuple[Amendment, ...]:
    """Return EACH amendments in different §§ of `text`, so that they go together."""
    places = [(a, p) for a, p in walk_addressed(text) if p.kind is not Kind.PARAGRAF or len(p.number) < 4]
    found: list[Amendment] = []
    taken: set[str] = set()
    while len(found) < EACH:
        address, p = dice.choice(places)
        home = address.steps[0].number
        made = None if home in taken else amendment(dice, address, p)
        if made is not None and not (steady and (not isinstance(made, Reword | Substitute) or p.kind is Kind.PARAGRAF)):
            found.append(made)
            taken.add(home)
    return tuple(found)


def amendment(dice: random.Random, address: Address, p: Provision) -> Amendment | None:
    """Return an amendment of what stands at `address`, with its guard and its identity; None when this one is not to be had."""
    guard = guard_for(flat(p))
    if p.kind is Kind.STRECKSATS:
        fate = dice.random()
        if fate < 0.4:
            return Insert(target=address, wording=Provision(Kind.STRECKSATS, text=phrase(dice)))
        if fate < 0.7 and int(address.steps[-1].number) > 3:
            return Repeal(target=address, expects=guard, wid=p.wid)
        return Substitute(target=address, wording=Provision(Kind.STRECKSATS, text=phrase(dice)), expects=guard, wid=p.wid)
    if p.kind is Kind.STYCKE:
        word = dice.choice(p.text.rstrip(".").split())
        if Reword(target=address, old=word, new="").found(Charter(CharterId(""), "", CommitteeId(""), (p,)), p.wid) == 1:
            return Reword(target=address, old=word, new=dice.choice(("övriga", "samtliga", "kommunala")), expects=guard, wid=p.wid)
        return None
    fate = dice.random()
    if fate < 0.3 and " " not in p.number:
        return Renumber(target=address, number=f"{p.number} {dice.choice('abcd')}", wid=p.wid)
    if fate < 0.6 and " " not in p.number:
        number = f"{p.number} {dice.choice('efgh')}"
        return Insert(target=Address().child(Kind.PARAGRAF, number), wording=paragraf(dice))
    return Substitute(target=address, wording=paragraf(dice), expects=guard, wid=p.wid)


@dataclass(frozen=True)
class Town:
    """A municipality: its charters' stories."""

    municipality: Municipality
    stories: tuple[Story, ...]

    @property
    def history(self) -> History:
        """All its decisions, in order of day."""
        return History(tuple(sorted((d for s in self.stories for d in s.decisions), key=lambda d: (d.decided_on, d.id))))

    def files(self) -> dict[str, bytes]:
        """Return the register's files, by path: what was decided, and each charter as it reads in the end."""
        files = {event_path(d): event_to_xml(d) for d in self.history.events}
        for told in self.stories:
            data = published(told.history, told.texts[-1])
            assert data is not None
            files[charter_path(told.texts[-1].id)] = data
        return files | {REGISTER: municipality_to_xml(self.municipality)}

    def commits(self) -> Iterator[tuple[str, dict[str, bytes]]]:
        """Yield (message, files) for each decision, in order: its own file and the charter that it makes."""
        yield "Nytt register", {REGISTER: municipality_to_xml(self.municipality)}
        steps = [(d, History(s.decisions[: i + 1]), s.texts[i]) for s in self.stories for i, d in enumerate(s.decisions)]
        for decision, so_far, text in sorted(steps, key=lambda step: (step[0].decided_on, step[0].id)):
            data = published(so_far, text)
            assert data is not None
            yield decision.name, {event_path(decision): event_to_xml(decision), charter_path(text.id): data}


def town(seed: int, *, charters: int = 15, decisions: int = 20) -> Town:
    """Return a municipality of `charters` charters, each amended `decisions` times over thirty years."""
    days = 30 * 365 // max(decisions, 1)
    told = tuple(story(seed * 100 + n, decisions, name=f"namnd-{n + 1:02d}", days=days) for n in range(charters))
    committees = tuple(Committee(id=s.texts[0].committee, name=f"nämnd {n + 1}") for n, s in enumerate(told))
    return Town(Municipality(name=f"Provkommun {seed}", code=f"{seed % 10_000:04d}", committees=committees), told)


def register(folder: Path, made: Town) -> Path:
    """Make the town's register in `folder` with bare git, one commit for each decision, and return the folder."""
    folder.mkdir(parents=True)
    _git(folder, "init", "--quiet", "--template=", "--initial-branch=main")
    out = []
    for number, (words, files) in enumerate(made.commits()):
        stamp = 1_600_000_000 + number * 60
        out.append(b"commit refs/heads/main\ncommitter prov <prov@localhost> %d +0000" % stamp)
        out.append(b"data %d\n%s" % (len(words.encode()), words.encode()))
        out += [b"M 100644 inline %s\ndata %d\n%s" % (path.encode(), len(data), data) for path, data in files.items()]
    _git(folder, "fast-import", "--quiet", "--done", stdin=b"\n".join([*out, b"done\n"]))
    _git(folder, "reset", "--quiet", "--hard")
    return folder


def _git(folder: Path, *words: str, stdin: bytes = b"") -> None:
    subprocess.run(["git", "-C", str(folder), *words], input=stdin, check=True)
