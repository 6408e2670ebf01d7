# Ranks that MPI joins: any number of them makes the bytes of one quiet run, one mistake is told once, a dead rank ends
# the others soon, and nothing that was safe is simulated again.
#
# ranks.py PROGRAM MPI_PROGRAM MPIRUN ROOT [many]; many: by night, every number of ranks, threads and block size, and
# fifty dead ranks.
import itertools
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

import records
from expectations import end, expect

program, joined, mpirun, root = sys.argv[1], sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
asked = root / "tests/command_line/three_policies.toml"
small = ["--customers", "600", "--replications", "5", "--months", "14"]
# What Open MPI asks of root, of few processors, and of machines without a network.
environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
               "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_btl": "self,vader",
               "OMPI_MCA_btl_vader_single_copy_mechanism": "none", "OMPI_MCA_hwloc_base_binding_policy": "none"}


def on(ranks, *words):
    return [mpirun, "-n", str(ranks), joined, *map(str, words)]


def start(command, **more):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=240, env=environment, **more)


def customer_months(seen):
    """As many as a run says that it simulated, in all of its parts."""
    return sum(int(found.replace(",", "")) for found in re.findall(r"([\d,]+) customer-months in ", seen.stderr))


def same_bytes(here, name, study, words, ways):
    """The plain program's cube, and that of ranks."""
    plain = start([program, "run", study, *words, "-o", here / f"{name}.nc", "--threads", 2])
    expect(plain.returncode == 0, f"{name}: a plain run", plain)
    for ranks, more in ways:
        output = here / f"{name}-{ranks}-{len(more)}.nc"
        seen = start(on(ranks, "run", study, *words, "-o", output, "--threads", 1, *more))
        expect(seen.returncode == 0 and output.exists() and output.read_bytes() == (here / f"{name}.nc").read_bytes(),
               f"{name}: {ranks} ranks {more} make the same bytes", seen)
        expect(seen.stdout == plain.stdout, f"{name}: {ranks} ranks give the answer once", seen)
        expect(customer_months(seen) == customer_months(plain) > 0, f"{name}: {ranks} ranks tell what all simulated",
               seen)
        expect(ranks == 1 or f"{ranks} ranks x 1 thread" in seen.stderr, f"{name}: {ranks} ranks are told", seen)
    return plain


def children_of(parent):
    found = []
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)
        except OSError:
            continue
        if int(fields[1].split()[1]) == parent:
            found.append(int(status.parent.name))
    return found


def is_alive(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def all_end_within(processes, seconds):
    end = time.monotonic() + seconds
    while any(map(is_alive, processes)):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def death_of_a_rank(here):
    """kill -9 of one rank: the others end within ten seconds, and another number of ranks goes on."""
    words = [asked, "--customers", 600, "--replications", 400, "--months", 14]
    output = here / "dead.nc"
    running = subprocess.Popen(list(map(str, on(3, "run", *words, "-o", output, "--threads", 1))), env=environment,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while running.poll() is None and len(records.whole_records(output)) < 12:
        time.sleep(0.01)
    ranks = children_of(running.pid)
    expect(len(ranks) == 3, f"mpirun has three children: {ranks}")
    os.kill(ranks[-1], signal.SIGKILL)
    died = time.monotonic()
    _, told = running.communicate(timeout=60)
    expect(time.monotonic() - died < 10 and running.returncode != 0, f"a dead rank ends the run: {told}")
    expect(all_end_within(ranks, 10), "no rank is left behind")
    expect(not output.exists(), "there is no cube")
    safe = len(records.whole_records(output))
    words[4] = 40  # what is asked of less is there already, in part
    seen = start(on(2, "run", *words, "-o", output, "--threads", 1))
    plain = start([program, "run", *words, "-o", here / "plain.nc"])
    expect(safe >= 12 and seen.returncode == 0 and output.read_bytes() == (here / "plain.nc").read_bytes(),
           "two ranks go on where three were", seen)
    expect(re.search(r"[1-9]\d* of 240 cells come from the records", seen.stderr), "with what was safe", seen)
    expect(plain.returncode == 0, "a plain run", plain)


def stopped(here):
    """A signal to all ranks stops them together, with one sentence; the plain program goes on."""
    output = here / "stopped.nc"
    words = [asked, "--customers", 600, "--replications", 400, "--months", 14, "-o", output]
    running = subprocess.Popen(list(map(str, on(2, "run", *words, "--threads", 1))), env=environment,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while running.poll() is None and len(records.whole_records(output)) < 12:
        time.sleep(0.01)
    for rank in children_of(running.pid):
        os.kill(rank, signal.SIGTERM)
    _, told = running.communicate(timeout=60)
    expect(running.returncode == 75 and told.count("the same command goes on from there") == 1,
           f"ranks that are stopped say so once: {running.returncode} {told}")


def refused(here):
    study, other = here / "one.toml", here / "other.toml"
    study.write_text(asked.read_text())
    other.write_text(asked.read_text().replace("seed     = 20261123", "seed = 3"))

    def expect_once(status, text, command, once=True, **more):
        seen = start(command, **more)
        told = seen.stdout + seen.stderr
        expect(seen.returncode == status and (told.count(text) == 1 if once else text in told),
               f"{command[2:]} gives {status} and {text!r}", seen)

    expect_once(65, "Did you mean payment.terms_days?", on(2, "run", study, "-o", here / "a.nc", "--set",
                                                   "payment.terms_dais=3"))
    expect_once(64, "standard input reaches one rank only", on(2, "run", "-", "-o", here / "a.nc"))
    expect_once(64, "several ranks need -o FILE", on(2, "run", study))
    expect_once(64, "--slices 2 does not divide 3 ranks", on(3, "run", study, *small, "-o", here / "a.nc", "--slices",
                                                            2))
    two = on(1, "run", study, *small, "-o", here / "a.nc")[:-1]
    expect_once(65, "all ranks have to read the same", [*two, here / "a.nc", ":", "-n", "1", joined, "run", other,
                                                         *small, "-o", here / "a.nc"], once=False)
    expect_once(74, "is not the folder that the first rank sees", [
        mpirun, "-n", "1", joined, "run", study, *small, "-o", here / "b.nc", ":", "-n", "1", joined, "run", study,
        *small, "-o", here / "c.nc"])
    expect(not list(here.glob("[abc].nc")), "nothing was written")
    # Launchers that join nobody.
    alone = {**environment, "SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "2"}
    seen = subprocess.run([joined, "run", study, "-o", here / "a.nc"], capture_output=True, text=True, env=alone)
    expect(seen.returncode == 64 and "srun has started 4 copies that do not know each other" in seen.stderr,
           "silent singletons are refused", seen)
    seen = start([mpirun, "-n", "2", program, "check", study])
    expect(seen.stderr.count("mpirun has started 2 copies of a program that joins nobody") == 1,
           "mpirun of the plain program is warned of once", seen)


def many(here):
    """Every way of sharing the work; and runs whose ranks die again and again, each time at another number of ranks."""
    ways = [(ranks, ["--threads", threads, "--block-size", size, *slices])
            for ranks, threads, size in itertools.product((1, 2, 3), (1, 2, 3, 8), (64, 512, 1024))
            for slices in ([], ["--slices", ranks])]
    plain = start([program, "run", asked, *small, "-o", here / "plain.nc"])
    for ranks, more in ways:
        output = here / "way.nc"
        seen = start(on(ranks, "run", asked, *small, "-o", output, "--force", *more))
        expect(seen.returncode == 0 and output.read_bytes() == (here / "plain.nc").read_bytes(),
               f"{ranks} ranks {more} make the same bytes", seen)
        subprocess.run([program, "clean", output], capture_output=True)
    expect(plain.returncode == 0, "a plain run", plain)

    words = [asked, "--customers", 600, "--replications", 300, "--months", 14]
    plain = start([program, "run", *words, "-o", here / "long.nc"])
    chance, output, killed = random.Random(20261129), here / "killed.nc", 0
    for attempt in range(400):
        running = subprocess.Popen(list(map(str, on(1 + attempt % 3, "run", *words, "-o", output, "--threads", 1))),
                                   env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.2))
        ranks = children_of(running.pid)
        if ranks:
            os.kill(chance.choice(ranks), signal.SIGKILL)
        began = time.monotonic()
        status = running.wait(timeout=120)
        killed += status != 0
        expect(time.monotonic() - began < 10 or status == 0, "others end within ten seconds of a rank")
        expect(all_end_within(ranks, 10), "no rank is left behind")
        if status == 0:
            expect(output.read_bytes() == (here / "long.nc").read_bytes(), "the bytes of an undisturbed run", plain)
            output.unlink()
            subprocess.run([program, "clean", output], capture_output=True)
        if killed >= 50:
            break
    expect(killed >= 50, f"{killed} runs lost a rank")
    seen = start(on(2, "run", *words, "-o", output, "--threads", 1))
    expect(seen.returncode == 0 and output.read_bytes() == (here / "long.nc").read_bytes(), "in the end", seen)


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    if sys.argv[5:] == ["many"]:
        many(here)
        end()
    same_bytes(here, "meet", asked, small, [(1, []), (3, []), (2, ["--slices", "2"])])
    (here / "huge.toml").write_text(records.huge_base(600_000, months=1, replications=2))
    same_bytes(here, "huge", here / "huge.toml", [], [(3, [])])
    same_bytes(here, "why", asked, [*small, "--set", "experiment.why=true"], [(3, [])])
    same_bytes(here, "classes", asked, [*small, "--set", "count.classes=true"], [(2, ["--slices", "2"])])
    same_bytes(here, "money", asked, [*small, "--set", "experiment.same_money=true"], [(3, [])])
    points = ["--sweep", root / "scenarios/studies/known-answer-churn.csv", "--customers", 100, "--replications", 3]
    same_bytes(here, "points", root / "scenarios/studies/known-answer.toml", points, [(2, [])])
    more = start(on(3, "run", asked, "--customers", 600, "--replications", 7, "--months", 14, "-o", here / "meet.nc"))
    expect("30 of 42 cells come from the records" in more.stderr, "ranks extend a plain run's cube", more)
    death_of_a_rank(here)
    stopped(here)
    refused(here)
end()
