# The real program: a cube of a study, and what a run of it costs.
import os
import pathlib
import resource
import subprocess
import tempfile
import time

import h5py
import numpy as np


class Engine:
    """Runs `clientele run` on studies in a folder of its own, in memory where the system has such a folder."""

    def __init__(self, program):
        self.program = str(pathlib.Path(program).resolve())
        shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.cubes = 0
        self.folder = tempfile.TemporaryDirectory(prefix="numpy_distributor_", dir=shared)

    def path(self, name):
        return str(pathlib.Path(self.folder.name) / name)

    def run(self, text, *words):
        study = pathlib.Path(self.path("study.toml"))
        study.write_text(text)
        done = subprocess.run([self.program, "run", str(study), "--quiet", *map(str, words)], capture_output=True,
                              text=True)
        if done.returncode:
            raise RuntimeError(f"{self.program} run failed ({done.returncode}):\n{done.stderr}{done.stdout}")

    def cube(self, text, *words):
        self.cubes += 1
        name = self.path(f"outcomes_{self.cubes}.nc")
        self.run(text, "-o", name, "--threads", 1, *words)
        return h5py.File(name, "r")

    def seconds(self, text, threads, *words):
        """Processor time and wall clock of a run that writes nothing."""
        cpu, wall = processor_time_of_children(), time.perf_counter()
        self.run(text, "--threads", threads, *words)
        return processor_time_of_children() - cpu, time.perf_counter() - wall


def processor_time_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def place(cube, scenario, policy):
    return tuple([name.decode() for name in cube[axis][:]].index(said)
                 for axis, said in (("scenario", scenario), ("policy", policy)))


def outcome(cube, scenario, policy, tiers):
    """{metric: [draw, month, tier, group]} of an arm, replication 0, and its moves [draw, month, from, to, group]."""
    at = place(cube, scenario, policy)
    if not np.all(cube["done"][at] == 1):
        raise RuntimeError(f"the cube lacks cells of {scenario}, {policy}")
    metrics = {name: column[at][:, 0, :, :tiers] for name, column in cube.items()
               if column.attrs.get("role") == "metric"}
    closed = int(cube["closed"][:].sum())
    metrics |= {name: column[at][:, 0, :closed, :tiers] for name, column in cube.items()
                if column.attrs.get("role") == "beyond" and closed}
    return metrics, cube["tier_flow"][at][:, 0, :, :tiers, :tiers]


def histogram(cube, scenario, policy, name):
    """Customers of the last month [draw, group, bin], and the least quanta of each bin."""
    at = place(cube, scenario, policy)
    units = 1 if name == "satisfaction" else 100
    return (cube[f"histogram_{name}_customers"][at][:, 0, -1],
            np.rint(units * cube[f"histogram_{name}_lowest"][:]))
