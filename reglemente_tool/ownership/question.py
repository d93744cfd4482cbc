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
from reglemente_tool.ownership.language import ADJUNCT, GENERIC, LIGHT, SIDE, STOP, Token, looks_english, names_committee, roots, tokens
from reglemente_tool.ownership.newwords import dotless, joined, likely, turned
from reglemente_tool.ownership.phrasing import ASIDE, SPHERES, deeds, foremost, head, naming, narrowing, telling
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
    `beside` are those of the tasks that are spoken of beside the one that it is about ("skadegörelse på *skolan*").
    `resting` are the tasks that rest on the statutes asked for, each with the statute's number, for charters that name the task only.
    `guessed` are words that nobody knows, each with the part of it that is known, and whether that part is all it can mean.
    `english` and `empty` say why it cannot be answered.
    """

    text: str
    words: tuple[Word, ...] = ()
    general: tuple[Word, ...] = ()
    tasks: tuple[tuple[str, frozenset[str]], ...] = ()
    statutes: tuple[StatuteRef, ...] = ()
    committees: tuple[CommitteeId, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    guessed: tuple[tuple[str, str, bool], ...] = ()
    unknown: tuple[str, ...] = ()
    english: bool = False
    beside: frozenset[str] = frozenset()
    resting: tuple[tuple[str, str], ...] = ()
    elsewhere: str = ""
    led: bool = True
    deeds: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """True when nothing in it can be looked for."""
        return not (self.words or self.tasks or self.statutes)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was made of words that are not known, in Swedish."""
        unknown = "finns varken i reglementena eller i katalogen."
        read = tuple(f"”{was}” {unknown} Menade du ”{now}”? Svaret gäller det." for was, now in self.mended)
        return read + tuple(f"”{was}” {unknown} Svaret gäller ”{part}”." for was, part, _ in self.guessed)


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
    committees: list[CommitteeId] = []
    uncovered = [t for t in _without_names(plain, names, committees) if not any(start <= t.start < end for start, end in covered)]
    mended: list[tuple[str, str]] = []
    cut = _spelled(uncovered, plain, lexicon, tagger, mended)
    asked = [t for t in cut if not (t.silent or t.word in ADJUNCT or _noise(t))]
    # A committee that the register does not have says nothing of the task, when something else does.
    asked = [t for t in asked if not names_committee(t.word)] or asked
    guessed: list[tuple[str, str, bool]] = []
    asked, tags, first = _named(plain, cut, asked, lexicon, tagger, guessed if not mentions else None)
    inside = frozenset(_short_tasks(plain, tagger))
    led = first is None or any(asked[i].start == first.start for t in tags for i in t.at)
    others = tuple(t for t in tagger.elsewhere(asked, lexicon) if not any(t.at <= own.at for own in tags))
    foreign = first is not None and any(asked[i].start == first.start for t in others for i in t.at) and not led
    unsure = {now for _, now in mended} | {part for _, part, sure in guessed if not sure}
    foreign = foreign or (bool(others) and all(asked[i].word in unsure for t in tags for i in t.at))
    plainly = any(sum(not (asked[i].generic or asked[i].roots & ASIDE) for i in t.at) > 1 for t in tags)
    heard = plainly or first is None or lexicon.knows(first.word) or tagger.says(first.word)
    narrows = bool(tags) and not foreign and (led or heard)
    places = [t.at for t in tags]
    chief = foremost(asked, tags, first, plain)
    named = frozenset(asked[i].start for t in tags if t.task in chief for i in t.at) if narrows else None
    loose = narrowing(plain, cut, asked, places, named)
    words: list[Word] = []
    general: list[Word] = []
    for token in asked:
        word = Word(token.word, meets(token, lexicon), _parts(token, lexicon), loose=token.start in loose)
        (general if token.generic else words).append(word)
    theirs = {asked[i].word for t in others for i in t.at} | {asked[i].word for i in telling(plain, asked, places)}
    unknown = tuple(w.text for w in words if not (lexicon.knows(w.text) or tagger.says(w.text) or w.parts))
    return Question(
        text=text,
        words=tuple(words),
        general=tuple(general),
        tasks=tuple((t.task, frozenset(asked[i].word for i in t.at)) for t in tags)
        + tuple((id, frozenset()) for id in inside if all(t.task != id for t in tags)),
        statutes=tuple(m.ref for m in mentions),
        resting=tuple((task, m.ref.number) for m in mentions for task in _resting(m.ref, tagger, book)),
        committees=tuple(dict.fromkeys(committees)),
        mended=tuple(mended),
        guessed=tuple(guessed),
        beside=frozenset(t.task for t in tags) - chief,
        unknown=unknown,
        led=led or not tags,
        deeds=deeds(plain),
        elsewhere=others[0].task if others and (foreign or all(w.loose or w.text in theirs or w.roots & _BESIDE for w in words)) else "",
    )


_BESIDE = ASIDE | frozenset(root for word in SIDE for root in roots(word))


def _spelled(
    cut: Sequence[Token], plain: str, lexicon: Lexicon, tagger: Tagger, mended: list[tuple[str, str]]
) -> tuple[Token, ...]:
    """The words of the question as they are spelled where they are known."""

    def known(word: str) -> bool:
        return word in lexicon.words or word in tagger.spoken or word in tagger.words

    if not _DOTS.search(plain):
        cut = [_small(t, lexicon, tagger) for t in cut]
    cut = joined(cut, plain, known)
    whole = {t.start for one, other, _ in turned(cut, known) for t in (one, other)}
    return tuple(t if t.silent or t.word in ADJUNCT or t.start in whole else _mended(t, lexicon, tagger, mended) for t in cut)


_DOTS = re.compile("[åäöÅÄÖ]")


def _small(token: Token, lexicon: Lexicon, tagger: Tagger) -> Token:
    word = "" if token.silent or lexicon.knows(token.word) or tagger.says(token.word) else dotless(token.word)
    return replace(token, word=word, roots=roots(word)) if word else token


def _named(
    plain: str,
    cut: Sequence[Token],
    asked: list[Token],
    lexicon: Lexicon,
    tagger: Tagger,
    guessed: list[tuple[str, str, bool]] | None,
) -> tuple[list[Token], tuple[Tag, ...], Token | None]:
    """The words with those that had to be guessed at brought to known ones, the tasks that they name, and what is first spoken of."""
    tags = _tags(plain, asked, cut, lexicon, tagger)
    first = head(plain, asked, tags, tagger.elsewhere(asked, lexicon))
    for index, token in enumerate(asked):
        new = guessed is not None and not (token.generic or lexicon.knows(token.word) or tagger.says(token.word))
        if not new or (tags and token != first):
            continue
        found = likely(token, tagger)
        if found is not None and guessed is not None:
            guessed.append((token.word, *found))
            asked = [*asked[:index], replace(token, word=found[0], roots=roots(found[0])), *asked[index + 1 :]]
    if guessed:
        tags = _tags(plain, asked, cut, lexicon, tagger)
        first = head(plain, asked, tags, tagger.elsewhere(asked, lexicon))
    return asked, tags, first


def _tags(plain: str, asked: Sequence[Token], cut: Sequence[Token], lexicon: Lexicon, tagger: Tagger) -> tuple[Tag, ...]:
    """The tasks that the words name: also two that say apart what one says, but not what lies inside the words for what others have,
    nor what a company is called.
    """
    firm = {i for m in _FIRM.finditer(plain) for i, t in enumerate(asked) if m.start() <= t.start < m.end()}
    found = [t for t in tagger.tags(asked, lexicon, wide=True) if not t.at <= firm]
    at = {t.start: i for i, t in enumerate(asked)}
    for one, other, whole in turned(cut, lambda w: w in lexicon.words or w in tagger.spoken):
        if one.start in at and other.start in at:
            both = frozenset({at[one.start], at[other.start]})
            found += [Tag(t.task, t.phrase, both) for t in tagger.tags((whole,), lexicon, wide=True)]
    wider = [t.at for t in (*found, *tagger.elsewhere(asked, lexicon))]
    found = [t for t in found if not any(t.at < other for other in wider)]
    told = {i for t in found for i in t.at}
    left = (t for i, t in enumerate(asked) if i not in told and not (t.generic or t.roots & _BESIDE))
    if any(not (lexicon.knows(t.word) or tagger.says(t.word)) for t in left):
        # A verb of many tasks says nothing of a thing that nobody knows: "bygger pyramider".
        found = [t for t in found if not all(asked[i].word in LIGHT for i in t.at)]
    return naming(asked, found)


_FIRM = re.compile(r"(?:\b[A-ZÅÄÖ][\w-]*\s+)+(?:AB|HB|KB)\b|\bAB(?:\s+[A-ZÅÄÖ][\w-]*)+")
"""A company's name: "Tillväxt Exempelby AB" is not a matter of growth."""


def _short_tasks(plain: str, tagger: Tagger) -> list[str]:
    """The tasks whose abbreviation stands in the question, when the statute's own is the same ("LSS", "LVU")."""
    written = plain.replace("?", " ").split()
    return list(dict.fromkeys(task for word in written if word.isupper() for task in tagger.abbreviated(word)))


def _resting(ref: StatuteRef, tagger: Tagger, book: StatuteBook) -> tuple[str, ...]:
    """The tasks that rest on just that chapter; or the widest of those that rest first of all on the statute as a whole."""
    first = [(t.id, t.statutes[0]) for t in tagger.tasks.values() if t.statutes and book.same(t.statutes[0].number, ref.number)]
    if ref.chapter and any(r.chapter == ref.chapter for _, r in first):
        return tuple(id for id, r in first if r.chapter == ref.chapter)
    return tuple(id for id, r in first if not r.chapter)[:1]


def _parts(token: Token, lexicon: Lexicon) -> tuple[str, ...]:
    """The parts that a compound may be met by; none when no part says what it is about: "barnbarn" is not a matter of "barn"."""
    parts = lexicon.split(token.word)
    return () if all(part in SPHERES or general(frozenset({part})) for part in parts) else parts


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
