"""Endings of file names, lower case with their dot, by what such files hold."""

PLAIN_TEXT = frozenset(("", ".txt", ".text", ".rtf"))
MARKUP = frozenset(".md .markdown .rst .html .htm .adoc .asciidoc".split())
TEXT = PLAIN_TEXT | MARKUP

BINARY = frozenset(
    ".png .gif .jpg .jpeg .svg .webp .ico .bmp .tif .tiff .pdf .doc .docx .odt .ps .zip .gz .bz2 .xz .zst .tar .tgz "
    ".whl .jar .egg .so .dll .dylib .exe .o .a .pyc .pyd .class .woff .woff2 .ttf .otf .eot .mo .db .bin .dat .asc "
    ".sig .sha1 .sha256 .sha512 .md5".split()
)
# Languages with comments.
SOURCE = frozenset(
    ".py .pyi .pyx .pxd .pxi .c .h .cc .cpp .cxx .hh .hpp .hxx .inl .m .mm .cs .java .kt .kts .scala .groovy .go .rs "
    ".swift .js .mjs .cjs .jsx .ts .mts .cts .tsx .vue .svelte .css .scss .sass .less .php .rb .pl .pm .sh .bash .zsh "
    ".fish .ps1 .bat .cmd .lua .r .jl .hs .ml .mli .ex .exs .erl .clj .lisp .el .scm .d .dart .f .f77 .f90 .f95 .for "
    ".asm .s .sql .proto .thrift .sol .v .sv .vhd .vhdl .cu .cuh .cl .glsl .tf .nix .cmake .mk .am .m4 .gradle .sbt "
    ".zig .nim .tcl .vb .vim .xsl .xslt .awk .pas .ada .adb .ads".split()
)
SOURCE_NAMES = frozenset(
    "makefile gnumakefile dockerfile containerfile rakefile gemfile sconstruct cmakelists.txt".split()
)
# Data, settings and templates: nobody states terms there in prose.
DATA = frozenset(
    ".json .jsonl .json5 .yaml .yml .toml .xml .csv .tsv .ini .cfg .conf .lock .in .j2 .jinja .jinja2 .tmpl .tpl "
    ".template .erb .ejs .mustache .hbs .map .log .patch .diff .ipynb .properties .plist .spdx .rdf .po .pot .snap "
    ".bak .orig .tex .org".split()
)
NO_TEXT = BINARY | SOURCE | DATA
