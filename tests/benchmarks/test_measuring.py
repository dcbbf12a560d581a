"""The benchmarks still run: goals are judged, the document keeps its words, and our own server takes the load."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import benchmarks.__main__
from benchmarks import forming, layers, opening
from benchmarks.document import BEGIN, END, write_document
from benchmarks.plot import line_plot
from benchmarks.room import Room, folded
from benchmarks.systems import LOAD, NODE_SOCKETIO, OURS, Y_WEBSOCKET, running
from benchmarks.table import judged, notes_on, verdicts
from benchmarks.workloads import WORKLOADS, Figures, Goal, Workload, play

SMALL = Workload(
    name="small",
    title="",
    script="growth.mjs",
    arguments=(("people", "5"), ("acts", "10")),
    systems=(OURS,),
    figures=("edit_us",),
    goals=(Goal("last_ms", 2, (NODE_SOCKETIO, Y_WEBSOCKET)), Goal("lost", 0)),
)

SMALL_BOARD = replace(SMALL, script="board.mjs", arguments=(("people", "10"), ("seconds", "1"), ("taps", "20")))


def verdicts_of(ours: Figures, theirs: Figures) -> list[bool]:
    return [one.met for one in judged(SMALL, {OURS.name: [ours], NODE_SOCKETIO.name: [theirs]})]


def test_a_goal_is_a_number_or_a_share_of_the_best_peer_in_the_same_run() -> None:
    assert verdicts_of({"last_ms": 20.0, "lost": 0}, {"last_ms": 10.0}) == [True, True]
    assert verdicts_of({"last_ms": 20.1, "lost": 1}, {"last_ms": 10.0}) == [False, False]


def test_a_goal_without_its_peer_is_not_called_met() -> None:
    found = judged(SMALL, {OURS.name: [{"last_ms": 1.0, "lost": 0}]})
    assert [one.met for one in found] == [False, True]
    assert "not measured" in verdicts(found)


def test_every_goal_names_a_figure_that_its_table_shows() -> None:
    for workload in WORKLOADS:
        assert {goal.figure for goal in workload.goals} <= set(workload.figures), workload.name


def test_the_document_keeps_its_words_and_gets_new_figures_and_plots(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    written = {f"growth{n}": {OURS.name: {"median": {"kb_each": 40.0 + n}}} for n in (10, 100)}
    write_document("| goals |", ["| table |"], written, document)
    text = document.read_text()
    assert text.startswith("Before.")
    assert text.endswith("After.\n")
    assert "| table |" in text
    assert "old" not in text
    assert "140" in (tmp_path / "performance-memory.svg").read_text()
    assert not (tmp_path / "performance-vote.svg").exists()


def test_a_plot_starts_at_zero_so_that_flat_looks_flat() -> None:
    flat = line_plot("cost", "people", [(10, 5.0), (100, 5.0), (1000, 5.0)])
    heights = {place.split(",")[1] for place in flat.split('points="')[1].split('"')[0].split()}
    assert len(heights) == 1


def test_a_log_folds_to_the_state_that_wrote_it() -> None:
    room = Room(people=12)
    room.move()
    again = folded(room.rulebook, room.log)
    assert (again.at, len(again.people), again.phases) == (room.state.at, 12, room.state.phases)


def test_every_rule_has_something_to_say_in_the_room_that_is_put_into_groups() -> None:
    room = forming.crowd(60)
    people = room.state.people.values()
    assert len({person.languages for person in people}) > 3
    assert {person.remote for person in people} == {True, False}
    assert len({person.school for person in people}) < len(room.people)
    assert room.state.keeping.apart
    assert room.state.keeping.together
    assert room.state.at == "first"
    assert set(forming.measure(60)) == {"slowest_ms", "preview_ms", *(f"{form}_ms" for form in forming.FORMS)}


@pytest.mark.skipif(
    not (LOAD / "node_modules").is_dir() or shutil.which("taskset") is None,
    reason="the load generator's packages are not installed",
)
def test_the_load_generator_speaks_the_protocol_of_our_server() -> None:
    with running(OURS) as server:
        figures = play(SMALL, OURS, server)
        board = play(SMALL_BOARD, OURS, server)
    assert figures["people"] == 5
    assert (board["groups"], board["not_shown"]) == (2, 0)
    assert {"kb_each", "vote_us", "edit_us"} <= figures.keys()


def test_documents_are_opened_whole() -> None:
    found = opening.measure(3)
    assert found["unread"] == 0
    assert (found["opened_ms"] or 0) > 0


def test_each_sample_counts_for_the_layer_of_the_function_that_was_running() -> None:
    stacks = [
        "main (server/cli/commands.py:9);run (asyncio/runners.py:118) 30",
        "Outbox.send (server/edge/outbox.py:60);ChannelProtocol.write_frame (server/edge/channel.py:88) 40",
        "run (asyncio/runners.py:118);decide (server/core/workshop/decide.py:130) 20",
        "run (asyncio/runners.py:118);somewhere (else.py:1) 10",
    ]
    found = dict(layers.shares(stacks))
    assert list(found.values()) == [0.4, 0.3, 0.2, 0.1]
    assert found["rules, fold and views"] == 0.2
    assert found[layers.OTHER] == 0.1
    assert next(iter(found)).startswith("writing to sockets")


def test_a_look_at_one_errand_leaves_out_what_the_server_did_for_others() -> None:
    stacks = [
        "run (asyncio/runners.py:118);Door._connect (server/edge/socket.py:9);decide (server/core/late.py:1) 30",
        "run (asyncio/runners.py:118);Door._command (server/edge/socket.py:9);decide (server/core/late.py:1) 20",
        "run (asyncio/runners.py:118) 50",
    ]
    assert layers.shares(stacks, layers.Look("", r"server/edge")) == [("rules, fold and views", 1.0)]
    assert layers.shares(stacks, layers.Look("", r"_connect", r"core/late")) == []


def test_a_round_that_the_host_disturbed_is_played_again_and_the_quietest_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stolen = iter([0.3, 0.0, 0.1, 0.0, 0.0])
    monkeypatch.setattr(benchmarks.__main__, "one_round", lambda *_: {"stolen_share": next(stolen)})
    played = benchmarks.__main__.measure(SMALL, 3, "", everybody=False)
    assert [one["stolen_share"] for one in played[OURS.name]] == [0.0, 0.0, 0.0]


def test_a_host_that_is_never_quiet_does_not_keep_us_measuring_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    stolen = iter([0.3, 0.5, 0.1, 0.2])
    monkeypatch.setattr(benchmarks.__main__, "one_round", lambda *_: {"stolen_share": next(stolen)})
    played = benchmarks.__main__.measure(SMALL, 2, "", everybody=False)
    assert [one["stolen_share"] for one in played[OURS.name]] == [0.1, 0.2]
    assert "the host took" in notes_on(played[OURS.name][0])
