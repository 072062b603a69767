// The page's shell stays on this phone, so that it opens without a network and says so. Browsers allow that on https
// only; everything else works without it.

let asked = false;

/** Only for those who have joined: who looks in pays nothing for it. Called again, it does nothing. */
export function installShell() {
  if (asked || !("serviceWorker" in navigator)) return;
  asked = true;
  navigator.serviceWorker.register("/sw.js").catch(() => {}); // private windows may forbid it
}
