"""Rows of words that mean the same in a phrase. A row may hold slots and other rows; spaces are single, case does not matter."""

from __future__ import annotations

_ORD = (
    "ordet|orden|uttrycket|uttrycken|benämningen|benämningarna|begreppet|begreppen|formuleringen|frasen|termen|beteckningen|skrivningen|"
    "ordalydelsen|passusen|meningsledet|ordföljden|delen|meningsledet|siffran|talet|årtalet|texten|namnet|hänvisningen till|hänvisningen"
)
_UNIT = (
    "strecksats|strecksatser|stycke|stycken|punkt|punkter|mening|meningar|paragraf|paragrafer|bokstav|kapitel|bilaga|bullet|att-sats|"
    "attsats|led|rad"
)
_TAL = (
    r"\d{1,2}|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|tjugo|tjugoen|"
    r"tjugoett|tjugotre|tjugofem"
)

WORDS = {
    # repeal
    "utgår": r"(?:(?:utgår|upphör(?: att gälla)?|stryks|tas bort|avlägsnas|slopas|upphävs|försvinner|raderas|utmönstras|(?:inte )?längre "
    r"(?:ska )?gälla)"
    r"|ska (?:helt )?(?:utgå|upphöra(?: att gälla)?|strykas|tas bort|avlägsnas|slopas|upphävas|försvinna|raderas|utmönstras|inte längre "
    r"gälla)|strykas|utgå)(?: i sin helhet| helt)?",
    "stryka": r"(?:stryka|stryker|ta bort|tar bort|upphäva|upphäver|avlägsna|slopa|slopar|radera|stryk|upphäv)",
    # insertion
    "införs": r"(?:(?:ska )?(?:införs|förs in|läggs till|läggs in|infogas|tillförs|tas in|tillkommer|skrivs in|skjuts in|"
    r"fogas in|tillfogas)|ska (?:införas|"
    r"föras in|läggas till|läggas in|infogas|tillföras|tas in|tillkomma|skrivas in|tillfogas))",
    "införa": r"(?:införa|inför|föra in|lägga till|lägger till|lägga in|infoga|tillföra|ta in|skriva in|skjuta in|skjuter in|"
    r"foga in|tillfoga|lägg till|för in)",
    "enhet": rf"(?P<unit>{_UNIT})(?![-\w])",
    "ny": r"(?:(?:ytterligare )?(?:en|ett|två|tre|fyra|följande) )?(?:(?:egen|eget|egna|ny|nytt|nya|ytterligare|separat) ){0,2}",
    # new wording
    "lydelse": r"(?:(?:i stället )?(?:ska|får|skall) (?:i stället )?(?:ha|ges|få|lyda|formuleras)(?: (?:den|en))?"
    r"(?: (?:följande|ny|nya|ändrad|"
    r"nedan angivna|nedanstående)){0,2} ?(?:lydelse(?:n)?(?: som framgår av)?)?"
    r"|(?:får|har|ges) lydelsen|(?:får|har) (?:följande|ny|en ny|ändrad) lydelse|ges (?:följande|ny|en ny) lydelse|lyder|ändras till(?: "
    r"att lyda| lydelsen)?|ändras (?:och|så att den) (?:får följande lydelse|lyder)"
    r"|ska ändras till(?: att lyda)?|omformuleras(?: till)?|formuleras om(?: till)?|(?:ersätts (?:med|av)|byts ut mot|ska ersättas "
    r"(?:med|av))(?: följande)?(?: lydelsen| lydelse| text| texten)?)"
    r"(?: (?:ny|följande) lydelse)?(?: enligt följande| som följer| följande)?",
    "W": r"[,:.]? ?(?:{Q}|{B}|(?:enligt )?{S})?",
    "text": r"(?:(?:följande|denna|den|en|ny|nya|ändrad|nedanstående) ){0,3}(?:(?:orda)?lydelse(?:n)?|text(?:en)?|innehåll(?:et)?|"
    r"skrivning(?:en)?|formulering(?:en)?|följande)",
    "medlydelse": r"(?:,? ?(?:med|av|som får|som ges|som har|som lyder|enligt|och som lyder)(?: {text})?)",
    # words
    "ord": rf"(?:(?:{_ORD}) )?",
    "orden": rf"(?:{_ORD})",
    "byts": r"(?:byts(?: ut)? mot|utbyts mot|"
    r"byts till|ersätts (?:med|av)|ändras till|stryks och ersätts (?:med|av)|utgår och ersätts (?:med|av)|"
    r"(?:ska|skall) (?:bytas(?: ut)? mot|utbytas mot|ersättas (?:med|av)|ändras till|(?:i stället )?vara))",
    "byta": r"(?:byta|byter|byt|ersätta|ersätter|ersätt|ändra|ändrar)",
    "överallt": r"(?:överallt(?: där (?:det|de|den|ordet|orden) förekommer)?|"
    r"samtliga förekomster av|där (?:det|de|den|ordet|orden) förekommer|"
    r"genomgående|konsekvent|på samtliga ställen|alltigenom)",
    "QQ": r"{Q}(?:, {Q})?(?:, {Q})?(?:, {Q})?(?:, {Q})?,? (?:och|samt|respektive) {Q}",
    # number and name
    "betecknas": r"(?:(?:ska )?(?:betecknas|numreras(?: om till)?|omnumreras till)|blir|ska bli|får (?:beteckningen|numret|nummer)|ska "
    r"få (?:beteckningen|numret)|ändrar beteckning till)",
    "nynamn": r"(?:(?:i fortsättningen|framöver|hädanefter) (?:ska )?(?:benämns|benämnas|heta|kallas)|byter namn till|ändrar namn till|"
    r"ska (?:byta namn till|heta|benämnas|i stället heta)|benämns(?: i fortsättningen)?|döps om till|får namnet|ska få namnet|ändrar "
    r"benämning till)",
    # charters as a whole
    "anta": r"(?:anta|antar|fastställa|fastställer|godkänna|godkänner|besluta om|beslutar om|bifalla|bifaller|ställa sig bakom)",
    "antas": r"(?:antas|fastställs|fastställes|godkänns|godkännes|bifalls|ska (?:antas|fastställas|godkännas))",
    "förslag": r"(?:(?:{S}|{N}s förslag|(?:(?:det|bifogat|bilagt|bifogade|upprättat|upprättade|föreliggande|framlagt|framlagda|reviderat|"
    r"nytt) )*förslag(?:et)?)(?: till)? )?",
    "nytt": r"(?:(?:ett )?(?:nytt|nya|reviderat|reviderade|uppdaterat|ändrat|omarbetat) )?",
    "revidera": r"(?:revidera|reviderar|ändra|ändrar|uppdatera|uppdaterar|justera|justerar|anpassa)",
    "revideras": r"(?:(?:ska )?(?:revideras|ändras|uppdateras|justeras|anpassas))",
    # bodies
    "dess": r"(?:dess|nämndens|deras)",
    "tasöver": r"(?:(?:ska )?(?:tas över av|övertas av|överförs till|förs över till|flyttas(?: över)? till|läggs på|överföras till|föras "
    r"över till|övertagas av|handhas av|fullgörs av|fullgöras av|utförs av|utföras av|skötas av|sköts av))",
    "tal": rf"(?:{_TAL})(?!\w)",
    "np": r"(?!(?:ansvar|uppgift|verksamhet)(?:et|en|erna)?\b)"
    r"(?:(?!\b(?:att|från|till|ska|bör|borde|kan|kunde|skulle|måste|vill|inte|ej|delvis|eventuellt?|eventuella|möjligen|endast|bara|utan|"
    r"dock)\b)[^⟦⟧.;:\n]){2,150}?",
    "beslutet": r"(?:(?:det(?:ta)?|ovanstående|denna|dessa|de)? ?(?:beslut|beslutet|ändring|ändringen|ändringar|ändringarna|"
    r"reglementesändringen|reglementesändringarna|revidering|revideringen|bestämmelse|bestämmelsen|reglementet|reglementena|"
    r"reglemente|detta|ovanstående|organisationen|nämndorganisationen|namnbytet|{R}))",
    "gäller": r"(?:(?:ska|skall|får) )?(?:gälla|gäller|träda i kraft|träder i kraft|börja gälla|börjar gälla|ha verkan|har verkan|börja "
    r"tillämpas|tillämpas|upphöra|upphör)?",
    "motion": r"(?:motion(?:en|er|erna|s)?|medborgarförslag(?:et|en)?|e-förslag(?:et)?|initiativ(?:et)?)",
    "ärendet": r"(?:ärende(?:t|na|n)?|frågan|motion(?:en|erna)?|förslaget|medborgarförslaget|handlingarna)",
}
