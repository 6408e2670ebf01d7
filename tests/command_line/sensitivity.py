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

import records
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
    expect(re.search(r"^ +\d+ %  [\d,]+ of [\d,]+ sets of values  \S+/s  \d+:\d\d left  \(combinations\)$", seen.stderr,
                     re.M), "progress on stderr", seen)
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
    seen = expect_status(0, "is there already and complete; nothing was simulated", "sensitivity", study, *small, "-o",
                         output)
    again = clientele("sensitivity", study, *small, "--force", "-o", output)
    expect(seen.stdout == again.stdout and "goes on from the records" in again.stderr, "the same text", again)
    for why, options in (("it is of another study", ["--seed", "5"]), ("it is of KPI", ["--kpi", "dso"]),
                         ("it is of scenario", ["--scenario", "recession"]),
                         ("it is of policy", ["--policy", "ranked"])):
        expect_status(73, why, "sensitivity", study, *small, *options, "-o", output)
    expect(output.read_bytes() == before, "a file that is there stays")
    torn = folder / "torn.json"
    torn.write_bytes(before[:200])
    expect_status(73, "it is not whole, or another version wrote it", "sensitivity", study, *small, "-o", torn)
    expect_status(0, "removed the records in", "clean", output)
    expect(not pathlib.Path(f"{output}.run").exists(), "clean removes the folder")
    other = folder / "notes.txt"
    other.write_text("mine")
    expect_status(73, "this is something else", "sensitivity", study, *small, "-o", other, "--force")
    expect_status(73, "this is something else", "sensitivity", study, *small, "-o", other)
    expect(other.read_text() == "mine", "--force replaces nothing else")
    copy = folder / "study.toml"
    copy.write_text(pathlib.Path(study).read_text())
    expect_status(73, "it is the study that this run reads", "sensitivity", copy, *small, "-o", copy)
    expect_status(0, "As stated", "sensitivity", study, *small, "-o", output, "--force", "--quiet", "--seed", "5")
    expect(json.loads(output.read_text())["seed"] == 5, "--force replaces what this verb wrote")
    expect_status(74, "nowhere", "sensitivity", study, *small, "-o", folder / "nowhere" / "s.json")


def compared(folder, answer):
    """Its sentences stand behind those of the cube's answer, if it is of the cube's study."""
    cube, beside = folder / "a.nc", folder / "a.nc.sensitivity.json"
    expect_status(0, "vs today", "run", study, *small, "-o", cube, "--quiet")
    without = clientele("compare", cube)
    expect("moved alone" not in without.stdout, "nothing is told of guesses that nobody moved", without)
    told = "All moved at once, bands is better in 0 of 200 combinations. This is from "
    for form in ((), ("--markdown",)):
        expect_status(0, told, "compare", cube, "--sensitivity", answer, *form)
    said = json.loads(clientele("compare", cube, "--sensitivity", answer, "--json").stdout)["answer"]
    expect([one["about"] for one in said].count("guesses") >= 3 and str(answer) in said[-1]["text"], "in JSON")
    expect_status(64, "--sensitivity goes with sentences", "compare", cube, "--sensitivity", answer, "--csv")
    expect_status(74, "cannot be opened", "compare", cube, "--sensitivity", folder / "nowhere.json")
    expect_status(65, "is not what clientele sensitivity -o writes", "compare", cube, "--sensitivity", cube)
    other = json.loads(answer.read_text())
    beside.write_text(answer.read_text())
    expect_status(0, "This is from", "compare", cube)
    for key, why in (("study_digest", "is of another study (0)"), ("model_version", "was made by model 0, the cube")):
        beside.write_text(json.dumps({**other, key: "0"}))
        expect_status(65, why, "compare", cube, "--sensitivity", beside)
        seen = expect_status(0, "warning: not told: ", "compare", cube)
        expect(seen.stdout == without.stdout, "one of another study is left out", seen)


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


def started(output):
    return subprocess.Popen([program, "sensitivity", study, *small, "-o", output], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def wait_for_records(running, output, size):
    while running.poll() is None and records.bytes_of_records(output) < size:
        time.sleep(0.001)


def interrupted(folder, wanted):
    output = folder / "stopped.json"
    with started(output) as running:
        wait_for_records(running, output, 20000)
        expect_status(69, "is in use by another run", "sensitivity", study, *small, "-o", output)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    safe = re.search(r"stopped early\. (\d+) of \d+ sets of values are safe in .*stopped.json.run.*: the same command "
                     "goes on", told)
    expect(running.returncode == 75 and safe and int(safe[1]) > 0, f"Ctrl-C is 75: {told}")
    expect(not output.exists(), "no file is there")
    held = records.whole_records(output)
    expect_status(0, "goes on from the records", "sensitivity", study, *small, "-o", output)
    expect(output.read_bytes() == wanted and held < records.whole_records(output), "goes on to the same bytes")
    with subprocess.Popen([program, "sensitivity", study], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as running:
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    expect(running.returncode == 75 and "nothing was kept (-o FILE would keep them)" in told, f"without a file: {told}")


def killed(folder, wanted, all_bytes):
    """At several moments, one after the other on the way to one file, and once where it is torn in a record."""
    output = folder / "killed.json"
    kills = 0
    for part in (0.02, 0.3, 0.55, 0.8, 0.99):
        before = records.whole_records(output)
        with started(output) as running:
            wait_for_records(running, output, part * all_bytes)
            running.kill()
            running.communicate()
        kills += running.returncode != 0
        expect(before <= records.whole_records(output), "no kill takes a record back")
        expect(not output.exists() or output.read_bytes() == wanted, "a file is whole or absent")
    expect(kills >= 3, f"{kills} kills hit")
    last = max(records.segments(output), key=lambda path: path.stat().st_size)
    os.truncate(last, last.stat().st_size - 7)
    if output.exists():
        output.unlink()
    expect_status(0, "bytes of torn ones are left out", "sensitivity", study, *small, "-o", output)
    expect(output.read_bytes() == wanted, "killed several times, and the same bytes")


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    answer = answers(here)
    whole, size = answer.read_bytes(), records.bytes_of_records(answer)
    compared(here, answer)
    files(here, answer)
    mistakes()
    interrupted(here, whole)
    killed(here, whole, size)
end()
