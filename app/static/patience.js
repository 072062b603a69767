// How long the page waits for what, before it helps itself.

export const PING_EVERY_MS = 20_000; // home routers forget idle sockets after about 60 s
export const FIRST_PINGS = 5;
export const FIRST_PINGS_APART_MS = 120;
export const PONG_WITHIN_MS = 5_000;
export const WAKING_PONG_WITHIN_MS = 1_500; // somebody just looked at the page: do not let them wait five seconds
export const STUCK_AFTER_MS = 5_000;
export const FIRST_STUCK_AFTER_MS = 3_000; // a network that swallows websockets must not keep a new page waiting
export const CHECK_AT_MOST_EVERY_MS = 300; // focus, visibilitychange and pageshow come as a bunch

const BACKOFF_FIRST_MS = 600;
const BACKOFF_GROWS = 1.5;
const BACKOFF_MOST_MS = 5_000; // a server that is back is noticed soon; 2,000 phones knock 800 times a second at most

/** Never gives up. The spread keeps a room full of phones from knocking in the same instant. */
export function retryDelayMs(attempts) {
  const longest = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * BACKOFF_GROWS ** Math.min(attempts, 10));
  return longest * (0.25 + 0.75 * Math.random());
}
