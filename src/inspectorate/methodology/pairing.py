"""Which part of one edition is which part of another: by the crosswalk, by the same words, by the same code.

A code alone is not trusted: the next edition may have given it to another question. Two parts of the same code are one
only if their words are alike; parts of other codes only if the crosswalk says so or their words are the same.
"""

from collections.abc import Mapping

from inspectorate.methodology.wording import ALIKE, alike, plain

Pair = tuple[str | None, str | None]
"""The code in the old edition and in the new one; None where there is none."""


def paired(old: Mapping[str, str], new: Mapping[str, str], was: Mapping[str, tuple[str, ...]]) -> tuple[Pair, ...]:
    """Return every part once, in the order of the new edition; what was removed stands where it stood before.

    ``old`` and ``new`` have the words of each part by code, ``was`` what the crosswalk says of codes of the new one:
    what was nothing before is paired with nothing.
    """
    found: dict[str, str] = {}
    without = {code for code, before in was.items() if not before}
    for code, before in was.items():
        if code in new and len(before) == 1 and before[0] in old and before[0] not in found.values():
            found[code] = before[0]
    _same_words(old, {code: words for code, words in new.items() if code not in without}, found)
    for code in new:
        if code in without:
            continue
        free = code in old and code not in found and code not in found.values()
        if free and alike(old[code], new[code]) >= ALIKE:
            found[code] = code
    return _in_order(old, new, found)


def _same_words(old: Mapping[str, str], new: Mapping[str, str], found: dict[str, str]) -> None:
    """Pair what has the same words: the same code first, then words that only one part on each side has."""
    taken = set(found.values())
    here, there = _by_words(new, set(found)), _by_words(old, taken)
    for words, codes in here.items():
        before = there.get(words, [])
        same = [code for code in codes if code in before]
        found.update({code: code for code in same})
        left = ([code for code in codes if code not in same], [code for code in before if code not in same])
        if len(left[0]) == len(left[1]) == 1:
            found[left[0][0]] = left[1][0]


def _by_words(parts: Mapping[str, str], without: set[str]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for code, text in parts.items():
        if code not in without:
            words.setdefault(plain(text).casefold(), []).append(code)
    return words


def _in_order(old: Mapping[str, str], new: Mapping[str, str], found: Mapping[str, str]) -> tuple[Pair, ...]:
    now = {before: code for code, before in found.items()}
    pairs: list[Pair] = [(found.get(code), code) for code in new]
    place = {before: index for index, (before, _) in enumerate(pairs) if before}
    removed: dict[int, list[str]] = {}
    last = -1
    for code in old:
        last = place.get(code, last)
        if code not in now:
            removed.setdefault(last, []).append(code)
    ordered: list[Pair] = [(code, None) for code in removed.get(-1, [])]
    for index, pair in enumerate(pairs):
        ordered += [pair, *((code, None) for code in removed.get(index, []))]
    return tuple(ordered)
