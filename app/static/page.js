// What the server wrote into the page: the session's fixed facts. Everything that moves comes by the socket.

export const page = JSON.parse(document.getElementById("page").textContent);

/** The address to join, as people type it: the scheme and a bare slash would only make it longer. */
export const shortAddress = (page.address ?? "").replace(/^https?:\/\//, "").replace(/\/$/, "");
