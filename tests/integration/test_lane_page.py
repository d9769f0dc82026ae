"""The page that tells how to write a gateway: the gateway that stands on it works as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

from lane_bridge import LaneBridge

PAGE = Path(__file__).parents[2] / "docs" / "lane.md"


def test_the_gateway_on_the_page_delivers_its_event(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf8"), re.DOTALL)
    script, key = tmp_path / "gateway.py", tmp_path / "gateway.key"
    script.write_text(program, encoding="utf8")
    with LaneBridge() as bridge:
        key.write_text(bridge.enrol("page") + "\n", encoding="ascii")
        command = [sys.executable, str(script), bridge.gate.endpoint, bridge.public_key, str(key)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
        assert done.stdout == "settled\n"
        bridge.wait_for(lambda: len(bridge.accepted) == 1)
        assert [event.kind for event in bridge.accepted[0].events] == ["test"]
