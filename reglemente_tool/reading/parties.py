"""Who hands what to whom, and which committee becomes what: said in the one order that the phrases are written in.

"Från fritidsnämnden till tekniska nämnden överförs ansvaret för lekplatser" and "Ansvaret för lekplatser, som fritidsnämnden hittills
har haft, tas över av tekniska nämnden" say the same. The words are parted into who has it, who gets it, what is done, and what it is;
when each is there at most once and no word is left over, they are put in order. As in `orders` no meaning is given here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reglemente_tool.reading.phrases._words import WORDS

_N = r"⟦N\d+⟧"
_LATELY = (
    r"(?:(?:i ?dag|nu|för närvarande|hittills|tidigare|numera|alltjämt|länge|sedan (?:tidigare|länge|⟦D\d+⟧|(?:år )?\d{4})|enligt "
    r"nuvarande (?:ordning|reglemente)) )*"
)
_SCOPE = r"(?:s? (?:ansvarsområde|verksamhetsområde|ansvar|uppdrag|område|regi|uppgifter|reglemente))?"
_HAD = (
    rf",? ?\b(?:som|vilket|vilken|vilka) {_LATELY}(?:har |är |har varit )?{_LATELY}(?:legat|ligger|vilat|vilar|åvilat|åvilar|ålegat|"
    rf"åligger|"
    rf"funnits|finns|hört|hör|tillhört|tillhör|hanterats|hanteras|skötts|sköts|handhafts|handhas|utförts|utförs|fullgjorts|fullgörs|"
    rf"burits|bärs|"
    rf"sorterat|sorterar|placerat|placerad)(?: {_LATELY[:-1]})?(?: (?:på|hos|av|under|inom|till|i))? (?P<one>{_N}){_SCOPE}(?: {_LATELY})?,?"
    rf"|,? ?\bsom (?P<two>{_N}) {_LATELY}(?:(?:har {_LATELY}haft|har hand om|har|haft|ansvarar för|ansvarat för|har ansvarat för|svarar "
    rf"för|har svarat för|svarat för|"
    rf"haft hand om|har haft hand om|sköter|skött|har skött|hanterar|hanterat|har hanterat)(?: (?:ansvar(?:et)? för|hand om))?)"
    rf"(?: {_LATELY[:-1]})?,?"
)
"""A relative clause that tells whose a task is."""
_FROM = rf"(?<!\w)från (?P<one>{_N}){_SCOPE},?(?= |$)"
_OWNED = rf"(?<!\w)(?:den |det )?(?P<one>{_N})s? (?=(?:nuvarande |hela )?(?:ansvar|uppgift|verksamhet(?:en)? |huvudmannaskap))"
_TO = rf"(?<!\w)(?:över )?(?:till|på|under|hos|inom|av) (?P<one>{_N}){_SCOPE},?(?= |$)"
_TAKER = rf"^(?P<one>{_N}) (?=(?:ska )?(?:övertar|överta|ta|tar|får|få|erhåller|erhålla|ges|tilldelas|blir ansvarig|åläggs) )"
_GIVE = (
    r"(?:ska )?(?:(?:flyttas|överförs|överföras|föras|förs|läggas|läggs|lämnas|övergår|övergå|överlåts|överlåtas|överlämnas|övertas|"
    r"tas|flytta|överföra|föra|lägga|vila|lämna|överlåta|överlämna|ligga|åvila|tillhöra|höra|sortera|placeras|handhas|bäras|inordnas|"
    r"åligga)"
    r"(?: (?:över|in))?)(?= |$)"
)
_TAKE = r"(?:ska )?(?:övertar|överta|tar över|ta över|får|få|erhåller|erhålla|ges|tilldelas|åläggs)(?= )"
_BESIDE = (
    r"(?<![\w-])(?:organisatoriskt|i sin helhet|framöver|fortsättningsvis|i fortsättningen|hädanefter|framgent|i stället|istället|även|"
    r"hela|"
    r"helt|enbart i fortsättningen|(?<=⟧ )över)(?= |$),?"
)
_RESPONSIBLE = (
    r"(?:[a-zåäö]*ansvar(?:et)?(?: och [a-zåäö]+)? (?:för|avseende|beträffande|rörande|över|kring|inom)|ansvaret (?:när det|vad) gäller)"
)
_HEAD = (
    rf"(?:{_RESPONSIBLE}|uppgiften(?: att)?|uppgifterna|verksamheten|verksamheterna|frågor om|frågorna om|(?:ansvars|"
    rf"verksamhets)området)"
)
_WHAT = re.compile(
    rf"(?:(?:det|den|detta|allt|fulla|nuvarande|övergripande|samlade) ){{0,2}}(?:(?P<head>{_HEAD}) )?(?P<task>{WORDS['np']})", re.IGNORECASE
)
_STRICT = re.compile(r"\b(?:flytta|flyttas|överföra|överförs|överföras|föras|förs|övergår|övergå|tillhöra|ligga|sortera)\b", re.IGNORECASE)
_NO_TASK = re.compile(
    r"\d|medel\b|budget|anslag|belopp|kronor|\btjänst(?:en|er|erna)?\b|anställ|personal|lokaler|intäkt|kostnad|ledam|ärende|beslut|"
    r"möte|sammanträde|⟦|reglement|utskott|nämnd\b",
    re.IGNORECASE,
)
"""What goes from one to another and is no task."""


_GIVER = re.compile(
    rf"^(?P<one>{_N}) (?:ska )?(?:överlämnar|lämnar|överför|överlåter|avstår)(?: över| ifrån sig)? (?={_RESPONSIBLE} )", re.IGNORECASE
)
_ARROW = re.compile(rf"({_N}) ?(?:→|-+>|=>) ?({_N})")
_OWNS = re.compile(r"tillhöra|åvila|åligga", re.IGNORECASE)
_BELONGS = re.compile(rf"¦ +(?P<one>{_N}){_SCOPE},?(?= |$)", re.IGNORECASE)


class _Parting:
    """Words from which one constituent after the other is taken out."""

    def __init__(self, words: str) -> None:
        self.words = words

    def take(self, pattern: re.Pattern[str]) -> str:
        """Take out the first thing that fits; return the committee in it, or all of it; "" when nothing fits."""
        found = pattern.search(self.words)
        if found is None:
            return ""
        self.words = f"{self.words[: found.start()]} ¦ {self.words[found.end() :]}"
        named = [value for name, value in found.groupdict().items() if name in ("one", "two") and value]
        return named[0] if named else found[0]

    def left(self) -> str:
        """What is left when it stands together; "" when it does not."""
        pieces = [" ".join(piece.split()).strip(" ,:") for piece in self.words.split("¦")]
        held = [piece for piece in pieces if piece and piece.lower() != "ska"]
        return held[0] if len(held) == 1 else ""


def _rx(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in patterns)


_rHAD, _rFROM, _rOWNED, _rTO, _rTAKER, _rGIVE, _rTAKE, _rBESIDE = _rx(_HAD, _FROM, _OWNED, _TO, _TAKER, _GIVE, _TAKE, _BESIDE)


def _handed(words: str) -> str:
    """A task that goes from one committee to another, or to one."""
    words = _ARROW.sub(r"flyttas från \1 till \2", words)
    words = re.sub(rf"(från {_N},?) och (?:läggs|förs|överförs|flyttas)(?= (?:på|till|under|över))", r"\1", words, flags=re.IGNORECASE)
    parting = _Parting(" ".join(_rBESIDE.sub("", words).split()))
    taker = parting.take(_rTAKER)
    source = parting.take(_rHAD) or parting.take(_rFROM)
    verb = parting.take(_rTAKE if taker else _rGIVE)
    if not verb and (giver := parting.take(_GIVER)):
        verb, source = "överför", source or giver
    if not verb:
        return ""
    if not source and taker:
        source = parting.take(re.compile(rf"(?<!\w)(?P<one>{_N})s (?=[a-zåäö]*ansvar )", re.IGNORECASE))
    elif not source:
        source = parting.take(_rOWNED)
    target = taker or parting.take(_BELONGS if _OWNS.search(verb) else _rTO)
    what = _WHAT.fullmatch(re.sub(r"^av (?=det |ansvar|uppgift|verksamhet)", "", parting.left()))
    if not target or what is None or source == target:
        return ""
    head, task = (what["head"] or "").replace("ansvarsområdet", "verksamheten").replace("verksamhetsområdet", "verksamheten"), what["task"]
    if re.search(r"\bansvar(?:et)?\b", task, re.IGNORECASE):
        return ""
    if not head and (not _STRICT.search(verb) or (not source and not re.match("ska ", verb)) or _NO_TASK.search(task)):
        # "Kulturskolan läggs under …": too little says that it is a task.
        return ""
    if not head and task[1:2].islower():
        task = task[:1].lower() + task[1:]
    if not head and not source:
        head = "ansvaret för"
    return f"{head} {task} överförs {f'från {source} ' if source else ''}till {target}".strip()


_OUT = re.compile(
    rf"(?<!\w)(?:ur|från) (?:(?P<one>{_N})(?:s? (?:ansvarsområde|verksamhetsområde|ansvar|uppdrag|reglemente|uppgifter|"
    rf"uppdragsbeskrivning))?"
    rf"|nämndens (?:ansvarsområde|verksamhetsområde|uppdrag|reglemente|uppgifter))(?= |$)",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"(?:ska )?(?:tas bort|ta bort|stryks|strykas|stryka|utgår|utgå|avförs|avföra|upphör|upphöra|upphäva|upphävs|"
                     r"bort)(?= |$)", re.IGNORECASE)
_NO_LONGER = re.compile(
    rf"^(?P<what>.+?) (?:ska )?inte längre (?:ska )?(?:ligga|ligger|vila|vilar|finnas|finns|åvila|åvilar)(?: på| hos| under| inom)? "
    rf"(?P<one>{_N})$",
    re.IGNORECASE,
)
_RELIEVED = re.compile(
    rf"^(?P<one>{_N}) (?:ska )?(?:befrias|avlastas|fråntas|lämnar|fråntages) (?:från )?(?={_RESPONSIBLE} )",
    re.IGNORECASE,
)


def _dropped(words: str) -> str:
    """A task that a committee no longer has, and nobody gets."""
    gone = _NO_LONGER.match(words)
    if gone is not None:
        words = f"{gone['what']} tas bort från {gone['one']}"
    parting = _Parting(words)
    source = parting.take(_RELIEVED)
    if not source:
        source = parting.take(_rHAD)
        if not parting.take(_STRUCK):
            return ""
        out = parting.take(_OUT)
        if out.startswith("⟦") and source and out != source:
            return ""
        source = source or (out if out.startswith("⟦") else "") or parting.take(_rOWNED)
    what = _WHAT.fullmatch(parting.left())
    if not source or what is None or not re.match(_RESPONSIBLE, what["head"] or "", re.IGNORECASE):
        return ""
    return f"{what['head']} {what['task']} tas bort från {source}"


_BODY = (
    r"(?:[a-zåäöé]+-(?:,| och| samt)? )*(?:tekniska |särskilt )?[a-zåäöé-]*[a-zåäöé](?:nämnd|utskott|beredning|kommitté|råd|styrelse)(?!\w)"
)
_FOUND = re.compile(
    r"(?:det )?(?:ska )?(?:det )?(?:inrättas?|inrätta|bildas?|bilda|tillsätts|tillsättas?|tillsätta|skapas?|upprättas?|etableras?|"
    r"finnas)(?= |$)",
    re.IGNORECASE,
)
_HAS = re.compile(rf"^(?P<one>{_N}) (?:ska ha|får|ska få|ges|inrättar inom sig) (?=(?:en |ett ))", re.IGNORECASE)
_PARENT = re.compile(rf"(?<!\w)(?:under|inom|vid|hos|i|till) (?P<one>{_N})(?:s ansvarsområde)?(?= |$)", re.IGNORECASE)
_HOST = re.compile(
    r",? (?:med [A-ZÅÄÖ][^⟦⟧,;:]{1,40} som värdkommun|där [A-ZÅÄÖ][^⟦⟧,;:]{1,40} är värdkommun|(?:tillsammans|i samverkan|gemensamt) med "
    r"[A-ZÅÄÖ][^⟦⟧;:]{1,80}?(?= inrätta| bilda| en | ett |$|, med)|för (?:kommunerna |kommunernas )?[A-ZÅÄÖ][^⟦⟧;:]{1,80}?(?= inrätta| "
    r"bilda|$| med ))"
)
_CHARGED = re.compile(rf",? med (?:ansvar|uppgift|uppgifter|uppdrag)(?:et)? (?:för|att|inom) {WORDS['np']}$", re.IGNORECASE)
_GENERIC = re.compile(
    rf"(?:en |ett )?(?P<adjectives>(?:ny |nytt |gemensam |gemensamt |egen |eget )*)(?:nämnd|utskott),?(?: som (?:ska )?(?:benämns|"
    rf"benämnas|heter|heta|kallas)|"
    rf" (?:benämn[dt]|kalla[dt]|med (?:namnet|benämningen))|,| –)? (?P<name>{_N}|{_BODY})(?: –)?,?(?P<seats>,? (?:med|bestående av) "
    rf"{WORDS['tal']} ledamöter(?: (?:och|samt) "
    rf"{WORDS['tal']} ersättare)?)?",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"(?:en |ett |den |det )?(?P<adjectives>(?:ny |nytt |gemensam |gemensamt |för kommunerna gemensam |för kommunerna gemensamt |egen |"
    rf"eget )*)"
    rf"(?P<name>{_N}|{_BODY})(?P<seats>,? (?:med|bestående av) {WORDS['tal']} ledamöter(?: (?:och|samt) {WORDS['tal']} ersättare)?)?",
    re.IGNORECASE,
)


def _founded(words: str) -> str:
    """A committee that is founded, under another or by itself."""
    words = _CHARGED.sub("", _HOST.sub("", f" {words}").strip())
    words = re.sub(r"^kommunen (?:får|ska få|ska ha) (?=(?:en|ett) ny)", "inrätta ", words, flags=re.IGNORECASE)
    parting = _Parting(re.sub(r"^kommunen (inrätta|bilda|tillsätt)(?:e?r) ", r"\1 ", words, flags=re.IGNORECASE))
    parent = parting.take(_HAS)
    if not parent:
        if not parting.take(_FOUND):
            return ""
        parent = parting.take(_PARENT)
    what = _GENERIC.fullmatch(parting.left()) or _ONE.fullmatch(parting.left())
    if what is None or what["name"].lower() in ("nämnd", "utskott"):
        return ""
    if parent and what["name"].lower().endswith("nämnd"):
        # A committee under a committee: who reports to whom is not for us to say.
        return ""
    joint = "" if what["name"].startswith("⟦") else "en gemensam " if "gemensam" in what["adjectives"].lower() else "en "
    seats = (what["seats"] or "").strip(" ,")
    seats = f" {seats}" if seats and joint else ""
    return f"inrätta {joint}{what['name']}{f' under {parent}' if parent else ''}{seats}"


_TOGETHER = re.compile(
    rf"^(?:av )?(?P<all>{_N}(?:, {_N})*,? (?:och|samt|med) {_N}) (?:ska )?(?:slås (?:samman|ihop)|läggs (?:samman|ihop)|läggas (?:samman|"
    rf"ihop)|"
    r"sammanläggs|sammanläggas|sammanslås|sammanförs|sammanföras|förs samman|går (?:samman|ihop|upp)|gå samman|ombildas|ersätts|ersättas|"
    r"bildar|bilda|bildas|blir(?= (?:en|ett) )|utgör(?= (?:en|ett) )|utgöra(?= (?:en|ett) )|ska bli(?= (?:en|ett) ))(?: "
    r"tillsammans)?,?(?: till| i| och (?:ska )?bildar?| av| under "
    r"namnet)?"
    rf"(?: (?:en|ett) (?:(?:ny|nytt|gemensam|gemensamt) )*(?:nämnd|utskott),?(?: som (?:ska )?(?:benämns|heter|heta|kallas)| (?:benämn[dt]|"
    rf"kalla[dt]|med namnet))?)? (?:(?:en|ett) (?:(?:ny|nytt|gemensam|gemensamt) )*)?(?P<into>{_N}|{_BODY})$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    rf"^(?P<one>{_N}) (?:ska )?(?:slås (?:samman|ihop)|läggs (?:samman|ihop)|sammanläggs|sammanslås|går samman|förs samman) med "
    rf"(?P<two>{_N})"
    rf",?(?: till| och (?:bildar|blir))(?: (?:en|ett) (?:(?:ny|nytt) )?(?:nämnd|utskott),?)? (?:(?:en|ett) (?:ny |nytt )?)?(?P<into>{_N}|"
    rf"{_BODY})$",
    re.IGNORECASE,
)
_MELT = re.compile(
    rf"^(?P<one>{_N}) (?:ska )?(?:går upp i|gå upp i|uppgår i|uppgå i|införlivas (?:med|i)|inlemmas i|inordnas (?:i|under)) (?P<two>{_N})$",
    re.IGNORECASE,
)
_ACTIVE_JOIN = re.compile(rf"^(?:(?:slå|lägga|föra) (?:samman|ihop)|sammanföra|sammanlägga|förena) (?P<all>{_N}(?:, {_N})*,? (?:och|samt|"
                          rf"med) {_N})(?= till )", re.IGNORECASE)


def _merged(words: str) -> str:
    """Committees that become one."""
    melts = _MELT.match(words)
    if melts is not None:
        return f"{melts['one']} uppgår i {melts['two']}"
    active = _ACTIVE_JOIN.match(words)
    if active is not None:
        words = f"{active['all']} slås samman{words[active.end() :]}"
    match = _TOGETHER.match(words)
    joined = _JOINED.match(words)
    into = (match or joined or {"into": ""})["into"]
    if not into:
        return ""
    bodies = re.findall(_N, match["all"]) if match else [joined["one"], joined["two"]] if joined else []
    if into in bodies:
        return ""
    return f"{', '.join(bodies[:-1])} och {bodies[-1]} slås samman till {into if into.startswith('⟦') else f'en {into}'}"


_TWO = (
    rf"(?:två(?: nya)?(?: nämnder)?[,:]?(?: –)?(?: nämligen| benämnda)? )?(?:(?:en|ett) (?:ny |nytt )?)?(?P<one>{_N}|{_BODY}),? (?:och|"
    rf"samt|"
    rf"respektive) "
    rf"(?:(?:en|ett) (?:ny |nytt )?)?(?P<two>{_N}|{_BODY})"
)
_DIVIDED = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"^(?P<whole>{_N}) (?:ska )?(?:delas|klyvs|klyvas|splittras)(?: upp)? (?:i|på|till) {_TWO}$",
        rf"^(?:dela|klyva|dela upp) (?P<whole>{_N})(?: upp)? (?:i|på|till) {_TWO}$",
        rf"^(?P<whole>{_N}) (?:ska )?(?:ersätts|ersättas) (?:av|med) {_TWO}$",
        rf"^av (?P<whole>{_N}) (?:ska )?(?:bildas|skapas) {_TWO}$",
    )
)


def _divided(words: str) -> str:
    """A committee that becomes two."""
    match = next((m for p in _DIVIDED if (m := p.match(words))), None)
    if match is None:
        return ""
    one, two = match["one"], match["two"]
    if one.startswith("⟦") != two.startswith("⟦") or match["whole"] in (one, two):
        return ""
    return f"{match['whole']} delas upp i {one} och {two}" if one.startswith("⟦") else f"{match['whole']} delas upp i en {one} och en {two}"


_ENDED = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"^(?P<one>{_N})s? (?P<body>[a-zåäö]+utskott)(?:et)? (?:ska )?(?:avvecklas|läggs (?:ned|ner)|läggas (?:ned|ner)|upplöses|upplösas|"
        r"avskaffas|upphör|upphöra|dras in|slopas|försvinner)$",
        rf"^(?:avveckla|lägga (?:ned|ner)|upplösa|avskaffa|dra in|slopa) (?P<one>{_N})s? (?P<body>[a-zåäö]+utskott)(?:et)?$",
        rf"^(?:avveckla|lägga (?:ned|ner)|upplösa|avskaffa|dra in|slopa) (?P<body>{_N}) (?:under|inom|i|vid) (?P<one>{_N})$",
        rf"^(?P<body>{_N}) (?:under|inom|i|vid) (?P<one>{_N}) (?:ska )?(?:avvecklas|läggs (?:ned|ner)|läggas (?:ned|ner)|upplöses|upplösas|"
        r"avskaffas|upphör|upphöra|dras in|slopas|försvinner)$",
    )
)


def _ended(words: str) -> str:
    """A utskott that ends, with whose it is; the body may be a slot."""
    match = next((m for p in _ENDED if (m := p.match(words))), None)
    return f"{match['one']}s {match['body']} avskaffas" if match else ""


_NAMED = tuple(
    (re.compile(p, re.IGNORECASE), plain)
    for p, plain in (
        (rf"^(?:ändra|byta) (?P<one>{_N})s (?:namn|benämning) till (?=\S)", r"\g<one> byter namn till "),
        (rf"^(?:döpa om|byta namn på) (?P<one>{_N}) till (?=\S)", r"\g<one> byter namn till "),
        (rf"^(?P<one>{_N})s (?:nya )?(?:namn|benämning) (?:ska vara|blir|är|ska bli) (?=\S)", r"\g<one> byter namn till "),
        (rf"^(?P<one>{_N}) (?:döps om|byter benämning|ska döpas om|ges namnet|ges det nya namnet|får det nya namnet|får (?:ett )?nytt "
         rf"namn[,:]|ska ha "
         rf"namnet|"
         r"heter|ska kallas|kallas|ska benämnas|ska få namnet)(?: till)? (?=\S)", r"\g<one> byter namn till "),
    )
)  # fmt: skip
_NEW_NAME = re.compile(rf"^(⟦N\d+⟧) byter namn till (?:⟦[NQ]\d+⟧|{_BODY}(?:en|et|n)?|[a-zåäö ,-]*(?:nämnden|styrelsen|utskottet)(?: för "
                       rf"[a-zåäö ]+)?)$", re.IGNORECASE)


def _named(words: str) -> str:
    for pattern, plain in _NAMED:
        said = pattern.sub(plain, words, count=1)
        if said != words and _NEW_NAME.match(said):
            return said
    return ""


_ROLE = r"(?P<role>[a-zåäö]*(?:nämnd|myndighet|organ|huvudman|ansvarig)(?:t|a|en|et)?)"
_ROLES = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"^(?:kommunens )?{_ROLE}(?: i kommunen| för kommunen| inom kommunen)? (?:är|ska vara|blir) (?P<one>{_N})$",
        rf"^(?:till|som) (?:kommunens )?{_ROLE} (?:utses|utse|utser) (?P<one>{_N})$",
        rf"^(?P<one>{_N}) (?:ska )?(?:fullgör|fullgöra|har|ha|får|få) (?:uppgifterna|uppgiften|uppdraget|rollen|funktionen) (?:som|att "
        rf"vara) "
        rf"(?:kommunens )?{_ROLE}$",
        rf"^(?:utse|utser) (?P<one>{_N}) att vara (?:kommunens )?{_ROLE}$",
        rf"^(?:uppgiften|rollen|funktionen) som (?:kommunens )?{_ROLE} (?:ska )?(?:fullgörs|fullgöras|innehas) av (?P<one>{_N})$",
        rf"^(?P<one>{_N}) (?:blir|ska bli|ska agera|ska fungera som|ska tjänstgöra som|är tillika) (?:kommunens )?{_ROLE}$",
    )
)


def _role(words: str) -> str:
    match = next((m for p in _ROLES if (m := p.match(words))), None)
    return f"{match['one']} ska vara kommunens {match['role']}" if match else ""


_SAID: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"ansvar|flytt|överför|→|>|förs |föra|läggs|lägga|överg|överl|överta|tar |tas |ligga|tillhöra|uppgift", re.IGNORECASE),
     _handed),
    (re.compile("ansvar", re.IGNORECASE), _dropped),
    (re.compile(r"inrätta|bilda|tillsätt|skapa|upprätta|etablera|finnas|ska ha|får|ska få|ges ", re.IGNORECASE), _founded),
    (re.compile(r"samman|ihop|blir|bli |utgör|ombild|ersätt|bilda|går |gå |upp i|inordnas|inför|inlem", re.IGNORECASE), _merged),
    (re.compile(r"dela|klyv|splittr|ersätt|bilda|skapa", re.IGNORECASE), _divided),
    (re.compile(r"avveckla|läggs|läggas|lägga|upplös|avskaffa|upphör|dras|dra |slopa|försvinner", re.IGNORECASE), _ended),
    (re.compile(r"namn|döp|benämn|kallas|heter", re.IGNORECASE), _named),
    (re.compile(r"nämnd|myndighet|organ|huvudman|ansvarig", re.IGNORECASE), _role),
)
_FOUNDING = re.compile("inrätta|bilda|tillsätt|ny nämnd", re.IGNORECASE)
_SIGHT = re.compile("⟦[ARQSBK]")
LONGEST = 600


def settled(words: str) -> str:
    """Return words that say what becomes of a committee or a task, in the order of the phrases; "" when they say no such thing.

    Where they could be taken in two ways, they are not taken at all.
    """
    told = "⟦N" in words or _FOUNDING.search(words) is not None
    if len(words) > LONGEST or not told or (_SIGHT.search(words) and not _NAMED[0][0].match(words)):
        return ""
    made = {said for sign, read in _SAID if sign.search(words) and (said := read(words)) and said != words}
    return made.pop() if len(made) == 1 else ""
