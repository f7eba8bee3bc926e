"""Where the name is inside a C declarator: declaration mirrors use, so it is the innermost part."""

from tree_sitter import Node

# These hold the inner declarator as their last child, without a field for it.
_UNNAMED_WRAPPERS = frozenset({"parenthesized_declarator", "reference_declarator"})


def declared(declarator: Node) -> tuple[Node, bool]:
    """The node of the declared name, and whether it names a function.

    `*name(int)` is a function that returns a pointer, `(*name)(int)` is a pointer.
    """
    node, is_function = declarator, False
    while node.type != "operator_cast":
        inner = node.child_by_field_name("declarator")
        if inner is None and node.type in _UNNAMED_WRAPPERS and node.named_child_count:
            inner = node.named_child(node.named_child_count - 1)
        if inner is None:
            return node, is_function
        if node.type != "parenthesized_declarator":
            is_function = node.type == "function_declarator"
        node = inner
    return node, True
