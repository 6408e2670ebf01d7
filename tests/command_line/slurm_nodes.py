# The printed script on a Slurm of two nodes: tasks that are stopped, cancelled, out of time or lost with their node.
#
# slurm_nodes.py PROGRAM ROOT: both nodes are this machine (mini_slurm.py); needs root, slurm-wlm and munge.
import pathlib
import re
import subprocess
import sys
import tempfile

import records
from expectations import end, expect
from mini_slurm import MiniSlurm, until, why_not

program, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
study = root / "tests/command_line/three_policies.toml"
size = ["--customers", "1500", "--replications", "24"]
long_size = ["--customers", "4000", "--replications", "120"]
patience = 300  # seconds; a machine may be busy


class Array:
    """An array of tasks with the merge behind it, submitted by the script that the program prints."""

    def __init__(self, slurm, folder, name, size, *more):
        self.slurm, self.folder, self.output = slurm, folder, folder / f"{name}.nc"
        words = ["slurm", study, *size, "-o", self.output.name, "--nodes", "2", "--cpus-per-task", "2", *more]
        text = slurm.run(program, *words, cwd=folder)
        told = slurm.run("bash", cwd=folder, text=text)
        self.merge = told.split()[-1]  # "Submitted batch job 12"
        self.tasks = slurm.fact(self.merge, "Dependency").partition(":")[2].partition("_")[0].partition("(")[0]

    def state(self, task):
        return self.slurm.fact(f"{self.tasks}_{task}", "JobState")

    def wait_for(self, task, state):
        until(lambda: self.state(task) == state, patience, f"task {task} of {self.output.name}, {state}")

    def wait_for_records(self, task):
        """A task that is running and has something to go on from."""
        self.wait_for(task, "RUNNING")
        begun = records.bytes_of_records(self.output)
        until(lambda: records.bytes_of_records(self.output) > begun, patience, "a task that gets on")

    def goes_back(self, task, restarts):
        """Slurm holds what it takes back for two minutes, which is not waited for here."""
        until(lambda: self.slurm.fact(f"{self.tasks}_{task}", "Restarts") == str(restarts), patience,
              f"task {task} of {self.output.name} in the queue again")
        self.wait_for(task, "PENDING")
        self.slurm.run("scontrol", "update", f"JobId={self.tasks}_{task}", "StartTime=now")

    def told(self):
        """What its tasks and its merge say on stderr, for answers are long."""
        paths = (*sorted(self.folder.glob(f"slurm-{self.tasks}_*.out")), self.folder / f"slurm-{self.merge}.out")
        lines = [line for path in paths if path.exists() for line in path.read_text().splitlines()]
        return "\n".join(line for line in lines if re.search(r"shard|slurm|record|safe|%|merge|rror", line))

    def has_cube(self, wanted, what):
        until(lambda: self.slurm.fact(self.merge, "JobState") in ("COMPLETED", "FAILED", "CANCELLED"), patience,
              f"the end of {self.output.name}")
        same = self.output.exists() and self.output.read_bytes() == wanted
        expect(same, f"{what}: the cube has the bytes of a plain run: {self.told()}")


def plain_run(folder, size):
    output = folder / f"alone-{size[1]}.nc"
    seen = subprocess.run([program, "run", str(study), *size, "-q", "-o", output.name], cwd=folder, capture_output=True,
                          text=True, timeout=600)
    expect(seen.returncode == 0, "the study runs", seen)
    return output.read_bytes()


def undisturbed(slurm, folder, wanted):
    array = Array(slurm, folder, "undisturbed", size, "--time", "10m", "--array=4")
    array.has_cube(wanted, "four tasks on two nodes")
    nodes = {slurm.fact(f"{array.tasks}_{task}", "NodeList") for task in range(1, 5)}
    expect(nodes == {"n1", "n2"}, f"both nodes have had tasks: {nodes}")


def stopped_and_lost(slurm, folder, wanted):
    array = Array(slurm, folder, "lost", long_size, "--time", "30m", "--array=2")
    array.wait_for_records(1)
    slurm.run("scancel", "--batch", "--signal=TERM", f"{array.tasks}_1")
    array.goes_back(1, 1)
    array.wait_for_records(2)
    node = slurm.fact(f"{array.tasks}_2", "NodeList")
    slurm.lose(node)
    array.goes_back(2, 1)
    slurm.bring_back(node)
    array.has_cube(wanted, "a task was stopped, and another one's node lost")
    expect(re.search(r"stopped early\. [1-9]\d* of 720 cells are safe", array.told()),
           f"a task that is stopped keeps what is done: {array.told()}")


def out_of_time(slurm, folder, wanted):
    """A minute is the least that Slurm knows: the task is told early enough, and goes back."""
    array = Array(slurm, folder, "late", long_size, "--time", "1m", "--array=1")
    restarts = 0
    while not array.output.exists() and restarts < 10:
        until(lambda: slurm.fact(f"{array.tasks}_1", "Restarts") == str(restarts + 1) or array.state(1) == "COMPLETED",
              patience, "a try that ends")
        if array.state(1) == "COMPLETED":
            break
        restarts += 1
        array.goes_back(1, restarts)
    array.has_cube(wanted, "a task that needs more time than it is given")
    expect(restarts > 0, "it did need more than one try")
    expect("TIMEOUT" not in array.told() and "DUE TO TIME LIMIT" not in array.told(),
           f"it ends before Slurm ends it: {array.told()}")


def cancelled(slurm, folder):
    array = Array(slurm, folder, "cancelled", long_size, "--time", "30m", "--array=2")
    array.wait_for_records(1)
    slurm.run("scancel", f"{array.tasks}_1")
    array.wait_for(1, "CANCELLED")
    until(lambda: slurm.fact(array.merge, "JobState") == "CANCELLED", patience, "a merge that is given up")
    expect(slurm.fact(f"{array.tasks}_1", "Restarts") == "0", "what is cancelled does not come back")
    expect(records.whole_records(array.output), "what it had done is kept")
    slurm.run("scancel", array.tasks)


if missing := why_not():
    print(f"no Slurm of two nodes can be started here ({missing}): skipped")
    sys.exit(77)
with tempfile.TemporaryDirectory() as name, MiniSlurm(pathlib.Path(name) / "slurm") as slurm:
    here = pathlib.Path(name) / "work"
    here.mkdir()
    undisturbed(slurm, here, plain_run(here, size))
    cancelled(slurm, here)
    wanted = plain_run(here, long_size)
    stopped_and_lost(slurm, here, wanted)
    out_of_time(slurm, here, wanted)
end()
