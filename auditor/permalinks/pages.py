"""Pages of GitHub that are no files: words that cannot begin a path, and endings that say "this is a file"."""

# First path segments of github.com that are no account.
NO_OWNERS = frozenset(
    """about account advisories apps codespaces collections contact customer-stories dashboard enterprise events
    explore features issues join login marketplace new notifications organizations orgs pricing pulls readme
    resources search security sessions settings signup site solutions sponsors stars team topics trending users
    """.split()
)

# Pages of a repository beside its files. A path that begins so is never taken for a file without a revision.
PAGES = frozenset(
    """actions activity archive attestations blame blob branches codespaces commit commits community compare
    contributors custom-properties delete deployments discussions edit environments find fork forks graphs hovercard
    import invitations issues labels milestone milestones models network new notifications packages pkgs projects pull
    pulls pulse raw refs releases rules runs search security settings sponsors stargazers subscription suites tags
    tarball traffic transfer tree upload watchers wiki zipball
    """.split()
)

# Endings of files that reports cite without line numbers; everything else needs an anchor to count as a file.
SOURCE_ENDINGS = frozenset(
    """adb ads asm awk bash c cc cfg cjs clj cljs cmake conf cpp cs css cu cxx dart diff el erl ex exs f90 fs fsx go
    gradle groovy h hh hpp hs htm html hxx ini ipynb java jl js json jsx kt kts less lisp lua m md mjs ml mli mm mod
    move nim patch php pl pm proto ps1 pv py pyi pyx r rb rs rst s sass scala scm scss sh sol sql svelte swift tcl tf
    toml ts tsx txt v vala vb vhd vue vy wat xml yaml yml zig zsh
    """.split()
)
