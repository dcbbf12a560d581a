"""Writing a vignette as a plug-in, and what it hands to later phases."""

from msgspec.structs import replace

from server.activities.vignette_writing import messages, pages, rules, views
from server.activities.vignette_writing.config import WritingConfig
from server.activities.vignette_writing.state import Writing, evolve
from server.activities.vignette_writing.wall import rare_schooling
from server.core.activity import Activity, Scene
from server.core.products import Product, Vignette


def products(state: Writing, scene: Scene) -> tuple[Product, ...]:
    """What is shared with anybody, in an order that tells nothing; a nameless one without a rare phase of schooling."""
    found = []
    for author, desk in state.desks.items():
        if desk.shared is None or desk.level == "private":
            continue
        chosen = desk.chosen
        if desk.level == "room_anonymous" and rare_schooling(chosen.schooling, scene):
            chosen = replace(chosen, schooling="")
        found.append(
            Vignette(
                key=desk.key,
                author=author,
                text=desk.shared.copy.text,
                share=desk.level,
                phase=scene.phase,
                language=chosen.language,
                topics=chosen.topics,
                boundary=chosen.boundary,
                schooling=chosen.schooling,
                whose_issue=chosen.whose_issue,
                own_recognise=chosen.own_recognise or 0,
                own_challenge=chosen.own_challenge or 0,
            )
        )
    return tuple(sorted(found, key=lambda one: one.text))


ACTIVITY = Activity(
    name="vignette_writing",
    config=WritingConfig,
    commands=messages.COMMANDS,
    events=messages.EVENTS,
    views=views.VIEWS,
    start=Writing,
    decide=rules.decide,
    evolve=evolve,
    view=views.view,
    documents=pages.documents,
    products=products,
)
