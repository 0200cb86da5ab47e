"""Resellers, who works there, and their MPN IDs."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import models

from accounts.models import Account, Membership, PartnerId, User
from benchmarks.loader.size import MPN, PASSWORD, Size, ago, name_of

Tables = Iterator[tuple[type[models.Model], Iterator[Any]]]


def tables(size: Size) -> Tables:
    yield Account, _accounts(size)
    yield User, _users(size)
    yield EmailAddress, _addresses(size)
    yield Membership, _memberships(size)
    yield PartnerId, _partner_ids(size)


def email(user: int, account: int, role: str) -> str:
    return f"{role}{account}@reseller.example" if role == "owner" else f"p{user}@reseller.example"


def _accounts(size: Size) -> Iterator[Account]:
    for pk in range(1, size.accounts + 1):
        yield Account(pk=pk, nic_handle=f"ld{pk:05}-ovh", name=f"{name_of(pk)} IT")


def _users(size: Size) -> Iterator[User]:
    password = make_password(PASSWORD)
    for pk, account, role in size.members:
        yield User(pk=pk, email=email(pk, account, role), password=password)
    yield User(
        pk=size.staff,
        email="staff@portal.example",
        password=password,
        is_staff=True,
        is_superuser=True,
    )


def _addresses(size: Size) -> Iterator[EmailAddress]:
    for pk, account, role in size.members:
        address = email(pk, account, role)
        yield EmailAddress(user_id=pk, email=address, verified=True, primary=True)


def _memberships(size: Size) -> Iterator[Membership]:
    for pk, account, role in size.members:
        yield Membership(pk=pk, account_id=account, user_id=pk, role=role)


def _partner_ids(size: Size) -> Iterator[PartnerId]:
    for pk in range(1, size.accounts + 1):
        yield PartnerId(
            pk=pk,
            account_id=pk,
            mpn_id=str(MPN + pk),
            name=f"{name_of(pk)} IT",
            tenant_id=f"aaaaaaaa-0000-4000-8000-{MPN + pk:012}",
            state="refused" if pk % 100 == 7 else "valid",
            code="600064" if pk % 100 == 7 else "",
            checked_at=ago(0.5),
        )
