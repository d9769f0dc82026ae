"""How long `verify` takes over a log of many entries: python bench/verify_large.py [ENTRIES, default 1,000,000].

The store holds a tick of input beside every twenty entries, and a checkpoint in the second place after each 50,000, as a bridge
leaves them; the command runs as a person runs it. Then one byte of one entry is changed, which it must name.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from bridge_shell import shell  # the tests' own

from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.case_keys import CaseKeys
from backend_bridge.adapters.checkpoints import Checkpointer, new_signing_key
from backend_bridge.adapters.keys import store_key
from backend_bridge.adapters.store import Record, Store
from backend_bridge.adapters.store_engine import open_engine
from backend_bridge.adapters.store_reads import StoreReader

A_TICK, A_CHECKPOINT = 20, 50_000
SHAPE = (
    b'{"n":%d,"at":"2026-11-26T03:00:00.%06dZ","event":"raised","alarm":"KR-SE-%06d/exclusion-zone/Z1/1","level":"red","device":"ANK-%05d"}'
)


def filled(folder: Path, n: int) -> bytes:
    """A store of `n` entries; its key."""
    folder.mkdir(mode=0o700)
    key = store_key(folder, None).key
    CaseKeys(folder / KEYS_NAME, key).close()
    store, signing_key = Store.open(folder, key), new_signing_key()
    for first in range(1, n + 1, A_TICK):
        payloads = [SHAPE % (number, number % 10**6, number % 5000, number % 10**5) for number in range(first, first + A_TICK)]
        store.append(first, [Record(kind="taken", size=1, body=SHAPE * 4)], payloads, None)
        if first // A_CHECKPOINT != (first + A_TICK) // A_CHECKPOINT:
            reader = StoreReader.open(folder, key)
            Checkpointer(folder / "checkpoints", signing_key, reader).write(first)
            reader.close()
    store.close()
    return key


def processor_s() -> float:
    """What the commands that have ended have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Fill, verify, change, verify; ends with 1 where the change was not found."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="bongsu-verify-") as place:
        folder = Path(place) / "room"
        key = filled(folder, n)
        began, used = time.monotonic(), processor_s()
        said = shell("verify", "--data", folder).stdout.strip()
        print(f"{n:,} entries verified in {time.monotonic() - began:.1f} s, {processor_s() - used:.1f} s of a processor's time: {said}")
        changed = n * 2 // 3
        with open_engine(folder, key).begin() as connection:
            connection.execute(text("UPDATE entries SET payload = x'00' WHERE n = :n"), {"n": changed})
        named = shell("verify", "--data", folder, status=1).stdout.strip()
        print(f"entry {changed:,} was changed: {named}")
    sys.exit(0 if f"entry {changed}" in named else 1)


if __name__ == "__main__":
    main()
