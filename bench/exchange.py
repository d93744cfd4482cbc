"""Speed of Akoma Ntoso, JSON and Markdown, as ratios to a floor measured in the same run: python bench/exchange.py.

The charter is made up: 60 §§, each of two stycken, one of them with a list of five.
"""

from __future__ import annotations

import json
from datetime import date

from lxml import etree
from measuring import Work, paired
from measuring import told as seconds

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.exchange.akn import about, charter_from_akn, charter_to_akn, decision_from_akn, decision_to_akn
from reglemente_tool.exchange.jsonform import charter_data
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision
from reglemente_tool.model.history import Change, Decision, History, Municipality
from reglemente_tool.storage.xmlform import charter_to_xml
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers import writer

KOMMUN = Municipality(name="Exempelby kommun", code="9999")


def charter() -> Charter:
    """Return the charter that is measured."""
    body = []
    for number in range(1, 61):
        items = tuple(Provision(Kind.STRECKSATS, marker="–", text=f"uppgift {n} i paragraf {number},") for n in range(5))
        led = Provision(Kind.STYCKE, text="Nämnden ansvarar särskilt för", children=items)
        plain = Provision(Kind.STYCKE, text=f"Nämnden rapporterar varje år till fullmäktige om det som sägs i {number} §.")
        body.append(Provision(Kind.PARAGRAF, number=str(number), marker=f"{number} §", heading="Uppgifter", children=(led, plain)))
    return Charter(CharterId("n"), "Reglemente för exempelnämnden", CommitteeId("n"), tuple(body))


def main() -> None:
    """Measure and print."""
    made = charter()
    adopt = Adopt(title=made.title, committee=made.committee, body=made.body)
    change = Change(charter=made.id, in_force_from=date(2020, 1, 1), amendments=(adopt,))
    decision = Decision(id=DecisionId("kf-1"), decided_on=date(2019, 12, 1), changes=(change,))
    history = History((decision,))
    held, told = about(history, KOMMUN, made.id, in_force=date(2021, 1, 1))
    data = charter_to_akn(held, told)
    tree = etree.fromstring(data)
    written = decision_to_akn(decision, history, KOMMUN)
    object_ = charter_data(held)
    page, markdown, text = clean_page(held), writer("md"), writer("text")
    size = f"{len(data) // 1000} kB"

    def tostring() -> None:
        etree.tostring(tree, encoding="UTF-8")

    def fromstring() -> None:
        etree.fromstring(data)

    line(f"charter -> Akoma Ntoso ({size})", lambda: charter_to_akn(held, told), "lxml tostring of the same", tostring)
    line("Akoma Ntoso -> charter", lambda: charter_from_akn(data), "lxml fromstring of the same", fromstring)
    line("charter -> own XML", lambda: charter_to_xml(held), "lxml tostring of the same", tostring)
    line("decision -> Akoma Ntoso", lambda: decision_to_akn(decision, history, KOMMUN), "lxml tostring of the charter", tostring)
    line("Akoma Ntoso -> decision", lambda: decision_from_akn(written), "lxml fromstring of the charter", fromstring)
    line("charter -> JSON", lambda: json.dumps(charter_data(held)), "json.dumps of the same", lambda: json.dumps(object_))
    line("page -> Markdown", lambda: markdown.write(page), "page -> text", lambda: text.write(page))


def line(what: str, ours: Work, floor_name: str, floor: Work) -> None:
    """Measure the two by turns and print one comparison."""
    measured, other, ratio, _ = paired(ours, floor, rounds=20)
    print(f"{what:<40} {seconds(measured):>10}   {floor_name:<34} {seconds(other):>10}   x {ratio:6.1f}")


if __name__ == "__main__":
    main()
