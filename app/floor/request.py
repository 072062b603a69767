"""One asking for the floor, from its request to its end."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["intervention", "right_of_reply", "point_of_order"]
Status = Literal["waiting", "speaking", "spoken", "passed_over", "withdrawn", "removed"]


@dataclass(frozen=True, slots=True)
class Request:
    """Where somebody's asking stands."""

    id: str
    participant: str
    topic: str
    kind: Kind
    at_ms: int
    """When the floor was asked for (UTC epoch milliseconds)."""
    turn: int
    """Its number in the order of asking; being passed over gives it a new one, behind all others."""
    summary: str = ""
    status: Status = "waiting"
    ended_ms: int = 0
    """When it was spoken, withdrawn, removed or passed over for good (UTC epoch milliseconds); 0 until then."""
    passed_over: int = 0
    """How often the floor was called for it and nobody was there."""
    overtaken: int = 0
    """How often a later request was given the floor before it."""
    moved: bool = False
    """Somebody placed it by hand: no rule of order moves it any more."""

    @property
    def is_point_of_order(self) -> bool:
        return self.kind == "point_of_order"

    @property
    def is_live(self) -> bool:
        """Not ended yet: it waits, or has the floor, or had it before the point of order that has it now."""
        return self.status in {"waiting", "speaking"}


@dataclass(frozen=True, slots=True)
class Intervention:
    """What somebody said, once they have finished: by whom, on what, how long."""

    request: str
    participant: str
    topic: str
    kind: Kind
    allotted_ms: int
    spent_ms: int
    began_ms: int
    ended_ms: int
    """Both UTC epoch milliseconds. Less than their difference is spent where it was interrupted or paused."""

    @property
    def counts(self) -> bool:
        """Whether it is anybody's share of speaking time: a point of order is not."""
        return self.kind != "point_of_order"
