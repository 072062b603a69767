// The service worker of the phone page: the network first, always, and what it brought before where there is none.
// Nothing that moves is ever kept: the page itself says that it is not live.

const SHELL = "open-floor-shell";
const PATIENCE_MS = 4_000; // a network that does not answer is none
const PART = /(?:href|src)="(\/(?:static|i18n)\/[^"]+)"/g; // the page names all its parts in its head

self.addEventListener("install", (event) => event.waitUntil(keepShell()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isShell = pathname === "/" || /^\/(static|i18n)\/|^\/manifest/.test(pathname);
  if (request.method === "GET" && origin === location.origin && isShell) event.respondWith(answer(request));
});

async function keepShell() {
  const cache = await caches.open(SHELL);
  const page = await fetch("/");
  if (!page.ok) throw new Error(`${page.status}`);
  const parts = [...(await page.clone().text()).matchAll(PART)].map(([, address]) => address);
  // The page has just loaded them: they come out of the browser's own cache.
  const requests = [...new Set(parts)].map((address) => new Request(address, { cache: "force-cache" }));
  await Promise.all([cache.put("/", page), cache.addAll(requests)]);
  await self.skipWaiting();
}

async function answer(request) {
  const cache = await caches.open(SHELL);
  const isPage = request.mode === "navigate";
  const key = isPage ? "/" : request;
  try {
    // A navigation may not be asked again as it is, only by its address.
    const fresh = await fetch(isPage ? request.url : request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (fresh.ok && !(isPage && new URL(request.url).search)) await cache.put(key, fresh.clone());
    return fresh;
  } catch (error) {
    const before = await cache.match(key, { ignoreVary: true });
    if (before) return before;
    throw error;
  }
}
