# Scripts for Slurm are read by bash, and their jobs run here by a few lines that stand in for its commands.
#
# slurm.py PROGRAM ROOT
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from expectations import end, expect

program, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
study = root / "tests/command_line/three_policies.toml"
small = ["--customers", "64", "--replications", "4", "--months", "6"]
whole = ["--nodes", "3", "--time", "1:00:00"]

# What it is given goes to a file, and is run at once: the tasks of an array one after the other.
sbatch = """#!/bin/bash
number=$(( $(ls "$LOG" | grep -c '^job') + 100 ))
cat -- "${!#}" 2>/dev/null > "$LOG/job-$number" || cat > "$LOG/job-$number"
echo "$*" > "$LOG/words-$number"
tasks=$(sed -n 's/^#SBATCH --array=1-\\([0-9]*\\).*/\\1/p' "$LOG/job-$number")
for task in $(seq "${tasks:-0}"); do
  SLURM_JOB_ID=$((number * 10 + task)) SLURM_ARRAY_JOB_ID=$number SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_MIN=1 \\
    SLURM_ARRAY_TASK_MAX=$tasks SLURM_ARRAY_TASK_COUNT=$tasks SLURM_ARRAY_TASK_STEP=1 \\
    bash "$LOG/job-$number" >> "$LOG/out-$number" 2>&1 || echo "$?" >> "$LOG/failed-$number"
done
[ -n "$tasks" ] || bash "$LOG/job-$number" >> "$LOG/out-$number" 2>&1 || echo "$?" >> "$LOG/failed-$number"
echo "$number;cluster"
"""
others = {"scontrol": 'echo "$*" >> "$LOG/scontrol"\n', "squeue": 'echo "${STATE:-RUNNING}"\n',
          "srun": 'echo "$*" >> "$LOG/srun"\nwhile [[ $1 == --* ]]; do shift; done\nexec "$@"\n'}


def clientele(*words, cwd=None):
    return subprocess.run([program, *map(str, words)], cwd=cwd, capture_output=True, text=True, timeout=120)


def script(*words, cwd=None):
    seen = clientele("slurm", *words, cwd=cwd)
    expect(seen.returncode == 0, f"slurm {words} prints a script", seen)
    read = subprocess.run(["bash", "-n"], input=seen.stdout, capture_output=True, text=True, timeout=60)
    expect(read.returncode == 0, f"bash can read the script of {words}", read)
    if shutil.which("shellcheck"):
        judged = subprocess.run(["shellcheck", "-s", "bash", "-"], input=seen.stdout, capture_output=True, text=True,
                                timeout=60)
        expect(judged.returncode == 0, f"shellcheck finds nothing in the script of {words}", judged)
    return seen.stdout


class Cluster:
    """A folder of commands that stand in for those of Slurm, and what they were given."""

    def __init__(self, folder):
        self.log, self.commands = folder / "log", folder / "commands"
        self.log.mkdir(parents=True)
        self.commands.mkdir()
        for name, text in {"sbatch": sbatch, **{name: "#!/bin/bash\n" + text for name, text in others.items()}}.items():
            (self.commands / name).write_text(text)
            (self.commands / name).chmod(0o755)

    def environment(self, **more):
        return {**os.environ, "PATH": f"{self.commands}:{os.environ['PATH']}", "LOG": str(self.log), **more}

    def bash(self, text, cwd, **more):
        return subprocess.run(["bash", "-c", text], cwd=cwd, env=self.environment(**more), capture_output=True,
                              text=True, timeout=300)

    def told(self, name):
        path = self.log / name
        return path.read_text() if path.exists() else ""


def task_in(text, end_of_task="END_OF_TASK"):
    """The job inside a script that submits it."""
    return text.split(f"<<'{end_of_task}'\n")[1].split(f"\n{end_of_task}\n")[0] + "\n"


def expect_status(status, text, *words):
    seen = clientele("slurm", *words)
    expect(seen.returncode == status and text in seen.stderr and not seen.stdout,
           f"slurm {words} gives {status} and {text!r}", seen)


def usage(folder):
    output = ["-o", folder / "a.nc"]
    expect_status(64, "STUDY is missing", *output, *whole)
    expect_status(64, "-o FILE is missing", study, *whole)
    expect_status(64, "--nodes is missing", study, *output, "--time", "1:00:00")
    expect_status(64, "--nodes 0 is outside", study, *output, "--nodes", "0", "--time", "1:00:00")
    untimed = clientele("slurm", study, *small, *output, "--nodes", "2", "--array")
    expect(untimed.returncode == 0 and "#SBATCH --time=00:20:00" in untimed.stdout, "a short study has 20 minutes",
           untimed)
    expect_status(64, '"60" is no duration', study, *output, "--nodes", "2", "--time", "60")
    expect_status(64, "less than a minute", study, *output, "--nodes", "2", "--time", "30s")
    expect_status(64, "no standard input", "-", *output, *whole)
    expect_status(64, "--array=1000", study, *output, *whole, "--array=1001")
    expect_status(64, "does not go with --array", study, *output, *whole, "--array", "--tasks-per-node", "2")
    expect_status(64, '"64" is no memory', study, *output, *whole, "--array", "--mem", "64")
    expect_status(64, "is no name that Slurm", study, *output, *whole, "--array", "--partition", "a b")
    expect_status(64, "line break", study, "-o", folder / "a\nEND_OF_TASK\n.nc", *whole, "--array")
    expect_status(69, "--mem says 20M", study, *output, *whole, "--array", "--mem", "20M")
    expect_status(65, "is not known", study, *output, *whole, "--array", "--set", 'experiment.luck="x"')
    expect_status(74, "cannot read the study", folder / "none.toml", *output, *whole, "--array")
    (folder / "other.nc").write_text("no cube")
    expect_status(73, "other.nc", study, "-o", folder / "other.nc", *whole, "--array")
    expect(not (folder / "a.nc.run").exists(), "a script is all that is made")


def what_is_asked(folder):
    text = script(study, *small, "-o", folder / "a.nc", "--nodes", "2", "--time", "1-06:00:00", "--array=5",
                  "--cpus-per-task", "4", "--partition", "long", "--account", "team-1")
    task = task_in(text)
    for line in ("time=1-06:00:00", "array=1-5%2", "cpus-per-task=4", "partition=long", "account=team-1", "requeue",
                 "open-mode=append", "signal=B:TERM@120", "nodes=1", "ntasks=1"):
        expect(f"#SBATCH --{line}\n" in task, f"{line} is asked for: {task}")
    megabytes = re.search(r"#SBATCH --mem=(\d+)M\n", task)
    expect(megabytes and 50 < int(megabytes[1]) < 1000, f"memory is what the study takes: {task}")
    expect("--shard auto --max-time 1-05:59:00 &" in task, f"a task ends in time: {task}")
    whole_nodes = task_in(script(study, *small, "-o", folder / "a.nc", *whole, "--array"))
    expect("#SBATCH --exclusive\n" in whole_nodes and "#SBATCH --mem=0\n" in whole_nodes, f"whole nodes: {whole_nodes}")
    seen = clientele("slurm", study, *small, "-o", folder / "a.nc", *whole, "--array=9")
    expect("9 processes share a study that has 4 parts" in seen.stderr, "tasks without work are told", seen)
    seen = clientele("slurm", study, "-o", folder / "a.nc", "--replications", "2000", "--customers", "1000000",
                     "--nodes", "1", "--time", "1m", "--array", "--cpus-per-task", "1")
    expect("without getting on" in seen.stderr and "signal=B:TERM@12\n" in seen.stdout,
           "a world that takes longer than a try is told", seen)


def ended_as(folder, status, state="RUNNING", told_to_end=False):
    """What a task does whose program ends with a status: its own, and what scontrol is asked for."""
    cluster = Cluster(folder / f"{status}-{state}-{told_to_end}")
    fake = cluster.commands / "program"
    fake.write_text("#!/bin/bash\n" + (f"trap 'exit {status}' TERM\nfor i in {{1..600}}; do sleep 0.05; done\n"
                                       if told_to_end else f"kill -{status - 128} $$\n" if status > 128
                                       else f"exit {status}\n"))
    fake.chmod(0o755)
    task = task_in(script(study, *small, "-o", folder / "a.nc", *whole, "--array")).replace(program, str(fake))
    running = subprocess.Popen(["bash", "-c", task], env=cluster.environment(
        STATE=state, SLURM_ARRAY_JOB_ID="7", SLURM_ARRAY_TASK_ID="2", SLURM_JOB_ID="9"), start_new_session=True)
    if told_to_end:
        time.sleep(0.5)
        running.send_signal(signal.SIGTERM)
    return running.wait(timeout=30), cluster.told("scontrol")


def ends(folder):
    expect(ended_as(folder, 0) == (0, ""), "a task that is done is done")
    expect(ended_as(folder, 75) == (75, "requeue 7_2\n"), "a task that was stopped goes back into the queue")
    expect(ended_as(folder, 75, told_to_end=True) == (75, "requeue 7_2\n"), "Slurm's signal reaches the program")
    expect(ended_as(folder, 75, "COMPLETING") == (75, ""), "a task that somebody cancelled does not come back")
    expect(ended_as(folder, 65) == (65, ""), "a mistake is not tried again")
    expect(ended_as(folder, 137) == (137, ""), "nor what was killed")


def ranks(folder):
    """Without --array: a copy of the program that has clientele-mpi beside it, which here says what it was given."""
    alone = folder / "alone"
    alone.mkdir()
    shutil.copy2(program, alone / "clientele")
    (alone / "lib").symlink_to(pathlib.Path(program).parent / "lib")
    words = ["slurm", study, *small, "-o", "it's a cube.nc", "--nodes", "2", "--tasks-per-node", "2", "--time", "1h"]
    seen = subprocess.run([alone / "clientele", *words], cwd=folder, capture_output=True, text=True, timeout=120)
    expect(seen.returncode == 64 and "Add --array?" in seen.stderr, "without MPI ranks are refused", seen)
    (alone / "clientele-mpi").write_text('#!/bin/bash\nprintf "%s\\n" "$@" >> "$LOG/given"\nexit 75\n')
    (alone / "clientele-mpi").chmod(0o755)
    seen = subprocess.run([alone / "clientele", *words], cwd=folder, capture_output=True, text=True, timeout=120)
    expect(seen.returncode == 0 and "signal=TERM@120" in seen.stdout, "beside clientele-mpi it is a job of ranks", seen)
    expect("#SBATCH --nodes=2\n#SBATCH --ntasks-per-node=2\n" in seen.stdout, "ranks are as many as asked for", seen)
    cluster = Cluster(folder / "cluster of ranks")
    ran = cluster.bash(seen.stdout, folder, SLURM_JOB_ID="12", SLURM_CPUS_ON_NODE="8")
    expect(ran.returncode == 75 and cluster.told("scontrol") == "requeue 12\n", "a stopped run goes back", ran)
    expect("--mpi=pmix --cpus-per-task=4" in cluster.told("srun"), f"processors are shared: {cluster.told('srun')}")
    expect(cluster.told("given").splitlines() == ["run", str(study), *small, "-o", "it's a cube.nc", "--max-time",
                                                  "00:59:00"], f"words arrive: {cluster.told('given')}")


def cube_of_array(folder):
    """The printed script, run: shards, then the merge, and names that a shell could misread."""
    here = folder / "it's $HOME and `ls`"
    here.mkdir()
    shutil.copy2(study, here / "a study.toml")
    words = ["a study.toml", *small, "--set", 'scenario.recession.name="down & out"']
    alone = clientele("run", *words, "-q", "-o", "alone.nc", cwd=here)
    expect(alone.returncode == 0, "the study runs", alone)
    cluster = Cluster(folder / "cluster")
    ran = cluster.bash(script(*words, "-o", "all of it.nc", *whole, "--array", cwd=here), here)
    expect(ran.returncode == 0 and cluster.told("failed-100") + cluster.told("failed-101") == "",
           f"every task ends well: {cluster.told('out-100')} {cluster.told('out-101')}", ran)
    expect("--dependency=afterok:100 --kill-on-invalid-dep=yes" in cluster.told("words-101"), "the merge waits", ran)
    cube = here / "all of it.nc"
    expect(cube.exists() and cube.read_bytes() == (here / "alone.nc").read_bytes(),
           f"the merged cube has the bytes of a plain run: {cluster.told('out-101')}")


def sweep_of_customers(folder):
    """The largest point of a sweep says how much memory a task needs."""
    asked = ["--array", "--nodes", "2", "--cpus-per-task", "2", *small[2:], "-o", folder / "s.nc"]

    def megabytes(customers):
        text = study.read_text() + f"\n[sweep.grid]\npopulation.customers = [64, {customers}]\n"
        (folder / "sizes.toml").write_text(text)
        return int(re.search(r"#SBATCH --mem=(\d+)M", script(folder / "sizes.toml", *asked))[1])

    few, many = megabytes(65), megabytes(4_000_000)
    expect(many > 2 * few, f"memory is that of the largest point: {few} and {many} M")


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    usage(here)
    what_is_asked(here)
    ends(here)
    ranks(here)
    cube_of_array(here)
    sweep_of_customers(here)
end()
