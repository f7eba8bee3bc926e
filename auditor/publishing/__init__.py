"""An audit becomes what is posted about a commit: plain values, within the limits of what people look at."""

from auditor.publishing.compose import Shown, compose_publication

__all__ = ["Shown", "compose_publication"]
