"""The words by which `copyrights` tells a copyright statement from sentences about copyright."""

OPEN_YEARS = frozenset("present now today current date".split())
YEAR_PLACES = frozenset("year years yyyy xxxx yy various yearofcreation".split())
# What follows "copyright" where the words speak about copyright, not of a holder.
NO_HOLDER = frozenset(
    """
    notice notices holder holders owner owners law laws license licenses licensing statement statements protection
    protected protections and or in is are of to infringement information permission permissions interest interests
    claim claims ownership line lines header headers text this that these act remains remain belongs assignment
    grant registration status string symbol term terms treaty treaties material materials works work rights right
    policy document file files disclaimer conditions page data mark issues as on at from shall may must can will has
    have years restrictions violation clause section
    """.split()
)
# Words with which a condition or another sentence begins behind a holder.
STOP = frozenset(
    """
    permission permissions redistribution redistributions licensed license licenses released distributed under this
    these is are was were be been may must shall can cannot could should will would see use used uses using except
    unless only not no nor provided provides subject which that who whom if when where has have had with without
    please you your but any everyone anyone including available unpublished it they we i written contributed derived
    based maintained modified adapted taken copied hereby granted restricted confidential proprietary
    redistributable portions warranty commercial non noncommercial personal internal evaluation academic educational
    trial strictly solely purpose purposes prohibited forbidden require requires required pay fee notwithstanding
    """.split()
)
JOINS = frozenset("and or by of the for de et und y in at through on behalf with".split())
RIGHTS = (("all", "rights", "reserved"), ("all", "right", "reserved"), ("some", "rights", "reserved"))
# What may stand before the mark in its line: "Portions of this software are Copyright ...".
LEADS = frozenset(
    """
    portions portion parts part some of this the all software code file files library program project module work
    documentation is are original modifications additional current changes and package
    """.split()
)
ABBREVIATIONS = frozenset(
    "inc ltd co corp llc llp jr sr dr mr mrs ms st prof dept univ dipl ing bros gmbh al no vol etc".split()
)
# Verbs that end a holder who stands at the start of a line ("... is licensed under").
VERBS = frozenset("is are was were has have".split())
