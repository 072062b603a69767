// What a note is about, and what it is called.

/** What a note is about, as a key: an intervention, or what was said from the chair on a topic. */
export const placeOf = ({ request, topic }) => (request ? `request ${request}` : `topic ${topic}`);

/** An id of the page's own making. `crypto.randomUUID` is missing on plain http. */
export const newNote = () =>
  `n-${Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
