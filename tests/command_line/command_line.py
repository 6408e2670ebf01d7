#!/usr/bin/env python3
"""Starts the real program as people do and looks at its exit statuses, messages and files.

Usage: command_line.py CLIENTELE SOURCE_FOLDER
"""
import os
import pathlib
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

program, source = sys.argv[1], pathlib.Path(sys.argv[2])
distributor = source / "scenarios/studies/distributor.toml"
small = ["--customers", "300", "--replications", "3", "--months", "14"]

five_mistakes = """title = "five"
[horizon]
months = 1.5
[population]
customers = 100
[chrun]
base_hazard = 0.1
[churn]
base_hazard = 1.5
base_hazzard = 0.1
[[policy]]
name = "a"
segmentation = "rnak"
tier = [ { name = "all" } ]
"""


def clientele(*words, folder=None):
    return subprocess.run([program, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=250,
                          stdin=subprocess.DEVNULL, check=False)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def files(self):
        return sorted(p.name for p in self.folder.iterdir())

    def run_small(self, *words):
        return clientele("run", distributor, *small, *words)

    def expect(self, result, status, *parts):
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        for part in parts:
            self.assertIn(part, result.stdout + result.stderr)

    def test_a_good_study_is_checked_in_one_line_on_stdout(self):
        result = clientele("check", distributor)
        self.expect(result, 0, "customer-months")
        self.assertEqual(len(result.stdout.splitlines()), 1)

    def test_help_and_version_answer_on_stdout(self):
        for verb in ("help", "--help", "version", "--version"):
            result = clientele(verb)
            self.expect(result, 0, "clientele")
            self.assertEqual(result.stderr, "")

    def test_wrong_words_are_usage_errors_with_a_guess(self):
        for words, part in (([], "run STUDY"), (["rnu"], "Did you mean run"), (["run"], "STUDY"),
                            (["run", distributor, "--replicatoins", "3"], "Did you mean --replications"),
                            (["run", distributor, "--repli", "3"], "--repli"),
                            (["run", distributor, "--seed", "-1"], "--seed"),
                            (["run", distributor, "--seed=4294967296"], "4294967295"),
                            (["run", distributor, "-o"], "needs a value"),
                            (["run", distributor, "--months", "3", "--months", "4"], "2 times"),
                            (["run", distributor, "--set", "seed"], "PATH=VALUE"),
                            (["version", "please"], "please")):
            with self.subTest(words=words):
                result = clientele(*words)
                self.expect(result, 64, part)
                self.assertEqual(result.stdout, "")

    def test_five_mistakes_are_all_told_with_their_places(self):
        path = self.write("five.toml", five_mistakes)
        for verb in ("check", "run"):
            result = clientele(verb, path)
            self.expect(result, 65, "five.toml:3:10:", "five.toml:6:2:", "Did you mean [churn]?", "five.toml:9:15:",
                        "Did you mean 0.015?", "five.toml:10:1:", "Did you mean base_hazard?", "five.toml:13:16:",
                        "5 mistakes; nothing was run.")
            self.assertEqual(result.stdout, "")

    def test_mistakes_in_options_name_the_option(self):
        self.expect(clientele("check", distributor, "--set", "churn.base_hazard=1.5"), 65,
                    "--set churn.base_hazard=1.5: churn.base_hazard = 1.5")
        self.expect(clientele("check", distributor, "--set", "policy.todya.entry=all"), 65, 'Did you mean "today"?')

    def test_a_study_that_is_not_there_is_an_input_error(self):
        self.expect(clientele("check", self.folder / "none.toml"), 74, "none.toml")

    def test_terminal_escapes_in_a_study_do_not_reach_the_terminal(self):
        path = self.write("escape.toml", '[population]\ncustomers = 1\n[[policy]]\nname = "a\\u001b[2J"\n')
        result = clientele("check", path)
        self.expect(result, 65, "cannot be a name")
        self.assertNotIn("\x1b", result.stderr)

    def test_any_number_of_threads_writes_the_same_bytes(self):
        for threads in ("1", "2"):
            self.expect(self.run_small("-o", self.folder / f"{threads}.nc", "--threads", threads, "--quiet"), 0)
        self.expect(self.run_small("-o", self.folder / "b.nc", "--block-size", "64", "--quiet"), 0)
        first = (self.folder / "1.nc").read_bytes()
        self.assertEqual(first, (self.folder / "2.nc").read_bytes())
        self.assertEqual(first, (self.folder / "b.nc").read_bytes())
        self.assertEqual(self.files(), ["1.nc", "2.nc", "b.nc"])

    def test_the_table_is_data_and_quiet_silences_the_talk(self):
        loud, quiet = self.run_small(), self.run_small("--quiet")
        self.expect(loud, 0, "data ", "ranked")
        self.assertEqual(loud.stdout, quiet.stdout)
        self.assertEqual(quiet.stderr, "")
        self.assertIn("%", loud.stderr)

    def test_another_seed_gives_other_data(self):
        lines = [self.run_small("--quiet", "--seed", seed).stdout.splitlines()[-1] for seed in ("1", "2")]
        self.assertNotEqual(*lines)

    def test_an_existing_file_is_kept_unless_force_is_given(self):
        path = self.write("a.nc", "precious")
        self.expect(self.run_small("-o", path), 73, "a.nc")
        self.assertEqual(path.read_text(encoding="utf-8"), "precious")
        self.expect(self.run_small("-o", path, "--force", "--quiet"), 0)
        self.assertEqual(path.read_bytes()[1:4], b"HDF")
        self.assertEqual(self.files(), ["a.nc"])

    def test_a_missing_folder_is_told_before_anything_is_lived(self):
        result = clientele("run", distributor, "-o", self.folder / "none/a.nc")
        self.expect(result, 74, "none")
        self.assertEqual(self.files(), [])

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_a_folder_that_may_not_be_written_to_is_a_permission_error(self):
        self.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        self.expect(self.run_small("-o", self.folder / "a.nc"), 77)
        self.folder.chmod(stat.S_IRWXU)

    def test_a_signal_stops_the_run_and_leaves_nothing_behind(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1):
            with self.subTest(signal=number), subprocess.Popen(
                    [program, "run", str(distributor), "--replications", "4000", "-o", str(self.folder / "a.nc")],
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
                first = process.stderr.readline()  # the size of the run: signals are watched by now
                self.assertIn("customer-months", first)
                time.sleep(0.2)
                process.send_signal(number)
                out, error = process.communicate(timeout=250)
                self.assertEqual(process.returncode, 75, error)
                self.assertIn("nothing was written", error)
                self.assertEqual(out, "")
                self.assertEqual(self.files(), [])

    def test_customers_of_a_file_are_lived_and_their_ids_stay_out_of_everything(self):
        rows = "".join(f"secret-{n}@example.org,{'home' if n % 3 else 'export'},{1 + n % 4},{100 + n}\n"
                       for n in range(200))
        self.write("customers.csv", "id,group,orders_per_month,order_value\n" + rows)
        study = self.folder / "real-customers.toml"
        study.write_bytes((source / "scenarios/studies/real-customers.toml").read_bytes())
        result = clientele("run", study, "--replications", "2", "-o", self.folder / "a.nc")
        self.expect(result, 0, "data ", "200 customers")
        self.assertNotIn("secret", result.stdout + result.stderr)
        self.assertNotIn(b"secret", (self.folder / "a.nc").read_bytes())

    def test_bad_rows_are_told_with_file_line_and_column_and_no_id(self):
        self.write("customers.csv", 'id;group;orders_per_month;order_value\r\nsecret1;home;"1,5";20\r\n'
                                    "secret2;hmoe;1;20\r\nsecret1;home;0;20\r\n")
        study = self.folder / "real-customers.toml"
        study.write_bytes((source / "scenarios/studies/real-customers.toml").read_bytes())
        result = clientele("check", study)
        self.expect(result, 65, "customers.csv:2:", "orders_per_month", "decimal comma", "customers.csv:3:",
                    'Did you mean "home"?', "customers.csv:4:", "line 2")
        self.assertNotIn("secret", result.stdout + result.stderr)


unittest.main(argv=[sys.argv[0]], verbosity=2)
