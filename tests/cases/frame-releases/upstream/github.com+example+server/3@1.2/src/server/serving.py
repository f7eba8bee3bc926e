"""Answers requests."""

import socket


class Handler:
    def handle(self):
        self.run(self.server.app)

    def run(self, app):
        for part in app(self.environ):
            self.write(part)

    def write(self, part):
        self.out.append(part)


class Server:
    def finish(self, request):
        self.handler_class(request).handle()

    def serve(self, request):
        self.finish(request)
