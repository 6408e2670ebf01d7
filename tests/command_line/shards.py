# Shards of a study, wherever and whenever they are simulated, merge into the bytes of one run; what is missing is told
# with whose it is.
#
# shards.py PROGRAM ROOT [all]; all: by night, what takes longer.
import ctypes
import ctypes.util
import json
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
from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
study = ["run", str(root / "tests/command_line/three_policies.toml"), "--customers", "200", "--months", "13",
        "--replications", "7", "--threads", "1", "--quiet"]
cells = 2 * 3 * 7


def clientele(*words, **how):
    for name in list(os.environ):
        if name.startswith(("SLURM_", "HQ_", "FLUX_", "PBS_")):
            del os.environ[name]
    environment = {**os.environ, **how.pop("environment", {})}
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300, env=environment,
                          **how)


def expect_status(status, text, *words, **how):
    seen = clientele(*words, **how)
    expect(seen.returncode == status and text in seen.stdout + seen.stderr,
           f"{' '.join(map(str, words))} gives {status} and {text!r}", seen)
    return seen


def array(task, first, last, step=1):
    return {"environment": {"SLURM_ARRAY_JOB_ID": "77", "SLURM_ARRAY_TASK_ID": str(task),
                            "SLURM_ARRAY_TASK_MIN": str(first), "SLURM_ARRAY_TASK_MAX": str(last),
                            "SLURM_ARRAY_TASK_COUNT": str((last - first) // step + 1),
                            "SLURM_ARRAY_TASK_STEP": str(step)}}


def wait_for_records(output, running, count=1):
    while running.poll() is None and len(records.whole_records(output)) < count:
        time.sleep(0.002)


def same_bytes(folder, asked, whole, name, count):
    """Shards in whatever order, one of them twice at once; the merge is told like the run."""
    output = folder / f"{name}.nc"
    twice = [subprocess.Popen([program, *asked, "-o", str(output), "--shard", f"{count}/{count}"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for running in twice:
        told = running.communicate()
        expect(running.returncode == 0, f"a shard that is sent twice at once ends with 0: {told}")
    for shard in range(count - 1, 0, -1):
        expect_status(0, f"shard {shard}/{count} is done: ", *asked, "-o", output, "--shard", f"{shard}/{count}")
    expect(not output.exists(), "shards make no cube")
    seen = expect_status(0, "data ", "merge", output)
    expect(output.exists() and output.read_bytes() == whole.read_bytes(), f"{name}: {count} shards merge into the "
           "bytes of one run", seen)
    again = expect_status(0, "is there already and complete", "merge", output)
    expect(again.stdout == seen.stdout, "and a second merge says the same", again)
    return seen


def shards_of(folder, name, asked, counts):
    whole = folder / f"{name}-whole.nc"
    run = clientele(*asked, "-o", whole)
    expect(run.returncode == 0, f"{name} runs", run)
    for count in counts:
        merged = same_bytes(folder, asked, whole, f"{name}-{count}", count)
        expect(merged.stdout == run.stdout, f"{name}: a merge tells what a run tells", merged)
    return whole


def portions(folder):
    """One world of one cell, of which each of three shards has a part."""
    huge_study = folder / "huge.toml"
    huge_study.write_text(records.huge_base(530_000, months=1))
    words = ["run", str(huge_study), "--threads", "2", "--quiet"]
    whole = folder / "huge-whole.nc"
    clientele(*words, "-o", whole)
    output = folder / "huge.nc"
    for shard in (1, 3):
        expect_status(0, "portion of worlds that shards share", *words, "-o", output, "--shard", f"{shard}/3")
    seen = expect_status(75, "1 of 1 cell is missing", "merge", output)
    expect("shard 2/3 never started" in seen.stderr and "1/3" not in seen.stderr, "a missing portion is somebody's",
           seen)
    expect_status(75, "1 of 1 cell is missing", "merge", output, "--partial")
    expect_status(0, "0 of 1 cell are done (0 %), 1 missing, of which 2 portions are done", "status", output)
    expect_status(0, "shard 2/3 is done: 1 portion", *words, "-o", output, "--shard", "2/3")
    before = len(records.whole_records(output))
    seen = expect_status(0, "data ", "merge", output)
    expect(output.read_bytes() == whole.read_bytes(), "portions merge into the bytes of one run", seen)
    expect(len(records.whole_records(output)) == before + 1 == 4, "and nothing is simulated for that")
    rest = folder / "rest.nc"
    clientele(*words, "-o", rest, "--shard", "1/3")
    seen = expect_status(0, "", *words[:-1], "-o", rest)
    expect("but for 1 portion of them" in seen.stderr and rest.read_bytes() == whole.read_bytes(),
           "a run of the whole goes on from what shards have left", seen)


def sweep(folder):
    """Points are shared by number, whichever of their cells are the same; a merge says which points are missing."""
    shutil.copy(root / "scenarios/studies/known-answer-churn.csv", folder / "churn.csv")
    words = ["run", str(root / "scenarios/studies/known-answer.toml"), "--sweep", str(folder / "churn.csv"),
             "--customers", "100", "--replications", "3", "--threads", "1", "--quiet"]
    whole, output = folder / "sweep-whole.nc", folder / "sweep.nc"
    told = expect_status(0, "data ", *words, "-o", whole)
    for shard in (3, 1):
        expect_status(0, f"shard {shard}/3 is done", *words, "-o", output, "--shard", f"{shard}/3")
    safe = len(records.whole_records(output))
    seen = expect_status(75, " are missing, of points ", "merge", output)
    expect("shard 2/3 never started" in seen.stderr and "1/3" not in seen.stderr, "a missing point is somebody's", seen)
    expect_status(0, "1 never started, 2 done", "status", output)
    partial = expect_status(0, "data ", "merge", output, "--partial")
    expect(output.read_bytes() != whole.read_bytes(), "a part is not the whole", partial)
    expect_status(0, "shard 2/3 is done", *words, "-o", output, "--shard", "2/3")
    merged = expect_status(0, "data ", "merge", output)
    expect(0 < safe < len(records.whole_records(output)) == len(records.whole_records(whole)), "each is simulated once")
    expect(output.read_bytes() == whole.read_bytes() and merged.stdout == told.stdout,
           "points merge into the bytes of one run", merged)
    records.segments(output)[0].unlink()
    again = expect_status(0, "is there already and complete", "merge", output)
    expect(again.stdout == merged.stdout, "a second merge of points says the same, from the cube alone", again)
    (folder / "churn.csv").write_text("churn.base_hazard\n0.01\n")
    expect_status(65, "no longer those that were simulated", "merge", output)


def customer_months_noted(output):
    """All that logs tell of: their last word but one (output/FORMAT.md)."""
    return sum(int(line.split()[6]) for log in records.run_directory(output).glob("log-*")
               for line in log.read_text().splitlines() if line.startswith("done "))


def portions_of_points(folder):
    """A point of many portions is shared by them; status counts portions, and nobody lived twice."""
    (folder / "sizes.toml").write_text(records.huge_base(200, months=1) +
                                       "[sweep.grid]\npopulation.customers = [300, 530_000]\n")
    sizes, parts = ["run", str(folder / "sizes.toml")], folder / "parts.nc"
    whole = expect_status(0, "data ", *sizes, "-o", folder / "sizes.nc")
    lived = int(re.search(r"([\d,]+) customer-months in", whole.stderr)[1].replace(",", ""))
    expect(customer_months_noted(folder / "sizes.nc") == lived, "a run notes each customer-month once", whole)
    expect_status(0, "is done", *sizes, "-o", parts, "--shard", "1/2")
    expect_status(0, "1 missing, of which 2 portions are done", "status", parts)
    expect_status(0, "is done", *sizes, "-o", parts, "--shard", "2/2")
    expect(customer_months_noted(parts) == lived, f"so do shards, {lived}: {customer_months_noted(parts)}")
    seen = expect_status(0, "data ", "merge", parts)
    expect(parts.read_bytes() == (folder / "sizes.nc").read_bytes(), "portions of points merge into one run", seen)
    expect(customer_months_noted(parts) == lived, "a merge lives nothing", seen)


def equal_cells(folder):
    """What several points have in common belongs to the shard that has it at the first of them, and to no other."""
    asked = folder / "common.toml"
    asked.write_text(pathlib.Path(study[1]).read_text() +
                     "\n[sweep.grid]\npolicy.bands.tier.gold.terms_days = [30, 60]\n")
    words, output = ["run", asked, *study[2:5], "3", "--replications", "4", "--quiet"], folder / "common.nc"
    for shard in (2, 3):
        expect_status(0, "is done", *words, "-o", output, "--shard", f"{shard}/3")
    seen = expect_status(75, "shard 1/3 never started", "merge", output)
    expect("2/3" not in seen.stderr and "3/3" not in seen.stderr, "shards that are done lack nothing", seen)


def same_money(folder):
    asked = [*study[:3], "60", *study[4:], "--set", "experiment.same_money=true"]
    whole = folder / "money-whole.nc"
    run = clientele(*asked, "-o", whole)
    output = folder / "money.nc"
    expect_status(0, "shard 2/3 is done: ", *asked, "-o", output, "--shard", "2/3")
    seen = expect_status(75, " of 70 cells are missing", "merge", output)
    expect("shards 1/3, 3/3 never started" in seen.stderr, "cells of the same money have shards too", seen)
    both = [subprocess.Popen([program, *asked, "-o", str(output), "--shard", f"{shard}/3"], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True) for shard in (1, 3)]
    for running in both:
        told = running.communicate()
        expect(running.returncode == 0, f"shards of the same money end with 0: {told}")
    seen = expect_status(0, "data ", "merge", output)
    expect(seen.stdout == run.stdout and output.read_bytes() == whole.read_bytes(),
           "shards of the same money merge into the bytes of one run", seen)


def begun_logs(output):
    """Those whose first line is there."""
    return [log for log in records.run_directory(output).glob("log-*") if "\n" in log.read_text()]


def killed(folder, whole):
    """A shard that is killed is named by the merge, and goes on by the same command; --partial says what it is of."""
    output = folder / "killed.nc"
    for _ in range(20):  # a shard that was faster than its killer is begun anew
        for shard in (1, 3):
            clientele(*study, "-o", output, "--shard", f"{shard}/3")
        running = subprocess.Popen([program, *study, "-o", str(output), "--shard", "2/3"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        while running.poll() is None and len(begun_logs(output)) < 3:
            time.sleep(0.0005)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        if running.returncode == -signal.SIGKILL:
            break
        shutil.rmtree(records.run_directory(output))
    expect(running.returncode == -signal.SIGKILL, "a shard is killed")
    host = re.search(r"host (\S+)", next(records.run_directory(output).glob("log-*")).read_text())[1]
    seen = expect_status(75, f"shard 2/3 was killed on {host}", "merge", output)
    expect("each scenario and policy: replications" in seen.stderr and not output.exists(),
           "a merge that lacks cells names them", seen)
    partial = expect_status(0, "Not finished: ", "merge", output, "--partial")
    expect(f"of {cells} cells" in partial.stdout, "a partial cube says so", partial)
    told = json.loads(clientele("compare", output, "--json").stdout)
    expect(told["cells_done"] < cells, "in compare", partial)
    expect_status(0, "Not finished: ", "compare", output)
    expect_status(0, "complete", "info", output)
    expect(not json.loads(clientele("info", output, "--json").stdout)["complete"], "in info")
    clientele("report", output, "-o", folder / "partial.html")
    expect(re.search(rf"\d+ of {cells} cells", (folder / "partial.html").read_text()), "and in a report")
    state = json.loads(clientele("status", output, "--json").stdout)
    expect([shard["state"] for shard in state["shards"]] == ["done", "killed", "done"] and
           state["cells"] == cells and state["cells_done"] + state["cells_missing"] == cells,
           f"status says what became of shards: {state}")
    expect_status(0, "shard 2/3 is done", *study, "-o", output, "--shard", "2/3")
    expect_status(0, "data ", "merge", output)
    expect(output.read_bytes() == whole.read_bytes(), "the whole takes the partial cube's place")


def slurm_array(folder, whole):
    """An array 0-3: task 2 is killed by its limit and sent again, task 3 is sent twice; nobody is asked for a seed."""
    output = folder / "array.nc"
    for task in (0, 1, 3, 3):
        expect_status(0, f"shard {task + 1}/4 is done", *study, "-o", output, "--shard", "auto", **array(task, 0, 3))
    seen = expect_status(75, "shard 3/4 never started", "merge", output)
    expect("is missing" in seen.stderr or "are missing" in seen.stderr, "a merge without the third refuses", seen)
    expect_status(64, "Were some of them sent again?", *study, "-o", output, "--shard", "auto", **array(2, 2, 2))
    expect_status(64, "this array has gaps", *study, "-o", output, "--shard", "auto",
                  environment={**array(2, 2, 9)["environment"], "SLURM_ARRAY_TASK_COUNT": "3"})
    expect_status(0, "shard 3/4 is done", *study, "-o", output, "--shard", "auto", **array(2, 0, 3))
    log = max(records.run_directory(output).glob("log-*"), key=lambda path: path.stat().st_mtime_ns)
    expect(" job 77_2 " in log.read_text(), "a log names the job")
    expect_status(0, "data ", "merge", output)
    expect(output.read_bytes() == whole.read_bytes(), "an array merges into the bytes of one run")


def neighbors(folder):
    """A run of the whole and shards keep each other out; so do another study and another model."""
    output = folder / "busy.nc"
    long = ["run", str(root / "tests/command_line/three_policies.toml"), "--customers", "2000", "--replications",
            "4000", "--threads", "1", "--quiet", "-o", str(output)]
    running = subprocess.Popen([program, *long, "--shard", "1/2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
    wait_for_records(output, running)
    busy = f"shard 1/2 (process {running.pid} on "
    expect_status(69, busy, *long)
    expect_status(69, busy, "clean", output)
    expect_status(73, "another version of this study", *study, "-o", output, "--shard", "2/2")
    other = folder / "other.toml"
    other.write_text(pathlib.Path(study[1]).read_text().replace('title    = "', 'title    = "Not '))
    seen = expect_status(73, busy, "run", other, "-o", output, "--shard", "2/2")
    expect('"Regional distributor: which' in seen.stderr and '"Not Regional' in seen.stderr, "by both titles", seen)
    seen = expect_status(75, "shard 1/2 is running on ", "merge", output)
    expect("shard 2/2 never started" in seen.stderr, "a merge says who is at it", seen)
    seen = expect_status(0, busy, "status", output)
    expect("customer-months/s; about " in seen.stdout and "Slowest:" in seen.stdout, "status says how fast", seen)
    running.send_signal(signal.SIGTERM)
    told = running.communicate()
    expect(running.returncode == 75 and "the same command goes on from there" in told[1], f"a shard stops: {told}")
    expect_status(75, "shard 1/2 stopped early on ", "merge", output)
    expect_status(0, "Nobody is at it.", "status", output)
    running = subprocess.Popen([program, *long], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while running.poll() is None and not (records.run_directory(output) / "lock").read_text():
        time.sleep(0.002)
    expect_status(69, f"process {running.pid}", *long, "--shard", "2/2")
    expect_status(69, f"process {running.pid}", "merge", output)
    expect_status(0, f"process {running.pid}", "status", output)
    running.send_signal(signal.SIGTERM)
    running.communicate()
    expect_status(0, "removed the records", "clean", output)
    expect(not records.run_directory(output).exists(), "clean removes all that shards leave")


def other_models(folder):
    """Shards of another model are named; those of another program of the same model count."""
    output = folder / "models.nc"
    clientele(*study, "-o", output, "--shard", "1/2")
    asked = records.run_directory(output) / "asked"
    mine = asked.read_bytes()
    for name, status, text in (("model", 65, "are of model 0.0.0-x"), ("program", 0, "are of clientele 0.0.0-x")):
        rewrite(asked, mine, name, b"0.0.0-x")
        expect_status(status, text, *study[:-1], "-o", output, "--shard", "2/2")
    rewrite(asked, mine, "model", b"0.0.0-x")
    expect_status(65, "is of model 0.0.0-x", "merge", output)
    asked.write_bytes(mine[:-9])
    for verb in ("merge", "status"):
        expect_status(74, "no longer says which study it is of (its file asked is damaged)", verb, output)
    asked.unlink()
    for verb in ("merge", "status"):
        expect_status(74, "does not say which study it is of", verb, output)
    expect_status(74, "Is the name right?", "merge", folder / "nowhere.nc")
    expect_status(74, "Is the name right?", "status", folder / "nowhere.nc")


def of_another_user(folder):
    """What may not be looked at is not said to be missing."""
    output = folder / "theirs.nc"
    clientele(*study, "-o", output, "--shard", "1/2")
    there = records.run_directory(output)
    somebody = {"user": 65534} if os.geteuid() == 0 else {}
    folder.chmod(0o755)
    for hidden, mode in ((there, 0o000), (there / "asked", 0o000)):
        before = hidden.stat().st_mode
        there.chmod(0o755)
        hidden.chmod(mode)
        for verb in ("merge", "status"):
            expect_status(77, "Does it belong to another user?", verb, output, **somebody)
        hidden.chmod(before)


def rewrite(asked, bytes_before, name, value):
    """Writes the file with another value in a field; its checksum holds."""
    body = bytes_before[:bytes_before.rindex(b"checksum ")]
    body = re.sub(rb"(?m)^%s \d+\n.*\n" % name.encode(), b"%s %d\n%s\n" % (name.encode(), len(value), value), body,
                  count=1)
    asked.write_bytes(body + b"checksum 16\n%s\n" % xxh3(body).encode())


def usage(folder):
    output = folder / "usage.nc"
    for words, text in ((["--shard", "1/3"], "--shard goes with -o FILE"),
                        (["--shard", "3", "-o", output], "Expected: 3/40"),
                        (["--shard", "0/3", "-o", output], "Did you mean 1/3?"),
                        (["--shard", "4/3", "-o", output], "Did you mean 3/4?"),
                        (["--shard", "auto", "-o", output], "this is no task of an array")):
        expect_status(64, text, *study, *words)
    expect_status(64, "is no duration", "merge", output, "--wait", "9")
    table = folder / "customers.csv"
    table.write_text("id,group,orders_per_month,order_value\na,home,1,\"1,5\"\nb,homme,-1,5\n")
    real = folder / "real.toml"
    real.write_text((root / "scenarios/studies/real-customers.toml").read_text())
    seen = expect_status(65, "customers.csv:3: ", "run", real, "-o", output, "--shard", "1/3")
    expect(not records.run_directory(output).exists(), "a mistake in the customers leaves nothing", seen)
    seen = expect_status(0, "shard 2/3: 12 of 42 cells, about 0:", *study, "-o", output, "--shard", "2/3", "--dry-run")
    expect(not records.run_directory(output).exists(), "a dry run writes nothing", seen)


def customers(folder):
    """A customer file is looked for where it was, or in --folder; nothing of it is left with the shards."""
    there = folder / "there"
    there.mkdir()
    real, table = there / "real.toml", there / "customers.csv"
    real.write_text((root / "scenarios/studies/real-customers.toml").read_text())
    rows = [f"canary-{i},{'home' if i % 3 else 'export'},{0.5 + i % 5},{100 + i}" for i in range(200)]
    table.write_text("id,group,orders_per_month,order_value\n" + "\n".join(rows) + "\n")
    words = ["run", "there/real.toml", "--replications", "2", "--months", "6", "-o", folder / "real.nc"]
    for shard in ("1/2", "2/2"):
        expect_status(0, "is done", *words, "--shard", shard, cwd=folder)
    for path in records.run_directory(folder / "real.nc").iterdir():
        expect(b"canary" not in path.read_bytes() and path.stat().st_mode & 0o777 == 0o600, f"{path.name} is private")
    moved = folder / "moved"
    moved.mkdir()
    table.rename(moved / "customers.csv")
    expect(clientele("merge", folder / "real.nc").returncode == 65, "customers that are gone are told")
    (moved / "customers.csv").write_text((moved / "customers.csv").read_text().replace(",100\n", ",101\n"))
    expect_status(65, "no longer those that were simulated", "merge", folder / "real.nc", "--folder", moved)
    (moved / "customers.csv").write_text((moved / "customers.csv").read_text().replace(",101\n", ",100\n", 1))
    expect_status(0, "data ", "merge", folder / "real.nc", "--folder", moved)


def late(folder):
    """Records that a file system shows late are waited for, those that never come are not for ever."""
    output = folder / "late.nc"
    for shard in ("1/2", "2/2"):
        clientele(*study, "-o", output, "--shard", shard)
    segment = records.segments(output)[0]
    hidden = folder / "hidden"
    segment.rename(hidden)
    start = time.monotonic()
    seen = expect_status(75, "though logs tell of records that cannot be seen here", "merge", output, "--wait", "1s")
    expect(time.monotonic() - start < 20, "a merge does not wait longer than it is told", seen)
    merging = subprocess.Popen([program, "merge", str(output)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
    waits = any("waiting for the file system" in line for line in merging.stderr)
    hidden.rename(segment)
    told = merging.communicate(timeout=60)
    expect(merging.returncode == 0 and waits, f"a merge waits for records: {told}")


def damaged(folder):
    """What is damaged is not waited for, and the shard that is done names itself again; so does the one that is not."""
    output = folder / "damaged.nc"
    clientele(*study, "-o", output, "--shard", "1/2")
    segment = records.segments(output)[0]
    whole = bytearray(segment.read_bytes())
    whole[-3] ^= 1
    segment.write_bytes(whole)
    start = time.monotonic()
    seen = expect_status(75, "is done on ", "merge", output, "--wait", "5m")
    expect(time.monotonic() - start < 60 and "cannot be seen here" not in seen.stderr, "damage is no lateness", seen)
    expect(", but 1 of its cells is not there" in seen.stderr and "shard 2/2 never started" in seen.stderr,
           "all whose cells are missing are named", seen)
    for shard in ("1/2", "2/2"):
        clientele(*study, "-o", output, "--shard", shard)
    expect_status(0, "data ", "merge", output)


def two_merges(folder, whole):
    """Who merges at the same time finds the other's cube, and is content with it."""
    output = folder / "two.nc"
    for shard in ("1/2", "2/2"):
        clientele(*study, "-o", output, "--shard", shard)
    for _ in range(4):
        both = [subprocess.Popen([program, "merge", str(output)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 text=True) for _ in range(4)]
        for merging in both:
            told = merging.communicate()
            expect(merging.returncode == 0 and "data " in told[0], f"each of the merges ends with 0: {told}")
        expect(output.read_bytes() == whole.read_bytes(), "and the cube is that of one run")
        output.unlink()


def xxh3(data):
    library = ctypes.CDLL(ctypes.util.find_library("xxhash"))
    library.XXH3_64bits.restype = ctypes.c_uint64
    library.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    return f"{library.XXH3_64bits(data, len(data)):016x}"


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    usage(here)
    whole = shards_of(here, "ranks-meet", study, (1, 2, 3))
    shards_of(here, "classes", [*study, "--set", "count.classes=true"], (3,))
    small = here / "small.toml"
    small.write_text(records.huge_base(200, months=1, replications=7))
    shards_of(here, "free", ["run", str(small), "--threads", "1", "--quiet"], (3,))
    killed(here, whole)
    slurm_array(here, whole)
    sweep(here)
    portions_of_points(here)
    equal_cells(here)
    same_money(here)
    portions(here)
    of_another_user(here)
    customers(here)
    if sys.argv[3:] == ["all"]:
        neighbors(here)
        other_models(here)
        late(here)
        damaged(here)
        two_merges(here, whole)
end()
