"""Where Chromium is, and how it starts without asking the internet."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium, headless."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: `apt-get install chromium`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=ARGUMENTS,
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """A new window; whatever the console says there must be nothing wrong."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 1000})
    window = context.new_page()
    window.set_default_timeout(60_000)
    wrong: list[str] = []
    window.on("pageerror", lambda error: wrong.append(str(error)))
    window.on(
        "console",
        lambda said: (
            wrong.append(said.text)
            if said.type == "error" and "status of 422" not in said.text
            else None
        ),
    )
    try:
        yield window
    finally:
        window.screenshot(path=str(tmp_path / "last.png"), full_page=True)
        (tmp_path / "last.html").write_text(window.content())
        context.close()
    assert not wrong, wrong
