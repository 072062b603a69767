// Nobody touches the display for hours: its screen must not go dark.

/** Asks for it now, and again whenever it was lost: a display that was covered for a moment has lost it. */
export function stayAwake() {
  const ask = () => {
    if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {}); // plain http: the computer's settings decide
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
