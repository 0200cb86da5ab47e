"""Errors of remote systems, named for who acts next."""


class RemoteError(Exception):
    """A remote system did not do what we asked.

    `code` is the vendor's own code as text, `request_id` what its support asks for,
    `field` the form field that the message belongs beside, when one is known, `detail` the
    vendor's own words where `message` is ours.
    """

    detail = ""

    def __init__(
        self, message: str = "", *, code: str = "", request_id: str = "", field: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.request_id = request_id
        self.field = field


class Busy(RemoteError):
    """The machine acts: the same request may be sent later."""

    def __init__(
        self,
        message: str = "",
        *,
        retry_after: float | None = None,
        code: str = "",
        request_id: str = "",
    ) -> None:
        super().__init__(message, code=code, request_id=request_id)
        self.retry_after = retry_after
        """Seconds to wait, where the vendor named them."""


class Refused(RemoteError):
    """The reseller's or the customer's data must change."""


class Stale(Refused):
    """It changed since it was read: read it again and build the change anew, once."""


class NotFound(Refused):
    """The thing asked for does not exist there."""


class Misconfigured(RemoteError):
    """The operator must act: credentials, consent, rights."""


class SignInNeeded(Misconfigured):
    """An administrator must sign in at the vendor again; then everything goes on by itself."""


class AlreadyDone(RemoteError):
    """Nobody acts: it exists already; read it back and go on."""


class OutcomeUnknown(RemoteError):
    """The request may or may not have been carried out: repeat it with the same id."""
