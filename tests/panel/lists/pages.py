"""What a reader sees of a list."""

import re
from html import unescape

from django.test import Client

ROW = re.compile(r'<th scope="row">(.*?)</th>', re.S)


def page_of(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return unescape(answer.content.decode())


def rows_of(page: str) -> list[str]:
    """The names of the rows, in their order."""
    return [re.sub(r"<[^>]+>", "", found).strip() for found in ROW.findall(page)]
