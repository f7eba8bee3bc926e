"""The tea shop: one page, one queue."""
