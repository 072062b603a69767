"""What a client meets.

ClientError
├── Refused         the server said no; nothing changed
├── NotAdmitted     the server will not have us: wrong key, wrong Origin, not an Open Floor
├── Unreachable     no connection for as long as the client's patience
└── SessionChanged  the server now runs another session; what was unanswered is dropped

`TimeoutError` is the caller's own limit running out.
"""


class ClientError(Exception):
    """Whatever this package raises of its own."""


class Refused(ClientError):  # noqa: N818 - the field's word for it; it is an answer, not a fault
    """The server said no and nothing changed: `reason` is a code of the protocol, `message` a sentence."""

    def __init__(self, reason: str, message: str = "", field: str | None = None) -> None:
        super().__init__(reason, message, field)
        self.reason = reason
        self.message = message
        self.field = field
        """Joining only: which field was wrong."""

    def __str__(self) -> str:
        return f"{self.reason}: {self.message}"


class NotAdmitted(ClientError):  # noqa: N818
    """The server will not have us, and asking again will not help."""


class Unreachable(ClientError):  # noqa: N818
    """No connection could be had for as long as was patiently tried."""


class SessionChanged(ClientError):  # noqa: N818
    """The server runs another session now: a command meant for the old one is dropped, not repeated."""
