"""Stage 5: an audit becomes text, JSON or a document. Each format is a module, imported when asked for."""
