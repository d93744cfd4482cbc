"""No change: motions, proposals, what is said on the floor. Who speaks is what matters here, not what is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.reading.operation import Nothing
from reglemente_tool.reading.phrases import Match, Result, phrase

_ADOPTED = re.compile(
    r"(?<!inte )(?:bifall(?:er|a|s|es)?\b(?! till)|bifölls|antogs|kommunfullmäktige beslutar(?! att (?:avslå|"
    r"återremittera|bordlägga)))",
    re.IGNORECASE,
)
_SPEAKER = r"[^⟦⟧:;]{2,90}?"
_WHO = (
    r"(?:{N}|(?:arbets|personal|social)?utskottet|(?:[a-zåäö]+)?nämnden|styrelsen|presidiet|beredningen|revisorerna|valberedningen|"
    r"[a-zåäö]*(?:förvaltningen|kontoret|kansliet|direktören|chefen|avdelningen))"
)


@phrase("(?:med (?:hänvisning till )?(?:{…} )?)?(?:anse|anser|anses|förklara|förklarar|förklaras) {motion}{…} (?:som )?(?:vara "
        ")?(?:besvarad|besvarade|"
"besvarat|"
"färdigbehandlad)(?: med {…}| "
    "genom {…}| i enlighet med {…}| enligt {…})?",
        "{motion}{…} (?:ska )?(?:anses|förklaras|är)(?: härmed)?(?: som| vara)? (?:besvarad|besvarade|besvarat)(?: i sin helhet)?(?: "
        "med {…}| genom {…}| i "
        "enlighet med {…}| enligt {…})?",
        "{motion}{…} (?:besvaras|besvara) {…}", "(?:besvara|besvarar) {motion}{…}")  # fmt: skip
def motion_besvarad(m: Match) -> Iterator[Result]:
    """Motionen anses besvarad med vad kommunstyrelsen har anfört."""
    yield Nothing("motion-besvarad")


@phrase(
    "(?:med (?:hänvisning till )?(?:{…} )?)?(?:avslå|avslår) {motion}{…}",
    "{motion}{…} (?:avslås|avslogs|ska avslås)(?: med {…}| i enlighet {…})?",
    "(?:inte|ej) (?:bifalla|anta|godkänna) (?:{motion}|(?:det |detta )?(?:framlagda |föreliggande )?förslag(?:et)?|{S}){…}",
    "{motion}{…} (?:lämnas|lämna) utan (?:bifall|åtgärd)(?: {…})?", "lämna {motion}{…} utan (?:bifall|åtgärd)(?: {…})?",
    "(?:avslå|avslår) (?:förslaget|yrkandet|ärendet){…}",
    "yrkandet{…} avslås", "{motion}{…} (?:bifalls|bifalles) (?:inte|ej)(?: {…})?", "(?:säga|säger) nej till {motion}{…}",
)
def motion_avslagen(m: Match) -> Iterator[Result]:
    """att avslå motionen om ett nytt utskott"""
    yield Nothing("motion-avslagen")


@phrase("(?:bifalla|bifaller) {motion}{…}", "{motion}{…} (?:bifalls|bifalles)(?: {…})?")
def motion_bifallen(m: Match) -> Iterator[Result]:
    """att bifalla motionen om trygghetsvandringar"""
    if not re.search(r"reglemente|⟦[AR]\d+⟧|nämnden|styrelsen|utskott|⟦N|\b(?:inte|ej)\b", m.found[0], re.IGNORECASE):
        yield Nothing("motion-bifallen")


@phrase(
    "(?:remittera|remitterar|överlämna|överlämnar|lämna|lämnar|hänskjuta|hänskjuter) {motion}{…} till {…}",
    "{motion}{…} (?:remitteras|lämnas(?: över)?|överlämnas|hänskjuts) till {…}",
    "{ärendet}{…} (?:remitteras|överlämnas|hänskjuts) till {…}",
    "(?:remittera|remitterar|överlämna|hänskjuta) {ärendet}{…} till {…}",
)
def motion_remitterad(m: Match) -> Iterator[Result]:
    """Motionerna lämnas till kommunstyrelsen för beredning."""
    yield Nothing("motion-remitterad")


@phrase(
    "återtagna? {motion}{…} (?:avskrivs|läggs till handlingarna)(?: {…})?",
    "{motion}{…} (?:avskrivs|återtas|dras tillbaka)(?: {…})?", "avskriva "
        "(?:den återtagna |de återtagna )?{motion}{…}",
    "(?:avskriva|avskriver) {ärendet}{…}", "{ärendet}{…} avskrivs{…}",
)  # fmt: skip
def motion_atertagen(m: Match) -> Iterator[Result]:
    """Återtagna motioner avskrivs."""
    yield Nothing("motion-atertagen")


@phrase(
    f"(?:{_SPEAKER}) (?:yrkar|yrkade|yrkat|framställer yrkande om|föreslog|ställer yrkande om)(?: bifall| avslag)?(?:,| att| på| till| "
    f"om| i){{…}}",
    "{…},? (?:yrkar|yrkade) [^⟦⟧]{2,60}?(?:;{…})?",
    f"(?:{_SPEAKER}) (?:yrkar|yrkade) (?:bifall|avslag|återremiss|bordläggning){{…}}",
    "(?:motionären|motionärerna|förslagsställaren) (?:föreslår|yrkar|vill|anser|anför){…}",
    sealed=True,
)
def yrkande(m: Match) -> Iterator[Result]:
    """En ledamot yrkar att 12 § ska lyda: ”Nämnden sammanträder varje vecka.”"""
    if not _ADOPTED.search(m.found[0]):
        yield Nothing("yrkande")


@phrase(
    rf"{_WHO}(?:,? {{K}},?|s?)? (?:föreslår|föreslog|hemställer|hemställde|tillstyrker|förordar)(?: i [^⟦⟧]{3,50}?)?(?: att)?(?: (?:kommun|"
    rf"region)?fullmäktige| KF)(?: att)?(?: besluta| beslutar| föreslås besluta)?{{…}}",
    rf"{_WHO} beslutar (?:att )?föreslå (?:kommun)?fullmäktige(?: att| besluta){{…}}",
    rf"{_WHO}s förslag till (?:kommunfullmäktige|beslut){{…}}",
    r"{S} till (?:kommunfullmäktige|fullmäktige|beslut)(?::| är)(?: att)? {…}",
    r"(?:kommunfullmäktige|fullmäktige) föreslås (?:besluta )?att{…}",
    r"förslag till beslut{…}",
    rf"{_WHO} (?:föreslår|hemställer)(?: att)? {{…}}",
    sealed=True,
)
def forslag(m: Match) -> Iterator[Result]:
    """Kommunstyrelsen föreslår kommunfullmäktige besluta att upphäva 7 § i valnämndens reglemente"""
    who = m.said.lower()
    board = who.startswith(("kommunstyrelse", "ks ", "styrelsen", "kommunstyrelsens")) and "utskott" not in who.split(" föresl")[0]
    office = re.match(
        r"(?:förslag|\w*(?:förvaltningen|kontoret|kansliet|direktören|chefen|avdelningen)|kommunfullmäktige föreslås|fullmäktige "
        r"föreslås)",
        who,
    )
    yield Nothing("forslag-av-styrelsen" if board else "forslag-av-forvaltningen" if office else "forslag-av-namnd")


@phrase(
    "(?:mot beslutet(?: {…})? reserverar sig|[^⟦⟧]{2,90} reserverar sig|[^⟦⟧]{2,90} reserverade sig|reservation(?:er)?){…}",
    sealed=True,
)
def reservation(m: Match) -> Iterator[Result]:
    """En ledamot reserverar sig till förmån för eget yrkande."""
    yield Nothing("reservation")


@phrase(
    "[^⟦⟧]{2,60} (?:lämnar|lämnade) (?:en )?(?:protokollsanteckning|röstförklaring){…}",
    "[^⟦⟧]{2,90} (?:anmäler|anmälde) (?:jäv|avvikande){…}", "[^⟦⟧]{2,90} (?:deltar|deltog) inte i (?:beslutet|handläggningen|"
                                                            "omröstningen){…}",
    "(?:protokollsanteckning|särskilt yttrande|till protokollet (?:antecknas|fogas)|notera till protokollet){…}",
    "(?:anteckna|antecknar|medge|medger) (?!(?:den )?(?:information|redovisning|rapport)){…} till protokollet{…}", sealed=True,
)  # fmt: skip
def protokollsanteckning(m: Match) -> Iterator[Result]:
    """Till protokollet antecknas att ärendet har behandlats digitalt."""
    yield Nothing("protokollsanteckning")
