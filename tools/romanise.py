"""Revised Romanisation of Korean names, with the sound changes that place names show most."""

from typing import Final

_FIRST: Final = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_MIDDLE: Final = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_LAST: Final = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
_CARRIED: Final = [
    "",
    "g",
    "kk",
    "ks",
    "n",
    "nj",
    "n",
    "d",
    "r",
    "lg",
    "lm",
    "lb",
    "ls",
    "lt",
    "lp",
    "r",
    "m",
    "b",
    "ps",
    "s",
    "ss",
    "ng",
    "j",
    "ch",
    "k",
    "t",
    "p",
    "",
]
"""What a final consonant becomes when the next syllable begins with a vowel."""
_MEETING: Final = {
    ("k", "n"): "ngn", ("k", "m"): "ngm", ("k", "r"): "ngn", ("t", "n"): "nn", ("t", "m"): "nm", ("t", "r"): "nn",
    ("p", "n"): "mn", ("p", "m"): "mm", ("p", "r"): "mn", ("n", "r"): "ll", ("l", "n"): "ll", ("l", "r"): "ll",
    ("m", "r"): "mn", ("ng", "r"): "ngn",
}  # fmt: skip


def romanised(name: str) -> str:
    """The name in Latin letters, each word with a capital; whatever is not Hangul stays as it is."""
    return " ".join(word[:1].upper() + word[1:] for word in _letters(name).split(" "))


def _letters(name: str) -> str:
    out: list[str] = []
    pending = 0
    for sign in name:
        code = ord(sign) - 0xAC00
        if not 0 <= code < 11172:
            out.append(_LAST[pending] + sign)
            pending = 0
            continue
        first, middle, last = code // 588, code // 28 % 21, code % 28
        out.append(_joined(pending, first) + _MIDDLE[middle])
        pending = last
    return "".join(out) + _LAST[pending]


def _joined(last: int, first: int) -> str:
    """The consonants between two syllables."""
    if first == 11:
        return _CARRIED[last]
    begin, end = _FIRST[first], _LAST[last]
    return _MEETING.get((end, begin), end + begin)
