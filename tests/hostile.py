"""What somebody sends who wants to break things: frames for a socket, and what each of them may lead to."""

import json
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from websockets.frames import Opcode

from app.wire import COMMANDS
from tests.raw_socket import fragments, frame

OWN_ACTS = ("request_floor", "take_out_data")
"""What somebody who has joined may do: of them, only what is malformed is hostile."""
ASKING = ("ping", "resync")
"""What anybody may send, and is answered. Hypothesis reads the words of our own sources, and tries them."""
DEEP = 1_500


@dataclass(frozen=True, slots=True)
class Sent:
    """`answers`: how many messages come of it. `closes`: the code with which it closes the socket, if it does."""

    content: bytes
    answers: int = 0
    closes: int | None = None

    def __repr__(self) -> str:
        shown = self.content if len(self.content) <= 200 else self.content[:200] + b"..."
        return f"Sent({shown!r}, {len(self.content)} bytes, {self.answers}, {self.closes})"


def text(content: str) -> Sent:
    return Sent(frame(content.encode("utf-8", "surrogatepass")), answers=1)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["", "r1", "r2", "r99", "p1", "vision", "\u202e", "\u0000", "'; DROP TABLE event; --", "{name}", "%s"]
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "request",
        "after",
        "topic",
        "kind",
        "summary",
        "name",
        "text",
        "participant",
        "into",
        "by_ms",
        "parts",
        "act",
        "__class__",
    ]
)
IDS = st.sampled_from(["ana-asks", "bo-asks", "chair-1", "x", "x" * 64]) | st.text("!~", min_size=1, max_size=3)
"""The ids of others' commands among them; few in all, so that what is kept of them stays little."""
NAMES = st.sampled_from(sorted(COMMANDS.keys() - set(OWN_ACTS)))
"""Of commands that change nothing without being somebody who they are not."""

commands = st.builds(
    lambda id_, do, fields: json.dumps({"type": "command", "id": id_, "do": do, "with": fields}),
    IDS,
    NAMES | st.text(max_size=70).filter(lambda do: do not in OWN_ACTS),
    st.dictionaries(FIELDS, VALUES, max_size=3),
)
WELL_FORMED: list[tuple[str, dict[str, Any]]] = [
    *((do, {"request": request}) for do in ("withdraw", "step_back", "conclude") for request in ("r1", "r2", "r99")),
    *(("describe_request", {"request": request, "summary": "Not mine"}) for request in ("r1", "r2")),
    *((do, {}) for do in ("start_session", "pause_session", "end_session", "close_list", "undo", "redo")),
    *((do, {"request": "r1"}) for do in ("end_intervention", "pass_over", "remove_request")),
    ("give_floor", {"request": "r2", "after": "r1"}),
    ("move_request", {"request": "r2", "before": "r1"}),
    ("open_topic", {"topic": "cooperation"}),
    ("adjust_topic", {"by_ms": -(2**53)}),
    ("take_time", {"parts": {"cooperation": 60_000}}),
    ("announce", {"text": "<script>alert(1)</script>"}),
    ("set_speaking_time", {"limit_ms": 1}),
    ("set_order", {"order": "balanced"}),
    ("hide_participant", {"participant": "p1"}),
    ("edit_participant", {"participant": "p1", "name": "Somebody Else"}),
    ("merge_participants", {"participant": "p1", "into": "p2"}),
    ("add_request", {"name": "Nobody", "organisation": "", "group": "academia"}),
    ("add_note", {"request": "r1", "text": "Never said"}),
]
"""What others may do: nothing is wrong with it but who sends it."""
pretended = st.builds(
    lambda id_, asked: json.dumps({"type": "command", "id": id_, "do": asked[0], "with": asked[1]}),
    IDS,
    st.sampled_from(WELL_FORMED),
)
strange_own_acts = st.builds(
    lambda id_, do, field, value: json.dumps({"type": "command", "id": id_, "do": do, "with": {field: value}}),
    IDS,
    st.sampled_from(OWN_ACTS),
    st.sampled_from(["participant", "role", "actor", "__init__"]),
    VALUES,
)
messages = st.builds(
    lambda kind, fields: json.dumps({"type": kind, **fields}),
    st.sampled_from(["command", "pong", "snapshot", "patch", "accepted", "COMMAND"])
    | VALUES.filter(lambda kind: kind not in ASKING),
    st.dictionaries(st.sampled_from(["id", "do", "with", "sent", "now"]), VALUES, max_size=3),
)
twice = st.builds(
    lambda one, other: (
        f'{{"type": {json.dumps(one)}, "type": "command", "id": "a", "id": {json.dumps(other)}, "do": "undo"}}'
    ),
    VALUES,
    VALUES,
)
deep = st.builds(
    lambda depth, around: around % ("[" * depth + "]" * depth),
    st.integers(10, DEEP),
    st.sampled_from(["%s", '{"type": %s}', '{"type": "command", "id": "deep", "do": "undo", "with": {"act": %s}}']),
)
huge = st.builds(
    lambda size, around: around % ("x" * size),
    st.sampled_from([4_000, 4_096, 4_097, 16_384, 30_000]),
    st.sampled_from(
        ["%s", '{"type": "%s"}', '{"type": "command", "id": "huge", "do": "announce", "with": {"text": "%s"}}']
    ),
)
cut = st.builds(lambda whole, at: whole[: at % (len(whole) + 1)], commands, st.integers(0, 500))
TEXTS = st.one_of(
    pretended,
    pretended,
    commands,
    strange_own_acts,
    messages,
    twice,
    deep,
    huge,
    cut,
    st.text(max_size=60).filter(lambda said: not any(kind in said for kind in ASKING)),
    VALUES.map(json.dumps),
).map(lambda content: content.encode("utf-8", "ignore").decode())

texts = TEXTS.map(text)
in_pieces = st.builds(
    lambda content, at: Sent(fragments([content.encode()[: at % 50], b"", content.encode()[at % 50 :]]), answers=1),
    TEXTS,
    st.integers(0, 50),
)
interrupted = st.builds(
    lambda content: Sent(
        frame(content.encode()[:1], fin=False) + frame(b"ping", Opcode.PING) + frame(content.encode()[1:], Opcode.CONT),
        answers=1,
    ),
    TEXTS,
)
binary = st.builds(lambda content: Sent(frame(content, Opcode.BINARY), answers=1), st.binary(max_size=60))
unasked = st.builds(lambda content: Sent(frame(content, Opcode.PONG)), st.binary(max_size=125))
pings = st.builds(lambda content: Sent(frame(content, Opcode.PING)), st.binary(max_size=125))

HARMLESS = st.one_of(texts, texts, texts, in_pieces, interrupted, binary, unasked, pings)
"""What is refused, or nothing at all; the socket stays open."""

NOT_UTF_8 = st.sampled_from([b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"{\xe6\x97", b"\xf4\x90\x80\x80"])
BREAKING = st.one_of(
    NOT_UTF_8.map(lambda content: Sent(frame(content), closes=1007)),
    NOT_UTF_8.map(lambda content: Sent(fragments([content, b""]), closes=1007)),
    st.integers(32_769, 40_000).map(lambda size: Sent(frame(b"x" * size), closes=1009)),
    st.just(Sent(frame(b"")[:1] + b"\xff" + (2**40).to_bytes(8), closes=1009)),
    st.integers(65, 200).map(lambda count: Sent(fragments([b""] * count), closes=1009)),
    st.integers(1, 7).map(lambda bits: Sent(frame(b"{}", reserved=bits), closes=1002)),
    st.sampled_from([3, 4, 7, 11, 15]).map(lambda opcode: Sent(frame(b"{}", opcode), closes=1002)),
    st.just(Sent(b"\x81\x02{}", closes=1002)),
    st.just(Sent(frame(b"more", Opcode.CONT), closes=1002)),
    st.just(Sent(frame(b"{", fin=False) + frame(b"}"), closes=1002)),
    st.integers(126, 500).map(lambda size: Sent(frame(b"x" * size, Opcode.PING), closes=1002)),
    st.sampled_from([0, 999, 1004, 1005, 1006, 1016, 2999]).map(
        lambda code: Sent(frame(code.to_bytes(2), Opcode.CLOSE), closes=1002)
    ),
)
"""What the protocol says closes the socket."""
