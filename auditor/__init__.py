"""Proves what a document says about other people's code."""

__version__ = "0.1.0"
