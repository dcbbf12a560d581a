"""What an operator may set, with the default and what it trades."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """Read from the environment; every variable has a default that suits a laptop in front of a room."""

    host: str = "127.0.0.1"
    """HOST. `0.0.0.0` serves the local network: needed for phones, and then everybody in it can reach the server."""
    port: int = 8000
    """PORT."""
    redis_url: str = ""
    """REDIS_URL. Empty: a private Redis of our own in `data`. Several nodes must share one Redis."""
    data: Path = Path("data")
    """DATA. The folder of the private Redis; a copy of it is a backup."""
    public_url: str = ""
    """PUBLIC_URL. The address that phones use, for every link and QR code, without a slash at its end; empty: the
    address of the request, or of this machine in its network."""
    proxy: str = ""
    """PROXY. The address of the proxy in front, or * when nobody else reaches this port: what it says of http or https
    is believed, and this machine's own address, which may be a container's, is never told to phones."""
    open_creation: bool = False
    """OPEN_CREATION=1: everybody may create workshops; else only who has the link printed at start."""
    node: str = ""
    """NODE. A name for this process in logs; several nodes need several names."""
    log_level: str = "info"
    """LOG_LEVEL: debug, info, warning."""

    @property
    def local_url(self) -> str:
        """The address on this machine itself."""
        host = "127.0.0.1" if self.serves_the_network else self.host
        return f"http://{host}:{self.port}"

    @property
    def network_url(self) -> str:
        """The address in the local network; empty when it is not served there, or only through a proxy."""
        return f"http://{lan_address()}:{self.port}" if self.serves_the_network and not self.proxy else ""

    @property
    def serves_the_network(self) -> bool:
        return self.host in ("0.0.0.0", "::")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Raises ValueError with the variable and what it may be."""
    given = os.environ if environment is None else environment
    port = given.get("PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise ValueError(f"PORT is {port!r}; it must be a number from 1 to 65535")
    public_url = given.get("PUBLIC_URL", "").rstrip("/")
    if public_url and not public_url.startswith(("http://", "https://")):
        raise ValueError(f"PUBLIC_URL is {public_url!r}; it must begin with http:// or https://")
    return Settings(
        host=given.get("HOST", "127.0.0.1"),
        port=int(port),
        redis_url=given.get("REDIS_URL", ""),
        data=Path(given.get("DATA", "data")),
        public_url=public_url,
        proxy=given.get("PROXY", ""),
        open_creation=given.get("OPEN_CREATION", "") in ("1", "true", "yes"),
        node=given.get("NODE", "") or f"{socket.gethostname()}-{os.getpid()}",
        log_level=given.get("LOG_LEVEL", "info").lower(),
    )


def lan_address() -> str:
    """This machine's address in its network, as the routing table tells it; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
