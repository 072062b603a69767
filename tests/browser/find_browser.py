"""Which browser the browser tests drive: a Chrome or Chromium that is there; with `--install`, else one brought in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""The shell without windows first: a page in it takes a third of the work."""
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ASK = "Browser tests need Chromium or Chrome: install one, or name it in the environment variable CHROMIUM."


def find() -> str | None:
    """The path of a browser: of $CHROMIUM, else of one that is installed, else of Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    for name in NAMES:
        if found := shutil.which(name):
            return found
    if MAC.exists():
        return str(MAC)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Debian's own as root, else Playwright's; both may fail, and then say why."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)  # noqa: S607
        for package in (*NAMES[:2], "fonts-noto-core", "fonts-noto-cjk"):
            if package != NAMES[1] or find() is None:
                subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False)  # noqa: S607
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    if find() is None and "--install" in sys.argv[1:]:
        install()
    found = find()
    if found is None:
        sys.exit(ASK)
    sys.stdout.write(f"Browser tests drive {found}\n")


if __name__ == "__main__":
    main()
