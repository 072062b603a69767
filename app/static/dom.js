// Making and updating DOM nodes. Data only ever becomes text nodes and attributes, never HTML.

/**
 * A new element. Props: `class`, `text`, `on<event>` functions, booleans, `style` (an object of CSS properties),
 * and any attribute. Children: nodes, strings, numbers, lists of them; null, undefined and false are left out.
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name.startsWith("on") && typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [property, v] of Object.entries(value)) css(node, property, v);
    else if (name === "text") node.textContent = value;
    else attr(node, name, value);
  }
  node.append(...flat(children));
  return node;
}

const flat = (children) =>
  children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));

export const byId = (id) => document.getElementById(id);

/** A name, organisation or any text that somebody typed, kept from turning its surroundings around. */
export const bdi = (text) => h("bdi", { dir: "auto" }, text ?? "");

/** Set, change or (null, undefined, false) remove an attribute; touches nothing that is right already. */
export function attr(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else {
    const text = value === true ? "" : String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

/** Set a CSS property from a script, which a strict content security policy allows. */
export function css(node, property, value) {
  const text = String(value);
  if (node.style.getPropertyValue(property) !== text) node.style.setProperty(property, text);
}

/** Set a node's text. Unchanged text is left alone: a live region would be read again. */
export function setText(node, text) {
  const value = text === undefined || text === null ? "" : String(text);
  if (node.textContent !== value) node.textContent = value;
}

/** Set a node's children from strings and nodes, unless they are equal to what is there. */
export function setParts(node, ...children) {
  const fresh = flat(children).map((child) => (child instanceof Node ? child : document.createTextNode(child)));
  const same = fresh.length === node.childNodes.length
    && fresh.every((child, index) => child.isEqualNode(node.childNodes[index]));
  if (!same) node.replaceChildren(...fresh);
}

export function show(node, visible) {
  if (node.hidden === Boolean(visible)) node.hidden = !visible;
}

/**
 * Make the children of `parent` mirror `items`: one node a key, made once by `create(item)`, moved when the order
 * changes and refreshed by `update(node, item, index)`. The focus stays where it was.
 */
export function keyed(parent, items, keyOf, create, update = () => {}) {
  const nodes = (parent.keyedNodes ??= new Map());
  const wanted = new Set(items.map(keyOf));
  for (const [key, node] of nodes) {
    if (wanted.has(key)) continue;
    node.remove();
    nodes.delete(key);
  }
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  let place = parent.firstChild;
  items.forEach((item, index) => {
    const key = keyOf(item);
    if (!nodes.has(key)) nodes.set(key, create(item));
    const node = nodes.get(key);
    if (node !== place && node.contains(document.activeElement)) {
      // Moved itself, it would lose what an input method composes in it: the others make way, and come in their turn.
      for (let next; place !== node; place = next) {
        next = place.nextSibling;
        parent.append(place);
      }
    }
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
    update(node, item, index);
  });
  // A node that is moved loses the focus on the way.
  if (focused && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
}

/** What `keyed` keeps under one key, it keeps under another from now on: the same node, with the focus in it. */
export function rekey(parent, from, to) {
  const nodes = parent.keyedNodes;
  const node = nodes?.get(from);
  if (!node) return;
  nodes.delete(from);
  nodes.set(to, node);
}

const FRAME_MS = 100; // a tenth of a second: no second on the screen looks longer than its neighbour

/**
 * Call `render` ten times a second and as soon as possible after each call of the returned function.
 * One render reads the clock once, so that all that a screen shows belongs to the same instant.
 */
export function renderLoop(render) {
  let asked = false;
  const run = () => {
    asked = false;
    render();
  };
  const refresh = () => {
    if (asked) return;
    asked = true;
    // A hidden page gets no animation frames, but its title and its live regions still want to be right.
    if (document.hidden) setTimeout(run);
    else requestAnimationFrame(run);
  };
  // A frame asked for just before the page was hidden may never come.
  document.addEventListener("visibilitychange", () => {
    asked = false;
    refresh();
  });
  setInterval(refresh, FRAME_MS);
  refresh();
  return refresh;
}
