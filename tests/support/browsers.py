"""The Chromium of the system, as the tests and the pictures start it."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
QUIET = ("first-run", "default-browser-check", "sandbox")
OFF = ("gpu", "quic", "background-networking", "component-update", "sync")
ARGS = [*(f"--no-{name}" for name in QUIET), *(f"--disable-{name}" for name in OFF)]
