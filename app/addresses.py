"""The address by which other devices on the same network reach this machine."""

import socket

ANYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - recognised here, not bound


def lan_address(host: str) -> str:
    """The host to print for a server that listens on `host`: for one that listens everywhere, the network's."""
    return host if host not in ANYWHERE else _outward_address()


def _outward_address() -> str:
    """The own address of the route to the world. Connecting a datagram socket chooses it and sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as chooser:
        try:
            chooser.connect(("192.0.2.1", 9))  # an address reserved for documentation (RFC 5737)
        except OSError:
            return "127.0.0.1"
        address: str = chooser.getsockname()[0]
        return address
