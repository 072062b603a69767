"""What events do to those who take part: who they are, who is one person, whose name is not shown."""

from dataclasses import replace

from app.floor.people import Participant
from app.floor.state import State


def with_participant(state: State, participant: Participant) -> State:
    return replace(state, participants={**state.participants, participant.id: participant})


def hidden(state: State, participant: str) -> State:
    return with_participant(state, replace(state.participants[participant], hidden=True))


def merged(state: State, participant: str, into: str) -> State:
    """All that one has asked and said is the other's."""
    asked = {id_: own for id_, own in state.asked.items() if id_ != participant}
    theirs = (*state.asked.get(into, ()), *state.asked.get(participant, ()))
    moved = {id_: replace(state.requests[id_], participant=into) for id_ in state.asked.get(participant, ())}
    return replace(
        state,
        participants={id_: one for id_, one in state.participants.items() if id_ != participant},
        asked={**asked, into: tuple(sorted(theirs, key=lambda id_: state.requests[id_].at_ms))},
        requests={**state.requests, **moved},
        interventions=tuple(
            replace(one, participant=into) if one.participant == participant else one for one in state.interventions
        ),
        last=replace(state.last, participant=into)
        if state.last is not None and state.last.participant == participant
        else state.last,
        merged={
            **{id_: into if other == participant else other for id_, other in state.merged.items()},
            participant: into,
        },
        merged_names={**state.merged_names, participant: state.participants[participant].name},
    )
