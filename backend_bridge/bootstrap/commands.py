"""Every command of `bongsu-bridge` by name; what they need is imported late, so that help and refusals are quick."""

import argparse
import sys
from collections.abc import Callable
from typing import Final

from backend_bridge.bootstrap.errors import UsageError

Runner = Callable[[argparse.Namespace], int]


def _judge(arguments: argparse.Namespace) -> int:
    from backend_bridge.adapters.refusals import InputRefusedError
    from backend_bridge.bootstrap.judge_files import judge_files, judge_otherwise

    try:
        if arguments.what_if is not None:
            say(judge_otherwise((arguments.cases, arguments.fixes, arguments.events), arguments.what_if, arguments.out))
            return 0
        judged = judge_files(arguments.cases, arguments.fixes, arguments.events, arguments.out)
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    rate = judged.n_fixes / judged.seconds if judged.seconds else 0.0
    say(f"{judged.n_fixes:,} fixes in {judged.seconds:.2f} s: {rate:,.0f} fixes/s; {judged.n_alarm_lines:,} lines of alarms")
    return 0


def _keygen(arguments: argparse.Namespace) -> int:
    from backend_bridge.adapters.curve_keys import new_pair, write_secret
    from backend_bridge.adapters.refusals import InputRefusedError

    public, secret = new_pair()
    try:
        write_secret(arguments.file, secret)
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    say(public)
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.serve import ServeSettings, serve

    settings = ServeSettings(
        folder=arguments.data,
        bind=arguments.bind,
        desk=arguments.desk,
        app=arguments.app,
        checkpoints=arguments.checkpoints or arguments.data / "checkpoints",
        clock_speed=arguments.clock_speed,
        key_file=arguments.key_file,
        set_up=arguments.set_up,
    )
    return serve(settings, say)


def _simulate(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.simulate import simulate

    return simulate(arguments)


def _simulate_units(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.units import simulate_units

    if not arguments.prepare and arguments.units is None:
        raise UsageError(["--units: name a file of units, or use --prepare"])
    return simulate_units(arguments)


def _record(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.recordings import record

    return record(arguments, say)


def _replay(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.recordings import replay

    return replay(arguments, say)


def _scenario(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.scenario_command import run_scenario_command

    return run_scenario_command(arguments, say)


def _reenact(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.reenact_command import run_reenact_command

    return run_reenact_command(arguments, say)


def _on_folder(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    place = Place(folder=arguments.data, key_file=arguments.key_file)
    given = {key: value for key, value in vars(arguments).items() if key not in ("command", "data", "key_file", "file", "checkpoints")}
    return run_on_folder(place, arguments.command, given, shell_user())


def _log(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.on_folder import Place, follow_log, run_on_folder, shell_user

    place = Place(folder=arguments.data, key_file=arguments.key_file)
    if arguments.follow:
        return follow_log(place, arguments.since, shell_user())
    return run_on_folder(place, "log", {"since": arguments.since}, shell_user())


def _import_cases(arguments: argparse.Namespace) -> int:
    from backend_bridge.adapters.case_files import read_case_file
    from backend_bridge.adapters.json_fields import text_of_file
    from backend_bridge.adapters.refusals import InputRefusedError
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    try:
        read_case_file(arguments.file)
        given = {"text": text_of_file(arguments.file), "file": str(arguments.file)}
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    return run_on_folder(Place(folder=arguments.data, key_file=arguments.key_file), "import-cases", given, shell_user())


def _user(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.user_runner import run_user_command

    return run_user_command(arguments)


def _app(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.app_runner import run_app_command

    return run_app_command(arguments)


def _existing(runner: Runner, status: int = 2) -> Runner:
    """The same command, refused on a folder without a store."""

    def run(arguments: argparse.Namespace) -> int:
        if not (arguments.data / "store.db").is_file():
            raise UsageError([f"{arguments.data}: holds no store; give the data folder of a bridge with --data"], status)
        return runner(arguments)

    return run


def _verify(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.on_folder import Place, shell_user, verify_on_folder

    place = Place(folder=arguments.data, key_file=arguments.key_file)
    return verify_on_folder(place, arguments.checkpoints or arguments.data / "checkpoints", shell_user())


def _verify_report(arguments: argparse.Namespace) -> int:
    from backend_bridge.adapters.report_signatures import ReportRefusedError, ReportUnreadableError, checked_report

    beside = arguments.file.with_name(f"{arguments.file.name}.sig")
    try:
        found = checked_report(arguments.file, arguments.signature or beside, arguments.key)
    except ReportRefusedError as error:
        raise UsageError([str(error)], 1) from None
    except ReportUnreadableError as error:
        raise UsageError([str(error)]) from None
    say(f"{arguments.file.name}: whole, and signed by this bridge at {found.at} for incident {found.incident}")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    place = Place(folder=arguments.data, key_file=arguments.key_file)
    return run_on_folder(place, "backup", {"target": str(arguments.file.resolve())}, shell_user())


def _export_track(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.destruction_runner import run_export_track

    return run_export_track(arguments)


def _open_export(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.destruction_runner import run_open_export

    return run_open_export(arguments, say)


def _end_order(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.destruction_runner import run_end_order

    return run_end_order(arguments)


def _destroy(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.destruction_runner import run_destroy

    return run_destroy(arguments)


def _ledger(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.destruction_runner import run_ledger

    return run_ledger(arguments)


def _restore(arguments: argparse.Namespace) -> int:
    from backend_bridge.adapters.backups import restore
    from backend_bridge.adapters.destroyed_list import destroy_again, destroyed_cases
    from backend_bridge.adapters.keys import store_key
    from backend_bridge.adapters.refusals import FolderRefusedError, InputRefusedError, StoreRefusedError
    from backend_bridge.bootstrap.on_folder import Place, shell_user, verify_on_folder

    if arguments.key_file is None:
        raise UsageError(["--key-file: name the file with the key of the store that the copy was made of"])
    try:
        destroyed = None if arguments.checkpoints is None else destroyed_cases(arguments.checkpoints)
        key = store_key(arguments.data, arguments.key_file).key
        restore(arguments.file, arguments.data)
        if destroyed is not None:
            n = destroy_again(arguments.data, key, destroyed)
            say(f"{n} keys of cases that were destroyed since were destroyed in this copy too")
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    except (FolderRefusedError, StoreRefusedError) as error:
        raise UsageError([str(error)]) from None
    place = Place(folder=arguments.data, key_file=arguments.key_file)
    return verify_on_folder(place, None, shell_user())  # the copy is older than what was signed since


def _export(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.migration import export

    return export(arguments, say)


def _retention(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.destruction_runner import run_retention

    return run_retention(arguments)


def _import(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.migration import import_

    return import_(arguments, say)


def say(text: str) -> None:
    """A line on stdout, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _import_basemap(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.basemap_command import run_import_basemap

    return run_import_basemap(arguments, say)


def _rekey(arguments: argparse.Namespace) -> int:
    from backend_bridge.bootstrap.on_folder import Place
    from backend_bridge.bootstrap.rekey_command import run_rekey

    say(run_rekey(Place(folder=arguments.data, key_file=arguments.key_file), arguments.new_key_file))
    return 0


RUNNERS: Final[dict[str, Runner]] = {
    "serve": _serve,
    "enrol-gateway": _on_folder,
    "revoke-gateway": _existing(_on_folder),
    "enrol-desk": _on_folder,
    "user": _user,
    "app": _app,
    "simulate": _simulate,
    "simulate-units": _simulate_units,
    "record": _record,
    "replay": _replay,
    "scenario": _scenario,
    "reenact": _reenact,
    "keygen": _keygen,
    "import-cases": _import_cases,
    "import-basemap": _import_basemap,
    "end-order": _existing(_end_order),
    "judge": _judge,
    "log": _existing(_log),
    "fixes": _existing(_on_folder),
    "verify-report": _verify_report,
    "verify": _existing(_verify, status=1),
    "backup": _existing(_backup),
    "retention": _existing(_retention),
    "restore": _restore,
    "rekey": _existing(_rekey),
    "export": _existing(_export),
    "export-track": _existing(_export_track),
    "open-export": _open_export,
    "destroy": _existing(_destroy),
    "ledger": _existing(_ledger),
    "import": _import,
}
