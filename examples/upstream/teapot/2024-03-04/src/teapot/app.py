"""The application: a WSGI callable that finds the view for a request and runs it."""

from teapot.routing import NotFound, Router
from teapot.serving import make_server
from teapot.wrappers import Request, Response


class Teapot:
    """An application. Views are registered with `route`; the server calls the object itself."""

    def __init__(self, debug=False):
        self.debug = debug
        self.router = Router()
        self.before = []

    def route(self, pattern, methods=("GET",)):
        """Register the decorated function as the view for a pattern."""

        def register(view):
            self.router.add(pattern, view, methods)
            return view

        return register

    def before_request(self, function):
        """Register a function that runs before every view; what it returns, if anything, is the response."""
        self.before.append(function)
        return function

    def preprocess(self, request):
        """The first response that a function of `before_request` gives."""
        for function in self.before:
            response = function(request)
            if response is not None:
                return response
        return None

    def dispatch(self, request):
        """Run the view that the router finds for the request."""
        try:
            view, arguments = self.router.match(request.path, request.method)
        except NotFound:
            return Response("no such page", 404)
        return view(request, **arguments)

    def handle_error(self, error):
        """Turn an exception of a view into a response."""
        if self.debug:
            raise error
        return Response("the teapot is broken", 500)

    def wsgi_app(self, environ, start_response):
        """The WSGI entry point. Middleware wraps this, so that `app` stays the application."""
        request = Request(environ)
        try:
            response = self.preprocess(request) or self.dispatch(request)
        except Exception as error:
            response = self.handle_error(error)
        return response(environ, start_response)

    def __call__(self, environ, start_response):
        return self.wsgi_app(environ, start_response)

    def run(self, host="127.0.0.1", port=8418):
        """Serve the application until interrupted. For development only."""
        with make_server(host, port, self) as server:
            server.serve_forever()
