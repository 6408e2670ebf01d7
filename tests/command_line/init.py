# Each study to begin with is read without a warning, runs, and gives an answer; a file that is there stays.
#
# init.py PROGRAM ROOT
import pathlib
import re
import subprocess
import sys
import tempfile

from expectations import end, expect

program = sys.argv[1]
names = ("b2b", "retail", "subscription", "minimal")


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=120)


def starters_run(here):
    for name in names:
        study, cube = here / f"{name}.toml", here / f"{name}.nc"
        seen = clientele("init", name, "-o", study)
        expect(seen.returncode == 0 and "Next: clientele run" in seen.stdout, f"{name} is written", seen)
        text = study.read_text()
        expect(text == clientele("init", name).stdout, f"{name} is the same on stdout")
        expect(text.startswith("# ") and "What to expect:" in text and "guess" in text and "question" in text,
               f"{name} says its question, what to expect and what is a guess")
        expect(max(map(len, text.splitlines())) <= 120 and text.count("\n") < 90, f"{name} is read in a minute")
        checked = clientele("check", study)
        said = checked.stderr + checked.stdout
        expect(checked.returncode == 0 and "warning" not in said, f"{name} is sound", checked)
        draws = ["--draws", "4"] if "draws" in text else ["--replications", "4"]
        seen = clientele("run", study, "-o", cube, "--customers", "60", *draws, "-q")
        expect(seen.returncode == 0, f"{name} runs", seen)
        answer = clientele("compare", cube)
        expect(answer.returncode == 0 and re.search(r"profit", answer.stdout), f"{name} has an answer", answer)
    expect(clientele("init").stdout == clientele("init", "b2b").stdout, "who names none gets the first")


def nothing_is_lost(here):
    file = here / "mine.toml"
    file.write_text("mine")
    seen = clientele("init", "-o", file)
    expect(seen.returncode == 73 and file.read_text() == "mine" and "--force" not in seen.stderr,
           "a file that is there stays, and nothing is offered that init does not take", seen)
    seen = clientele("init", "-o", here / "nowhere" / "a.toml")
    expect(seen.returncode == 74, "a folder that is not there is told", seen)
    for words, meant in ((["retial"], "Did you mean retail?"), (["bank"], "there are: b2b, retail, subscription"),
                         (["b2b", "retail"], "2 words")):
        seen = clientele("init", *words)
        expect(seen.returncode == 64 and meant in seen.stderr and not seen.stdout, f"{words} is refused", seen)


with tempfile.TemporaryDirectory() as name:
    starters_run(pathlib.Path(name))
    nothing_is_lost(pathlib.Path(name))
end()
