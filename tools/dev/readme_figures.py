# Holds the figures in READMEs to what the commands above them print, or writes them anew.
"""readme_figures.py PROGRAM [--write] [--fast] [README...]

In an indented block `$ command` is run, and the lines below it, up to the next `$` or the end of the block, are what it
prints. A line `...` stands for lines that are left out. A line that ends with ` ...` is cut there, and so are the lines
behind it up to an empty one. The commands of a README share a folder in which the sources are found as they are named.

With --write the lines are written anew, as many as there are between what is left out. --fast passes over runs of a
shipped study as it is, but for the small one with a known answer, and over what follows from them. What needs data
that is not here (CLIENTELE_DATA) is passed over too.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
data = pathlib.Path(os.environ.get("CLIENTELE_DATA", root / "../shared/data"))
usual = ("README.md", "tools/clientele/README.md")
indent = "    "


def blocks_of(lines):
    """(command, first line of its output, line behind it) of every `$` line."""
    found, at = [], 0
    while at < len(lines):
        if not lines[at].startswith(indent + "$ "):
            at += 1
            continue
        command, end = lines[at][len(indent) + 2:].split("   #")[0], at + 1
        while end < len(lines) and not lines[end].startswith(indent + "$ ") and (
                lines[end].startswith(indent) or lines[end] == ""):
            end += 1
        behind = end
        while end > at + 1 and lines[end - 1] == "":
            end -= 1
        found.append((command, at + 1, end))
        at = behind
    return found


def without_numbers(line):
    """A line by its words: what has a digit in it may have changed."""
    return re.sub(r"\S*\d\S*", "#", " ".join(line.split()))


def place_of(line, printed, start):
    """Where a line behind `...` goes on: the first that is like it but for its numbers."""
    wanted = without_numbers(line.removesuffix(" ..."))
    for at in range(start, len(printed)):
        if without_numbers(printed[at]).startswith(wanted[:40]):
            return at
    raise LookupError(line)


def width_of(line, printed):
    """A table is cut behind the last column that is shown, wherever that stands now."""
    last = re.split(r"\s{2,}", line.removesuffix(" ...").strip())[-1]
    return printed.find(last) + len(last) if last in printed else len(line) - 4


def rendered(shown, printed):
    """What a README should show, in the form in which it shows it now."""
    result, at, width = [], 0, None
    for number, line in enumerate(shown):
        if line == "...":
            following = shown[number + 1] if number + 1 < len(shown) else None
            at = len(printed) if following is None else place_of(following, printed, at)
            result.append(line)
            continue
        if at >= len(printed):
            break
        mark = ""
        if line.endswith(" ..."):
            width, mark = width_of(line, printed[at]), " ..."
        elif printed[at] == "":
            width = None
        result.append(printed[at][:width].rstrip() + mark)
        at += 1
    return result + ([] if shown and shown[-1] == "..." else printed[at:])


class Folder:
    """Where the commands of one README run, under the names that it uses."""

    def __init__(self, program, fast):
        self.kept = tempfile.TemporaryDirectory()
        self.path, self.fast, self.passed_over = pathlib.Path(self.kept.name), fast, None
        for name in ("scenarios", "tools", "tests"):
            (self.path / name).symlink_to(root / name)
        for name in ("build/clientele", "bin/clientele"):
            (self.path / name).parent.mkdir()
            (self.path / name).symlink_to(pathlib.Path(program).resolve())
        invoices = data / "online_retail" / "online_retail_invoices.csv.gz"
        if invoices.is_file():
            (self.path / invoices.name).symlink_to(invoices.resolve())

    def why_passed_over(self, command):
        """A run that is passed over takes with it what is said of its outcomes."""
        if "clientele compare" in command or "clientele info" in command:
            return self.passed_over
        self.passed_over = None
        shipped = r"(run|sensitivity) scenarios/studies/(?!known-answer\.toml -o)\S+(?!.*--customers)"
        if self.fast and re.search(shipped, command):
            self.passed_over = "a shipped study as it is takes its time"
        if re.search(r"\.gz", command) and not list(self.path.glob("*.gz")):
            self.passed_over = "the invoices are not here"
        return self.passed_over

    def run(self, command):
        environment = os.environ | {"PATH": f"{self.path / 'bin'}:{os.environ['PATH']}", "PYTHONDONTWRITEBYTECODE": "1"}
        progress = subprocess.DEVNULL if "clientele run" in command else subprocess.STDOUT
        seen = subprocess.run(command, shell=True, cwd=self.path, env=environment, text=True, stdout=subprocess.PIPE,
                              stderr=progress, timeout=3600)
        if seen.returncode not in (0, 1):  # 1 is an answer too: two cubes differ
            sys.exit(f"`{command}` gives {seen.returncode}: {seen.stdout}")
        return [line.rstrip() for line in seen.stdout.splitlines()]


def figures(readme, program, fast):
    """The lines of a README as they should be, and what differs."""
    lines, differences = readme.read_text().split("\n"), []
    folder, edits = Folder(program, fast), []
    for command, start, end in blocks_of(lines):
        why = folder.why_passed_over(command)
        if why:
            print(f"{readme}:{start}: not looked at, {why}: {command}")
            continue
        printed = folder.run(command)
        shown = [line[len(indent):] for line in lines[start:end]]
        if not shown:
            continue
        try:
            wanted = rendered(shown, printed)
        except LookupError as lost:
            differences.append(f"{readme}:{start}: `{command}` prints nothing like {lost} (mend it by hand)")
            continue
        if wanted != shown:
            first = next((i for i, (a, b) in enumerate(zip(shown, wanted)) if a != b), min(len(shown), len(wanted)))
            differences.append(f"{readme}:{start + first + 1}: `{command}` prints\n  {(wanted + [''])[first]}")
            edits.append((start, end, [indent + line if line else "" for line in wanted]))
    for start, end, wanted in reversed(edits):
        lines[start:end] = wanted
    return "\n".join(lines), differences


def main(words):
    options = {word for word in words if word.startswith("--")}
    names = [word for word in words if not word.startswith("--")]
    if not names or options - {"--write", "--fast"}:
        sys.exit(__doc__)
    program, readmes = names[0], [pathlib.Path(name) for name in names[1:]] or [root / name for name in usual]
    found = []
    for readme in readmes:
        text, differences = figures(readme, program, "--fast" in options)
        found += differences
        if "--write" in options and differences:
            readme.write_text(text)
    print("\n".join(found))
    if found and "--write" not in options:
        sys.exit(f"{len(found)} blocks show other figures (tools/dev/readme_figures.py {program} --write mends them)")


if __name__ == "__main__":
    main(sys.argv[1:])
