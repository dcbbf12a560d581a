"""Presence is kept by device, shows the best of them, and depends on no other server's clock."""

from server.core.messages import DeviceId, PersonId
from server.runtime.presence import GONE_AFTER_MS, IDLE_AFTER_S, LATE_BY_MS, QUIET_AFTER_MS, Presence, Sign, State

ANA, BOR = PersonId("ana"), PersonId("bor")
PHONE, LAPTOP = DeviceId("phone"), DeviceId("laptop")


def sign(device: DeviceId, at_ms: int, *, visible: bool = True, idle_s: int = 0, ends: bool = False) -> Sign:
    return Sign(ANA, visible, idle_s, at_ms, device, open=not ends)


def states(presence: Presence) -> dict[PersonId, State]:
    return {person: state for person, state, _ in presence.view().people}


def test_a_phone_in_use_counts_although_a_laptop_lies_closed_beside_it() -> None:
    presence = Presence()
    flips = 0
    for beat in range(12):
        presence.heard(sign(PHONE, beat * 15_000))
        presence.heard(sign(LAPTOP, beat * 15_000 + 7_500, visible=False))
        flips += len(presence.flipped())
        assert states(presence) == {ANA: "here"}
    assert flips == 1


def test_when_the_phone_goes_the_laptop_is_left_and_nobody_is_gone() -> None:
    presence = Presence()
    presence.heard(sign(PHONE, 0))
    presence.heard(sign(LAPTOP, 0, visible=False))
    presence.heard(sign(PHONE, 5_000, ends=True))
    assert states(presence) == {ANA: "away"}
    presence.heard(sign(LAPTOP, GONE_AFTER_MS, visible=False))
    presence.expire(GONE_AFTER_MS + 10_000)
    assert states(presence) == {ANA: "away"}


def test_a_sign_that_was_overtaken_changes_nothing() -> None:
    presence = Presence()
    presence.heard(sign(PHONE, 10_000))
    presence.heard(sign(PHONE, 5_000, visible=False))
    assert states(presence) == {ANA: "here"}


def test_a_server_whose_clock_is_behind_is_heard_all_the_same() -> None:
    presence = Presence()
    presence.heard(sign(PHONE, 600_000, ends=True), 600_000)
    behind_ms = 600_000 - LATE_BY_MS - 1
    presence.heard(sign(PHONE, behind_ms), 601_000)
    assert states(presence) == {ANA: "here"}
    presence.expire(601_000 + GONE_AFTER_MS)
    assert states(presence) == {ANA: "here"}


def test_an_untouched_phone_and_a_dark_one_belong_to_somebody_who_is_in_the_room() -> None:
    presence = Presence()
    presence.heard(sign(PHONE, 0, idle_s=IDLE_AFTER_S))
    presence.heard(Sign(BOR, False, 900, 0, PHONE))
    assert states(presence) == {ANA: "away", BOR: "away"}
    assert presence.present(0) == {ANA, BOR}


def test_who_is_silent_beyond_the_grace_is_gone_and_no_longer_counted() -> None:
    presence = Presence()
    presence.heard(sign(PHONE, 0))
    assert presence.present(GONE_AFTER_MS) == {ANA}
    assert presence.present(2 * GONE_AFTER_MS) == frozenset()
    assert states(presence) == {ANA: "gone"}
    presence.heard(sign(PHONE, 3 * GONE_AFTER_MS))
    assert presence.present(3 * GONE_AFTER_MS) == {ANA}


def test_a_connected_device_that_says_nothing_is_spoken_for_and_grows_idle() -> None:
    presence = Presence()
    presence.heard(sign(PHONE, 0))
    connected = [(ANA, PHONE)]
    assert presence.quiet(QUIET_AFTER_MS, connected) == []
    now_ms = 0
    for _ in range(20):
        now_ms += QUIET_AFTER_MS + 1_000
        for one in presence.quiet(now_ms, connected):
            presence.heard(one)
        presence.expire(now_ms)
    assert states(presence) == {ANA: "away"}
    assert presence.present(now_ms) == {ANA}
    presence.expire(now_ms + GONE_AFTER_MS + 1)
    assert states(presence) == {ANA: "gone"}


def test_only_a_hand_counts_as_a_touch() -> None:
    assert sign(PHONE, 0).touched
    assert not sign(PHONE, 0, visible=False).touched
    assert not sign(PHONE, 0, idle_s=60).touched
    assert not sign(PHONE, 0, ends=True).touched
