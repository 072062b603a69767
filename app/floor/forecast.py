"""What the list still needs, at the present speaking time. The screens set it against what is left, on their clock."""

from app.floor.state import State


def needed_ms(state: State) -> int:
    """What all who wait for the open topic need; the running intervention apart."""
    waiting = 0 if state.current_topic is None else len(state.current_topic.waiting)
    return waiting * state.speaking_time_ms
