"""A person who has no mouse."""

from typing import Any

FURTHEST = 200
OWN = "body, input[type=date], input[type=checkbox]"
"""Chromium shows the focus in the parts of a date by itself; a box is ringed by its shadow."""
WHERE = """(own) => {
    const here = document.activeElement, style = getComputedStyle(here);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const before = window.before;
    window.before = here;
    return {
        what: here.outerHTML.slice(0, 120),
        ring,
        seen: ring || style.boxShadow !== 'none' || here.matches(own),
        back: !!before && before.isConnected && here !== document.body
            && !!(here.compareDocumentPosition(before) & Node.DOCUMENT_POSITION_FOLLOWING),
    };
}"""


def reach(page: Any, selector: str) -> None:
    """Tab to it, as far as it takes. Each stop shows that it has the focus; none goes back."""
    page.evaluate("window.before = null")
    for _press in range(FURTHEST):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
        stop = page.evaluate(WHERE, OWN)
        assert stop["seen"], f"the focus is not seen at {stop['what']}"
        assert not stop["back"], f"the order goes back to {stop['what']}"
    raise AssertionError(f"{selector} cannot be reached")


def write(page: Any, selector: str, text: str) -> None:
    """Into a field, instead of what stands there."""
    reach(page, selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def press(page: Any, selector: str, key: str = "Enter") -> None:
    reach(page, selector)
    page.keyboard.press(key)


def send(page: Any, selector: str) -> None:
    """Press what leads to another page, and wait for that."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
