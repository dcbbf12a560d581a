"""Eleven people from eight schools: one veto, one late, one who says not yet, one gone; all end in a partnership."""

from server.core.consent import (
    AdmitUnit,
    Consent,
    ConsentCommand,
    MarkUnit,
    OpenRound,
    PartnershipId,
    ProposeThird,
    SayNotYet,
    SayYes,
    start,
)
from server.core.consent_rules import Barred, decide, folded
from server.core.matching import Partnership, best_place, match
from server.core.messages import Actor, Context, PersonId, SchoolId
from server.core.wishes import MatchInput, MatchUnit, Relation, UnitId, Wish

MODERATOR = Actor("moderator", "m")
NAMES = tuple(UnitId(f"u{n:02}") for n in range(11))
LATE, GONE, RELUCTANT = NAMES[10], NAMES[4], NAMES[0]
BARRED: Barred = frozenset({(NAMES[1], NAMES[2])})
LEVELS: tuple[Wish, ...] = (1, 2, 3)


def unit(n: int) -> MatchUnit:
    wants = {other: LEVELS[(n * 3 + place * 5) % 3] for place, other in enumerate(NAMES) if place != n}
    vetoed = frozenset({NAMES[2]}) if n == 1 else frozenset[UnitId]()
    return MatchUnit(id=NAMES[n], school=SchoolId(f"s{n % 8}"), wants=wants, not_with=vetoed)


def said(state: Consent, actor: Actor, command: ConsentCommand) -> Consent:
    return folded(state, decide(state, command, actor, Context(0, seed=0), BARRED))


def all_say_yes(state: Consent) -> Consent:
    for key, proposal in tuple(state.proposals.items()):
        for name in proposal.units:
            state = said(state, Actor("person", f"{name}p"), SayYes(key))
    return state


def test_a_day_with_everything_that_happens_ends_with_everybody_present_in_a_partnership() -> None:
    units = tuple(unit(n) for n in range(11))
    everybody = MatchInput(units=units, seed=7)
    early = MatchInput(units=units[:10], seed=7)
    state = start({name: (PersonId(f"{name}p"),) for name in NAMES[:10]})
    state = said(state, MODERATOR, OpenRound(tuple(pair.units for pair in match(early).partnerships)))
    refused = next(iter(state.proposals_of(RELUCTANT)))
    state = said(state, Actor("person", f"{RELUCTANT}p"), SayNotYet(refused))
    state = all_say_yes(state)
    state = said(state, MODERATOR, AdmitUnit(LATE, (PersonId(f"{LATE}p"),)))
    state = said(state, MODERATOR, MarkUnit(GONE, "left"))
    again = MatchInput(
        units=tuple(one for one in units if one.id in state.free()),
        seed=8,
        relations=tuple(Relation(pair, "conflict") for pair in sorted(state.tried)),
    )
    state = all_say_yes(said(state, MODERATOR, OpenRound(tuple(pair.units for pair in match(again).partnerships))))
    while state.free():
        newcomer = state.free()[0]
        standing = [(key, agreed.units) for key, agreed in state.partnerships.items()]
        place = best_place(everybody, newcomer, pairs=[pair for _, pair in standing])
        assert isinstance(place, Partnership)
        joins: PartnershipId = next(key for key, pair in standing if {*pair, newcomer} == set(place.units))
        state = all_say_yes(said(state, MODERATOR, ProposeThird(joins, newcomer)))
    placed = sorted(name for agreed in state.partnerships.values() for name in agreed.units)
    assert placed == sorted(set(NAMES) - {GONE})
    assert not any({NAMES[1], NAMES[2]} <= set(agreed.units) for agreed in state.partnerships.values())
