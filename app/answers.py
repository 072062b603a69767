"""What a command was answered, kept so that the same command sent again is answered the same, and done once."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Accepted:
    """Durable: it survives a power cut. `seq` is the log's newest event once it was done."""

    seq: int


@dataclass(frozen=True, slots=True)
class RefusedFor:
    """Nothing changed. `reason` is the code of an error of `floor/errors.py`, `values` fill its text."""

    reason: str
    values: dict[str, str | int] = field(default_factory=dict)


Answer = Accepted | RefusedFor
