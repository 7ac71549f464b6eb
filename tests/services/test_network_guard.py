"""Tests cannot reach other machines, whatever library they use."""

import socket
import urllib.request

import pytest

from tests.services.plugin import OutsideNetworkError


@pytest.mark.parametrize("host", ["192.0.2.1", "198.51.100.7"])
def test_another_machine_cannot_be_reached(host: str) -> None:
    with socket.socket() as client, pytest.raises(OutsideNetworkError):
        client.connect((host, 80))


def test_the_name_of_another_machine_is_not_even_looked_up() -> None:
    with pytest.raises(OutsideNetworkError):
        urllib.request.urlopen("http://community.example/")


def test_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
