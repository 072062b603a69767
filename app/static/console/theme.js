// Dark or light: as the system says, until the chair turns it; then as the chair said, kept on this laptop.

import { keep, kept } from "../kept.js";

const root = document.documentElement;

export function restoreTheme() {
  const theme = kept("theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
}

export function turnTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  keep("theme", root.dataset.theme);
}
