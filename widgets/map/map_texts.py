"""Every word that the map page shows, in the language of the desk."""

from PySide6.QtCore import QCoreApplication


def page_texts() -> dict[str, str]:
    """Texts by the key under which the page asks for them; `{name}` is filled in by the page."""
    return {**_tools(), **_layers(), **_facts(), **_units()}


def _tools() -> dict[str, str]:
    tr = QCoreApplication.translate
    return {
        "layers": tr("MapTexts", "Layers"),
        "layers_tip": tr("MapTexts", "Choose what the map shows (L)"),
        "fit": tr("MapTexts", "Fit"),
        "fit_tip": tr("MapTexts", "Show the whole case, or everybody (F)"),
        "follow": tr("MapTexts", "Follow"),
        "follow_tip": tr("MapTexts", "Keep the selected person in the middle"),
        "measure": tr("MapTexts", "Measure"),
        "measure_tip": tr("MapTexts", "Measure a distance: click points, Esc ends (M)"),
        "in_tip": tr("MapTexts", "Closer"),
        "out_tip": tr("MapTexts", "Farther"),
        "frame_replay": tr("MapTexts", "REPLAY"),
        "frame_exercise": tr("MapTexts", "EXERCISE"),
    }


def _layers() -> dict[str, str]:
    tr = QCoreApplication.translate
    return {
        "layer_trails": tr("MapTexts", "Trails"),
        "layer_zones": tr("MapTexts", "Zones of all cases"),
        "layer_rings": tr("MapTexts", "Rings"),
        "layer_accuracy": tr("MapTexts", "Accuracy circles"),
        "layer_names": tr("MapTexts", "Place names"),
        "layer_units": tr("MapTexts", "Police units"),
        "layer_places": tr("MapTexts", "Known addresses"),
        "layer_rejected": tr("MapTexts", "Rejected positions"),
        "layer_clusters": tr("MapTexts", "Group far out"),
        "place_home": tr("MapTexts", "Home"),
        "place_work": tr("MapTexts", "Work"),
        "place_school": tr("MapTexts", "School"),
        "place_other": tr("MapTexts", "Address"),
        "zone_exclusion": tr("MapTexts", "Exclusion zone"),
        "zone_inclusion": tr("MapTexts", "Inclusion zone"),
        "not_in_force": tr("MapTexts", "not in force now"),
    }


def _facts() -> dict[str, str]:
    tr = QCoreApplication.translate
    return {
        "part": tr("MapTexts", "Who"),
        "wearer": tr("MapTexts", "Wearer"),
        "protected": tr("MapTexts", "Protected person"),
        "case": tr("MapTexts", "Case"),
        "age": tr("MapTexts", "Age"),
        "measured": tr("MapTexts", "Measured"),
        "speed": tr("MapTexts", "Speed"),
        "accuracy": tr("MapTexts", "Accuracy"),
        "state": tr("MapTexts", "State"),
        "stale": tr("MapTexts", "Position is old"),
        "lost": tr("MapTexts", "No signal"),
        "reach": tr("MapTexts", "Could be within"),
        "people": tr("MapTexts", "People"),
    }


def _units() -> dict[str, str]:
    tr = QCoreApplication.translate
    return {
        "metres": tr("MapTexts", "{n} m"),
        "kilometres": tr("MapTexts", "{n} km"),
        "mps": tr("MapTexts", "{n} m/s"),
        "seconds": tr("MapTexts", "{n} s"),
        "minutes": tr("MapTexts", "{m} min"),
        "minutes_seconds": tr("MapTexts", "{m} min {s} s"),
        "hours_minutes": tr("MapTexts", "{h} h {m} min"),
        "days": tr("MapTexts", "{n} d"),
        "ago": tr("MapTexts", "{span} ago"),
        "contact_in": tr("MapTexts", "contact in {span}"),
    }
