"""Strict wire types made from the dataclasses of commands and queries, so that each is written down once.

A struct made here refuses unknown fields, texts over 4,000 characters, numbers that are not finite, whole numbers that a float
could not hold, and places that are not on the globe.
"""

import dataclasses
import types
from dataclasses import MISSING, dataclass
from enum import Enum
from typing import Annotated, Any, Generic, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

Value = TypeVar("Value")

_DEGREES = {"lat_deg": 90.0, "lon_deg": 180.0}


@dataclass(frozen=True, slots=True)
class StrictUnion(Generic[Value]):
    """A closed union of dataclasses and its structs; a struct's kind stands in `name`, in kebab case."""

    wire: Any
    structs: dict[type, type[Struct]]
    values: dict[type[Struct], type]

    def to_wire(self, value: Value) -> Struct:
        """The struct that says `value`; raises `msgspec.ValidationError` where a value is out of range."""
        struct: Struct = msgspec.convert(value, self.structs[type(value)], from_attributes=True)
        return struct

    def from_wire(self, struct: Struct) -> Value:
        """The dataclass that `struct` says."""
        value: Value = msgspec.convert(struct, self.values[type(struct)], from_attributes=True)
        return value


def strict_union(union: Any) -> StrictUnion[Any]:
    """The strict structs of a union of frozen dataclasses."""
    structs = {member: _struct_of(member, _kebab(member.__name__)) for member in get_args(union)}
    return StrictUnion(Union[tuple(structs.values())], structs, {struct: member for member, struct in structs.items()})  # noqa: UP007


def _struct_of(value_type: type, tag: str | None) -> type[Struct]:
    hints = get_type_hints(value_type)
    fields: list[Any] = []
    for field in dataclasses.fields(value_type):
        wire = _place(field.name) or _strict(hints[field.name])
        fields.append((field.name, wire) if field.default is MISSING else (field.name, wire, field.default))
    return msgspec.defstruct(
        value_type.__name__, fields, tag=tag, tag_field="name" if tag else None, forbid_unknown_fields=True, frozen=True, kw_only=True
    )


def _place(name: str) -> Any:
    limit = _DEGREES.get(name)
    return None if limit is None else Annotated[float, Meta(ge=-limit, le=limit)]


def _strict(hint: Any) -> Any:
    if isinstance(hint, NewType):
        return _strict(hint.__supertype__)
    if hint is str:
        return Annotated[str, Meta(max_length=4000)]
    if hint is float:
        return Annotated[float, Meta(ge=-1e12, le=1e12)]
    if hint is int:
        return Annotated[int, Meta(ge=-(2**53), le=2**53)]
    if get_origin(hint) in (types.UnionType, Union):
        return Union[tuple(_strict(part) for part in get_args(hint))]  # noqa: UP007
    if get_origin(hint) is tuple:
        member = _strict(get_args(hint)[0])
        return Annotated[types.GenericAlias(tuple, (member, ...)), Meta(max_length=1000)]
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _struct_of(hint, None)
    if hint in (bool, types.NoneType) or issubclass(hint, Enum):
        return hint
    raise TypeError(f"no strict wire type for {hint}")


def _kebab(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")
