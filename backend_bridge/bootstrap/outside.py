"""The world outside the room put together: channels, police units and roads, as `channels.toml` of the data folder has them."""

import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend_bridge.adapters.channel_settings import ChannelSettingsWrong, read_channel_settings
from backend_bridge.adapters.effect_runner import EffectRunner, UnitLink
from backend_bridge.adapters.message_channels import ChannelFailed, channels_of
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.adapters.unit_server import UnitListener
from backend_bridge.application.inbox import Ask, EffectReport, TravelTimes, Trouble, UnitReport
from backend_bridge.application.outcome import Outcome
from backend_bridge.domain.identifiers import UnitId
from backend_bridge.domain.outcomes.effects import RoomEffect
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import RankUnits

if TYPE_CHECKING:
    from backend_bridge.adapters.roads import TravelTimeFinder

SETTINGS: Final = "channels.toml"
ROADS: Final = "roads.npz"
"""The road network that `import-basemap` makes."""

UNHURRIED_S: Final = 10.0
"""How long after the start the search for ways is made ready, sooner where somebody asks."""

_Item = Ask | TravelTimes | EffectReport | UnitReport | Trouble


class Outside:
    """Performs effects, hears units, and finds travel times; everything that it learns goes to the engine by `put`."""

    def __init__(self, folder: Path, clock: Callable[[], int], put: Callable[[_Item], None]) -> None:
        """Raises `InputRefusedError` where the settings or the files that they name cannot be used."""
        self._put = put
        self._positions: dict[UnitId, LatLon] = {}
        self._questions: queue.SimpleQueue[Ask | None] = queue.SimpleQueue()
        try:
            settings = read_channel_settings(folder / SETTINGS)
            channels = channels_of(settings, folder)
            self._units = None if settings.units is None else UnitListener(settings.units, folder, clock=clock, hand_in=self._heard)
        except (ChannelSettingsWrong, ChannelFailed) as error:
            raise InputRefusedError([f"{folder / SETTINGS}: {error}"]) from None
        except OSError as error:
            raise InputRefusedError([f"{folder / SETTINGS}: a file that it names cannot be used: {error}"]) from None
        units = self._units
        link = UnitLink(
            dispatch=lambda order: units is not None and units.dispatch(order),
            recall=lambda order: units is not None and units.recall(order),
        )
        self._runner = EffectRunner(channels, link, clock=clock, report=put)
        self._roads = read_network(folder / ROADS)
        self._thread = threading.Thread(target=self._answer_questions, name="travel-times", daemon=True)

    def start(self, unreported: Sequence[RoomEffect]) -> None:
        """Begin, with what was decided before a crash and never reported."""
        self._thread.start()
        if self._units is not None:
            self._units.start()
        self._runner.perform(unreported)

    def stop(self) -> None:
        """End; what is under way is handed in again at the next start."""
        self._questions.put(None)
        self._thread.join(timeout=5.0)
        self._runner.stop()
        if self._units is not None:
            self._units.stop()

    def tell(self, outcome: Outcome) -> None:
        """Do what a committed step decided."""
        self._runner.perform(outcome.effects)

    def takes(self, item: object) -> bool:
        """Whether a desk's question waits here for travel times first; it goes on to the engine by itself then."""
        if self._roads is None or not isinstance(item, Ask) or not isinstance(item.query, RankUnits):
            return False
        self._questions.put(item)
        return True

    def _heard(self, news: UnitReport | EffectReport | Trouble) -> None:
        if isinstance(news, UnitReport) and news.position is not None:
            self._positions[news.unit] = news.position
        self._put(news)

    def _answer_questions(self) -> None:
        finder: TravelTimeFinder | None = None
        while True:
            try:
                ask = self._questions.get(timeout=UNHURRIED_S if finder is None and self._roads is not None else None)
            except queue.Empty:
                finder = None if self._roads is None else _finder(self._roads)
                continue
            if ask is None:
                return
            if isinstance(ask.query, RankUnits) and self._roads is not None:
                finder = finder or _finder(self._roads)
                self._put(self._times(finder, ask.query.destination))
            self._put(ask)

    def _times(self, roads: "TravelTimeFinder", destination: LatLon) -> TravelTimes:
        units = dict(self._positions)
        seconds = roads.seconds_to(destination, tuple(units.values()))
        known = tuple((unit, s) for unit, s in zip(units, seconds, strict=True) if s is not None)
        return TravelTimes(destination=destination, seconds=known)


def _finder(network: RoadNetwork) -> "TravelTimeFinder":
    from backend_bridge.adapters.roads import TravelTimeFinder  # with scipy's searches, which no start has to wait for

    return TravelTimeFinder(network)


def read_network(path: Path) -> RoadNetwork | None:
    """The road network of a file, None where there is none; raises `InputRefusedError`."""
    if not path.exists():
        return None
    try:
        return RoadNetwork.load(path)
    except (OSError, KeyError, ValueError) as error:
        raise InputRefusedError([f"{path}: is no road network; make it anew with import-basemap ({type(error).__name__})"]) from None
