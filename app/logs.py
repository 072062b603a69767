"""What the server says while it runs, on stderr: lines for the terminal, or a JSON object a line for a collector.

The same call makes both: the message is fixed, what differs goes along as `extra`. Never a name, a text or a key.
"""

import logging
import logging.config
from typing import Any, Literal

from pythonjsonlogger.core import RESERVED_ATTRS, merge_record_extra
from pythonjsonlogger.json import JsonFormatter

LogFormat = Literal["text", "json"]

NOT_FIELDS = [*RESERVED_ATTRS, "taskName", "color_message"]
"""What logging, and uvicorn, keep in a record for themselves."""


class TextFormatter(logging.Formatter):
    """One line, its fields behind the message; a traceback is set in. Whatever came in, no line can be forged."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        fields = merge_record_extra(record, {}, reserved=NOT_FIELDS)
        record.message = _visible("  ".join([record.message.strip(), *(f"{k}={v!r}" for k, v in fields.items())]))
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return "\n".join(f"    {_visible(line)}" for line in super().formatException(ei).splitlines())


def _visible(text: str) -> str:
    """On one line, and without what a terminal would obey."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


def set_up(form: LogFormat) -> None:
    """From here on our own lines, uvicorn's and everybody else's leave in this form."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "text": {"()": TextFormatter, "fmt": "%(asctime)s %(levelname)s %(message)s", "datefmt": "%H:%M:%S"},
                "json": {
                    "()": JsonFormatter,
                    "fmt": ["levelname", "name", "message"],
                    "rename_fields": {"levelname": "level", "name": "logger"},
                    "defaults": {"time": ""},  # so that it stands first
                    "timestamp": "time",
                    "reserved_attrs": NOT_FIELDS,
                },
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {"app": {"level": "INFO"}},
        }
    )
    logging.captureWarnings(True)
