"""`bongsu-bridge import-basemap` at the shell: a base map, and the roads for travel times where the file has them."""

import argparse
from collections.abc import Callable

from backend_bridge.adapters.basemap_import import import_basemap, is_extract
from backend_bridge.adapters.progress import Progress
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.roads import network_of_extract
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.outside import ROADS


def run_import_basemap(arguments: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Import the file into the data folder; a desk that starts later on this machine draws it."""
    source, data = arguments.file, arguments.data
    try:
        total = source.stat().st_size if source.is_file() else 0
        with Progress(f"reading {source.name}", total, "things") as progress:
            archive = import_basemap(source, data, progress.reached)
        say(f"base map {archive.stem}: {archive.stat().st_size:,} bytes in {archive}")
        if is_extract(source):
            network = network_of_extract(source)
            network.save(data / ROADS)
            say(f"roads for travel times: {len(network.start):,} segments in {data / ROADS}")
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    return 0
