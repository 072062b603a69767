// A draft that stands open keeps up with the session. Nothing else here needs a script.

const AFTER_MS = 15_000;

/** Takes the page as it is by now in place of this one, without a jump; does nothing where there is none to be had. */
async function refresh() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("record");
  const shown = document.getElementById("record");
  if (!fresh || fresh.innerHTML === shown.innerHTML) return;
  const isRead = shown.contains(document.activeElement) || !(getSelection()?.isCollapsed ?? true);
  if (!isRead) shown.replaceWith(document.adoptNode(fresh));
}

async function keepUp() {
  if (!document.hidden) await refresh().catch(() => {}); // no network: the next time, perhaps
  if (document.querySelector("#record[data-draft]")) setTimeout(keepUp, AFTER_MS);
}

setTimeout(keepUp, AFTER_MS);
