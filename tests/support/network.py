"""How does the suite keep off the network? Every look-up and connection beyond this machine is refused."""

import ipaddress
import socket
import sys


class NetworkRefused(ConnectionError):
    """A test reached for a host that is not this machine."""


def is_local_host(host: object) -> bool:
    """Whether a host name or address stands for this machine: loopback, wildcard, or its own name."""
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in {"", "localhost", socket.gethostname()}:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_other_hosts(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    else:
        return
    if not is_local_host(host):
        raise NetworkRefused(f"{event} to {host!r}: tests stay on this machine")


sys.addaudithook(_refuse_other_hosts)
