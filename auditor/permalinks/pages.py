"""Pages of GitHub that are no files: words that cannot begin a path, and endings that say "this is a file"."""

# First path segments of github.com that are no account.
_NO_OWNERS = """
about account advisories apps codespaces collections contact customer-stories dashboard enterprise events
explore features issues join login marketplace new notifications organizations orgs pricing pulls readme
resources search security sessions settings signup site solutions sponsors stars team topics trending users
"""
NO_OWNERS = frozenset(_NO_OWNERS.split())

# Pages of a repository beside its files. A path that begins so is never taken for a file without a revision.
_PAGES = """
actions activity archive blame blob branches commit commits community compare delete deployments discussions edit
environments forks graphs issues labels milestone milestones network new packages projects pull pulls pulse raw refs
releases search security settings sponsors stargazers tags tarball tree upload watchers wiki zipball
"""
PAGES = frozenset(_PAGES.split())

# Endings of files that reports cite without line numbers; everything else needs an anchor to count as a file.
_SOURCE_ENDINGS = """
adb ads asm awk bash c cc cfg cjs clj cljs cmake conf cpp cs css cu cxx dart diff el erl ex exs f90 fs fsx go
gradle groovy h hh hpp hs htm html hxx ini ipynb java jl js json jsx kt kts less lisp lua m md mjs ml mli mm mod
move nim patch php pl pm proto ps1 pv py pyi pyx r rb rs rst s sass scala scm scss sh sol sql svelte swift tcl tf
toml ts tsx txt v vala vb vhd vue vy wat xml yaml yml zig zsh
"""
SOURCE_ENDINGS = frozenset(_SOURCE_ENDINGS.split())
