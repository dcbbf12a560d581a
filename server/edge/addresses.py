"""The address that belongs into links and squares: as other devices must use it, never as this machine knows itself."""

import msgspec
from starlette.requests import Request

HERE = ("127.0.0.1", "localhost", "::1")


class Addresses(msgspec.Struct, frozen=True):
    """`public`: what the operator says. `network`: this machine's own in its network; empty behind a proxy, where it
    is a container's, which no phone can reach."""

    public: str = ""
    network: str = ""

    def base(self, request: Request) -> str:
        """Without a slash at its end."""
        if self.public:
            return self.public
        asked = f"{request.url.scheme}://{request.url.netloc}"
        return self.network or asked if (request.url.hostname or "") in HERE else asked
