# Figures in READMEs: the script that runs their commands sees a wrong one, mends it, and finds the cheap ones right.
import pathlib
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
run = "run tests/command_line/three_policies.toml --customers 64 --months 6 --replications 2 -o a.nc"


def figures(*words):
    script = [sys.executable, "-B", str(root / "tools/dev/readme_figures.py"), program]
    return subprocess.run([*script, *map(str, words)], capture_output=True, text=True, timeout=300)


def readme_in(folder):
    """Whole lines, lines left out at the start, in the middle and at the end, and a table that is cut at the right."""
    told = subprocess.run([program, *run.split(), "-q"], cwd=folder, capture_output=True, text=True, check=True).stdout
    info = subprocess.run([program, "info", "a.nc"], cwd=folder, capture_output=True, text=True, check=True).stdout
    told, lines = told.splitlines(), info.splitlines()
    table = told[next(at for at, line in enumerate(told) if line.split()[:1] == ["npv"]):]
    cut = table[0].index("npv") + len("npv")
    readme = folder / "README.md"
    rows = [line[:cut].rstrip() for line in table[1:3]]
    blocks = [f"$ clientele {run}", "...", table[0][:cut] + " ...", *rows, "...",
              "$ clientele info a.nc", lines[0], "...", next(line for line in lines if line.startswith("data")), "..."]
    readme.write_text("# Words\n\n" + "\n".join("    " + line for line in blocks) + "\n\nmore words\n")
    return readme


with tempfile.TemporaryDirectory() as name:
    for link in ("scenarios", "tests"):
        (pathlib.Path(name) / link).symlink_to(root / link)
    readme = readme_in(pathlib.Path(name))
    right = readme.read_text()
    expect(figures(readme).returncode == 0, "right figures are right", figures(readme))
    digest = right.split("data          ")[1][:8]
    readme.write_text(right.replace(digest, "00000000"))
    seen = figures(readme)
    expect(seen.returncode == 1 and "README.md:12: `clientele info a.nc` prints" in seen.stdout, "a wrong one is found",
           seen)
    expect(figures("--write", readme).returncode == 0 and readme.read_text() == right, "and is mended")
seen = figures("--fast")
print(seen.stdout)
expect(seen.returncode == 0, "the cheap figures of the READMEs are what their commands print", seen)
end()
