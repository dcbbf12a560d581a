"""What lies on a device: its browser's own store, read past the page that writes it."""

from typing import NamedTuple, TypedDict

from playwright.async_api import Page

from server.store.document_state import EMPTY, fold, text_fields

KEPT = """async () => {
  const read = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const kept = {};
  const of = (page) => (kept[page] ??= { updates: [], right: '' });
  for (const { name } of await indexedDB.databases()) {
    const database = await read(indexedDB.open(name));
    if (database.objectStoreNames.contains('updates')) {
      const both = database.transaction(['updates', 'pages']);
      const [rows, keys, notes] = await Promise.all([
        read(both.objectStore('updates').getAll()),
        read(both.objectStore('pages').getAllKeys()),
        read(both.objectStore('pages').getAll()),
      ]);
      for (const row of rows) of(row.page).updates.push([...row.u]);
      keys.forEach((key, at) => { of(key).right = notes[at].right ?? ''; });
    }
    database.close();
  }
  return kept;
}"""


class Rows(TypedDict):
    updates: list[list[int]]
    right: str


class KeptPage(NamedTuple):
    right: str
    fields: dict[str, str]


async def kept_pages(page: Page) -> dict[str, KeptPage]:
    """Every page that this browser keeps, by owner and name, as it would be after the tab is gone."""
    found: dict[str, Rows] = await page.evaluate(KEPT)
    return {
        name: KeptPage(rows["right"], text_fields(fold(EMPTY, [bytes(update) for update in rows["updates"]])))
        for name, rows in found.items()
    }


async def everything_kept(page: Page) -> str:
    """All that this browser's databases hold, as text."""
    found: str = await page.evaluate("""async () => {
      const read = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
      let all = '';
      for (const { name } of await indexedDB.databases()) {
        const database = await read(indexedDB.open(name));
        for (const store of database.objectStoreNames)
          for (const row of await read(database.transaction(store).objectStore(store).getAll()))
            all += row?.u ? new TextDecoder('latin1').decode(row.u) : JSON.stringify(row);
        database.close();
      }
      return all;
    }""")
    return found
