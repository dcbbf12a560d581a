"""Every command with a help worth reading, and errors in one line that say what to do."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path

from server.app.settings import Settings, from_environment
from server.cli import creating, keeping, rehearse, serve
from server.cli.failure import CommandFailed
from server.core.retention import day_ms
from server.paths.loading import check_path, original_of
from server.store.embedded import EmbeddedRedisError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; the exit code is 0 only when it did what it should."""
    options = _parser().parse_args(arguments)
    try:
        sys.exit(options.run(options))
    except (CommandFailed, EmbeddedRedisError, ValueError) as error:
        print(f"boundary-crossing: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="boundary-crossing",
        description="A live workshop server: school leaders find partners, a moderator leads the room.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    _serve(commands)
    _new(commands)
    _check_path(commands)
    _rehearse(commands)
    _backup(commands)
    _restore(commands)
    _erase(commands)
    return parser


def _serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "serve",
        help="start the server",
        description="Start the server. Without REDIS_URL it keeps everything in a private Redis in the data folder.",
        epilog="Settings, from the environment: HOST (127.0.0.1; 0.0.0.0 lets phones in), PORT (8000), DATA (./data), "
        "REDIS_URL, PUBLIC_URL (the address in links and squares), PROXY (the address of a proxy in front, or *), "
        "OPEN_CREATION=1 (everybody may create workshops), NODE (its name in logs), LOG_LEVEL (debug, info, warning). "
        "Stop it with Ctrl-C; nothing is lost.",
    )
    command.set_defaults(run=lambda _: asyncio_run(serve.serve(from_environment())))


def _new(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "new",
        help="create a workshop on the running server and print its links",
        description="Create a workshop on the server that runs on HOST and PORT, and print its links and join code.",
        epilog="Settings, from the environment: HOST (127.0.0.1) and PORT (8000) of the server, and DATA (./data), "
        "where it keeps the key that lets you create workshops.",
    )
    command.add_argument("--title", default="Boundary crossing", help="what the room sees (default: %(default)s)")
    command.add_argument(
        "--schedule", default="half_day", help="half_day, full_day, two_meetings, or one of your own path"
    )
    command.add_argument(
        "--language", default="en", help="en, nl, de, sl, hu, or one of your own path (default: %(default)s)"
    )
    command.add_argument("--date", type=_day, default="", help="the day, as 2027-03-12; empty: none")
    command.add_argument(
        "--retention",
        type=_count(1, most=730),
        default=365,
        metavar="DAYS",
        help="for how many days after it everything is kept, at most 730 (default: %(default)s)",
    )
    command.add_argument("--path", type=Path, help="a path of your own instead of the bundled one")
    _runs(command, creating.new)


def _check_path(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "check-path",
        help="check a path of your own",
        description="Read a path file and name every mistake with its line, its place and what is allowed there.",
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(run=lambda options: _checked(options.file))


KEPT_IN = "Settings, from the environment: REDIS_URL, or else DATA (./data), also while a server is using it."


def _backup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "backup",
        help="write every workshop into one file",
        description="Write every workshop, with its links and codes, into one file, while the server goes on. A copy "
        "of the data folder made while Redis is rewriting its log may be unreadable; this file never is.",
        epilog=KEPT_IN,
    )
    command.add_argument("file", type=Path, metavar="FILE")
    _runs(command, keeping.backup)


def _restore(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "restore",
        help="bring back the workshops of a backup",
        description="Bring back the workshops of a backup that are not there any more, with their links and codes. "
        "A workshop that is there stays as it is.",
        epilog=KEPT_IN,
    )
    command.add_argument("file", type=Path, metavar="FILE")
    _runs(command, keeping.bring_back)


def _erase(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "erase",
        help="erase a workshop for good",
        description="Erase a workshop with everything that belongs to it. Whoever is in it is told so, and its links "
        "say so for a year. Backups are yours to delete.",
        epilog=KEPT_IN,
    )
    command.add_argument("workshop", metavar="WORKSHOP", help="its name, as it stands in its links after /w/")
    command.add_argument("--sure", action="store_true", help="without it you are told what would be erased")
    _runs(command, keeping.erase)


def _rehearse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "rehearse",
        help="let bots play a whole workshop on the running server",
        description="Make a workshop on the server that runs on HOST and PORT, let bots play every phase of it through "
        "the protocol that browsers speak, and erase it again. The bots wait for no clock: a day takes seconds. "
        "Nothing that anybody else does on the server is touched.",
        epilog="Each line tells how many people were in a phase, how many had a place in its groups, and what they "
        "did. The exit code is 0 only if everybody had a place in every phase and, at the end, every screen showed "
        "exactly what a fresh connection of the same seat is shown. Rehearse with the number of people you expect. "
        "Settings, from the environment: HOST, PORT and DATA, as for new.",
    )
    command.add_argument("--people", type=_count(2), default=23, metavar="N", help="participants (default: 23)")
    command.add_argument(
        "--latecomers", type=_count(0), default=2, metavar="N", help="so many of them come in later phases (default: 2)"
    )
    command.add_argument("--leavers", type=_count(0), default=1, metavar="N", help="so many leave early (default: 1)")
    command.add_argument(
        "--polling", type=_count(0), default=1, metavar="N", help="so many have no WebSocket (default: 1)"
    )
    command.add_argument("--schedule", default="half_day", help="half_day, full_day, two_meetings, or one of your path")
    command.add_argument("--seed", type=int, default=1, help="another number, another course of events")
    command.add_argument("--path", type=Path, help="a path of your own instead of the bundled one")
    command.add_argument("--url", default="", help="a server elsewhere, as https://example.org")
    command.add_argument("--key", default="", help="its creation key, when it is not in the data folder")
    command.add_argument("--keep", action="store_true", help="do not erase the workshop at the end")
    _runs(command, rehearse.play)


def _runs(
    command: argparse.ArgumentParser, work: Callable[[Settings, argparse.Namespace], Coroutine[None, None, int]]
) -> None:
    command.set_defaults(run=lambda options: asyncio_run(work(from_environment(), options)))


def _count(least: int, most: int = 100_000) -> Callable[[str], int]:
    def count(text: str) -> int:
        if not text.isdecimal():
            raise argparse.ArgumentTypeError(f"{text} is no whole number")
        number = int(text)
        if number < least:
            raise argparse.ArgumentTypeError(f"{number} is too few; at least {least}")
        if number > most:
            raise argparse.ArgumentTypeError(f"{number} is too many; at most {most}")
        return number

    return count


def _day(text: str) -> str:
    if text and not day_ms(text):
        raise argparse.ArgumentTypeError(f"{text} is no day; write it as 2027-03-12")
    return text


def _checked(file: Path) -> int:
    from server.app.activities import all_activities

    path = original_of(file)
    if path != file:
        print(f"{file.name} translates {path.name}; both are checked together")
    problems = check_path(path, all_activities())
    for problem in problems:
        print(problem)
    many = len(problems)
    print(f"{path}: {many} {'problem' if many == 1 else 'problems'}" if problems else f"{path}: ready to be loaded")
    return 1 if problems else 0


def asyncio_run(work: Coroutine[None, None, int]) -> int:
    """On uvloop where there is one: it halves the cost of a frame."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    return uvloop.run(work)
