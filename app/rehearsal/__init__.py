"""A rehearsal: simulated attendees (and, if wished, a chair) play a session on a running server.

They come in by the front door, over the real protocol, and know only what their screens would show. So a chair can
practise, and a newcomer can see it live. Whoever joins by a real phone meanwhile is one of them.
"""

from app.rehearsal.hall import Hall, Progress
from app.rehearsal.play import rehearse

__all__ = ["Hall", "Progress", "rehearse"]
