"""Our own server on a Redis that does not sync: what the disk takes of every figure. Nobody's words are kept so."""

from benchmarks.peers.ours import serve
from server.store import embedded

if __name__ == "__main__":
    embedded.SETTINGS = (*embedded.SETTINGS, "--appendfsync", "no")
    serve()
