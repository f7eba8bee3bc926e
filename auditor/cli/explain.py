"""`auditor explain [RULE]`"""

import argparse

from auditor.rules import CATALOGUE, rule_named


def run(arguments: argparse.Namespace) -> int:
    """Print a rule's documentation, or a line for each rule."""
    if arguments.rule:
        rule = rule_named(arguments.rule)
        print(f"{rule.ID}\n{'=' * len(rule.ID)}\n\n{(rule.__doc__ or '').strip()}")
        return 0
    longest = max(len(rule.ID) for rule in CATALOGUE)
    for rule in CATALOGUE:
        print(f"{rule.ID.ljust(longest)}  {(rule.__doc__ or '').strip().splitlines()[0]}")
    return 0
