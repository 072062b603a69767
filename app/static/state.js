// The state as the server tells it: JSON Merge Patch (RFC 7396) on plain objects, and reading it. No rules here.

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * The state after `patch`, as a new object; what the patch does not touch is shared with `target`.
 * Never changes `target`: a render that is still at work keeps a whole picture.
 */
export function mergePatch(target, patch) {
  if (!isObject(patch)) return patch;
  const merged = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    // Not `merged[key] = …`: a key named "__proto__" would change the object's nature instead of its content.
    else Object.defineProperty(merged, key, {
      value: mergePatch(Object.hasOwn(merged, key) ? merged[key] : undefined, value),
      enumerable: true, configurable: true, writable: true,
    });
  }
  return merged;
}

/** The open topic with its `id` and, of the `count` questions, its `number` (0: it is the opening or the closing). */
export function openTopic(state) {
  const topic = state.topics?.[state.topic];
  if (!topic) return undefined;
  const questions = Object.entries(state.topics)
    .filter(([, each]) => each.kind === "topic")
    .sort(([, a], [, b]) => a.place - b.place)
    .map(([id]) => id);
  return { ...topic, id: state.topic, number: questions.indexOf(state.topic) + 1, count: questions.length };
}
