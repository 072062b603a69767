"""The entry points: they parse what comes in, call the room and answer. No rule of the floor lives here."""
