"""Which language a file is written in, and which wheel can parse that language.

Every wheel is optional: where one is missing its language counts as unknown.
"""

# Language: (module of its wheel, function in that module, files in `grammars/`).
WHEELS = {
    "bash": ("tree_sitter_bash", "language", ("bash",)),
    "c": ("tree_sitter_c", "language", ("c",)),
    "cpp": ("tree_sitter_cpp", "language", ("cpp", "c")),
    "csharp": ("tree_sitter_c_sharp", "language", ("c_sharp",)),
    "go": ("tree_sitter_go", "language", ("go",)),
    "java": ("tree_sitter_java", "language", ("java",)),
    "javascript": ("tree_sitter_javascript", "language", ("ecmascript", "javascript")),
    "kotlin": ("tree_sitter_kotlin", "language", ("kotlin",)),
    "php": ("tree_sitter_php", "language_php", ("php",)),
    "python": ("tree_sitter_python", "language", ("python",)),
    "ruby": ("tree_sitter_ruby", "language", ("ruby",)),
    "rust": ("tree_sitter_rust", "language", ("rust",)),
    "scala": ("tree_sitter_scala", "language", ("scala",)),
    "solidity": ("tree_sitter_solidity", "language", ("solidity",)),
    "swift": ("tree_sitter_swift", "language", ("swift",)),
    "tsx": ("tree_sitter_typescript", "language_tsx", ("ecmascript", "typescript")),
    "typescript": ("tree_sitter_typescript", "language_typescript", ("ecmascript", "typescript")),
}

_EXTENSIONS = {
    "bash": "sh bash bats ksh zsh ebuild",
    "c": "c h",
    "cpp": "cc cpp cxx c++ cppm cu cuh hh hpp hxx h++ ino inl ipp ixx tpp txx",
    "csharp": "cs csx",
    "go": "go",
    "java": "java",
    "javascript": "js mjs cjs jsx es6",
    "kotlin": "kt kts",
    "php": "php php5 php7 phtml inc",
    "python": "py pyi pyw pyx pxd wsgi",
    "ruby": "rb rake gemspec ru podspec",
    "rust": "rs",
    "scala": "scala sc sbt",
    "solidity": "sol",
    "swift": "swift",
    "tsx": "tsx",
    "typescript": "ts mts cts",
}
_BY_EXTENSION = {extension: language for language, words in _EXTENSIONS.items() for extension in words.split()}
_BY_FILE_NAME = {
    "gemfile": "ruby",
    "podfile": "ruby",
    "rakefile": "ruby",
    "vagrantfile": "ruby",
    "sconscript": "python",
    "sconstruct": "python",
    "wscript": "python",
}
_BY_INTERPRETER = {
    "bash": "bash",
    "bun": "javascript",
    "dash": "bash",
    "deno": "typescript",
    "ksh": "bash",
    "node": "javascript",
    "nodejs": "javascript",
    "php": "php",
    "pypy": "python",
    "python": "python",
    "ruby": "ruby",
    "sh": "bash",
    "ts-node": "typescript",
    "zsh": "bash",
}


def language_of(path: str, first_line: str = "") -> str | None:
    """The language of a file by its extension or name, else by the interpreter its first line asks for.

    `.h` counts as C here; `outline_source` decides between C and C++ by reading.
    """
    name = path.rpartition("/")[2].lower()
    by_name = _BY_FILE_NAME.get(name) or _BY_EXTENSION.get(name.rpartition(".")[2] if "." in name else "")
    return by_name or _interpreted_as(first_line)


def _interpreted_as(first_line: str) -> str | None:
    if not first_line.startswith("#!"):
        return None
    for word in first_line[2:].split():
        program = word.rpartition("/")[2]
        if program == "env" or word.startswith("-") or "=" in word:
            continue
        return _BY_INTERPRETER.get(program.rstrip("0123456789."))
    return None
