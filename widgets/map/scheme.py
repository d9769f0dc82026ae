"""The private address space of the map page (`app://map/…`): everything it may load, answered from memory when it asks."""

import json
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl, QUrlQuery
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from shiboken6 import isValid
from typing_extensions import override

from widgets.map.base_page import Served
from widgets.map.basemap_archive import Basemap
from widgets.map.map_channel import PageState

NAME: Final = b"app"
PAGE: Final = "app://map/page.html"
_POLICY: Final = (
    b"default-src 'none'; script-src app:; style-src app:; connect-src app:; worker-src app:; font-src app:; "
    b"base-uri 'none'; form-action 'none'"
)
_MOST_EVENT_BYTES: Final = 4096
_TOLD: Final = b"X-Told"


def register_scheme() -> None:
    """Make `app:` known to the web engine; must run before the application object exists, and may run again."""
    if QWebEngineUrlScheme.schemeByName(QByteArray(NAME)).name() == NAME:
        return
    scheme = QWebEngineUrlScheme(QByteArray(NAME))
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flags = QWebEngineUrlScheme.Flag
    scheme.setFlags(flags.SecureScheme | flags.CorsEnabled | flags.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


class OnlyOurs(QWebEngineUrlRequestInterceptor):
    """Refuses every request that is not for the page's own address, before it can leave the machine."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.allowed = 0
        self.refused: list[str] = []
        """Scheme and host of what was refused; never a path, which could name a place."""

    @override
    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Let the private scheme through and block all else."""
        url = info.requestUrl()
        if url.scheme() == NAME.decode() and url.host() == "map":
            self.allowed += 1
            return
        info.block(True)
        self.refused.append(f"{url.scheme()}://{url.host()}")


class PageServer(QWebEngineUrlSchemeHandler):
    """Answers the page: its files, base map tiles, and the live data that it pulls; a pull waits until there is something new."""

    def __init__(
        self, parent: QObject, files: dict[str, Served], basemaps: tuple[Basemap, ...], heard: Callable[[dict[str, Any]], None]
    ) -> None:
        super().__init__(parent)
        self.state = PageState()
        self.bytes_served = 0
        self._files = files
        self._basemaps = {basemap.name: basemap for basemap in basemaps}
        self._heard = heard
        self._frame: tuple[int, bytes] = (0, b"")
        self._tracks: tuple[int, bytes] = (0, b"")
        self._waiting: dict[str, tuple[QWebEngineUrlRequestJob, int]] = {}

    def set_basemaps(self, basemaps: tuple[Basemap, ...]) -> None:
        """Serve other base maps from now on."""
        self._basemaps = {basemap.name: basemap for basemap in basemaps}

    def publish_frame(self, number: int, packed: bytes) -> None:
        """Make a frame the newest; a page that waits gets it now, a busy one skips what lies between."""
        self._frame = (number, packed)
        self._answer_waiting("frame")

    def copy_from(self, other: "PageServer", without: frozenset[str]) -> None:
        """Serve what another page is served: its state but for some keys, its newest frame and its tracks."""
        self.state.copy_from(other.state, without)
        self._frame, self._tracks = other._frame, other._tracks  # noqa: SLF001 - of the same class
        for kind in ("messages", "frame", "tracks"):
            self._answer_waiting(kind)

    def publish_state(self) -> None:
        """Tell a waiting page of changed state."""
        self._answer_waiting("messages")

    def publish_tracks(self, number: int, packed: bytes) -> None:
        """Make these tracks the ones that are drawn; the page waits for them in a thread of its own."""
        self._tracks = (number, packed)
        self._answer_waiting("tracks")

    def forget_waiting(self) -> None:
        """Drop the pulls of a page that is gone."""
        self._waiting.clear()

    @override
    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer one request, now or as soon as there is something to say."""
        path = job.requestUrl().path().lstrip("/")
        kind, _, rest = path.partition("/")
        if kind in ("frame", "messages", "tracks"):
            self._waiting[kind] = (job, _number(job.requestUrl(), "after"))
            self._answer_waiting(kind)
        elif kind == "base":
            self._reply(job, self._tile(rest), b"application/octet-stream")
        elif kind == "event":
            body = _told(job)
            self._reply(job, b"", b"text/plain")
            self._hear(body)
        elif path in self._files:
            self._reply(job, self._files[path].body, self._files[path].mime)
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _answer_waiting(self, kind: str) -> None:
        if kind not in self._waiting:
            return
        job, after = self._waiting[kind]
        if not isValid(job):  # the page that asked has gone
            del self._waiting[kind]
            return
        newest = {"frame": self._frame, "tracks": self._tracks}.get(kind)
        if newest is not None and newest[0] > after:
            body, mime = newest[1], b"application/octet-stream"
        elif kind == "messages" and self.state.waiting(after):
            body, mime = self.state.changes(after), b"application/json"
        else:
            return
        del self._waiting[kind]
        self._reply(job, body, mime)

    def _tile(self, address: str) -> bytes:
        name, *numbers = address.split("/")
        if name not in self._basemaps or len(numbers) != 3 or not all(part.isdigit() for part in numbers):
            return b""
        zoom, x, y = map(int, numbers)
        return self._basemaps[name].tile(zoom, x, y) or b""

    def _hear(self, body: bytes) -> None:
        """Take what the page tells; it is believed no more than a stranger, so what is not as agreed is passed over."""
        try:
            said = json.loads(body)
        except ValueError:
            return
        if isinstance(said, dict) and isinstance(said.get("event"), str):
            self._heard(said)

    def _reply(self, job: QWebEngineUrlRequestJob, body: bytes, mime: bytes) -> None:
        buffer = QBuffer(self)
        buffer.setData(QByteArray(body))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.destroyed.connect(buffer.deleteLater)
        headers = {QByteArray(b"Content-Security-Policy"): [QByteArray(_POLICY)]}
        job.setAdditionalResponseHeaders(headers)  # type: ignore[arg-type]  # PySide6 wants a list of values and says otherwise
        self.bytes_served += len(body)
        job.reply(QByteArray(mime), buffer)


def _told(job: QWebEngineUrlRequestJob) -> bytes:
    """What the page tells rides in a header: PySide6 6.11.3 crashes on reading a request's body, and an address could be logged."""
    header = bytes(job.requestHeaders().get(QByteArray(_TOLD), QByteArray()).data())
    return unquote_to_bytes(header[:_MOST_EVENT_BYTES])


def _number(url: QUrl, name: str) -> int:
    text = QUrlQuery(url).queryItemValue(name)
    return int(text) if text.isdigit() else 0
