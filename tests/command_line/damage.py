# Records and cubes are damaged: a record costs its cell, which is simulated again, and a cube is refused.
#
# damage.py PROGRAM ROOT [TIMES [SEED]]: 40 times each by default. No damage may lead to another number.
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import records

program, root = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:3])
times = int(sys.argv[3]) if len(sys.argv) > 3 else 40
chance = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 20261129)
longest = 5  # seconds in which a damaged cube is refused
study = [f"{root}/tests/command_line/three_policies.toml", "--customers", "64", "--replications", "8", "--months", "3",
         "--set", "horizon.warmup=0", "--set", "beyond.months=0", "--set", "scenario.recession.shock=[]", "--set",
         'output.metrics=["orders"]', "--set", "output.histograms=false", "--threads", "1"]
cells = 2 * 3 * 8


def fail(text):
    sys.exit(f"FAILED: {text}")


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300)


def run(output, *more):
    return clientele("run", *study, *more, "-o", output)


def page_of(data):
    """Where one of its pages of 4096 bytes begins and ends."""
    at = chance.randrange(0, len(data), 4096)
    return at, min(len(data), at + 4096)


def with_bit(data):
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def with_page_of_zeros(data):
    start, end = page_of(data)
    data[start:end] = bytes(end - start)


def with_page_of_chance(data):
    start, end = page_of(data)
    data[start:end] = chance.randbytes(end - start)


def with_page_of_its_own(data):
    """A page that stands where another belongs."""
    start, end = page_of(data)
    other = chance.randrange(len(data) - (end - start) + 1)
    data[start:end] = data[other:other + end - start]


def shorter(data):
    del data[chance.randrange(len(data)):]


def longer(data):
    data += chance.randbytes(chance.randrange(1, 10_000))


to_bytes = [with_bit, with_page_of_zeros, with_page_of_chance, with_page_of_its_own, shorter, longer]


def places_of(data):
    """Where records begin and end."""
    places, at = [], 0
    while at < len(data):
        size = records.header.unpack_from(data, at)[4]
        places.append((at, at + records.header.size + size))
        at = places[-1][1]
    return places


def damaged_bytes(folder, segment):
    data = bytearray(segment.read_bytes())
    how = chance.choice(to_bytes)
    how(data)
    segment.write_bytes(data)
    return how.__name__


def twice(folder, segment):
    """A copy under another name, whole or torn."""
    data = segment.read_bytes()
    name = segment.name[:-1] + ("0" if segment.name[-1] != "0" else "1")
    (folder / name).write_bytes(data[:chance.randrange(len(data) + 1)])
    return "twice"


def keys_exchanged(folder, segment):
    """Two records under each other's key."""
    data = bytearray(segment.read_bytes())
    (one, _), (other, _) = chance.sample(places_of(data), 2)
    key = slice(16, 32)
    first, second = data[one:one + 32][key], data[other:other + 32][key]
    data[one + 16:one + 32], data[other + 16:other + 32] = second, first
    segment.write_bytes(data)
    return "keys exchanged"


def contents_exchanged(folder, segment):
    """A header before another record's content."""
    data = segment.read_bytes()
    (a, b), (c, d) = sorted(chance.sample(places_of(data), 2))
    size = records.header.size
    segment.write_bytes(data[:a + size] + data[c + size:d] + data[b:c + size] + data[a + size:b] + data[d:])
    return "contents exchanged"


def of_another_study(folder, segment):
    """Records of the same shape that belong to another seed's study."""
    shutil.copy(others, folder / others.name)
    if chance.random() < 0.5:
        segment.unlink()
    return "of another study"


def gone(folder, segment):
    segment.unlink()
    return "gone"


def not_records(folder, segment):
    (folder / ("seg-" + "".join(chance.choices("0123456789abcdef", k=32)))).write_bytes(chance.randbytes(5_000))
    return "not records"


to_segments = [damaged_bytes] * 6 + [twice, keys_exchanged, contents_exchanged, of_another_study, gone, not_records]


def damage_segments():
    """Whatever happens to them, the cube is that of undamaged ones."""
    used = {}
    for number in range(times):
        output = here / f"{number}.nc"
        folder = records.run_directory(output)
        shutil.copytree(records.run_directory(whole), folder)
        how = chance.choice(to_segments)(folder, chance.choice(records.segments(output)))
        seen = run(output)
        if seen.returncode != 0 or output.read_bytes() != reference:
            fail(f"segments that are damaged ({how}, number {number}): {seen.returncode}, {seen.stderr}")
        used[how] = used.get(how, 0) + cells - records.come_from_records(seen.stderr)
        shutil.rmtree(folder)
    if used.get("with_bit", 0) == 0 or used.get("twice", 0) + used.get("not records", 0) > 0:
        fail(f"cells that were simulated again: {used}. Does the damage reach the program?")
    return used


def damage_cubes():
    """Each is refused in words, in time, by whoever reads it."""
    refusals = {}
    for number in range(times):
        damaged = bytearray(reference)
        how = chance.choice(to_bytes)
        how(damaged)
        if damaged == reference:
            continue  # a page of zeros over zeros
        path = here / "damaged.nc"
        path.write_bytes(damaged)
        readers = (["compare", path], ["info", path], ["report", path, "-o", here / "no.html"], ["diff", path, whole],
                   ["sensitivity", path])
        words = readers[number % len(readers)]
        start = time.monotonic()
        seen = clientele(*words)
        if seen.returncode != 65 or not seen.stderr.strip() or seen.stdout or (here / "no.html").exists():
            fail(f"a cube that is damaged ({how.__name__}, number {number}), {words[0]}: {seen.returncode}, "
                 f"{seen.stdout[:200]}, {seen.stderr}")
        if time.monotonic() - start > longest:
            fail(f"a cube that is damaged ({how.__name__}, number {number}) is refused after more than {longest} s")
        refusals[how.__name__] = refusals.get(how.__name__, 0) + 1
    return refusals


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    whole, other = here / "whole.nc", here / "other.nc"
    for output, more in ((whole, ()), (other, ("--set", "seed=8"))):
        if (seen := run(output, *more)).returncode != 0:
            fail(f"an undisturbed run ends with {seen.returncode}: {seen.stderr}")
    reference, others = whole.read_bytes(), records.segments(other)[0]
    print("cells simulated again by damage of segments:", damage_segments())
    print("cubes refused by damage:", damage_cubes())
