"""Many registers at once: duties as rows that a database can keep, and the terms by which the rows are found again. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from reglemente_tool.model.address import Address
from reglemente_tool.model.catalogue import StatuteRef
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, Wid
from reglemente_tool.ownership.answers import Answer
from reglemente_tool.ownership.duties import Duty, Role
from reglemente_tool.ownership.finding import Fit
from reglemente_tool.ownership.judging import Page, Reading, outside_name, weighed
from reglemente_tool.ownership.leftover import plainly_municipal
from reglemente_tool.ownership.profile import Profile
from reglemente_tool.ownership.question import Question
from reglemente_tool.ownership.search import Search
from reglemente_tool.ownership.statutes import StatuteBook
from reglemente_tool.ownership.tagging import Tagger

FOREVER = date.max


@dataclass(frozen=True, slots=True)
class Row:
    """A duty as it is kept: in which charter and where, from when until when (that day not included), since when in that charter
    and by which decision; and its profile, which many duties may share.
    """

    charter: CharterId
    committee: CommitteeId
    title: str
    start: date
    until: date
    since: date
    by: str
    profile: Profile


def rows(search: Search) -> Iterator[Row]:
    """Yield every duty that a register's charters have held, hold and will hold, as known now. Working forms are left out."""
    made, lines = search.versions(None), search.lines(None)
    profiles = search.profiles(None)
    for wordings in made.values():
        open_rows: dict[tuple[Any, ...], Row] = {}
        for version in wordings:
            now: dict[tuple[Any, ...], Row] = {}
            for profile in profiles[id(version.charter)]:
                charter = version.charter
                key = (profile.duty, charter.committee, charter.title)
                if key in open_rows:
                    now[key] = open_rows[key]
                    continue
                line = [t for t in lines.get(profile.duty.wid, ()) if t.charter == charter.id and t.start <= version.start]
                since, by = (line[-1].start, line[-1].by) if line else (version.start, version.decisions[-1])
                name = search.event_name(by)
                now[key] = Row(charter.id, charter.committee, charter.title, version.start, FOREVER, since, name, profile)
            yield from (replace(row, until=version.start) for key, row in open_rows.items() if key not in now)
            open_rows = now
        yield from open_rows.values()


def terms(profile: Profile, tagger: Tagger, book: StatuteBook) -> frozenset[str]:
    """Return what the duty is found by: w: a root, t: a task, s: a statute that stands, r: what no committee has been given."""
    found = {f"w:{root}" for root in profile.roots | profile.parts}
    found |= {f"t:{task}" for task, _ in profile.tasks}
    found |= {f"s:{number}" for ref in profile.statutes for number in book.heirs(ref.number)}
    return frozenset(found | ({"r:"} if profile.duty.role is Role.RESTEN else set()))


def asked_terms(question: Question, tagger: Tagger, book: StatuteBook) -> tuple[frozenset[str], frozenset[str]]:
    """Return the terms of the duties that name what is asked, and of all that can answer `question` in any way."""
    tasks = {task for task, _ in question.tasks}
    named = frozenset(w for _, words in question.tasks for w in words)
    found = {f"t:{task}" for task in tasks} | {f"s:{heir}" for ref in question.statutes for heir in book.heirs(ref.number)}
    if not all(word.text in named or word.loose for word in question.words):
        # Where the catalogue knows every word as a task, what only has the word in it is no answer.
        found |= {f"w:{root}" for word in question.words for root in (*word.roots, *word.parts)}
    related = {wider for task in tasks for wider in tagger.above(task)}
    related |= {other for other in tagger.tasks if tasks & set(tagger.above(other))}
    by_law = {f"s:{heir}" for task in tasks for ref in tagger.tasks[task].statutes for heir in book.heirs(ref.number)}
    related |= {task for task, _ in question.resting}
    return frozenset(found), frozenset(found | {f"t:{task}" for task in related} | by_law)


def rest_terms(question: Question, tagger: Tagger, book: StatuteBook) -> frozenset[str]:
    """Return the terms of the duties that say whose `question` is when nothing answers it; none when that cannot be said."""
    if plainly_municipal(question, tagger) is None:
        return frozenset()
    return frozenset({"r:", *(t for t in asked_terms(question, tagger, book)[1] if t.startswith("t:"))})


def packed(profile: Profile) -> list[Any]:
    """Return the profile as lists and strings, without its place: what is said alike in two places is packed alike."""
    d = profile.duty
    duty = [d.role.value, d.text, d.lead, d.whole, d.to, int(d.open), int(d.has_list)]
    refs = [[r.number, r.chapter, r.section] for r in profile.statutes]
    return [
        duty,
        sorted(profile.roots),
        sorted(profile.lead),
        sorted(profile.parts),
        [list(t) for t in profile.tasks],
        refs,
        int(profile.whole_law),
    ]


def unpacked(data: Sequence[Any]) -> Profile:
    """Return the profile that `packed` made lists of, in no place."""
    role, text, lead, whole, to, is_open, has_list = data[0]
    duty = Duty(Address(), Wid(""), Role(role), text, lead, whole, to, bool(is_open), bool(has_list))
    return Profile(
        duty, frozenset(data[1]), frozenset(data[2]), frozenset(data[3]), tuple((t[0], t[1]) for t in data[4]),
        tuple(StatuteRef(*r) for r in data[5]), bool(data[6]),
    )  # fmt: skip


def standing_at(p: Profile, address: str, wid: Wid) -> Profile:
    """Return a profile as it stands in one of its places."""
    d = p.duty
    # Many thousand times for one question, so without `replace`.
    duty = Duty(_address(address), wid, d.role, d.text, d.lead, d.whole, d.to, d.open, d.has_list)
    return Profile(duty, p.roots, p.lead, p.parts, p.tasks, p.statutes, p.whole_law)


def placed(found: Fit, address: str, wid: Wid) -> Fit:
    """Return what was found of a profile as found in one of the places where it stands."""
    return Fit(standing_at(found.profile, address, wid), found.ground, found.score, found.task, found.statute, found.unmet, found.literal)


_address = lru_cache(maxsize=1 << 13)(Address.from_code)


def judged(
    question: Question,
    fitted: Iterable[tuple[Charter, Sequence[Fit]]],
    names: Mapping[str, CommitteeId],
    search: Reading,
    day: date,
    pages: Sequence[Page] = (),
) -> Answer:
    """Return who answers in one register, by what fits in its charters, or else by `pages`. What is only near is not looked for."""
    return weighed(question, fitted, pages, replace(search, known=lambda to: outside_name(to, dict(names))), day)
