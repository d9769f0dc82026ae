"""Handing out positions under a grant: what, of whom, to whom; then the file, its passphrase told once, and its end."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from backend_bridge.application.access_rows import GrantRow
from backend_bridge.domain.commands import ConfirmExportGone
from backend_bridge.domain.queries import MakeExport
from widgets import formats, phrases_ledger
from widgets.controls import button, column, form_grid, label, line
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.printed_sheet import Paper
from widgets.request_dialog import moment_edit

FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "csv": QT_TRANSLATE_NOOP("ExportDialog", "CSV table"),
        "geojson": QT_TRANSLATE_NOOP("ExportDialog", "GeoJSON for maps"),
        "gpx": QT_TRANSLATE_NOOP("ExportDialog", "GPX track"),
        "kml": QT_TRANSLATE_NOOP("ExportDialog", "KML track"),
        "mfjson": QT_TRANSLATE_NOOP("ExportDialog", "OGC Moving Features"),
        "cot": QT_TRANSLATE_NOOP("ExportDialog", "Cursor on Target events"),
    }
)
KIND: Final = "Bongsu export (*.bongsu-export)"


def exporting(grants: Sequence[GrantRow], user: str) -> tuple[GrantRow, ...]:
    """The access of `user` that runs and lets positions be handed out."""
    return tuple(row for row in grants if row.user == user and row.state == "running" and "export" in row.fields)


class ExportDialog(QDialog):
    """One export under one grant; it can be made once it has a recipient."""

    def __init__(self, grants: Sequence[GrantRow], period_us: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(self.tr("Hand out positions"))
        self.setMinimumWidth(520)
        self._grants = tuple(grants)
        self.grant, self.form = QComboBox(), QComboBox()
        for row in self._grants:
            left = self.tr("until {clock}").format(clock=formats.clock(row.ends_us))
            self.grant.addItem(f"{row.grant} · {row.person} · {row.case} · {left}", row.grant)
        for form, words in FORMS.items():
            self.form.addItem(QCoreApplication.translate("ExportDialog", words), form)
        self.start, self.end = (moment_edit(at_us) for at_us in period_us)
        self.recipient = QLineEdit()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Make the file"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.recipient.textChanged.connect(self._on_changed)
        self._on_changed()

    def _lay_out(self) -> None:
        lines: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Under which access"), self.grant),
            (self.tr("From (KST)"), self.start),
            (self.tr("To (KST)"), self.end),
            (self.tr("Form"), self.form),
            (self.tr("Recipient"), self.recipient),
        )
        note = self.tr(
            "The file is encrypted, and marked throughout with your name, the time, the request and the recipient. "
            "Only the period of the access is in it. It must be destroyed again; the bridge reminds you."
        )
        layout = column(margins=(22, 18, 22, 16), spacing=12)
        layout.addWidget(label(self.windowTitle(), "strong"))
        layout.addLayout(form_grid(lines))
        layout.addWidget(label(note, "caption", wrap=True))
        layout.addWidget(self.buttons)
        self.setLayout(layout)

    def query(self) -> MakeExport:
        """The export as filled in."""
        row = next(row for row in self._grants if row.grant == self.grant.currentData())
        return MakeExport(
            case=row.case,
            person=row.person,
            from_us=self.start.dateTime().toMSecsSinceEpoch() * 1000,
            to_us=self.end.dateTime().toMSecsSinceEpoch() * 1000,
            form=str(self.form.currentData()),
            recipient=self.recipient.text().strip(),
        )

    @Slot()
    def _on_changed(self) -> None:
        complete = bool(self.recipient.text().strip()) and self.grant.count() > 0
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeExport:
    """What the bridge gave: the encrypted file, its passphrase, and what its manifest says."""

    file: bytes
    passphrase: str
    manifest: Mapping[str, object]

    @classmethod
    def of(cls, answer: object) -> "MadeExport | None":
        """The export in an answer of the link; None where it is a refusal."""
        match answer:
            case (bytes(file), str(passphrase), str(manifest)):
                return cls(file=file, passphrase=passphrase, manifest=json.loads(manifest))
            case _:
                return None

    @property
    def paper(self) -> Paper:
        """The file, to be saved."""
        return Paper.of(f"{self.manifest['export']}.bongsu-export", self.file, KIND)


class ExportResult(QDialog):
    """Tells the passphrase once, by when the file must be gone, and lets the file be saved."""

    def __init__(self, made: MadeExport, save: Callable[[Paper], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_result")
        self.setWindowTitle(self.tr("The file is ready"))
        self.setMinimumWidth(520)
        self._made, self._save = made, save
        self.passphrase = QLineEdit(made.passphrase)
        self.passphrase.setReadOnly(True)
        self.passphrase.setAccessibleName(self.tr("Passphrase"))
        layout = column(margins=(22, 18, 22, 16), spacing=12)
        layout.addWidget(label(f"{self.windowTitle()} · {made.manifest['export']}", "strong"))
        layout.addLayout(self._facts())
        layout.addWidget(label(self.tr("Passphrase: it is told once and kept nowhere. Send it by another way than the file."), wrap=True))
        row = line(spacing=8)
        row.addWidget(self.passphrase, 1)
        row.addWidget(button(self.tr("Copy"), "copy_passphrase", self._on_copy_clicked))
        layout.addLayout(row)
        foot = line(spacing=8)
        foot.addWidget(button(self.tr("Save the file…"), "save_export", self._on_save_clicked, kind="primary"))
        foot.addStretch()
        foot.addWidget(button(self.tr("Close"), "close_export", self.accept))
        layout.addLayout(foot)
        self.setLayout(layout)

    def _facts(self) -> QGridLayout:
        manifest = self._made.manifest
        facts = (
            (self.tr("Recipient"), str(manifest["recipient"])),
            (self.tr("Positions"), str(manifest["n_fixes"])),
            (self.tr("To be destroyed by"), phrases_ledger.timed(str(manifest["destroy_by"]))),
            ("SHA-256", self._made.paper.sha256),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for at, (name, text) in enumerate(facts):
            grid.addWidget(label(name, "soft"), at, 0)
            grid.addWidget(label(text, wrap=True), at, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._made.passphrase)

    def _on_save_clicked(self) -> None:
        self._save(self._made.paper)


class ExportGoneDialog(QDialog):
    """Somebody says that a file that was handed out is destroyed, and how that is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_gone_dialog")
        self.setWindowTitle(self.tr("An export is destroyed"))
        self.setMinimumWidth(420)
        self.export, self.reason = QLineEdit(), QPlainTextEdit()
        self.export.setPlaceholderText("EXP-1")
        self.reason.setFixedHeight(72)
        self.reason.setTabChangesFocus(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Confirm"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = column(margins=(22, 18, 22, 16), spacing=10)
        layout.addWidget(label(self.windowTitle(), "strong"))
        for name, widget in ((self.tr("Number of the export"), self.export), (self.tr("How is that known?"), self.reason)):
            layout.addWidget(label(name, "soft"))
            layout.addWidget(widget)
            widget.setAccessibleName(name)
        layout.addWidget(self.buttons)
        self.setLayout(layout)
        self.export.textChanged.connect(self._on_changed)
        self.reason.textChanged.connect(self._on_changed)
        self._on_changed()

    def command(self) -> ConfirmExportGone:
        """What is confirmed."""
        return ConfirmExportGone(export=self.export.text().strip(), reason=self.reason.toPlainText().strip())

    @Slot()
    def _on_changed(self) -> None:
        complete = bool(self.export.text().strip()) and bool(self.reason.toPlainText().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)
