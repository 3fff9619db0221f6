"""Who holds a lease: host, process and a random part, so that a dead owner on this host is recognised at once."""

import os
import socket
import uuid


def new_owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def may_be_alive(owner: str) -> bool:
    """False only when the owner is a process of this host that no longer exists; another host's owner may be alive."""
    host, pid = owner.split(":")[:2]
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
