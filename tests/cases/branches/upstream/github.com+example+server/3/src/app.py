"""A small application."""

from http.server import make_ser
