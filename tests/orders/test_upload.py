"""Several customers from a file: checked line by line, ordered once, the failed ones repaired."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from accounts.models import Membership
from common.refusals import Impossible
from orders import sheets
from orders.models import Order, RowState, Upload, UploadRow
from orders.remote import checks
from orders.services import uploads
from tenants.models import Tenant
from tests.orders import wishes
from tests.people import People

Run = Callable[..., int]
UPLOAD = "/orders/upload/"
AGREED = {
    "agreement_first_name": "Claire", "agreement_last_name": "Dubois",
    "agreement_email": "office@contoso-bakery.example", "agreed_date": "2026-01-15",
}  # fmt: skip
LINE = {
    "licence": "Microsoft 365 Business Basic", "term": "P1M", "billing_cycle": "monthly",
    "quantity": "3",
}  # fmt: skip


def line(**cells: str) -> dict[str, str]:
    return {**wishes.CONTACT, **AGREED, **LINE, **cells}


def sheet(*lines: dict[str, str], delimiter: str = ";") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, sheets.COLUMNS, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode("utf-8-sig")


def give(browser: Client, content: bytes) -> Any:
    return browser.post(UPLOAD, {"file": SimpleUploadedFile("customers.csv", content)})


def rows_of(upload: Upload) -> dict[int, UploadRow]:
    return {row.number: row for row in upload.rows.all()}


def test_from_the_template_to_the_orders(
    people: People, sandbox: Any, run_journal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes.fetch_catalogue(people.northwind.account, run_journal)
    monkeypatch.setattr(checks.resolver, "accepts_mail", lambda domain: domain != "nomail.example")
    header = people.manager.get(f"{UPLOAD}template.csv").content.decode("utf-8-sig")
    assert header.strip() == ",".join(f'"{name}"' for name in sheets.COLUMNS)

    standard = "Microsoft 365 Business Standard"
    content = sheet(
        line(company="Contoso Bakery", reference="a", phone="'+33 1 23 45 67 89"),
        line(company="", reference="a", licence=standard, quantity="2") | dict.fromkeys(AGREED, ""),
        line(company="Fourth Coffee", subdomain="contoso", email="office@nomail.example"),
        line(company="=cmd()", licence="Teapots"),
        line(company="Contoso Bakery"),
    )
    answer = give(people.manager, content)
    upload = Upload.objects.get()
    assert answer.headers["Location"] == f"{UPLOAD}{upload.pk}/"
    run_journal()
    rows = rows_of(upload)
    assert {number: row.state for number, row in rows.items()} == {
        2: RowState.GOOD, 4: RowState.BAD, 5: RowState.BAD, 6: RowState.GOOD,
    }  # fmt: skip
    assert {column for column, _text in rows[4].errors} == {"subdomain", "email"}
    assert rows[5].errors == [["licence", "Teapots is not sold."]]
    assert not Order.objects.exists() and not sandbox.table("customers")
    assert b"Bakery" not in _stored()

    address = answer.headers["Location"]
    page = people.manager.get(address).text
    assert "2 to be corrected, 2 can be ordered" in page
    assert f"€{_total(people):.2f}" in page  # of both, before the click
    assert page.index("already taken") < page.index("contosobakery.onmicrosoft.com")
    assert people.stranger.get(address).status_code == 404
    assert people.viewer.get(address).status_code == 403
    failed = people.manager.get(f"{address}failed.csv").content.decode("utf-8-sig")
    again = sheets.read(failed.encode())
    assert [each.lines[0]["company"] for each in again] == ["Fourth Coffee", "=cmd()"]
    assert '"\'=cmd()"' in failed  # no spreadsheet computes it

    for _click in range(2):  # twice is once
        assert people.manager.post(address, {"do": "order"}).status_code == 302
    run_journal(skip_pauses=True)
    assert people.manager.post(address, {"do": "order"}).status_code == 302
    run_journal(skip_pauses=True)
    assert Order.objects.count() == len(sandbox.table("orders")) == 2
    first = Order.objects.get(pk=rows_of(upload)[2].order_id)
    assert sorted(first.lines.values_list("quantity", flat=True)) == [2, 3]
    assert Tenant.objects.filter(company="Contoso Bakery").count() == 2  # two names were found
    assert f"/orders/{first.pk}/" in people.manager.get(address).text

    monkeypatch.setattr(checks.resolver, "accepts_mail", lambda domain: True)
    people.manager.post(address, {"do": "check"})
    run_journal()
    assert [column for column, _text in rows_of(upload)[4].errors] == ["subdomain"]

    people.manager.post(address, {"do": "check"})
    Membership.objects.filter(user=people.user("manager")).update(role="viewer")
    run_journal()
    assert rows_of(upload)[4].errors == [["", "Who uploaded this file may no longer order."]]

    Upload.objects.update(created_at=now() - timedelta(days=31))
    uploads.apply_retention()
    assert not UploadRow.objects.exists()
    assert Order.objects.count() == 2


def _total(people: People) -> Decimal:
    names = ("Microsoft 365 Business Basic", "Microsoft 365 Business Standard")
    of = [wishes.price(wishes.licence(people.northwind.account, name)).amount for name in names]
    return of[0] * (3 + 3) + of[1] * 2


def _stored() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lines, typed, errors FROM orders_uploadrow")
        return b"".join(bytes(cell) for row in cursor.fetchall() for cell in row if cell)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "columns are missing"),
        ("société\né".encode("latin-1"), "UTF-8"),
        (b"company,quantity\nContoso,3", "columns are missing"),
        (sheet(), "no line below"),
        (sheet(*[line()] * 201, delimiter=","), "At most 200"),
    ],
)
def test_a_file_that_is_none_is_told(content: bytes, sentence: str) -> None:
    with pytest.raises(Impossible, match=sentence):
        sheets.read(content)


def test_the_sentence_stands_on_the_page(people: People, sandbox: Any) -> None:
    answer = give(people.manager, b"company\nContoso")
    assert answer.status_code == 422
    assert "These columns are missing" in answer.text
    assert give(people.operator, sheet(line())).status_code == 403
    assert not Upload.objects.exists()
