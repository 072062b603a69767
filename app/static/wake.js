// When a page may have been away: phones put pages to sleep and kill their sockets without a word.

const ASLEEP_MS = 60_000; // hidden for longer than this: what is shown is not to be trusted
const LATE_MS = 5_000; // a second that took this long was a sleep

/**
 * Call `check({doubtful})` whenever the connection is worth a look; `doubtful`: what is shown may be long past.
 * The events come in bunches: it is for `check` to bear that.
 */
export function watchForWaking(clock, check) {
  let hiddenSince = Infinity;
  let lastTick = clock.local();
  addEventListener("pageshow", (event) => check({ doubtful: event.persisted }));
  addEventListener("online", () => check({ doubtful: true }));
  addEventListener("offline", () => check({ doubtful: false }));
  addEventListener("focus", () => check({ doubtful: false }));
  // Before a sleep, not only after it: the first frame on waking must not pass for the present.
  document.addEventListener("freeze", () => check({ doubtful: true }));
  document.addEventListener("resume", () => check({ doubtful: true }));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenSince = clock.local();
    else check({ doubtful: clock.local() - hiddenSince > ASLEEP_MS });
  });
  setInterval(() => {
    const now = clock.local();
    const late = now - lastTick > LATE_MS;
    lastTick = now;
    const jumped = clock.jumped();
    // A hidden page's timers are slowed down to one a minute: that alone is no sleep.
    if (jumped || (late && !document.hidden)) check({ doubtful: true });
  }, 1_000);
}
