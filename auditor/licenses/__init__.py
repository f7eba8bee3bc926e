"""Licence texts: what they are, clause by clause; pure, on texts and lists of paths."""
