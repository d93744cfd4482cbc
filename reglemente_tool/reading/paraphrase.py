"""What is said in nouns, labels and roundabout ways, said with the verbs that phrases know.

"Borttagande av 4 §", "4 §: utgår" and "att stryka 4 §" say the same; so do "I stället för ”tre” ska det stå ”fem”" and "byta ut ”tre” mot
”fem”". Each rule here changes how a thing is said and never what: it sees slots and words, gives no meaning, and a phrase must still read
what comes of it from its first word to its last.
"""

from __future__ import annotations

import re

_NOUNS = {
    "borttagande|borttagning": "ta bort", "strykning|strykande": "stryka", "slopande": "slopa", "upphävande|upphävning": "upphäva",
    "avskaffande": "avskaffa", "införande": "införa", "infogande": "infoga", "tillägg|tilläggande": "lägga till",
    "inskjutande": "skjuta in", "byte|utbyte|ersättande|ersättning": "byta ut", "flytt|flyttning|överflyttning|flyttande": "flytta",
    "överföring|överförande": "överföra", "omnumrering|omnumrerande": "numrera om", "inrättande": "inrätta", "bildande": "bilda",
    "avveckling|avvecklande": "avveckla", "antagande": "anta", "fastställande|fastställelse": "fastställa", "godkännande": "godkänna",
    "tillsättande|tillsättning": "tillsätta", "nedläggning|nedläggande": "lägga ned", "upplösning|upplösande": "upplösa",
    "sammanslagning|sammanläggning|sammanslående": "slå samman", "delning|uppdelning|klyvning": "dela", 
    "revidering|revision": "revidera",
    "återkallande|återkallelse": "återkalla", "tilldelning": "tilldela", "anvisning|anvisande": "anvisa", "avsättning": "avsätta",
    "entledigande": "entlediga", "[a-zåäö]*val|utseende": "utse", "återremiss|återremittering": "återremittera",
    "bordläggning": "bordlägga",
    "remiss|remittering": "remittera", "överlämnande": "överlämna", "övertagande": "överta", "införlivande": "införliva",
}  # fmt: skip
_ROWS = {
    "ord": r"(?:(?:ordet|orden|uttrycket|begreppet|formuleringen|texten|benämningen|termen|siffran|talet|ordalydelsen|skrivningen|"
    r"lydelsen) )?",
    "enhet": r"(?:strecksats|stycke|punkt|mening|paragraf|bokstav|kapitel|bilaga|bestämmelse)",
    "lydelse": r"(?:(?:orda)?lydelse(?:n)?|text(?:en)?|skrivning(?:en)?|formulering(?:en)?|innehåll(?:et)?|utformning(?:en)?)",
    "ny": r"(?:(?:följande|denna|den|en|ett|ny|nya|nytt|ändrad|ändrade|annan|nedanstående|nedan|angivna|reviderad) )",
    "omarbetas": r"(?:ändras|revideras|justeras|omarbetas|skrivs om|formuleras om|uppdateras)",
    "omarbeta": r"(?:ändra|revidera|justera|omarbeta|skriva om|skriv om|uppdatera|omformulera)",
    "anta": r"(?:anta|antar|fastställa|fastställer|godkänna|godkänner|besluta om)",
    "får": r"(?:i stället )?(?:ska|får|ges|har|ska ha|ska få|ska ges|erhåller|ska erhålla)",
    "ska": r"(?:ska|skall)",
    "beteckning": r"(?:beteckning|beteckningen|numreringen|nummer|numret)",
    "följer": r"(?: enligt följande| som följer| enligt nedan)?",
    "ändring": r"(?:(?:en |följande )?(?:ändring|ändringar|justering|justeringar|revidering|omnumrering|komplettering|tillägg|strykning))",
    "görs": r"(?:(?:ska )?(?:görs|göras|sker|ske|vidtas|genomförs|beslutas|godkänns|införs))",
    "såatt": r"(?:på (?:så|det) (?:sätt|sättet|vis) att|så att|genom att|enligt följande:|såtillvida att)",
    "W": r"⟦[QB]\d+⟧",
    "P": r"⟦[AR]\d+⟧",
    "A": r"⟦A\d+⟧",
    "Q": r"⟦Q\d+⟧",
}
"""Rows of words, {ord}, that hold nothing; <Q> is the same row, kept."""

_RULES = (
    # What is done, said beside that something is done.
    (r"^{ändring} {görs},? {såatt} ", ""),
    (r"^{ändring} {görs} (?:i|av|till) <P>(?:,? {såatt}|:) ", r"i \1 "),
    (r"^komplettering (?:av|i|till) <P>(?: {görs})? med ", r"\1 kompletteras med "),
    # A label and what is done there: "4 §: utgår", "4 § – orden ”tre” utgår".
    (r"^<P>(?: ?:| [–—-]) (?={ord}{Q} \S|efter |före |sist |först )", r"i \1 "),
    (r"^<P>(?: ?:| [–—-]) (?=\S)", r"\1 "),
    # Where, said of a list.
    (r"^(?:punkt)?(?:listan|uppräkningen|förteckningen) (?:i|under) <A> (?:ska )?(?:kompletteras|utökas)(?: med)? <Q>$",
     r"i \1 listan kompletteras med \2"),
    (r"(?<!^i )(?<! i )(?:punkt)?(?:listan|uppräkningen|förteckningen) (?:i|under) <A>", r"\1"),
    (r"(?:i|vid|på) slutet (?:av|i) <A>", r"sist i \1"),
    (r"i början (?:av|i) <A>", r"först i \1"),
    (r"\bi listan över (?:nämndens|styrelsens) (?:uppgifter|ansvarsområden) (?=i ⟦)", ""),
    # Words that add nothing to what is decided.
    (r" (?:fortsättningsvis|hädanefter|framöver|framgent|i fortsättningen|numera|istället)(?= |$)", ""),
    (r"\b(?:upphävs|stryks|tas bort) och (?:därmed )?(?=utgår|stryks|upphör)", ""),
    (r"^(?:besluta|bestämma|föreskriva) att ", ""),
    (r"^godkänna att (?=.*⟦[AQ])", ""),
    (r"^i hela (⟦R\d+⟧) ", r"överallt i \1 "),
    (r"\bflyttas (?:ned|upp|fram|om) och (?=placeras|sätts|ställs)", ""),
    (r"\bflyttas till <A> och (?:placeras|sätts) där som ", r"flyttas till \1 som "),
    (r" och (?:där placera (?:det|den)|placera (?:det|den) där|placeras där|där placeras) sist$", " sist"),
    (r"\bovanför (?=⟦A)", "före "),
    # Older and rarer verbs.
    (r"\butesluta\b", "stryka"), (r"\b(?:utesluts|uteslutes)\b", "stryks"), (r"\buteslutas\b", "strykas"),
    (r"(?:ska )?inte längre (?:ska )?finnas? (?:med|kvar)", "utgår"),
    (r"\blydelsen (⟦Q\d+⟧(?: i ⟦A\d+⟧)? (?:ändras|ersätts|byts|stryks|utgår|ska))", r"orden \1"),
    (r"\bstrykes\b", "stryks"),
    (r"\btillägga\b", "lägga till"),
    (r"\btilläggs\b", "kompletteras med"),
    (r"^i <A> ska {lydelse} (?:vara|bli):? ?<W>$", r"\1 ska ha följande lydelse: \2"),
    (r"\b(?:avförs|avföras|lyfts ut|lyfts bort|borttages|borttas|bortfaller)(?= |$)", "stryks"),
    (r"\b(?:avföra|lyfta ut|lyfta bort)(?= |$)", "stryka"),
    (r"\bflytta över\b", "flytta"),
    (r"\bsåsom\b", "som"),
    (r"(?<= )upptas?(?= |$)", "införa"),
    (r"\bbyter vi ut\b", "byts ut"),
    (r"\b(stryker|ersätter|inför|ändrar) vi (?=⟦|ord)", r"\1 "),
    # New wording.
    (r"^(?:ändring av|{ny}?{lydelse} (?:av|för|på)|omformulering av) <A>(?: till)?:? ?<W>$", r"\1 ska ha följande lydelse: \2"),
    (r"^ändring av <A> från <Q> till <Q>$", r"ändra \1 från \2 till \3"),
    (r"^<A>(?:,| \(| [–-])? ?{ny}{1,2}{lydelse}\)?:? ?<W>$", r"\1 ska ha följande lydelse: \2"),
    (r"^<A>,? (?:med|enligt) {ny}{1,2}{lydelse}:? ?<W>$", r"\1 ska ha följande lydelse: \2"),
    (r"^<A> {ska}? ?(?:utgå|utgår|strykas|stryks|tas bort) och (?:i stället )?ersätt(?:s|as) (?:med|av) (?:(?:ett nytt|en ny) {enhet}"
     r"(?: (?:med|av))? ?)?(?:{ny}{0,2}{lydelse}|följande)?[:,]? ?<W>$", r"\1 ska ha följande lydelse: \2"),
    (r"^(?:stryka|ta bort) <A> och (?:i stället )?ersätta (?:det|den|dem|denna|detta) med <W>$", r"\1 ska ha följande lydelse: \2"),
    (r"^<A> {får} den {lydelse} som (?:anges|framgår|följer)(?: av)? (?:nedan|följande)[:,]? ?<W>$", r"\1 ska ha följande lydelse: \2"),
    (r"^{anta} {ny}{1,3}{lydelse} (?:av|för|på) <A>:? ?<W>$", r"\1 ska ha följande lydelse: \2"),
    (r"^för <A> {anta} {ny}{0,3}{lydelse}:? ?<W>$", r"\1 ska ha följande lydelse: \2"),
    (r"^<W> {ska}? ?(?:ersätter|ersätta) (?:(?:nuvarande|tidigare|gällande) )?(?:{lydelse} (?:av|i) )?<A>$",
     r"\2 ska ha följande lydelse: \1"),
    (r"^(?:låta|låt) <A> (?=(?:få|lyda|ha) )", r"\1 ska "),
    (r"^<A> {omarbetas}(?: och|,| så att (?:den|det|de)) (?:får|ska ha|ges|lyder|ska lyda|erhåller|får lyda)(?= )", r"\1 får"),
    (r"^<A> {omarbetas}(?:{följer}| till(?: att lyda)?)[.:]? ?<Q>$", r"\1 ska ha följande lydelse: \2"),
    (r"^{omarbeta} <A>(?:{följer}| till)(?: {ny}{1,2}{lydelse}| så att (?:den|det|de) lyder)?[.:]? ?<Q>$",
     r"\1 ska ha följande lydelse: \2"),
    (r"^<A> {får} {ny}{0,3}{lydelse}{följer}[.:]? ?<W>$", r"\1 ska ha följande lydelse: \2"),
    (r"^<A> {ska}? ?(?:byter|byta) namn till <Q>$", r"\1 ändras till \2"),
    (r"^<A>,? (?:som (?:nu|idag|i dag|för närvarande) lyder|med (?:den )?nuvarande lydelse(?:n)?) <Q>,? (?:ska (?:i stället )?lyda|ska ha "
     r"lydelsen|ändras till|får lydelsen|ersätts med) <Q>$", r"\1 ändras från \2 till \3"),
    (r"^nuvarande lydelsen? (?:i|av) <A>,? <Q>,? (?:ersätts med|ändras till|byts ut mot) <Q>$", r"\1 ändras från \2 till \3"),
    # Words in the place of words.
    (r"(?:det )?(?:{ska} )?(?:det )?(?:stå|står) {ord}<Q> (?:i stället|istället) för {ord}<Q>", r"\2 byts ut mot \1"),
    (r"^((?:i {A} )?){ord}<Q> (?:ska )?(?:blir|bli) {ord}<Q>", r"\1\2 byts ut mot \3"),
    (r"^<A> (?:ska )?(?:kompletteras|tillförs|utökas)(?: med)? {ord}<Q> sist$", r"i \1 införs orden \2 sist"),
    (r"^<Q> {ska}? ?(?:ersätter|ersätta) {ord}<Q>(?= |$)", r"\2 byts ut mot \1"),
    (r"(?:det )?(?:i stället|istället) för {ord}<Q> {ska}(?: det)? (?:stå|vara|anges) {ord}<Q>", r"\1 byts ut mot \2"),
    (r"^(?:där )?det ((?:i|under) {A} )?(?:står|anges) {ord}<Q>,? {ska}(?: det)?(?: i stället| istället)? (?:stå|anges|vara) {ord}<Q>",
     r"\1\2 byts ut mot \3"),
    (r"(?:{ska} )?{ord}<Q> (?:{ska} )?läsas? som {ord}<Q>", r"\1 byts ut mot \2"),
    (r"(?:{ska} )?{ord}<Q> (?:{ska} )?(?:utgår|utgå|stryks|strykas|tas bort)(?:,? och| samt|,) (?:i stället )?(?:ersätts|ersättas|"
     r"byts ut|bytas ut)(?: i stället)? (?:med|av|mot) {ord}<Q>", r"\1 byts ut mot \2"),
    (r"(?:stryka|ta bort) {ord}<Q>(?:,? och| samt) (?:(?:i stället|istället) (?:införa|infoga|föra in|skriva|lägga till)|(?:införa|"
     r"infoga|skriva|föra in) i stället) {ord}<Q>", r"byta ut \1 mot \2"),
    (r"^<P> (?:ska )?(?:kompletteras|tillförs|utökas|förses)(?: med)? {ord}<Q> (?=efter |före )", r"i \1 införs \2 "),
    (r"^(?:komplettera|tillföra|utöka|förse) <P>(?: med)? {ord}<Q> (?=efter |före )", r"i \1 införa \2 "),
    (r"^(?:det )?((?:efter|före) {ord}{Q}(?: i {A})?) {ska} (?:det )?stå {ord}<Q>$", r"\1 införs \2"),
    # What comes in.
    (r"^(?:tillägg|lägga till) (?:i|till|under) <P>[:,]? ?((?:efter|före) {ord}{Q})[:,]? ?<Q>$", r"i \1 \2 införa \3"),
    (r"^tillägg (?:i|till|under) <P>(?::|,| med| av)? ((?:(?:en|ett) )?(?:(?:ny|nytt|ytterligare) )?{enhet}\b)", r"i \1 införa \2"),
    (r"^(?:tillägg (?:av|med) )?((?:ny|nytt|ytterligare) (?:sista )?{enhet}) ((?:i|under|till) {P}(?: sist| först|,? (?:efter|före) {A})?)"
     r"(?=[:,. ])", r"införa \1 \2"),
    (r"^((?:ny|nytt|ytterligare) {enhet}) ((?:efter|före) {A})(?=[:,. ])", r"\2 införa \1"),
    (r"^<P>,? ((?:en |ett )?(?:ny|nytt|ytterligare) {enhet}\b)(?= ?[:⟦])", r"i \1 införa \2"),
    (r"^<P> (?:ska )?(?:avslutas|avslutas sist) med (?=en |ett |ny |följande |⟦A)", r"sist i \1 införs "),
    (r"^ge <P> (?=(?:en|ett|ny) )", r"i \1 införa "),
    (r"^<P> (?:ska )?(?:ges|får|ha|har|få) (?=(?:en|ett) (?:ny |nytt |⟦A))", r"i \1 införs "),
    (r"^ny rubrik ((?:närmast )?(?:före|framför|över) {A})[:,]? ?<Q>$", r"\1 införa rubriken \2"),
    # Numbers.
    (r"^<A> (?:ges|får|ska ges|ska få) (?:(?:ny|den nya) )?{beteckning}[:,]? (?=⟦A)", r"\1 betecknas "),
    (r"^ge <A> {beteckning} (?=⟦A)", r"\1 betecknas "),
    (r"^{beteckning} (?:på|för|av) <A> (?:ska )?(?:ändras|ändra|blir|bli) (?:till )?(?=⟦A)", r"\1 betecknas "),
    (r"^<A> (?:ändras|ändrar (?:nummer|beteckning)) till <A>$", r"\1 betecknas \2"),
)  # fmt: skip


def _rule(template: str) -> re.Pattern[str]:
    """Return a rule's pattern, its rows written out; a row in <> is kept as a group."""
    whole = re.sub(r"\{([^\W\d]+)\}|<(\w)>", lambda m: f"({_ROWS[m[2]]})" if m[2] else _ROWS[m[1]], template)
    return re.compile(whole, re.IGNORECASE)


_SAID_AS_NOUN = tuple(
    (re.compile(rf"^(?:en |ett )?(?:{noun})(?:e?[nt]|n)? (?:av|utav) (?=\S)", re.IGNORECASE), f"{verb} ")
    for noun, verb in _NOUNS.items()
)
_OTHER_NOUNS = (
    (re.compile(r"^överföring (?=från |till )", re.IGNORECASE), "överföra "),
    (re.compile(r"^(?:kommunens )?(?:inträde|ingående) i ", re.IGNORECASE), "inträda i "),
    (re.compile(r"^(?:namnbyte|namnändring|ändring av namn(?:et)?|byte av namn(?:et)?) (?:för|av|på) ", re.IGNORECASE), "byta namn på "),
    (re.compile(r"^(?:ändring|byte) av (?:namnet|benämningen) (?=⟦N\d+⟧ till )", re.IGNORECASE), "byta namn på "),
    (re.compile(r"^(?:namnbyte|namnändring) från (?=⟦N)", re.IGNORECASE), "byta namn på "),
    (re.compile(r"^avslag på ", re.IGNORECASE), "avslå "),
    (re.compile(r"^uppdrag (?=(?:till|åt) )", re.IGNORECASE), "uppdra "),
    (re.compile(r"^(?:återremiss|återremittering) (?:till|beträffande|angående|rörande|för|i) ", re.IGNORECASE), "återremittera ärendet "
    "till "),
    (re.compile(r"^anslag (?:om|på|med) ", re.IGNORECASE), "anslå "),
)
_DOES = re.compile(
    r" (?:sker|ska ske|görs|ska göras|genomförs|ska genomföras|beslutas|vidtas|godkänns|äger rum|verkställs|beviljas|förrättas)(?= |$)",
    re.IGNORECASE,
)
"""What a noun is said to do: "Upphävande av … sker", "beslutas"."""
_SAID = tuple((_rule(template), plain, template.startswith("^<")) for template, plain in _RULES)
_APPROVING = re.compile(r"^(?:godkänna|godkänner|besluta|beslutar|bestämma|fastställa) att (?:det )?(?=\S)", re.IGNORECASE)
_DECIDING = re.compile(r"^beslut(?:ar?)? om (?=[a-zåäö]+(?:ande|ing|else|byte|flytt) av )", re.IGNORECASE)
_NOUN = re.compile(
    r"^(?:en |ett )?[a-zåäö]*(?:ning|ande|ing|lägg|byte|flytt|else|remiss|sion|val|träde|avslag|uppdrag|anslag|slående)"
    r"(?:e?[nt]|n)?(?: |$)",
    re.IGNORECASE,
)


def _with_verb(words: str) -> str:
    """ "Upphävande av reglementet för … beslutas" is "upphäva reglementet för …". Words with no such noun come back as they are."""
    bare = _DOES.sub("", words, count=1)
    for noun, verb in (*_OTHER_NOUNS, *_SAID_AS_NOUN):
        said = noun.sub(verb, bare, count=1)
        if said != bare:
            return said
    return words


def paraphrased(words: str) -> str:
    """Return the words of a part of a clause said with verbs that phrases know, or "" when nothing in them is said otherwise.

    Slots stay as they are. Every rule that fits is used once, in the order of the table.
    """
    said = _APPROVING.sub("", _DECIDING.sub("", words))
    if _NOUN.match(said):
        said = _with_verb(said)
    for rule, plain, slot_first in _SAID:
        # Most clauses are turned away by how they begin.
        if not slot_first or said.startswith("⟦"):
            said = rule.sub(plain, said, count=1)
    said = " ".join(said.split())
    return said if said != words else ""
