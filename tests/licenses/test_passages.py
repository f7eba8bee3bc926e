"""What is left of a file: headings go, conditions bind, everything else is shown."""

import pytest

from auditor.licenses.passages import find_leftovers, is_binding
from auditor.licenses.words import read_words
from auditor.model import Lines

RIDERS = """\
No use in weapons systems.
Not for use in nuclear facilities.
Commercial users need to buy a license.
For commercial licensing contact sales@example.org.
Military use is excluded.
Use by governments is excluded.
This license applies to individuals only.
Companies with more than 10 employees are excluded from this license.
You are not allowed to sell it.
Selling is not allowed.
Attribution is required.
Please send a postcard if you use it commercially.
You have to keep a link to our site.
A link back to the author is mandatory.
Any use requires the permission of the author.
Use at work requires a paid subscription.
This grant ends on 1 January 2027.
The license is revoked for anyone who sues us.
The author reserves the right to revoke this license.
Free for non-profit organizations.
Free for personal use.
Students may use it free of charge; everybody else pays.
All derivative works belong to the author.
Modifications have to be sent back to the author.
Redistribution in app stores is prohibited.
Do not use this for evil.
Don't be evil.
This software is not licensed for use in the European Union.
The above license does not apply to military users.
Patent rights are not included.
No patent license is granted.
Excludes use in competing products.
The licensee pays all costs.
By using this software you agree to arbitration.
This license is valid until the author says otherwise.
Licensed for internal use.
Only members of the club have this right.
Export to embargoed countries is illegal.
You may use this subject to the following terms.
It may not be used without the prior written consent of the author.
"""
HARMLESS = """\
This product includes software developed by the Example Foundation.
Thanks to all contributors, see the file AUTHORS.
This project would not be possible without the help of many people.
The full text of the license is in the file LICENSE.txt.
For more information see https://example.org/licenses.
This file lists the licenses of bundled components.
The following components are included in this distribution.
Widget is licensed under the license below.
Original code by Jane Roe, modified by John Doe.
Files in the directory vendor have their own licenses.
The documentation is in the public domain.
Portions of this software are based on work by Jane Roe.
If you have questions, write to the mailing list.
Bug reports are welcome.
This project was funded by the European Union.
This library bundles several other libraries that are compatibly licensed.
The license of each file is given in its header.
Some files were written by others; their licenses are listed below.
Unless otherwise stated, all files are under the license below.
Except where otherwise noted, all files are under the license below.
The files below come from another project and are subject to the same license.
Jane Roe gave us permission to include it.
We are required to provide a brief summary of changes; see the file CHANGES.
Trademarks are the property of their respective owners.
This license is approved by the Open Source Initiative.
All code in this repository is covered by this license.
"""


@pytest.mark.parametrize("sentence", RIDERS.splitlines())
def test_a_condition_binds(sentence: str) -> None:
    words = read_words(sentence).words
    assert is_binding(words, 0, len(words))


@pytest.mark.parametrize("sentence", HARMLESS.splitlines())
def test_other_sentences_bind_nothing(sentence: str) -> None:
    words = read_words(sentence).words
    assert not is_binding(words, 0, len(words))


def test_paragraphs_are_passages_and_headings_are_not() -> None:
    text = f"A heading\n=========\n\n{HARMLESS.splitlines()[2]} {HARMLESS.splitlines()[0]}\n\nYou must pay.\n"
    found = find_leftovers(read_words(text), ())
    assert [(leftover.passage.lines, leftover.passage.binding) for leftover in found] == [
        (Lines(4, 4), False),
        (Lines(6, 6), True),
    ]
    assert found[1].passage.text == "You must pay"


def test_words_that_are_taken_are_not_left_over() -> None:
    words = read_words("You must pay. Never.")
    assert find_leftovers(words, range(len(words))) == []
    assert [leftover.passage.text for leftover in find_leftovers(words, {3})] == ["You must pay"]
