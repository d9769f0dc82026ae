"""The life of the web page: hardened, watched every second, killed when it hangs, brought back a few times, then given up."""

from collections import deque
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from widgets.map.base_page import Served
from widgets.map.basemap_archive import Basemap
from widgets.map.process_end import end_process
from widgets.map.scheme import NAME, PAGE, OnlyOurs, PageServer

BEAT_MS: Final = 1000
MISSED_BEATS: Final = 3
STARTING_BEATS: Final = 17
"""How much longer a page that comes up may be silent: on a busy machine a start takes seconds, and one that is killed begins anew."""
RELOADS: Final = 3
RELOAD_SPAN_MS: Final = 60_000
_OFF: Final = [
    "LocalContentCanAccessFileUrls",
    "LocalContentCanAccessRemoteUrls",
    "JavascriptCanOpenWindows",
    "JavascriptCanAccessClipboard",
    "LocalStorageEnabled",
    "NavigateOnDropEnabled",
    "PdfViewerEnabled",
    "ErrorPageEnabled",
    "PluginsEnabled",
    "FullScreenSupportEnabled",
    "ScreenCaptureEnabled",
    "WebGLEnabled",
    "HyperlinkAuditingEnabled",
    "AllowRunningInsecureContent",
    "AllowGeolocationOnInsecureOrigins",
    "DnsPrefetchEnabled",
    "AutoLoadIconsForPage",
    "TouchIconsEnabled",
    "FocusOnNavigationEnabled",
    "JavascriptCanPaste",
]


class PageHealth(StrEnum):
    """How the page is."""

    LOADING = "loading"
    LIVE = "live"
    NOT_ANSWERING = "not-answering"
    """A beat was missed: what is on screen may be old."""
    RESTARTED = "restarted"
    GIVEN_UP = "given-up"
    """Too many restarts in a minute; lists and sound go on without the map."""


class QuietPage(QWebEnginePage):
    """A page that goes nowhere, opens nothing and is granted nothing."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self.console: deque[str] = deque(maxlen=50)
        """The newest messages of the page's scripts, for diagnosis; never written to disk."""
        self.permissionRequested.connect(self._refuse)

    @override
    def acceptNavigationRequest(self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, _main: bool) -> bool:
        """Only the page itself."""
        return QUrl(url) == QUrl(PAGE)

    @override
    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> None:  # type: ignore[override]  # None refuses
        """No popups."""

    @override
    def javaScriptConsoleMessage(self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str) -> None:
        """Keep a few messages for a person who looks for a fault."""
        self.console.append(f"{source.rsplit('/', 1)[-1]}:{line} {message}")

    @Slot(QWebEnginePermission)
    def _refuse(self, permission: QWebEnginePermission) -> None:
        permission.deny()


class PageLife(QObject):
    """Owns the web view and its profile; beats, kills, reloads; says how it goes through `on_state`.

    `parent` gets the view and the notice at once. Give it this object too, but last: children end in order, and a profile must not
    end before its page.
    """

    def __init__(
        self, parent: QWidget, files: dict[str, Served], basemaps: tuple[Basemap, ...], heard: Callable[[dict[str, Any]], None]
    ) -> None:
        super().__init__()
        self.on_state: Callable[[PageHealth], None] | None = None
        self.health = PageHealth.LOADING
        self.rendered = 0
        self.presented = 0
        self.restarts = 0
        self._heard = heard
        self._missed = 0
        self._is_over = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self._reloads: deque[int] = deque()
        self.profile = QWebEngineProfile(self)
        self.interceptor = OnlyOurs(self)
        self.server = PageServer(self, files, basemaps, self._told)
        self.profile.setUrlRequestInterceptor(self.interceptor)
        self.profile.installUrlSchemeHandler(NAME, self.server)
        self.profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        self.profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        self.profile.downloadRequested.connect(self._refuse_download)
        self.view = QWebEngineView(parent)
        self.page = QuietPage(self.profile, self.view)
        _harden(self.page.settings())
        self.view.setPage(self.page)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAcceptDrops(False)
        self.page.renderProcessTerminated.connect(self._terminated)
        self.notice, self._sentence, self._again = _notice(parent)
        self._again.clicked.connect(self.start_over)
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Load the page and begin to watch it."""
        self.retranslate()
        self._load()
        self._timer.start()

    @Slot()
    def start_over(self) -> None:
        """Try again after the page was given up."""
        self._reloads.clear()
        self._load()

    def retranslate(self) -> None:
        """Take the notice's words afresh from the installed translation."""
        self._sentence.setText(self.tr("The map does not start. The alarm list and the sound go on without it."))
        self._again.setText(self.tr("Start the map again"))

    def colour(self, ground: str, text: str) -> None:
        """Colours of the empty page and of the notice."""
        self.page.setBackgroundColor(QColor(ground))
        self.notice.setStyleSheet(f"#map-notice {{ background: {ground}; }} #map-notice QLabel {{ color: {text}; }}")

    def _load(self) -> None:
        if self._is_over:
            return
        self.server.forget_waiting()
        self.server.state.restart()
        self.rendered = 0
        self._missed = -STARTING_BEATS
        self._say(PageHealth.LOADING)
        self.view.setUrl(QUrl(PAGE))

    def _told(self, said: dict[str, Any]) -> None:
        if said["event"] == "beat":
            self._missed = 0
            rendered, presented = said.get("rendered"), said.get("presented")
            if isinstance(rendered, int) and isinstance(presented, int):
                self.rendered, self.presented = rendered, presented
            self._say(PageHealth.LIVE)
        self._heard(said)

    def outlive_page(self) -> None:
        """Before the map goes: stop looking after the page, and stay when it is deleted, for its profile must outlive it."""
        self._is_over = True
        self._timer.stop()
        self.on_state, self._heard = None, _unheard
        self.setParent(None)

    @Slot()
    def _beat(self) -> None:
        """Once a second: a page on screen that has not answered three times is killed; Qt gives no signal for a hang."""
        if self.health is PageHealth.GIVEN_UP or not self.view.isVisible():
            self._missed = min(self._missed, 0)
            return
        self._missed += 1
        if self._missed >= MISSED_BEATS and self.health is PageHealth.LIVE:
            self._say(PageHealth.NOT_ANSWERING)
        if self._missed > MISSED_BEATS:
            self._missed = -MISSED_BEATS
            if not end_process(self.page.renderProcessPid()):
                self._reload()

    @Slot(QWebEnginePage.RenderProcessTerminationStatus, int)
    def _terminated(self, _status: QWebEnginePage.RenderProcessTerminationStatus, _code: int) -> None:
        self._reload()

    def _reload(self) -> None:
        now = self._clock.elapsed()
        while self._reloads and now - self._reloads[0] > RELOAD_SPAN_MS:
            self._reloads.popleft()
        if len(self._reloads) >= RELOADS:
            self._say(PageHealth.GIVEN_UP)
            return
        self._reloads.append(now)
        self.restarts += 1
        self._say(PageHealth.RESTARTED)
        QTimer.singleShot(0, self, self._load)

    def _say(self, health: PageHealth) -> None:
        if health is self.health:
            return
        self.health = health
        if self.on_state is not None:
            self.on_state(health)

    @Slot(QWebEngineDownloadRequest)
    def _refuse_download(self, download: QWebEngineDownloadRequest) -> None:
        download.cancel()


def _unheard(_said: dict[str, Any]) -> None:
    """A page that is about to end may still speak; nobody is there any more."""


def _harden(settings: QWebEngineSettings) -> None:
    for name in _OFF:
        attribute = getattr(QWebEngineSettings.WebAttribute, name, None)
        if attribute is not None:
            settings.setAttribute(attribute, False)


def _notice(parent: QWidget) -> tuple[QWidget, QLabel, QPushButton]:
    """What stands in the map's place when it was given up."""
    notice = QWidget(parent)
    notice.setObjectName("map-notice")
    notice.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    sentence, again = QLabel(notice), QPushButton(notice)
    sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sentence.setWordWrap(True)
    layout = QVBoxLayout(notice)
    layout.addStretch()
    layout.addWidget(sentence)
    layout.addWidget(again, alignment=Qt.AlignmentFlag.AlignCenter)
    layout.addStretch()
    return notice, sentence, again
