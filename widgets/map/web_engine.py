"""What must be said to the web engine before the application object exists."""

from typing import Final

from PySide6.QtQuick import QQuickWindow, QSGRendererInterface
from PySide6.QtWebEngineWidgets import QWebEngineView

from widgets.map.scheme import register_scheme

FLAGS: Final = "QTWEBENGINE_CHROMIUM_FLAGS"
"""The environment variable that Chromium reads its flags from."""
_ALWAYS: Final = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-pings",
    "--disable-renderer-backgrounding",
)


def prepare_engine() -> type[QWebEngineView]:
    """Load the web engine, register its private scheme and choose how windows are drawn; call before the application object is made.

    Everything is drawn in software: the map is made for it, and on a machine without a graphics card the OpenGL of Mesa draws a
    third of the frames while the main thread waits for it.
    """
    register_scheme()
    QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
    return QWebEngineView


def chromium_flags(given: str, *, as_root: bool) -> str:
    """The value for `FLAGS` in the environment: what was `given`, and what the map needs.

    Chromium refuses its sandbox to root, so there it goes without.
    """
    flags = [*given.split(), *_ALWAYS]
    if as_root:
        flags.append("--no-sandbox")
    return " ".join(dict.fromkeys(flags))
