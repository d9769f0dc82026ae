"""Where in a scenario file a defect is: the sentence names table and field, a person at an editor wants the line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_HEADER: Final = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]\]?\s*(#.*)?$")
_AT_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")
_NUMBERED: Final = re.compile(r"(?:number )?(\d+)")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines [start, end) of one table; the first one is what stands before all tables, without a name."""

    name: str
    start: int
    end: int


def line_of(lines: Sequence[str], where: str) -> int | None:
    """The line, counted from 1, that `where` speaks of: the words of a defect after the file's name; None where it names none.

    `where` is such as `movements S-1, step 2, field to: …` or `is not TOML: … (at line 3, column 7)`.
    """
    given = _AT_LINE.search(where)
    if given is not None:
        return min(int(given[1]), max(1, len(lines)))
    named, colon, _ = where.partition(":")
    parts = [part.strip() for part in named.split(",") if part.strip()] if colon else []
    field = parts.pop().removeprefix("field ") if parts and parts[-1].startswith("field ") else None
    if not parts and field is None:
        return None
    lines = lines or [""]
    block = _block_of(lines, parts, field)
    within = list(range(block.start, block.end)) or [block.start]  # before a table that is the first line nothing stands
    for part in parts[1:]:
        within = _narrowed(lines, within, part)
    if field is not None:
        keyed = [at for at in (*within, *range(within[0], block.end)) if _has_key(lines[at], field)]
        return (keyed or within)[0] + 1
    return within[0] + 1


def _block_of(lines: Sequence[str], parts: Sequence[str], field: str | None) -> _Block:
    blocks = _blocks(lines)
    if not parts:
        return next((block for block in blocks[1:] if block.name == field), blocks[0])
    word, _, which = parts[0].partition(" ")
    named = [block for block in blocks if block.name in (word, f"{word}s")]
    number = _NUMBERED.fullmatch(which)
    if number is not None and 0 < int(number[1]) <= len(named):
        return named[int(number[1]) - 1]
    holding = [block for block in named if which and any(f'"{which}"' in line for line in lines[block.start : block.end])]
    return (holding or named or blocks[:1])[0]


def _blocks(lines: Sequence[str]) -> list[_Block]:
    heads = [(match[1], at) for at, line in enumerate(lines) if (match := _HEADER.match(line)) is not None]
    starts = [("", 0), *heads]
    ends = [at for _, at in heads] + [len(lines)]
    return [_Block(name, start, end) for (name, start), end in zip(starts, ends, strict=True)]


def _narrowed(lines: Sequence[str], within: list[int], part: str) -> list[int]:
    """The lines of `within` that a part such as `step 2`, `ring R1` or `subject` speaks of, or all where it cannot be told."""
    word, _, which = part.partition(" ")
    number = _NUMBERED.fullmatch(which)
    if number is not None:
        rows = [at for at in within for _ in range(lines[at].count("{"))]
        return rows[int(number[1]) - 1 : int(number[1])] or within
    held = [at for at in within if not which or f'"{which}"' in lines[at]]
    return [at for at in held if _has_key(lines[at], word)] or (held if which else []) or within


def _has_key(line: str, key: str) -> bool:
    return re.search(rf"(?:^|[\s{{,]){re.escape(key)}\s*=", line) is not None
