# Says what of the reader and the resolver no drawn study reaches, against a list of what none needs to.
#
#   reached.py SOURCES [STUDIES] [--all]
#
# The sources are built with g++ and gcov's counters, and studies are drawn, read and simulated (properties/any_study).
# Every line below must have been run, but for those that tell a mistake, whose words are tests/scenarios' to hold; in
# the engine every condition must also have come out both ways. What need not be stands in `not_reached.py` with its
# reason; what stands there and is reached, or is not there any more, fails as well. --all prints all that is missing;
# REACHED_BUILD names a build folder that stays.
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from not_reached import not_reached

readers = ("scenarios/reader/*_reader.cpp",)
engine = ("sim/roll_out.cpp", "sim/engine/resolve.cpp", "sim/engine/reach.cpp", "sim/engine/program.cpp")
audited = readers + engine
program = "properties/any_study"


def do(*command, **how):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **how)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def build(sources, folder):
    do("cmake", "-S", sources, "-B", folder, "-G", "Ninja", "-DCMAKE_CXX_COMPILER=g++", "-DCMAKE_BUILD_TYPE=Release",
       "-DCMAKE_CXX_FLAGS_RELEASE=-O1 --coverage", "-DCLIENTELE_CPU_LEVELS=OFF")
    do("cmake", "--build", folder, "--parallel", os.cpu_count(), "--target", "test_" + program.replace("/", "_"))


def counts_of(sources, folder):
    """By file: how often each line was run, and how often each branch of it was taken."""
    names = {str(path.relative_to(sources)) for pattern in audited for path in sources.glob(pattern)}
    gcov = do("g++", "-print-prog-name=gcov").strip()
    files = collections.defaultdict(dict)
    for counters in folder.rglob("*.gcda"):
        object_name = re.search(r"\.dir/(.*)\.gcda$", str(counters))
        if not object_name or not any(name.endswith(object_name[1]) for name in names):
            continue
        for line in do(gcov, "--json-format", "--branch-probabilities", "--stdout", counters,
                       cwd=counters.parent).splitlines():
            for file in json.loads(line)["files"]:
                path = pathlib.Path(file["file"])
                name = str(path.relative_to(sources)) if path.is_relative_to(sources) else str(path)
                if name in names:
                    add(files[name], file["lines"])
    return files, names


def add(lines, counted):
    for line in counted:
        runs, branches = lines.get(line["line_number"], (0, None))
        taken = [branch["count"] for branch in line["branches"] if not branch["throw"]]
        if branches is not None and len(branches) == len(taken):
            taken = [a + b for a, b in zip(branches, taken)]
        lines[line["line_number"]] = (runs + line["count"], taken)


def statement_of(text, number):
    """The lines from the end of the statement before to the end of this one."""
    first = last = number - 1
    while first > 0 and not re.search(r"[;{}:]$", text[first - 1]):
        first -= 1
    while last + 1 < len(text) and not re.search(r"[;{}]$", text[last]):
        last += 1
    return "\n".join(text[first:last + 1])


def missing_in(text, lines, both_ways):
    """Numbers of lines that were never run, and of conditions that always came out the same way."""
    for number, (runs, branches) in sorted(lines.items()):
        if runs == 0:
            if text[number - 1].strip() != "}" and "mistakes." not in statement_of(text, number):
                yield number, "never run"
        elif both_ways and 0 in branches and re.search(r"\bif\b|\?|&&|\|\||\bwhile\b|\bcase\b", text[number - 1]):
            yield number, "one way only"


def missing(sources, folder):
    """(file, text of the line, how) of all that no study reaches."""
    files, names = counts_of(sources, folder)
    if set(files) != names:
        sys.exit(f"no counters of {sorted(names - set(files))}")
    found = {}
    for name, lines in sorted(files.items()):
        text = (sources / name).read_text().splitlines()
        for number, how in missing_in(text, lines, name in engine):
            found[name, text[number - 1].strip()] = f"{name}:{number}: {how}: {text[number - 1].strip()}"
    return found


def main(sources, studies, tell_all):
    if shutil.which("g++") is None:
        print("not installed: g++")
        return 77
    with tempfile.TemporaryDirectory(prefix="reached_") as name:
        folder = pathlib.Path(os.environ.get("REACHED_BUILD", name))
        build(sources, folder)
        do(folder / "tests" / program, env={**os.environ, "CLIENTELE_STUDIES": str(studies)})
        found = missing(sources, folder)
    if tell_all:
        print("\n".join(found.values()))
    wrong = [text for place, text in found.items() if place not in not_reached]
    stale = [place for place in not_reached if place not in found]
    print("\n".join(wrong))
    print("\n".join(f"{file}: is reached, or is not there any more: {text}" for file, text in stale))
    print(f"{len(found)} places are not reached by {studies} studies, {len(found) - len(wrong)} of them need not be")
    return 1 if wrong or stale else 0


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--all"]
    sys.exit(main(pathlib.Path(words[0]).resolve(), int(words[1]) if len(words) > 1 else 100, "--all" in sys.argv))
