"""Is the network closed to the tests, and this machine open?"""

import socket
from pathlib import Path

import pytest

from tests.support.network import NetworkRefused, is_local_host


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "10.0.0.1", "2001:db8::1"])
def test_other_machines_are_refused(host: str) -> None:
    with pytest.raises(NetworkRefused, match="tests stay on this machine"):
        socket.create_connection((host, 80), timeout=1)


def test_a_connection_to_an_address_of_another_machine_is_refused() -> None:
    with socket.socket() as caller:
        caller.settimeout(0.5)
        with pytest.raises(NetworkRefused):
            caller.connect(("192.0.2.1", 80))


def test_a_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(NetworkRefused):
        sender.sendto(b"x", ("192.0.2.1", 53))


def test_loopback_and_unix_sockets_are_open(tmp_path: Path) -> None:
    with socket.create_server(("localhost", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
    address = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as caller:
        listener.bind(address)
        listener.listen()
        caller.connect(address)


@pytest.mark.parametrize("host", [None, "", "localhost", b"localhost", "127.0.0.53", "::1", "0.0.0.0", "fe80::%1"])
def test_which_names_stand_for_this_machine(host: object) -> None:
    assert is_local_host(host) is (host != "fe80::%1")
