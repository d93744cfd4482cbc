"""The catalogue: what ships holds together, a register adds its own, and every fault is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reglemente_tool.cli.catalogue import catalogue_for, packaged
from reglemente_tool.errors import CannotRead
from reglemente_tool.model.catalogue import Catalogue, StatuteRef, Task
from reglemente_tool.ownership.compounds import Lexicon
from reglemente_tool.ownership.language import GENERIC, STOP, tokens
from reglemente_tool.ownership.tagging import Tagger
from reglemente_tool.storage.catalogue import read_catalogue

SMALL = frozenset(
    "av för i på till med om och eller samt en ett den det de som vid att inom åt under över ur från mot enligt utan efter".split()
)


def test_every_task_can_be_found_by_each_of_its_words() -> None:
    for task in packaged().tasks:
        for phrase in task.words:
            cut = tokens(phrase)
            assert any(t.word not in STOP and t.word not in GENERIC for t in cut), f"{task.id}: {phrase} säger inget"
            lost = [t.word for t in cut if t.silent and t.word not in SMALL]
            assert len(lost) < len(cut) - 1 or not lost, f"{task.id}: av {phrase} blir bara ett ord kvar"
        for phrase in task.everyday:
            cut = tokens(phrase)
            assert any(t.word not in STOP and t.word not in GENERIC for t in cut), f"{task.id}: {phrase} säger inget"
            assert phrase not in task.words, f"{task.id}: {phrase} står två gånger"


def test_what_people_say_who_ask_is_read_in_questions_and_never_looked_for_in_charters() -> None:
    task = Task(id="vinter", name="vinterväghållning", words=("snöröjning",), everyday=("halka på gatan", "plogbilen"))
    tagger = Tagger(Catalogue(tasks=(task,)))
    said = tuple(t for t in tokens("Plogbilen kör sönder brevlådor") if not t.silent)
    lexicon = Lexicon(t.word for t in said)
    assert [t.task for t in tagger.tags(said, lexicon, wide=True)] == ["vinter"]
    assert tagger.tags(said, lexicon) == ()


def test_every_statute_that_a_task_rests_on_is_known() -> None:
    known = {s.number for s in packaged().statutes}
    for task in packaged().tasks:
        for ref in task.statutes:
            assert ref.number in known, f"{task.id}: {ref.number}"


def test_no_statute_replaces_itself_and_no_short_form_means_two() -> None:
    seen: dict[str, str] = {}
    for statute in packaged().statutes:
        assert statute.number not in statute.replaces
        for short in statute.short:
            assert seen.setdefault(short, statute.number) == statute.number, short


def test_a_register_adds_words_tasks_and_statutes(tmp_path: Path) -> None:
    (tmp_path / "katalog.toml").write_text(
        '[[uppgift]]\nid = "bygglov"\nord = ["kolonistuga"]\n\n'
        '[[uppgift]]\nid = "isvak"\nnamn = "isvakar"\nord = ["vinterbad"]\nlagar = ["2030:1 2 kap."]\ndel_av = "fritid"\n\n'
        '[[lag]]\nnr = "2030:1"\nnamn = "isvakslagen"\nersatter = ["1993:1617"]\nfran = 2030-01-01\n',
        encoding="utf-8",
    )
    found = catalogue_for(tmp_path)
    bygglov, isvak = found.task("bygglov"), found.task("isvak")
    assert bygglov is not None
    assert bygglov.name == "bygglov"
    assert {"kolonistuga", "attefallshus"} <= set(bygglov.words)
    assert isvak is not None
    assert isvak.statutes == (StatuteRef("2030:1", "2"),)
    assert [s.number for s in found.replaced_by("1993:1617")] == ["2030:1"]
    assert catalogue_for(tmp_path / "annan") == packaged()


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ('[[uppgift]]\nid = "a"\nnamn = "b\n', "rad 3", "TOML"),
        ('[[uppgift]]\nid = "a"\nnamn = "a"\n\n[[uppgift]]\nid = "b"\n', "rad 5", "namn saknas"),
        ('[[uppgift]]\nid = "a"\nnamn = "a"\nsynonym = ["b"]\n', "rad 1", "synonym"),
        ('[[uppgift]]\nid = "a"\nnamn = "a"\nord = "b"\n', "rad 1", "ord ska vara en lista"),
        ('[[uppgift]]\nid = "a"\nnamn = "a"\nlagar = ["PBL"]\n', "rad 1", "PBL"),
        ('[[uppgift]]\nid = "a"\nnamn = "a"\ndel_av = "saknas"\n', "rad 1", "saknas"),
        ('[[uppgift]]\nid = "a"\nnamn = "a"\n[[uppgift]]\nid = "a"\nnamn = "a"\n', "rad 4", "två gånger"),
        (
            '[[uppgift]]\nid = "a"\nnamn = "a"\ndel_av = "b"\n[[uppgift]]\nid = "b"\nnamn = "b"\ndel_av = "a"\n',
            "k.toml",
            "del av sig själv",
        ),
        ('[[lag]]\nnr = "lagen"\nnamn = "b"\n', "rad 1", "lagen"),
        ('[[lag]]\nnr = "2020:1"\nnamn = "b"\nfran = "2020-01-01"\n', "rad 1", "datum"),
        ('[[lag]]\nnr = "2020:1"\nnamn = "b"\nkapitel = "9"\n', "rad 1", "kapitel ska vara ett antal"),
        ('[[amne]]\nid = "a"\n', "rad 1", "amne"),
        ('uppgift = "a"\n', "k.toml", "hakar"),
        ('uppgift = ["a"]\n', "k.toml", "nycklar"),
    ],
)
def test_faults_are_told_with_line_and_key(text: str, where: str, says: str) -> None:
    with pytest.raises(CannotRead) as caught:
        read_catalogue(text, "k.toml")
    told = caught.value.message
    assert where in told
    assert says in told


def test_one_text_may_hold_several_words_with_commas_between() -> None:
    (task,) = read_catalogue('[[uppgift]]\nid = "a"\nnamn = "a"\nord = ["b, c d", "e"]\nvardag = ["f,g"]\n', "k.toml").tasks
    assert (task.words, task.everyday) == (("b", "c d", "e"), ("f", "g"))


def test_an_empty_file_is_an_empty_catalogue() -> None:
    assert read_catalogue("", "k.toml") == Catalogue()


def test_every_old_statute_has_come_to_an_end_by_a_new_one_and_no_old_word_is_written_instead() -> None:
    catalogue = packaged()
    for retired in catalogue.retired:
        heirs = catalogue.replaced_by(retired.number)
        assert heirs, retired.number
        assert len(heirs) == 1 or not retired.plain, retired.number
    forms = {old for term in catalogue.terms for old, _ in term.forms}
    for term in catalogue.terms:
        assert term.forms, term.word
        assert not forms & {new for _, new in term.forms}, term.word


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[begrepp]]\nord = "a"\nheter = "b"\nformer = ["c"]\n', "former ska para ihop ord"),
        ('[[begrepp]]\nord = "a"\nheter = "b"\nsedan = "2020"\n', "sedan ska vara ett datum"),
        ('[[begrepp]]\nord = "a"\n', "heter saknas"),
        ('[[upphavd]]\nnr = "1"\nnamn = "a"\n', "är inget nummer"),
        ('[[upphavd]]\nnr = "1990:1"\nnamn = "a"\nrakt = "ja"\n', "rakt ska vara true eller false"),
        ('[[uppgift]]\nid = "a"\nnamn = "b"\neget_organ = 1\n', "eget_organ ska vara true eller false"),
    ],
)
def test_faults_in_what_the_review_reads_are_told(text: str, said: str) -> None:
    with pytest.raises(CannotRead, match=said):
        read_catalogue(text, "katalog.toml")
