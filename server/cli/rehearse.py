"""`boundary-crossing rehearse`: bots play the whole path on the running server, and the verdict is the exit code."""

import argparse

from server.app.activities import all_examples
from server.app.settings import Settings
from server.cli.creating import base_url, pack_text
from server.cli.failure import CommandFailed
from server.rehearsal.play import Failed, PhaseReport, Plan, Verdict, rehearse
from server.rehearsal.web import Declined, Unreachable
from server.store.creation import read_key

SHOWN_DIFFERENCES = 20
HEADING = f"{'phase':22}{'people':>8}{'placed':>8}{'groups':>8}{'acts':>8}{'written':>9}{'ms':>8}"


async def play(settings: Settings, options: argparse.Namespace) -> int:
    """0 only if everybody had a place in every phase and every screen agreed at the end."""
    plan = Plan(
        base=(options.url or base_url(settings)).rstrip("/"),
        key=options.key or read_key(settings.data),
        people=options.people,
        latecomers=options.latecomers,
        leavers=options.leavers,
        polling=options.polling,
        schedule=options.schedule,
        seed=options.seed,
        pack=pack_text(options.path),
    )
    heading = iter((HEADING,))

    def tell(report: PhaseReport) -> None:
        for line in (*heading, _line(report)):
            print(line, flush=True)

    try:
        verdict = await rehearse(plan, all_examples(), keep=options.keep, tell=tell)
    except Declined as declined:
        raise CommandFailed(f"the server refused: {declined}") from declined
    except Unreachable as error:
        raise CommandFailed(f"no server answers at {error}; start it with `make run`, or set HOST and PORT") from error
    except Failed as failed:
        raise CommandFailed(f"the rehearsal broke off: {failed}") from failed
    return _judge(verdict)


def _line(report: PhaseReport) -> str:
    refused = f"  refused: {', '.join(sorted(set(report.refused)))}" if report.refused else ""
    missing = "" if report.fine else f"  NO PLACE FOR {report.people - report.placed}"
    return (
        f"{report.phase:22}{report.people:8}{report.placed:8}{report.groups:8}{report.acts:8}"
        f"{report.written:9}{report.ms:8}{missing}{refused}"
    )


def _judge(verdict: Verdict) -> int:
    for difference in verdict.differences[:SHOWN_DIFFERENCES]:
        print(f"  {difference}")
    homeless = [report.phase for report in verdict.phases if not report.fine]
    if verdict.fine:
        print(
            f"Good: everybody had a place in all {len(verdict.phases)} phases, and all {verdict.screens} screens show "
            f"what a fresh connection is shown. {verdict.seconds:.1f} s."
        )
        return 0
    if homeless:
        print(f"Bad: somebody had no place in {', '.join(homeless)}.")
    if verdict.differences:
        print(f"Bad: {len(verdict.differences)} views differ from those of a fresh connection.")
    return 1
