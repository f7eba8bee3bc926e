from auditor.model import Place, Unstated
from auditor.rules.license_unstated import check

PLACE = Place("report.md", 7, 1, 7, 40)
URL = "https://github.com/o/r"


def test_the_repository_and_what_is_known_of_it_are_named() -> None:
    (finding,) = check(Unstated(URL, PLACE, "1234567890" * 4, ("BSD-3-Clause", "MIT")))
    assert (finding.rule, finding.severity, finding.place) == ("license-unstated", "warning", PLACE)
    assert URL in finding.message
    assert finding.remedy == "state its licence (the text at 123456789012 is BSD-3-Clause and MIT)"
    assert finding.replacement is None


def test_nothing_is_claimed_about_a_text_that_was_not_seen() -> None:
    (finding,) = check(Unstated(URL, PLACE))
    assert finding.remedy == "state its licence"
    assert finding.subject == URL
