// What stands on the track: the topics by name, and who had the floor when. Made once.

import { byId, css, h } from "../dom.js";
import { local } from "../i18n.js";
import { nameText } from "../people.js";
import { timeOfDay } from "./time.js";

export function makeMarks(film, seek) {
  const share = (at) => (at - film.begins) / (film.ends - film.begins);
  const place = (node, { at, until }) => {
    css(node, "--from", share(at).toFixed(5));
    css(node, "--share", Math.max(0, share(until) - share(at)).toFixed(5));
    return node;
  };
  const { topics } = film.stateAt(film.ends);
  byId("topics").replaceChildren(...film.topics.filter(({ id }) => topics[id]).map((mark) => {
    const title = local(topics[mark.id].title);
    return place(h("button", { type: "button", class: "topic", title: `${timeOfDay(mark.at)} ${title}`, onclick: () => seek(mark.at) },
      h("span", { dir: "auto" }, title)), mark);
  }));
  byId("spans").replaceChildren(...film.spans.map((mark) =>
    place(h("span", { class: "span", "data-kind": mark.person?.kind }), mark)));
  showHint(film);
}

/** Over the track, the pointer learns when that is, and who had the floor. */
function showHint(film) {
  const [time, hint] = [byId("time"), byId("hint")];
  time.addEventListener("pointermove", ({ clientX }) => {
    const { left, width } = time.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - left) / width));
    const at = film.begins + share * (film.ends - film.begins);
    css(hint, "--from", share.toFixed(5));
    hint.replaceChildren(timeOfDay(at), h("bdi", {}, nameText(film.personAt(at))));
    hint.hidden = false;
  });
  time.addEventListener("pointerleave", () => (hint.hidden = true));
}
