"""How badly a text was damaged for its grammar."""

from tree_sitter import Tree


def damage(tree: Tree) -> tuple[int, int]:
    """The number of errors in a tree, and the steps that a query wastes on them.

    In a well-formed tree a query finds the next named node at once. Below an error tokens lie
    in one flat row, and from each of them tree-sitter looks along the row for a named one:
    quadratic for a hundred thousand open parentheses.
    """
    errors = effort = 0
    cursor = tree.walk()
    row = [0]  # for each open level the tokens since the last named node
    while True:
        node = cursor.node
        assert node is not None
        errors += node.is_error or node.is_missing
        row[-1] = 0 if node.is_named else row[-1] + 1
        effort += row[-1]
        if node.has_error and cursor.goto_first_child():
            row.append(0)
            continue
        while not cursor.goto_next_sibling():
            row.pop()
            if not cursor.goto_parent():
                return errors, effort
