"""Arrival as a plug-in."""

from server.activities.arrival import messages, rules, views
from server.core.activity import Activity

ACTIVITY = Activity(
    name="arrival",
    config=rules.ArrivalConfig,
    commands=messages.COMMANDS,
    events=messages.EVENTS,
    views=views.VIEWS,
    start=rules.Arrival,
    decide=rules.decide,
    evolve=rules.evolve,
    view=views.view,
    documents=rules.documents,
    products=rules.products,
)
