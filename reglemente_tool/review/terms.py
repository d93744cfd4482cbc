"""Words that the law has left, from the catalogue's begrepp: each form, and what is written instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.errors import Level
from reglemente_tool.model.catalogue import Term
from reglemente_tool.review.finding import Finding, at
from reglemente_tool.review.statutes import Statutes
from reglemente_tool.review.subject import Subject

_ARTICLE = re.compile(r"(?:^|\s)(?:den|det|de|en|ett|denna|detta|varje|någon|något|dess|nämndens|styrelsens|kommunens)\s+$", re.IGNORECASE)


def terms_hold(subject: Subject) -> Iterator[Finding]:
    """BEGREPP: a word that the law has replaced. What stands in the name of a statute is the statute's affair."""
    forms = {form.lower(): (term, new) for term in subject.catalogue.terms for form, new in term.forms or ((term.word, ""),)}
    if not forms:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(f) for f in sorted(forms, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
    statutes = Statutes(subject.catalogue, subject.day)
    for charter in subject.charters:
        for words in subject.words(charter):
            titles = statutes.titles(words.text)
            for match in pattern.finditer(words.text):
                term, new = forms[match[0].lower()]
                if term.since is not None and term.since > subject.day:
                    continue
                if any(start <= match.start() < end for start, end in titles):
                    continue
                yield at(
                    words, match.start(), match.end(), "BEGREPP", f"”{match[0]}” är ett äldre ord. {_now(term)}",
                    level=Level.VARNING, hint=f"Källa: {term.source}." if term.source else "",
                    new=_cased(match[0], new) if new and _fits(words.text[: match.start()], new) else None,
                )  # fmt: skip


def _now(term: Term) -> str:
    since = f" sedan {term.since.isoformat()}" if term.since else ""
    return f"Det heter{since} {term.now}."


def _fits(before: str, new: str) -> bool:
    """A form that brings its own article cannot stand after another one."""
    return not (new.startswith(("den ", "det ", "de ")) and _ARTICLE.search(before))


def _cased(old: str, new: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
