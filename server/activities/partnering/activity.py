"""The choice of partners as a plug-in, and the partnerships that it hands to later phases."""

from collections.abc import Mapping

from server.activities.partnering import messages, pact, rules, space, views
from server.activities.partnering.company import kept_apart, talking
from server.activities.partnering.state import Pact, Partnering, PartneringConfig, evolve, start
from server.activities.partnering.units import people_of
from server.core.activity import Activity, Grant, Scene
from server.core.messages import Actor, PageId
from server.core.products import Company, Partnership, Product


def products(state: Partnering, scene: Scene) -> tuple[Product, ...]:
    made = tuple(
        Partnership(
            id=pact.group_of(scene.phase, key),
            members=people_of(state, agreed.units),
            units=agreed.units,
            issue=state.pacts.get(key, Pact()).agreed,
            confirmed_ms=agreed.confirmed_at_ms,
        )
        for key, agreed in state.consent.partnerships.items()
        # In the moment in which one of two leaves, the other is no group of its own: their table ends with both at it.
        if len(agreed.units) > 1
    )
    apart, together = kept_apart(state, scene), talking(state)
    return (*made, Company(apart, together)) if apart or together else made


def documents(state: Partnering, actor: Actor, scene: Scene) -> Mapping[PageId, Grant]:
    return {**pact.documents(state, actor, scene), **space.documents(state, actor, scene)}


ACTIVITY = Activity(
    name="partnering",
    config=PartneringConfig,
    commands=messages.COMMANDS,
    events=messages.EVENTS,
    views=views.VIEWS,
    start=start,
    decide=rules.decide,
    evolve=evolve,
    view=views.view,
    documents=documents,
    products=products,
)
