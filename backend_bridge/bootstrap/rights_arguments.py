"""Arguments of the commands about people's rights: exports under a grant, destruction, ledgers."""

import argparse
from pathlib import Path


def folder(command: argparse.ArgumentParser) -> None:
    """The data folder and its key."""
    command.add_argument("--data", metavar="DIR", type=Path, required=True, help="the data folder")
    command.add_argument("--key-file", metavar="F", type=Path, help="file with the store's key")


def export_track(command: argparse.ArgumentParser) -> None:
    """`export-track`."""
    command.add_argument("device", metavar="DEVICE", help="the device")
    command.add_argument(
        "file", metavar="FILE", type=Path, help="a new file; its ending says how: .csv, .geojson, .mfjson, .gpx, .kml or .cot"
    )
    command.add_argument("--from", dest="from_", metavar="T", required=True, help="first time of measurement, 2026-11-23T07:00:00Z")
    command.add_argument("--to", metavar="T", required=True, help="time before which the last was measured")
    command.add_argument("--grant", metavar="GRANT", required=True, help="the access, with export among its fields, such as GRANT-3")
    command.add_argument("--recipient", metavar="NAME", required=True, help="who receives it")
    command.add_argument("--by", metavar="USER", required=True, help="whose access it is")
    command.add_argument("--password-stdin", action="store_true", help="read that user's password from the standard input")
    folder(command)


def open_export(command: argparse.ArgumentParser) -> None:
    """`open-export`."""
    command.add_argument("file", metavar="FILE", type=Path, help="an export")
    command.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="where its files go; must not exist")
    command.add_argument("--password-stdin", action="store_true", help="read the passphrase from the standard input")


def destroy(command: argparse.ArgumentParser) -> None:
    """`destroy`."""
    actions = ("list", "plan", "ask", "approve", "refuse", "hold", "lift", "certificate")
    command.add_argument("action", choices=actions, help="what to do; plan says what would go, and destroys nothing")
    command.add_argument("name", metavar="DESTRUCTION", nargs="?", help="which, such as DES-1 (approve, refuse, certificate)")
    command.add_argument("--case", metavar="CASE", help="the case (plan, ask, hold, lift)")
    command.add_argument("--ground", metavar="G", help="lost-effect, acquitted, period-over, person-asked (ask)")
    command.add_argument("--reason", metavar="TEXT", help="why; it stands in the log")
    command.add_argument("--until", metavar="T", help="end of the hold, such as 2027-01-01T00:00:00Z (hold)")
    command.add_argument("--by", metavar="USER", help="who decides; nobody decides what they asked for")
    command.add_argument("--password-stdin", action="store_true", help="read that user's password from the standard input")
    command.add_argument("--out", metavar="FILE", type=Path, help="where the signed certificate goes (certificate)")
    folder(command)


def ledger(command: argparse.ArgumentParser) -> None:
    """`ledger`."""
    kinds = ("usage", "register", "review", "looks", "subject")
    command.add_argument(
        "what", choices=kinds, help="statutory ledger, register of requests, review, one user's looks, what a person is told"
    )
    command.add_argument("--from", dest="from_", metavar="T", required=True, help="begin, such as 2026-11-01T00:00:00Z")
    command.add_argument("--to", metavar="T", required=True, help="end, not included")
    command.add_argument("--of-user", metavar="USER", help="whose looks (looks)")
    command.add_argument("--person", metavar="PERSON", help="at whom, or who asks (looks, subject)")
    command.add_argument("--out", metavar="FILE.csv", type=Path, help="where it goes; must not exist (standard output)")
    folder(command)
