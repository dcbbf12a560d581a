"""The comparison as a plug-in, and what it hands to later phases."""

from server.activities.similarity import messages, pages, rules, views
from server.activities.similarity.board import comparisons
from server.activities.similarity.gallery import closeness
from server.activities.similarity.state import Similarity, SimilarityConfig, evolve
from server.core.activity import Activity, Scene
from server.core.products import Offers, Product


def products(state: Similarity, scene: Scene) -> tuple[Product, ...]:
    """Closeness is for rules (groups, matching), never for a screen; the rest its makers have shared."""
    offers = [Offers(person, copy.gives, copy.wants, copy.text) for person, copy in state.offers.items()]
    return (*closeness(state, scene), *offers, *comparisons(state, scene))


ACTIVITY = Activity(
    name="similarity",
    config=SimilarityConfig,
    commands=messages.COMMANDS,
    events=messages.EVENTS,
    views=views.VIEWS,
    start=Similarity,
    decide=rules.decide,
    evolve=evolve,
    view=views.view,
    documents=pages.documents,
    products=products,
)
