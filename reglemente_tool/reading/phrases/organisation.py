"""Committees and their tasks: founded, ended, merged, renamed; a task that goes from one to another. No wording is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.reading.naming import ALL, USUAL, normal
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.phrases import Match, Result, phrase

_NO_TASK = re.compile(
    r"\d|mede?l\b|medlen\b|budget|anslag|belopp|kronor|\btjänst(?:en|er|erna)?\b|anställ|personal|\blokal(?:en|er|erna)?\b|intäkt|kostnad|"
    r"ledam|ärende|handläggar|medarbetar|chef(?:en|er)?\b|sekreterar|\bavtal(?:et|en)?\b|\bfastighet(?:en|er|erna)?\b|inventarie|fordon|"
    r"\bansvar(?:et)?\b|^(?:utreda|pröva|överväga|se över|analysera|bereda|undersöka|föreslå|diskutera|planera)\b",
    re.IGNORECASE,
)
"""What goes from one to another and is no task, where nothing says that it is one."""
_NEVER_TASK = re.compile(r"\bbeslutet\b|verkställ|mede?l\b|medlen\b|budget|kostnad|underskott", re.IGNORECASE)
"""What somebody may have the responsibility for by a decision, and no charter gives."""
_NEW = (
    r"(?P<body>(?:[a-zåäöé]+-(?:,| och| samt)? )*(?:tekniska |gemensamma |gemensam |särskilt )?[a-zåäöé]*(?:nämnd|utskott|beredning|"
    r"kommitté|råd|styrelse))"
)
_RESPONSIBILITY = (
    r"(?:(?:[a-zåäö]+)?ansvar(?:et)?(?: och (?:befogenheter|beslutanderätten|uppgifterna))? (?:för|avseende|beträffande|"
    r"rörande|över)|ansvaret när det gäller|ansvaret vad gäller)"
)
_GOES = (
    r"(?:(?:ska )?(?:flyttas|flyttas över|överförs|överföras|förs över|föras över|övergår|övergå|läggs över|läggas över|byter huvudman))"
)
_OWN = r"(?:ansvarsområde|verksamhetsområde|uppdrag|ansvar|reglemente|uppgifter)"
_SEATS = r"(?:,? (?:med|bestående av|som ska bestå av|om) {tal} (?:ordinarie )?ledamöter(?:,? (?:och|samt) {tal} ersättare)?)?"
_ENDS = (
    r"(?:(?:ska )?(?:avvecklas|försvinner|försvinna|läggs ned|läggs ner|läggas ned|läggas ner|tas bort ur (?:nämnd)?organisationen|vara "
    r"(?:avvecklad|nedlagd|upplöst)|upplöses|upplösas|avskaffas|upphör(?: som "
    r"nämnd)?|upphöra|dras in|avveckla)(?: som egen nämnd)?)"
)
_TASKS = (
    r"(?:(?:samtliga |alla |nuvarande )*(?:uppgifter|göromål|uppdrag|ansvarsområde|ansvarsområden|verksamhet|arbetsuppgifter|ansvar|"
    r"ärenden)(?: och (?:ansvarsområden|ansvar|befogenheter|uppdrag))?)"
)
_NEWNAME = (
    r"(?P<name>(?:[a-zåäöé]+-(?:,)? (?:[a-zåäöé]+- )?(?:och|samt) )?(?:nämnden för )?[a-zåäöé]+(?: och [a-zåäöé]+)?(?: i samverkan)?)"
)


def _task(m: Match) -> str:
    """The task, without a relative clause that only says what is known of it ("…, som numera är statlig")."""
    task = re.sub(r",? som [^⟦⟧]*$", "", m.group("task")) if ", som " in m.group("task") else m.group("task")
    task = re.sub("^(?:ansvars|verksamhets)området ", "", task, flags=re.IGNORECASE)
    return task[:1].lower() + task[1:] if m.found.start("task") == 0 and task[1:2].islower() else task


@phrase(
    "{N} (?:i stället )?{nynamn} (?:{N}|{Q}|" + _NEWNAME + ")",
    "(?:namnet|benämningen) på {N} ändras till (?:{N}|{Q}|" + _NEWNAME + ")",
    "{N}s namn ändras till (?:{N}|{Q}|" + _NEWNAME + ")",
    "(?:ändra|byta) (?:namn|benämning|namnet|benämningen) på {N} till (?:{N}|{Q}|" + _NEWNAME + ")",
    "(?:namnet|benämningen) {N} (?:ändras till|byts mot) (?:{N}|" + _NEWNAME + ")",
    "{N} (?:byter|ändrar) (?:namn|benämning) från {N} till {N}(?P<name>)",
)
def byter_namn(m: Match) -> Iterator[Result]:
    """att socialnämnden byter namn till individ- och familjenämnden"""
    new = m.bodies[-1] if len(m.bodies) > 1 else normal(m.quotes[0] if m.quotes else m.group("name"))
    # A short form does not say what the committee shall be called.
    if new and new.upper() not in m.said.split() and new not in USUAL:
        yield Operation(type=Type.RENAME_BODY, charter=m.bodies[0], new=new)


@phrase(
    f"{_RESPONSIBILITY} (?P<task>{{np}}) {_GOES}(?: över)? från {{N}} till {{N}}",
    f"{_RESPONSIBILITY} (?P<task>{{np}}) från {{N}} {_GOES} till {{N}}",
    f"(?:flytta|överföra|föra över|flytta över) {_RESPONSIBILITY} (?P<task>{{np}}) från {{N}} till {{N}}",
    f"{_GOES} {_RESPONSIBILITY} (?P<task>{{np}}) från {{N}} till {{N}}",
    f"(?:{{N}}s )?{_RESPONSIBILITY} (?P<task>{{np}}), som (?:i dag|nu|för närvarande|hittills) [^⟦⟧,]{{3,60}}, {_GOES} från {{N}} till "
    f"{{N}}",
    f"{{N}}s {_RESPONSIBILITY} (?P<task>{{np}}) {_GOES}(?: över)? till {{N}}",
    f"{{N}} lämnar(?: ifrån sig)? {_RESPONSIBILITY} (?P<task>{{np}}) till {{N}}",
    f"(?:uppgiften|uppgifterna|verksamheten|verksamheterna|frågor om|frågorna om) (?:att )?(?P<task>{{np}}) {_GOES}(?: över)? från {{N}} "
    f"till {{N}}",
    "(?:flytta|överföra|föra över) (?:uppgiften|verksamheten) (?P<task>{np}) från {N} till {N}",
    f"{_RESPONSIBILITY} (?P<task>{{np}}), som (?:(?:i dag|nu|för närvarande|hittills) )?(?:ligger (?:på|hos)|vilar på|åvilar|finns hos) "
    f"{{N}}, {_GOES}(?: över)? till {{N}}",
    f"(?P<task>{{np}}) {_GOES}(?: över)? från {{N}} till {{N}}",
)
def ansvaret_flyttas(m: Match) -> Iterator[Result]:
    """att ansvaret för lekplatser överförs från fritidsnämnden till tekniska nämnden"""
    headed = re.search(r"ansvar|uppgift|verksamhet|frågor", m.found[0][: m.found.start("task")], re.IGNORECASE)
    if (_NEVER_TASK if headed else _NO_TASK).search(_task(m)):
        return
    yield Operation(type=Type.TRANSFER_RESPONSIBILITY, source_body=m.bodies[0], target_body=m.bodies[1], text=_task(m))


@phrase(
    f"till (?:denna|den|den nya nämnden|densamma) (?:föra över|överföra|flytta) {_RESPONSIBILITY} (?P<task>{{np}}) från {{N}}",
    f"(?:föra över|överföra|flytta) {_RESPONSIBILITY} (?P<task>{{np}}) från {{N}} till (?:denna|den nya nämnden|densamma)",
    f"{_RESPONSIBILITY} (?P<task>{{np}}) {_GOES} från {{N}} till (?:denna|den nya nämnden|densamma)",
)
def till_denna(m: Match) -> Iterator[Result]:
    """att inrätta en parknämnd och att till denna föra över ansvaret för lekplatser från tekniska nämnden"""
    new = [op.charter for op in m.before if op.type is Type.CREATE_BODY]
    if len(new) == 1 and new[0] != m.bodies[0] and not _NEVER_TASK.search(_task(m)):
        yield Operation(type=Type.TRANSFER_RESPONSIBILITY, source_body=m.bodies[0], target_body=new[0], text=_task(m))


@phrase(
    f"{{N}} (?:(?:ska )?(?:övertar|överta|tar över|ta över)) {_RESPONSIBILITY} (?P<task>{{np}}) från {{N}}",
    f"{{N}} från {{N}} (?:övertar|tar över|ska ta över|ska överta) {_RESPONSIBILITY} (?P<task>{{np}})",
    f"{{N}} (?:(?:ska )?(?:övertar|överta|tar över|ta över)) {{N}}s {_RESPONSIBILITY} (?P<task>{{np}})",
)
def tar_over(m: Match) -> Iterator[Result]:
    """att tekniska nämnden övertar ansvaret för skolskjuts från utbildningsnämnden"""
    if _NEVER_TASK.search(_task(m)):
        return
    yield Operation(type=Type.TRANSFER_RESPONSIBILITY, source_body=m.bodies[1], target_body=m.bodies[0], text=_task(m))


@phrase(
    f"{{N}} (?:(?:ska )?(?:övertar|överta|tar över|ta över)) {_RESPONSIBILITY} (?P<task>{{np}})",
    f"{_RESPONSIBILITY} (?P<task>{{np}}) {_GOES}(?: över)? till {{N}}",
    f"(?:flytta|överföra|föra över|flytta över|lägga) {_RESPONSIBILITY} (?P<task>{{np}}) (?:till|på) {{N}}",
    f"{_GOES} {_RESPONSIBILITY} (?P<task>{{np}}) till {{N}}",
    f"(?:verksamheten|uppgiften) (?P<task>{{np}}) {_GOES}(?: över)? till {{N}}",
    f"{_RESPONSIBILITY} (?P<task>{{np}}) (?:ska )?(?:läggs på|läggas på|ligger på|ligga på|övergår på|åligger) {{N}}",
    f"{{N}} (?:ska )?(?:tilldelas|tilldelas|får|få|ges) {_RESPONSIBILITY} (?P<task>{{np}})",
    f"{{N}}s (?:uppdrag|ansvarsområde|ansvar|verksamhetsområde) utökas med {_RESPONSIBILITY} (?P<task>{{np}})",
)
def tar_over_fran_ingen(m: Match) -> Iterator[Result]:
    """att tekniska nämnden tar över ansvaret för skolskjuts"""
    if not re.search(r"\bsom$", m.group("task")) and not _NEVER_TASK.search(_task(m)):
        # "ansvaret för …, som ligger på …" only tells whose it is.
        yield Operation(type=Type.TRANSFER_RESPONSIBILITY, target_body=m.bodies[0], text=_task(m))


@phrase(
    f"(?:ur|från) (?:{{N}}s|nämndens|styrelsens|{{R}}) {_OWN} (?:ta bort|stryka|avföra) {_RESPONSIBILITY} (?P<task>{{np}})",
    f"(?:ur|från) (?:{{N}}s|nämndens|styrelsens) {_OWN} (?:tas|stryks|utgår) {_RESPONSIBILITY} (?P<task>{{np}})(?: bort)?",
    f"(?:ta bort|stryka|avföra) {_RESPONSIBILITY} (?P<task>{{np}}) (?:ur|från) (?:{{N}}s|nämndens|styrelsens) {_OWN}",
    f"(?:ta bort|stryka|avföra) {_RESPONSIBILITY} (?P<task>{{np}}) (?:ur|från) (?:{{N}}|{{R}})",
    f"(?:ur|från) {{R}} (?:ta bort|stryka|avföra) {_RESPONSIBILITY} (?P<task>{{np}})",
    f"(?:ta bort|stryka|avföra) {_RESPONSIBILITY} (?P<task>{{np}})",
    f"{{N}} (?:ansvarar inte längre för|svarar inte längre för|har inte längre {_RESPONSIBILITY}|ska inte längre ha {_RESPONSIBILITY}) "
    "(?P<task>{np})",
    "{N} (?:ska )?inte längre (?:ska )?(?:ansvara|ansvarar|svara|svarar) för (?P<task>{np})",
    f"{_RESPONSIBILITY} (?P<task>{{np}}) (?:tas bort|utgår|stryks|ska tas bort)(?: (?:ur|från) (?:{{N}}s|nämndens) {_OWN}| från {{N}})?",
    f"{{N}}s {_RESPONSIBILITY} (?P<task>{{np}}) (?:tas bort|upphör|utgår|stryks)",
)
def ansvaret_tas_bort(m: Match) -> Iterator[Result]:
    """att ansvaret för konsumentrådgivning tas bort från socialnämnden"""
    yield Operation(type=Type.REPEAL_RESPONSIBILITY, charter=m.bodies[0] if m.bodies else m.place.charter, text=_task(m))


def _ended(body: str) -> Iterator[Operation]:
    kind = "nämnd" if body.endswith("nämnden") else "utskott" if body.endswith("utskottet") else "organ"
    yield Operation(type=Type.ABOLISH_BODY, charter=body, field=kind)
    if kind == "nämnd":
        yield Operation(type=Type.REPEAL_CHARTER, charter=body, text="härledd")


@phrase(f"{{N}}(?:(?:, {{N}})* (?:och|samt) {{N}})? {_ENDS}",
        "(?:avveckla|lägga ned|lägga ner|upplösa|avskaffa|dra in) {N}(?:(?:, {N})* (?:och|samt) {N})?")
def avvecklas(m: Match) -> Iterator[Result]:
    """att trafiknämnden avvecklas"""
    for body in m.bodies:
        yield from _ended(body)


@phrase(f"{{N}}s? (?P<body>[a-zåäö]*utskott(?:et)?|{{N}}) {_ENDS}", "(?:avveckla|lägga ned|avskaffa) {N}s (?P<body>[a-zåäö]*utskott)")
def utskott_avvecklas(m: Match) -> Iterator[Result]:
    """att kommunstyrelsens personalutskott avskaffas"""
    body = m.bodies[1] if len(m.bodies) > 1 else normal(m.group("body"))
    if body.endswith("utskottet"):
        yield Operation(type=Type.ABOLISH_BODY, charter=body, field="utskott", target_body=m.bodies[0])


def _all_go(source: str, target: str) -> Iterator[Operation]:
    if target and source != target:
        yield Operation(type=Type.TRANSFER_RESPONSIBILITY, source_body=source, target_body=target, text=ALL)


def _ended_before(m: Match) -> str:
    """The committee that the clause itself has ended, which "dess uppgifter" then means; "" when the charters must tell."""
    gone = [op.charter for op in m.before if op.type is Type.ABOLISH_BODY]
    return gone[-1] if gone else ""


@phrase(
    f"{{N}}s {_TASKS} (?:{{tasöver}}|(?:ska )?(?:övergår|övergå) till) {{N}}",
    f"(?:föra över|överföra|flytta|lägga) {{N}}s {_TASKS} (?:till|på) {{N}}",
    "(?:frågor|de frågor|frågorna|uppgifter|de uppgifter|uppgifterna|det) som {N} (?:tidigare |hittills |i dag )?(?:har |har haft |haft )"
    "?(?:ansvar(?:et)? för|hand om|ansvarar för) {tasöver} {N}",
)
def uppgifterna_tas_over(m: Match) -> Iterator[Result]:
    """att parknämndens uppgifter övertas av tekniska nämnden"""
    yield from _all_go(m.bodies[0], m.bodies[1])


@phrase(
    f"{{dess}} {_TASKS} (?:{{tasöver}}|(?:ska )?(?:övergår|övergå) till) {{N}}",
    f"{{N}} (?:övertar|tar över|ska ta över|ska överta) {{dess}} {_TASKS}",
)
def dess_uppgifter_tas_over(m: Match) -> Iterator[Result]:
    """att parknämnden läggs ned och att dess uppgifter övertas av tekniska nämnden"""
    source = _ended_before(m)
    if source or re.search(r"\bdess\b", m.found[0]):
        yield from _all_go(source, m.bodies[0])


@phrase(f"{{N}} (?:övertar|tar över|ska ta över|ska överta) {{N}}s {_TASKS}")
def overtar_uppgifterna(m: Match) -> Iterator[Result]:
    """att tekniska nämnden övertar parknämndens uppgifter"""
    yield from _all_go(m.bodies[1], m.bodies[0])


@phrase(
    "(?:ärendena|frågorna|uppgifterna) (?:i stället )?(?:ska )?(?:i stället )?(?:hanteras|handläggas|handläggs|skötas|övertas|tas över|"
    "bereds|beredas) av {N}"
)
def arendena_hanteras(m: Match) -> Iterator[Result]:
    """att parknämnden upphör och att uppgifterna i stället ska skötas av tekniska nämnden"""
    if source := _ended_before(m):
        yield from _all_go(source, m.bodies[0])


@phrase(
    "{N} (?:(?:ska )?(?:införlivas i|uppgå i|uppgår i|inordnas i|inordnas under|slås ihop med|slås samman med)) {N}(?:s (?:ordinarie "
    ")?(?:verksamhet|organisation))?"
)
def inforlivas(m: Match) -> Iterator[Result]:
    """att parknämnden uppgår i tekniska nämnden"""
    yield Operation(type=Type.MERGE_BODIES, bodies=(m.bodies[0],), target_body=m.bodies[1])


@phrase(
    "{N}(?:, {N})* och {N} (?:(?:ska )?(?:införlivas i|uppgå i|uppgår i|inordnas i|inordnas under)) {N}(?:s (?:ordinarie )?(?:verksamhet|"
    "organisation))?",
    "{N}(?:, {N})* och {N} (?:ska )?(?:slås (?:samman|ihop)|läggs (?:samman|ihop)|läggas samman|sammanförs|sammanföras|förs samman|"
    "ombildas) till (?:(?:en|ett) (?:ny|nytt|gemensam|gemensamt)? ?(?:nämnd|utskott),? "
    "(?:benämn[dt]a?|kalla[dt]|med namnet)? ?)?(?:{N}|en " + _NEW + ")",
    "{N}(?:, {N})* och {N} (?:ska )?(?:slås (?:samman|ihop) och |läggs samman och |slås samman och tillsammans )?(?:bildar|bilda) "
    "(?:en ny nämnd,? )?(?:{N}|en " + _NEW + ")",
    "slå (?:samman|ihop) {N}(?:, {N})* och {N} till (?:en ny nämnd,? )?(?:{N}|en " + _NEW + ")",
)
def slas_samman(m: Match) -> Iterator[Result]:
    """att kulturnämnden och fritidsnämnden slås samman till kultur- och fritidsnämnden"""
    body = m.group("body")
    bodies = m.bodies if body else m.bodies[:-1]
    yield Operation(type=Type.MERGE_BODIES, bodies=bodies, target_body=normal(body) if body else m.bodies[-1])


@phrase(
    f"{{N}} (?:ska )?delas(?: upp)? (?:i|på) en {_NEW} och en {_NEW.replace('?P<body>', '?P<other>')}",
    f"dela(?: upp)? {{N}} (?:i|på) en {_NEW} och en {_NEW.replace('?P<body>', '?P<other>')}",
    f"(?:{{N}} (?:ska )?delas(?: upp)?|dela(?: upp)? {{N}}) (?:i|på) två nämnder[,:] en {_NEW} och en "
    f"{_NEW.replace('?P<body>', '?P<other>')}",
    "{N} (?:ska )?delas(?: upp)? (?:i|på)(?: två nämnder,?)? {N} (?:och|samt) {N}",
        "{N} (?:ska )?ersätts av {N} (?:och|samt) {N}", "dela(?: upp)? {N} (?:i|på) {N} (?:och|samt) {N}")
def delas_upp(m: Match) -> Iterator[Result]:
    """att utbildningsnämnden delas upp i förskolenämnden och gymnasienämnden"""
    if m.group("body") and m.group("other"):
        yield Operation(type=Type.SPLIT_BODY, charter=m.bodies[0], bodies=(normal(m.group("body")), normal(m.group("other"))))
        return
    yield Operation(type=Type.SPLIT_BODY, charter=m.bodies[0], bodies=m.bodies[1:])


@phrase(
    rf"(?:inrätta|tillsätta|bilda|starta|skapa) (?:en |ett )?(?:ny |nytt )?(?P<joint>gemensam )?{_NEW}(?: för {{np}})?(?: med (?!\\d|tre|"
    rf"fem|sju|nio|elva){{np}} som "
    rf"värdkommun)?(?: (?:under|inom) {{N}})?{_SEATS}(?: med uppgift(?:er)? {{S}}| med uppgifter enligt {{A}} i (?:{{S}}|bilagt "
    rf"reglemente))?",
    rf"(?:inom|under) {{N}} (?:inrätta|tillsätta|bilda) (?:en |ett )?(?:ny |nytt )?(?P<joint>){_NEW}(?: med uppgift(?:er)? {{S}}| med "
    rf"uppgifter enligt {{A}} i (?:{{S}}|bilagt reglemente))?",
    rf"{{N}} (?:får|ska ha|ska få|ges) (?:en |ett )?(?:ny |nytt )?(?P<joint>){_NEW.replace('nämnd|', '')}{_SEATS}",
    rf"(?:en |ett )?(?:ny |nytt )?(?P<joint>gemensam )?{_NEW}(?: (?:under|inom) {{N}})? (?:ska )?(?:inrättas|tillsätts|bildas|inrätta|"
    rf"tillsättas)(?: under {{N}})?",
    r"(?:inrätta|bilda|tillsätta) (?P<joint>)(?P<body>)(?:(?:en|ett) ny(?:tt)? (?:nämnd|utskott),? )?{N}(?: under (?P<parent>{N}))?"
    r"(?:,? med (?:ansvar|uppgift(?:er)?) (?:för|att|inom) [^⟦⟧.;:]{3,160})?",
    r"(?P<joint>)(?P<body>)(?:(?:en|ett) ny(?:tt)? (?:nämnd|utskott),? )?{N},? (?:ska )?(?:inrättas|bildas|tillsätts|inrätta|"
    r"tillsättas)(?: under (?P<parent>{N}))?",
)
def inratta(m: Match) -> Iterator[Result]:
    """att inrätta ett demokratiutskott under kommunstyrelsen"""
    raw = re.sub("^gemensam ", "", m.group("body"))
    joint = bool(m.group("joint")) or raw != m.group("body")
    body = ("gemensamma " if joint else "") + normal(raw) if raw else m.bodies[0]
    under = "parent" in m.found.re.groupindex and m.found["parent"]
    parent = m.bodies[-1] if m.bodies and (raw or (under and len(m.bodies) > 1)) else ""
    kind = "gemensam nämnd" if joint else "utskott" if body.endswith("utskottet") else "nämnd" if body.endswith("nämnden") else "organ"
    if not re.search(r"\w{2,}(?:nämnden|utskottet|beredningen|kommittén|rådet|styrelsen)$", body) or body.startswith("gemensamma gemensam"):
        return
    yield Operation(type=Type.CREATE_BODY, charter=body, field=kind, target_body=parent)
    if m.places and m.places[0].addresses:
        yield Operation(
            type=Type.REVISE_BY_ANNEX, charter=parent, target=m.places[0].address, source=m.sources[-1] if m.sources else "bilaga"
        )


@phrase(
    rf"(?:det |den |och )?(?:ska )?(?:ersätts|ersättas) (?:av|med) (?:en |ett )(?:ny |nytt )?{_NEW}(?: under (?P<parent>{{N}}))?",
    r"(?:det |den )?(?:ska )?(?:ersätts|ersättas) (?:av|med) (?P<body>)(?:ett nytt utskott,? |en ny nämnd,? )?{N}(?: under "
    r"(?P<parent>{N}))?",
)
def ersatts_av(m: Match) -> Iterator[Result]:
    """att personalutskottet upphör och ersätts av ett samverkansutskott under kommunstyrelsen"""
    if not m.before or m.before[-1].type not in (Type.ABOLISH_BODY, Type.REPEAL_CHARTER) or not _ended_before(m):
        return
    raw = m.group("body")
    body = normal(raw) if raw else m.bodies[0]
    kind = "utskott" if body.endswith("utskottet") else "nämnd" if body.endswith("nämnden") else "organ"
    if re.search(r"\w{2,}(?:nämnden|utskottet|beredningen|rådet)$", body) and body != _ended_before(m):
        yield Operation(type=Type.CREATE_BODY, charter=body, field=kind, target_body=m.bodies[-1] if m.group("parent") else "")


@phrase(
    r"kommunen (?:ska )?(?:ingå|ingår|inträder|inträda|ansluta sig|gå in|bli medlem)(?: som medlem| som part)? (?:i|till) (?:den )?{N}",
    r"(?:ingå|inträda|gå in|inträda som medlem) i (?:den )?{N}",
    r"(?:kommunen|regionen) (?:ska )?(?:går in i|gå in i|går med i|gå med i|ansluter sig till|blir (?:medlem|part) i|bli (?:medlem|part) "
    r"i|träder in i|"
    r"träda in i|deltar i|delta i|är med i) (?:den )?{N}",
    r"(?:ansluta sig till|gå med i|delta i|bli medlem i) (?:den )?{N}",
    r"ansluta kommunen till (?:den )?{N}",
)
def inga(m: Match) -> Iterator[Result]:
    """att kommunen ska ingå i den gemensamma nämnden för hjälpmedel från och med den 1 januari 2027"""
    yield Operation(type=Type.JOIN_BODY, charter=m.bodies[0])


@phrase(
    r"{N} (?:ska vara|är|utgör|ska utgöra|ska fullgöra uppgiften som|utses till|utses att vara) (?:kommunens "
    r")?(?P<role>[a-zåäö]*(?:nämnd|myndighet|organ|huvudman)|[a-zåäö]+ansvarig(?:t|a)?)(?: (?:i|för|inom) kommunen)?(?: enligt "
    r"[^⟦⟧]{3,220}| (?:för|inom) (?:den|de|"
    r"sin|sina|sitt|all) "
    r"[^⟦⟧.;:]{3,120})?",
    r"(?:utse|utser) {N} till (?:kommunens )?(?P<role>[a-zåäö]*(?:nämnd|myndighet|organ)|[a-zåäö]+ansvarig(?:t|a)?)(?: (?:för|inom) "
    r"(?:den|de|sin|sina|sitt|all) "
    r"[^⟦⟧.;:]{3,120})?",
)
def ska_vara(m: Match) -> Iterator[Result]:
    """att tekniska nämnden ska vara kommunens väghållningsmyndighet"""
    yield Operation(type=Type.ASSIGN_ROLE, charter=m.bodies[0], text=m.group("role").lower())
