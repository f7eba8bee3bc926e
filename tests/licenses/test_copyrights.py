"""Copyright statements: which lines are one, who holds it, and what is never part of it."""

import time

import pytest

from auditor.licenses.copyrights import find_copyrights
from auditor.licenses.words import read_words
from auditor.model import Copyright


def read(text: str) -> tuple[tuple[Copyright, ...], str]:
    """The statements of a text, and the words that they leave over."""
    words = read_words(text)
    found, taken = find_copyrights(words)
    return found, " ".join(words.without(taken).words)


# Each: the text, the holder, the years; nothing is left over.
STATEMENTS = {
    "plain": ("Copyright (c) 2010-2012 Petra Muster", "Petra Muster", "2010-2012"),
    "by": ("Copyright 2010 by Petra Muster and contributors.", "Petra Muster and contributors", "2010"),
    "sign": ("© 2015 Petra Muster <petra@muster.example>", "Petra Muster", "2015"),
    "entity": ("Copyright &copy; 2015, Petra Muster", "Petra Muster", "2015"),
    "sign first": ("(C) Copyright 2003, Muster Werke GmbH", "Muster Werke GmbH", "2003"),
    "sign alone": ("(c) 2003 Muster Werke", "Muster Werke", "2003"),
    "years last": ("Copyright Petra Muster 2003, 2004. All rights reserved.", "Petra Muster", "2003, 2004"),
    "initials": ("Copyright (c) Ian F. Muster 1986, 1987.", "Ian F. Muster", "1986, 1987"),
    "initials first": ("Copyright 2010-2012, D. E. Muster Research.", "D. E. Muster Research", "2010-2012"),
    "no year": ("Copyright (c) Muster and individual contributors.", "Muster and individual contributors", ""),
    "no sign": ("Copyright Muster Werke, Inc.", "Muster Werke, Inc.", ""),
    "open years": ("Copyright (c) 2015-present, Muster Team", "Muster Team", "2015-present"),
    "short years": ("Copyright (c) 1994-98 Petra Muster", "Petra Muster", "1994-98"),
    "dash": ("Copyright (c) 2003-2011 - Gustav Muster <g@muster.example>", "Gustav Muster", "2003-2011"),
    "rights": ("Copyright 2007 Muster Inc. All rights reserved.", "Muster Inc.", "2007"),
    "rights below": ("Copyright (c) 2011, Muster, LLC\nAll rights reserved.", "Muster, LLC", "2011"),
    "rights far below": ("Copyright (c) 2011 Muster\n\nAll Rights Reserved.", "Muster", "2011"),
    "portions": ("Portions Copyright 2001 Muster Werke", "Muster Werke", "2001"),
    "sentence": ("This software is copyright (C) 1991-2013, T. Muster. All Rights Reserved.", "T. Muster", "1991-2013"),
    "year place": ("Copyright <year> <owner>", "<owner>", "<year>"),
    "square places": ("Copyright [yyyy] [name of copyright owner]", "[name of copyright owner]", "[yyyy]"),
    "x places": ("Copyright (c) [xxxx]-[xxxx] [Owner Organization]", "[Owner Organization]", "[xxxx]-[xxxx]"),
    "various years": ("Copyright [various years] The Regents of Muster.", "The Regents of Muster", "[various years]"),
    "affiliates": ("Copyright 2001, Muster and/or its affiliates.", "Muster and/or its affiliates", "2001"),
    "institute for": ("Copyright 2010 Institute for Water Research", "Institute for Water Research", "2010"),
    "small name": ("Copyright 2017- muster contributors", "muster contributors", "2017"),
    "contributors to": ("Copyright Contributors to the muster project.", "Contributors to the muster project", ""),
    "web site": ("Copyright (c) 2009, Muster Society (http://www.muster.example).", "Muster Society", "2009"),
    "wrapped years": (
        "Copyright (c) 1997, 1998, 1999, 2000,\n     The Regents of the University of Muster.",
        "The Regents of the University of Muster",
        "1997, 1998, 1999, 2000",
    ),
    "wrapped holders": (
        "Copyright (c) 2008-2011, Muster Capital, LLC, Foundry, Inc. and\nData Team\nAll rights reserved.",
        "Muster Capital, LLC, Foundry, Inc. and Data Team",
        "2008-2011",
    ),
    "wrapped name": (
        "Copyright (c) 2003, The Regents of the University of Musterstadt, Lake\nNational Laboratory. All rights "
        "reserved.",
        "The Regents of the University of Musterstadt, Lake National Laboratory",
        "2003",
    ),
    "holder below": (
        "Copyright (c) 2008\n   The Board of Trustees of Muster University.",
        "The Board of Trustees of Muster University",
        "2008",
    ),
    "list below": (
        "Copyright (c) 2009:\n    Petra Muster <p@muster.example>\n    Paul Beispiel\n\nAll rights reserved.",
        "Petra Muster, Paul Beispiel",
        "2009",
    ),
    "approvals": (
        "Copyright (c) 2003, Muster Laboratory (subject to receipt of any required approvals from the U.S. Dept. of\n"
        "Energy). All rights reserved.",
        "Muster Laboratory",
        "2003",
    ),
    "comment": ("/*\n * Copyright (c) 2010,\n *   Petra Muster\n */", "Petra Muster", "2010"),
    "hash": ("# Copyright 2010 Petra Muster", "Petra Muster", "2010"),
}  # fmt: skip


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_read_whole(name: str) -> None:
    text, holder, years = STATEMENTS[name]
    found, rest = read(text)
    assert [(statement.holder, statement.years) for statement in found] == [(holder, years)]
    assert rest == ""


@pytest.mark.parametrize(
    "text",
    [
        "must retain the above\ncopyright notice, this list of conditions and the following disclaimer",
        "IN NO EVENT SHALL THE\nCOPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE",
        "COPYRIGHT HOLDERS AND CONTRIBUTORS",
        "THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT\nOWNER",
        "protected by copyright law and treaties",
        "Copyright notices must be kept.",
        "Copyright remains with Muster Werke, and so on",
        "COPYRIGHT AND PERMISSION NOTICE",
        "2. Grant of Copyright License.",
        "hereby disclaims all copyright interest in the program",
        "(c) The licensee must keep this notice",
        "(c) You must cause any modified files",
        "the copyright of the authors",
        "lines about copyright Muster and the license",
    ],
)
def test_words_about_copyright_are_no_statement(text: str) -> None:
    found, rest = read(text)
    assert found == ()
    assert rest == " ".join(read_words(text).words)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Copyright 2010 Muster, for non-commercial use only", "for non commercial use only"),
        ("Copyright 2010 Muster - noncommercial use only", "non commercial use only"),
        ("Copyright 2010 Muster and you must pay", "and you must pay"),
        ("Copyright 2010 Muster. You may not sell this.", "you may not sell this"),
        ("Copyright 2010 Muster\nMay not be sold.", "may not be sold"),
        ("Copyright 2010 Muster\n    May not be sold.", "may not be sold"),
        ("Copyright 2010 Muster,\nunless you compete with us", "unless you compete with us"),
        ("Copyright 2010 Muster, evaluation copies", "evaluation copies"),
        ("Copyright 2010 Muster; provided that you pay", "provided that you pay"),
        ("Copyright 2010 Muster (not for resale)", "not for resale"),
        ("Copyright 2010 Muster Permission is hereby granted", "permission is hereby granted"),
        ("Copyright 2010 Muster.\nRedistribution and use", "redistribution and use"),
        ("Copyright 2010 Muster\nMIT License", "mit license"),
        ("Copyright 2010 Muster (see AUTHORS)", "see authors"),
        ("The code (Copyright 2010 Muster) and more", "the code and more"),
    ],
)
def test_a_statement_never_swallows_what_follows(text: str, rest: str) -> None:
    found, left = read(text)
    assert [statement.holder for statement in found] == ["Muster"]
    assert left == rest


def test_statements_in_neighbouring_lines_are_separate() -> None:
    found, rest = read("# Copyright (c) 2010, Petra\n# Copyright (c) 2011, Paul\n# All rights reserved.\n# Go")
    assert [(each.holder, each.lines.start, each.lines.end) for each in found] == [("Petra", 1, 1), ("Paul", 2, 3)]
    assert rest == "go"


def test_a_statement_is_given_as_written_without_leaders() -> None:
    found, _ = read("/*\n * Copyright (c) 2010,\n *   Petra Muster <p@muster.example>.\n */\n")
    assert found[0].statement == "Copyright (c) 2010, Petra Muster <p@muster.example>."
    assert (found[0].lines.start, found[0].lines.end) == (2, 3)


def test_an_empty_text_has_none() -> None:
    assert read("") == ((), "")
    assert read("Copyright")[0] == ()


@pytest.mark.parametrize(
    "piece",
    [
        "copyright ",
        "(c) ",
        "copyright (c) 2010 ",
        "Copyright 2010 A,\n",
        "Copyright " + "2010, " * 50,
        "© ",
        "Copyright  \n",
    ],
)
def test_a_hostile_text_takes_time_in_proportion(piece: str) -> None:
    words = read_words(piece * (200_000 // len(piece)))
    before = time.perf_counter()
    found, taken = find_copyrights(words)
    assert time.perf_counter() - before < 3
    assert len(taken) <= len(words)
    assert all(len(each.statement) < 2_000 for each in found)
