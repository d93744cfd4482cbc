"""Which provisions of a charter say what its committee answers for: items of its task lists, and tasks in running text.

Found narrowly, by the heading that they stand under and by their own words: what the chairman shall do, how meetings are
called and what the committee only may do are no tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, Provision
from reglemente_tool.model.wording import fold

_DUTY = re.compile(r"uppgift|uppdrag|ansvar|verksamhetsområde|åligg", re.IGNORECASE)
_FORM = re.compile(
    r"sammansättning|arbetsform|sammanträd|ordförand|presidi|protokoll|\bjäv|kallelse|ersätta|delgiv|utskott|underteckn|organisation|"
    r"personuppgift|arkiv|reserv|initiativ|justering",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:nämnd|styrels|beredning|kommitté|råd)\w*|^\s*den\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:ansvar\w*|svarar?|ska(?:ll)?|har hand om|handha\w*|handlägg\w*|fullgör\w*|uppgift\w*|åligger|sköter|bedriver|utövar|"
    r"är (?:\w+ ){0,3}\w*(?:myndighet|nämnd|huvudman|organ))\b",
    re.IGNORECASE,
)
_NO_TASK = re.compile(
    r"\b(?:får|ledam\w+|ersättare\w*|sammanträd\w*|kallelse\w*|protokoll\w*|justera\w*|ordförande\w*|deleger\w*|anlita\w*|"
    r"beslutanderätt\w*|delg\w+|underteckn\w*|reservation\w*|närvar\w*|adjunger\w*|personuppgift\w*|samråd\w*|mandatperiod\w*)\b",
    re.IGNORECASE,
)


def task_lists(charter: Charter) -> tuple[Provision, ...]:
    """Return the stycken whose lists hold the committee's tasks: those under a heading that speaks of tasks, or, when the
    charter has no such, those whose lead-in says what the committee shall do."""
    held = [(heading, p) for heading, p in _under(charter) if p.kind is Kind.STYCKE and p.items and not _FORM.search(heading)]
    told = [(heading, p) for heading, p in held if (not p.text and _DUTY.search(heading)) or _says_task(p.text)]
    headed = [p for heading, p in told if _DUTY.search(heading)]
    return tuple(headed or [p for _, p in told])


def listed_tasks(charter: Charter) -> tuple[Provision, ...]:
    """Return the items of the task lists, in reading order; an item with a list of its own is one task."""
    return tuple(item for holder in task_lists(charter) for item in holder.items)


def prose_tasks(charter: Charter) -> tuple[Provision, ...]:
    """Return the stycken without a list that say what the committee answers for ("Nämnden svarar för gator och torg.")."""
    return tuple(
        p for heading, p in _under(charter)
        if p.kind is Kind.STYCKE and not p.items and not _FORM.search(heading) and _says_task(p.text)
    )  # fmt: skip


def other_paragrafer(charter: Charter) -> tuple[Provision, ...]:
    """Return the §§ that hold no task: composition, working forms and the like."""
    tasks = {p.wid for p in (*task_lists(charter), *prose_tasks(charter))}
    return tuple(p for _, p in _under(charter) if p.kind is Kind.PARAGRAF and not any(c.wid in tasks for c in p.children))


def _says_task(text: str) -> bool:
    """True when a lead-in or a stycke says that the committee itself has a task."""
    words = fold(text)
    return bool(_SUBJECT.search(words) and _VERB.search(words) and not _NO_TASK.search(words))


def _under(charter: Charter) -> Iterator[tuple[str, Provision]]:
    """Yield every provision outside bilagor with the heading that it stands under: its §'s, else that of the kapitel."""
    yield from _walk(charter.body, "")


def _walk(siblings: tuple[Provision, ...], heading: str) -> Iterator[tuple[str, Provision]]:
    for p in siblings:
        if p.kind is Kind.BILAGA:
            continue
        if p.kind is Kind.PARAGRAF and p.heading:
            heading = p.heading
        yield heading, p
        yield from _walk(p.children, p.heading or heading)
