// Dark or light: as the system says, until the chair turns it; then as the chair said, kept on this laptop.

const KEY = "open-floor-theme";
const root = document.documentElement;

export function restoreTheme() {
  const kept = read();
  if (kept) root.dataset.theme = kept;
}

export function turnTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem(KEY, root.dataset.theme);
  } catch {
    // A browser that keeps nothing: it holds until the page is loaded again.
  }
}

function read() {
  try {
    return ["dark", "light"].find((theme) => theme === localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
}
