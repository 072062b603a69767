"""How the record is made: of the log alone, without the acts that were taken back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import get_args

from app.floor.erasures import erasures_of
from app.floor.events import Event, SessionEnded, SessionStarted, TopicOpened
from app.floor.fold import replay
from app.floor.people import CHAIRING, Actor, Gender, Participant, Region
from app.floor.plan import Balance, PlannedTopic
from app.floor.record import NotHeard, Person, Record, Share, Spoken, TopicRecord
from app.floor.request import Intervention, Request
from app.floor.standing import standing
from app.floor.state import EMPTY, State, speakers
from app.floor.timeline import Spent, timeline
from app.floor.timers import allotted_ms, spent_ms

AS_IGF: Mapping[str, str] = {"academia": "technical_community"}
"""Academia as part of the technical community, as IGF statistics count it, where the secretariat says so."""


def record_of(
    acts: Iterable[tuple[Actor, tuple[Event, ...]]], now_ms: int, counted_as: Mapping[str, str] | None = None
) -> Record:
    """The record of a log's acts (see `entries.acts`), as of `now_ms` while the session goes on.

    `counted_as`: groups that are counted, and named, as another of the session's (`AS_IGF`).
    """
    acts = tuple(acts)
    events = standing(acts)
    record = _Maker(replay(EMPTY, events), events, now_ms, counted_as or {}).record()
    return replace(record, chairing=tuple(dict.fromkeys(actor for actor, _ in acts if actor.role in CHAIRING)))


class _Maker:
    """What all parts of a record are made of."""

    def __init__(self, state: State, events: tuple[Event, ...], now_ms: int, counted_as: Mapping[str, str]) -> None:
        self._state = state
        groups = state.plan.groups
        self._counted_as = {group: into for group, into in counted_as.items() if {group, into} <= groups.keys()}
        by_time = sorted(events, key=lambda event: event.at_ms)
        self._began_ms = next((event.at_ms for event in by_time if isinstance(event, SessionStarted)), None)
        self._ended_ms = next((event.at_ms for event in by_time if isinstance(event, SessionEnded)), None)
        self._as_of_ms = now_ms if self._ended_ms is None else self._ended_ms
        self._openings = [event for event in by_time if isinstance(event, TopicOpened)]
        self._erasures = tuple(erasures_of(state, events))
        self._timeline = timeline(events, self._as_of_ms)
        finished = (*state.interventions, *self._unfinished())
        in_order = sorted(finished, key=lambda one: (one.began_ms, one.ended_ms))
        self._said = tuple(self._spoken(number, one) for number, one in enumerate(in_order, start=1))

    def record(self) -> Record:
        state = self._state
        return Record(
            plan=state.plan,
            status=state.status,
            published_ms=state.published_ms,
            edition=state.editions if state.published_ms else state.editions + 1,
            as_of_ms=self._as_of_ms,
            began_ms=self._began_ms,
            ended_ms=self._ended_ms,
            topics=tuple(self._topic(planned) for planned in state.plan.topics),
            groups={group: self._stands_for(group) for group in state.plan.groups if group not in self._counted_as},
            shares=self._shares(self._said),
            timeline=self._timeline,
            balance={asked: self._balance(asked) for asked in state.plan.asks_for},
            joined=self._joined(),
            erased=sum(one.erased for one in state.participants.values()),
            erasures=self._erasures,
        )

    def _topic(self, planned: PlannedTopic) -> TopicRecord:
        topic = planned.id
        spent = Counter[Spent]()
        for one in self._timeline:
            if one.topic == topic:
                spent[one.spent] += one.length_ms
        said = [one for one in self._said if one.topic == topic]
        opened = [place for place, event in enumerate(self._openings) if event.topic == topic]
        left_ms = self._left_ms(opened[-1]) if opened else None
        return TopicRecord(
            plan=planned,
            added_ms=self._state.topics[topic].timer.added_ms,
            began_ms=self._openings[opened[0]].at_ms if opened else None,
            ended_ms=left_ms,
            elapsed_ms=spent.total(),
            spoken_ms=spent["spoken"],
            paused_ms=spent["paused"],
            silent_ms=spent["silent"],
            interventions=tuple(one for one in said if one.kind == "intervention"),
            replies=tuple(one for one in said if one.kind == "right_of_reply"),
            points_of_order=tuple(one for one in said if one.kind == "point_of_order"),
            not_heard=tuple(self._not_heard(topic, left_ms)),
            withdrawn=sum(one.topic == topic and one.status == "withdrawn" for one in self._state.requests.values()),
            shares=self._shares(said),
            notes=tuple(note for note in self._state.notes.values() if note.topic == topic),
            tags={
                tag: tuple(one.number for one in said if one.request in requests)
                for tag, requests in self._state.tags.get(topic, {}).items()
            },
        )

    def _left_ms(self, opening: int) -> int | None:
        """When what was opened then was left for another topic, or ended with the session."""
        after = self._openings[opening + 1 :]
        return after[0].at_ms if after else self._ended_ms

    def _unfinished(self) -> Iterator[Intervention]:
        """Who has the floor as the record is drawn up, as if they ended now."""
        for floor in speakers(self._state):
            request = self._state.requests[floor.request]
            yield Intervention(
                request.id,
                request.participant,
                request.topic,
                request.kind,
                allotted_ms(floor.timer),
                spent_ms(floor.timer, self._as_of_ms),
                floor.given_ms,
                self._as_of_ms,
            )

    def _spoken(self, number: int, one: Intervention) -> Spoken:
        tags = self._state.tags.get(one.topic, {})
        return Spoken(
            number,
            one.request,
            one.topic,
            one.kind,
            self._person(one.participant),
            one.began_ms,
            one.ended_ms,
            one.spent_ms,
            one.allotted_ms,
            self._summary(self._state.requests[one.request]),
            tuple(note for note in self._state.notes.values() if note.request == one.request),
            tuple(tag for tag, requests in tags.items() if one.request in requests),
        )

    def _not_heard(self, topic: str, left_ms: int | None) -> Iterator[NotHeard]:
        """Whoever was taken off the list and spoke all the same (they had joined twice) was heard.

        Who was called and not there, and waited again until time was up, had been called.
        """
        heard = {(one.person.id, one.kind) for one in self._said if one.topic == topic}
        for one in self._state.requests.values():
            if one.topic != topic or one.status not in {"waiting", "passed_over", "removed"}:
                continue
            if one.status == "waiting" or (one.participant, one.kind) not in heard:
                until_ms = one.ended_ms or left_ms or self._as_of_ms
                yield NotHeard(
                    one.id,
                    one.kind,
                    self._person(one.participant),
                    "passed_over" if one.status == "waiting" and one.passed_over else one.status,
                    one.at_ms,
                    max(0, until_ms - one.at_ms),
                    self._summary(one),
                )

    def _person(self, participant: str) -> Person:
        known = self._state.participants[participant]
        name, organisation = (known.name, known.organisation) if known.is_named else ("", "")
        return Person(participant, name, organisation, self._group(known), known.where)

    def _summary(self, request: Request) -> str:
        """What they wrote themselves; nothing of somebody whose name is not shown, since it may say who they are."""
        return request.summary if self._state.participants[request.participant].is_named else ""

    def _group(self, known: Participant) -> str:
        return self._counted_as.get(known.group, known.group)

    def _stands_for(self, group: str) -> tuple[str, ...]:
        return (group, *(other for other, into in self._counted_as.items() if into == group))

    def _shares(self, said: Iterable[Spoken]) -> dict[str, Share]:
        counted = [one for one in said if one.kind != "point_of_order"]
        groups = [group for group in self._state.plan.groups if group not in self._counted_as]
        return {group: _share(one for one in counted if one.person.group == group) for group in groups}

    def _balance(self, asked: Balance) -> dict[str, Share]:
        answers = get_args(Gender if asked == "gender" else Region)
        counted = [one for one in self._said if one.kind != "point_of_order"]
        people = self._state.participants
        return {
            answer: _share(one for one in counted if getattr(people[one.person.id], asked) == answer)
            for answer in (*filter(None, answers), "")
        }

    def _joined(self) -> dict[str, int]:
        groups = Counter(self._group(one) for one in self._state.participants.values())
        return {group: groups[group] for group in self._state.plan.groups if group not in self._counted_as}


def _share(said: Iterable[Spoken]) -> Share:
    counted = list(said)
    return Share(len(counted), sum(one.spent_ms for one in counted), len({one.person.id for one in counted}))
