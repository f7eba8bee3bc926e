"""Whose the comments are: only our own may be taken for ours, whatever text other people write."""

from typing import Any

from auditor.hosts.client import Client
from auditor.hosts.failures import HostError


class Authorship:
    """Tells the comments that this token wrote from those of others. Asks the host once, when first needed."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._asked = False
        self._login: str | None = None

    def is_ours(self, comment: dict[str, Any]) -> bool:
        """Whether the comment is by the user of the token; for an app's token, which has no user, by any app."""
        user = comment.get("user")
        if not isinstance(user, dict):
            return False
        login = self._own_login()
        return user.get("login") == login if login else user.get("type") == "Bot"

    def _own_login(self) -> str | None:
        if not self._asked:
            self._login = self._ask()
            self._asked = True
        return self._login

    def _ask(self) -> str | None:
        try:
            answer = self._client.get("/user")
        except HostError as error:
            if error.reason in ("denied", "not-found"):  # what an app's token is told
                return None
            raise
        login = answer.get("login") if isinstance(answer, dict) else None
        return login if isinstance(login, str) else None
