"""Swedish word order undone: the words of a part of a clause set in the one order that the phrases are written in.

"Efter andra stycket i 5 § ska ett nytt stycke läggas till med lydelsen …" and "lägga till ett nytt stycke efter andra stycket
i 5 § med lydelsen …" say the same. The words are cut into constituents (verb, what it is about, where, beside what, with what
wording); when every word belongs to one, and none is there twice, they are put in order. No meaning is given here: a phrase
must still read the result from its first word to its last.
"""

from __future__ import annotations

import re
from enum import Enum

from reglemente_tool.reading.phrases._words import WORDS


class Verb(Enum):
    """What a verb does, and the form of it that phrases are written in."""

    INSERT = "införs"
    REPEAL = "utgår"
    REPLACE = "byts ut mot"
    REWORD = "ska ha följande lydelse"
    """with a noun: "ge … följande lydelse", or without: "ska lyda …" """


_BETWEEN = r"(?P<between>(?: [^ ]+){1,14}?)"
_CLOSES = r"(?= ?(?:$|[,:]| som | med | av | efter | före | mellan | sist| först| i ⟦| under ⟦| närmast| direkt))"
_PARTED = (
    (re.compile(rf"\b(läggs|läggas|lägga|lägger|lägg)(?= )(?! till| in){_BETWEEN} (till|in){_CLOSES}"), "lägga till"),
    (re.compile(rf"\b(förs|föras|föra|för|fogas|foga|tas|ta|skrivs|skriva|skjuts|skjuta)(?! in\b){_BETWEEN} (in){_CLOSES}"), "föra in"),
    (re.compile(rf"\b(tas|ta|tar)(?= )(?! bort\b){_BETWEEN} (bort)(?= ?(?:$|,| i ⟦| ur ⟦| från ⟦))"), "ta bort"),
    (re.compile(rf"\b(byts|byta|bytas|byter|byt)(?= )(?! ut\b){_BETWEEN} (ut)(?= ?(?:$| mot ))"), "byta ut"),
)
"""Verbs whose particle stands apart: "läggs … till". Set together, in the infinitive; what it was is clear from the rest."""

_VERBS = (
    (Verb.INSERT, r"införas?|införs?|föras? in|förs? in|läggas? (?:till|in)|läggs (?:till|in)|lägger (?:till|in)|lägg (?:till|in)|"
                  r"infogas?|infoga|tillföras?|tillförs|tillfogas?|tas? in|skrivas? in|skrivs in|skjutas? in|skjuts in|fogas? in|"
                  r"fogas|foga|läggas|läggs|lägga|finnas|tillkomma|tillkommer|ta in|skriva in|föra in|lägga till|kompletteras med|"
                  r"utökas med|utöka med|förses med|(?:få|får|ges|ha)(?= (?:en |ett )?(?:ny|nytt|nya|ytterligare|⟦A)(?! lydelse))"),
    (Verb.REPEAL, r"utgår?|stryks?|strykas?|stryka|tas? bort|ta bort|tar bort|avlägsnas?|slopas?|upphävas?|upphävs|upphäver|försvinna|"
                  r"försvinner|raderas?|utmönstras?|upphöra(?: att gälla)?|upphör(?: att gälla)?"),
    (Verb.REPLACE, r"byta ut|bytas? ut|byts ut|byter ut|byta|bytas|byts|byt(?: ut)?|ersättas?|ersätts?|ersätter|ändras?|ändra|ändrar|"
                   r"justeras?|rättas?"),
    (Verb.REWORD, r"(?:ge|ges|ger|ha|har|få|får|erhålla|erhåller)(?= (?:⟦A\d+⟧ )?(?:i stället )?(?:följande|en|ny|nya|ändrad|ändrade|"
        r"lydelsen))|lyda|lyder|"
                  r"formuleras om|formulera om|omformuleras|omformulera"),
)  # fmt: skip
_Q, _B, _P, _A = "⟦Q\\d+⟧", "⟦B\\d+⟧", "⟦[AR]\\d+⟧", "⟦A\\d+⟧"
_ORD = WORDS["ord"]
_CONSTITUENTS = re.compile(
    "|".join(
        (
            r"(?P<aux>ska(?:ll)?(?: det| i stället)?|det|följande(?= (?:förs?|föra|läggs|lägga|införs|införas|infogas|tas|ta) ))(?= )",
            *(rf"(?P<{verb.name}>{words})(?![\wåäö])" for verb, words in _VERBS),
            rf"(?P<every>{WORDS['överallt']})",
            rf"(?P<pos>(?:direkt |närmast |omedelbart )?(?:efter|före|innan) {_ORD}(?:{_A}|{_Q})|mellan {_A}(?: och {_A})?|allra sist|sist"
            r"(?: i (?:listan|uppräkningen|paragrafen|stycket))?|först(?: i (?:listan|uppräkningen|paragrafen|stycket))?"
            r"|i (?:slutet|början)(?: av (?:listan|paragrafen|stycket))?|i (?:listan|uppräkningen))(?![\wåäö])",
            rf"(?P<as>som (?:(?:en |ett )?{_A}|{WORDS['ny']}(?:{WORDS['enhet'].replace('?P<unit>', '?:')})))",
            rf"(?P<with>(?:(?:med|av|som får|som ges|som har|enligt|och)(?: {WORDS['text']})[,:.]? ?|som lyder(?: som följer| "
            rf"enligt följande)?:? |: ?)(?:{_Q}(?:(?:,|,? och|,? samt| respektive) {_Q})*|{_B}))",
            r"(?P<lyd>(?:med |av )?(?:följande |en |ny |nya |ändrad |ändrade |annan ){1,3}(?:orda)?lydelse(?: enligt följande)?:?|"
            r"lydelsen:?|enligt följande:?)(?= )",
            rf"(?P<mot>(?:mot|till|med|av)(?: att lyda| lydelsen| följande)?:? {_ORD}(?:{_Q}|{_B}))",
            rf"(?P<loc>(?:i|ur|under|inom|till|från) {_P})",
            rf"(?P<words>{_ORD}{_Q})",
rf"(?P<target>(?:(?:en |ett )?(?:ny|nytt) (?:paragraf|bestämmelse|kapitel|bilaga),? )?(?:en |ett )?{_P})",
                        rf"(?P<unit>{WORDS['ny']}(?:{WORDS['enhet'].replace('?P<unit>', '?:')}))",
            r"(?P<src>⟦S\d+⟧)",
            r"(?P<comma>,)",
        )
    ),
    re.IGNORECASE,
)
_SLOT = re.compile("⟦[QB]\\d+⟧")
MOST_WORDS = 40


def ordered(words: str) -> str:
    """Return `words` in the order of the phrases, or "" when some word has no constituent, or one is there twice."""
    if len(words.split()) > MOST_WORDS:
        return ""
    for pattern, whole in _PARTED:
        words = pattern.sub(rf"{whole}\g<between>", words)
    parts: dict[str, list[str]] = {}
    at = 0
    while at < len(words):
        if words[at] == " ":
            at += 1
            continue
        match = _CONSTITUENTS.match(words, at)
        if match is None or match.end() == at:
            return ""
        parts.setdefault(match.lastgroup or "", []).append(match[0].strip(" ,"))
        at = match.end()
    verbs = [verb for verb in Verb if verb.name in parts]
    if len(verbs) != 1 or any(len(found) > 1 for name, found in parts.items() if name not in ("aux", "comma", "loc")):
        return ""
    one = {name: found[0] for name, found in parts.items()}
    said = _SAID[verbs[0]](one)
    # The prefix is read as the place that the rest is said of.
    return " ".join((*parts.get("loc", ()), said)) if said else ""


_TO = re.compile("tillförs?|tillföras|kompletteras med|utökas med|få|ges", re.IGNORECASE)


def _insert(one: dict[str, str]) -> str:
    if "mot" in one and "with" not in one and re.match("(?:med|av) ", one["mot"], re.IGNORECASE):
        one = {**{name: words for name, words in one.items() if name != "mot"}, "with": one["mot"]}
    if not one.keys() <= {"aux", "comma", "loc", "INSERT", "pos", "as", "with", "words", "unit", "target", "lyd", "src"}:
        return ""
    if "as" in one and "with" in one and (quoted := _SLOT.search(one["with"])) and not one.keys() & {"unit", "target", "words"}:
        # "Följande införs som en ny strecksats: ”…”"
        one = {**{name: words for name, words in one.items() if name != "with"}, "words": quoted[0]}
    new = [name for name in ("unit", "target", "words") if name in one]
    if new[:2] == ["unit", "target"] and "loc" not in one and _TO.fullmatch(one["INSERT"]):
        # "4 § tillförs en ny strecksats": what is put in is the strecksats, and into 4 §.
        one = {"loc": one["target"], **{name: words for name, words in one.items() if name != "target"}}
        return f"i {one['loc']} {_insert(one)}"
    beside, wording = one.get("pos", ""), one.get("with", "") or one.get("src", "")
    if "src" in one and "with" in one:
        return ""
    if new[:1] == ["target"] and "words" in one and _TO.fullmatch(one["INSERT"]):
        # "4 § kompletteras med ”…”": as what, and where in it, is not said.
        return ""
    if not wording and "as" not in one and new in (["unit", "words"], ["target", "words"]) and one["words"].startswith("⟦"):
        # "en ny strecksats, ”…”": the quotation after the comma is its wording.
        wording = f": {one['words']}"
        new = new[:1]
    if len(new) != 1:
        return ""
    if new == ["words"] and "as" not in one:
        if beside.lower() in ("i uppräkningen", "i listan"):
            return f"{one['words']} införs {beside}"
        return f"{beside} införs {one['words']}" if "⟦Q" in beside and not wording else ""
    made = f"{one[new[0]]} införs"
    if "as" in one:
        made += f" {one['as']}"
    if beside:
        made += f" {beside}"
    return made + (wording if wording.startswith(":") else f" {wording}" if wording else "")


def _repeal(one: dict[str, str]) -> str:
    if not one.keys() <= {"aux", "comma", "loc", "REPEAL", "target", "words", "every"}:
        return ""
    what = [one[name] for name in ("target", "words") if name in one]
    return f"{what[0]} utgår" + (f" {one['every']}" if "every" in one else "") if len(what) == 1 else ""


def _replace(one: dict[str, str]) -> str:
    if not one.keys() <= {"aux", "comma", "loc", "REPLACE", "target", "words", "every", "mot"} or "mot" not in one:
        return ""
    what = [one[name] for name in ("target", "words") if name in one]
    if len(what) != 1:
        return ""
    new = re.sub(r"^(?:mot|till|med|av)(?: att lyda| lydelsen| följande)?:? ", "", one["mot"], flags=re.IGNORECASE)
    return f"{what[0]} byts ut mot {new}" + (f" {one['every']}" if "every" in one else "")


def _reword(one: dict[str, str]) -> str:
    if not one.keys() <= {"aux", "comma", "loc", "REWORD", "target", "words", "lyd", "mot", "with"} or "target" not in one:
        return ""
    wording = [_SLOT.search(one[name]) for name in ("words", "mot", "with") if name in one]
    if len(wording) != 1 or wording[0] is None:
        return ""
    return f"{one['target']} ska ha följande lydelse: {wording[0][0]}"


_SAID = {Verb.INSERT: _insert, Verb.REPEAL: _repeal, Verb.REPLACE: _replace, Verb.REWORD: _reword}
