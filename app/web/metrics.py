"""GET /metrics: how the server is doing, as Prometheus reads it. Numbers only: nobody's name, nothing that was said."""

from collections.abc import Iterable
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from app.web.context import Context, Floor

router = APIRouter(include_in_schema=False)


class Now(Collector):
    """The gauges, read off the running parts when they are asked for; what adds up is in `measures.py`."""

    def __init__(self, floor: Context) -> None:
        self._floor = floor

    def collect(self) -> Iterable[Metric]:
        room, hub = self._floor.room, self._floor.publisher.hub
        connections = GaugeMetricFamily("open_floor_connections", "Open sockets, by view", labels=["view"])
        backlog = GaugeMetricFamily(
            "open_floor_slowest_socket_bytes", "The largest backlog of a socket, by view", labels=["view"]
        )
        for channel in hub.channels:
            sockets = hub.sockets(channel)
            connections.add_metric([channel], len(sockets))
            backlog.add_metric([channel], max((one.transport.backlog_bytes() for one in sockets), default=0))
        yield connections
        yield backlog
        topic = room.state.current_topic
        yield GaugeMetricFamily(
            "open_floor_requests_waiting",
            "The length of the list of speakers of the open topic",
            value=len(topic.waiting) if topic else 0,
        )
        yield GaugeMetricFamily("open_floor_seq", "The newest event of the log", value=room.seq)
        yield GaugeMetricFamily("open_floor_commands_waiting", "Commands not yet decided", value=room.waiting)
        yield GaugeMetricFamily("open_floor_participants", "Who has joined", value=len(room.state.participants))


@router.get("/metrics")
async def metrics(request: Request, floor: Floor) -> Response:
    if not _is_local(request) and floor.access.console(request.cookies) is None:
        return Response("Only from this machine, or with the chair's cookie.", 403)
    return Response(generate_latest(floor.room.measures.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _is_local(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:  # a proxy that is trusted has passed on whatever it was told
        return False
