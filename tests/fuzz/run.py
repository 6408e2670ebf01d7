# Some minutes of one fuzzer, from what the project ships; what it finds is a file, and a failure.
#
# run.py FUZZER ROOT MINUTES [FOLDER]: what is found stays in FOLDER, by default beside the fuzzer; `FUZZER FILE` shows
# it again.
import pathlib
import subprocess
import sys
import tempfile

fuzzer, root = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
minutes = float(sys.argv[3])
found = pathlib.Path(sys.argv[4] if len(sys.argv) > 4 else fuzzer.parent / f"{fuzzer.name}.found")
what = fuzzer.name.removeprefix("fuzz_")


def shipped(*patterns):
    return [path.read_bytes() for pattern in patterns for path in sorted(root.glob(pattern))]


def studies():
    return shipped("scenarios/studies/*.toml", "tests/command_line/*.toml", "tests/output/fixtures/*.toml",
                   "tools/bench/numpy_distributor/*.toml")


def beginnings():
    """What to begin from."""
    if what == "study":
        return studies()
    if what == "customers":
        return shipped("scenarios/studies/*.csv") + [b'Kunde;group;"purchasing.order_value"\r\nA;chain;1.5\r\n']
    if what == "books":
        return [b"id,number,date,amount,group,currency\nK1,1,2025-01-13,100,a,EUR\nTotal,,,100\n",
                b"id;number;date;quantity;price;discount;margin\r\n\"K2\";2;14.01.2025;2;1.234,50-;0,5;3\r\n",
                b"id,number,issued,due,settled,amount,reason\nK1,1,2025-01-13,2025-02-12,2025-01-10,100,liquidity\n",
                b"id,not due,1-30,31-60,61-90,>90\nK1,1,2,3,4,5\n",
                b"id,points,ends,date\nK1,100,2027-03,2025-02-01\nK1,-20,,1/20/2025 8:26 AM\n",
                "客户,date,promised,late\nK1,2025-01-20,2025-01-19,是\n".encode("gb18030")]
    if what == "sweep":
        return [b"payment.terms_days,churn.base_hazard\n30,0.01\n45,0.02\n",
                b'sep=;\r\n"population.customers"\r\n50\r\n']
    if what == "cube":  # changes of each kind to each cube
        return [bytes([cube, kind, at, kind, 1, 9, *b"ABCDEFGH", 0]) for cube in range(5) for kind in range(5)
                for at in range(0, 120, 7)]
    return [b"", bytes(100)]


def words():
    """Words that studies have, for whoever makes up studies and tables."""
    text = b" ".join(studies()).decode()
    all_of_them = {word for word in "".join(c if c.isalnum() or c in "_." else " " for c in text).split()}
    return "".join(f'"{word}"\n' for word in sorted(all_of_them) if word.isascii() and 2 < len(word) < 40)


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    (here / "corpus").mkdir()
    for number, content in enumerate(beginnings()):
        (here / "corpus" / str(number)).write_bytes(content)
    (here / "words").write_text(words() if what in ("study", "customers", "sweep", "books") else '"clrecord"\n')
    found.mkdir(exist_ok=True)
    # Sanitized, all is about ten times slower: 10 s are one, and memory is twice as much.
    seen = subprocess.run([fuzzer, f"-max_total_time={minutes * 60:.0f}", "-timeout=10", "-rss_limit_mb=2000",
                           "-max_len=100000", "-print_final_stats=1", f"-artifact_prefix={found}/",
                           f"-dict={here / 'words'}", here / "corpus"], capture_output=True, text=True,
                          errors="replace", check=False)
    print("\n".join(seen.stderr.splitlines()[-60 if seen.returncode else -12:]))
    sys.exit(1 if seen.returncode else 0)
