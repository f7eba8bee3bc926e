"""Answers requests."""

class App:
    def __init__(self):
        self.views = {}

    def __call__(self, environ):
        return self.answer(environ)

    def answer(self, environ):
        return [b"hello"]
