"""The interview as a plug-in, and what it hands to later phases."""

from server.activities.interview import messages, pages, rules, views
from server.activities.interview.state import Interview, InterviewConfig, evolve
from server.core.activity import Activity, Scene
from server.core.excerpt import excerpt
from server.core.products import Conditions, Product, Strengths


def products(state: Interview, _scene: Scene) -> tuple[Product, ...]:
    """Strengths are for the person's own later choices; conditions only where they were let go to the room."""
    strengths = [
        Strengths(person, excerpt(card.frozen, "strengths"), tuple(line.label for line in card.strengths))
        for person, card in state.cards.items()
    ]
    conditions = [
        Conditions(person, excerpt(card.frozen, "conditions"), tuple(line.label for line in card.conditions))
        for person, card in state.cards.items()
        if card.conditions_to == "room" and card.conditions
    ]
    return (*strengths, *conditions)


ACTIVITY = Activity(
    name="interview",
    config=InterviewConfig,
    commands=messages.COMMANDS,
    events=messages.EVENTS,
    views=views.VIEWS,
    start=Interview,
    decide=rules.decide,
    evolve=evolve,
    view=views.view,
    documents=pages.documents,
    products=products,
)
