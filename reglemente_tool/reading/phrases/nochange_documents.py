"""No change: other documents than a charter, and money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.reading.operation import Nothing
from reglemente_tool.reading.phrases import Match, Result, phrase

_KINDS = (
    r"(?!ansvar\b)"
    r"\w*(?:strategi|strategin|strategier|strategisk inriktning|inriktning|inriktningen|inriktningsdokument|program|programmet|policy|"
    r"policyn|policyer|plan|planen|planer|planerna|budget|budgeten|riktlinje|riktlinjer"
    r"|riktlinjerna|regler|reglerna|regelverk|regelverket|bidragsregler|handlingsplan|handlingsplanen|föreskrifter|föreskrifterna|"
    r"ordningsföreskrifter|vision|visionen|mål|målen|avtal|avtalet"
    r"|överenskommelse|överenskommelsen|samverkansavtal|samverkansavtalet|årsredovisning|årsredovisningen|delårsrapport|bolagsordning|"
    r"bolagsordningen|ägardirektiv|ägardirektivet|förbundsordning|förbundsordningen"
    r"|detaljplan|detaljplanen|översiktsplan|översiktsplanen|områdesbestämmelser|borgen|yttrande|yttrandet|remissvar|svar|remissyttrande|"
    r"rapport|rapporten|slutrapport|slutrapporten|redovisning|redovisningen"
    r"|sammanträdesplan|sammanträdestider|sammanträdesdagar|dokumenthanteringsplan|informationshanteringsplan|arkivbeskrivning|handbok|"
    r"rutin|rutiner|checklista|kodex|varumärkesplattform|kvalitetsdeklaration"
    r"|grafisk profil|skattesats|skattesatsen|utredning|utredningen|internkontrollplan|projektdirektiv|direktiv|direktiven|principer|"
    r"principerna|modell|modellen|krisledningsplan|revisionsberättelse|revisionsberättelsen|lokalförsörjningsplan)"
)
_OTHER = (
    r"\w*(?:delegationsordning|delegationsordningen|delegationsordningar|delegeringsordning|delegeringsordningen|arvodesreglemente|"
    r"arvodesreglementet|arvodesbestämmelser|arvodesbestämmelserna|attestreglemente|attestreglementet|arkivreglemente|arkivreglementet"
    r"|bidragsreglemente|bidragsreglementet|revisionsreglemente|revisionsreglementet|pensionsreglemente|pensionsreglementet|"
    r"miljöreglemente|ekonomireglemente|ekonomireglementet|finansreglemente|finansreglementet|avfallsreglemente"
    r"|renhållningsordning|renhållningsordningen|taxa|taxan|taxor|taxorna|avgift|avgiften|avgifter|avgifterna|arvode|arvoden|arvodet|"
    r"ersättningar|ersättningsregler|lokala ordningsföreskrifter|placeringsföreskrifter"
    r"|parkeringsreglemente|torgreglemente|hamnreglemente|markreglemente|reglementet? för (?:intern kontroll|attest|arvoden?|kontroll av "
    r"verifikationer|ekonomiska ersättningar|ekonomisk ersättning|(?:kommunens )?revis(?:ion|ionen|orer|orerna)|finansförvaltningen|"
    r"medelsförvaltning|föreningsbidrag|utmärkelser))"
)
_DO = (
    r"(?:anta|antar|fastställa|fastställer|godkänna|godkänner|revidera|reviderar|upphäva|upphäver|ställa sig bakom|teckna|ingå|uppdatera|"
    r"ändra|tillstyrka|avge|lämna|överlämna|justera|förlänga|anmäla|sända|skicka|ge ut|publicera|besluta om)"
)
_DONE = (
    r"(?:antas|fastställs|godkänns|revideras|upphävs|ändras|upphör(?: att gälla)?|justeras|förlängs|uppdateras|kompletteras|höjs|sänks|"
    r"börjar "
    r"gälla|träder i kraft|gäller|utgår|stryks|tas bort|(?:ska|får) (?:ha|lyda|utgå|upphöra|gälla)|ersätts)"
)
_OTHER_CHARTER = re.compile(_OTHER + r"(?![-\w])", re.IGNORECASE)
_CHARTER_SAID = re.compile(r"⟦R\d+⟧|(?<![a-zåäö])(?:reglemente|arbetsordning|instruktion)", re.IGNORECASE)


def _no_charter(words: str) -> bool:
    """True when no charter is spoken of: a compound as "arvodesreglemente" is none."""
    return _CHARTER_SAID.search(words) is None


@phrase(
    rf"(?:kommunen )?{_DO} (?:{{…}} )?{_OTHER}(?![-\w]){{…}}",
    rf"(?:{{…}} )?(?:{{N}}s )?{_OTHER}(?![-\w]){{…}} {_DONE}{{…}}",
    rf"(?:till|i|av) (?:{{N}}s )?{_OTHER}(?![-\w]){{…}}",
    rf"i {_OTHER}{{…}}",
    r"(?:{…} )?(?:arvode|ersättning|avgift|traktamente|bidrag)(?:et|en|er|erna|n)?(?: {…})? (?:ska )?(?:utgår|utgå|betalas|erläggs|tas "
    r"ut)(?: {…})?",
)
def annat_slags_handling(m: Match) -> Iterator[Result]:
    """att anta reviderat arvodesreglemente för förtroendevalda"""
    other = _OTHER_CHARTER.sub("", m.found[0])
    if _no_charter(other):
        yield Nothing("annat-slags-handling")


@phrase(
    rf"(?:kommunen )?{_DO} (?:{{…}} )?{_KINDS}(?![-\w]){{…}}",
    rf"(?:{{…}} )?{_KINDS}(?![-\w])(?: {{…}})? {_DONE}(?: {{…}})?",
)
def annan_handling(m: Match) -> Iterator[Result]:
    """att anta förslag till cykelstrategi"""
    if (
        _no_charter(m.found[0])
        and not re.search(r"⟦A\d+⟧.* (?:i|till) ⟦R", m.found[0])
        and not re.search(rf"{_OTHER}(?![-\w])", m.found[0], re.IGNORECASE)
    ):
        yield Nothing("annan-handling")


_SUM = r"\d{1,3}(?:[  .]\d{3})*(?:,\d+)? ?(?:kr|kronor|tkr|mnkr|mkr|miljoner kronor|miljoner|tusen kronor)(?![a-zåäö])"


@phrase(
    rf"(?:{{…}} )?(?:tilldelas|beviljas|anvisas|avsätts|avsätta|bevilja|anvisa|anslå|anslås|tilldela|tillföra|tillförs|ombudgetera|"
    rf"omfördela|erhåller|får) {{…}}{_SUM}{{…}}",
    rf"(?:{{…}} )?{_SUM}(?: {{…}})? (?:överförs|överföras|flyttas|omfördelas|anvisas|avsätts|tillförs|tilldelas|beviljas|tas|anslås|"
    rf"utbetalas|"
    r"betalas ut)(?: {…})?",
    rf"{_SUM} (?:till|för|från) {{…}}",
    rf"(?:överföra|flytta|omfördela|utbetala|betala ut) (?:{{…}} )?{_SUM}{{…}}",
    r"(?:finansiera|finansieras|finansiering){…}",
    r"(?:kostnad(?:en|erna)?|medel|medlen|anslag(?:et)?|investering(?:en)?){…} (?:finansieras|tas|belastar|anvisas|bestrids|ryms){…}",
    r"(?:(?:{N}s|nämndens|styrelsens) )?(?:budget(?:ramen?|en)?|ramen|driftbudgeten|investeringsramen){…} (?:utökas|minskas|höjs|sänks|"
    r"justeras){…}",
)
def anslag(m: Match) -> Iterator[Result]:
    """att tekniska nämnden tilldelas 250 000 kronor för upprustning av lekplatser"""
    if _no_charter(m.found[0]):
        yield Nothing("anslag", m.said)


@phrase(
    r"(?:bevilja|beviljar|medge) {…}ansvarsfrihet{…}", r"{…} beviljas ansvarsfrihet{…}",
    r"(?:försälja|sälja|förvärva|köpa|arrendera|upplåta|hyra) {…}", r"(?:skattesatsen|utdebiteringen){…}",
)  # fmt: skip
def annan_sak(m: Match) -> Iterator[Result]:
    """att bevilja kommunstyrelsen ansvarsfrihet för 2026"""
    if _no_charter(m.found[0]):
        yield Nothing("annan-handling")
