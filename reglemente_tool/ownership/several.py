"""A question for several tasks at once: taken apart where each part names a task of its own, and the answers put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from reglemente_tool.ownership.answers import Answer, Holding
from reglemente_tool.ownership.question import Question
from reglemente_tool.ownership.tagging import Tagger

_BETWEEN = re.compile(r"\s*(?:[,;&?!.]|\b(?:och|samt|respektive|plus)\b)\s*")
_ASKS = re.compile(r"(?:vem|vilken|vilka|vilket|var|vart|hur|när)\b")
_TELLS = re.compile(
    r"\b(?:jag|vi|hon|han|den|det|man|vill|ska|är|var|har|hade|kan|får|blir|blev|behöver|måste|som|att)\b|"
    r"^[^\W\d_]+[ae]r (?!av|för|till|på|i|om|med|inom|vid|under|och|samt)"
)
"""What makes a part a sentence that tells something, and no item of a list."""


def apart(question: Question, read: Callable[[str], Question], tagger: Tagger) -> tuple[tuple[str, Question], ...]:
    """Return the parts of a question that asks for several tasks, each with the words that name its task; () when it asks for one.

    Each part that says anything has to name a task, no task may take words from two parts ("köp och försäljning av mark"), and none
    of the tasks may be a part of another.
    """
    own = {task for task, words in question.tasks if words}
    if len(own) < 2 or question.statutes or question.elsewhere or question.english:
        return ()
    found: list[tuple[str, Question]] = []
    for number, text in enumerate(filter(None, _BETWEEN.split(question.text))):
        if number and not _ASKS.match(text.lower()) and _TELLS.search(text.lower()):
            return ()
        part = read(text)
        if part.elsewhere or any(not w.loose for w in part.words if not part.tasks):
            return ()
        if part.tasks:
            words = set().union(*(words for task, words in part.tasks if task not in part.beside))
            found.append((" ".join(w.text for w in (*part.general, *part.words) if w.text in words) or text, part))
        elif part.general and found:
            return ()
    chiefs = [{task for task, _ in part.tasks if task not in part.beside} for _, part in found]
    said = {task for chief in chiefs for task in chief}
    alike = any(
        one & other or any(set(tagger.above(t)) & other for t in one) or any(set(tagger.above(t)) & one for t in other)
        for i, one in enumerate(chiefs)
        for other in chiefs[i + 1 :]
    )
    spanning = {task for task, words in question.tasks if words and task not in question.beside} - said
    return () if len(found) < 2 or alike or spanning else tuple(found)


def together(question: str, parts: Sequence[tuple[str, Answer]]) -> Answer:
    """Return one answer of those to the parts, each provision with the part that it answers. What a part lacks is said."""
    day = parts[0][1].in_force
    quoted = [f"”{label}”" for label, _ in parts]
    named = f"{', '.join(quoted[:-1])} och {quoted[-1]}"
    missing = [answer.refusal for _, answer in parts if answer.refusal]
    owners = tuple(_labelled(h, label) for label, answer in parts for h in answer.owners)
    return Answer(
        question,
        day,
        owners,
        tuple(_labelled(h, label) for label, answer in parts for h in answer.also),
        tuple(dict.fromkeys(h for _, answer in parts for h in answer.exceptions)),
        next((answer.rest for _, answer in parts if answer.rest), None),
        tuple(dict.fromkeys(w for _, answer in parts for w in answer.waiting)),
        (
            f"Frågan gäller flera uppgifter: {named}. De besvaras var för sig.",
            *(r for _, a in parts for r in a.remarks),
            *(missing if owners else ()),
        ),
        "" if owners or not missing else " ".join(missing),
    )


def alike(answers: Sequence[Answer]) -> bool:
    """True when all parts are answered by the same provisions, so that the question may as well be answered as one."""
    return len({tuple((h.charter, h.wid) for h in answer.owners) for answer in answers}) == 1


def _labelled(holding: Holding, label: str) -> Holding:
    return replace(holding, reason=f"”{label}”: {holding.reason}")
