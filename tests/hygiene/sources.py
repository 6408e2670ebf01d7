# What the source checks share: the files of the tree, their text without comments and strings, their includes.
import pathlib
import re
import sys

folders = ("sim", "models", "scenarios", "output", "tools", "tests")
cpp_suffixes = (".hpp", ".cpp")

_token = re.compile(
    r'//[^\n]*|/\*.*?\*/'                                      # comments
    r'|R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.DOTALL)        # not the ' between digits
_include = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(<[^>]+>|"[^"]+")', re.MULTILINE)


def cpp_files(root, inside=folders):
    """The C++ files below the folders, in a fixed order."""
    found = []
    for folder in inside:
        found += [p for p in sorted((root / folder).rglob("*")) if p.suffix in cpp_suffixes and p.is_file()]
    return found


def code_only(text):
    """The text with comments and the insides of literals blanked; lines and columns stay where they are."""
    def blank(match):
        token = match.group(0)
        kept = token if token[0] == "/" else token[1:-1]
        blanked = re.sub(r"[^\n]", " ", kept)
        return blanked if token[0] == "/" else token[0] + blanked + token[-1]
    return _token.sub(blank, text)


def includes(text):
    """Each include as (line, '<name>' or '\"name\"'); one inside a comment does not count."""
    bare = _token.sub(lambda m: m.group(0) if m.group(0)[0] == '"' else re.sub(r"[^\n]", " ", m.group(0)), text)
    return [(bare.count("\n", 0, m.start()) + 1, m.group(1)) for m in _include.finditer(bare)]


def root_from_arguments():
    """The root of the tree: the first argument, or the one that this file lies in."""
    return pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()


def report(breaches, rule):
    """Prints every breach as file:line: text and ends the program: 0 without any, else 1."""
    for breach in breaches:
        print(breach)
    print(f"{rule}: {len(breaches)} breaches" if breaches else f"{rule}: holds")
    sys.exit(1 if breaches else 0)
