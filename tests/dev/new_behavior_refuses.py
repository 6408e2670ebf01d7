# What tools/dev/new_behavior refuses leaves every file as it is; what it writes is laid out as the house wants it.
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from sources_copy import Copy

sources = pathlib.Path(sys.argv.pop(1)).resolve()


class NewBehavior(unittest.TestCase):
    def setUp(self):
        self.kept = tempfile.TemporaryDirectory(prefix="new_behavior_")
        self.addCleanup(self.kept.cleanup)
        self.copy = Copy(sources, pathlib.Path(self.kept.name))

    def refuses(self, words, why, status=1):
        before = self.copy.digest()
        done = self.copy.new_behavior(*words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertIn(why, done.stderr)
        self.assertEqual(self.copy.digest(), before, f"{words} changed something")

    def test_bad_names(self):
        for name in ("Outreach", "2calls", "sales-call", "call_", "sales__call", "../call", "sim/call", ""):
            self.refuses([name], "is no name of a behavior")
        self.refuses(["no"], "3 to 32 fit")
        self.refuses(["v" * 33], "3 to 32 fit")
        self.refuses(["switch"], "is a word of C++")
        self.refuses([], "new_behavior NAME", status=64)
        self.refuses(["outreach", "phone"], "new_behavior NAME", status=64)

    def test_taken_names(self):
        for name, place in (("churn", "models/churn.hpp"), ("leaving", "models/catalogue.cpp"),
                            ("quanta", "models/quanta.hpp"), ("order_rate", "models/addresses.hpp"),
                            ("late_delivery", "models/addresses.hpp"), ("care", "care_cost"), ("who", "real_cell.cpp"),
                            ("review", "models/catalogue.cpp")):
            self.refuses([name], "is taken")
            self.refuses([name], place)

    def test_half_a_behavior(self):
        left = self.copy.root / "tests/models/outreach_test.cpp"
        left.write_text("// What somebody had begun.\n")
        self.refuses(["outreach"], "tests/models/outreach_test.cpp")
        left.unlink()
        self.assertEqual(self.copy.new_behavior("outreach").returncode, 0)
        self.refuses(["outreach"], "models/outreach.hpp")
        for made in ("models/outreach.hpp", "models/outreach.cpp", "tests/reference/models/outreach.hpp",
                     "tests/models/outreach_test.cpp"):
            (self.copy.root / made).unlink()
        for place in ("models/catalogue.cpp", "models/CMakeLists.txt", "tests/CMakeLists.txt",
                      "tests/reference/bugs.py", "tests/support/wide_study.hpp",
                      "tests/properties/real_ledgers_test.cpp"):
            self.refuses(["outreach"], place)
        for folder in ("models", "tests/reference/models"):
            shutil.rmtree(self.copy.root / folder)
            shutil.copytree(sources / folder, self.copy.root / folder)
        self.refuses(["outreach"], "tests/support/wide_study.hpp")

    def test_sources_that_moved_on(self):
        catalogue = self.copy.root / "models/catalogue.cpp"
        catalogue.write_text(catalogue.read_text().replace('all.step("orders",', 'all.step("buying",'))
        self.refuses(["outreach"], "models/catalogue.cpp has 0 places instead of one")

    @unittest.skipUnless(shutil.which("git"), "git is missing")
    def test_changes_that_are_not_committed(self):
        def git(*words):
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=self.copy.root, check=True,
                           capture_output=True)
        git("init")
        git("add", ".")
        git("commit", "-m", "As it is")
        book = self.copy.root / "models/addresses.hpp"
        kept = book.read_text()
        book.write_text(kept + "// Mine.\n")
        self.refuses(["outreach"], "models/addresses.hpp")
        book.write_text(kept)
        done = self.copy.new_behavior("outreach")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.refuses(["phone"], "not committed")

    def test_what_it_writes(self):
        for name in ("outreach", "a_behavior_of_a_long_name"):
            done = self.copy.new_behavior(name)
            self.assertEqual(done.returncode, 0, done.stderr)
            for said in (f"models/{name}.hpp", "test_properties_pinned_hash", "git checkout"):
                self.assertIn(said, done.stdout)
        self.assertEqual(self.copy.breaches(("includes", "constructs", "lists", "format", "mentions")), "")


if __name__ == "__main__":
    unittest.main(verbosity=2)
