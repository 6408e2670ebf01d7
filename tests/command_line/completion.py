# The completion for bash offers what the program has: its verbs, each verb's options, keys of studies, and else files.
#
# completion.py PROGRAM ROOT
import json
import pathlib
import shutil
import subprocess
import sys

from expectations import end, expect

program, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
if shutil.which("bash") is None:
    print("skipped: bash is not installed")
    sys.exit(0)
script = r"""
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
_clientele
((${#COMPREPLY[@]})) && printf '%s\n' "${COMPREPLY[@]}"
true
"""


def offered(*words):
    seen = subprocess.run(["bash", "--norc", "-c", script, "bash", root / "tools/completion/clientele.bash", program,
                           *words], capture_output=True, text=True, timeout=60)
    expect(seen.returncode == 0 and not seen.stderr, f"{words} is completed", seen)
    return seen.stdout.split()


def told(*words):
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=60).stdout


verbs = [line.split()[1] for line in told("help").splitlines() if line.startswith("  clientele ")]
expect(len(verbs) > 15 and offered("") == verbs and offered("help", "") == verbs, f"verbs are offered: {offered('')}")
expect(offered("sen") == ["sensitivity"], "the beginning of a verb is enough")
for verb in verbs:
    page = told("help", verb)
    options = offered(verb, "--")
    expect(all(option in page for option in options), f"options of {verb} are its own: {options}")
    expect(("--json" in page) == ("--json" in options), f"{verb} has --json where it has it")
    for option in options:  # where it is no option, the program says so
        seen = subprocess.run([program, verb, option + "x"], capture_output=True, text=True, timeout=60)
        expect(seen.returncode == 64, f"{verb} knows its options", seen)
expect({"--output", "--set", "--dry-run"} <= set(offered("run", "study.toml", "--")), "options follow a study")
expect(offered("run", "study.toml", "--dry") == ["--dry-run"], "the beginning of an option is enough")
paths = [entry["path"] for entry in json.loads(told("explain", "--json"))["keys"]]
expect(offered("explain", "") == paths, "all keys are offered to explain")
expect(offered("run", "study.toml", "--set", "payment.terms_d") == ["payment.terms_days"], "and to --set")
expect(offered("init", "") == ["b2b", "retail", "subscription", "minimal"], "studies to begin with are offered")
for words in (("run", "stu"), ("init", "-o", "stu"), ("compare", "")):
    expect(offered(*words) == [], f"{words} is left to the names of files")
end()
