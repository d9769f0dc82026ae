"""The desk's settings: one TOML file, every mistake in it named at once, unknown keys refused with a suggestion."""

import dataclasses
import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """What a person may set in `settings.toml`; every field has its default here."""

    connect: str | None = None
    """Address of a bridge, `tcp://host:port`; without it the desk starts one of the user's own."""
    server_key: str | None = None
    """That bridge's public key in Z85 (40 characters)."""
    key_file: str | None = None
    """File with this desk's secret key, made when it is not there; None: beside the settings."""
    language: str = "system"
    """`ko`, `en`, or `system`."""
    next_desk: str | None = None
    """Telephone number of the next desk, said while the bridge is not heard."""
    theme: str = "night"
    """`night` or `day`."""
    sound_volume: float = 1.0
    """0 to 1; 0 is refused, because an alarm must be heard."""
    basemaps: str | None = None
    """Folder with imported base maps; None: that of the user's own bridge."""
    wall: bool = False
    """A video wall: no identities, no input."""


class SettingsRefusedError(ValueError):
    """Something in the settings is wrong; the text has one sentence a line, each naming the key."""


_CHOICES: Final = {"language": ("system", "ko", "en"), "theme": ("night", "day")}


def settings_path() -> Path:
    """Where the settings of the person are looked for."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(base) / "bongsu" / "settings.toml"


def read_settings(path: Path) -> DeskSettings:
    """The settings of the file at `path`, the defaults where there is none; raises `SettingsRefusedError`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf8"))
    except FileNotFoundError:
        return DeskSettings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsRefusedError(f"{path.name} cannot be read: {error}.") from None
    problems = [problem for key, value in table.items() if (problem := _problem(key, value))]
    problems += _problems_between(table)
    if problems:
        raise SettingsRefusedError("\n".join(f"{path.name}: {problem}" for problem in problems))
    return DeskSettings(**table)


def _problem(key: str, value: object) -> str | None:
    """What is wrong with one setting; None when nothing is."""
    fields = {field.name: field for field in dataclasses.fields(DeskSettings)}
    if key not in fields:
        near = difflib.get_close_matches(key, fields, 1)
        return f"there is no setting {key!r}" + (f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(fields)}.")
    wanted = float if key == "sound_volume" else bool if key == "wall" else str
    fits = isinstance(value, wanted) or (wanted is float and isinstance(value, int) and not isinstance(value, bool))
    if not fits:
        return f"{key!r} must be {'a number' if wanted is float else 'true or false' if wanted is bool else 'a text'}."
    if key in _CHOICES and value not in _CHOICES[key]:
        return f"{key!r} must be one of {', '.join(_CHOICES[key])}."
    if wanted is float and isinstance(value, float | int) and not 0 < value <= 1:
        return "'sound_volume' must be above 0 and at most 1; an alarm must be heard."
    if key == "connect" and not str(value).startswith("tcp://"):
        return "'connect' must look like tcp://host:port."
    if key == "server_key" and len(str(value)) != 40:
        return "'server_key' must be the bridge's public key, 40 characters as bongsu-bridge prints it."
    return None


def _problems_between(table: dict[str, object]) -> list[str]:
    if ("connect" in table) != ("server_key" in table):
        return ["'connect' and 'server_key' belong together: give both or neither."]
    return []
