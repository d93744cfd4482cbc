"""How provisions are cited: one case file a topic, and the laws that writing and reading keep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import grows_evenly
from hypothesis import given, settings
from hypothesis import strategies as st

from reglemente_tool.model.address import LAST, Address, Kind, Part, Reads, Step
from reglemente_tool.model.citation import Citation, citations, cite, ordinal, read_citation, spell_ordinal

CASES = Path(__file__).parent / "cases" / "citations"


# ------------------------------------------------------------------------------------------------------------ cases


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    """Yield (where, text, expected lines) for every block of every case file. In the text, \\n is a line break."""
    for path in sorted(CASES.glob("*.txt")):
        block: list[str] = []
        for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], start=1):
            if line and not line.startswith("#"):
                block.append(line)
            elif not line and block:
                yield f"{path.stem}:{number - len(block)}", block[0].replace("\\n", "\n"), block[1:]
                block = []


def told(found: tuple[Citation, ...]) -> list[str]:
    """Return what was read as the case files write it, one line an address; the wordings follow the addresses."""
    lines = []
    for citation in found:
        for index, address in enumerate(citation.addresses):
            facts = [
                f"reads={citation.reads.value}" if citation.explicit else "",
                f"quoted={citation.quoted[index]}" if citation.quoted else "",
                f"topic={citation.topic}" if citation.topic else "",
                f"law={citation.law}" if citation.law else "",
            ]
            lines.append(" | ".join([f"= {address.code}", *filter(None, facts)]))
    return lines or ["= inget"]


@pytest.mark.parametrize(("where", "text", "expected"), list(blocks()), ids=lambda value: value if isinstance(value, str) else "")
def test_case(where: str, text: str, expected: list[str]) -> None:
    spans = [line.removeprefix("~ ") for line in expected if line.startswith("~")]
    found = citations(text)
    assert told(found) == [line for line in expected if line.startswith("=")], where
    if spans:
        assert [text[c.start : c.end] for c in found] == spans, where


def test_there_are_cases() -> None:
    assert len(list(blocks())) >= 90


# ------------------------------------------------------------------------------------------------------- completion


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("fjärde strecksatsen", "par2", "par2.ss4"),
        ("fjärde strecksatsen", "par2.st1", "par2.st1.ss4"),
        ("andra strecksatsen", "par2.st1.p3", "par2.st1.p3.ss2"),
        ("andra strecksatsen", "par2.st1.ss4", "par2.st1.ss2"),
        ("andra stycket", "par2.st1.ss4", "par2.st2"),
        ("4 §", "kap2", "kap2.par4"),
        ("4 §", "kap2.par3.st1", "kap2.par4"),
        ("3 kap. 4 §", "kap2", "kap3.par4"),
        ("bilaga 1", "kap2", "bil1"),
        ("andra stycket", "bil1", "bil1.st2"),
        ("rubriken närmast före 9 §", "kap2", "kap2.par9.rubrik"),
        ("rubriken ”Kallelse”", "kap2", "kap2.rubrik"),
        ("6 § kommunallagen", "kap2", "par6"),
        ("reglementet", "kap2", ""),
    ],
)
def test_within_completes(text: str, within: str, code: str) -> None:
    citation = read_citation(text, within=Address.from_code(within))
    assert citation is not None
    assert [a.code for a in citation.addresses] == [code]
    assert citations(text, within=Address.from_code(within)) == ((citation,) if code else ())


def test_begins_at_start() -> None:
    text = "att i 2 § andra stycket ska 4 § utgå"
    assert read_citation(text) is None
    assert read_citation(text, start=4) is None
    citation = read_citation(text, start=6)
    assert citation is not None
    assert text[citation.start : citation.end] == "2 § andra stycket"
    assert read_citation("12 §", start=1) is None
    assert read_citation("", start=0) is None


def test_reads() -> None:
    current, new, plain = citations("nuvarande 4 § ska betecknas den nya 5 §, varvid 6 §")
    assert (current.reads, current.explicit) == (Reads.NUVARANDE, True)
    assert (new.reads, new.explicit) == (Reads.NY, True)
    assert (plain.reads, plain.explicit) == (Reads.NUVARANDE, False)


# --------------------------------------------------------------------------------------------------------- spelling


@pytest.mark.parametrize(
    ("code", "spelled"),
    [
        ("", "reglementet"),
        ("rubrik", "rubriken till reglementet"),
        ("kap2.par4a.st2.p3", "2 kap. 4 a § andra stycket 3"),
        ("par2.st1.ss4", "2 § första stycket fjärde strecksatsen"),
        ("bil1.ss31", "bilaga 1 trettioförsta strecksatsen"),
        ("bil1.ss32", "bilaga 1 32:a strecksatsen"),
        ("bil:A.st1", "bilaga A första stycket"),
        ("bil", "bilagan"),
        ("par7.b:c", "7 § c"),
        ("par7.b:i", "7 § i)"),
        ("bil1.b:c", "bilaga 1 c)"),
        ("b:c", "bokstaven c)"),
        ("p3", "punkten 3"),
        ("bil1.p3", "bilaga 1 punkten 3"),
        ("par2.st1.p3.b:a", "2 § första stycket 3 a"),
        ("par2.st1.p3a", "2 § första stycket 3a"),
        ("par2.p3.b:a.m1", "2 § 3 a) första meningen"),
        ("par2.p:sist", "2 § sista punkten"),
        ("par12.m:sist", "12 § sista meningen"),
        ("par5.st:sist-1", "5 § näst sista stycket"),
        ("par5.st:sist-2", "5 § tredje sista stycket"),
        ("par5.ss:sist+1", "5 § sista strecksatsen"),
        ("par2.ss", "2 § strecksats"),
        ("par2.tab", "2 § tabellen"),
        ("par2.tab2.rad3", "2 § andra tabellen tredje raden"),
        ("avs2", "andra avsnittet"),
        ("avs2.3", "avsnitt 2.3"),
        ("par8.st2.m2.led1", "8 § andra stycket andra meningen första ledet"),
        ("par9.rubrik", "rubriken närmast före 9 §"),
        ("kap2.par9.rubrik", "rubriken närmast före 2 kap. 9 §"),
        ("kap3.rubrik", "rubriken till 3 kap."),
        ("bil1.rubrik", "rubriken till bilaga 1"),
        ("par:sist", "sista paragrafen"),
    ],
)
def test_cite(code: str, spelled: str) -> None:
    assert cite(Address.from_code(code)) == spelled


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("första", "1"), ("fjärde", "4"), ("Fjärde", "4"), ("4:e", "4"), ("1:a", "1"), ("31:a", "31"), ("artonde", "18"),
        ("adertonde", "18"), ("trettioförsta", "31"), ("sista", LAST), ("näst sista", "sist-1"), ("näst  sista", "sist-1"),
        ("tredje sista", "sist-2"), ("fyra", None), ("", None), ("första stycket", None), ("4", None),
    ],
)  # fmt: skip
def test_ordinal(word: str, number: str | None) -> None:
    assert ordinal(word) == number


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("4", "fjärde"), ("31", "trettioförsta"), ("32", "32:a"), ("41", "41:a"), ("33", "33:e"), ("112", "112:e"),
        ("111", "111:e"), ("sist", "sista"), ("sist-1", "näst sista"), ("sist-2", "tredje sista"), ("sist+1", "sista"),
        ("4 a", "4 a"),
    ],
)  # fmt: skip
def test_spell_ordinal(number: str, word: str) -> None:
    assert spell_ordinal(number) == word


@given(st.integers(1, 999).map(str) | st.integers(1, 40).map(lambda n: f"{LAST}-{n}") | st.just(LAST))
def test_ordinals_are_inverse(number: str) -> None:
    assert ordinal(spell_ordinal(number)) == number


# ------------------------------------------------------------------------------------------------------------- laws

ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"
plain = st.integers(1, 99).map(str)
lettered = st.builds(lambda n, letter: f"{n} {letter}".strip(), st.integers(1, 99), st.sampled_from(["", *ALPHABET]))
from_end = st.sampled_from([LAST, f"{LAST}-1", f"{LAST}-2"])
letters = st.sampled_from(ALPHABET)
decimal = st.builds("{}.{}".format, st.integers(1, 99), st.integers(1, 99))


def step(kind: Kind, numbers: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Step, ...]]:
    return st.just(()) | st.builds(lambda number: (Step(kind, number),), numbers)


places = [
    step(Kind.KAPITEL, lettered | from_end),
    step(Kind.AVSNITT, plain | from_end | decimal | st.sampled_from("ABC")),
    step(Kind.PARAGRAF, lettered | from_end | decimal) | step(Kind.BILAGA, lettered | from_end | st.sampled_from("ABC")),
    step(Kind.STYCKE, plain | from_end),
    step(Kind.TABELL, plain | from_end),
    step(Kind.RAD, plain | from_end),
    step(Kind.PUNKT, lettered | from_end | decimal),
    step(Kind.BOKSTAV, letters | from_end),
    step(Kind.STRECKSATS, plain | from_end),
    step(Kind.MENING, plain | from_end),
    step(Kind.LED, plain | from_end),
]
addresses = st.builds(
    lambda steps, part: Address(tuple(s for one in steps for s in one), part), st.tuples(*places), st.sampled_from(Part)
)
sentences = st.sampled_from(["att {} ska utgå", "({})", "i {}.", "”{}”", "ändras {},", "{}\n\n4 §"])


@settings(max_examples=1000, deadline=None)
@given(addresses)
def test_reading_is_the_inverse_of_writing(address: Address) -> None:
    spelled = cite(address)
    citation = read_citation(spelled)
    assert citation is not None, spelled
    assert citation.addresses == (address,), spelled
    assert (citation.start, citation.end) == (0, len(spelled))


@settings(max_examples=300, deadline=None)
@given(addresses.filter(lambda address: bool(address.steps)), sentences)
def test_a_citation_is_found_in_a_sentence(address: Address, sentence: str) -> None:
    text = sentence.format(cite(address))
    assert citations(text)[0].addresses == (address,)


WORDS = """
    § §§ 1 2 3 4 12 17 a b c c) i och eller samt , . : ; - – -- ( ) ” " ’ ' » « kap kap. kapitel st st. p p. bil. bilaga
    bilagan första andra tredje fjärde sista näst 1:a 4:e stycket styckena punkten punkterna strecksatsen strecksatserna
    meningen ledet led bokstav tabellen raden om för rubriken rubrikerna närmast före till reglementet den nya nuvarande ny
    KL kommunallagen (2017:725) lagen samma lag 2017-06-21 1 000 kronor ledamöter nämnden ska stryks byggnämnden Åsö
    bİlaga bılaga ſista stycKet rubrİken meningeN"""
pieces = st.sampled_from(WORDS.split()) | st.text("abciåäö§1234:.,-–”\"'() \n\t\u00a0İıſ", max_size=4)
noise = st.lists(st.tuples(pieces, st.sampled_from([" ", " ", " ", "", "\n", "\u00a0"])), max_size=60).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


@settings(max_examples=1000, deadline=None)
@given(noise)
def test_noise(text: str) -> None:
    at = 0
    for citation in citations(text):
        assert at <= citation.start < citation.end <= len(text)
        assert citation.addresses
        assert all(Address.from_code(a.code) == a for a in citation.addresses), text
        assert all(cite(a) for a in citation.addresses)
        assert all(quote.strip() and quote in text for quote in citation.quoted)
        at = citation.end


@pytest.mark.parametrize(
    "piece",
    [
        "1, ", "1 § ", "2 och ", "första, ", "a",
        "första strecksatsen ", "strecksatsen om ", "raden om a i ", "strecksatsen ”", "”", "a-", "i ", "lag", "1 § och ", " ",
        "\n", "rubrikerna till 1 § och ", "punkt 1, ", "1-4 §§ 1-4 kap. ", "§", "den nya ", "nämnda lag 1 § ", "KL ", "§ 1 p 1 ",
        "1 000 ", "strecksatserna ”a”, ”b” och ", "första–", "1–2, ", "första stycket och ", "första stycket i ", "7 § a, ",
        "reglementet ", "raden ", "1:a ",
    ],
)  # fmt: skip
def test_repetition_takes_no_time(piece: str) -> None:
    grows_evenly(citations, (piece * (50_000 // len(piece) + 1))[:50_000])


def test_long_text_takes_no_time() -> None:
    clause = "att i 2 kap. 4 § andra stycket ska strecksatsen ”ansvara för lokaler” utgå, och nämnden äger rätt att besluta, "
    text = clause * (100_000 // len(clause) + 1)
    assert len(grows_evenly(citations, text)) == 2 * (100_000 // len(clause) + 1)


@pytest.mark.parametrize("code", ["par2.st1.ss:ist", "par2.st1.ss:sista", "par2.st:sist+", "par2.st:a"])
def test_a_place_in_a_row_is_counted_or_last(code: str) -> None:
    """One letter lost in a file ("ss:ist") is no address, and is found before anything is done with it."""
    with pytest.raises(ValueError, match="ingen adress"):
        Address.from_code(code)
