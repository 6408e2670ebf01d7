# Slurm on two nodes that are both this machine: a controller, two daemons of nodes, and munge, all in one folder.
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

needed = ("slurmctld", "slurmd", "munged", "sbatch", "squeue", "scontrol", "scancel")
processors = 2

conf = """ClusterName=mini
SlurmctldHost=localhost
AuthType=auth/munge
AuthInfo=socket={d}/munge.socket
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
SlurmctldPort={ports[0]}
SlurmctldPidFile={d}/slurmctld.pid
SlurmdPidFile={d}/slurmd-%n.pid
StateSaveLocation={d}/state
SlurmdSpoolDir={d}/spool-%n
SlurmctldLogFile={d}/log/controller
SlurmdLogFile={d}/log/node-%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MpiDefault=none
ReturnToService=2
KillWait=5
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port={ports[1]} CPUs={processors} RealMemory=3000 State=UNKNOWN
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port={ports[2]} CPUs={processors} RealMemory=3000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def why_not():
    """What is missing for this to work; empty where nothing is."""
    absent = [name for name in needed if not shutil.which(name)]
    return f"not installed: {', '.join(absent)}" if absent else "" if os.geteuid() == 0 else "root only"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def until(holds, seconds, what):
    """Waits for what comes; an exception says that it does not."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} does not come within {seconds} s")
        time.sleep(0.2)


class MiniSlurm:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        for name in ("state", "log"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "slurm.conf").write_text(
            conf.format(d=self.folder, ports=free_ports(3), processors=processors))
        self.environment = {**os.environ, "SLURM_CONF": str(self.folder / "slurm.conf")}
        for name in [name for name in self.environment if name.startswith(("SLURM_JOB", "SLURM_ARRAY", "SBATCH_"))]:
            del self.environment[name]

    def __enter__(self):
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        files = [f"--{what}={self.folder / name}" for what, name in (
            ("key-file", key.name), ("socket", "munge.socket"), ("pid-file", "munged.pid"), ("seed-file", "munge.seed"),
            ("log-file", "log/munge"))]
        self.run("munged", "--force", *files)
        self.run("slurmctld", "-c")
        for node in ("n1", "n2"):
            self.run("slurmd", "-N", node)
        until(lambda: self.run("sinfo", "-h", "-N", "-o", "%t").split() == ["idle"] * 2, 60, "a cluster of two nodes")
        return self

    def __exit__(self, *_):
        self.ask("scancel", "--full", "--signal=KILL", "--user=root")
        for name in ("slurmd-n1.pid", "slurmd-n2.pid", "slurmctld.pid", "munged.pid"):
            self.kill(name, signal.SIGKILL)

    def kill(self, pid_file, how):
        try:
            os.kill(int((self.folder / pid_file).read_text()), how)
        except (FileNotFoundError, ProcessLookupError, ValueError):
            pass

    def ask(self, *words, cwd=None, text=None):
        return subprocess.run(list(map(str, words)), cwd=cwd, env=self.environment, input=text, capture_output=True,
                              text=True, timeout=300)

    def run(self, *words, **more):
        """What a command prints; it has to succeed."""
        seen = self.ask(*words, **more)
        if seen.returncode != 0:
            raise RuntimeError(f"{words} ends with {seen.returncode}: {seen.stdout} {seen.stderr}")
        return seen.stdout

    def fact(self, job, name):
        """A fact about a job that scontrol knows, such as JobState; empty where the job is forgotten."""
        for word in self.ask("scontrol", "show", "job", job).stdout.split():
            if word.startswith(name + "="):
                return word[len(name) + 1:]
        return ""

    def states(self):
        """The states of all jobs and tasks that wait or run."""
        return self.run("squeue", "-h", "-r", "-o", "%i %T").splitlines()

    def processes_of(self, node):
        """What jobs of ours run there: they have it in their environment; and Slurm's own process above each."""
        marks = {f"SLURM_CONF={self.folder / 'slurm.conf'}".encode(), f"SLURMD_NODENAME={node}".encode()}
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if marks <= set((process / "environ").read_bytes().split(b"\0")):
                    above = (process / "stat").read_text().rpartition(")")[2].split()[1]
                    if (pathlib.Path("/proc") / above / "cmdline").read_bytes().startswith(b"slurmstepd"):
                        found.append(int(above))
                    found.append(int(process.name))
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                pass
        return dict.fromkeys(found)

    def lose(self, node):
        """A node that is gone with all that ran on it."""
        self.kill(f"slurmd-{node}.pid", signal.SIGKILL)
        for process in self.processes_of(node):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.run("scontrol", "update", f"NodeName={node}", "State=DOWN", "Reason=lost")

    def bring_back(self, node):
        """It says by itself that it is there, or has to be told to."""
        self.run("slurmd", "-N", node)
        self.ask("scontrol", "update", f"NodeName={node}", "State=RESUME")
        until(lambda: self.run("sinfo", "-h", "-n", node, "-o", "%t").split()[0] in ("idle", "mix", "alloc"), 60, node)
