"""Where Chromium is, and how it starts without asking the internet."""

import shutil

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
