"""The reference app in Debian's Chromium, behind its gateway, at a whole bridge: paired, near, old, called for help, revoked, cut off."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from chromium import PROGRAM, Chromium
from live_bridge import PASSWORD, Gateway, LiveBridge, fixes_of, place_of
from test_desk_link_live import alarms_after
from test_reference_app import bridge, carrier

__all__ = ["bridge", "carrier"]
pytestmark = [
    pytest.mark.skipif(not PROGRAM, reason="`make test-browser` runs this in Debian's Chromium, and installs it where it may"),
    pytest.mark.timeout(600),
]
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SHORT_S, LONG_S = 0.2, 1.3
"""The button wants to be held for a second."""


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[Chromium]:
    made = Chromium(tmp_path / "profile")
    yield made
    made.close()


def test_a_person_pairs_sees_who_is_near_calls_for_help_and_is_told_when_the_link_is_gone(
    bridge: LiveBridge, carrier: tuple[str, subprocess.Popen[str]], chromium: Chromium, request: pytest.FixtureRequest
) -> None:
    base, process = carrier
    assert chromium.page(base).until("unpaired")
    page = chromium.page(bridge.shell("app", "pair", "--case", "C-1", "--person", "V-1", "--url", base).strip())
    page.until_true("document.getElementById('language') !== null")
    page.run("document.getElementById('language').textContent === 'English' && document.getElementById('language').click()")
    assert "Nobody is near" in page.until("clear")
    assert page.run("location.hash + history.length") == page.run("'' + history.length"), "the code stays in no history"

    gateway = Gateway(bridge)
    lat, lon = place_of(1)
    gateway.hand_in("P", fixes_of("VIC-1", [(lat + 0.02, lon)] * 4))
    gateway.hand_in("P", fixes_of("ANK-1", [(lat + 0.02 + 400 / 110_990, lon)] * 4))
    shown = page.until("near")
    assert "to the north" in shown
    assert "position measured" in shown
    assert page.until_true("document.querySelectorAll('path.wearer').length === 1")
    names = "[...document.querySelectorAll('.name span')].map(one => one.textContent)"
    assert page.until_true(f"{names}.some(name => /^[A-Z]/.test(name))"), "districts stand on the map by name"
    keep = request.config.getoption("--pictures", default=False)
    page.run("document.getElementById('language').click()")
    assert "북쪽" in page.shows()
    assert page.until_true(f"{names}.every(name => /[가-힣]/.test(name)) && {names}.length > 0"), "in the language of the app"
    if keep:
        (PICTURES / "app-near-ko.png").write_bytes(page.picture())

    desk = bridge.desk("desk-1", "park")
    page.hold("sos", SHORT_S)
    assert page.run("document.getElementById('sos-state').textContent") == "", "a touch is no call for help"
    page.hold("sos", LONG_S)
    assert alarms_after(desk, "VIC-1")["kind"]
    assert page.until_true("document.getElementById('sos-state').textContent.includes('받았습니다')")
    if keep:
        page.run("document.getElementById('language').click()")
        (PICTURES / "app-sos-en.png").write_bytes(page.picture())
    word = ("--case", "C-1", "--person", "V-1", "--by", "park", "--reason", "wish", "--password-stdin")
    bridge.shell("app", "revoke", *word, secret=PASSWORD + "\n")
    page.until("clear")
    assert page.run("document.querySelectorAll('path.wearer').length") == 0, "what is not shown any more is not on the map either"

    assert page.until_true("navigator.serviceWorker.getRegistration().then(found => Boolean(found && found.active))")
    kept = json.dumps(page.run("caches.keys().then(async names => (await (await caches.open(names[0])).keys()).map(one => one.url))"))
    assert "app.js" in kept
    assert "/feed/" not in kept, "no box is kept"
    manifest = page.run("fetch('app.webmanifest').then(answer => answer.json())")
    assert (manifest["display"], manifest["start_url"]) == ("standalone", "/")
    process.kill()
    page.until("lost")
    assert {urlsplit(address).netloc for address in chromium.requests if address.startswith("http")} == {urlsplit(base).netloc}
    desk.close()
    gateway.close()
