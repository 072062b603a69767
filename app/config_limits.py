"""`limits` of session_config.yaml: how much one screen, one participant and one browser may ask for.

None counts by address: a venue is one address. Nobody has to write them; the session file may give more or less.
"""

from typing import Annotated

from pydantic import BeforeValidator

from app.config_section import Section
from app.config_values import whole_number

Rate = Annotated[int, BeforeValidator(whole_number(1, 1_000_000))]
# The smallest must hold the longest text that the rules allow, or a text in one script were refused and not in another.
AttendeeBytes = Annotated[int, BeforeValidator(whole_number(4_096, 1_048_576))]
ConsoleBytes = Annotated[int, BeforeValidator(whole_number(32_768, 1_048_576))]


class Attendees(Section):
    """Of each screen of an attendee, and of each room display."""

    message_bytes: AttendeeBytes = 4_096
    messages_per_second: Rate = 5
    messages_at_once: Rate = 20


class Consoles(Section):
    """Of each console. A note may have 2,000 characters, which take far more room than an attendee's one line."""

    message_bytes: ConsoleBytes = 32_768
    messages_per_second: Rate = 20
    messages_at_once: Rate = 60


class Limits(Section):
    attendees: Attendees = Attendees()
    consoles: Consoles = Consoles()
    commands_a_minute: Rate = 60
    """Of one participant over all their screens; as many at once."""
    name_changes_an_hour: Rate = 12
    """Of one participant: name, organisation or group."""
    joins_an_hour: Rate = 12
    """From one browser, or over one connection: a couple may share a phone, not a hall."""

    @property
    def most_message_bytes(self) -> int:
        """Whoever sends it: what is larger is not even read."""
        return max(self.attendees.message_bytes, self.consoles.message_bytes)
