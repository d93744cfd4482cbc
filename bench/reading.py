"""How well decision clauses are read: `python bench/reading.py FILE.jsonl [-v]`.

Each line of FILE is a labelled clause: {"clause": …, "ops": [{"type", "charter", "target", "text", "with", "position", …}],
"no_change_reason": …}. What is measured is the reading before any charter is looked at: an operation is right only when type,
charter, target, text and position all agree. A clause that changes nothing is right when it is read as that, for that reason.
The last line is `rätt R av N, fel F, olästa O`. With -v every clause that is not wholly right is printed.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reglemente_tool.model.address import Address, Kind, Part, Step
from reglemente_tool.model.wording import fold
from reglemente_tool.reading.dates import DECISION_DAY, LEGAL_FORCE, NEW_YEAR, Moment
from reglemente_tool.reading.naming import USUAL
from reglemente_tool.reading.operation import INGRESS, Operation, Position, Reading, Type
from reglemente_tool.reading.reader import read_clause

REASONS = {
    "motion-besvarad": "motion_answered",
    "motion-avslagen": "motion_rejected",
    "motion-remitterad": "motion_referred",
    "motion-atertagen": "motion_withdrawn",
    "uppdrag": "assignment",
    "val": "election",
    "till-handlingarna": "information_noted",
    "aterremiss": "remitted",
    "bordlaggning": "tabled",
    "forslag-av-namnd": "proposal_by_committee",
    "forslag-av-styrelsen": "proposal_by_board",
    "forslag-av-forvaltningen": "proposal_by_office",
    "reservation": "reservation",
    "redogorelse": "narrative",
    "annan-handling": "other_document",
    "annat-slags-handling": "other_document_type",
    "uttryckligen-ingen-andring": "explicit_no_change",
    "dokumentuppgift": "metadata_line",
    "yrkande": "motion_on_floor",
    "anslag": "allocation",
}
EVENTS = {DECISION_DAY: "beslutsdag", LEGAL_FORCE: "laga kraft", NEW_YEAR: "årsskiftet"}
DECISION_LEVEL = {Type.SET_IN_FORCE, Type.SET_EXPIRY, Type.SET_CONDITION, Type.APPLY_PROPOSAL}
NAMELESS = {"split_body", "merge_bodies", "transfer_responsibility", "editorial_mandate"}
"""What these speak of are committees, told by their parties."""
STEPS = {
    Kind.KAPITEL: "k", Kind.PARAGRAF: "§", Kind.STYCKE: "st", Kind.PUNKT: "p", Kind.BOKSTAV: "b:", Kind.STRECKSATS: "ss", Kind.MENING: "m",
    Kind.LED: "led", Kind.BILAGA: "bilaga", Kind.TABELL: "tabell", Kind.RAD: "rad", Kind.AVSNITT: "",
}  # fmt: skip


def path(address: Address, topic: str = "", heading: str = "") -> str:
    """An address in the notation of the labels: "k2/§4a/st1", "rubrik-före:§4"."""
    if address.part is Part.RUBRIK:
        return f"rubrik-före:{path(Address(address.steps))}" if address.steps else f"rubrik{{{heading}}}"
    return "/".join(step(s, topic if s == address.last else "") for s in address.steps)


def step(one: Step, topic: str = "") -> str:
    """One step in the notation of the labels."""
    number = one.number.replace(" ", "")
    if one.kind is Kind.TABELL and not number:
        number = "1"
    if number.startswith("sist"):
        number = ":last" + number[4:]
    return STEPS[one.kind] + number + (f"{{{topic}}}" if topic else "")


def position(given: Position | None) -> dict[str, Any] | None:
    """A position in the notation of the labels."""
    if given is None:
        return None
    beside: list[str] = [path(a) for a in given.beside]
    where = {"where": given.where.value}
    if given.words or beside:
        return {**where, "ref": given.words or (beside[0] if len(beside) == 1 else beside)}
    return where


def event(moment: Moment) -> str:
    """When something begins, as the labels say it."""
    return moment.day.isoformat() if moment.day else EVENTS.get(moment.event, moment.event)


def plain(op: Operation) -> dict[str, Any]:
    """An operation in the notation of the labels."""
    found: dict[str, Any] = {"type": op.type.value, "charter": "*decision" if op.type in DECISION_LEVEL else op.charter}
    found["target"] = path(op.target, op.topic, op.old)
    if op.under and not (op.target.steps and op.target.steps[0].kind is Kind.PARAGRAF):
        above = "ingress" if op.under == INGRESS else f"rubrik{{{op.under}}}"
        found["target"] = f"{above}/{found['target']}".rstrip("/")
    text, new = op.old, op.new
    if op.type in (Type.INSERT_UNIT, Type.INSERT_WORDS):
        text, new = op.new, ""
    if op.type is Type.RENUMBER:
        new = op.number if op.text else step(Step(op.target.steps[-1].kind, op.number)) if op.target.steps else ""
        found["target"] += "-§end" if op.text and op.target.steps else ""
    if op.type in (Type.TRANSFER_RESPONSIBILITY, Type.REPEAL_RESPONSIBILITY):
        text = op.text
    last = op.target.last
    if op.target.part is Part.RUBRIK and not op.target.steps:
        # The words that name a heading are its target.
        text = ""
    if last is not None and last.kind is Kind.RAD and op.old and op.type is Type.REPEAL_UNIT:
        found["target"], text = path(op.target, op.old), ""
    found |= {"text": text, "with": new, "position": position(op.position)}
    if op.to is not None:
        found["to"] = {"charter": op.to.charter, "target": path(op.to.address), "position": position(op.position)}
        found["position"] = None
    if op.type in (Type.TRANSFER_RESPONSIBILITY, Type.MERGE_BODIES):
        found |= {"from": list(op.bodies) if op.bodies else op.source_body, "to": op.target_body}
    if op.type is Type.SPLIT_BODY:
        found |= {"from": op.charter, "to": list(op.bodies)}
    if op.type is Type.EDITORIAL_MANDATE:
        found |= {"to": op.target_body, "charter": op.charter or "*decision"}
    if op.type is Type.SET_VALUE:
        found["field"] = op.field
    if op.type is Type.ASSIGN_ROLE:
        found["role"] = op.text
    if op.type is Type.APPLY_PROPOSAL:
        found["items"] = list(op.items) or "*"
    return found


def read_ops(reading: Reading) -> Iterator[dict[str, Any]]:
    """What was read of one clause, in the notation of the labels."""
    for op in reading.operations:
        yield plain(op)
    # A date beside other operations is a property of these, "entry" in the labels.
    if not reading.operations and any(r.reason == "ikrafttradande" for r in reading.reasons):
        for moment in reading.start:
            yield {"type": "set_in_force", "charter": "*decision", "when": event(moment)}
        for moment in reading.until:
            yield {"type": "set_expiry", "charter": "*decision", "when": event(moment)}


def labelled_ops(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The label's operations, ranges written out."""
    for op in row["ops"]:
        op = dict(op)
        if op["type"] in ("set_in_force", "set_expiry"):
            op["when"] = op.get("date") or op.get("event")
        target = op.get("target") or ""
        first, _, last = target.partition("-§")
        if last.isdigit() and first.startswith("§"):
            for number in range(int(first[1:]), int(last) + 1):
                yield {**op, "target": f"§{number}"}
        else:
            yield op


def key(op: dict[str, Any]) -> str:
    """What must agree: type, charter, target, text and position, and the parties where there are any."""

    def text(value: Any) -> str:
        words = fold(str(value or ""))
        return "" if words.startswith("<") else words

    def place(value: Any) -> Any:
        if not isinstance(value, dict):
            return name(value)
        return {"charter": value.get("charter") or "", "target": value.get("target") or "", "position": value.get("position")}

    def name(value: Any) -> Any:
        """A short form stands for the committee that it usually means; so do the labels."""
        if isinstance(value, list):
            return [name(v) for v in value]
        return "kommunfullmäktige" if value == "arbetsordning" else USUAL.get(str(value), value) if value else value

    charter = "" if op["type"] in NAMELESS else name(op.get("charter") or "")
    kept = {
        "type": op["type"], "charter": charter, "target": op.get("target") or "", "text": text(op.get("text")),
        "with": text(op.get("with")), "position": op.get("position"),
    }  # fmt: skip
    for slot in ("from", "field", "role", "items", "when"):
        kept[slot] = name(op.get(slot)) if slot == "from" else op.get(slot)
    kept["to"] = place(op.get("to"))
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def judge(row: dict[str, Any], tally: dict[str, Counter[str]]) -> bool:
    """Count one clause; True when all of it is right."""
    reading = read_clause(row["clause"])
    found, wanted = list(read_ops(reading)), list(labelled_ops(row))
    if not wanted:
        counter = tally.setdefault("ingen ändring", Counter())
        reason = row.get("no_change_reason", "")
        if reading.unread:
            counter["oläst"] += 1
        elif found:
            counter["fel"] += 1
            counter["ändring där ingen är"] += 1
        else:
            said = {REASONS.get(r.reason, r.reason) for r in reading.reasons}
            right = reason in said or (reason.startswith("motion_on_floor") and "motion_on_floor" in said)
            counter["rätt" if right else "fel"] += 1
            return right
        return False
    left = Counter(key(op) for op in found)
    whole = True
    missed = 0
    for op in wanted:
        counter = tally.setdefault(op["type"], Counter())
        if left[key(op)] > 0:
            left[key(op)] -= 1
            counter["rätt"] += 1
        else:
            counter["oläst" if reading.unread else "fel"] += 1
            missed += 0 if reading.unread else 1
            whole = False
    # The charter that goes with a committee is derived, and may be labelled or not.
    derived = sum(left[key(plain(op))] for op in reading.operations if op.type is Type.REPEAL_CHARTER and op.text == "härledd")
    extra = sum(left.values()) - missed - derived
    if extra > 0:
        tally.setdefault("för mycket", Counter())["fel"] += extra
        whole = False
    return whole


def main(arguments: list[str]) -> int:
    """Run the bench over the files named; -v shows what is not right."""
    verbose = "-v" in arguments
    rows = [
        json.loads(line)
        for name in arguments
        if name != "-v"
        for line in Path(name).read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    if not rows:
        sys.stdout.write(f"{__doc__}\n")
        return 2
    for row in rows:
        # Once for warmth: patterns are made when first needed.
        read_clause.__wrapped__(row["clause"])
    started = time.process_time()
    for row in rows:
        read_clause.__wrapped__(row["clause"])
    elapsed = max(time.process_time() - started, 1e-6)
    tally: dict[str, Counter[str]] = {}
    for row in rows:
        if not judge(row, tally) and verbose:
            reading = read_clause(row["clause"])
            sys.stdout.write(f"\n{row.get('id', '')} {row['clause']}\n")
            for op in labelled_ops(row):
                sys.stdout.write(f"   facit {key(op)}\n")
            for op in read_ops(reading):
                sys.stdout.write(f"   läst  {key(op)}\n")
            sys.stdout.write(f"   {row.get('no_change_reason', '')} / {reading.reasons} {reading.rivals or ''} {reading.rest or ''}\n")
    total: Counter[str] = Counter()
    for name, counter in sorted(tally.items()):
        sys.stdout.write(f"{name:26} rätt {counter['rätt']:4}  fel {counter['fel']:4}  olästa {counter['oläst']:4}\n")
        total.update(counter)
    sys.stdout.write(f"ändring läst där ingen är: {total['ändring där ingen är']}\n")
    sys.stdout.write(f"{len(rows)} satser, {len(rows) / elapsed:.0f} i sekunden\n")
    count = total["rätt"] + total["fel"] + total["oläst"] - tally.get("för mycket", Counter())["fel"]
    sys.stdout.write(f"rätt {total['rätt']} av {count}, fel {total['fel']}, olästa {total['oläst']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
