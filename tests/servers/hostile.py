#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: hostile.py PROFILE

A server on the loopback that does to a client whatever a server can do wrong: a
path for each way. By hand it prints its address and goes on until it is stopped;
tests import it."""

import gzip
import pathlib
import re
import socket
import ssl
import struct
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
behaviours = {}


def behaviour(function):
    behaviours[function.__name__.replace("_", "-")] = function
    return function


def bomb(megabytes):
    """A field of a profile that nobody knows, and zeros in it: the same member
    again and again, so that making it takes no memory either."""
    varint = b""
    left = megabytes << 20
    while left > 127:
        varint += bytes([left & 127 | 128])
        left >>= 7
    head = gzip.compress(b"\xfa\x06" + varint + bytes([left]))
    return head + gzip.compress(bytes(1 << 20)) * megabytes


class Client:
    """One connection, once its request has been read."""

    def __init__(self, server, connection, head):
        self.server = server
        self.connection = connection
        self.head = head
        words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        target = re.sub("^http://[^/]*", "", words[1])  # of a proxy's
        self.path, _, self.query = target.partition("?")

    @property
    def profile(self):
        return self.server.profile

    def send(self, data):
        self.connection.sendall(data)

    def answer(self, body=b"", status="200 OK", length=None, **headers):
        """Content-Length is right unless said otherwise; False leaves it out."""
        lines = [f"HTTP/1.1 {status}", "Connection: close"]
        if length is not False:
            lines.append(f"Content-Length: {len(body) if length is None else length}")
        for name, value in headers.items():
            lines.append(f"{name.replace('_', '-')}: {value}")
        self.send("\r\n".join(lines + ["", ""]).encode() + body)

    def begin_chunks(self):
        self.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")

    def send_chunk(self, data):
        self.send(b"%x\r\n%s\r\n" % (len(data), data))

    def redirect(self, location):
        self.answer(b"", "302 Found", Location=location)

    def reset(self):
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def drip(self, data, seconds=0.05):
        for byte in data:
            self.send(bytes([byte]))
            time.sleep(seconds)

    def pour(self, data):
        """Until the client has had enough, or 2 GiB."""
        for _ in range((2 << 30) // len(data)):
            self.send(data)


# What is fine.


@behaviour
def good(client):
    client.answer(client.profile, Content_Type="application/octet-stream")


@behaviour
def good_once(client):
    """And then it is gone."""
    heads = [head for head in client.server.requests if b"/good-once" in head]
    (good if len(heads) == 1 else not_found)(client)


@behaviour
def measures(client):
    seconds = re.search(r"seconds=(\d+)", client.query)
    time.sleep(int(seconds[1]) if seconds else 30)
    client.answer(client.profile)


@behaviour
def chunked(client):
    client.begin_chunks()
    for at in range(0, len(client.profile), 1000):
        client.send_chunk(client.profile[at : at + 1000])
    client.send(b"0\r\n\r\n")


@behaviour
def plain_chunks(client):
    """The connection stays open, as it does with real servers."""
    client.begin_chunks()
    client.send_chunk(gzip.decompress(client.profile))
    client.send(b"0\r\n\r\n")
    client.connection.settimeout(5)
    client.connection.recv(1)


@behaviour
def until_the_end(client):
    client.answer(client.profile, length=False)


@behaviour
def encoded_twice(client):
    client.answer(gzip.compress(client.profile), Content_Encoding="gzip")


@behaviour
def encoded_once(client):
    client.answer(client.profile, Content_Encoding="gzip")


@behaviour
def relative(client):
    client.redirect("good?from=here")


@behaviour
def cookie(client):
    client.answer(b"", "302 Found", Location="/good", Set_Cookie="a=b")


@behaviour
def chain(client):
    n = int(client.query)
    client.redirect(f"/chain?{n - 1}" if n > 1 else "/good")


# Time.


@behaviour
def silent(client):
    time.sleep(20)


@behaviour
def drips_its_head(client):
    client.drip(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000)


@behaviour
def drips_its_body(client):
    client.answer(b"", length=len(client.profile))
    client.drip(client.profile)


@behaviour
def starts_late(client):
    time.sleep(3)
    client.answer(client.profile)


@behaviour
def stops_in_the_middle(client):
    client.answer(client.profile[:500], length=len(client.profile))
    time.sleep(20)


@behaviour
def promises_for_ever(client):
    client.pour(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


# Size.


@behaviour
def claims_ten_gigabytes(client):
    client.answer(b"", length=10 << 30)
    client.pour(bytes(1 << 20))


@behaviour
def endless_chunks(client):
    client.begin_chunks()
    client.pour(b"%x\r\n%s\r\n" % (1 << 20, bytes(1 << 20)))


@behaviour
def endless_body(client):
    client.answer(b"", length=False)
    client.pour(bytes(1 << 20))


@behaviour
def endless_headers(client):
    client.send(b"HTTP/1.1 200 OK\r\n")
    client.pour(b"X-A: " + b"a" * 1000 + b"\r\n")


@behaviour
def endless_header(client):
    client.send(b"HTTP/1.1 200 OK\r\nX-A: ")
    client.pour(b"a" * (1 << 16))


@behaviour
def huge_headers(client):
    client.send(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * (4 << 20))
    client.send(b"\r\n")


@behaviour
def endless_chunk_size(client):
    client.begin_chunks()
    client.pour(b"0" * (1 << 16))


@behaviour
def endless_error(client):
    client.answer(b"", "500 Internal Server Error", False, Content_Type="text/plain")
    client.pour(b"word " * 1000)


@behaviour
def a_bomb(client):
    client.answer(bomb(1100))


@behaviour
def an_encoded_bomb(client):
    layer = gzip.compress(b"\x1f\x8b" + bytes((1 << 20) - 2), 9)
    client.answer(layer * 300, Content_Encoding="gzip")


# What is not all of it.


@behaviour
def too_short(client):
    client.answer(client.profile[:-1], length=len(client.profile))


@behaviour
def too_long(client):
    client.answer(client.profile, length=len(client.profile) - 1)


@behaviour
def cut(client):
    """At the byte that the query says, without having told a length."""
    client.answer(client.profile[: int(client.query)], length=False)


@behaviour
def a_cut_chunk(client):
    client.begin_chunks()
    client.send_chunk(client.profile[:1000])
    client.send(b"1000\r\n" + client.profile[1000:1500])


@behaviour
def no_last_chunk(client):
    """Of plain bytes, so that nothing in them tells that they are all."""
    client.begin_chunks()
    client.send_chunk(gzip.decompress(client.profile))


@behaviour
def plain_without_length(client):
    client.answer(gzip.decompress(client.profile), length=False)


@behaviour
def hangs_up(client):
    pass


@behaviour
def resets(client):
    client.reset()


@behaviour
def resets_in_the_middle(client):
    client.answer(client.profile[:500], length=len(client.profile))
    time.sleep(0.2)
    client.reset()


@behaviour
def nothing(client):
    client.answer(b"")


@behaviour
def no_content(client):
    client.answer(b"", "204 No Content", False)


# What is something else.


@behaviour
def html(client):
    client.answer(b"<html><body>Sign in", Content_Type="text/html")


@behaviour
def unnamed_html(client):
    client.answer(b"\n<!doctype html><title>Sign in")


@behaviour
def json(client):
    client.answer(b'{"error": "sign in"}', Content_Type="application/json")


@behaviour
def gzip_of_gzip(client):
    client.answer(gzip.compress(client.profile))


@behaviour
def encoded_as_br(client):
    client.answer(client.profile, Content_Encoding="br")


@behaviour
def ssh(client):
    client.send(b"SSH-2.0-OpenSSH_9.2\r\n")


@behaviour
def noise(client):
    client.send(bytes(range(256)) * 16)


@behaviour
def a_bad_chunk(client):
    client.begin_chunks()
    client.send(b"zz\r\nhello\r\n0\r\n\r\n")


@behaviour
def a_huge_chunk(client):
    client.begin_chunks()
    client.send(b"ffffffffffffffffff\r\nhello\r\n")


@behaviour
def a_negative_length(client):
    client.answer(client.profile, length=-5)


@behaviour
def two_lengths(client):
    plain = gzip.decompress(client.profile)
    client.answer(plain, length=5, content_length=len(plain))


# What says no.


@behaviour
def not_found(client):
    client.answer(b"Unknown profile\n", "404 Not Found", Content_Type="text/plain")


@behaviour
def busy(client):
    client.answer(
        b"Could not enable CPU profiling: \033[2Jcpu\r\nprofiling already in use\n",
        "500 Internal Server Error",
        Content_Type="text/plain; charset=utf-8",
        X_Go_Pprof="1",
    )


@behaviour
def wordy(client):
    client.answer(b"word " * 10000, "503 Busy", Content_Type="text/plain")


@behaviour
def sign_in(client):
    client.answer(b"", "401 Unauthorized", WWW_Authenticate='Basic realm="x"')


@behaviour
def password(client):
    good_one = b"authorization: basic bwu6c2vjcmv0" in client.head.lower()
    (good if good_one else sign_in)(client)


# Where it sends us.


@behaviour
def a_circle(client):
    client.redirect("/a-circle")


@behaviour
def to(client):
    """Wherever the query says."""
    client.redirect(client.query)


@behaviour
def to_nowhere(client):
    client.answer(b"", "302 Found")


@behaviour
def far_away(client):
    client.redirect("/" + "x" * (3 << 20))


class Server:
    def __init__(self, profile, secure=False):
        self.profile = profile
        self.requests = []  # heads, in order
        self.secure = secure
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        if secure:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(HERE / "self-signed.pem")
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            connection, _ = self.listener.accept()
            thread = threading.Thread(target=self.serve, args=[connection])
            thread.daemon = True
            thread.start()

    def read_head(self, connection):
        head = b""
        while b"\r\n\r\n" not in head and b"GET ".startswith(head[:4]):
            more = connection.recv(65536)
            if not more:
                return None
            head += more
        return head

    def serve(self, connection):
        try:
            if self.secure:
                connection = self.context.wrap_socket(connection, server_side=True)
            head = self.read_head(connection)
            if head is None:
                return
            if not head.startswith(b"GET "):
                connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
                return
            self.requests.append(head)
            client = Client(self, connection, head)
            behaviours.get(client.path.strip("/"), not_found)(client)
            connection.shutdown(socket.SHUT_WR)
        except (OSError, ValueError):
            pass
        finally:
            connection.close()


def main():
    server = Server(pathlib.Path(sys.argv[1]).read_bytes())
    print(f"http://127.0.0.1:{server.port}/ and then one of")
    print(*sorted(behaviours), sep="\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
