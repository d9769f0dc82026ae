"""Write the tables of docs/desk-link.md anew from the sources: commands, queries, rows and their fields."""

import dataclasses
import re
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from backend_bridge.desk_protocol import Answer, Frame, RowSet
from backend_bridge.domain import commands, queries

DOCUMENT = Path(__file__).parents[1] / "docs" / "desk-link.md"
MARK = "## All values, field by field"


def kebab(name: str) -> str:
    """The name of a class as it stands on the wire."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def said(hint: Any) -> str:
    """A type in the words of the document."""
    if hasattr(hint, "__supertype__"):
        return said(hint.__supertype__)
    if get_origin(hint) is tuple:
        parts = [said(part) for part in get_args(hint) if part is not Ellipsis]
        return f"list of {parts[0]}" if Ellipsis in get_args(hint) else "[" + ", ".join(parts) + "]"
    if get_origin(hint) is frozenset:
        return f"list of {said(get_args(hint)[0])}"
    if get_args(hint):
        return " or ".join(dict.fromkeys(said(part) for part in get_args(hint)))
    plain = {str: "text", int: "integer", float: "number", bool: "bool", bytes: "bytes", type(None): "null"}
    return plain.get(hint) or f"`{hint.__name__}`"


def reached(kinds: list[Any]) -> list[type]:
    """All dataclasses and enumerations that `kinds` can hold, in the order in which they are met."""
    found: dict[type, None] = {}
    waiting = list(kinds)
    while waiting:
        hint = waiting.pop(0)
        if hasattr(hint, "__supertype__"):
            continue
        if isinstance(hint, type) and hint not in found and (issubclass(hint, Enum) or dataclasses.is_dataclass(hint)):
            found[hint] = None
        elif hint in found:
            continue
        if isinstance(hint, type) and not issubclass(hint, Enum) and hasattr(hint, "__annotations__"):
            waiting.extend(get_type_hints(hint).values())
        waiting.extend(part for part in get_args(hint) if part is not Ellipsis)
    return list(found)


def field_tables() -> str:
    """One line a field of every value that the bridge may send."""
    lines = [MARK, "", "Types are those of msgpack; “or null” says that the field may be unknown or masked. Every list may be empty.", ""]
    kinds = reached([RowSet, Answer, Frame])
    for kind in kinds:
        if issubclass(kind, Enum):
            continue
        hints = get_type_hints(kind)
        fields = [f"`{field.name}` {said(hints[field.name])}" for field in dataclasses.fields(kind)]
        lines += [f"**`{kind.__name__}`**: " + "; ".join(fields) + ".", ""]
    for kind in kinds:
        if issubclass(kind, Enum):
            lines += [f"**`{kind.__name__}`**: " + " ".join(f"`{member.value}`" for member in kind) + ".", ""]
    return "\n".join(lines).rstrip() + "\n"


def kind_table(union: Any, head: str) -> str:
    """One line a command or query."""
    lines = [f"| {head} | fields (with `?`: may be left out) |", "|---|---|"]
    for kind in get_args(union):
        fields = [f"`{f.name}`" + ("" if f.default is dataclasses.MISSING else "?") for f in dataclasses.fields(kind)]
        lines.append(f"| `{kebab(kind.__name__)}` | {', '.join(fields)} |".replace("|  |", "| |"))
    return "\n".join(lines)


def main() -> None:
    """Replace the tables in the document."""
    text = DOCUMENT.read_text(encoding="utf8")
    for union, head in ((commands.Command, "command"), (queries.Query, "query")):
        pattern = rf"\| {head} \| fields.*?(?=\n\n)"
        text = re.sub(pattern, lambda _, union=union, head=head: kind_table(union, head), text, flags=re.DOTALL)
    head, _, _ = text.partition(MARK)
    DOCUMENT.write_text(head.rstrip() + "\n\n" + field_tables(), encoding="utf8")


if __name__ == "__main__":
    main()
