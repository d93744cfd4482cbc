"""DOCX: what is left when all changes are accepted is the new text, when all are rejected the old; and a file that Word opens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from conftest import cases, sections
from edited import pairs
from generated import charters
from hypothesis import given
from hypothesis import strategies as st
from sample import amended, read, sample
from wordtext import Para, body, faults, settled, text

from reglemente_tool.compare import label
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import RUN_IN, TITLE_LINE, Charter, Provision
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.page import Page
from reglemente_tool.writing.writers import docx

EVIL = 'a\x00b \x1b[31m \u202edolt \ufffe\uffff \ud800 ]]> <w:t>&amp;"\' {{x}} \U0001f600 åäö é e\u0301'


def redline(**fields: object) -> Page:
    return replace(redline_page(sample(), amended(), municipality="Ekby kommun", status=("Förslag, inte beslutat.",)), **fields)


def clean(charter: Charter) -> list[Para]:
    return text(body(docx.write(clean_page(charter))))


# --- the laws -----------------------------------------------------------------------------------------------------


def holds(old: Charter, new: Charter) -> None:
    content = docx.write(redline_page(old, new))
    assert faults(content) == []
    assert text(settled(content, accept=True)) == clean(new)
    assert text(settled(content, accept=False)) == clean(old)


@given(pairs(), st.sampled_from(["", RUN_IN, TITLE_LINE]))
def test_accepted_it_is_the_new_text_and_rejected_the_old(both: tuple[Charter, Charter], layout: str) -> None:
    old, new = (replace(c, body=tuple(laid(p, layout) for p in c.body)) for c in both)
    holds(old, new)


def laid(p: Provision, layout: str) -> Provision:
    own = layout if p.kind is Kind.PARAGRAF else p.layout
    return replace(p, layout=own, children=tuple(laid(c, layout) for c in p.children))


@given(charters())
def test_a_clean_document_holds_the_text(charter: Charter) -> None:
    content = docx.write(clean_page(charter))
    assert faults(content) == []
    assert [re.sub(r"\s", "", p.text) for p in text(body(content))] == [re.sub(r"\s", "", line) for line in [charter.title, *lines(charter.body)]]


def lines(provisions: Iterable[Provision]) -> list[str]:
    """The lines that a charter is printed in, said anew from the charter alone."""
    made: list[str] = []
    for p in provisions:
        apart = p.kind is Kind.PARAGRAF
        made += [p.heading, label(p)] if apart else []
        own = p.heading if p.kind in (Kind.KAPITEL, Kind.AVSNITT, Kind.BILAGA) else ""
        made += [] if apart else [f"{label(p)}{own}{p.text}"]
        made += [*lines(p.children), p.closing]
    return [line for line in made if line]


@pytest.mark.parametrize("path", [p for p in cases("writing") if {"före", "efter"} <= sections(p).keys()], ids=lambda p: p.stem)
def test_every_case_can_be_accepted_and_rejected(path: object) -> None:
    found = sections(path)  # type: ignore[arg-type]
    holds(read(found["före"]), read(found["efter"]))


def test_the_sample_with_every_sort_of_change() -> None:
    holds(sample(), amended())
    holds(amended(), sample())
