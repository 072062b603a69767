"""What events do to the list of speakers of a topic.

While the order is "as requested" the list is kept in speaking order as requests come and go. Under the other rules
it is settled (put in speaking order) whenever somebody leaves it or is placed by hand, so that the places of those
placed by hand are counted in the order that everybody sees.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.floor.events import FloorRequested
from app.floor.request import Request, Status
from app.floor.state import State, arranged, speaking_order


def with_request(state: State, event: FloorRequested) -> State:
    turn = state.turn_count + 1
    request = Request(event.request, event.participant, event.topic, event.kind, event.at_ms, turn, event.summary)
    asked = state.asked.get(event.participant, ())
    return _joined(
        replace(
            state,
            requests={**state.requests, request.id: request},
            asked={**state.asked, request.participant: (*asked, request.id)},
            request_count=state.request_count + 1,
            turn_count=turn,
        ),
        request,
    )


def without_request(state: State, request: str, status: Status, ended_ms: int = 0) -> State:
    """A waiting request that ends, or is given the floor."""
    gone = state.requests[request]
    listed = speaking_order(state, gone.topic)
    left = tuple(other for other in listed if other != request)
    after = replace(gone, status=status, ended_ms=ended_ms)
    return _with_waiting(replace(state, requests={**state.requests, request: after}), gone.topic, left)


def to_the_end(state: State, request: Request) -> State:
    """A request that goes, or comes back, to the end of its list, where no rule of order takes it from."""
    listed = speaking_order(state, request.topic)
    turn = state.turn_count + 1
    back = replace(request, turn=turn, status="waiting", overtaken=0, moved=True)
    left = tuple(other for other in listed if other != request.id)
    return _with_waiting(
        replace(state, requests={**state.requests, request.id: back}, turn_count=turn),
        request.topic,
        (*left, request.id),
    )


def moved(state: State, request: str, before: str | None) -> State:
    """Placed by hand on the list as it now is. A neighbour that has gone meanwhile counts as the end."""
    topic = state.requests[request].topic
    listed = [other for other in speaking_order(state, topic) if other != request]
    place = listed.index(before) if before in listed else len(listed)
    return _placed(state, topic, [*listed[:place], request, *listed[place:]], request)


def stepped_back(state: State, request: str) -> State:
    topic = state.requests[request].topic
    listed = list(speaking_order(state, topic))
    place = listed.index(request)
    listed[place : place + 2] = reversed(listed[place : place + 2])
    return _placed(state, topic, listed, request)


def settled(state: State) -> State:
    """All lists in the speaking order of a rule that has just changed."""
    topics = {topic: replace(stands, waiting=arranged(state, stands.waiting)) for topic, stands in state.topics.items()}
    return replace(state, topics=topics)


def _joined(state: State, request: Request) -> State:
    waiting = state.topics[request.topic].waiting
    place = _place_of_point(state, waiting) if request.is_point_of_order else len(waiting)
    # Not unpacked: a slice that is all of a tuple is that tuple, and in a rush thousands wait.
    return _with_waiting(state, request.topic, waiting[:place] + (request.id,) + waiting[place:])  # noqa: RUF005


def _place_of_point(state: State, waiting: tuple[str, ...]) -> int:
    """In front, behind the points of order before it; what stands before those by hand stays there."""
    requests = [state.requests[request] for request in waiting]
    place = max((place for place, one in enumerate(requests, 1) if one.is_point_of_order and not one.moved), default=0)
    while place < len(requests) and requests[place].is_point_of_order:
        place += 1
    return place


def _placed(state: State, topic: str, listed: Sequence[str], by_hand: str) -> State:
    """The list as somebody's hand left it."""
    requests = {**state.requests, by_hand: replace(state.requests[by_hand], moved=True)}
    return _with_waiting(replace(state, requests=requests), topic, tuple(listed))


def _with_waiting(state: State, topic: str, waiting: tuple[str, ...]) -> State:
    return replace(state, topics={**state.topics, topic: replace(state.topics[topic], waiting=waiting)})
