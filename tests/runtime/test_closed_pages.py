"""A page that the last one leaves with a long log is folded, so that whoever opens it next reads one state."""

from server.activities.vignette_writing.pages import vignette_page
from server.core.messages import PageId
from server.rehearsal.device import Device
from server.runtime.writing import COMPACT_CLOSED
from server.store.connection import Address, Connection
from server.store.document_state import text_fields
from server.store.documents import Documents
from tests.support.eventually import eventually
from tests.support.node import running_node
from tests.support.redis_server import own_redis
from tests.support.workshop import OpenWorkshop
from tests.support.writers import writing_phase


async def test_a_long_log_is_folded_when_the_last_writer_has_left() -> None:
    with own_redis() as redis:
        async with running_node(redis.url) as node, await OpenWorkshop.on(node.url, "half_day") as workshop:
            phase = await writing_phase(await workshop.staff())
            author, token = await workshop.join("Ana")
            page = PageId(vignette_page(phase, author))
            async with Connection(Address.parse(redis.url)) as connection:
                documents = Documents(connection)
                async with Device(node.url, token) as device:
                    await device.ready()
                    await device.open(page)
                    for number in range(COMPACT_CLOSED + 10):
                        await device.write(page, "situation", "w " * (number + 1))
                    open_still = await documents.open(workshop.id, page)
                    assert open_still.unfolded > COMPACT_CLOSED
                folded = await eventually(lambda: _folded(documents, workshop, page))
                assert text_fields(folded) == text_fields(open_still.state)


async def _folded(documents: Documents, workshop: OpenWorkshop, page: PageId) -> bytes:
    opened = await documents.open(workshop.id, page)
    assert opened.unfolded == 0
    return opened.state
