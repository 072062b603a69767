"""What the running parts count and time, for /metrics. Labels are names of ours: never what somebody typed."""

from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics

from app.answers import Accepted, Answer
from app.hub import Channel

disable_created_metrics()  # type: ignore[no-untyped-call]  # when each series began is of no use to anybody

COMMIT_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
FAN_OUT_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
BATCH_BUCKETS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


class Measures:
    """One server's, each with a registry of its own. What can be read off the parts at any time is not kept here."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        ProcessCollector(registry=self.registry)
        self.commit_s = Histogram(
            "open_floor_commit_seconds",
            "From handing a batch of commands to the store until it was durable",
            registry=self.registry,
            buckets=COMMIT_BUCKETS_S,
        )
        self.batch = Histogram(
            "open_floor_batch_commands",
            "Commands that shared one commit",
            registry=self.registry,
            buckets=BATCH_BUCKETS,
        )
        self.fan_out_s = Histogram(
            "open_floor_fanout_seconds",
            "From the making of a patch until the last socket's transport had it, by view",
            ["view"],
            registry=self.registry,
            buckets=FAN_OUT_BUCKETS_S,
        )
        self.accepted = Counter(
            "open_floor_commands_accepted",
            "Commands answered `accepted`, by command",
            ["command"],
            registry=self.registry,
        )
        self.refused = Counter(
            "open_floor_commands_refused",
            "Commands and other messages refused, by reason",
            ["reason"],
            registry=self.registry,
        )
        self.lagging = Counter(
            "open_floor_sockets_dropped",
            "Sockets closed because they did not take what they were sent, by view",
            ["view"],
            registry=self.registry,
        )
        self.turned_away = Counter(
            "open_floor_sockets_refused",
            "Sockets answered with 403, by reason: the page's `origin`, or its `role` without the cookie for it",
            ["reason"],
            registry=self.registry,
        )
        # A counter that is not there before it first counts shows no increase then, and no alarm goes off.
        self.refused.labels("unavailable")
        for reason in ("origin", "role"):
            self.turned_away.labels(reason)
        for view in get_args(Channel):
            self.fan_out_s.labels(view)
            self.lagging.labels(view)

    def answered(self, command: str, answer: Answer) -> None:
        if isinstance(answer, Accepted):
            self.accepted.labels(command).inc()
        else:
            self.refused.labels(answer.reason).inc()
