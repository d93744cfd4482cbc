"""What `vem` says is the same on the screen, as JSON and as a page: committee, provision, wording, from when and by which decision."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from itertools import cycle, pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import cases, sections
from lxml import html
from test_ownership import search_of

from reglemente_tool.cli.answering.who import search_in, show_answer
from reglemente_tool.cli.answering.whodata import answer_data
from reglemente_tool.cli.answering.whopage import answer_page
from reglemente_tool.cli.deciding.assigned import assignment_said
from reglemente_tool.cli.output import json_object
from reglemente_tool.model.assignment import Assignment, AssignmentKind
from reglemente_tool.model.charter import DecisionId
from reglemente_tool.model.citation import cite
from reglemente_tool.ownership import Entrusted, holder_name
from reglemente_tool.ownership.lines import ONE_DAY
from reglemente_tool.storage.library import Register

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


ROOT = Path(__file__).parent.parent
QUESTIONS = [
    json.loads(text)
    for name in ("questions_tuned.jsonl", "questions_fem_tuned.jsonl")
    for text in (ROOT / "bench" / "data" / name).read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("name", sorted({q["register"] for q in QUESTIONS}))
def test_no_answer_says_none_and_every_line_in_time_is_in_order(name: str) -> None:
    register = Register.open(ROOT / "charters" / name)
    search = search_in(register)
    turns = sorted({v.start for wordings in search.versions(None).values() for v in wordings})
    asked = [q for q in QUESTIONS if q["register"] == name]
    days = [(q, date.fromisoformat(q["datum"])) for q in asked] + list(zip(asked, cycle((*turns, *(t - ONE_DAY for t in turns)))))
    for question, day in days:
        answer = search.who(question["fraga"], in_force=day)
        screen = StringIO()
        with redirect_stdout(screen):
            show_answer(answer, register)
        page = html.fromstring(answer_page(answer, register)).text_content()
        for said in (screen.getvalue(), page, json_object("vem", answer_data(answer, register))):
            assert "None" not in said, (question, said)
        for holding in answer.owners:
            for earlier, then in pairwise((*holding.tenures, *holding.later)):
                ends = earlier.until or date.max
                assert earlier.start <= ends < then.start or (then in holding.later and then.inferred), (question, earlier, then)
            assert all(t.start > answer.in_force for t in holding.later)
