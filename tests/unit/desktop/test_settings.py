"""The desk's settings: what a mistake in them is answered with."""

from pathlib import Path

import pytest

from desktop.settings import DeskSettings, SettingsRefusedError, read_settings

KEY = "x" * 40


def settings(tmp_path: Path, text: str) -> DeskSettings:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf8")
    return read_settings(path)


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == DeskSettings()


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    got = settings(tmp_path, f'connect = "tcp://10.0.0.1:7712"\nserver_key = "{KEY}"\ntheme = "day"\nsound_volume = 1\n')
    assert (got.connect, got.theme, got.sound_volume) == ("tcp://10.0.0.1:7712", "day", 1)


def test_a_mistyped_key_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefusedError, match="did you mean 'language'"):
        settings(tmp_path, 'langauge = "ko"')


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefusedError) as refused:
        settings(tmp_path, 'theme = "pink"\nsound_volume = 0\nwall = "yes"\nconnect = "http://x"\nserver_key = "k"\nzzz = 1\n')
    assert len(str(refused.value).splitlines()) == 6
    assert "night, day" in str(refused.value)


def test_an_address_without_the_bridges_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefusedError, match="belong together"):
        settings(tmp_path, 'connect = "tcp://10.0.0.1:7712"')


@pytest.mark.parametrize("text", ["= 3", "theme = ", "\0"])
def test_what_is_not_toml_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsRefusedError, match="cannot be read"):
        settings(tmp_path, text)
