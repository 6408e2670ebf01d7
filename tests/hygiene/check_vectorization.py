# Every loop under `#pragma omp simd` in the kernels really becomes vector code: compilers fall back to scalar silently.
#
# Recompiles the kernel files at x86-64-v3 and reads the compiler's own report. A loop may end its pragma's line with
# `// scalar: reason` to be exempt. Usage: check_vectorization.py ROOT COMPILER FOLDER... [-- flags]
import concurrent.futures
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import sources

pragma_line = re.compile(r"^[ \t]*#[ \t]*pragma[ \t]+omp[ \t]+simd\b(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
clang_remark = re.compile(r"^(.*?):(\d+):\d+: (remark: vectorized loop|warning: loop not vectorized)", re.MULTILINE)


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


def included_files(root, path, seen):
    """The file and every file of ours that it includes, directly or not."""
    if path not in seen and path.is_file():
        seen.add(path)
        for _, spelled in sources.includes(path.read_text()):
            if spelled[0] == '"':
                included_files(root, root / spelled[1:-1], seen)
    return seen


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


def clang_verdicts(root, text):
    for name, line, verdict in clang_remark.findall(text):
        yield [((root / name).resolve(), int(line))], verdict.startswith("remark")


def verdicts(root, compiler, flags, path):
    """Compiles the file and reads what the compiler says of its loops."""
    is_clang = "clang" in subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    gcc_report, clang_report = ["-fsave-optimization-record"], ["-Rpass=loop-vectorize", "-Wpass-failed"]
    command = [compiler, "-std=c++20", "-O3", "-march=x86-64-v3", *flags, *(clang_report if is_clang else gcc_report)]
    with tempfile.TemporaryDirectory() as folder:
        command += [f"-I{root}", "-c", str(path), "-o", f"{folder}/a.o"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{path}: does not compile\n{done.stderr}")
        if is_clang:
            return list(clang_verdicts(root, done.stderr))
        return [v for record in pathlib.Path(folder).glob("*.json.gz") for v in gcc_verdicts(root, record)]


def judge(loops, places, vectorized):
    """Books a verdict on the loop it is about: the innermost one around the first place that lies in any."""
    for path, line in places:
        around = [loop for loop in loops if loop.holds(path, line)]
        if around:
            loop = max(around, key=lambda l: l.first)
            loop.vectorized += vectorized
            loop.failed += not vectorized
            return


def breaches(root, compiler, folders, flags):
    files = sources.cpp_files(root, folders)
    loops = [loop for path in files for loop in loops_of(path)]
    with_loops = {loop.path for loop in loops}
    units = [p for p in files if p.suffix == ".cpp" and included_files(root, p, set()) & with_loops]
    with concurrent.futures.ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for found in pool.map(lambda p: verdicts(root, compiler, flags, p), units):
            for places, vectorized in found:
                judge(loops, places, vectorized)
    print(f"{compiler}: {len(loops)} loops, {sum(l.exempt for l in loops)} exempt, {len(units)} files compiled")
    for loop in loops:
        where = f"{loop.path.relative_to(root)}:{loop.first}: "
        if not loop.exempt and loop.failed:
            yield where + f"not vectorized by {compiler} ({loop.failed} of its uses)"
        elif not loop.exempt and not loop.vectorized:
            yield where + f"not reported as vectorized by {compiler}"


if __name__ == "__main__":
    arguments, flags = sys.argv[2:], []
    if "--" in arguments:
        arguments, flags = arguments[:arguments.index("--")], arguments[arguments.index("--") + 1:]
    sources.report(list(breaches(sources.root_from_arguments(), arguments[0], arguments[1:], flags)), "vectorization")
