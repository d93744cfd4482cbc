"""No change: what becomes of the case (noted, sent back, put off), what is only told, what holds nothing new."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.reading.operation import Nothing
from reglemente_tool.reading.phrases import Match, Result, phrase

_NEWS = (
    r"(?:information(?:en)?|redovisning(?:en|ar|arna)?|återrapportering(?:en)?|rapport(?:en|er|erna)?|redogörelse(?:n|r|rna)?|"
    r"meddelanden(?:a)?|skrivelse(?:n|r|rna)?|uppföljning(?:en)?|anmälan|anmälningarna|anmälningsärenden(?:a)?|svar(?:et|en)?|"
    r"delårsrapport(?:en)?|yttrande(?:t|n|na)?|granskningsrapport(?:en)?|protokoll(?:et|en)?|remissvar(?:et)?)"
)


@phrase(
    "(?:med godkännande )?(?:lägga|lägger) {…} till handlingarna{…}",
    "(?:kommunfullmäktige )?(?:tackar|tacka) för {…}", "{ärendet} (?:därmed )?avslutas",
    "{…}(?:läggs|lägger (?:den|det|dem))(?: med godkännande)? till handlingarna{…}", "lägga till handlingarna {…}",
    "(?:interpellation(?:en)?|enkla? fråga(?:n)?|frågan){…} (?:anses|är|förklaras)(?: vara)? besvarad(?: {…})?",
    "lägg(?:s|as|er|a) till handlingarna(?: med godkännande)?",
)  # fmt: skip
def till_handlingarna(m: Match) -> Iterator[Result]:
    """att lägga redovisningen till handlingarna"""
    yield Nothing("till-handlingarna")


@phrase(
    f"(?:(?:kommun)?fullmäktige )?(?:notera|noterar|anteckna|antecknar|ta del av|tar del av|tagit del av|godkänna|godkänner|ha tagit del "
    f"av) (?:den |de )?(?:lämnade |lämnad |muntliga |skriftliga |framlagda |S )?{_NEWS}{{…}}",
    f"{_NEWS}{{…}} (?:noteras|antecknas|godkänns)(?: till protokollet)?",
    "kommunfullmäktige noterar {…}", "(?:notera|anteckna) att {…}", "(?:kommun|stads)?fullmäktige har tagit del av {…}",
)
def information_noteras(m: Match) -> Iterator[Result]:
    """Kommunfullmäktige noterar informationen om pågående översyn."""
    yield Nothing("till-handlingarna")


@phrase(
    "(?:återremittera|återremitterar|återförvisa) {…}",
    "{…} (?:återremitteras|återremitterades|återförvisas){…}",
    "{ärendet}{…} (?:skickas|sänds|går|lämnas|visas) (?:åter|tillbaka) till {…}",
)
def aterremiss(m: Match) -> Iterator[Result]:
    """att återremittera ärendet till kommunstyrelsen"""
    yield Nothing("aterremiss")


@phrase(
    "(?:bordlägga|bordlägger|skjuta upp|ajournera) {…}", "{ärendet}{…} (?:bordläggs|bordlades|skjuts upp|utgår(?: från dagordningen)?|"
        "tas inte upp){…}",
    "(?:valet|val) {…} bordläggs(?: {…})?",
    "(?:beslut(?:et)? i|beslut(?:et)? om|behandling(?:en)? av|avgörandet av) (?:{ärendet}|saken){…} (?:skjuts upp|senareläggs|bordläggs|"
    "flyttas)(?: {…})?",
    "(?:ärendet|frågan) utgår(?: från dagordningen| ur ärendelistan)?",
)  # fmt: skip
def bordlaggning(m: Match) -> Iterator[Result]:
    """att bordlägga ärendet till nästa sammanträde"""
    # "Förslaget till 9 § utgår" takes something out of the proposal; only a case as such "utgår".
    if "utgår" not in m.found[0].lower() or not re.search("⟦|förslag", m.found[0], re.IGNORECASE):
        yield Nothing("bordlaggning")


@phrase(
    "(?:konstatera att )?(?:ändringen|beslutet|detta|förslaget|ovanstående|namnbytet|överenskommelsen|avtalet)(?: om "
    "[^⟦⟧.;:]{3,80}?)?(?: ska)? inte "
    "(?:medför|medföra|innebär|"
    "innebära|föranleder|föranleda|påverkar|påverka) (?:någon|några|någon ytterligare)? ?(?:ändring|ändringar|förändring|justering|"
    "justeringar)?{…}",
    "(?:inte|ej) (?:ändra|revidera|(?:göra|vidta|besluta om) (?:någon|några|ytterligare) (?:ändring|ändringar|revidering|förändringar) "
    "(?:av|i)) {P}{…}",
    "(?:någon|några) (?:ändring|ändringar|revidering|revideringar|förändringar) (?:av|i) {P} (?:ska )?(?:inte (?:göras|görs|vidtas|ske|"
    "sker|beslutas)|(?:görs|vidtas|sker|beslutas) inte){…}",
    "{P} (?:i övrigt )?(?:ska )?(?:är |vara |lämnas |förblir |kvarstår |gäller |gälla )?(?:oförändrat|oförändrad|oförändrade|i "
    "oförändrad lydelse|i "
    "oförändrat skick|utan ändring|inte ändras|ändras inte){…}",
    "{P} (?:ska )?(?:behållas?|behålls|bibehållas?|bibehålls|kvarstår|kvarstå)(?: oförändrat?d?| i nuvarande lydelse| som det är)?",
    "{R} (?:ska )?(?:fortsätter|fortsätta|fortsatt) (?:att )?gälla(?: oförändrat| tills vidare)?",
    "(?:i övrigt )?(?:lämna|lämnar|låta) {P} (?:i övrigt )?(?:vara )?(?:oförändrat?d?|utan ändring)",
    "(?:behålla|bibehålla|behåller) {P}(?: i nuvarande lydelse| oförändrat| i oförändrad lydelse)?",
    "(?:ingen ändring|inga ändringar|inga förändringar) (?:görs|sker|ska göras|vidtas|beslutas) (?:av|i) {P}{…}",
    "i övrigt (?:ska )?{P} (?:vara|gälla|lämnas|kvarstå) (?:oförändrat?d?|oförändrade|utan ändring)",
    "i övrigt ska {P} (?:vara|gälla|lämnas|kvarstå) (?:oförändrat?d?|oförändrade|utan ändring)",
    "{N}s (?:ansvarsområde|verksamhetsområde|uppdrag|uppgifter|ansvar|namn) (?:ändras inte|är oförändrat|är oförändrade|ska inte ändras)",
    "(?:inget|ingenting) annat i {P} ändras", "i övrigt (?:görs|sker) inga ändringar(?: i {P})?",
    "i övrigt (?:ska )?(?:gäller|gälla|lämnas|kvarstår) {P} (?:oförändrat?d?|oförändrade|utan ändring)",
    "(?:ändringen|beslutet|detta|förslaget|ovanstående) (?:medför|innebär|föranleder) (?:ingen|inga) (?:ändring|ändringar|"
    "förändringar)(?: (?:av|i) {P})?{…}",
)
def ingen_andring(m: Match) -> Iterator[Result]:
    """att beslutet inte medför någon ändring av reglementet för valnämnden"""
    # "… ändras inte enligt följande. 4 § utgår": what follows is not for us to say.
    if not re.search(r"följande[.:]?$|:$", m.found[0]):
        yield Nothing("uttryckligen-ingen-andring")


@phrase(
    "(?:kommunfullmäktige|fullmäktige|KF|{N}) (?:beslutade|antog|fastställde|fattade|gav|uppdrog|tog){…}",
    "(?:antaget|antagen|fastställd|fastställt|beslutad|beslutat|{K}) av (?:kommunfullmäktige|KF|fullmäktige){…}",
    "[^⟦⟧]{3,60} (?:konstaterade|har varit|hade|infördes|har sedan)[ ,]{…}",
    "(?:år|under|sedan|redan|i) ?(?:\\d{4}|{D}|våras|höstas|fjol),?(?: §)? (?:[a-zåäö]+(?:ade|ades|te|tes|rde|rdes)|antog|beslutade|"
    "slogs|inrättades|ändrades|fick|bildades|"
    "har|överfördes|infördes|ströks|"
    "upphävdes|togs){…}",
    "{R} (?:reviderades|ändrades|antogs|infördes|upphävdes) (?:senast )?{…}",
    "(?:{D}|{K}),? (?:{A},? )?(?:antog|beslutade|att|slogs|ändrades|överfördes){…}",
    "genom {K},? (?:ströks|upphävdes|infördes|ändrades|antogs|fick|utgick|tillkom)[^.;:]*",
    "{R}(?: för den dåvarande {N})? antogs av (?:kommun)?fullmäktige[^.;:]* och (?:upphörde|upphävdes|ersattes)[^.;:]*",
    "(?:av|enligt) {L} (?:framgår|följer) att {…}", "ska (?:kommun)?fullmäktige (?:anta|besluta|fastställa) {…}",
    "(?:ärendet|frågan|förslaget) har (?:beretts|behandlats|remitterats|varit) {…}",
    "i dag gäller {…}", "omröstning (?:begärs|genomförs|verkställs|företas){…}", "enligt nuvarande (?:ordning|reglemente|lydelse){…}",
    sealed=True,
)  # fmt: skip
def redogorelse(m: Match) -> Iterator[Result]:
    """Kommunfullmäktige antog den 4 maj 2026 ett nytt reglemente."""
    yield Nothing("redogorelse")


@phrase(
    "(?:senast |tidigare )?(?:reviderat|reviderad|antaget|antagen|fastställt|fastställd|uppdaterat)(?:,|:| av| den| genom| i)? ?(?:{K}|{D}|"
    "kommunfullmäktige|fullmäktige|KF|\\d){…}",
    "(?:gäller fr\\.?o\\.?m\\.?|ersätter):{…}", "(?:dokumenttyp|beslutsinstans|dokumentägare|diarienummer|dnr):? {…}",
    r"{R} gäller ?\. ?ersätter {…}",
    "(?:dokumentet|reglementet|versionen) gäller(?: från)?(?: och med)?:?(?: {D})?", "giltighetstid{…}",
    "{K}(?:,? (?:senast )?reviderat?d? {D},? {A})*", "gäller(?: från)?:(?: och med)?(?: tills vidare)?",
    "ersätter {…}", "dokumentansvarig{…}",
    sealed=True,
)  # fmt: skip
def dokumentuppgift(m: Match) -> Iterator[Result]:
    """Senast reviderat av kommunfullmäktige den 14 december 2026, § 201."""
    if not m.skeleton.words[:1].islower():
        yield Nothing("dokumentuppgift")


@phrase(
    "(?:beslutet|protokollet|protokollsutdraget|reglementet|{R}|ändringarna|ändringen|författningen) (?:ska )?(?:skickas|sänds|sändas|"
    "delges|"
    "expedieras|översänds|översändas|tillställs|meddelas|publiceras|läggs ut|kungörs|kungöras|anslås|tillkännages|(?:införs|införas|tas in|"
    "tas upp) i (?:kommunens|den kommunala) författningssamling)(?: (?:till|på|i|hos|för) {…})?",
    "(?:skickas|expedieras|delges|sänds|kopia|protokollsutdrag)(?: till)?: {…}",
    "(?:beslutet|protokollet|protokollsutdraget|protokollsutdrag) (?:ska )?(?:delges|delgivas|tillställs|meddelas) [^⟦⟧.;:]{2,120}",
    "(?:skicka|sända|översända|överlämna|delge|tillställa|expediera) (?:ett )?(?:protokollsutdrag(?:et)?|utdrag(?:et)?|beslutet) (?:till|"
    "åt) {…}",
    "(?:skicka|sända|delge|expediera|översända|meddela|publicera|kungöra|anslå) (?:beslutet|protokollet|protokollsutdraget|reglementet|"
    "{R})(?: "
    "(?:till|på|i|hos|för) {…})?",
)
def expediering(m: Match) -> Iterator[Result]:
    """att beslutet skickas till samtliga nämnder"""
    yield Nothing("expediering")


@phrase(
    "(?:detta |det )?(?:beslut|beslutet|paragrafen|ärendet) (?:kan|får)(?: inte)? överklagas{…}",
    "hur man överklagar{…}", "överklagande(?:hänvisning)?{…}", "upplysning om (?:hur )?{…}överklaga{…}",
)
def overklagande(m: Match) -> Iterator[Result]:
    """Beslutet kan överklagas till förvaltningsrätten inom tre veckor."""
    if not re.search("⟦[ARQB]", m.found[0]):
        yield Nothing("overklagande")


@phrase(
    "(?:denna |detta |hela )?(?:paragraf(?:en)?|ärende(?:t)?|beslut(?:et)?|protokoll(?:et)?|punkt(?:en)?|{A}) (?:ska )?(?:förklaras|"
    "justeras)"
    "(?: för| som| vara)? omedelbart(?: justera(?:d|t))?",
    "omedelbart justera(?:d|t)", "(?:paragrafen|ärendet|protokollet) är omedelbart justera(?:d|t)",
    "(?:att )?(?:paragrafen|ärendet|beslutet|protokollet|punkten) (?:ska )?(?:förklaras|justeras|förklara) omedelbart(?: justerad| "
    "justerat)?",
    "(?:förklara |justera )?(?:paragrafen|ärendet|beslutet|protokollet|punkten)(?: i denna del)?(?: (?:ska )?förklaras?)?(?: som)? "
    "omedelbart "
    "justera(?:d|t)",
    "omedelbar justering{…}",
)
def omedelbar_justering(m: Match) -> Iterator[Result]:
    """Paragrafen förklaras omedelbart justerad."""
    yield Nothing("omedelbar-justering")
