"""Talk as a plug-in."""

from server.activities.talk import messages, rules, views
from server.core.activity import Activity, no_products

ACTIVITY = Activity(
    name="talk",
    config=rules.TalkConfig,
    commands=messages.COMMANDS,
    events=messages.EVENTS,
    views=views.VIEWS,
    start=rules.Talk,
    decide=rules.decide,
    evolve=rules.evolve,
    view=views.view,
    documents=rules.documents,
    products=no_products,
)
