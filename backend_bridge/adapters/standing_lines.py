"""How cases stand beside their files, as lines of JSON: fields by their names, instants as RFC 3339 under names that end in `_at`."""

import json
from pathlib import Path
from typing import Final

import msgspec

from backend_bridge.adapters.alarm_lines import document_of_fields, text_of_document
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.domain.access.standing import CaseStanding

_INSTANT: Final = "_at"


def line_of_standing(standing: CaseStanding) -> bytes:
    """The line of one case, without its end."""
    return text_of_document(document_of_fields(standing)).encode()


def read_standings(path: Path) -> tuple[CaseStanding, ...]:
    """The lines of a file; raises `InputRefusedError` naming the row, or where there is no such file, as in packages of before."""
    if not path.exists():
        raise InputRefusedError([f"{path}: is missing; without it orders that ended early would be in force again: export anew"])
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found.append(msgspec.convert(_with_instants(json.loads(line)), CaseStanding))
        except (ValueError, AttributeError) as error:
            raise InputRefusedError([f"{path}: row {number} does not say how a case stands: {error}"]) from None
    return tuple(found)


def _with_instants(value: object) -> object:
    if isinstance(value, list):
        return [_with_instants(each) for each in value]
    if not isinstance(value, dict):
        return value
    return dict(_instant(key, each) for key, each in value.items())


def _instant(key: str, value: object) -> tuple[str, object]:
    if not key.endswith(_INSTANT):
        return key, _with_instants(value)
    return f"{key.removesuffix(_INSTANT)}_us", us_of_text(value) if isinstance(value, str) else value
