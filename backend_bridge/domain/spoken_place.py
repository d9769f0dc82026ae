"""A place that somebody is told of, as data: each desk words it in its own language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenPlace:
    """What a place is called; the names of streets, persons and zones are as they were."""

    kind: str
    """`near` a street or place, `position` of a person, `zone` of a case, `named` by the map, or what an address is, as `home`."""
    name: str
    """The street or place, the person, the label of the zone; of an address, whose it is."""
    error_m: float | None = None
    """How far off a position may be; None where it is no position, or not known."""
