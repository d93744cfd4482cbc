"""An answer of `vem` as one small page that can be sent on: nothing is fetched from elsewhere, and it prints well."""

from __future__ import annotations

from html import escape

from reglemente_tool.cli.answering.whodata import (
    decided_said,
    event_name,
    holder,
    line_rows,
    named_on,
    nobody_said,
    place,
    since_said,
    tells_of_tasks,
)
from reglemente_tool.cli.deciding.assigned import assignment_said, entrusted_rows
from reglemente_tool.model.assignment import AssignmentKind
from reglemente_tool.ownership import Answer, Entrusted, Holding
from reglemente_tool.storage.library import Register

_STYLE = (
    "body{font:1rem/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "h1{font-size:1.4rem}h2{font-size:1.15rem;margin-bottom:.3rem}dl{display:grid;grid-template-columns:max-content "
    "1fr;gap:.2rem 1rem;margin:0}"
    "dt{font-weight:bold}dd{margin:0}blockquote{margin:.5rem 0;padding-left:1rem;border-left:.2rem solid "
    "#555}footer{margin-top:2rem;font-size:.9rem}"
)


def answer_page(found: Answer, register: Register, given: tuple[Entrusted, ...] = ()) -> str:
    """Return the answer as a page of HTML in Swedish; `given` is what the council has asked of somebody, and allotted."""
    day = found.in_force.isoformat()
    parts = [f"<h1>Vem ansvarar: {escape(found.question)}</h1>", f"<p>{escape(register.municipality.name)}, det som gäller {day}.</p>"]
    about_tasks = tells_of_tasks(found) or not given
    parts += [f"<p>{escape(text)}</p>" for text in (*found.remarks, found.refusal if about_tasks else "") if text]
    if found.rest is not None:
        parts.append(f"<p>Ingen nämnd nämns för ”{escape(found.question)}”.</p>")
    elif about_tasks and not found.owners and not found.refusal:
        parts.append(f"<p>{escape(nobody_said(found))}</p>")
    parts += [_holding(h, found, register) for h in (*found.owners, *((found.rest,) if found.rest else ()))]
    if found.also:
        parts.append("<h2>Se även</h2>")
        parts += [_other(h, place(h), h.words, found, register) for h in found.also]
    if found.exceptions:
        parts.append("<h2>Undantag och hänvisningar</h2>")
        parts += [_other(h, place(h), h.text, found, register) for h in found.exceptions]
    if found.waiting:
        parts.append("<h2>Beslutat men inte i kraft</h2>")
        for w in found.waiting:
            then = ", ".join(named_on(register, c, found.in_force) for c in w.then) or "ingen nämnd"
            parts.append(f"<p>{escape(event_name(register, w.decision))}, {escape(w.condition.text)}: {escape(then)}</p>")
    for kind, heading in ((AssignmentKind.UPPDRAG, "Uppdrag från fullmäktige"), (AssignmentKind.ANSLAG, "Anslag")):
        mine = [one for one in given if one.assignment.kind is kind]
        parts += [f"<h2>{heading}</h2>"] * bool(mine) + [_entrusted(one, found, register) for one in mine]
    parts.append("<footer>Svaret är uträknat ur reglementenas text. Bestämmelsens lydelse gäller; läs den.</footer>")
    title = escape(f"Vem ansvarar: {found.question}")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!DOCTYPE html>\n<html lang="sv"><head>{head}</head><body><main>\n' + "\n".join(parts) + "\n</main></body></html>\n"


def _holding(holding: Holding, found: Answer, register: Register) -> str:
    name = "varje nämnd" if holding.each else holder(holding, found, register)
    rows = [("Enligt", place(holding, upper=True))]
    if holding.tenures:
        rows.append(("Sedan", since_said(holding, register)))
    rows += [("Skäl", holding.reason), ("Säkerhet", holding.certainty.value)]
    rows += [(label.capitalize(), words) for label, words in line_rows(holding, found, register)]
    lead = f"{holding.lead} … " if holding.lead else ""
    listed = "".join(f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>" for label, words in rows)
    return f"<h2>{escape(name[:1].upper() + name[1:])}</h2><blockquote>{escape(lead + holding.text)}</blockquote><dl>{listed}</dl>"


def _other(holding: Holding, where: str, words: str, found: Answer, register: Register) -> str:
    name = holder(holding, found, register)
    decided = (f"Beslutat: {one}." for one in decided_said(holding, found.in_force, register))
    words_after = " ".join((holding.reason, *decided))
    said = f"{name[:1].upper()}{name[1:]}, {where}, sedan {since_said(holding, register)}"
    return f"<p>{escape(said)}</p><blockquote>{escape(words)}</blockquote><p>{escape(words_after)}</p>"


def _entrusted(one: Entrusted, found: Answer, register: Register) -> str:
    rows = entrusted_rows(one, register, found.in_force)
    listed = "".join(f"<dt>{escape(label.capitalize())}</dt><dd>{escape(words)}</dd>" for label, words in rows)
    return f"<p>{escape(assignment_said(one.assignment))}</p><dl>{listed}</dl>"
