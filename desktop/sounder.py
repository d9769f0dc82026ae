"""The process that sounds, as the desk has it: started at once, started again when it dies or stands still."""

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Slot

ANSWERS_WITHIN_MS: Final = 3000
AGAIN_MS: Final = 1000
LEAVES_WITHIN_MS: Final = 1000
WRITTEN_WITHIN_MS: Final = 5
"""A sound does not wait for what else the desk has to do; a pipe takes a line at once."""


class Sounder(QObject):
    """Plays by name; `on_device(works)` is told when sounds can no longer be heard and when they can again."""

    def __init__(self, volume: float, on_device: Callable[[bool], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_device = on_device
        self._works = True
        self._ended = False
        self._process = QProcess(self)
        self._process.setProgram(sys.executable)
        self._process.setArguments(["-m", "desktop.sounding", str(volume)])
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._on_ready_read)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error_occurred)
        self._late = QTimer(self, interval=ANSWERS_WITHIN_MS, singleShot=True)
        self._late.timeout.connect(self._on_late_timeout)
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._process.start)
        QCoreApplication.instance().aboutToQuit.connect(self.end)  # type: ignore[union-attr]  # a desk has an application
        self._process.start()

    def works(self) -> bool:
        """Whether sounds can be heard, as far as is known."""
        return self._works

    def pid(self) -> int:
        """The process that sounds now; 0 while there is none."""
        return self._process.processId()

    def play(self, name: str) -> None:
        """Sound it from its start."""
        if self._ask(f"play {name}"):
            self._late.start()

    def stop(self) -> None:
        """Be silent."""
        self._ask("stop")

    @Slot()
    def end(self) -> None:
        """Let the process go, for good."""
        self._ended = True
        self._again.stop()
        self._late.stop()
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(LEAVES_WITHIN_MS):
            self._process.kill()
            self._process.waitForFinished(LEAVES_WITHIN_MS)

    def _ask(self, line: str) -> bool:
        """Whether there is a process that hears it."""
        running = self._process.state() is not QProcess.ProcessState.NotRunning
        if running:
            self._process.write(f"{line}\n".encode())
            self._process.waitForBytesWritten(WRITTEN_WITHIN_MS)
        return running

    def _tell(self, *, works: bool) -> None:
        if works != self._works and not self._ended:
            self._works = works
            self._on_device(works)

    @Slot()
    def _on_ready_read(self) -> None:
        while self._process.canReadLine():
            word, _, what = bytes(self._process.readLine().data()).decode().strip().partition(" ")
            if word == "played":
                self._late.stop()
            elif word == "works":
                self._tell(works=what == "yes")

    @Slot()
    def _on_late_timeout(self) -> None:
        self._process.kill()

    @Slot()
    def _on_finished(self) -> None:
        self._late.stop()
        if not self._ended:
            self._tell(works=False)
            self._again.start()

    @Slot(QProcess.ProcessError)
    def _on_error_occurred(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._on_finished()
