"""What a clause says of the decision itself: from when it holds, until when, on what condition, what it sets aside or takes over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.model.address import Kind
from reglemente_tool.reading.operation import Nothing, Operation, Scope, Type
from reglemente_tool.reading.phrases import Match, Result, phrase

_WHAT = r"(?:detta|det|föreslagna|beslutade|antagna|ovanstående|samtliga|alla|de|den|denna|dessa|nya|ny|reviderade|ändrade)"
_THING = (
    r"(?:(?:reglements)?ändring(?:en|ar|arna)?|beslut(?:et|en)?|revidering(?:en|ar|arna)?|bestämmelse(?:n|r|rna)?|lydelse(?:n|r|rna)?|"
    r"nämndorganisation(?:en)?|organisation(?:en)?"
    r"|namnbyte(?:t)?|namnändring(?:en)?|reglemente(?:t|n|na)?|arbetsordning(?:en)?|paragraf(?:en|erna)?|överföring(?:en)?|flytt(?:en)?|"
    r"förändring(?:en|ar|arna)?|föreskrift(?:en|er|erna)?)"
)
_SUBJECT = (
    rf"(?:{_WHAT}(?: {_WHAT})?(?: {_THING})?|{_THING}|{{R}}|{_THING} (?:av|i) {{R}}|{_THING} enligt "
    rf"(?:ovan|ovanstående(?: (?:att-?satser|punkter|beslut))?|"
    rf"punkt(?:en|"
    rf"erna)? \d(?:[ ,och–-]+\d)*))"
)
_HOLDS = (
    r"(?:(?:ska|skall|får) )?(?:gälla|gäller|träda i kraft|träder i kraft|börja gälla|börjar gälla|ha verkan|har verkan|tillämpas|börja "
    r"tillämpas)?"
)


_PART = (
    rf"(?:(?:{_WHAT} )?{_THING} (?:av|i|till|enligt|avseende|under) {{P}}|{{A}}|(?P<rest>(?:övriga|resterande|andra) {_THING}|"
    rf"(?:{_WHAT} ?{_THING}? |{_THING} )?i övrigt|resten(?: av (?:beslutet|ändringarna))?))"
)
"""A part of what is decided: what is done to a charter or in a place of it, what a clause of the decision says, or all that is left."""


@phrase(
    f"{_SUBJECT} {_HOLDS}(?: som)?",
    f"{_SUBJECT}",
    f"{_PART} {_HOLDS}",
    f"{_PART}",
    rf"(?P<rest>i övrigt (?:gäller|träder|ska|skall) {_SUBJECT}(?: i kraft| gälla| träda i kraft)?)",
    "ikraftträdande:?", "gäller:",
    f"(?:låta|bestämma att|besluta att) {_SUBJECT} {_HOLDS}",
    "gäller", "(?:detta )?att gälla",
    "(?:tid för )?ikraftträdande(?: är| ska vara| sker| ska ske)?(?: för {R})?",
    f"{_SUBJECT} (?:är|ska vara) tillfälliga?(?: och)? {_HOLDS}",
)
def ikrafttradande(m: Match) -> Iterator[Result]:
    """att ändringarna ska gälla från och med den 1 juli 2027"""
    if "rest" in m.found.re.groupindex and m.found["rest"]:
        yield Nothing("ikrafttradande", scope=Scope(rest=True))
        return
    said = m.named or ((m.where,) if m.where.charters and not m.before else ())
    if any(place.quoted or place.topic or place.under for place in said):
        return
    items = _clause_numbers(m)
    of = Scope(items=items) if items else Scope(places=said, itself=m.found[0].startswith("⟦"))
    yield Nothing("ikrafttradande", scope=of if said else None)


def _clause_numbers(m: Match) -> tuple[int, ...]:
    """Return the numbers in "punkt 2" and "att-satserna 1 och 2", where they are the decision's own: no charter and no § is named."""
    spoken = any(re.match(r"(?:punkt|p\.|att-?sats)", s.said, re.IGNORECASE) for s in m.skeleton.slots if s.value in m.named)
    steps = [a.steps for place in m.named for a in place.addresses]
    alone = all(len(s) == 1 and s[0].kind in (Kind.PUNKT, Kind.STRECKSATS) and s[0].number.isdigit() for s in steps)
    charters = any(place.charters for place in m.named)
    return tuple(int(s[0].number) for s in steps) if spoken and alone and not charters else ()


@phrase(f"{_SUBJECT} {_HOLDS} (?:tills vidare|tillsvidare)", "gäller (?:tills vidare|tillsvidare)")
def tills_vidare(m: Match) -> Iterator[Result]:
    """att beslutet ska gälla tills vidare"""
    yield Nothing("tills-vidare")


@phrase(
    r"(?:befintliga|nuvarande) (?:nämnder|nämnden|ledamöter) (?:till dess |fram till dess )?(?:beslutar|fullgör|kvarstår|ansvarar|"
    r"arbetar)(?: till dess)?(?: enligt (?:nuvarande|gällande|befintliga) (?:reglementen|reglemente|organisation))?",
    r"(?:till dess|fram till dess|intill dess) (?:gäller|beslutar|ansvarar|fullgör) (?:befintliga|nuvarande|gällande) .{3,160}",
    r"ärenden som (?:har )?(?:inletts|påbörjats) (?:dessförinnan|före ikraftträdandet) .{3,160}",
)
def overgang(m: Match) -> Iterator[Result]:
    """att organisationen gäller från årsskiftet och att nuvarande nämnder kvarstår till dess"""
    yield Nothing("overgang", m.found[0])


@phrase(
    rf"{_SUBJECT} (?:ska )?(?:gälla|gäller|träder i kraft|träda i kraft)(?: först)? när (?P<what>[^⟦⟧;:]+ (?:likalydande|motsvarande|"
    rf"samma) "
    r"beslut)",
    r"som (?:ett )?villkor (?:för (?:beslutet|detta) )?(?:gäller|ska gälla) att (?P<what>.+)",
    rf"under förutsättning av (?P<what>[^⟦⟧;:]{{3,200}}?) (?:gäller|träder|ska) {_SUBJECT}(?: gälla| i kraft| träda i kraft)?",
    rf"{_SUBJECT} (?:endast |bara )?(?:ska )?(?:gälla|gäller|träder i kraft|träda i kraft)(?: endast| bara)? under förutsättning av "
    rf"(?!att )(?P<what>.+)",
    rf"{_SUBJECT} (?:endast |bara )?(?:ska |skall )?(?:gälla|gäller|träder i kraft|träda i kraft)(?: endast| bara)? under förutsättning "
    rf"(?:av )?att "
    rf"(?P<what>.+)",
    rf"{_SUBJECT} (?:ska |skall )?(?:gälla|gäller|träder i kraft|träda i kraft) (?:endast|bara) om (?P<what>.+)",
    rf"{_SUBJECT} (?:är|ska vara|förutsätter|villkoras av)(?: villkorat av)? att (?P<what>.+)",
    r"under förutsättning (?:av )?att (?P<what>.+)",
)
def villkor(m: Match) -> Iterator[Result]:
    """att beslutet gäller under förutsättning att övriga medlemskommuner fattar likalydande beslut"""
    yield Operation(type=Type.SET_CONDITION, text=m.group("what"))


@phrase(
    "{K} (?:upphävs|ska upphävas|upphör att gälla|upphör|ska upphöra(?: att gälla)?|återkallas|ska återkallas|ska inte längre "
    "gälla|inte längre ska gälla|inte längre gäller|gäller inte längre)(?:,? såvitt avser {R}| i (?:den del|de delar) (?:det|som|de) "
    "(?:rör|avser|gäller) "
    "{R})?",
    "{K} (?:om|avseende|angående) {R},? (?:inte längre ska gälla|ska inte längre gälla|gäller inte längre|återkallas)",
    "{K},? (?:upphävs|ska upphävas|upphör att gälla|ska upphöra att gälla) (?:i (?:sin|dess) helhet|helt)",
    "{K} (?:om|avseende|angående) (?:(?:revidering|ändring|ändringar|tillägg) (?:av|i|till) )?{R},? (?:upphävs|ska upphävas|"
    "upphör att gälla)",
    "(?:upphäva|upphäver|återkalla) {K} (?:om|avseende|angående) (?:revidering|ändring|ändringar|tillägg) (?:av|i|till) {R}",
    "(?:upphäva|upphäver|återkalla) {K}(?: i (?:den del|de delar) (?:det|som) (?:rör|avser|gäller) {R}| om (?:{R}|{np})| avseende {R}| "
    "att (?P<what>.+))?",
    "(?:samtidigt )?(?:upphävs|upphäva) {K}(?: i den del som (?:rör|avser) {R})?",
)
def beslut_upphavs(m: Match) -> Iterator[Result]:
    """att kommunfullmäktiges beslut den 14 december 2026, § 201, upphävs i den del som rör valnämndens reglemente"""
    value = m.value("K")
    if isinstance(value, tuple) and value[0] == "beslut":
        yield Operation(type=Type.REPEAL_DECISION, charter=m.place.charter, text=f"{value[1]} § {value[2]}")


_ITEMS = r"(?P<items>\d{1,2}(?:(?:,| och|–|-| samt) ?\d{1,2})*)"
_CLAUSE = r"(?:att-?sats(?:erna|er|en)?|punkt(?:erna|en|er)?)"


@phrase(
    rf"{_CLAUSE} {_ITEMS}(?: i {{S}})? (?:bifalles|bifalls|antas|bifölls|godkänns)(?: enligt {{S}})?",
    rf"bifalla {_CLAUSE} {_ITEMS}(?: i {{S}})?",
    r"{A} (?:bifalles|bifalls|bifölls)",
    r"bifalla {A}",
    r"{A} i (?:{S}|förslaget) (?:bifalls|bifalles|antas|godkänns)",
    rf"{_CLAUSE} {_ITEMS} i förslaget (?:bifalls|bifalles|antas|godkänns)",
)
def attsatser_bifalls(m: Match) -> Iterator[Result]:
    """Attsats 1 och 3 bifalles."""
    items = _items(m)
    if items and all("förslag" in source.lower() for source in m.sources):
        yield Operation(type=Type.APPLY_PROPOSAL, items=items, source=m.sources[0] if m.sources else "")


def _items(m: Match) -> tuple[int, ...]:
    """Return the numbers of the clauses of a proposal; "attsatserna 1 och 2" looks like items of a charter's list."""
    if not m.named:
        found: list[int] = []
        for first, last in re.findall(r"(\d+)(?:\s?[–-]\s?(\d+))?", m.group("items")):
            found.extend(range(int(first), int(last or first) + 1))
        return tuple(found)
    steps = [a.steps for a in m.named[0].addresses]
    alone = all(len(s) == 1 and s[0].kind in (Kind.PUNKT, Kind.STRECKSATS) and s[0].number.isdigit() for s in steps)
    return tuple(int(s[0].number) for s in steps) if alone and not m.named[0].charters else ()


@phrase(
    rf"{_CLAUSE} {_ITEMS}(?: i {{S}})? (?:avslås|avslogs|återremitteras|bordläggs)",
    rf"avslå {_CLAUSE} {_ITEMS}",
    r"{A} (?:avslås|avslogs|återremitteras|bordläggs)",
    r"avslå {A}",
)
def attsatser_avslas(m: Match) -> Iterator[Result]:
    """Attsats 2 avslås."""
    if _items(m):
        yield Nothing("yrkande")


@phrase(
    r"(?:bifaller|bifalla|antar|anta|godkänner|godkänna) {S}",
    r"{S} (?:bifalls|bifalles|antas|bifölls|godkänns)",
    r"(?:bifalla|bifaller|anta|antar|godkänna|godkänner) förslaget(?P<plain>)", r"förslaget (?:bifalls|antas|godkänns)(?P<plain>)",
    r"(?:i enlighet med|enligt|följa|följer|besluta|beslutar|beslut|säga ja till|säger ja till) {S}",
    r"{S}",
    r"bifall till {S}(?: till beslut)?",
    r"(?:bifaller|bifalla|godkänna|anta|antar|godkänner) (?:{N}s förslag|{S})(?: till beslut)?(?: i (?:dess|sin) helhet)?",
    r"{S} till beslut (?:bifalls|bifalles|antas|bifölls|godkänns)",
)
def enligt_forslaget(m: Match) -> Iterator[Result]:
    """Kommunfullmäktige beslutar i enlighet med kommunstyrelsens förslag"""
    if not m.sources and "plain" in m.found.re.groupindex:
        yield Operation(type=Type.APPLY_PROPOSAL, source="förslaget")
    if m.sources and "förslag" in m.sources[0].lower():
        yield Operation(type=Type.APPLY_PROPOSAL, source=m.sources[0])


_OFFICER = (r"(?:{N}s )?(?P<officer>presidiet?|presidium|[a-zåäö]*(?:chefen|direktören|juristen|sekreteraren|kansliet|förvaltningen|"
    r"kontoret|avdelningen|presidiet))")
_EDITORIAL = (
    r"(?:de |eventuella |mindre |nödvändiga |smärre |erforderliga |rent |andra |övriga )*(?:redaktionella|språkliga(?: och "
    r"redaktionella)?|redaktionella "
    r"och språkliga)(?: ändringar och följdändringar| ändringar| justeringar| rättelser| korrigeringar| följdändringar|"
    r" ändringarna)|(?:de |eventuella |mindre )*(?:ändringar|justeringar|rättelser) av (?:rent )?(?:redaktionell|språklig) (?:karaktär|"
    r"art|natur)"
)
_WHERE = (
    r"(?: (?:i|av) (?:{R}|(?:de |det )?(?:nu )?(?:antagna |beslutade |reviderade )?(?:reglementet|reglementena|texten|texterna|"
    r"handlingen|handlingarna|"
    r"dokumentet|dokumenten|besluten|beslutet)(?: som [^⟦⟧,.;]{2,60})?))?"
    r"(?:,? som (?:krävs|behövs|kan behövas|föranleds|kan föranledas|är nödvändiga|blir nödvändiga|beslutet|följer)[^⟦⟧.;:]{0,80}|"
    r" (?:vid|efter) behov| (?:med anledning|till följd) av (?:detta |det fattade )?beslute?t?)?"
)


@phrase(
    r"(?:ge|uppdra åt|bemyndiga|uppdra till|ger|medge|delegera till|delegera åt|bemyndigar|uppdrar åt|delegerar till|delegerar åt) "
    rf"(?:{{N}}|{_OFFICER})(?: i uppdrag| rätt)? att (?:göra|vidta|införa|besluta om|genomföra) (?:{_EDITORIAL}){_WHERE}",
    rf"(?:{{N}}|{_OFFICER}) (?:får|bemyndigas(?: att)?|ges rätt att|får rätt att|ska få|ges i uppdrag att|får i uppdrag att|har rätt att) "
    rf"(?:(?:rätta|korrigera) (?:eventuella |uppenbara )?(?:skriv|stav|räkne)?fel (?:och|samt) )?(?:göra|vidta|införa|besluta om|"
    rf"genomföra) (?:{_EDITORIAL}){_WHERE}",
    rf"(?:{{N}}|{_OFFICER}) (?:får|bemyndigas(?: att)?|ges rätt att|får rätt att) (?:rätta|korrigera) (?:eventuella |uppenbara )?"
    rf"(?:språk|skriv|stav|räkne)fel{_WHERE}",
)
def redaktionellt(m: Match) -> Iterator[Result]:
    """att ge kommunstyrelsen rätt att göra redaktionella ändringar i reglementet"""
    charters = m.named[0].charters if m.named else m.where.charters
    for charter in charters or ("",):
        yield Operation(type=Type.EDITORIAL_MANDATE, charter=charter, target_body=m.bodies[0] if m.bodies else m.group("officer").lower())
