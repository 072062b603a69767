// What the phone does besides showing: ring and vibrate when I am next, keep its screen on while I wait, and carry the
// place on the app's icon. The first two only after they were offered here and accepted. Loaded when somebody waits.

import { byId, show } from "../dom.js";
import { keep, kept } from "../kept.js";

const VIBRATION_MS = [250, 120, 250];
const NOTES_HZ = [660, 880]; // two soft tones, the second higher: come, not alarm
const NOTE_S = 0.22;
const LOUDNESS = 0.25;

const switches = {
  ring: { node: byId("alert-ring"), offered: "vibrate" in navigator || "AudioContext" in globalThis },
  screen: { node: byId("alert-screen"), offered: "wakeLock" in navigator },
};
const seen = new Map(); // request id -> how many were before it the last time
let sound; // the AudioContext; a browser lets one begin only at a touch
let lock;
let asking = false;
let badge;

for (const [name, { node, offered }] of Object.entries(switches)) {
  node.checked = offered && kept(`alert-${name}`, "session") === true;
  show(node.closest("label"), offered);
  node.addEventListener("change", () => {
    keep(`alert-${name}`, node.checked, "session");
    if (name === "ring" && node.checked) ring(); // so that one knows what it will be like
  });
}
// Accepted on this page before it was loaded again: a browser wants one touch before it makes a sound.
addEventListener("pointerdown", () => isOn("ring") && ready(), { once: true });

const isOn = (name) => switches[name].offered && switches[name].node.checked;

export function renderAlerts({ mine }) {
  const waits = mine.waiting.length > 0;
  show(byId("alerts"), waits && (switches.ring.offered || switches.screen.offered));
  if (isOn("ring") && isCalledNow(mine)) ring();
  remember(mine);
  keepScreenOn(isOn("screen") && (waits || mine.speaking !== undefined) && !document.hidden);
  carry(mine.speaking ? 1 : waits ? mine.waiting[0].before + 1 : 0);
}

/** Whether somebody who was waiting has just become the next one, or has just been given the floor. */
function isCalledNow({ waiting, speaking }) {
  const becameNext = waiting.some(({ id, before }) => before === 0 && seen.get(id) > 0);
  return becameNext || seen.has(speaking?.id);
}

function remember({ waiting }) {
  seen.clear();
  for (const { id, before } of waiting) seen.set(id, before);
}

function ring() {
  navigator.vibrate?.(VIBRATION_MS);
  ready();
  if (!sound) return;
  NOTES_HZ.forEach((hertz, index) => {
    const begins = sound.currentTime + index * NOTE_S;
    const note = new OscillatorNode(sound, { frequency: hertz });
    const volume = new GainNode(sound, { gain: 0 });
    volume.gain.setTargetAtTime(LOUDNESS, begins, 0.01);
    volume.gain.setTargetAtTime(0, begins + NOTE_S / 2, 0.06);
    note.connect(volume).connect(sound.destination);
    note.start(begins);
    note.stop(begins + 2 * NOTE_S);
  });
}

function ready() {
  if (!("AudioContext" in globalThis)) return;
  sound ??= new AudioContext();
  sound.resume().catch(() => {});
}

/** A lock is lost whenever the page is hidden: asked for again at each render while it is wanted. */
async function keepScreenOn(wanted) {
  if (!wanted) {
    lock?.release();
    lock = undefined;
    return;
  }
  if (asking || (lock && !lock.released)) return;
  asking = true;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    lock = undefined; // the battery is low
  } finally {
    asking = false;
  }
}

/** On the icon of the installed app: the place; 0 takes it away. */
function carry(place) {
  if (place === badge) return;
  badge = place;
  const done = place > 0 ? navigator.setAppBadge?.(place) : navigator.clearAppBadge?.();
  done?.catch(() => {});
}
