"""What is seen only when all clauses have been resolved: a task that changes hands, half a move, a summary that says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.address import Kind
from reglemente_tool.model.amendment import said
from reglemente_tool.model.charter import Charter, CharterId, Provision, Wid, by_wid, flat, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.proposal import Question, Suggestion
from reglemente_tool.model.wording import bare
from reglemente_tool.reading import naming
from reglemente_tool.reading.resolving import Outcome
from reglemente_tool.reading.resolving._targets import contained_subject, same_subject
from reglemente_tool.reading.resolving.words import number
from reglemente_tool.reading.skeleton import places_in, skeleton


def whole(outcome: Outcome, charters: tuple[Charter, ...], answers: Mapping[str, str], prose: str, names: naming.Register) -> Outcome:
    """Return the outcome of all clauses with what they say together: `continues` set, and what to ask and to warn of."""
    texts = {(c.id, wid): flat(p) for c in charters for wid, p in by_wid(c).items()} if outcome.suggestions else {}
    outcome = _joined(outcome, texts, answers, _gone_along(outcome, charters))
    sentences = _sentences(prose) if outcome.suggestions else ()
    told = (check(outcome, sentences, names) for check in (_summary, _moves, _members))
    problems = (*_halves(outcome, texts), *(problem for found in told for problem in found))
    return outcome.and_then(Outcome(problems=problems))


Texts = Mapping[tuple[CharterId, Wid], str]


def _gone(outcome: Outcome) -> list[Suggestion]:
    return [
        s
        for s in outcome.suggestions
        if isinstance(s.amendment, Repeal) and s.amendment.target.steps and s.amendment.target.steps[-1].kind.item
    ]


def _gone_along(outcome: Outcome, charters: tuple[Charter, ...]) -> list[Suggestion]:
    """What a charter that is repealed as a whole takes along, item by item, as if each had been said to go."""
    ended = {s.charter: s.clause for s in outcome.suggestions if isinstance(s.amendment, Dissolve)}
    return [
        Suggestion(ended[c.id], c.id, Repeal(target=address, wid=p.wid))
        for c in charters if c.id in ended
        for address, p in walk_addressed(c) if p.kind.item
    ]  # fmt: skip


def _joined(outcome: Outcome, texts: Texts, answers: Mapping[str, str], along: list[Suggestion]) -> Outcome:
    """An item that comes in with the words of one that goes is the same task, in another place."""
    taken = {s.amendment.continues for s in outcome.suggestions if isinstance(s.amendment, Insert)}
    free = [s for s in (*_gone(outcome), *along) if s.amendment.wid not in taken]
    free = list({s.amendment.wid: s for s in free}.values())
    coming = [
        s for s in outcome.suggestions
        if isinstance(s.amendment, Insert) and not s.amendment.continues and s.amendment.target.steps[-1].kind.item
    ]  # fmt: skip
    pairs: dict[int, Suggestion] = {}
    for new in coming:
        old = _partner(new, [s for s in free if s not in pairs.values()], texts)
        if old is not None:
            pairs[outcome.suggestions.index(new)] = old
    made = list(outcome.suggestions)
    questions: list[Question] = []
    for index, old in pairs.items():
        new = made[index]
        assert isinstance(new.amendment, Insert)
        answer = answers.get(f"FORTSATTER:{new.clause}", answers.get("FORTSATTER", ""))
        if answer != "nej":
            made[index] = replace(new, amendment=replace(new.amendment, continues=old.amendment.wid))
        if answer not in ("ja", "nej"):
            comes, goes = flat(new.amendment.wording), bare(texts[old.charter, old.amendment.wid])
            text = f"Är {said(comes, 80)} samma uppgift som {said(goes, 80)}, som utgår?"
            questions.append(Question("FORTSATTER", text, new.clause, ("ja", "nej"), "ja"))
    return replace(outcome, suggestions=tuple(made), questions=(*outcome.questions, *questions))


def _partner(new: Suggestion, gone: list[Suggestion], texts: Texts) -> Suggestion | None:
    assert isinstance(new.amendment, Insert)
    words = flat(new.amendment.wording)
    for alike in (same_subject, contained_subject):
        found = [s for s in gone if alike(words, texts.get((s.charter, s.amendment.wid), ""))]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _halves(outcome: Outcome, texts: Texts) -> Iterator[Problem]:
    """A task that goes and comes nowhere is left without a committee; perhaps that is meant."""
    taken = {s.amendment.continues for s in outcome.suggestions if isinstance(s.amendment, Insert)}
    for s in _gone(outcome):
        if s.amendment.wid not in taken and not s.derived:
            text = texts.get((s.charter, s.amendment.wid), "")
            yield Problem(
                "HALVA",
                f"{said(bare(text), 80)} utgår, men förs inte in någon annanstans i beslutet.",
                Place(f"att-sats {s.clause}"),
                Level.VARNING,
                "Kontrollera vem som ska ha uppgiften.",
            )


_PLACED = re.compile(r"strecksats|punkt|att-?sats|bullet|stycke", re.IGNORECASE)
_MOVED = re.compile(rf"\bfrån\s+(?P<old>{naming.BODY})\s+(?:över\s+)?till\s+(?P<new>{naming.BODY})", re.IGNORECASE)
_TRANSFERS = re.compile(r"flytta|överför|föras? över|förs över|tas över", re.IGNORECASE)
_NUMBERED = re.compile(r"\btill\s+(?P<count>\w{1,10})\s+(?:ordinarie\s+)?(?P<who>ledamöter|ersättare)\b", re.IGNORECASE)
_COUNT = re.compile(r"\b(?P<count>\w{1,10})\s+(?:ordinarie\s+)?(?P<who>ledamöter|ersättare)\b", re.IGNORECASE)


def _sentences(prose: str) -> tuple[str, ...]:
    """Return the sentences of the summary that say where, whose or how many; a long text is not read to its end."""
    found = (s for s in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n{2,}", prose[:60_000]) if len(s) < 2000)
    return tuple(s for s in found if _PLACED.search(s) or _TRANSFERS.search(s) or _NUMBERED.search(s))[:60]


def _doubt(message: str, s: Suggestion, sentence: str, hint: str) -> Problem:
    return Problem("TVETYDIG", message, Place(f"att-sats {s.clause}", " ".join(sentence.split())[:300]), Level.VARNING, hint)


def _summary(outcome: Outcome, sentences: tuple[str, ...], names: naming.Register) -> Iterator[Problem]:
    """The summary often names by ordinal what the clause names by its words; both must mean the same."""
    aimed = [s for s in outcome.suggestions if s.amendment.locates and s.amendment.target.steps]
    for sentence in (x for x in sentences if _PLACED.search(x)) if aimed else ():
        for place in places_in(skeleton(sentence)):
            named = {c.id for name in place.charters if name for c in names.charters(name)}
            for address in place.addresses:
                last = address.steps[-1] if address.steps else None
                if last is None or not last.number.isdigit() or not (last.kind.item or last.kind is Kind.STYCKE):
                    continue
                rivals = [
                    (s, step)
                    for s in aimed
                    if _paragraf(s) == [x for x in address.steps if x.kind is Kind.PARAGRAF] and (not named or s.charter in named)
                    for step in s.amendment.target.steps
                    if (step.kind.item and last.kind.item) or step.kind is last.kind
                ]
                if rivals and all(step.number != last.number for _, step in rivals):
                    unit = "strecksats" if last.kind.item else "stycke"
                    yield _doubt(
                        f"Sammanfattningen talar om {cite(address)}, men "
                        f"{'att-satsens ord står i' if last.kind.item else 'att-satsen ändrar'} {cite(rivals[0][0].amendment.target)}.",
                        rivals[0][0], sentence, f"Kontrollera {'vilken' if last.kind.item else 'vilket'} {unit} som avses.",
                    )  # fmt: skip


def _moves(outcome: Outcome, sentences: tuple[str, ...], names: naming.Register) -> Iterator[Problem]:
    """What the summary says of a task that changes hands: from whom, and to whom."""
    home = {s.amendment.wid: s.charter for s in _gone(outcome)}
    pairs = [
        (s, home[s.amendment.continues], s.charter)
        for s in outcome.suggestions
        if isinstance(s.amendment, Insert) and s.amendment.continues in home
    ]
    for sentence in (x for x in sentences if _TRANSFERS.search(x)) if pairs else ():
        for match in _MOVED.finditer(sentence):
            told = [{c.id for c in names.charters(naming.normal(match[side]))} for side in ("old", "new")]
            if all(told) and not any(old in told[0] and new in told[1] for _, old, new in pairs):
                yield _doubt(
                    f"Sammanfattningen säger {said(match[0], 100)}, men beslutet flyttar ingen uppgift så.",
                    pairs[0][0], sentence, "Kontrollera vilken nämnd som lämnar uppgiften och vilken som får den.",
                )  # fmt: skip


def _members(outcome: Outcome, sentences: tuple[str, ...], names: naming.Register) -> Iterator[Problem]:
    """How many members and deputies the summary says that a committee gets."""
    for s in outcome.suggestions:
        new = getattr(s.amendment, "new", "") or flat(getattr(s.amendment, "wording", None) or _NOTHING)
        decided = {match["who"].lower(): number(match["count"]) for match in _COUNT.finditer(new) if number(match["count"])}
        for sentence in sentences if decided else ():
            spoken = {naming.normal(m[0]) for m in _BODY.finditer(sentence) if not naming.is_generic(m[0])}
            mine = not spoken or any(s.charter == c.id for name in spoken for c in names.charters(name))
            for match in _NUMBERED.finditer(sentence):
                who, count = match["who"].lower(), number(match["count"])
                if count and who in decided and decided[who] != count and mine:
                    yield _doubt(
                        f"Sammanfattningen säger {said(match[0], 60)}, men beslutet {decided[who]} {who}.",
                        s, sentence, "Kontrollera antalet mot det justerade protokollet.",
                    )  # fmt: skip


_BODY = re.compile(naming.BODY, re.IGNORECASE)
_NOTHING = Provision(kind=Kind.STYCKE)


def _paragraf(s: Suggestion) -> list[object]:
    return [x for x in s.amendment.target.steps if x.kind is Kind.PARAGRAF]
