// Modules that most visits never need are loaded when they are: a phone's first load stays small.

const AGAIN_MS = 2_000;

/**
 * A function that gives the module, or undefined until it is there; the first call asks for it. `then` is called once
 * it has come. `load(attempt)` imports it; an attempt that failed must not be remembered under the same address.
 */
export function onDemand(load, then) {
  let module;
  let attempt = 0;
  let asking = false;
  const ask = async () => {
    asking = true;
    try {
      module = await load(attempt === 0 ? "" : `?${attempt}`);
      then();
    } catch {
      attempt += 1;
      setTimeout(() => { asking = false; }, AGAIN_MS);
    }
  };
  const give = () => {
    if (!module && !asking) ask();
    return module;
  };
  give.loaded = () => module;
  return give;
}
