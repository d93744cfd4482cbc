"""Values that a charter states: how many members and deputies a committee has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.reading.operation import Nothing, Operation, Type
from reglemente_tool.reading.phrases import Match, Result, phrase

_MEMBERS = "(?P<who{0}>ledamöter|ersättare|suppleanter|ordinarie ledamöter|tjänstgörande ersättare)"
_BEFORE = (
    "(?:,? (?:i stället för|istället för|mot|jämfört med|från) (?:nuvarande |tidigare |dagens )?(?P<was>{tal})(?: ledamöter| "
    "ersättare)?(?: (?:och|respektive) (?P<wastwo>{tal})(?: ersättare)?)?)?"
)
_CHANGES = (r"(?:(?:ska )?(?:ändras|utökas|minskas|höjs|höjas|sänks|sänkas|justeras|fastställs|fastställas|bestäms|bestämmas|sätts|"
    r"sättas)|ska vara|är|ska uppgå till|uppgår till)")
_SETS = (
    "(?:(?:ska|skall) (?:ha|bestå av|utökas till|minskas till|utgöras av|få)|består av|har|får|utökas till|utökas och får|minskas till|"
    "minskas och får|ska utökas och får)"
)


def _values(m: Match, body: str, charter: str) -> Iterator[Operation]:
    first, second = m.group("who1").lower(), m.group("who2").lower()
    was, was_two = m.group("was"), m.group("wastwo")
    first = first or "ledamöter"
    for who, new, old in ((first, m.group("tal1"), was), (second, m.group("tal2"), was_two or was)):
        if who and new:
            field = "antal ersättare" if who.startswith(("ersättare", "suppleant", "tjänstg")) else "antal ledamöter"
            yield Operation(type=Type.SET_VALUE, charter=charter or body, field=field, old=old, new=new, target=m.where.address)


@phrase(
    f"(?:{{N}}|nämnden|styrelsen|utskottet),? {_SETS} (?P<tal1>{{tal}}) {_MEMBERS.format(1)}(?:,? (?:och|samt|med) (?P<tal2>{{tal}}) "
    f"{_MEMBERS.format(2)})?{_BEFORE}(?:,? medan antalet (?P<kept>ledamöter|ersättare) (?:är|förblir|lämnas) oförändrat)?",
    "ledamöterna i (?:{N}|{R}|{A}) (?:ska vara|är|ska utökas till|utökas till) (?P<tal1>{tal})(?: "
    "stycken)?(?P<who1>)(?P<tal2>)(?P<who2>)(?P<was>)(?P<wastwo>)",
    f"(?:utöka|utökar) {{N}} med {{tal}} {_MEMBERS.format(1)} till (?P<tal1>{{tal}})(?P<tal2>)(?P<who2>)(?P<was>)(?P<wastwo>)",
    f"(?:utöka|minska) {{N}} till (?P<tal1>{{tal}}) {_MEMBERS.format(1)}(?: (?:och|samt) (?P<tal2>{{tal}}) {_MEMBERS.format(2)})?{_BEFORE}",
)
def antal_ledamoter(m: Match) -> Iterator[Result]:
    """att fritidsnämnden utökas till nio ledamöter och nio ersättare mot nuvarande sju"""
    if len(m.where.addresses) > 1:
        return
    body = m.bodies[0] if m.bodies else m.where.charter
    if not m.bodies and any(op.type is Type.CREATE_BODY and op.charter in ("", body) for op in m.before):
        # How large it is belongs to what is founded: there is no number yet that could change.
        yield Nothing("organisation")
        return
    kept = m.group("kept").lower()
    if kept and (m.group("who2") or (kept == "ledamöter") == ("ledamöter" in m.group("who1").lower())):
        return
    yield from _values(m, body, "")


@phrase(
    f"{{P}} (?:ändras|ska ändras|justeras) (?:så att|på så sätt att|genom att) antalet {_MEMBERS.format(1)} {_CHANGES}(?: till)? "
    f"(?P<tal1>{{tal}}){_BEFORE}(?P<who2>)(?P<tal2>)",
    f"(?:i {{A}} )?(?:ändra|ändras|utöka|utökas|minska|minskas|höjs|sänks|justeras) antalet {_MEMBERS.format(1)}(?: i (?:{{N}}|{{R}}|"
    f"{{A}}|nämnden|styrelsen))? (?:från (?P<was>{{tal}}) )?"
    f"till (?P<tal1>{{tal}})(?P<wastwo>)(?P<who2>)(?P<tal2>)",
    f"antalet {_MEMBERS.format(1)} i (?:{{N}}|{{R}}|{{A}}|nämnden|styrelsen) {_CHANGES} (?:från (?P<was>{{tal}}) )?(?:till "
    f")?(?P<tal1>{{tal}}),? (?:och|samt|medan) antalet "
    f"{_MEMBERS.format(2)}(?: {_CHANGES})? (?:från (?P<wastwo>{{tal}}) )?(?:till )?(?P<tal2>{{tal}})",
    f"antalet {_MEMBERS.format(1)} och {_MEMBERS.format(2)} i (?:{{N}}|{{R}}|{{A}}|nämnden|styrelsen) {_CHANGES}(?: till)? "
    f"(?P<tal1>{{tal}}) respektive "
    f"(?P<tal2>{{tal}})(?P<was>)(?P<wastwo>)",
    f"antal(?:et)? {_MEMBERS.format(1)} i (?:{{N}}|{{R}}|nämnden|styrelsen): (?P<tal1>{{tal}}){_BEFORE}(?P<who2>)(?P<tal2>)",
    f"(?:{{N}}|nämnden|styrelsen|utskottet) (?:utökas|minskas|ska utökas|ska minskas) med {{tal}} {_MEMBERS.format(1)} till "
    f"(?P<tal1>{{tal}})(?P<tal2>)(?P<who2>)(?P<was>)(?P<wastwo>)",
    f"antalet {_MEMBERS.format(1)} i (?:{{N}}|{{R}}|{{A}}) (?:ska vara|fastställs till|ändras till|utökas till|minskas till|sätts till|"
    f"bestäms till|ska utökas till|ska minskas till) (?P<tal1>{{tal}})(?: ledamöter| ersättare)?{_BEFORE}(?P<who2>)(?P<tal2>)",
    f"(?:utöka|minska) antalet {_MEMBERS.format(1)} i (?:{{N}}|{{R}}|{{A}}|nämnden|styrelsen) med {{tal}},? från (?P<was>{{tal}}) till "
    f"(?P<tal1>{{tal}})(?P<wastwo>)(?P<who2>)(?P<tal2>)",
    f"antalet {_MEMBERS.format(1)} (?:i (?:{{N}}|{{R}}|{{A}}) )?(?:ändras|utökas|minskas|höjs|sänks|ska ändras|ska utökas|ska minskas) "
    f"från (?P<was>{{tal}}) till (?P<tal1>{{tal}})(?P<wastwo>)(?P<who2>)(?P<tal2>)",
    f"(?:{{N}}|nämnden|styrelsen|utskottet) (?:utökas|minskas|ska utökas|ska minskas|ändras) från (?P<was>{{tal}}) till (?P<tal1>{{tal}}) "
    f"{_MEMBERS.format(1)}(?P<wastwo>)(?P<who2>)(?P<tal2>)",
    f"(?:nämndens|{{N}}s) {_MEMBERS.format(1)} (?:utökas|minskas|ändras|ska utökas|ska minskas) från (?P<was>{{tal}}) till "
    f"(?P<tal1>{{tal}})(?P<wastwo>)(?P<who2>)(?P<tal2>)",
    f"(?:utöka|minska|ändra|fastställa|bestämma) antalet {_MEMBERS.format(1)} (?:i (?:{{N}}|{{R}}) )?(?:från (?P<was>{{tal}}) )?till "
    f"(?P<tal1>{{tal}})(?P<wastwo>)(?P<who2>)(?P<tal2>)",
)
def antalet(m: Match) -> Iterator[Result]:
    """att antalet ersättare i valnämnden ändras från fem till sju"""
    place = m.place
    body = m.bodies[0] if m.bodies else place.charter
    if len(place.addresses) > 1 or place.quoted or place.topic:
        return
    for operation in _values(m, body, ""):
        yield replace(operation, target=place.address)


@phrase(
    "antalet (?:ledamöter|ersättare|ledamöter och ersättare|ersättare och ledamöter)(?: i (?:{N}|{R}|nämnden))? (?:ska )?(?:är|vara|"
    "förblir|lämnas|kvarstår) (?:detsamma|densamma|oförändrat|samma)(?: som (?:tidigare|hittills|i dag|nu))?",
)
def antalet_ar_detsamma(m: Match) -> Iterator[Result]:
    """Antalet ledamöter är detsamma som tidigare."""
    yield Nothing("uttryckligen-ingen-andring")


_WHOSE = r"(?:{N}|{R}|{A}|nämnden|styrelsen|utskottet)"
_COUNT = (
    rf"(?:antal(?:et)? )?(?P<who#>(?:ordinarie |tjänstgörande )?(?:ledamöter|ersättare|suppleanter))(?: i {_WHOSE})?:?(?: {_CHANGES})?"
    r"(?: från (?P<from#>{tal}))?(?: till)? (?P<tal#>{tal})(?: ledamöter| ersättare| stycken| st)?"
    r"(?:,? ?\(?(?:tidigare|nuvarande|mot|i stället för|istället för|nu|förut|i dag|idag|f\.d\.|var|jämfört med|från)(?: (?:nuvarande|"
    r"tidigare|dagens))? (?P<was#>{tal})(?: ledamöter| ersättare| stycken)?\)?)?"
)
_COUNTS = f"{_COUNT.replace('#', '1')}(?:(?:,| och| samt|,? medan|;) {_COUNT.replace('#', '2')})?"


@phrase(
    rf"(?:(?:i |för )?{_WHOSE}(?:,|:| –| –)? )?{_COUNTS}",
    rf"(?:ändra|fastställa|bestämma|sätta) {_COUNTS}",
)
def antal_och_antal(m: Match) -> Iterator[Result]:
    """Valnämnden: antal ledamöter 9 (tidigare 11), antal ersättare 5 (tidigare 7)"""
    place = m.place
    if len(place.addresses) > 1 or place.quoted or place.topic or len(m.bodies) > 1:
        return
    if "antal" not in m.found[0].lower() or not (m.bodies or place.charters or place.addresses or "en " in m.found[0]):
        return
    for n in ("1", "2"):
        who, new = m.group(f"who{n}").lower(), m.group(f"tal{n}")
        if who and new:
            field = "antal ersättare" if who.startswith(("ersättare", "suppleant", "tjänstg")) else "antal ledamöter"
            yield Operation(
                type=Type.SET_VALUE, charter=m.bodies[0] if m.bodies else place.charter, field=field, target=place.address,
                old=m.group(f"from{n}") or m.group(f"was{n}"), new=new,
            )  # fmt: skip
