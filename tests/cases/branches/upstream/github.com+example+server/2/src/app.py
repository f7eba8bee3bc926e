"""A small application."""

from http.server import make_server


def run(port=8000):
    """Serve until interrupted."""
    server = make_server("localhost", port, handle)

    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("bye")


def handle(connection, peer, server):
    connection.sendall(b"hello")
