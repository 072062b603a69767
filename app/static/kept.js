// What this device keeps between pages. Private windows may forbid storage: then nothing is kept, and nothing breaks.

/** The value kept under `key`; `where`: "local" (until cleared) or "session" (this tab). */
export function kept(key, where = "local") {
  try {
    return JSON.parse(globalThis[`${where}Storage`].getItem(`open-floor-${key}`)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(key, value, where = "local") {
  try {
    globalThis[`${where}Storage`].setItem(`open-floor-${key}`, JSON.stringify(value));
  } catch {
    // see above
  }
}

/** Calls back when another tab of this browser has kept something new under `key`. */
export function whenKeptElsewhere(key, callback) {
  addEventListener("storage", (event) => {
    if (event.key === `open-floor-${key}`) callback();
  });
}
