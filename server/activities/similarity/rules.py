"""Who may read, rate, move, vote, reveal, share and withdraw, and when."""

from collections.abc import Iterable

from server.activities.similarity import board, gallery
from server.activities.similarity import messages as m
from server.activities.similarity.pages import compares, offers_page
from server.activities.similarity.state import Similarity
from server.core.activity import Scene
from server.core.lines import written
from server.core.messages import Actor, Command, Context, Event, PersonId, Refused

AT_ANY_TIME = (m.WithdrawBoard, m.WithdrawOffers)


def decide(state: Similarity, command: Command, actor: Actor, scene: Scene, context: Context) -> Iterable[Event]:
    if not scene.is_open and not isinstance(command, AT_ANY_TIME) and not _reads_later(command, scene):
        raise Refused("phase_closed")
    match command:
        case m.AskForVignettes() if actor.is_staff:
            return gallery.served_to_all(state, scene)
        case m.RevealVotes(group=group):
            return board.revealed(state, scene, board.own_four(state, actor, group, scene))
        case m.WithdrawBoard(group=group):
            board.own_four(state, actor, group, scene)
            if group not in state.boards:
                raise Refused("nothing_to_withdraw")
            return [m.BoardWithdrawn(group)]
        case _:
            if actor.person is None:
                raise Refused("people_only", "only a participant reads, sorts and votes")
            return _of_person(state, command, actor, actor.person, scene, context)


def _reads_later(command: Command, scene: Scene) -> bool:
    """Reading is done alone; boards and votes were the table's."""
    return scene.is_open_alone and isinstance(command, m.AskForVignettes | m.RateCloseness)


def _of_person(
    state: Similarity, command: Command, actor: Actor, person: PersonId, scene: Scene, context: Context
) -> Iterable[Event]:
    match command:
        case m.AskForVignettes():
            return gallery.served_to(state, scene, person)
        case m.RateCloseness():
            return gallery.rated(state, command, person, scene)
        case m.PlaceCard(group=group):
            return board.placed(state, command, scene, board.own_four(state, actor, group, scene))
        case m.CastVotes(group=group):
            return board.voted(state, command, person, board.own_four(state, actor, group, scene))
        case m.ShareBoard():
            return board.board_shared(state, command, person, scene, context)
        case m.ShareOffers():
            return [_offered(state, command, person, scene, context)]
        case m.WithdrawOffers():
            if person not in state.offers:
                raise Refused("nothing_to_withdraw")
            return [m.OffersWithdrawn(person)]
        case _:
            raise Refused("unknown_command")


def _offered(
    state: Similarity, command: m.ShareOffers, person: PersonId, scene: Scene, context: Context
) -> m.OffersShared:
    if command.page != offers_page(scene.phase, person) or not compares(state.config, scene):
        raise Refused("not_your_page")
    known = {choice.id for choice in scene.vocabularies.get(state.config.tags, ())}
    gives, wants = (tuple(dict.fromkeys(tags)) for tags in (command.gives, command.wants))
    if not known.issuperset((*gives, *wants)):
        raise Refused("unknown_label")
    if max(len(gives), len(wants)) > state.config.max_offers:
        raise Refused("too_many_labels", f"at most {state.config.max_offers} of each")
    text = context.texts.get(command.page)
    fields = text.fields if text else {}
    offers, needs = (written(fields.get(field, ""), state.config.max_offers) for field in ("offers", "needs"))
    if text is None or not (offers or needs or gives or wants):
        raise Refused("offers_unwritten", "one thing to give or to want is enough")
    return m.OffersShared(person, text.frozen, text.sha256, offers, needs, gives, wants)
