"""The stem of a Swedish word: Snowball's algorithm for Swedish (snowballstem.org, in the version of 2025), written anew.

The package that carries it brings forty languages, whose tables take longer to load than a question takes to answer. A test
holds this against that package, word by word.
"""

from __future__ import annotations

import re
from functools import cache

_VOWELS = frozenset("aeiouyåäö")
_BEGINNING = re.compile("[^aeiouyåäö]*[aeiouyåäö]+[^aeiouyåäö]", re.DOTALL)
_BEFORE_S = frozenset("bcdfghjklmnoprtvy")
_BEFORE_OST = frozenset("iklnprtuv")

_ENDINGS = (
    "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or s as arnas ernas ornas es ades andes "
    "ens arens hetens erns at et andet het ast"
).split()
"""What is taken off. "s" and "et" only after what they can stand after."""
_NO_ET = tuple("fab h pak rak stak kom iet cit dit alit ilit mit nit pit rit sit tit uit ivit kvit xit".split())
"""Before "et" these belong to a word that ends so: "planet", "komet", "fakultet"."""
_PAIRS = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")

_BY_LAST = {last: tuple(sorted((e for e in _ENDINGS if e[-1] == last), key=len, reverse=True)) for last in {e[-1] for e in _ENDINGS}}


@cache
def stem(word: str) -> str:
    """Return the stem of `word`, which is in small letters."""
    start = _region(word)
    word = _without_ending(word, start)
    if word[max(start, 0) :].endswith(_PAIRS):
        word = word[:-1]
    return _without_suffix(word, start)


def _region(word: str) -> int:
    """Where the part begins that endings are looked for in: after the first consonant that follows a vowel, at the third letter soonest."""
    found = _BEGINNING.match(word) if len(word) >= 3 else None
    return max(found.end(), 3) if found else len(word)


def _without_ending(word: str, start: int) -> str:
    region = word[start:]
    if not region:
        return word
    for ending in _BY_LAST.get(word[-1], ()):
        if not region.endswith(ending):
            continue
        left = word[: -len(ending)]
        if ending == "s":
            if left.endswith("et") and _et_goes(left[:-2]):
                return left[:-2]
            return left if left and left[-1] in _BEFORE_S else word
        return left if ending != "et" or _et_goes(left) else word
    return word


def _et_goes(left: str) -> bool:
    """True when "et" after `left` is an ending: after a vowel and a consonant, and no word that ends so."""
    return len(left) > 2 and left[-1] not in _VOWELS and left[-2] in _VOWELS and not left.endswith(_NO_ET)


def _without_suffix(word: str, start: int) -> str:
    region = word[start:]
    if region.endswith("lig"):
        return word[:-3]
    if region.endswith("ig"):
        return word[:-2]
    if region.endswith("els"):
        return word[:-3]
    if region.endswith("fullt"):
        return word[:-1]
    if region.endswith("öst") and word[-4] in _BEFORE_OST:
        return word[:-1]
    return word
