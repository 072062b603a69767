// A draft that stands open keeps up with the session. Nothing else here needs a script.

const AFTER_MS = 15_000;

/** The page as it is by now; undefined where there is none to be had. */
async function now() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => undefined);
  return answer?.ok ? answer.text() : undefined;
}

/** Whoever has marked a text, or stands on a link, is in the middle of something. */
const isInUse = () => document.activeElement !== document.body || !(getSelection()?.isCollapsed ?? true);

let shown;

async function keepUp() {
  if (!document.hidden && !isInUse()) {
    const fresh = await now();
    if (shown !== undefined && fresh !== undefined && fresh !== shown) location.reload(); // a browser keeps the place
    shown ??= fresh;
  }
  setTimeout(keepUp, AFTER_MS);
}

keepUp();
