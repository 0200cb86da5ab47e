"""The factors' secrets anew, under the first of FIELD_ENCRYPTION_KEYS."""

from allauth.mfa.models import Authenticator

from common.fields import rotated

SECRETS = ("secret", "seed")


def rotate_factors() -> int:
    """How many secrets were encrypted anew; one that somebody changed meanwhile is left alone."""
    done = 0
    for row in Authenticator.objects.iterator():
        data = dict(row.data)
        for name in SECRETS:
            if name in data:
                data[name] = rotated(data[name].encode()).decode()
        if data != row.data:
            same = Authenticator.objects.filter(pk=row.pk, data=row.data)
            done += same.update(data=data)
    return done
