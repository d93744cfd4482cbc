"""What `vem` says is the same on the screen, as JSON and as a page: committee, provision, wording, from when and by which decision."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import cases, sections
from lxml import html
from test_ownership import search_of

from reglemente_tool.cli.assigned import assignment_said
from reglemente_tool.cli.output import json_object
from reglemente_tool.cli.who import show_answer
from reglemente_tool.cli.whodata import answer_data
from reglemente_tool.cli.whopage import answer_page
from reglemente_tool.model.assignment import Assignment, AssignmentKind
from reglemente_tool.model.charter import DecisionId
from reglemente_tool.model.citation import cite
from reglemente_tool.ownership import Entrusted, holder_name

DAY = date(2021, 1, 1)


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split()).lower()


@pytest.mark.parametrize("case", cases("ownership"), ids=lambda path: path.stem)
def test_every_answer_is_whole_in_every_form(case: Path) -> None:
    parts = sections(case)
    search = search_of({name: text for name, text in parts.items() if name not in ("", "frågor", "svar")})
    register: Any = SimpleNamespace(history=search.history, municipality=search.municipality)
    told = 0
    for question in parts["frågor"].strip().split("\n"):
        answer = search.who(question, in_force=DAY)
        screen = StringIO()
        with redirect_stdout(screen):
            show_answer(answer, register)
        data = json_object("vem", answer_data(answer, register))
        page = html.fromstring(answer_page(answer, register)).text_content()
        for holding in (*answer.owners, *((answer.rest,) if answer.rest else ()), *answer.also, *answer.exceptions):
            told += 1
            name = holder_name(search.history, search.municipality, holding, DAY)
            named = "varje nämnd" if holding.each and holding not in (*answer.also, *answer.exceptions) else name
            since = holding.present.start.isoformat()
            by = search.event_name(holding.present.by)
            for said in (flat(screen.getvalue()), flat(page)):
                for part in (named, cite(holding.address), holding.words, since, by):
                    assert flat(part) in said, (question, part)
            whole = flat(json.dumps(json.loads(data), ensure_ascii=False).replace('\\"', '"'))
            for part in (name, cite(holding.address), holding.words, since, by, holding.present.by):
                assert flat(part) in whole, (question, part)
    assert told or "ingen" in parts["svar"] or "!" in parts["svar"]


def test_the_page_has_what_the_council_has_asked_and_allotted() -> None:
    search = search_of({"kommunstyrelsen": "1 §\nKommunstyrelsen ansvarar för bygglov.\n"})
    register: Any = SimpleNamespace(history=search.history, municipality=search.municipality)
    one = Assignment(kind=AssignmentKind.UPPDRAG, clause=1, to="kommunstyrelsen", what="se över <lokalerna>", until=date(2020, 5, 1))
    given = Entrusted(one, DecisionId("kf-2020-02-03-7"), "KF 2020-02-03 § 7", date(2020, 2, 3), past=True)
    page = answer_page(search.who("rymdfart", in_force=DAY), register, (given,))
    text = html.fromstring(page).text_content()
    assert "Uppdrag från fullmäktige" in text
    assert assignment_said(one) in text
    assert "KF 2020-02-03 § 7" in text
    assert "2020-05-01" in text
    assert "tiden har gått ut" in text
    assert "<lokalerna>" not in page
    assert "rymdfart” den" not in text, "what is found is not said not to be found"
    assert "Anslag" not in text
