# Processor time of both programs for the same lives, taken in turns, and what a second thread brings.
"""NumPy: time.process_time() around the lives, the study already read, one thread. The engine: user and system time of
`clientele run` without output, less that of a run of one customer, which is its start. Both live their warm-up.
Active customer-months are those that NumPy counts; the engine lives as many (see agreement), so the ratio is that of
processor time per world."""
import statistics
import time

import numpy as np

from . import life, question

bar_of_ratio, bar_of_threads = 15.0, 1.85
worlds_of_engine = 6  # a run of the engine has so many for each of NumPy's: else it is over too soon to be timed
worlds_of_threads = 16  # so many that a start, and memory that is touched first, hardly count


def one_thread_seconds(engine, text, worlds):
    start = engine.seconds(text, 1, "--customers", 1, "--draws", 1, "--replications", 1)[0]
    return (engine.seconds(text, 1, "--draws", 1, "--replications", worlds)[0] - start) / worlds


def race(engine, text, fields, customers, rounds):
    """All arms of a study. Seconds of processor time per world, and customer-months per world."""
    study = question.Study(text, fields)
    study.customers = customers
    text = question.with_customers(text, customers)
    ours, theirs, lived = [], [], []
    for luck in np.random.SeedSequence(customers).spawn(rounds):
        ours.append(one_thread_seconds(engine, text, worlds_of_engine))
        start = time.process_time()
        lived.append(life.live(study, study.scenarios, study.policies, np.random.Generator(np.random.PCG64(luck)))[1])
        theirs.append(time.process_time() - start)
    months = statistics.mean(lived)
    arms = len(study.scenarios) * len(study.policies)
    return {"arms": arms, "customers": customers, "rounds": rounds,
            "ratio_median": statistics.median(n / e for n, e in zip(theirs, ours)),
            "ratio_best": min(theirs) / min(ours),
            "engine_millions_per_second": months / statistics.median(ours) / 1e6,
            "numpy_millions_per_second": months / statistics.median(theirs) / 1e6}


def two_threads(engine, text, customers, rounds):
    """Wall clock of one thread over that of two, in turns; and the processor time that two need over that of one."""
    text = question.with_customers(text, customers)
    runs = {1: [], 2: []}
    for _ in range(rounds):
        for threads, seconds in runs.items():
            seconds.append(engine.seconds(text, threads, "--draws", 1, "--replications", worlds_of_threads))
    cpu, wall = ({threads: statistics.median(s[at] for s in seconds) for threads, seconds in runs.items()}
                 for at in (0, 1))
    best = {threads: min(s[1] for s in seconds) for threads, seconds in runs.items()}
    return {"rounds": rounds, "customers": customers, "wall_one": wall[1], "wall_two": wall[2],
            "ratio_median": wall[1] / wall[2], "ratio_best": best[1] / best[2],
            "processor_time_two_over_one": cpu[2] / cpu[1], "idle_share_one": 1 - cpu[1] / wall[1]}
