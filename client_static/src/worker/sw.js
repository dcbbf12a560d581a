// Keeps the shell of the page on the device, so that a reload without a network still opens. Never touches the API.
// The build writes the names of the files, SHELL_FILES, and of this edition, SHELL, above these lines.

const PAGE = "/";

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

async function fresh(request, key) {
  const cache = await caches.open(SHELL);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(key, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw error;
  }
}

async function kept(request) {
  return (await caches.match(request)) ?? fresh(request, request);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  // Every page of the app is the same document; files under assets carry a hash and never change.
  if (event.request.mode === "navigate") event.respondWith(fresh(event.request, PAGE));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(kept(event.request));
});
