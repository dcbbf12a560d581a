// Keeps the shell of the page on the device, so that a reload without a network still opens. Never touches the API.
// The build writes the names of the files, SHELL_FILES, and of this edition, SHELL, above these lines.

const PAGE = "/";
const PATIENCE_MS = 3_000;

async function keepAll() {
  const cache = await caches.open(SHELL);
  const held = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await cache.addAll([PAGE, ...SHELL_FILES.filter((name) => !held.has(name))]);
}

// Files of an earlier edition stay until its last page is closed: a page that is open may still ask for them.
async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith("bc-shell-") && name !== SHELL);
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));

// A proxy whose servers are down answers 503, and a bad network swallows the question: then the kept page is the better
// answer, and the room is reached from it as soon as it can be.
async function page(request) {
  const cache = await caches.open(SHELL);
  const asked = fetched(request, cache, PAGE);
  const late = new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const answer = await Promise.race([asked, late]).catch(() => null);
  if (answer?.ok) return answer;
  // Whoever has no kept page waits for whatever comes; otherwise nobody listens to its failing any more.
  asked.catch(() => undefined);
  return (await cache.match(PAGE)) ?? asked;
}

async function file(request) {
  return (await caches.match(request)) ?? fetched(request, await caches.open(SHELL), request);
}

async function fetched(request, cache, key) {
  const response = await fetch(request);
  if (response.ok) await cache.put(key, response.clone());
  return response;
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  // Every page of the app is the same document; files under assets carry a hash and never change.
  if (event.request.mode === "navigate") event.respondWith(page(event.request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(file(event.request));
});
