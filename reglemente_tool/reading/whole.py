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
from reglemente_tool.model.charter import Charter, CharterId, Wid, by_wid, flat, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.proposal import Question, Suggestion
from reglemente_tool.model.wording import bare
from reglemente_tool.reading import naming
from reglemente_tool.reading.resolving import Outcome
from reglemente_tool.reading.resolving._targets import contained_subject, same_subject
from reglemente_tool.reading.skeleton import places_in, skeleton


def whole(outcome: Outcome, charters: tuple[Charter, ...], answers: Mapping[str, str], prose: str, names: naming.Register) -> Outcome:
    """Return the outcome of all clauses with what they say together: `continues` set, and what to ask and to warn of."""
    texts = {(c.id, wid): flat(p) for c in charters for wid, p in by_wid(c).items()} if outcome.suggestions else {}
    outcome = _joined(outcome, texts, answers, _gone_along(outcome, charters))
    problems = (*_halves(outcome, texts), *_summary(outcome, prose, names))
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


_ORDINAL_ITEM = re.compile(r"strecksats|punkt|att-?sats|bullet", re.IGNORECASE)


def _summary(outcome: Outcome, prose: str, names: naming.Register) -> Iterator[Problem]:
    """The summary often names by ordinal what the clause names by its words; both must mean the same."""
    aimed = [s for s in outcome.suggestions if s.amendment.locates and s.amendment.target.steps and s.amendment.target.steps[-1].kind.item]
    if not aimed:
        return
    sentences = [s for s in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n{2,}", prose[:60_000]) if _ORDINAL_ITEM.search(s) and len(s) < 2000]
    for sentence in sentences[:40]:
        for place in places_in(skeleton(sentence)):
            if not place.addresses or not place.addresses[0].steps:
                continue
            named = {c.id for name in place.charters if name for c in names.charters(name)}
            for address in place.addresses:
                last = address.steps[-1]
                rivals = [
                    s
                    for s in aimed
                    if _paragraf(s) == [x for x in address.steps if x.kind is Kind.PARAGRAF] and (not named or s.charter in named)
                ]
                if not last.kind.item or not last.number.isdigit() or not rivals:
                    continue
                if all(s.amendment.target.steps[-1].number != last.number for s in rivals):
                    yield Problem(
                        "TVETYDIG",
                        f"Sammanfattningen talar om {cite(address)}, men att-satsens ord står i {cite(rivals[0].amendment.target)}.",
                        Place(f"att-sats {rivals[0].clause}", " ".join(sentence.split())[:300]),
                        Level.VARNING,
                        "Kontrollera vilken strecksats som avses.",
                    )


def _paragraf(s: Suggestion) -> list[object]:
    return [x for x in s.amendment.target.steps if x.kind is Kind.PARAGRAF]
