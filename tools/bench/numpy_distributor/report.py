# What a person reads of it: a line per arm, a table of one, and the speeds.
from . import agreement, speed


def table(verdict):
    yield f"  {'summed over the horizon':32}{'clientele':>14}{'NumPy':>14}{'difference':>12}{'z':>7}"
    for c in verdict.all:
        if c.is_sum or c.name in agreement.shares:
            yield (f"  {c.name:32}{c.engine:14,.4g}{c.numpy:14,.4g}"
                   f"{100 * (c.engine - c.numpy) / abs(c.numpy):+11.2f} %{c.z:7.2f}")


def of_agreement(verdicts, draws_z, customers, futures):
    yield (f"Agreement: {futures} futures of {customers:,} customers on each side, each with its own draw of what is "
           "uncertain (the same on both sides).")
    for v in verdicts:
        sums, finer = v.visible()
        yield (f"  {v.scenario + ', ' + v.policy:22} z at most {v.worst_sum.z:.2f} of {agreement.bound_of_sums:.0f} in "
               f"{len(v.sums)} sums, {v.worst_fine.z:.2f} of {v.fine_bound:.2f} in {len(v.fine)} finer numbers "
               f"({v.worst_fine.name})"
               f"{'' if not v.refused else ': REFUSED'}")
        for c in v.refused[:10]:
            yield f"    {c.name}: clientele {c.engine:.6g}, NumPy {c.numpy:.6g}, z {c.z:.2f}"
        if len(verdicts) == 1:
            yield from table(v)
        if v is verdicts[-1]:
            yield (f"  A sum that is off by {100 * sums:.1f} %, a share by {100 * finer:.1f} % (medians), is refused. "
                   f"A right program is refused at {100 * v.chance_refused:.1f} % per arm or less.")
    for name, pair in draws_z.items():
        yield f"  draws of {name}: z {pair[0]:+.2f} of their mean, {pair[1]:+.2f} of their spread, against their law"


def of_planted(planted):
    yield "Planted in NumPy's side, each must be refused:"
    for one in planted:
        yield f"  {one['path']} = {one['value']:g}: {'refused' if one['refused'] else 'NOT SEEN'} (z {one['z']:.1f})"


def of_race(race):
    arms = "1 arm " if race["arms"] == 1 else f"{race['arms']} arms"
    return (f"  {arms} {race['ratio_median']:6.2f} x NumPy (best over best {race['ratio_best']:.2f}): "
            f"clientele {race['engine_millions_per_second']:.2f}, NumPy {race['numpy_millions_per_second']:.2f} "
            "million active customer-months per second of processor time")


def of_speed(one, all_arms, threads):
    yield f"Speed: {one['customers']:,} customers, one thread, medians of {one['rounds']} rounds taken in turns."
    met = "met" if one["ratio_median"] >= speed.bar_of_ratio else "missed"
    yield of_race(one) + f"; bar {speed.bar_of_ratio:g}: {met}"
    yield of_race(all_arms)
    met = "met" if threads["ratio_median"] >= speed.bar_of_threads else "missed"
    yield (f"  two threads {threads['ratio_median']:.2f} x one by the clock ({threads['wall_two']:.2f} against "
           f"{threads['wall_one']:.2f} s, best over best {threads['ratio_best']:.2f}); "
           f"bar {speed.bar_of_threads:g}: {met}")
    if threads["idle_share_one"] > 0.05:
        yield (f"  The machine was not ours alone: one thread had no processor for "
               f"{100 * threads['idle_share_one']:.0f} % of its time. The clock's ratio says little.")
