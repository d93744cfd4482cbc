"""How well old and adopted provisions are paired, and how few amendments say an edit: against a truth that is known.

    python bench/matching.py [NUMBER OF CHARTERS]

Precision and recall are of pairs, for §§ and for all provisions; "changed" counts only pairs that are not the same word for word
under the same number, and splits and merges count one pair for each part. "sure" is how many of the pairs that claim to be at
least 90 % certain are right. Amendments are told for each true change; a § that gets another number is a change, and so is each
end of a move.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace

from edits import PLAIN, WHOLE, Story, story

from reglemente_tool.compare.matching import Pairing, carried, match
from reglemente_tool.drafting import Form, decision_text, draft
from reglemente_tool.drafting.shapes import made, shapes
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, Provision, Wid, flat, walk
from reglemente_tool.model.history import Committee, Municipality
from reglemente_tool.reading.proposal import Standing, propose

SURE = 0.9


def bare(charter: Charter) -> Charter:
    """Return the charter as it comes out of a document: without identities."""

    def strip(p: Provision) -> Provision:
        return replace(p, wid=Wid(""), source=None, children=tuple(strip(c) for c in p.children))

    return replace(charter, body=tuple(strip(p) for p in charter.body))


def found(told: Story, pairings: tuple[Pairing, ...], adopted: Charter) -> dict[tuple[Wid, Wid], float]:
    """Return the pairs of `pairings` by the identities that the truth has, and how certain each claims to be."""
    true = {id(p): q.wid for p, q in zip(walk(adopted.body), walk(told.new.body), strict=True)}
    return {(a.provision.wid, true[id(b.provision)]): p.certainty for p in pairings for a in p.olds for b in p.news}


def measure(name: str, stories: list[Story]) -> None:
    """Print the figures of pairing for `stories`."""
    hits: Counter[str] = Counter()
    spent: list[float] = []
    for told in stories:
        adopted = bare(told.new)
        begun = time.process_time()
        pairings = match(told.old, adopted)
        spent.append(time.process_time() - begun)
        made_pairs = found(told, pairings, adopted)
        was, now = ({p.wid: p for p in walk(c.body)} for c in (told.old, told.new))
        changed = {(a, b) for a, b in told.links if a != b or flat(was[a]) != flat(now[b]) or was[a].number != now[b].number}
        for level, some in (("§", {w for w, p in was.items() if p.kind is Kind.PARAGRAF}), ("all", set(was))):
            mine, truth = ({pair for pair in pairs if pair[0] in some} for pairs in (set(made_pairs), told.links))
            hits[level + " right"] += len(mine & truth)
            hits[level + " found"] += len(mine)
            hits[level + " true"] += len(truth)
            hits[level + " changed"] += len(changed & truth)
            hits[level + " changed right"] += len(mine & truth & changed)
        sure = {pair for pair, certainty in made_pairs.items() if certainty >= SURE}
        hits["sure"] += len(sure)
        hits["sure right"] += len(sure & told.links)
    print(f"{name}  ({1000 * sum(spent) / len(spent):.0f} ms, at most {1000 * max(spent):.0f})")
    for level in ("§", "all"):
        precision, recall = (100 * hits[level + " right"] / max(1, hits[level + side]) for side in (" found", " true"))
        told_changed = f"changed {hits[level + ' changed right']} of {hits[level + ' changed']}"
        print(f"    {level:4} precision {precision:6.2f} %  recall {recall:6.2f} %  {told_changed}")
    print(f"    sure {hits['sure right']} right of {hits['sure']}")


def say(name: str, stories: list[Story]) -> None:
    """Print how many amendments say each change, and whether their att-satser come back as them."""
    counts: Counter[str] = Counter()
    spent: list[float] = []
    kommun = Municipality(name="Norrboda kommun", code="9999", committees=(Committee(id=stories[0].old.committee, name="exempelnämnden"),))
    for told in stories:
        adopted = bare(told.new)
        begun = time.process_time()
        drafted = draft(told.old, carried(told.old, adopted, match(told.old, adopted)))
        spent.append(time.process_time() - begun)
        result = made(told.old, drafted.amendments)
        counts["exact"] += result is not None and shapes(result) == shapes(adopted)
        counts["amendments"] += len(drafted.amendments)
        counts["changes"] += told.changes
        for form in Form if drafted.amendments else ():
            text = decision_text(drafted.amendments, "reglementet för exempelnämnden", form=form)
            reading = propose(text, standing=Standing(kommun, (told.old,)), answers={"FORTSATTER": "nej"})
            counts["read"] += Counter(map(repr, drafted.amendments)) == Counter(repr(s.amendment) for s in reading.suggestions)
            counts["texts"] += 1
    ratio = counts["amendments"] / max(1, counts["changes"])
    print(f"{name}  ({1000 * sum(spent) / len(spent):.0f} ms, at most {1000 * max(spent):.0f})")
    print(f"    {counts['amendments']} amendments for {counts['changes']} changes: {ratio:.3f}")
    print(f"    exactly the edited text {counts['exact']} of {len(stories)}; att-satser read back {counts['read']} of {counts['texts']}")


def main(count: int) -> None:
    """Print all figures."""
    print(f"Pairs, {count} charters of each sort")
    measure("30 §§, 8 edits", [story(seed, 30, 8, PLAIN) for seed in range(count)])
    measure("60 §§, 15 edits", [story(seed, 60, 15, PLAIN) for seed in range(count)])
    measure("60 §§, 25 edits with splits, merges, new numbers", [story(seed, 60, 25, WHOLE) for seed in range(count)])
    measure("60 §§, 60 edits with splits, merges, new numbers", [story(seed, 60, 60, WHOLE) for seed in range(count)])
    print("\nAmendments")
    say("30 §§, 6 edits", [story(1000 + seed, 30, 6, PLAIN) for seed in range(count)])
    say("60 §§, 15 edits", [story(1000 + seed, 60, 15, PLAIN) for seed in range(count)])
    say("60 §§, 25 edits with splits, merges, new numbers", [story(1000 + seed, 60, 25, WHOLE) for seed in range(count)])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
