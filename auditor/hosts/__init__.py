"""What a code host knows about a repository, and what is posted there about a commit. The only door to PyGithub."""

from auditor.hosts.access import Access, access_of
from auditor.hosts.client import Client
from auditor.hosts.facts import repository_facts
from auditor.hosts.failures import HostError
from auditor.hosts.publish import publish
from auditor.hosts.target import Wanted, target_of

__all__ = ["Access", "Client", "HostError", "Wanted", "access_of", "publish", "repository_facts", "target_of"]
