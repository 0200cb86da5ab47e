"""Every page without a mouse: each link, button and field is reached, seen, and in order."""

from typing import Any

import pytest

from tests.people import People
from tests.stories.test_look import sign_in
from tests.walk.keys import OWN, WHERE
from tests.walk.looks import windows
from tests.walk.pages import Page, once

pytestmark = [pytest.mark.browser, pytest.mark.full]

MOST = 400
"""So many stops, and the page has no end."""
STOPS = """() => {
    const able = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    const groups = new Set();
    const first = (one) => {  // of radio buttons the keys reach one
        if (one.type !== 'radio') return true;
        const group = one.form?.id + one.name;
        return !groups.has(group) && groups.add(group);
    };
    window.wanted = [...document.querySelectorAll('#main')].flatMap((main) =>
        [...main.querySelectorAll(able)]).filter((one) => one.tabIndex >= 0 && !one.disabled
        && one.checkVisibility({visibilityProperty: true}) && first(one));
    window.calm = new Map(window.wanted.map((one) => [one, getComputedStyle(one).boxShadow]));
    window.before = null;
    document.querySelector('#main').focus();
    return window.wanted.length;
}"""
STOP = f"""(own) => {{
    const where = ({WHERE})(own);
    const here = document.activeElement, box = here.getBoundingClientRect();
    const same = (one) => one === here || (one.type === 'radio' && here.type === 'radio'
        && one.name === here.name && one.form === here.form);
    const left = window.wanted.length;
    window.wanted = window.wanted.filter((one) => !same(one));
    const top = document.querySelector('.topbar')?.getBoundingClientRect().bottom ?? 0;
    return {{
        ...where,
        seen: where.seen && (where.ring || here.matches(own)
            || getComputedStyle(here).boxShadow !== window.calm.get(here)),
        inside: !!here.closest('#main'),
        asked: window.wanted.length < left,
        hidden: box.bottom <= top || box.top >= innerHeight,
    }};
}}"""
MISSED = "() => window.wanted.map((one) => one.outerHTML.slice(0, 120))"


def test_every_page_is_walked_by_the_tab_key(
    browser: Any, people: People, pages: list[Page], live_server: Any
) -> None:
    wrong: list[str] = []
    for window, own in windows(browser, people, once(pages), live_server.url, "fr"):
        for page in own:
            window.page.goto(live_server.url + page.url)
            wrong += [f"{page.who} {page.url} {each}" for each in walk(window.page)]
    assert not wrong, "\n".join(wrong)


def walk(page: Any) -> list[str]:
    """What a person misses who goes through the page with the tab key, from its content on."""
    found = []
    if not page.evaluate(STOPS):
        return []
    for _stop in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP, OWN)
        if not stop["inside"]:
            break
        flaws = {"is not seen to have the focus": not stop["seen"], "goes back": stop["back"],
                 "is behind the edge": stop["hidden"]}  # fmt: skip
        found += [f"{stop['what']} {flaw}" for flaw, there in flaws.items() if there]
    else:
        found.append("has no end")
    return found + [f"{missed} is not reached" for missed in page.evaluate(MISSED)]


PLANT = """() => {
    document.querySelector('#main a').style.outline = 'none';
    const trap = document.querySelector('#main form button');
    trap.addEventListener('keydown', (event) => event.preventDefault());
}"""


def test_planted_flaws_are_found(page: Any, people: People, live_server: Any) -> None:
    sign_in(page, people, live_server.url)
    page.goto(f"{live_server.url}/services/")
    page.evaluate(PLANT)
    told = " ".join(walk(page))
    for flaw in ("is not seen", "has no end", "is not reached"):
        assert flaw in told, told
