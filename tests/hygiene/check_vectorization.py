# Every loop under `#pragma omp simd` in the kernels really becomes vector code: compilers fall back to scalar silently.
#
# Reads the reports that the compiler left while it built the libraries for x86-64-v3. A loop may end its pragma's line
# with `// scalar: reason` to be exempt.
# Usage: check_vectorization.py ROOT FOLDER=REPORTS...; reports of FOLDER/a/b.cpp are REPORTS/a/b.cpp.*
import gzip
import json
import pathlib
import re
import sys

import sources

pragma_line = re.compile(r"^[ \t]*#[ \t]*pragma[ \t]+omp[ \t]+simd\b(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
clang_entry = re.compile(r"^--- !(Passed|Failure)\nPass: +(?:loop-vectorize|transform-warning)\n"
                         r"Name: +(?:Vectorized|FailedRequestedVectorization)\n"
                         r"DebugLoc: +\{ File: '?(.+?)'?,\s+Line: (\d+),", re.MULTILINE)


class Loop:
    """A loop under a pragma: the lines from the pragma to the end of the loop's body."""

    def __init__(self, path, first, last, exempt):
        self.path, self.first, self.last, self.exempt = path, first, last, exempt
        self.vectorized, self.failed = 0, 0

    def holds(self, path, line):
        return path == self.path and self.first <= line <= self.last


def end_of_statement(code, start):
    """Index behind the statement that starts at `start`: up to its `;` or closing brace outside any bracket."""
    depth = 0
    for index in range(start, len(code)):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(code[index], 0)
        if depth == 0 and code[index] in ";}":
            return index
    return len(code) - 1


def loops_of(path):
    text = path.read_text()
    code = sources.code_only(text)
    found = []
    for match in pragma_line.finditer(code):
        line = code.count("\n", 0, match.start()) + 1
        last = code.count("\n", 0, end_of_statement(code, match.end())) + 1
        exempt = re.search(r"//\s*scalar: \S", text[match.start():match.end()]) is not None
        found.append(Loop(path, line, last, exempt))
    return found


def gcc_verdicts(root, record):
    """(places, vectorized or not) per loop that gcc judged; places lead from the innermost inlined line outward."""
    def walk(entries):
        for entry in entries:
            yield entry
            yield from walk(entry.get("children", []))
    with gzip.open(record) as stream:
        content = json.load(stream)
    for entry in walk(content[2]):
        if entry.get("kind") in ("success", "failure") and "location" in entry:
            text = "".join(part for part in entry.get("message", []) if isinstance(part, str))
            if text.startswith(("loop vectorized", "couldn't vectorize loop")):
                sites = [entry["location"]] + [c["site"] for c in entry.get("inlining_chain", []) if "site" in c]
                yield [((root / s["file"]).resolve(), s["line"]) for s in sites], entry["kind"] == "success"


def clang_verdicts(root, record):
    for kind, name, line in clang_entry.findall(record.read_text()):
        yield [((root / name.replace("''", "'")).resolve(), int(line))], kind == "Passed"


def verdicts(root, folder, reports):
    """What the compiler said of the loops in files of a folder; reports of files that are gone are left out."""
    for report in sorted(reports.rglob("*")):
        source, suffix = re.fullmatch(r"(.*?)((?:\.opt\.yaml|(?:\.cpp)?\.opt-record\.json\.gz)?)",
                                      str(report.relative_to(reports))).groups()
        if suffix and (root / folder / source).is_file():
            yield from (clang_verdicts if report.suffix == ".yaml" else gcc_verdicts)(root, report)


def judge(loops, places, vectorized):
    """Books a verdict on the loop it is about: the innermost one around the first place that lies in any."""
    for path, line in places:
        around = [loop for loop in loops if loop.holds(path, line)]
        if around:
            loop = max(around, key=lambda l: l.first)
            loop.vectorized += vectorized
            loop.failed += not vectorized
            return


def breaches(root, homes):
    """homes: (a folder of sources, where the reports of its files are)"""
    files = sources.cpp_files(root, [folder for folder, _ in homes])
    loops = [loop for path in files for loop in loops_of(path)]
    for folder, reports in homes:
        for places, vectorized in verdicts(root, folder, pathlib.Path(reports)):
            judge(loops, places, vectorized)
    print(f"{len(loops)} loops, {sum(l.exempt for l in loops)} exempt")
    for loop in loops:
        where = f"{loop.path.relative_to(root)}:{loop.first}: "
        if not loop.exempt and loop.failed:
            yield where + f"not vectorized ({loop.failed} of its uses)"
        elif not loop.exempt and not loop.vectorized:
            yield where + "not reported as vectorized"


if __name__ == "__main__":
    homes = [tuple(argument.split("=")) for argument in sys.argv[2:]]
    sources.report(list(breaches(sources.root_from_arguments(), homes)), "vectorization")
