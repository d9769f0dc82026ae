"""The command line of `bongsu-bridge`: every command with its arguments, its example, and the way it ends."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final, NoReturn

from typing_extensions import override

from backend_bridge.bootstrap import rights_arguments
from backend_bridge.bootstrap.commands import RUNNERS
from backend_bridge.bootstrap.errors import UsageError

_REFUSED: Final = 2
_ADDRESS: Final = re.compile(r"tcp://(?:[\w.*-]+|\[[\da-fA-F:.]+\]):(\d{1,5}|\*)", re.ASCII)
_LAST_PORT: Final = 65_535
_KEY_OPTIONS: Final = ("--public-key", "--server-key")
_FIX_FILES: Final = ".parquet, .csv, .gpx, .kml, .geojson, .mfjson or .cot"

Added = Callable[[argparse.ArgumentParser], None]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and names the way to the help."""

    @override
    def error(self, message: str) -> NoReturn:
        """End with one sentence on stderr and status 2."""
        self.exit(_REFUSED, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 not as it should be (verify), 2 refused with a sentence on stderr."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    parsed = _parser().parse_args(_with_keys_joined(given))
    try:
        return RUNNERS[parsed.command](parsed)
    except UsageError as error:
        for sentence in error.sentences:
            print(sentence, file=sys.stderr)
        return error.status
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _with_keys_joined(given: Sequence[str]) -> list[str]:
    """`--public-key -abc…` as `--public-key=-abc…`: a Z85 key may begin with a hyphen, which argparse takes for an option."""
    joined: list[str] = []
    for word in given:
        if joined and joined[-1] in _KEY_OPTIONS:
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="bongsu-bridge",
        description="The headless half of Bongsu: receives, decides, stores and serves.",
        epilog="example: bongsu-bridge serve --data room; each command's own --help has one for it",
    )
    told = f"bongsu-bridge {version('bongsu')}"
    parser.add_argument("--version", action="version", version=told)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command", parser_class=_Parser)
    for name, (what, example, add) in _COMMANDS.items():
        command = commands.add_parser(
            name,
            help=what,
            description=what[0].upper() + what[1:] + ".",
            epilog=f"example: bongsu-bridge {name} {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("--version", action="version", version=told)
        add(command)
    return parser


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", metavar="DIR", type=Path, required=True, help="the data folder")
    command.add_argument("--key-file", metavar="F", type=Path, help="file with the store's key")


def _serve(command: argparse.ArgumentParser) -> None:
    _folder(command)
    for option, default, text in (
        ("--bind", "tcp://127.0.0.1:7711", "where gateways connect (%(default)s)"),
        ("--desk", "tcp://127.0.0.1:7712", "where desks connect (%(default)s)"),
        ("--app", None, "where gateways of protected persons' apps connect; without it there are none"),
    ):
        command.add_argument(option, metavar="tcp://…", type=_address, default=default, help=text)
    command.add_argument("--checkpoints", metavar="DIR", type=Path, help="second place for signed checkpoints of the log (DIR/checkpoints)")
    command.add_argument("--set-up", metavar="F", type=Path, help="what a new folder begins with: users, desks, gateways, cases")
    command.add_argument(
        "--clock-speed", metavar="N", type=_speed, default=1.0, help="let the clock run N times as fast, in demo and training folders only"
    )


def _enrol_gateway(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="the gateway's name")
    command.add_argument("--public-key", metavar="Z85", required=True, help="its CURVE public key, 40 characters")
    command.add_argument("--devices", metavar="PATTERNS", required=True, help="shell patterns of its devices, separated by commas")
    _folder(command)


def _revoke_gateway(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="the gateway's name")
    _folder(command)


def _enrol_desk(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="the desk's name")
    command.add_argument("--public-key", metavar="Z85", required=True, help="its CURVE public key, 40 characters")
    _folder(command)


def _user(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=("add", "list", "disable", "passwd", "route"), help="what to do")
    command.add_argument("name", metavar="NAME", nargs="?", help="the user's name")
    command.add_argument("--role", choices=("operator", "supervisor", "trainer", "auditor", "administrator"), help="what they may do (add)")
    command.add_argument("--person", metavar="ID", help="the human being behind the account, where it is their second one (add)")
    command.add_argument("--postcode", metavar="CODE", help="where they live: the review counts looks at cases there (add)")
    command.add_argument("--cases", metavar="PATTERNS", help="alarms of these cases come to the user first, as 'KR-DJ-*' (route)")
    command.add_argument("--offices", metavar="PATTERNS", help="likewise of cases for which these stations or offices answer (route)")
    command.add_argument("--kinds", metavar="KINDS", help="likewise of these kinds, as sos,tamper; no option: of all (route)")
    command.add_argument("--password-stdin", action="store_true", help="read the password from the first line of the standard input")
    _folder(command)


def _app(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=("enrol-gateway", "pair", "unpair", "approve", "revoke"), help="what to do")
    command.add_argument("--name", metavar="NAME", help="the app gateway (enrol-gateway)")
    command.add_argument("--public-key", metavar="Z85", help="its CURVE public key (enrol-gateway)")
    command.add_argument("--case", metavar="CASE", help="the case (pair, approve, revoke)")
    command.add_argument("--person", metavar="PERSON", help="the protected person (pair, unpair, approve, revoke)")
    command.add_argument("--url", metavar="URL", default="https://app.example", help="where the app is served (pair)")
    command.add_argument("--out", metavar="FILE.svg", type=Path, help="where the QR code goes (pair)")
    command.add_argument("--by", metavar="USER", help="the supervisor (approve, revoke)")
    command.add_argument("--reason", metavar="TEXT", help="why (approve, revoke)")
    command.add_argument("--password-stdin", action="store_true", help="read the supervisor's password from the standard input")
    _folder(command)


def _simulate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--fixes", metavar="F", type=Path, required=True, help=f"fixes to play: {_FIX_FILES}")
    command.add_argument("--events", metavar="E", type=Path, help="device events to play: JSON lines")
    command.add_argument("--to", metavar="tcp://…", required=True, help="where the bridge listens for gateways")
    command.add_argument("--server-key", metavar="Z85", required=True, help="the bridge's public key")
    command.add_argument("--secret-key-file", metavar="F", type=Path, required=True, help="file with the gateway's secret key")
    command.add_argument("--speed", metavar="N", type=_speed, default=1.0, help="play N times as fast (%(default)s)")
    command.add_argument("--loop", action="store_true", help="play again from the start when the file ends")


def _what_if(command: argparse.ArgumentParser) -> None:
    told = "other rings, zones or thresholds (bongsu-what-if/1): write how the alarms would differ instead"
    command.add_argument("--what-if", metavar="W.toml", type=Path, help=told)


def _record(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="from_", metavar="T", required=True, help="begin, such as 2026-11-23T07:36:00Z")
    command.add_argument("--to", metavar="T", required=True, help="end, not included")
    command.add_argument("--cases", metavar="CASE,…", help="only these cases, and nothing of anybody else (all)")
    command.add_argument("--out", metavar="X.bongsu", type=Path, required=True, help="where the recording goes; its key beside it")
    _folder(command)


def _replay(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="X.bongsu", type=Path, help="a recording")
    command.add_argument("--out", metavar="LOG.jsonl", type=Path, required=True, help="where the log that results goes")
    _what_if(command)
    command.add_argument("--key-file", metavar="F", type=Path, help="the recording's key (X.bongsu.key)")


def _scenario(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=("check", "play", "compile"), help="what to do")
    command.add_argument("files", metavar="FILE", type=Path, nargs="*", help="scenario files or names of the library (the whole library)")
    command.add_argument("--out", metavar="PATH", type=Path, help="compile: the folder; play: the log as JSON lines")
    command.add_argument("--starts", metavar="T", help="let it begin at another time")
    command.add_argument("--no-expert", action="store_true", help="play: nobody does what is expected")
    command.add_argument("--data", metavar="DIR", type=Path, help="a room whose signers of re-enactments are trusted")


def _reenact(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=("key", "trust", "make", "sign"), help="what to do")
    command.add_argument("file", metavar="FILE", type=Path, nargs="?", help="make: a recording; sign: the re-enactment")
    command.add_argument("--case", metavar="CASE", help="make: the case of the incident")
    command.add_argument("--out", metavar="X.toml", type=Path, help="make: where the scenario goes; its signatures beside it")
    command.add_argument("--by", metavar="NAME", help="who makes, signs or is trusted")
    command.add_argument("--secret-key-file", metavar="F", type=Path, help="their secret key (key: where it goes)")
    command.add_argument("--public-key", metavar="HEX", help="trust: their public key")
    command.add_argument("--key-file", metavar="F", type=Path, help="make: the recording's key (FILE.key); trust: the store's key")
    command.add_argument("--streets", metavar="OSM", help="make: an extract .osm.pbf whose streets it takes place on (the bundled ones)")
    command.add_argument("--data", metavar="DIR", type=Path, help="make, trust: the room that takes re-enactments")


def _simulate_units(command: argparse.ArgumentParser) -> None:
    command.add_argument("--units", metavar="F", type=Path, help="JSON list of units to be")
    command.add_argument("--prepare", action="store_true", help="only make the folder ready for them, before its bridge starts")
    command.add_argument("--roads", metavar="F", type=Path, help="with --prepare: road network for their travel times")
    _folder(command)


def _keygen(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="where the secret key goes; must not exist")


def _import_cases(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="cases, bongsu-case/1")
    _folder(command)


def _import_basemap(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="an extract .osm.pbf, or vector tiles .mbtiles or .pmtiles")
    command.add_argument("--data", metavar="DIR", type=Path, required=True, help="the data folder")


def _end_order(command: argparse.ArgumentParser) -> None:
    command.add_argument("case", metavar="CASE", help="the case")
    command.add_argument("--at", metavar="T", help="when it ends, such as 2026-11-23T07:36:00Z")
    command.add_argument("--reason", metavar="TEXT", required=True, help="why, in words; or a ground's name alone")
    grounds = "lapsed, revoked, not-indicted, acquitted, dismissed (these make destruction due), term-over, changed, other"
    command.add_argument("--ground", metavar="G", help=f"the ground of the law: {grounds}")
    decided = command.add_mutually_exclusive_group()
    decided.add_argument("--confirm", action="store_true", help="confirm what another person entered, with the same --at and --ground")
    decided.add_argument("--refuse", action="store_true", help="refuse what another person entered: the order holds")
    command.add_argument("--by", metavar="USER", help="who enters or decides: it then takes two people, and ends once the second confirms")
    command.add_argument("--password-stdin", action="store_true", help="read that user's password from the standard input")
    _folder(command)


def _judge(command: argparse.ArgumentParser) -> None:
    command.add_argument("--cases", metavar="C", type=Path, required=True, help="cases, bongsu-case/1")
    command.add_argument("--fixes", metavar="F", type=Path, required=True, help=f"fixes: {_FIX_FILES}")
    command.add_argument("--events", metavar="E", type=Path, help="device events: JSON lines")
    command.add_argument("--out", metavar="ALARMS.jsonl", type=Path, required=True, help="where the alarms go")
    _what_if(command)


def _log(command: argparse.ArgumentParser) -> None:
    _folder(command)
    command.add_argument("--since", metavar="N", type=_count, default=0, help="only entries with n > N")
    command.add_argument("--follow", action="store_true", help="go on with new entries as they come")


def _fixes(command: argparse.ArgumentParser) -> None:
    _folder(command)
    command.add_argument("--count", action="store_true", help="only their number")


def _verify_report(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE.pdf", type=Path, help="the report, or the manifest.json of a track that was handed out")
    command.add_argument(
        "--key", metavar="checkpoints.pub", type=Path, required=True, help="the bridge's public key, from its checkpoints' folder"
    )
    command.add_argument("--signature", metavar="FILE.sig", type=Path, help="the signature (FILE.pdf.sig beside the report)")


def _retention(command: argparse.ArgumentParser) -> None:
    _folder(command)
    wanted = command.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--dry-run", action="store_true", help="say what would go, and delete nothing")
    wanted.add_argument("--propose", action="store_true", help="ask another person to let it be deleted, within 24 hours")
    wanted.add_argument("--approve", metavar="PROPOSAL", help="delete for good what somebody else proposed, such as OLD-1")
    wanted.add_argument("--refuse", metavar="PROPOSAL", help="do not delete what somebody else proposed")
    command.add_argument("--reason", metavar="TEXT", help="why; it stands in the log (propose, approve, refuse)")
    command.add_argument("--by", metavar="USER", help="who proposes or decides; nobody decides what they proposed")
    command.add_argument("--password-stdin", action="store_true", help="read that user's password from the standard input")


def _verify(command: argparse.ArgumentParser) -> None:
    _folder(command)
    command.add_argument("--checkpoints", metavar="DIR", type=Path, help="where the signed checkpoints are (DIR/checkpoints)")


def _backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="where the copy of the store goes; must not exist")
    _folder(command)


def _rekey(command: argparse.ArgumentParser) -> None:
    _folder(command)
    command.add_argument("--new-key-file", metavar="FILE", type=Path, help="the new key; without it one is made beside the store")


def _restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="a copy that backup made")
    command.add_argument("--checkpoints", metavar="DIR", type=Path, help="second place: what was destroyed since goes in the copy too")
    _folder(command)


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="FOLDER", type=Path, help="where the package goes; must not exist")
    _folder(command)


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="FOLDER", type=Path, help="a package that export made")
    _folder(command)


def _address(text: str) -> str:
    """Refused before anything is opened: a bridge with years of records would take minutes to find it out."""
    found = _ADDRESS.fullmatch(text)
    if found is None or (found[1].isdecimal() and int(found[1]) > _LAST_PORT):
        raise argparse.ArgumentTypeError(f"{text} is no address such as tcp://127.0.0.1:7711, whose port is at most {_LAST_PORT}")
    return text


def _speed(text: str) -> float:
    value = float(text)
    if not 0 < value <= 100_000:
        raise ValueError
    return value


_speed.__name__ = "number above 0"


def _count(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**63:
        raise ValueError
    return value


_count.__name__ = "number from 0"

_COMMANDS: Final[dict[str, tuple[str, str, Added]]] = {
    "serve": ("receive, decide, store and serve until SIGTERM; prints ready when it listens", "--data room", _serve),
    "enrol-gateway": (
        "let a gateway in; the bridge's public key is the last line printed",
        "north --public-key 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7' --devices 'ANK-*,VIC-*' --data room",
        _enrol_gateway,
    ),
    "revoke-gateway": ("end a gateway within a second, live connections included", "north --data room", _revoke_gateway),
    "enrol-desk": (
        "let a desk in; the bridge's public key is the last line printed",
        "desk-1 --public-key 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7' --data room",
        _enrol_desk,
    ),
    "user": (
        "add, list or shut the accounts of people, change a password, or say whose alarms come to whom first",
        "add kim --role operator --data room",
        _user,
    ),
    "app": (
        "let an app gateway in, pair a protected person's app by QR code, decide what it may show",
        "pair --case KR-DJ-2026-0001 --person V-0001 --url https://app.example --out pair.svg --data room",
        _app,
    ),
    "simulate": (
        "be a store-and-forward gateway that plays a file of fixes",
        "--fixes day.parquet --to tcp://127.0.0.1:7711 --server-key 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7' --secret-key-file gw.key",
        _simulate,
    ),
    "simulate-units": ("be police units of a demo or training room", "--units units.json --data room", _simulate_units),
    "record": (
        "write a stretch of the room's life to a sealed and signed file",
        "--from 2026-11-23T07:00:00Z --to 2026-11-23T08:00:00Z --out morning.bongsu --data room",
        _record,
    ),
    "replay": ("live a recording again and write the log that results", "morning.bongsu --out log.jsonl", _replay),
    "scenario": (
        "check scenarios, play them through the real decisions with an expert's hand, or make files of fixes of them",
        "play 01-walk-in --out log.jsonl",
        _scenario,
    ),
    "reenact": (
        "make a training scenario of an incident's structure alone, signed by its maker and a second person",
        "make morning.bongsu --case KR-SE-2026-0001 --out anew.toml --by kim --secret-key-file kim.key --data room",
        _reenact,
    ),
    "keygen": ("make a CURVE key pair: the secret into FILE, the public one on stdout", "gateway.key", _keygen),
    "import-cases": (
        "register cases; the same case again changes nothing, a changed case is a new version",
        "cases.json --data room",
        _import_cases,
    ),
    "import-basemap": (
        "let the map show a region: streets, buildings and names, and its roads for travel times",
        "seoul.osm.pbf --data room",
        _import_basemap,
    ),
    "end-order": (
        "end a court's order before its date; with --by once a second person has confirmed it",
        "KR-DJ-2026-0001 --at 2026-11-23T07:36:00Z --ground revoked --reason 'decision of 23 November' --by kim --data room",
        _end_order,
    ),
    "judge": (
        "run the very same decisions offline over recorded fixes; prints fixes/s",
        "--cases cases.json --fixes day.parquet --out alarms.jsonl",
        _judge,
    ),
    "log": ("print the event log as JSON lines", "--data room --since 100 --follow", _log),
    "fixes": ("print the stored fixes as JSON lines, or their number", "--data room --count", _fixes),
    "verify-report": ("check the signature under an incident report", "INC-7.pdf --key checkpoints.pub", _verify_report),
    "verify": ("check every table of the store for tampering", "--data room", _verify),
    "retention": ("delete positions that are older than the law of their cases lets them be kept", "--dry-run --data room", _retention),
    "backup": ("copy the store while the bridge runs", "room-2026-11-23.db --data room", _backup),
    "rekey": ("change the key of the store, while no bridge runs", "--data room --key-file old.key --new-key-file new.key", _rekey),
    "restore": ("put a copy into an empty data folder", "room-2026-11-23.db --data new-room --key-file key", _restore),
    "export": ("write the whole history as a migration package", "package --data room", _export),
    "export-track": (
        "hand out the track of one device under a grant, encrypted and marked; the passphrase is printed",
        "ANK-0001 track.gpx --from 2026-11-23T00:00:00Z --to 2026-11-24T00:00:00Z --grant GRANT-3 --recipient court --by kim --data room",
        rights_arguments.export_track,
    ),
    "open-export": ("open an export with its passphrase", "track.gpx.bongsu-export --out opened", rights_arguments.open_export),
    "destroy": (
        "make a case unreadable for good: plan, ask, approve by somebody else, hold, certificate",
        "ask --case KR-DJ-2026-0001 --ground acquitted --reason 'judgment 2026-123 is final' --by kim --data room",
        rights_arguments.destroy,
    ),
    "ledger": (
        "print who used whose data as CSV: ledger, register, review, looks, subject access",
        "usage --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z --out november.csv --data room",
        rights_arguments.ledger,
    ),
    "import": ("take a migration package into a new data folder, and reconcile it", "package --data new-room", _import),
}
