"""A small web server."""

import socket
from threading import Thread


class Server:
    """Accepts connections until it is stopped."""

    def __init__(self, address, handler):
        self.address = address
        self.handler = handler
        self.stopped = False

    def serve_forever(self):
        """Answer one request after the other.

        Each is answered in a thread of its own.
        """
        with socket.create_server(self.address) as listening:
            while not self.stopped:
                connection, peer = listening.accept()
                self.process_request(connection, peer)

    def process_request(self, connection, peer):
        thread = Thread(target=self.process_request_thread, args=(connection, peer))
        thread.start()

    def process_request_thread(self, connection, peer):
        try:
            self.finish_request(connection, peer)
        finally:
            connection.close()

    # Overridden by servers that speak another protocol.
    # The handler does all the work.
    def finish_request(self, connection, peer):
        self.handler(connection, peer, self)


def make_server(host, port, handler):
    return Server((host, port), handler)
