"""Third-party notices: components and their texts become one document, which can be read back, compared and shipped.

The document is composed here and printed by `auditor.render.notices`; what was printed is read by `read_notices`.
"""

from auditor.notices.compare import check_notices
from auditor.notices.compose import compose_notices
from auditor.notices.read import read_notices

__all__ = ["check_notices", "compose_notices", "read_notices"]
