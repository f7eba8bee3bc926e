"""A shop with twenty dependencies, shipped as a wheel and as source, in which some things are wrong."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache

from shipped_project import BSD, CODE, COMMIT, OWN, RULES, copy, notices, supply, surface, text

from auditor.licenses.identify import identify
from auditor.licenses.texts.index import text_words
from auditor.model import Audit, Finding, Incident, LicenseFile, LicenseSubject, Lines, Place
from auditor.model.manifest import Dependency, Distribution, Waiver
from auditor.model.obligation import Artifact, NoticePart, Shipping, ShippingJudgement, Supply, VendoredCopy
from auditor.model.shipment import Component
from auditor.obligations.run import judge_shipping
from auditor.obligations.waivers import apply_waivers
from auditor.rules import waiver_expired, waiver_unused

WHEEL, SDIST = "dist/shop-1.4.0-py3-none-any.whl", "dist/shop-1.4.0.tar.gz"
NOTICES = "shop-1.4.0.dist-info/THIRD_PARTY_NOTICES"
LICENSES = {
    "anyio": "MIT",
    "attrs": "MIT",
    "blinker": "MIT",
    "certifi": "MPL-2.0",
    "chardet": "LGPL-2.1",
    "click": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "dnspython": "ISC",
    "grafana-client": "AGPL-3.0",
    "idna": "BSD-3-Clause",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "markupsafe": "BSD-3-Clause",
    "netbsd-curses": "BSD-4-Clause",
    "requests": "Apache-2.0",
    "urllib3": "MIT",
    "werkzeug": "BSD-3-Clause",
    "zlib": "Zlib",
}
FORGOTTEN = frozenset(("anyio", "attrs", "blinker", "urllib3", "netbsd-curses"))
SENTENCE = "Shop is proudly endorsed by Flask."
README = f"# Shop\n\nA shop, built with Flask and Werkzeug.\n\n{SENTENCE} It uses netbsd-curses.\n"


def license_text(name: str) -> str:
    """The text of a made-up package: that of the SPDX list, with a holder of its own."""
    given = text_words(LICENSES[name]).text
    years = re.sub(r"<year>|\[various years\]", "2019", given)
    return re.sub(r"<owner>|<copyright holders?>", f"The {name} authors", years)


def entry(name: str, line: int) -> Place:
    return Place("auditor.toml", line, 1, line, 12)


def package(name: str, line: int) -> Supply:
    """A dependency with its licence file at the pin."""
    file = LicenseFile("LICENSE", "0" * 40, identify(license_text(name)))
    repository = f"https://github.com/example/{name}"
    subject = LicenseSubject(f"{repository}@{COMMIT}", (file,), repository=repository, commit=COMMIT)
    dependency = Dependency(name, entry(name, line), "pypi", f"2.{line}.0", repository, COMMIT)
    return Supply(dependency, subject, {"LICENSE": license_text(name)})


def carried(names: Collection[str]) -> tuple[Component, ...]:
    return tuple(
        Component(name, "bundled", f"shop/_vendor/{name}", f"shop/_vendor/{name}/METADATA", "2.0", "pypi")
        for name in names
    )


def artifacts(forgotten: Collection[str]) -> tuple[Artifact, Artifact]:
    """The wheel, whose notices file lacks some, and the source archive, of which not every part could be told."""
    given = {name: license_text(name) for name in LICENSES if name not in forgotten}
    if "werkzeug" in given:
        given["werkzeug"] = given["werkzeug"].replace("without modification", "without any modification")
    file = text(NOTICES, notices(**given), third_party=True)
    end = file.text.count("\n")
    file = replace(file, parts=(NoticePart("leftpad", Lines(end - 20, end)),))
    wheel = Artifact(WHEEL, "binary", (text("LICENSE", OWN), file), carried([*LICENSES, "flask", "dice"]), certain=True)
    sources = (text("LICENSE", OWN), text("shop/_vendor/flask/LICENSE.rst", BSD))
    return wheel, Artifact(SDIST, "source", sources, carried(["flask", "dice"]), unread=("doc/LEGAL.pdf: no text",))


def shipping(forgotten: Collection[str] = FORGOTTEN) -> Shipping:
    """All that is known of the shop."""
    packages = tuple(package(name, 5 * number) for number, name in enumerate(LICENSES, 3))
    flask = supply("flask")
    stripped = VendoredCopy(SDIST, "shop/_vendor/flask", copy("flask", util=CODE.upper()), "shop/_vendor/flask")
    unknown = replace(supply("dice"), subject=None, unlooked="the repository could not be reached: no network")
    supplies = (replace(flask, copies=(stripped,)), unknown, *packages)
    return Shipping(Distribution(("source", "binary")), supplies, artifacts(forgotten), (surface(README),))


WAIVERS = (
    Waiver("notice-missing", "urllib3", "its notice is on the box", "Ada Byron", date(2027, 1, 31), entry("w", 201)),
    Waiver("notice-altered", "requests", "the text was shortened", "Ada Byron", None, entry("w", 207)),
    Waiver("notice-missing", "attrs", "to be mended in 1.4", "Bob", date(2026, 6, 30), entry("w", 213)),
)


@cache
def judged(waivers: tuple[Waiver, ...] = WAIVERS) -> Audit:
    """The shop after the judge, with findings about its manifest, and something that could not be looked at."""
    given = shipping()
    ran = [rule.ID for rule in RULES]
    after = apply_waivers(judge_shipping(given, RULES), waivers, date(2026, 11, 22), ran)
    about = [f for fact in after.waivers for rule in (waiver_unused, waiver_expired) for f in rule.check(fact)]
    unknown_key = Finding(
        "manifest-key", "error", "there is no key “licence”", entry("k", 31), "did you mean “license”?", "licence"
    )
    shown = ShippingJudgement(given, after.judgements, (unknown_key, *about), after.accepted, after.waivers)
    return Audit(incidents=(Incident("the repository could not be reached", "auditor.toml", 11),), shipping=shown)
