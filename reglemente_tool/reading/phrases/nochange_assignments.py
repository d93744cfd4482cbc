"""No change: assignments and elections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.reading.operation import Nothing
from reglemente_tool.reading.phrases import Match, Result, phrase

_ANYONE = r"(?:(?!\batt\b|⟦[ARQSBK])[^.;:]){2,160}?"
"""Who gets an assignment. Never a place, a charter or an annex: those belong to what is decided before it."""


@phrase(
    rf"(?:ge|ger|lämna|ge åt) {_ANYONE} (?:i |ett |det )?(?:särskilt )?uppdrag(?:et)?(?: att|:)?(?: {{…}})?",
    rf"(?:uppdra|uppdrar) (?:åt|till) {_ANYONE} (?:att )?{{…}}",
    rf"{_ANYONE} (?:får|ges|har|ska ges|fick) i uppdrag(?: att|:){{…}}",
    rf"{_ANYONE} (?:uppdras|får uppdraget) att {{…}}",
    r"(?:uppmana|uppmanar|anmoda|anmodar|rekommendera|bemyndiga|bemyndigar) {…}",
    r"(?:godkänna|medge|tillstyrka|besluta) att (?:frågan|ärendet|översynen|arbetet){…} (?:utreds|bereds|ses över|fortsätter|utredas|"
    r"beredas|hanteras){…}",
    r"(?:frågan|ärendet|översynen){…} (?:ska )?(?:utreds|utredas|beredas|bereds) (?:vidare|ytterligare){…}",
    rf"(?:det )?(?:uppdras|uppdrages) (?:åt|till) {_ANYONE} (?:att )?{{…}}",
    r"{…} (?:uppmanas|anmodas|rekommenderas|åläggs|ombeds|får i uppgift|ges i uppgift)(?: att)? {…}",
    r"uppdraget ska (?:redovisas|slutföras|återrapporteras|vara (?:klart|slutfört)){…}",
    r"(?:ålägga|ålägger|be|ber) {…} att {…}",
    rf"{_ANYONE} ska (?:senast|snarast|skyndsamt) (?!{{…}}(?:varje år|årligen)){{…}}",
    rf"{_ANYONE} (?:senast|snarast) {{…}} ska (?:redovisa|återkomma|återrapportera|lämna|presentera|utreda|se över|ta fram)(?: {{…}})?",
    rf"{_ANYONE} har att (?:återkomma|redovisa|lämna|återrapportera){{…}}",
    rf"{_ANYONE} ska (?:återkomma|återrapportera|se över|utreda|ta fram|följa upp|utvärdera){{…}}",
    rf"{_ANYONE} ska (?:revidera|anpassa|uppdatera|se över) (?:sin|sina|sitt) {{…}}",
    r"(?:en |ett )?(?:utvärdering|uppföljning|översyn|utredning|återrapportering){…} (?:ska )?(?:göras|görs|genomföras|genomförs|ske|sker|"
    r"presenteras|lämnas|redovisas|påbörjas){…}",
    r"(?:genomföra|påbörja|inleda|göra) (?:en )?(?:översyn|utredning){…}",
    r"en (?:översyn|utredning){…} (?:ska )?(?:genomförs|genomföras|görs|göras|påbörjas){…}",
)
def uppdrag(m: Match) -> Iterator[Result]:
    """att ge kommunstyrelsen i uppdrag att se över lokalerna"""
    if not re.search(r"redaktionella (?:ändringar|justeringar|rättelser)", m.found[0], re.IGNORECASE):
        yield Nothing("uppdrag", m.said)


_ELECTED = (
    r"(?:ledamot|ledamöter|ersättare|ordförande|ordföranden|vice ordförande|revisor|revisorer|nämndemän|nämndeman|ombud|representant|"
    r"representanter|suppleant|suppleanter|presidium|valberedning(?:en)?|gode män|begravningsombud|justerare|gruppledare|förtroendevalda|"
    r"borgerlig vigselförrättare|kommunalråd|oppositionsråd|lekmannarevisor(?:er)?)"
)


@phrase(
    rf"(?:(?:kommun)?fullmäktige )?(?:välja|väljer|utse|utser|nominera|nominerar|entlediga|entledigar|förrätta val av|förrätta|"
    rf"förrättar) {{…}}{_ELECTED}(?![-\w]){{…}}",
    rf"(?:som|till) (?:{{…}} )?{_ELECTED}(?![-\w]){{…}} (?:väljs|utses|välja|utse){{…}}",
    rf"(?:{{…}} )?{_ELECTED}(?![-\w]){{…}} (?:väljs|utses|entledigas){{…}}",
    rf"[^⟦⟧]{{2,60}} (?:väljs|utses|entledigas) {{…}}{_ELECTED}(?![-\w]){{…}}",
    r"(?:[^⟦⟧]{0,60} )?(?:väljs|utses) [^⟦⟧]{2,60} (?:till|som) {…}",
    rf"[^⟦⟧]{{2,60}} (?:blir|väljs till|utses till) {{…}}{_ELECTED}(?![-\w]){{…}}",
    rf"(?:(?:som|till|ny|nytt|nya|andre|förste) )*{_ELECTED}(?![-\w]){{…}} (?:blir|väljs|utses) {{…}}",
    r"{…} (?:entledigas|befrias) från (?:sitt|sina) (?:[a-zåäö]+)?uppdrag{…}",
    r"(?:godkänna|godkänner|bevilja|beviljar|bifalla|bifaller|notera|noterar) {…}avsägelse{…}",
    r"(?:godkänna|godkänner|bevilja|beviljar|bifalla|bifaller|notera|noterar) avsägelse{…}",
    r"(?:{…} )?avsägelse(?:n|r|rna)?(?:{…})? (?:godkänns|beviljas|bifalls|noteras)(?:{…})?",
    rf"{{S}} (?:till|om|på) (?:{{…}} )?{_ELECTED}(?![-\w]){{…}}",
    r"(?:återkalla|återkallar|avsluta) (?:uppdrag(?:et|en)?|förtroendeuppdragen) för {…}", r"bevilja {…} (?:entledigande|befrielse){…}",
    r"{…} beviljas (?:entledigande|befrielse){…}", r"[^⟦⟧]{2,60} avsäger sig {…}",
    rf"[^⟦⟧]{{2,60}} ersätts av [^⟦⟧]{{2,60}} som {{…}}{_ELECTED}(?![-\w]){{…}}",
    rf"[^⟦⟧]{{2,60}} ersätts av [^⟦⟧]{{2,60}} som {_ELECTED}(?![-\w]){{…}}",
    r"[^⟦⟧]{2,60} (?:lämnar|frånträder) (?:sitt|sina) (?:[a-zåäö]+)?uppdrag{…}", rf"[^⟦⟧]{{2,60}} (?:är|har) (?:vald|valts|utsedd|"
    rf"utsetts) till "
    rf"{{…}}{_ELECTED}(?![-\w]){{…}}",
    r"(?:hos (?:länsstyrelsen|{N}) )?(?:begära|hemställa om) ny(?:tt)? (?:sammanräkning|röstsammanräkning|val){…}",
)  # fmt: skip
def val(m: Match) -> Iterator[Result]:
    """att utse två ledamöter till den gemensamma miljönämnden"""
    if not re.search(r"(?<![a-zåäö])(?:reglemente|arbetsordning)|⟦[ARQB]", m.found[0], re.IGNORECASE):
        yield Nothing("val")
