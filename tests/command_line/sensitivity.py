# `clientele sensitivity` through the program: messages, files whole or absent, the same bytes for any threads.
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
study = str(root / "tests/command_line/three_policies.toml")
small = ["--customers", "60", "--replications", "3", "--months", "14"]


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300)


def expect_status(status, text, *words):
    seen = clientele(*words)
    told = " ".join((seen.stdout + seen.stderr).split())
    expect(seen.returncode == status and text in told, f"{words} gives {status} and {text!r}", seen)
    return seen


def answers(folder):
    output = folder / "s.json"
    seen = expect_status(0, "combinations that are spread evenly", "sensitivity", study, *small, "-o", output,
                         "--threads", "1")
    for text in ("As stated, in ", "One at a time, all else as stated, ", "All at once: ", "at from", "have no effect",
                 "Simulated: 60 customers in 3 futures", "Not moved, beside what policies do: "):
        expect(text in " ".join(seen.stdout.split()), f"sensitivity says {text!r}", seen)
    expect(max(map(len, seen.stdout.splitlines())) <= 80, "80 columns", seen)
    expect(re.search(r"^numbers one by one: \d+ of \d+, \d+ s$", seen.stderr, re.M), "progress on stderr", seen)
    told = json.loads(output.read_text())
    expect(told["schema_version"] == 1 and told["customers"] == 60 and told["replications"] == 3, "the size is told")
    expect(all(number["low"] <= number["stated"] <= number["high"] for number in told["numbers"]), "ends")
    sizes = [abs(number["change"]) for number in told["numbers"]]
    expect(sizes == sorted(sizes, reverse=True) and len(sizes) > 80, "the largest change first")
    quiet = clientele("sensitivity", study, *small, "--json", "--quiet", "--threads", "2")
    expect(quiet.returncode == 0 and quiet.stdout == output.read_text() and quiet.stderr == "",
           f"two threads, the same bytes, no word but {quiet.stderr!r}")
    return output


def files(folder, output):
    before = output.read_bytes()
    expect_status(73, "s.json", "sensitivity", study, *small, "-o", output)
    expect(output.read_bytes() == before, "a file that is there stays")
    other = folder / "notes.txt"
    other.write_text("mine")
    expect_status(73, "this is something else", "sensitivity", study, *small, "-o", other, "--force")
    expect(other.read_text() == "mine", "--force replaces nothing else")
    copy = folder / "study.toml"
    copy.write_text(pathlib.Path(study).read_text())
    expect_status(73, "it is the study that this run reads", "sensitivity", copy, *small, "-o", copy)
    expect_status(0, "As stated", "sensitivity", study, *small, "-o", output, "--force", "--quiet", "--seed", "5")
    expect(json.loads(output.read_text())["seed"] == 5, "--force replaces what this verb wrote")
    expect_status(74, "nowhere", "sensitivity", study, *small, "-o", folder / "nowhere" / "s.json")


def mistakes():
    expect_status(64, "STUDY is missing", "sensitivity")
    expect_status(64, "Did you mean sensitivity?", "sensitivty", study)
    expect_status(64, "--draws", "sensitivity", study, "--draws", "3")
    expect_status(64, "the study has no policy \"rankd\". Did you mean \"ranked\"?", "sensitivity", study, "--policy",
                  "rankd")
    expect_status(64, "the study has no scenario", "sensitivity", study, "--scenario", "flood")
    expect_status(64, "Did you mean \"npv\"?", "sensitivity", study, "--kpi", "npw")
    expect_status(64, "is the baseline", "sensitivity", study, "--policy", json_of_info()["baseline"])
    expect_status(64, "one replication tells no simulation error", "sensitivity", study, "--replications", "1")
    expect_status(74, "cannot read the study", "sensitivity", "/nowhere/study.toml")


def json_of_info():
    return json.loads(clientele("info", study, "--json").stdout)


def interrupted(folder):
    output = folder / "stopped.json"
    with subprocess.Popen([program, "sensitivity", study, "-o", output], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as running:
        time.sleep(2)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    expect(running.returncode == 75 and "stopped early; nothing was kept." in told, f"Ctrl-C is 75: {told}")
    expect(not output.exists() and not [f for f in os.listdir(folder) if "stopped" in f], "nothing is left behind")


with tempfile.TemporaryDirectory() as name:
    files(pathlib.Path(name), answers(pathlib.Path(name)))
    mistakes()
    interrupted(pathlib.Path(name))
end()
