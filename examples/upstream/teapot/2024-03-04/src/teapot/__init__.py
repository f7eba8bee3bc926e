"""A small WSGI framework."""

from teapot.app import Teapot
from teapot.wrappers import Request, Response

__all__ = ["Request", "Response", "Teapot"]
