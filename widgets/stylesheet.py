"""The style sheet of the desk, written from the tokens of a theme."""

import resources
from widgets.tokens import Theme, luminance


def stylesheet(theme: Theme) -> str:
    """All rules in the order: surfaces, words, controls, tables, bars."""
    return _surfaces(theme) + _words(theme) + _controls(theme) + _fields(theme) + _tables(theme) + _bars(theme)


def _surfaces(theme: Theme) -> str:
    return f"""
    QMainWindow, QDialog {{ background: {theme.window}; }}
    QMainWindow::separator {{ background: {theme.line}; width: 1px; height: 1px; }}
    QDockWidget {{ background: {theme.panel}; }}
    QWidget[surface="panel"] {{ background: {theme.panel}; }}
    QWidget[surface="raised"] {{ background: {theme.raised}; }}
    QWidget[surface="bar"] {{ background: {theme.panel}; border-bottom: 1px solid {theme.line}; }}
    QWidget[surface="foot"] {{ background: {theme.panel}; border-top: 1px solid {theme.line}; }}
    QFrame[rule="line"] {{ background: {theme.line}; max-height: 1px; min-height: 1px; border: none; }}
    QScrollArea {{ background: {theme.panel}; border: none; }}
    QScrollArea > QWidget > QWidget {{ background: {theme.panel}; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line}; padding: 6px 8px; }}
    """


def _words(theme: Theme) -> str:
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[words="headline"] {{ font-size: {theme.headline_px}px; font-weight: bold; }}
    QLabel[words="figure"] {{ font-size: {theme.figure_px}px; font-weight: bold; }}
    QLabel[words="strong"] {{ font-size: {theme.strong_px}px; font-weight: bold; }}
    QLabel[words="title"] {{ color: {theme.text_soft}; font-weight: bold; }}
    QLabel[words="soft"] {{ color: {theme.text_soft}; }}
    QLabel[words="faint"] {{ color: {theme.text_faint}; }}
    QLabel[words="caption"] {{ color: {theme.text_soft}; font-size: {theme.caption_px}px; }}
    QLabel[look="act"] {{ color: {theme.act}; }}
    QLabel[struck="yes"] {{ color: {theme.text_faint}; text-decoration: line-through; }}
    QLabel[look="look"] {{ color: {theme.look}; }}
    QLabel[look="technical"] {{ color: {theme.technical}; }}
    QLabel[look="police"] {{ color: {theme.police}; }}
    QFrame[chip="act"] {{ background: {theme.act_fill}; border-radius: 4px; }}
    QFrame[chip="look"] {{ background: {theme.look_fill}; border-radius: 4px; }}
    QFrame[chip="technical"] {{ background: {theme.raised}; border-radius: 4px; }}
    QFrame[chip="quiet"] {{ background: transparent; }}
    QFrame[chip="act"] QLabel {{ color: {theme.act}; font-weight: bold; }}
    QFrame[chip="look"] QLabel {{ color: {theme.look}; font-weight: bold; }}
    QFrame[chip="technical"] QLabel {{ color: {theme.technical}; font-weight: bold; }}
    QFrame[chip="quiet"] QLabel {{ color: {theme.text_faint}; }}
    QLabel[banner="replay"] {{ background: {theme.replay}; color: white; border-radius: 4px; }}
    QLabel[banner="exercise"] {{ background: {theme.exercise}; color: white; border-radius: 4px; }}
    QLabel[banner="exercise-replay"] {{ background: qlineargradient(x1: 0, x2: 1, stop: 0.49 {theme.exercise}, stop: 0.51 {theme.replay});
        color: white; border-radius: 4px; }}
    QLabel#message {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.look}; border-radius: 4px;
        padding: 8px 14px; }}
    QLabel#message[good="yes"] {{ border-color: {theme.line}; }}
    QWidget#tour {{ background: {theme.raised}; border: 1px solid {theme.text_faint}; border-radius: 4px; }}
    QFrame#tour_outline {{ background: transparent; border: 2px solid {theme.police}; }}
    QLabel[chip="key"] {{ color: {theme.text_soft}; border: 1px solid {theme.line}; border-radius: 3px; padding: 0px 5px;
        font-size: {theme.caption_px}px; }}
    """


def _controls(theme: Theme) -> str:
    return f"""
    QPushButton, QToolButton {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line};
        border-radius: 4px; padding: 5px 12px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {theme.text_faint}; }}
    QPushButton:focus, QToolButton:focus {{ border-color: {theme.police}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {theme.text_faint}; background: {theme.panel}; }}
    QPushButton:checked, QToolButton:checked {{ border-color: {theme.text_soft}; font-weight: bold; }}
    QPushButton[kind="act"] {{ background: {theme.act}; color: {theme.on_act()}; border-color: {theme.act}; font-weight: bold; }}
    QPushButton[kind="primary"] {{ background: {theme.text}; color: {theme.window}; border-color: {theme.text}; font-weight: bold; }}
    QPushButton[kind="primary"]:disabled {{ background: {theme.panel}; color: {theme.text_faint}; border-color: {theme.line}; }}
    QPushButton[kind="primary"]:focus {{ border-color: {theme.police}; }}
    QPushButton[kind="act"]:disabled {{ background: {theme.panel}; color: {theme.text_faint}; border-color: {theme.line}; }}
    QPushButton[kind="act"]:focus {{ border-color: {theme.text}; }}
    QPushButton[kind="small"], QToolButton[kind="small"] {{ padding: 2px 8px; font-size: {theme.caption_px}px; }}
    QPushButton[kind="plain"], QToolButton[kind="plain"] {{ background: transparent; border: 1px solid transparent;
        color: {theme.text_soft}; padding: 2px 6px; }}
    QPushButton[kind="plain"]:hover, QToolButton[kind="plain"]:hover {{ color: {theme.text}; }}
    QPushButton[kind="plain"]:checked, QToolButton[kind="plain"]:checked {{ color: {theme.text}; }}
    QPushButton[kind="plain"]:focus, QToolButton[kind="plain"]:focus {{ border-color: {theme.police}; }}
    QPushButton[kind="tab"] {{ background: transparent; border: none; border-bottom: 2px solid transparent; border-radius: 0;
        color: {theme.text_soft}; padding: 5px 8px; }}
    QPushButton[kind="tab"]:hover {{ color: {theme.text}; }}
    QPushButton[kind="tab"]:checked {{ color: {theme.text}; border-bottom: 2px solid {theme.text_soft}; }}
    QPushButton[kind="tab"]:focus {{ color: {theme.police}; border-bottom-color: {theme.police}; }}
    QPushButton[kind="danger"] {{ background: transparent; color: {theme.act}; border-color: {theme.act}; font-weight: bold; }}
    QPushButton[kind="danger"]:disabled {{ color: {theme.text_faint}; border-color: {theme.line}; }}
    QPushButton[kind="danger"]:focus {{ border-color: {theme.police}; }}
    QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {theme.police}; padding: 1px 3px;
        font-size: {theme.caption_px}px; }}
    QPushButton[kind="link"]:hover {{ border-color: {theme.line}; }}
    QPushButton[kind="link"]:focus {{ border-color: {theme.police}; }}
    QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateTimeEdit {{ background: {theme.raised}; color: {theme.text};
        border: 1px solid {theme.line}; border-radius: 4px; padding: 4px 8px; selection-background-color: {theme.police};
        selection-color: {theme.window}; }}
    QLineEdit, QPlainTextEdit {{ placeholder-text-color: {theme.text_soft}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateTimeEdit:focus {{
        border-color: {theme.police}; }}
    QComboBox QAbstractItemView {{ background: {theme.raised}; border: 1px solid {theme.line}; }}
    QCheckBox {{ background: transparent; spacing: 8px; }}
    QProgressBar {{ background: {theme.raised}; border: none; border-radius: 2px; max-height: 4px; }}
    QProgressBar::chunk {{ background: {theme.text_soft}; border-radius: 2px; }}
    """


def _fields(theme: Theme) -> str:
    names = ("down", "up", "tick_dark" if luminance(theme.police) > 0.3 else "tick_light")
    down, up, tick = (resources.path(f"icons/{name}.svg").as_posix() for name in names)
    return f"""
    QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.text_faint}; border-radius: 3px;
        background: {theme.panel}; }}
    QCheckBox::indicator:checked {{ background: {theme.police}; border: 1px solid {theme.police};
        image: url("{tick}"); }}
    QCheckBox::indicator:focus {{ border: 2px solid {theme.police}; }}
    QCheckBox:focus {{ color: {theme.police}; }}
    QComboBox {{ padding-right: 2px; }}
    QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow, QDateTimeEdit::down-arrow {{ image: url("{down}"); width: 12px; height: 12px; }}
    QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
        border: none; background: transparent; width: 22px; }}
    QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url("{up}"); width: 12px; height: 12px; }}
    QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url("{down}"); width: 12px; height: 12px; }}
    QSpinBox, QDoubleSpinBox, QDateTimeEdit {{ min-height: 22px; }}
    """


def _tables(theme: Theme) -> str:
    return f"""
    QTableView, QListView, QTreeView {{ background: {theme.panel}; border: none; outline: none; gridline-color: {theme.line}; }}
    QHeaderView {{ background: {theme.panel}; border: none; }}
    QHeaderView::section {{ background: {theme.panel}; color: {theme.text_faint}; font-size: {theme.caption_px}px; border: none;
        border-bottom: 1px solid {theme.line}; padding: 4px 6px; }}
    QHeaderView::section:first, QHeaderView::section:only-one {{ padding-left: 14px; }}
    QHeaderView::down-arrow, QHeaderView::up-arrow {{ width: 0px; height: 0px; }}
    QListView::item {{ padding: 6px 10px; border: none; }}
    QListView::item:selected {{ background: {theme.raised}; color: {theme.text}; }}
    QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 8px; margin: 0; }}
    QScrollBar::handle {{ background: {theme.line}; border-radius: 4px; min-height: 32px; min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {theme.text_faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; border: none;
        width: 0; height: 0; }}
    """


def _bars(theme: Theme) -> str:
    return f"""
    QTabBar {{ background: {theme.panel}; }}
    QTabBar::tab {{ background: {theme.panel}; color: {theme.text_soft}; padding: 7px 14px; border: none; }}
    QTabBar::tab:selected {{ color: {theme.text}; font-weight: bold; border-bottom: 2px solid {theme.text_soft}; }}
    QTabBar::tab:hover {{ color: {theme.text}; }}
    QTabBar::tab:focus {{ color: {theme.police}; }}
    QTabWidget::pane {{ border: none; background: {theme.panel}; }}
    QMenuBar {{ background: {theme.panel}; color: {theme.text_soft}; border: none; padding: 0 4px; }}
    QMenuBar::item {{ background: transparent; padding: 3px 10px; }}
    QMenuBar::item:selected {{ background: {theme.raised}; color: {theme.text}; }}
    QMenu {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 14px; }}
    QMenu::item:selected {{ background: {theme.panel}; }}
    QMenu::item:disabled {{ color: {theme.text_faint}; }}
    QMenu::separator {{ background: {theme.line}; height: 1px; margin: 4px 8px; }}
    QStatusBar {{ background: {theme.panel}; color: {theme.text_soft}; }}
    """
