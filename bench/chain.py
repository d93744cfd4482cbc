"""What the chain, the proof and the signatures cost, beside the work that they go with, in one run: python bench/chain.py [DECISIONS]."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId, Provision
from reglemente_tool.model.history import Change, Committee, Decision, History, Municipality
from reglemente_tool.storage.audit import audit
from reglemente_tool.storage.chain import chain_in
from reglemente_tool.storage.chainaudit import faults, wording_faults
from reglemente_tool.storage.entering import Held, entered
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.proof import examined, proof
from reglemente_tool.storage.publishing import event_path
from reglemente_tool.storage.xmlform import municipality_to_xml

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
IDS = [f"namnd-{letter}" for letter in "abcdefgh"]
KOMMUN = Municipality(name="Norrboda", code="0000", committees=tuple(Committee(id=CommitteeId(i), name=i) for i in IDS))


def decision(number: int) -> Decision:
    """The decision of that number: the first ones adopt a charter each, the others change a word in one."""
    day, charter = date(2000, 1, 3) + timedelta(days=7 * number), IDS[number % len(IDS)]
    turn = number // len(IDS)
    words: Amendment = Reword(target=Address.from_code("par5.st1"), old=f"ordet {turn - 1}", new=f"ordet {turn}")
    if number < len(IDS):
        text = Provision(Kind.STYCKE, text="Nämnden ansvarar för verksamheten enligt lag och för ordet 0 i kommunen.")
        body = tuple(Provision(Kind.PARAGRAF, number=str(n), marker=f"{n} §", children=(text,)) for n in range(1, 31))
        words = Adopt(title=f"Reglemente för {charter}", committee=CommitteeId(charter), body=body)
    change = Change(charter=CharterId(charter), in_force_from=day, amendments=(words,))
    id = DecisionId(f"kf-{day}-{number + 1}")
    return Decision(id=id, decided_on=day, section=str(number + 1), confirmed_by="kansli", changes=(change,))


def took(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def main(count: int) -> None:
    """Print the figures, a line each."""
    held = Held({"register.xml": municipality_to_xml(KOMMUN)}, KOMMUN, History())
    for number in range(count):
        held = entered(held, decision(number))[1]
    chain, events = chain_in(held.files, KOMMUN), {event_path(event): event for event in held.history.events}
    whole = took(lambda: audit(held.files, {}))
    order = took(lambda: list(faults(held.files, KOMMUN)))
    words = took(lambda: list(wording_faults(chain, events)))
    data = proof(held.files, chain)
    print(f"{count} decisions, 8 charters of 30 §§: kontrollera without git {whole:.0f} ms")
    print(f"  of which the links {order:.1f} ms ({order / whole:.1%}), the words at each link {words:.0f} ms ({words / whole:.0%})")
    written, tried = took(lambda: proof(held.files, chain)), took(lambda: examined(data))
    print(f"  a proof of {len(data) / 1e6:.2f} MB written in {written:.0f} ms, tried in {tried:.0f} ms")
    if shutil.which("ssh-keygen") is None:
        print("no ssh-keygen: signatures not measured")
        return
    with tempfile.TemporaryDirectory() as place:
        key = Path(place) / "nyckel"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        register = Register.create(Path(place) / "r", KOMMUN, now=NOW)
        times: dict[bool, list[float]] = {True: [], False: []}
        for number in range(30):
            register.sign_with = key if number % 2 else None
            times[bool(number % 2)].append(took(lambda number=number: register.enact(decision(number), now=NOW)))  # type: ignore[misc]
        plain, signed = (sorted(times[k])[len(times[k]) // 2] for k in (False, True))
        signers = f'kansli namespaces="git" {key.with_suffix(".pub").read_text()}'.encode()
        tried = took(lambda: register.signatures(signers)) / 15
        print(f"enact {plain:.0f} ms, signed {signed:.0f} ms ({signed / plain:.1f} times); a signature tried in {tried:.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
