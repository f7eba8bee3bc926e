"""The worker: takes tasks from a queue, one after the other, and runs them."""

import json
import logging
import time

ATTEMPTS = 5
log = logging.getLogger("kettle")


def backoff(attempts):
    """Seconds to wait before the next attempt: 1, 2, 4, … but never more than a minute."""
    return min(60.0, 2.0**attempts)


class Worker:
    """Runs the tasks of one queue with the functions that are registered for them."""

    def __init__(self, queue, pause=0.2):
        self.queue = queue
        self.pause = pause
        self.functions = {}

    def task(self, function):
        """Register a function under its own name."""
        self.functions[function.__name__] = function
        return function

    def run_once(self):
        """Take a task and run it; False if none is due."""
        row = self.queue.take()
        if row is None:
            return False
        number, name, arguments, attempts = row
        try:
            self.functions[name](**json.loads(arguments))
        except Exception:
            self.fail(number, name, attempts)
        else:
            self.queue.done(number)
        return True

    def fail(self, number, name, attempts):
        """A task raised: try again later, or give up after `ATTEMPTS`."""
        if attempts + 1 >= ATTEMPTS:
            log.exception("%s failed %d times; given up", name, attempts + 1)
            self.queue.done(number)
        else:
            self.queue.retry(number, backoff(attempts))

    def run(self):
        """Work until interrupted."""
        while True:
            if not self.run_once():
                time.sleep(self.pause)
