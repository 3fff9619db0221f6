"""A container started again gives its one process the number of the one that was killed: that is no sign of life."""

import os
import socket

from jobs.owner import may_be_alive, new_owner


def test_an_owner_with_our_number_and_not_our_mark_is_dead() -> None:
    """Else what a killed container was doing would wait for its heartbeat to grow old."""
    assert not may_be_alive(f"{socket.gethostname()}:{os.getpid()}:0badcafe")
    assert not may_be_alive(f"{socket.gethostname()}:{os.getpid()}:0badcafe:connector")


def test_an_owner_of_this_process_is_alive() -> None:
    """Every application of one process has its own name, and every connector adds a part to it."""
    owner, other = new_owner(), new_owner()
    assert owner != other
    assert may_be_alive(owner)
    assert may_be_alive(f"{other}:connector")


def test_another_host_may_be_alive() -> None:
    """Only its heartbeat can tell."""
    assert may_be_alive(f"elsewhere.invalid:{os.getpid()}:0badcafe")
