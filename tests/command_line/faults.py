# Calls on files fail, one after the other: no file is half there under its name, and the same command mends it all.
#
# faults.py PROGRAM ROOT LIBRARY [--all [WAY]]: LIBRARY is tests/support/failing_calls.c. Of each command below every
# call is counted; by day some calls of each kind fail in one way each. With --all every call fails in every way (or in
# the one that is named), once and for ever, but for the thousand writes of HDF5 to a cube: each of them fails in one
# way, every 25th in every.
import concurrent.futures
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import records

program, root, library = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:4])
every_call = sys.argv[4:5] == ["--all"]
only = sys.argv[5:6]

# Twelve cells of two months and as few numbers as a cube can have: what is tested are files.
cells = 12
run = ["run", f"{root}/tests/command_line/three_policies.toml", "--customers", "64", "--replications", "2",
       "--months", "2", "--set", "horizon.warmup=0", "--set", "beyond.months=0", "--set", "scenario.recession.shock=[]",
       "--set", "output.by=[]", "--set", 'output.metrics=["orders"]', "--set", "output.histograms=false",
       "--threads", "1", "-o", "a.nc"]
by_year, in_all = (["--set", f'output.months="{months}"'] for months in ("year", "total"))
# Commands that come one after the other. Each is undisturbed until it is its turn, and each may be given again.
sequences = {
    "a cube": [run + in_all, run + by_year, ["report", "a.nc", "-o", "a.html", "--force"],
               ["clean", "a.nc"]],
    "shards": [[*run, *in_all, "--shard", "1/2"], [*run, *in_all, "--shard", "2/2"], ["merge", "a.nc"],
               ["clean", "a.nc"]],
}

errors = ("ENOSPC", "EDQUOT", "EIO", "EINTR")
ways_to_write = (*errors, "short", "killed", "power", "late", "torn")
ways_of_others = (*errors, "killed", "power", "late")
repeats = ("ENOSPC", "EDQUOT", "EIO", "short", "torn", "late")  # what may go on for ever without the program doing so
by_day = {"pwrite cube": 8, "pwrite record": 3}                  # so many calls of a kind; of other kinds:
others_by_day = 4
good, input_output, missed = 0, 74, None


def fail(text):
    sys.exit(f"FAILED: {text}")


def clientele(folder, command, **settings):
    """One command in a folder, with names relative to it."""
    environment = dict(os.environ, **{f"FAILING_CALLS_{name}": str(value) for name, value in settings.items()})
    if settings:
        environment["LD_PRELOAD"] = library
    return subprocess.run([program, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def finished(folder):
    """Everything that has its name, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name[0] != "."}


def half_done(folder):
    return [path.name for path in folder.iterdir() if path.name[0] == "."]


def kind_of(call):
    """What is done to which kind of file: "pwrite record"."""
    _, name, path = call.split(" ", 2)
    file = pathlib.PurePath(path).name
    kinds = (("seg-", "record"), ("log-", "log"), ("asked", "asked"), (".", "cube"))  # else by its name
    return name + " " + next((kind for start, kind in kinds if file.startswith(start) and file != "."), file)


class Stage:
    """What there is before a command, what there is after it, and the calls that it makes."""

    def __init__(self, folder, name, command):
        self.name, self.command, self.folder = name, command, folder / "before"
        after = folder / "after"
        shutil.copytree(self.folder, after)
        log = folder / "calls"
        seen = clientele(after, command, LOG=log)
        if seen.returncode != good:
            fail(f"{self.told()} undisturbed ends with {seen.returncode}: {seen.stderr}")
        self.before, self.after, self.calls = finished(self.folder), finished(after), log.read_text().splitlines()

    def told(self):
        return f"{self.name}: clientele {' '.join(self.command[:1] + self.command[-4:])}"


def stages(here):
    for name, commands in sequences.items():
        folder = here / f"{name} 0"
        (folder / "before").mkdir(parents=True)
        for number, command in enumerate(commands, 1):
            yield Stage(folder, name, command)
            shutil.copytree(folder / "after", here / f"{name} {number}" / "before")
            folder = here / f"{name} {number}"


def is_write(call):
    return "write" in call.split(" ")[1]


def all_faults(stage):
    for number, call in enumerate(stage.calls):
        ways = [(way, for_ever) for way in (ways_to_write if is_write(call) else ways_of_others)
                for for_ever in ((0, 1) if way in repeats else (0,))]
        if kind_of(call) == "pwrite cube" and number % 25 != 0:
            ways = [ways[number % len(ways)]] if not only else []
        ways = [(way, for_ever) for way, for_ever in ways if way in (only or ways_to_write)]
        for way, for_ever in ways:
            yield stage, call, way, for_ever


def spread(things, most):
    """At most so many of them, the first and the last among them."""
    if len(things) <= most:
        return things
    return [things[round(at * (len(things) - 1) / (most - 1))] for at in range(most)]


turn = 0  # which way is next, over all stages


def faults_by_day(stage, known):
    """Some calls of each kind that no stage before it made, each in one way; writes torn as well."""
    global turn
    kinds = {}
    for call in stage.calls:
        kinds.setdefault(kind_of(call), []).append(call)
    for kind, calls in kinds.items():
        if kind in known:
            continue
        known.add(kind)
        for call in spread(calls, by_day.get(kind, others_by_day)):
            ways = ways_to_write[:-1] if is_write(call) else ways_of_others
            yield stage, call, ways[turn % len(ways)], turn % 2 if ways[turn % len(ways)] in repeats else 0
            turn += 1
        if is_write(calls[0]):
            yield stage, calls[len(calls) // 2], "torn", 0


def check_names(stage, folder, told):
    for name, content in finished(folder).items():
        if content not in (stage.before.get(name), stage.after.get(name)):
            fail(f"{told}: {name} is neither what it was nor what it is to be")
    for name in stage.before:
        if not (folder / name).exists():
            fail(f"{told}: {name} is gone")


def check_told(seen, way, folder, told):
    """74 with a reason, or done; killed only where that was the fault. What is said to be safe is there."""
    if seen.returncode not in ((-signal.SIGKILL,) if way in ("killed", "power") else (good, input_output)):
        fail(f"{told} ends with {seen.returncode}: {seen.stderr}")
    if seen.returncode == input_output and not seen.stderr.strip():
        fail(f"{told} ends with 74 and says nothing")
    safe = re.search(r"(\d+) of (\d+) cells are safe in", seen.stderr)
    if safe and (int(safe[1]), int(safe[2])) != (len(records.whole_records(folder / "a.nc")), cells):
        fail(f"{told}: {len(records.whole_records(folder / 'a.nc'))} records are whole, and it says: {seen.stderr}")


mended = set()  # what commands have gone on from already: from the same files the same comes


def given_again(stage, folder, told):
    kept = [path for path in records.run_directory(folder / "a.nc").glob("*")
            if path.name.startswith(("seg-", "asked"))]
    state = (*stage.command, *sorted(finished(folder).items()), *sorted(path.read_bytes() for path in kept))
    left = half_done(folder)
    if hash(state) in mended and not left:
        return
    again = clientele(folder, stage.command)
    if again.returncode != good:
        fail(f"{told}\nGiven again, it ends with {again.returncode}: {again.stderr}")
    if finished(folder) != stage.after:
        fail(f"{told}\nGiven again, it ends in other bytes.")
    if half_done(folder):
        fail(f"{told}\nGiven again, it leaves {half_done(folder)}.")
    if not left:
        mended.add(hash(state))


def one_fault(number, stage, call, way, for_ever):
    """The exit status of a command one of whose calls fails, or that this time makes fewer calls."""
    folder = stage.folder.parent / f"fault {number}"
    shutil.copytree(stage.folder, folder)
    told = f"{stage.told()}, call {call}: {way}{' for ever' if for_ever else ''}"
    log = stage.folder.parent / f"log {number}"
    seen = clientele(folder, stage.command, LOG=log, AT=call.split(" ")[0], HOW=way, EVER=for_ever)
    if not any(line.endswith(" " + way) for line in log.read_text().splitlines()):
        return missed  # how often a process says what it is at depends on the clock
    check_told(seen, way, folder, told)
    check_names(stage, folder, told)
    given_again(stage, folder, f"{told} ends with {seen.returncode}: {seen.stderr}")
    shutil.rmtree(folder)
    log.unlink()
    return seen.returncode


with tempfile.TemporaryDirectory() as name:
    start, known, faults = time.monotonic(), set(), []
    for stage in stages(pathlib.Path(name)):
        faults += all_faults(stage) if every_call else faults_by_day(stage, known)
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        waiting = [workers.submit(one_fault, number, *fault) for number, fault in enumerate(faults)]
        try:
            ends = [one.result() for one in waiting]
        except BaseException:
            workers.shutdown(cancel_futures=True)
            raise
    if (not only and ends.count(input_output) < len(ends) / 4) or ends.count(missed) > len(ends) / 20:
        fail(f"of {len(ends)} faults only {ends.count(input_output)} are told, {ends.count(missed)} missed: do they "
             "reach the program?")
    print(f"{len(ends)} faults: {ends.count(good)} without harm, {ends.count(input_output)} told, "
          f"{ends.count(-signal.SIGKILL)} killed; the same bytes after each ({time.monotonic() - start:.0f} s)")
