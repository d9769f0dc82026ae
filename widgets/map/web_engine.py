"""What must be said to the web engine before the application object exists."""

import ctypes
import sys
from collections.abc import Mapping
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
    "--js-flags=--expose-gc,--max-semi-space-size=4",
)
_MEMORY: Final = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""Pictures come and go by the megabyte: let the C library give each back to the system, instead of keeping holes for ever larger ones."""
_MALLOPT: Final = {"MALLOC_ARENA_MAX": -8, "MALLOC_MMAP_THRESHOLD_": -3, "MALLOC_TRIM_THRESHOLD_": -1}
"""The same as `mallopt` numbers them in glibc's malloc.h, for the desk's own process, which has read its environment already."""
_NO_GL: Final = {"QT_XCB_GL_INTEGRATION": "none"}
"""Nothing is drawn by OpenGL; only to ask what it can do would load Mesa and its compiler, forty megabytes."""


def prepare_engine() -> type[QWebEngineView]:
    """Load the web engine, register its private scheme and choose how windows are drawn; call before the application object is made.

    Everything is drawn in software: the map is made for it, and on a machine without a graphics card the OpenGL of Mesa draws a
    third of the frames while the main thread waits for it.
    """
    register_scheme()
    _keep_no_holes()
    QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
    return QWebEngineView


def environment(given: Mapping[str, str], *, as_root: bool) -> dict[str, str]:
    """What the web engine's processes must find in the environment beside and in place of what was `given`.

    Chromium refuses its sandbox to root, so there it goes without.
    """
    flags = [*given.get(FLAGS, "").split(), *_ALWAYS, *(["--no-sandbox"] if as_root else [])]
    return {name: given.get(name, value) for name, value in (_MEMORY | _NO_GL).items()} | {FLAGS: " ".join(dict.fromkeys(flags))}


def _keep_no_holes() -> None:
    """Tell the C library of this process what `environment` tells those of the web engine; another library than glibc is left as it is."""
    if sys.platform != "linux" or not hasattr(library := ctypes.CDLL(None), "mallopt"):
        return
    for name, number in _MALLOPT.items():
        library.mallopt(number, int(_MEMORY[name]))
