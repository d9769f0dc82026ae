"""The parts of the case panel, from the headline down to the devices; each rebuilds itself only when what it says has changed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend_bridge.application.rows import AlarmRow, CaseRow, DeviceRow, Freshness, PairRow, PersonRow, PlaceRow, RingRow, ZoneRow
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.case import Circle
from widgets import formats, phrases, phrases_because, phrases_system
from widgets.consent import consent_words
from widgets.controls import button, clear, column, label, line, restyle, rule
from widgets.models.alarm_columns import contact_left, is_inside

MARGIN_PX = 16
INDENT_PX = 12


class Section(QWidget):
    """A titled part; the title is left out where it is empty."""

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.body: QVBoxLayout = column(margins=(MARGIN_PX, 10, MARGIN_PX, 12), spacing=6)
        outer = column()
        outer.addWidget(rule())
        outer.addLayout(self.body)
        self.setLayout(outer)
        self.content: QVBoxLayout = column(spacing=4)
        if title:
            self.body.addWidget(label(title, "title"))
        self.body.addLayout(self.content)


class Headline(QWidget):
    """The three figures that count and the pair as one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("case_headline")
        self._alarm: AlarmRow | None = None
        self._lost_us: int | None = None
        self._title = label("", "title", wrap=True)
        self._what = label("", "strong", wrap=True)
        self._figures: list[tuple[QLabel, QLabel]] = [(label("", "headline"), label("", "soft")) for _ in range(3)]
        self._sentence, self._where, self._share = label("", wrap=True), label("", wrap=True), label("", "soft", wrap=True)
        self._where.setObjectName("case_where")
        self._where.hide()
        row = QGridLayout()
        row.setHorizontalSpacing(20)
        row.setVerticalSpacing(0)
        for at, (figure, caption) in enumerate(self._figures):
            row.addWidget(figure, 0, at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            row.addWidget(caption, 1, at, Qt.AlignmentFlag.AlignLeft)
        row.setColumnStretch(3, 1)
        layout = column(margins=(MARGIN_PX, 12, MARGIN_PX, 12), spacing=6)
        layout.addWidget(self._title)
        layout.addWidget(self._what)
        layout.addLayout(row)
        layout.addWidget(self._sentence)
        layout.addWidget(self._where)
        layout.addWidget(self._share)
        self.setLayout(layout)

    def show_parts(self, case: CaseRow | None, pair: PairRow | None, alarm: AlarmRow | None, now_us: int) -> None:
        """Say what is known; without an alarm the pair alone speaks."""
        self._alarm = alarm
        self._title.setText(_case_title(case, alarm))
        self._what.setText(_alarm_title(alarm))
        self._title.setVisible(bool(self._title.text()))
        self._what.setVisible(alarm is not None)
        of_bridge = alarm is not None and alarm.kind is AlarmKind.SYSTEM
        for part in (part for both in self._figures for part in both):
            part.setVisible(not of_bridge)
        distance = pair.distance_m if pair is not None else (alarm.distance_m if alarm is not None else None)
        error = pair.distance_error_m if pair is not None else None
        self._figures[1][0].setText(self._distance_text(pair, distance))
        self._figures[1][1].setText(self.tr("apart") + (f" {formats.error(error)}" if error is not None else ""))
        closing = pair.closing_mps if pair is not None else (alarm.closing_mps if alarm is not None else None)
        away = closing is not None and closing < 0
        self._figures[2][0].setText(formats.NOTHING if closing is None else f"{abs(closing):.1f}")
        self._figures[2][1].setText(self.tr("m/s away") if away else self.tr("m/s closing"))
        self._sentence.setText("" if pair is None else phrases.pair_sentence(pair))
        self._sentence.setVisible(pair is not None)
        share = "" if pair is None else phrases.share_sentence(pair)
        self._share.setText(share)
        self._share.setVisible(bool(share))
        self.show_now(now_us)

    def show_now(self, now_us: int) -> None:
        """Let the time to contact run; while the picture is old it stands, struck out, as it was."""
        left = None if self._alarm is None else contact_left(self._alarm, now_us if self._lost_us is None else self._lost_us)
        inside = self._alarm is not None and is_inside(self._alarm)
        self._figures[0][0].setText(self.tr("inside") if inside else formats.countdown(left))
        self._figures[0][1].setText(self.tr("the alarm ring") if inside else self.tr("to contact"))
        urgent = left is not None and self._alarm is not None and self._alarm.level is AlarmLevel.RED
        restyle(self._figures[0][0], "look", "act" if urgent and self._lost_us is None else "")
        self._strike()

    def show_lost(self, lost_us: int | None) -> None:
        """Since when the picture is not live; None: it is."""
        self._lost_us = lost_us
        self._strike()

    def _strike(self) -> None:
        """Strike out what was true of the two when they were last heard."""
        for words in (*(figure for figure, _caption in self._figures), self._sentence):
            restyle(words, "struck", "yes" if self._lost_us is not None and words.text() not in ("", formats.NOTHING) else "")

    def show_where(self, words: str) -> None:
        """Where the wearer is and where he is heading."""
        self._where.setText(words)
        self._where.setVisible(bool(words))

    @staticmethod
    def _distance_text(pair: PairRow | None, distance: float | None) -> str:
        if distance is None and pair is not None and pair.band_m is not None:
            return formats.band(pair.band_m)
        return formats.distance(distance)


def _case_title(case: CaseRow | None, alarm: AlarmRow | None) -> str:
    if case is None:
        return "" if alarm is None or alarm.case is None else alarm.case
    parts = [case.case, phrases.word(phrases.TIERS, case.tier), phrases.word(phrases.BASES, case.basis)]
    return " · ".join(parts)


def _alarm_title(alarm: AlarmRow | None) -> str:
    if alarm is None:
        return ""
    if alarm.kind is AlarmKind.SYSTEM:
        return " · ".join(part for part in (phrases.kind(alarm.kind), phrases_system.of_alarm(alarm)) if part)
    return " · ".join(part for part in (phrases.kind(alarm.kind), phrases.place(alarm.place), phrases.certainty(alarm)) if part)


class WhySection(Section):
    """The figures behind the alarm."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "case_why", parent)
        self.body.insertWidget(0, label(self.tr("Why"), "title"))
        self._words, self._legal = label("", "soft", wrap=True), label("", "soft", wrap=True)
        self.content.addWidget(self._words)
        self.content.addWidget(self._legal)

    def show_alarm(self, alarm: AlarmRow | None) -> None:
        """Say why the bridge raised it."""
        self.setVisible(alarm is not None)
        if alarm is not None:
            self._words.setText(phrases_because.sentence(alarm.because, alarm.probability))
            self._legal.setText(self.tr("By law: {label}").format(label=phrases.legal(alarm.legal)))
            self._legal.setVisible(alarm.legal is not None)


class OrderSection(Section):
    """What the court ordered, and what is missing in the file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "case_order", parent)
        self.body.insertWidget(0, label(self.tr("Order"), "title"))
        self._shown: CaseRow | None = None

    def show_case(self, case: CaseRow | None) -> None:
        """Dates, zones, rings, offices, defects."""
        self.setVisible(case is not None)
        if case is None or case == self._shown:
            return
        self._shown = case
        clear(self.content)
        period = self.tr("{start} to {end}").format(start=formats.day(case.starts_us), end=formats.minute(case.ends_us))
        self._say(
            period if case.in_force else self.tr("{period} · not in force").format(period=period), look="" if case.in_force else "look"
        )
        made_by = [case.court or ""]
        if case.extensions is not None:
            made_by.append(self.tr("extended {n} ×").format(n=case.extensions))
        if any(made_by):
            self._say(" · ".join(part for part in made_by if part))
        for ring in case.rings:
            self._say(self._ring(ring), faint=not ring.in_force)
        for zone in case.zones:
            self._say(self._zone(zone), faint=not zone.in_force)
        for place in case.places:
            if (place.starts_us, place.ends_us) != (None, None):
                self._say(self._place(place), faint=not place.in_force)
        offices = " · ".join(part for part in (case.police_station, case.officer, case.probation_office) if part)
        if offices:
            self._say(offices)
        for defect in case.defects:
            self._say(self.tr("Missing: {what}").format(what=phrases.word(phrases.DEFECTS, defect)), look="technical")

    def _say(self, text: str, *, look: str = "", faint: bool = False) -> None:
        self.content.addWidget(label(text, "faint" if faint else "soft", look=look, wrap=True))

    def _ring(self, ring: RingRow) -> str:
        text = self.tr("{distance} around {person}: {effect}")
        said = text.format(distance=formats.distance(ring.distance_m), person=ring.about, effect=phrases.ring_effect(ring.effect))
        return " · ".join(part for part in (said, self._period(ring.starts_us, ring.ends_us), self._not_now(ring)) if part)

    def _place(self, place: PlaceRow) -> str:
        period = self._period(place.starts_us, place.ends_us)
        parts = (phrases.word(phrases.PLACE_KINDS, place.kind), str(place.person), period, self._not_now(place))
        return " · ".join(part for part in parts if part)

    def _not_now(self, part: ZoneRow | RingRow | PlaceRow) -> str:
        """That a part of the order does not hold now, for who cannot tell by its colour."""
        return "" if part.in_force else self.tr("not now")

    def _period(self, starts_us: int | None, ends_us: int | None) -> str:
        """From when until when a part of the order holds; empty where it is as long as the order."""
        if starts_us is not None and ends_us is not None:
            return self.tr("{start} to {end}").format(start=formats.minute(starts_us), end=formats.minute(ends_us))
        if starts_us is not None:
            return self.tr("from {start}").format(start=formats.minute(starts_us))
        return "" if ends_us is None else self.tr("until {end}").format(end=formats.minute(ends_us))

    def _zone(self, zone: ZoneRow) -> str:
        parts = [f"{phrases.zone_kind(zone.kind)} {zone.zone}"]
        if zone.label:
            parts.append(phrases.place(zone.label))
        if isinstance(zone.shape, Circle):
            parts.append(self.tr("radius {distance}").format(distance=formats.distance(zone.shape.radius_m)))
        if zone.schedule is not None:
            start, end = zone.schedule.from_minute, zone.schedule.to_minute
            parts.append(f"{start // 60:02d}:{start % 60:02d}–{end // 60:02d}:{end % 60:02d}")
        period = self._period(zone.starts_us, zone.ends_us)
        parts += [period, self._not_now(zone)]
        return " · ".join(part for part in parts if part)


class PeopleSection(Section):
    """The people of the case; names and numbers come only when asked for, and the asking is logged."""

    def __init__(
        self, reveal: Callable[[PersonRow, str], None], consent: Callable[[PersonRow], None], parent: QWidget | None = None
    ) -> None:
        super().__init__("", "case_people", parent)
        self._consent = consent
        self.body.insertWidget(0, label(self.tr("People"), "title"))
        self._reveal = reveal
        self._shown: tuple[PersonRow, ...] = ()
        self._answers: dict[tuple[str, str], QLabel] = {}

    def show_people(self, people: Sequence[PersonRow]) -> None:
        """One block a person; what was shown before is hidden again when the case changes."""
        self.setVisible(bool(people))
        if tuple(people) == self._shown:
            return
        self._shown = tuple(people)
        self._answers.clear()
        clear(self.content)
        for person in people:
            self.content.addWidget(self._block(person))

    def show_answer(self, person: str, field: str, texts: Sequence[str]) -> None:
        """What the bridge gave, until the case changes or the desk locks."""
        words = self._answers.get((person, field))
        if words is not None:
            words.setText(", ".join(texts) if texts else self.tr("nothing on file"))
            words.show()

    def hide_answers(self) -> None:
        """Mask again all that was shown."""
        for words in self._answers.values():
            words.clear()
            words.hide()

    def _block(self, person: PersonRow) -> QWidget:
        made = QWidget()
        head, links = line(spacing=0), line(margins=(INDENT_PX, 0, 0, 0), spacing=6)
        relation = phrases.word(phrases.RELATIONS, person.relation) if person.relation else ""
        part = " · ".join(word for word in (phrases.word(phrases.PARTS, person.part), relation) if word)
        head.addWidget(label(f"{person.person}  "))
        head.addWidget(label(part, "soft"), 1)
        layout = column(spacing=2)
        layout.addLayout(head)
        layout.addLayout(links)
        fields = [("name", self.tr("Name")), ("addresses", self.tr("Address"))]
        if person.n_phones:
            n = person.n_phones
            fields.insert(1, ("phones", self.tr("1 phone") if n == 1 else self.tr("{n} phones").format(n=n)))
        links.addWidget(label(self.tr("show"), "faint"))
        for field, text in fields:
            links.addWidget(self._button(person, field, text))
            answer = label("", look="", wrap=True)
            answer.hide()
            self._answers[(person.person, field)] = answer
            layout.addWidget(answer)
        links.addStretch()
        if person.part == "protected":
            layout.addLayout(self._consent_line(person))
        made.setLayout(layout)
        return made

    def _consent_line(self, person: PersonRow) -> QHBoxLayout:
        """What the protected person said to being tracked, and where a new word of theirs is entered."""
        said = line(margins=(INDENT_PX, 0, 0, 0), spacing=0)
        words = label(consent_words(person), "soft" if person.consent == "given" else "faint", wrap=True)
        if person.consent == "withdrawn":
            words = label(consent_words(person), "soft", look="technical", wrap=True)
        said.addWidget(words, 1)
        said.addWidget(button(self.tr("Consent…"), f"consent_{person.person}", lambda: self._consent(person), kind="link"))
        return said

    def _button(self, person: PersonRow, field: str, text: str) -> QWidget:
        made = button(text, f"reveal_{field}_{person.person}", lambda: self._reveal(person, field), kind="link")
        made.setToolTip(self.tr("Show it; that you looked is written into the log"))
        return made


class DeviceSection(Section):
    """The devices of the case: how a position was measured, how old it is, and how the device fares."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "case_devices", parent)
        self.body.insertWidget(0, label(self.tr("Devices"), "title"))
        self._rows: tuple[DeviceRow, ...] = ()
        self._ages: list[QLabel] = []

    def show_devices(self, rows: Sequence[DeviceRow], now_us: int) -> None:
        """One line a device."""
        self.setVisible(bool(rows))
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._ages = []
            clear(self.content)
            for row in rows:
                self.content.addLayout(self._line(row))
        self.show_now(now_us)

    def show_now(self, now_us: int) -> None:
        """Let the ages count."""
        for words, row in zip(self._ages, self._rows, strict=True):
            words.setText(_device_words(row, now_us))

    def _line(self, row: DeviceRow) -> QHBoxLayout:
        made = line(spacing=10)
        made.addWidget(label(row.device))
        words = label("", "soft")
        restyle(words, "look", "technical" if row.freshness is not Freshness.LIVE else "")
        self._ages.append(words)
        made.addWidget(words, 1)
        for trouble in _troubles(row):
            made.addWidget(label(trouble, look="technical"))
        low = row.battery is not None and row.battery <= 20
        battery = formats.battery(row.battery) + ("⚡" if row.charging else "")
        made.addWidget(label(battery, "soft", look="technical" if low else ""))
        return made


def _device_words(row: DeviceRow, now_us: int) -> str:
    if row.last_measured_us is None:
        return phrases.word(phrases.FRESHNESS, Freshness.NEVER)
    age = formats.span(formats.age_s(now_us, row.last_measured_us))
    parts = [phrases.source(row.source), age, formats.error(row.accuracy_m)]
    if row.freshness is not Freshness.LIVE:
        parts.insert(0, phrases.word(phrases.FRESHNESS, row.freshness))
    return " · ".join(part for part in parts if part)


def _troubles(row: DeviceRow) -> list[str]:
    translate = phrases.translate
    found = [phrases.word(phrases.STRAPS, row.strap)] if row.strap in ("cut", "restored") else []
    if row.jammed:
        found.append(translate("phrases", "jammed"))
    if row.separated:
        found.append(translate("phrases", "apart from its wearer"))
    return found
