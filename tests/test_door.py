"""The door: phones wait for their turn, whoever runs the session does not, and each is let in once."""

import asyncio

from websockets.asyncio.client import ClientConnection, connect

from app.door import AT_ONCE, Door
from tests.serving import ServerProcess

CROWD = 300


async def test_it_lets_in_a_few_at_a_time_in_the_order_in_which_they_came() -> None:
    door, inside = Door(), list[int]()
    for number in range(5 * AT_ONCE):
        door.wait(lambda number=number: inside.append(number))  # type: ignore[misc]
    await asyncio.sleep(0)
    assert inside == []

    for turn in range(1, 6):
        await asyncio.sleep(0)
        assert inside == list(range(turn * AT_ONCE))

    door.wait(lambda: inside.append(-1))
    for _ in range(2):
        await asyncio.sleep(0)
    assert inside[-1] == -1, "it opens again after everybody was in"


async def test_who_comes_while_it_lets_in_waits_behind_those_who_were_there() -> None:
    door, inside = Door(), list[str]()

    def first() -> None:
        inside.append("first")
        door.wait(lambda: inside.append("last"))

    door.wait(first)
    for _ in range(AT_ONCE):
        door.wait(lambda: inside.append("there"))
    for _ in range(5):
        await asyncio.sleep(0)

    assert inside == ["first", *["there"] * AT_ONCE, "last"]


async def test_one_who_stumbles_in_the_door_does_not_shut_it() -> None:
    loop = asyncio.get_running_loop()
    faults = list[str]()
    loop.set_exception_handler(lambda _, context: faults.append(str(context["exception"])))
    door, inside = Door(), list[int]()

    def stumble() -> None:
        raise ValueError("stumbled")

    door.wait(stumble)
    for number in range(2 * AT_ONCE):
        door.wait(lambda number=number: inside.append(number))  # type: ignore[misc]
    for _ in range(6):
        await asyncio.sleep(0)

    assert faults == ["stumbled"]
    assert inside == list(range(2 * AT_ONCE))


async def test_a_crowd_that_knocks_at_once_gets_in_and_a_head_in_two_pieces_too(own_server: ServerProcess) -> None:
    own_server.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", own_server.port)
    writer.write(b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n")

    async def came(address: str) -> ClientConnection:
        return await connect(f"{own_server.address.replace('http', 'ws')}{address}", open_timeout=60)

    sockets = await asyncio.gather(*(came("/ws?as=room" if number % 3 else "/ws") for number in range(CROWD)))
    snapshots = [await socket.recv() for socket in sockets]
    await writer.drain()
    writer.write(
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
    )

    assert all('"snapshot"' in str(snapshot) for snapshot in snapshots)
    assert (await reader.readline()).startswith(b"HTTP/1.1 101")
    writer.close()
    await asyncio.gather(*(socket.close() for socket in sockets))
