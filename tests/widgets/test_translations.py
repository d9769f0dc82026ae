"""Both languages are complete: nothing unfinished, nothing out of date, no placeholder lost, no Hangul missing."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import resources

ROOT = Path(__file__).parents[2]
SAME_IN_BOTH = {"SOS", "한국어 / English", " min", "Wi-Fi"}

Texts = dict[tuple[str, str], str]


def texts_of(path: Path) -> Texts:
    found: Texts = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            assert translation.get("type") is None, f"{name}: {message.findtext('source')} is {translation.get('type')}"
            found[name, message.findtext("source") or ""] = translation.text or ""
    return found


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_is_unfinished_or_empty(language: str) -> None:
    texts = texts_of(resources.path(f"translations/bongsu_{language}.ts"))
    assert len(texts) > 500
    assert [key for key, text in texts.items() if not text.strip() and key[1].strip()] == []


def test_the_files_hold_exactly_the_texts_of_the_source(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run(
        [str(tool), "-silent", "-extensions", "py", "widgets", "desktop", "-locations", "none", "-ts", str(fresh)], cwd=ROOT, check=True
    )
    wanted = {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in ET.parse(fresh).getroot().iter("context")
        for message in context.iter("message")
    }
    for language in ("ko", "en"):
        assert texts_of(resources.path(f"translations/bongsu_{language}.ts")).keys() == wanted


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_placeholder_survives_translation(language: str) -> None:
    lost = [
        source
        for (_, source), text in texts_of(resources.path(f"translations/bongsu_{language}.ts")).items()
        if set(re.findall(r"{\w*}", source)) != set(re.findall(r"{\w*}", text))
    ]
    assert lost == []


def test_korean_is_korean() -> None:
    texts = texts_of(resources.path("translations/bongsu_ko.ts"))
    latin = [source for (_, source), text in texts.items() if re.search(r"[a-z]{3}", source) and not re.search(r"[가-힣]", text)]
    assert [source for source in latin if source not in SAME_IN_BOTH and not re.fullmatch(r"[{}\w\s/.,~–-]*", source)] == []


FOREIGN_WORDS = ("데스크", "좌석", "브리지", "체크포인트", "해시 체인", "황색", "착용자", "사건 기록")
"""Words that Korean readers met beside another one for the same thing, or did not know."""


def test_korean_has_one_word_for_one_thing() -> None:
    texts = texts_of(resources.path("translations/bongsu_ko.ts"))
    said = {word: [text for text in texts.values() if word in text] for word in FOREIGN_WORDS}
    assert said == {word: [] for word in FOREIGN_WORDS}
    assert texts["IncidentPanel", "Timeline"] != texts["columns", "Age"]
    assert texts["phrases", "to be confirmed"] != texts["phrases", "unacknowledged"]
