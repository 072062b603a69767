// Where in the replay an address leads: `?at=1696920130000` (epoch milliseconds), `#t=15:42:10` (the time of day where
// the session takes place) or `#t=1630` (seconds since its start). Whoever copies the address sends others there.

import { exactTimeOfDay, instantOf } from "./time.js";

const CALM_MS = 300; // some browsers let an address be changed only so often

/** The instant that the address asks for; undefined if it asks for none that makes sense. */
export function askedInstant({ begins }) {
  const t = new URLSearchParams(location.hash.slice(1)).get("t");
  if (t) return /^\d+(\.\d+)?$/.test(t) ? begins + Number(t) * 1000 : instantOf(t, begins);
  const at = Number(new URLSearchParams(location.search).get("at") ?? undefined);
  return Number.isFinite(at) ? at : undefined;
}

/** Let the address lead here. */
export function lead(at) {
  const address = new URL(location.href);
  address.searchParams.delete("at");
  address.hash = `t=${exactTimeOfDay(at)}`;
  history.replaceState(null, "", address);
}

/** The same, once nothing has moved for a moment. */
export function leadSoon(at) {
  clearTimeout(calm);
  calm = setTimeout(() => lead(at), CALM_MS);
}

let calm;
