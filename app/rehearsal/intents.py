"""What a simulated attendee means to do on a topic, drawn once from the seed. How it then goes is not up to them."""

import random
from dataclasses import dataclass

from app.rehearsal.cast import Person
from app.rehearsal.lines import lines_for

WOULD_SPEAK = 22
"""About so many ask for the floor on a topic, however large the crowd: rather more than there is time for."""
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody means to do while a topic is open; seconds count from when its list opened."""

    asks_s: float = NEVER
    summary: str = ""
    says_what_about_later: bool = False
    steps_back_s: float = NEVER
    withdraws_s: float = NEVER
    point_of_order_s: float = NEVER
    replies_s: float = NEVER
    speaks_share: float = 1.0
    """Of the speaking time; far above 1 is somebody whom the chair must stop."""
    misses_calls: int = 0
    """How many times they are not there when given the floor."""


def intent(person: Person, topic: str, *, question: int, topic_s: float, crowd: int, seed: int) -> Intent:
    """The same every time for the same arguments: what happens around people does not change what they are like."""
    chance = random.Random(f"intent {seed} {person.number} {topic}")  # noqa: S311 - it must repeat
    some_time_s = chance.uniform(0.1, 0.9) * topic_s
    point_of_order_s = some_time_s if chance.random() < 0.35 / crowd else NEVER
    replies_s = some_time_s if chance.random() < 0.5 / crowd else NEVER
    if chance.random() >= min(0.6, WOULD_SPEAK / crowd):
        return Intent(point_of_order_s=point_of_order_s, replies_s=replies_s)
    asks_s = chance.uniform(1, 8) if chance.random() < 0.35 else chance.triangular(10, topic_s * 0.8, topic_s * 0.2)
    share = chance.choices(
        [chance.uniform(0.4, 0.85), chance.uniform(0.85, 1.0), chance.uniform(1.02, 1.25), 10.0], [30, 45, 20, 5]
    )
    return Intent(
        asks_s=asks_s,
        summary=chance.choice(lines_for(question)) if chance.random() < 0.7 else "",
        says_what_about_later=chance.random() < 0.5,
        steps_back_s=asks_s + chance.uniform(30, 240) if chance.random() < 0.08 else NEVER,
        withdraws_s=asks_s + chance.uniform(60, 400) if chance.random() < 0.1 else NEVER,
        point_of_order_s=point_of_order_s,
        replies_s=replies_s,
        speaks_share=share[0],
        misses_calls=chance.choices([0, 1, 2], [90, 6, 4])[0],
    )
