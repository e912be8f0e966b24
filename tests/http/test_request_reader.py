"""Requests in the bytes that a client sends: whole, in pieces, one after another, and broken."""

from __future__ import annotations

import pytest

from fakeseam.http.request_reader import MAX_HEAD_BYTES, Received, RequestReader, Unreadable

POST = b"POST /a/b?c=%20d HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n\r\n" + b'{"e":1}'
GET = b"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"
# As Java's client writes its first request.
JAVA = (
    b"POST /a HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nContent-Length: 2\r\n"
    b"Host: localhost\r\nHTTP2-Settings: AAEAAEAAAAI\r\nUpgrade: h2c\r\n\r\n{}"
)


@pytest.fixture
def reader():
    return RequestReader()


@pytest.fixture
def read(reader):
    """Reads exactly one request."""

    def read(data):
        (received,) = reader.read(data)
        return received

    return read


def test_a_request_has_its_decoded_path_and_its_query_as_it_is(read):
    assert read(POST) == Received(
        "POST",
        "/a/b",
        "c=%20d",
        {"host": "localhost", "content-length": "7"},
        b'{"e":1}',
        False,
        True,
    )


def test_a_request_may_come_byte_by_byte(reader):
    received = [one for byte in POST for one in reader.read(bytes([byte]))]

    assert received == RequestReader().read(POST)


def test_several_requests_may_come_at_once_and_in_part(reader):
    paths = [one.path for one in reader.read(POST + GET + POST[:30])]

    assert paths == ["/a/b", "/a"]
    assert [one.path for one in reader.read(POST[30:])] == ["/a/b"]


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        (b"/%C3%A4%2F", "/ä/", ""),
        (b"/%FF", "/\N{REPLACEMENT CHARACTER}", ""),
        (b"/a?b?c", "/a", "b?c"),
        (b"/a#b", "/a", ""),
        (b"//a//b", "//a//b", ""),
        (b"/http://a.example/b", "/http://a.example/b", ""),
        (b"http://a.example/b?c", "/b", "c"),
        (b"http://a.example", "/", ""),
    ],
)
def test_the_target_is_a_path_or_a_whole_url(read, target, path, query):
    received = read(b"GET " + target + b" HTTP/1.1\r\n\r\n")

    assert (received.path, received.query) == (path, query)


def test_a_target_may_be_a_star(read):
    assert read(b"OPTIONS * HTTP/1.1\r\n\r\n").path == "*"


def test_header_names_are_in_lower_case_and_repeated_headers_a_list(read):
    received = read(b"GET / HTTP/1.1\r\nX-One: 1\r\nx-one: \xe4\r\n\r\n")

    assert received.headers == {"x-one": "1, \xe4"}


@pytest.mark.parametrize(
    ("version", "connection", "is_http_1_0", "keeps_alive"),
    [
        (b"1.1", b"", False, True),
        (b"1.1", b"Connection: close\r\n", False, False),
        (b"1.0", b"", True, False),
        (b"1.0", b"Connection: keep-alive\r\n", True, True),
    ],
)
def test_a_connection_is_kept_as_the_client_asks(
    read, version, connection, is_http_1_0, keeps_alive
):
    received = read(b"GET / HTTP/" + version + b"\r\n" + connection + b"\r\n")

    assert (received.is_http_1_0, received.keeps_alive) == (is_http_1_0, keeps_alive)


# Bodies


def test_a_body_may_come_in_chunks(read):
    head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"

    assert read(head + b"2\r\n{}\r\n1;x=y\r\n \r\n0\r\nX-Later: 1\r\n\r\n").body == b"{} "


def test_headers_after_a_body_are_ignored(read):
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"

    received = read(head + b"2\r\n{}\r\n0\r\nHost: a.example\r\nX-Later: 1\r\n\r\n")

    assert received.headers == {"host": "localhost", "transfer-encoding": "chunked"}


@pytest.mark.parametrize("data", [JAVA, JAVA + GET])
def test_a_client_that_asks_for_http_2_gets_its_body_read(reader, data):
    first, *others = reader.read(data)

    assert (first.path, first.body, first.keeps_alive) == ("/a", b"{}", True)
    assert "upgrade" not in first.headers
    assert [one.path for one in others] == ["/a"] * data.count(b"GET")


def test_the_body_of_a_client_that_asks_for_http_2_may_come_later(reader):
    assert reader.read(JAVA[:-2]) == []
    (received,) = reader.read(JAVA[-2:])

    assert received.body == b"{}"


def test_a_request_for_a_tunnel_is_a_request(reader):
    data = b"CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n" + GET

    assert [one.method for one in reader.read(data)] == ["CONNECT", "GET"]


def test_a_client_that_waits_for_a_100_is_seen_until_its_body_comes(reader):
    head, _, body = POST.replace(b"Host", b"Expect: 100-Continue\r\nHost").rpartition(b"\r\n\r\n")

    assert reader.read(head + b"\r\n\r\n") == []
    assert reader.expects_continue
    assert len(reader.read(body)) == 1
    assert not reader.expects_continue


def test_a_client_that_sends_the_body_at_once_waits_for_no_100(reader):
    assert len(reader.read(POST.replace(b"Host", b"Expect: 100-continue\r\nHost"))) == 1
    assert not reader.expects_continue


# What cannot be read


@pytest.mark.parametrize(
    "data",
    [
        b"hello\r\n\r\n",
        b"MELT / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/3.7\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: a\x00b\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
    ],
    ids=repr,
)
def test_what_is_no_http_is_a_400(read, data):
    assert read(data).status == 400


def test_what_was_complete_before_comes_first(reader):
    first, second = reader.read(GET + b"\xff")

    assert first.path == "/a"
    assert isinstance(second, Unreadable)


def test_a_head_that_is_too_long_is_a_431_before_it_ends(reader):
    reader.read(b"GET / HTTP/1.1\r\nX: ")
    piece = b"x" * 2**16

    received = [one for _ in range(MAX_HEAD_BYTES // len(piece)) for one in reader.read(piece)]

    assert MAX_HEAD_BYTES == 262_144
    assert [one.status for one in received] == [431]


def test_each_request_has_a_head_of_its_own(reader):
    long = b"GET / HTTP/1.1\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"

    for _ in range(3):
        assert reader.read(long[:-1]) == []
        assert len(reader.read(long[-1:])) == 1
