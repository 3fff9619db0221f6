"""Who holds a lease: host, process and a random part, so that a dead owner on this host is recognised at once."""

import os
import socket
import uuid

_ours: set[str] = set()  # owners of this very process: a container started again gives its one process the same number


def new_owner() -> str:
    owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    _ours.add(owner)
    return owner


def may_be_alive(owner: str) -> bool:
    """False only when the owner is a process of this host that no longer exists; another host's owner may be alive.

    `owner` may have further parts after the three of `new_owner`.
    """
    host, pid, mark = owner.split(":")[:3]
    if host != socket.gethostname():
        return True
    if int(pid) == os.getpid():
        return f"{host}:{pid}:{mark}" in _ours
    return _is_running(int(pid))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
