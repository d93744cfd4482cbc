"""A question as a person writes it, cut into what it asks for: tasks, statutes, words; and what cannot be used of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reglemente_tool.model.catalogue import StatuteRef
from reglemente_tool.model.charter import CommitteeId
from reglemente_tool.model.wording import fold
from reglemente_tool.ownership.compounds import Lexicon
from reglemente_tool.ownership.language import ADJUNCT, GENERIC, KIN, NARROWING, STOP, WIDE, Token, looks_english, roots, tokens
from reglemente_tool.ownership.spelling import distance, meant
from reglemente_tool.ownership.statutes import StatuteBook
from reglemente_tool.ownership.tagging import Tag, Tagger, general, meets

LONG = 12
"""From this length on, one slip is likelier than a compound that nobody has written before."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question that must be met: as it was written, its roots, and the parts of the compound that it is.

    `loose` is True for a word that only narrows the question ("på restauranger") and may be left unmet; it is then said.
    """

    text: str
    roots: frozenset[str]
    parts: tuple[str, ...] = ()
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `tasks` are the catalogue's tasks that it names, each with the words of the question that name it;
    `mended` the words that were read as another ("förskolla", "förskola"); `elsewhere` who has it, when no kommun does.
    `led` is False when what it speaks of first, persons set aside, is not what names a task ("*öppettider* på biblioteket").
    `deeds` are the roots of the nouns that its verbs make ("hyr ut": "uthyrning").
    `english` and `empty` say why it cannot be answered.
    """

    text: str
    words: tuple[Word, ...] = ()
    general: tuple[Word, ...] = ()
    tasks: tuple[tuple[str, frozenset[str]], ...] = ()
    statutes: tuple[StatuteRef, ...] = ()
    committees: tuple[CommitteeId, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    english: bool = False
    elsewhere: str = ""
    led: bool = True
    deeds: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """True when nothing in it can be looked for."""
        return not (self.words or self.tasks or self.statutes)


def read_question(
    text: str,
    *,
    tagger: Tagger,
    book: StatuteBook,
    lexicon: Lexicon,
    names: Mapping[str, CommitteeId] = {},
    usual: frozenset[str] = frozenset(),
) -> Question:
    """Return what `text` asks. `names` are the committees' names and abbreviations in small letters; `usual` words that stand
    in the charters, which are never taken for a statute's short form.
    """
    plain = fold(text)
    if looks_english(plain):
        return Question(text, english=True)
    mentions = book.asked(plain, common=usual)
    covered = [(m.start, m.end) for m in mentions]
    cut: list[Token] = []
    committees: list[CommitteeId] = []
    for token in _without_names(plain, names, committees):
        if any(start <= token.start < end for start, end in covered):
            continue
        cut.append(token)
    mended: list[tuple[str, str]] = []
    special = [_mended(t, lexicon, tagger, mended) for t in cut if not t.silent or t.word in ADJUNCT]
    asked = [t for t in special if t.word not in ADJUNCT and not _noise(t)]
    tags = tagger.tags(asked, lexicon, wide=True)
    inside = frozenset(m for m in _short_tasks(plain, tagger))
    head = _head(plain, asked)
    led = head is None or any(asked[i].start == head.start for t in tags for i in t.at)
    others = tuple(t for t in tagger.elsewhere(asked, lexicon) if not any(t.at <= own.at for own in tags))
    foreign = head is not None and any(asked[i].start == head.start for t in others for i in t.at) and not led
    narrows = bool(tags) and not foreign and (led or (head is not None and (lexicon.knows(head.word) or tagger.says(head.word))))
    loose = _loose(plain, cut, asked, [t.at for t in tags], _foremost(asked, tags, head, plain) if narrows else None)
    words: list[Word] = []
    general: list[Word] = []
    for token in asked:
        word = Word(token.word, meets(token, lexicon), _parts(token, lexicon), loose=token.start in loose)
        (general if token.generic else words).append(word)
    theirs = {asked[i].word for t in others for i in t.at} | {asked[i].word for i in _telling(plain, asked, [t.at for t in tags])}
    unknown = tuple(w.text for w in words if not (lexicon.knows(w.text) or tagger.says(w.text) or w.parts))
    return Question(
        text=text,
        words=tuple(words),
        general=tuple(general),
        tasks=tuple((t.task, frozenset(asked[i].word for i in t.at)) for t in tags)
        + tuple((id, frozenset()) for id in inside if all(t.task != id for t in tags)),
        statutes=tuple(m.ref for m in mentions),
        committees=tuple(dict.fromkeys(committees)),
        mended=tuple(mended),
        unknown=unknown,
        led=led or not tags,
        deeds=frozenset(deed for m in _ASKED.finditer(plain.lower()) for deed in _deeds(m[1])),
        elsewhere=others[0].task if others and (foreign or all(w.loose or w.text in theirs or w.roots & _ASIDE for w in words)) else "",
    )


def _short_tasks(plain: str, tagger: Tagger) -> list[str]:
    """The tasks whose abbreviation stands in the question, when the statute's own is the same ("LSS", "LVU")."""
    written = set(plain.replace("?", " ").split())
    return [task.id for task in tagger.catalogue.tasks if any(w.isupper() and len(w) > 2 and w in written for w in task.words)]


_WIDE = frozenset(root for word in WIDE for root in roots(word))
_ASIDE = _WIDE | frozenset(root for word in (*KIN, "in", "bort", "hem", "hemma") for root in roots(word))


def _parts(token: Token, lexicon: Lexicon) -> tuple[str, ...]:
    """The parts that a compound may be met by; none when no part says what it is about: "barnbarn" is not a matter of "barn"."""
    parts = lexicon.split(token.word)
    return () if all(part in _WIDE or general(frozenset({part})) for part in parts) else parts


_ASKED = re.compile(
    r"(?:^(?=(?:sälja|öppna|starta|köpa|hyra|boka|anmäla|byta|dela|ansöka) )|"
    r"\b(?:vem|vilken nämnd|vilka|vilket|nämnd|som|man|jag|vi|nämnden|vill|ska|får|att|var|vart|hur|när|och) (?:(?:inte|ska|får|kan) )?)"
    r"([^\W\d_]+(?:[aeouyåäö]r|[rlnmdgkpt]s|[aeo]s|a|ade|tte))(?!\w)"
)
_ASKS = re.compile(r"\b(?:vem|vems|vilken|vilka|vilket|var|vart|vad)\b")
_SEGMENT = re.compile(r"[^,.;:!?]+")


def _loose(
    plain: str, cut: Sequence[Token], asked: Sequence[Token], tags: Sequence[frozenset[int]], foremost: frozenset[int] | None
) -> frozenset[int]:
    """Where the words begin that only narrow the question, so that a charter may do without them.

    Verbs that ask ("vem *utser* god man"), unless the verb is what names the task ("vem *plogar* gatorna"): then the rest is.
    What stands after a preposition of place or time; and after any preposition when the words before it name a task by
    themselves ("bygglov för *en carport*", but "försäljning av fastigheter"). In a clause with "att", and beside the clause
    that asks ("Jag har köpt en cykel, vem …"), what names no task.
    """
    starts = [t.start for t in asked]
    named = {starts[i] for at in tags for i in at}
    verbs = _verbs(plain, frozenset(starts))
    telling = {starts[i] for i in _telling(plain, asked, tags)}
    if telling:
        return frozenset(s for s in starts if s not in telling)
    found = set(verbs)
    heads = [t.start for t in asked if not t.generic and t.start not in verbs]
    for token in cut:
        here = token.start
        before = {h for h in heads if h < here and h not in found}
        if token.word in ADJUNCT and before:
            found |= {s for s in starts if s > here}
        elif token.word in NARROWING and any(all(starts[i] < here for i in at) and before & {starts[i] for i in at} for at in tags):
            across = {starts[i] for at in tags if any(starts[i] < here for i in at) for i in at}
            found |= {s for s in starts if s > here} - across
        elif token.word == "att" and any(s > here for s in named):
            found |= {s for s in starts if s > here and s not in named}
    if foremost is not None:
        found |= {s for s in starts if s not in foremost}
    asking = _asking(plain)
    if asking and any(asking[0] <= h < asking[1] for h in heads):
        found |= {s for s in starts if not asking[0] <= s < asking[1] and s not in named}
    return frozenset(found)


def _asking(plain: str) -> tuple[int, int] | None:
    """Where the one clause stands that asks, among others that do not; None when there is but one clause, or more that ask."""
    segments = [(m.start(), m.end()) for m in _SEGMENT.finditer(plain)]
    asking = [(start, end) for start, end in segments if _ASKS.search(plain.lower(), start, end)]
    return asking[0] if len(segments) > 1 and len(asking) == 1 else None


def _head(plain: str, asked: Sequence[Token]) -> Token | None:
    """Return what is first spoken of, verbs that ask and persons set aside. When it names a task, or the charters or the
    catalogue know the word, then what else is said only narrows the task that is named; a word that nobody knows is what the
    question is about.
    """
    verbs = _verbs(plain, frozenset(t.start for t in asked))
    heads = [t for t in asked if not (t.generic or t.start in verbs or t.roots & _ASIDE)]
    asking = _asking(plain)
    return next((t for t in heads if asking and asking[0] <= t.start < asking[1]), heads[0] if heads else None)


def _foremost(asked: Sequence[Token], tags: Sequence[Tag], head: Token | None, plain: str) -> frozenset[int]:
    """Where the words begin that name the one task, of all that are named, that most of the question speaks of; of equals the
    one that is spoken of first.
    """
    verbs = _verbs(plain, frozenset(t.start for t in asked))
    spoken: dict[str, frozenset[int]] = {}
    for tag in tags:
        spoken[tag.task] = spoken.get(tag.task, frozenset()) | {asked[i].start for i in tag.at}
    first = head.start if head else -1
    weight = {task: (len(at - verbs), first in at) for task, at in spoken.items()}
    return frozenset().union(*(at for task, at in spoken.items() if weight[task] == max(weight.values())))


def _telling(plain: str, asked: Sequence[Token], tags: Sequence[frozenset[int]]) -> frozenset[int]:
    """Which of the words are verbs that name a task by themselves."""
    verbs = _verbs(plain, frozenset(t.start for t in asked))
    return frozenset(i for at in tags if len(at) == 1 for i in at if asked[i].start in verbs)


def _verbs(plain: str, starts: frozenset[int]) -> frozenset[int]:
    """Where the verbs stand that ask. Those of how a committee works ask for just that."""
    return frozenset(m.start(1) for m in _ASKED.finditer(plain.lower()) if not _FORM.match(m[1])) & starts


_BEFORE = ("", "för", "ut", "upp", "in", "an", "av", "till", "över", "be", "om")
_AFTER = ("", "ning", "ande", "ende", "else", "sel", "an")


@cache
def _deeds(verb: str) -> frozenset[str]:
    """The roots of the nouns that may be made of a verb: "sälja" gives "försäljning", "godkänna" "godkännande"."""
    base = re.sub(r"(?:ade|ar|er|as|es|a|r)$", "", verb)
    return frozenset().union(*(roots(f"{b}{base}{a}") for b in _BEFORE for a in _AFTER)) if len(base) > 2 else frozenset()


_FORM = re.compile(r"sammanträd|juster|reserver|kalla|underteckn|adjunger|ajourner")


def _noise(token: Token) -> bool:
    return token.word.isdigit() or token.word in ("kap", "st", "stycket", "s", "m")


def _mended(token: Token, lexicon: Lexicon, tagger: Tagger, mended: list[tuple[str, str]]) -> Token:
    if lexicon.knows(token.word) or tagger.says(token.word) or token.word in ADJUNCT or "-" in token.word:
        return token
    other = _meant(token.word, lexicon, tagger)
    # What can be read as a compound may still be a long word with one slip in it ("strandskydsdispens").
    if not other or (lexicon.split(token.word) and (len(token.word) < LONG or distance(token.word, other, 1) > 1)):
        return token
    mended.append((token.word, other))
    return replace(token, word=other, roots=roots(other))


@cache
def _meant(word: str, lexicon: Lexicon, tagger: Tagger) -> str:
    return meant(word, (known for known in lexicon.words | tagger.spoken if known not in STOP and known not in GENERIC))


def _without_names(plain: str, names: Mapping[str, CommitteeId], found: list[CommitteeId]) -> list[Token]:
    """Cut the question into words, the committees' names and abbreviations taken out and told."""
    low = plain.lower()
    spans: list[tuple[int, int]] = []
    for name, id in names.items():
        at = low.find(name)
        whole = at >= 0 and not (low[at - 1 : at].isalnum() if at else False) and not low[at + len(name) : at + len(name) + 1].isalpha()
        if whole and (len(name) > 4 or plain[at : at + len(name)].isupper()):
            spans.append((at, at + len(name)))
            found.append(id)
    return [t for t in tokens(plain) if not any(start <= t.start < end for start, end in spans)]
