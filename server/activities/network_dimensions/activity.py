"""The dimensions as a plug-in, and what they hand to later phases."""

from server.activities.network_dimensions import messages, pages, rules, views
from server.activities.network_dimensions.state import Dimensions, DimensionsConfig, evolve
from server.core.activity import Activity, Scene
from server.core.products import LearningProfile, Product


def products(state: Dimensions, scene: Scene) -> tuple[Product, ...]:
    """Joint positions as far as they go; the page with rules and reasons only once all partners have confirmed it."""
    made = []
    for group in scene.groups.get(state.config.partners, ()):
        agreed = rules.settled(state, group, scene)
        joint = dict(state.common(group.id).joint)
        if agreed is not None or joint:
            made.append(LearningProfile(group.id, joint, agreed.text if agreed else None))
    return tuple(made)


ACTIVITY = Activity(
    name="network_dimensions",
    config=DimensionsConfig,
    commands=messages.COMMANDS,
    events=messages.EVENTS,
    views=views.VIEWS,
    start=Dimensions,
    decide=rules.decide,
    evolve=evolve,
    view=views.view,
    documents=pages.documents,
    products=products,
)
