"""The frames of a clause: what it is said of stands once, and all that follows is said of that."""

from __future__ import annotations

from reglemente_tool.reading.phrases import compiled

SAID_OF = tuple(
    compiled(p)
    for p in (
        "med ändring av {P},?(?: att)?(?P<rest> .+)",
        "(?:i )?{P},? (?:ska )?(?:ändras|revideras|kompletteras|justeras)(?: på (?:så|följande|det) (?:sätt|vis),?)?(?: så)?(?: "
        "att|:)(?P<rest> .+)",
        "(?:i )?{P} (?:görs|ska|vidtas|göra|göras)(?: göras)?(?: den| följande)? ?(?:ändring|ändringen|ändringar|ändringarna|tillägg)(?: "
        "att|:|:? att)?(?P<rest> .+)",
        "(?:(?:göra|gör|vidta|vidtar|besluta om|genomföra|anta|antar|fastställa|godkänna|om) )?(?:följande |nedanstående )?(?:ändring|"
        "ändringar|revidering|revideringar|justering|justeringar|tillägg)(?:en|na|arna)? (?:i|av|till) {P}(?:(?<!et)(?<!en): ?|:? att)"
        "(?P<rest>.+)",
        "(?:göra|vidta|besluta om|genomföra) följande ändring(?:ar)? (?:i|av) {P}:?(?: att)?(?P<rest> .+)",
        "(?:ändra|revidera|justera|komplettera|uppdatera) {P}(?: på (?:så|följande) sätt)?,?(?:(?: så| genom)? att| enligt följande:|:)"
        "(?P<rest> .+)",
        "{P} (?:ska )?(?:ändras|revideras|kompletteras|justeras|uppdateras) (?:genom|därigenom|dels) att(?P<rest> .+)",
        "(?:följande )?(?:ändring|ändringar|tillägg|justering|justeringar) (?:görs|ska göras|vidtas|införs) i {P}(?:, nämligen)?(?: att|:)"
        "(?P<rest> .+)",
        "(?:i fråga om|vad gäller|beträffande|när det gäller) {P}:?(?: gäller)?(?: (?:beslutar|föreskriver) (?:kommun)?fullmäktige)?"
        "(?:,? dels)?(?: att)?(?P<rest> .+)",
        "i {P} dels(?: att)?(?P<rest> .+)",
        "(?:göra|vidta|besluta om) (?:det|den|följande) (?:tillägg(?:et)?|ändring(?:en)?) (?:i|av|till) {P},? att(?P<rest> .+)",
        "(?:i |för |under |till )?{P}(?::| –)(?: att)?(?P<rest> .+)",
        "{P} (?:ska )?(?:ändras|revideras|justeras) (?:(?:enligt|på) följande(?: sätt)?|sålunda|så här|som följer)"
        "(?::|\\.(?= (?:i |[Ii] |efter |[Ee]fter )?⟦A))(?P<rest> .+)",
    )
)
"""What is said of a place ("reglementet för … ändras på så sätt att …"): the place, and the rest."""
SAID_OF_LAST = compiled("(?P<rest>.+), (?:allt |båda |samtliga )?i {R}")
"""The same with the charter last: "…, allt i reglementet för …"."""
