# The checks of this folder, each shown a small tree that keeps the rules and then one that breaks them.
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

here = pathlib.Path(__file__).parent
compiler, flags = sys.argv[1], sys.argv[2:]
del sys.argv[1:]

kernel = """// A kernel.
#include <cstddef>

void twice(float* x, std::size_t n) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) x[i] = x[i] + x[i];
}
"""
good_tree = {
    "CMakeLists.txt": "# Root.\n",
    "sim/CMakeLists.txt": "# Sim.\nclientele_library(sim SOURCES core/twice.cpp)\n",
    "sim/core/twice.cpp": kernel,
    "models/CMakeLists.txt": "# Models.\nclientele_library(models SOURCES churn.cpp)\n",
    "models/churn.hpp": "// Leaving.\n#pragma once\n",
    "models/churn.cpp": '// Leaving: no std::exp here, and no "std::exp(" either.\n#include "models/churn.hpp"\n',
    "tests/CMakeLists.txt": "# Tests.\nclientele_test(models/churn)\n",
    "tests/models/churn_test.cpp": '// Tests of leaving.\n#include "models/churn.hpp"\n',
}


class Checks(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        for name, text in good_tree.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run_check(self, check, *arguments):
        command = [sys.executable, "-B", str(here / f"check_{check}.py"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def holds(self, check, *more):
        status, text = self.run_check(check, str(self.root), *more)
        self.assertEqual(status, 0, text)

    def breaks(self, check, name, text, complaint, *more):
        self.holds(check, *more)
        kept = (self.root / name).read_text() if (self.root / name).exists() else None
        self.write(name, text)
        status, said = self.run_check(check, str(self.root), *more)
        (self.root / name).write_text(kept) if kept is not None else (self.root / name).unlink()
        self.assertEqual(status, 1, said)
        self.assertIn(complaint, said)

    def test_folder_rule(self):
        head = "// A sentence.\n#pragma once\n"
        self.breaks("includes", "sim/a.hpp", head + '#include "models/churn.hpp"\n', "sim/a.hpp:3: sim may not include")
        self.breaks("includes", "scenarios/a.hpp", head + '#include "models/churn.hpp"\n', "scenarios may not include")
        self.breaks("includes", "models/a.hpp", head + '#include "churn.hpp"\n', "does not resolve")
        self.breaks("includes", "sim/run.hpp", head + "#include <tbb/tbb.h>\n", "belongs in sim/parallel/")
        self.breaks("includes", "output/cube.cpp", head + "#include <hdf5.h>\n", "belongs in output/hdf5")
        self.breaks("includes", "scenarios/a.hpp", head + "#include <toml++/toml.h>\n", "one .cpp may")
        self.write("scenarios/a.cpp", "// Reads.\n#include <toml++/toml.h>\n")
        self.breaks("includes", "scenarios/b.cpp", "// Reads.\n#include <toml++/toml.h>\n", "one .cpp may")

    def test_rooms(self):
        head = "// A sentence.\n#pragma once\n"
        for inside in "sim/engine/life.hpp", "sim/core/math.hpp", "sim/state/tally.hpp", "models/segmentation/rank.hpp":
            self.write(inside, head)
        self.write("models/a.hpp", head + '#include "sim/core/math.hpp"\n')
        self.write("tests/models/a_test.hpp", head + '#include "sim/engine/life.hpp"\n')
        self.breaks("includes", "models/b.hpp", head + '#include "sim/engine/life.hpp"\n', "a room of sim that is not")
        self.breaks("includes", "tools/b.hpp", head + '#include "models/segmentation/rank.hpp"\n', "a room of models")
        self.breaks("includes", "sim/random/b.hpp", head + '#include "sim/state/tally.hpp"\n',
                    'sim/random/b.hpp stands below "sim/state/tally.hpp"')
        self.breaks("includes", "sim/plans.hpp", head, "sim/plans.hpp: has no place")

    def test_include_cycles(self):
        head = "// A sentence.\n#pragma once\n"
        self.write("models/b.hpp", head)
        self.write("models/c.hpp", head + '#include "models/b.hpp"\n')
        self.breaks("includes", "models/b.hpp", head + '#include "models/c.hpp"\n',
                    "models/b.hpp: reaches itself (models/b.hpp > models/c.hpp > models/b.hpp)")

    def test_banned_constructs(self):
        for code, complaint in {
            "float f(float x) { return std::exp(x); }": "sim/core/math.hpp",
            "float f(float x) { return logf(x); }": "sim/core/math.hpp",
            "double f(double x) { return ::pow(x, 2); }": "sim/core/math.hpp",
            "double f(double x) { return __builtin_erf(x); }": "sim/core/math.hpp",
            "std::normal_distribution<float> d;": "std distributions",
            "std::mt19937 g;": "have addresses",
            "int f() { return rand(); }": "have addresses",
            "using namespace std;": "names say",
            "namespace clientele::models::detail {}": "never deeper",
            "namespace detail {}": "anonymous",
            "void f() {\n#pragma omp parallel\n  ;\n}": "lanes only",
            "// TODO: later": "do it or drop it",
            "int\tx;": "spaces only",
            "int x; ": "trailing space",
            "int " + "x" * 120 + ";": "columns",
        }.items():
            self.breaks("constructs", "models/a.cpp", f"// A sentence.\n{code}\n", complaint)
        self.breaks("constructs", "models/a.cpp", "#include <vector>\n", "first line")
        self.breaks("constructs", "models/a.hpp", "// A sentence.\n", "#pragma once is missing")
        self.breaks("constructs", "sim/CMakeLists.txt", "# Sim.\nset(CMAKE_CXX_FLAGS -ffast-math)\n", "changes bits")

    def test_closed_forms_and_tests_may_use_libm(self):
        self.write("models/theory/erlang.cpp", "// Erlang.\ndouble f(double x) { return std::exp(x); }\n")
        self.write("tests/models/erlang_test.cpp", "// Erlang.\ndouble f(double x) { return std::exp(x); }\n")
        self.holds("constructs")

    def test_lists(self):
        self.breaks("lists", "models/payment.cpp", "// Paying.\n", "models/payment.cpp: in no CMakeLists.txt")
        self.breaks("lists", "tests/models/payment_test.cpp", "// Paying.\n", "no clientele_test line")
        self.breaks("lists", "sim/CMakeLists.txt", "# core/twice.cpp\n", "sim/core/twice.cpp: in no CMakeLists.txt")

    def test_mentions(self):
        kept = "See `models/churn.hpp`, models/churn, `models/NAME.cpp`, build/models/a.cpp and study.toml.\n"
        self.write("README.md", kept)
        self.breaks("mentions", "README.md", kept + "`models/gone.hpp`\n", "README.md:2: models/gone.hpp is not there")
        self.breaks("mentions", "CONTRIBUTING.md", "Read churn.hpp.\n", "CONTRIBUTING.md:1: churn.hpp is not there")

    @unittest.skipUnless(shutil.which("clang-format-14"), "clang-format-14 is missing")
    def test_format(self):
        shutil.copy(here.parents[1] / ".clang-format", self.root)
        self.breaks("format", "sim/core/twice.cpp", kernel.replace("  for", "      for"), "clang-format-14 -i")

    def vectorization(self, code, status):
        """What the check says of a file, built as the libraries are."""
        self.write("sim/core/twice.cpp", code)
        reports = self.root / "build" / "core"
        reports.mkdir(parents=True, exist_ok=True)
        subprocess.run([compiler, "-std=c++20", "-O3", "-march=x86-64-v3", *flags, f"-I{self.root}", "-c",
                        str(self.root / "sim/core/twice.cpp"), "-o", "core/twice.cpp.o"], check=True,
                       cwd=reports.parent, stderr=subprocess.DEVNULL)
        seen, said = self.run_check("vectorization", str(self.root), f"sim={reports.parent}")
        self.assertEqual(seen, status, said)
        return said

    def test_vectorization(self):
        called = kernel.replace("void", "float other(float);\n\nvoid").replace("x[i] + x[i]", "other(x[i])")
        looping = kernel.replace("x[i] = x[i] + x[i];", "while (x[i] > 1) x[i] *= 0.5F;")
        self.assertIn("sim/core/twice.cpp:7: not", self.vectorization(called, 1))
        self.assertIn("sim/core/twice.cpp:5: not", self.vectorization(looping, 1))
        self.vectorization(called.replace("omp simd", "omp simd  // scalar: a call"), 0)
        self.vectorization(called.replace("omp simd", "omp simd  // scalar:"), 1)
        self.vectorization(kernel, 0)
        self.write("sim/core/unseen.cpp", kernel)
        self.assertIn("sim/core/unseen.cpp:5: not reported", self.vectorization(kernel, 1))

    def test_vectorization_through_inlined_accessors(self):
        """gcc reports such a loop at the accessor's line; the check must find its way back to the pragma."""
        column = """// A column.
#pragma once
#include <cstddef>
struct Column {
  float* data;
  std::size_t count;
  std::size_t size() const { return count; }
  float& operator[](std::size_t i) const {
    return data[i];
  }
};
template <class Rule>
void apply(Column x, Rule rule) {
#pragma omp simd
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = rule(x[i]);
}
"""
        use = ('// Uses.\n#include "sim/core/column.hpp"\nfloat other(float);\n'
               'void f(Column x) {\n  apply(x, RULE);\n}\n')
        self.write("sim/core/column.hpp", column)
        self.vectorization(use.replace("RULE", "[](float v) { return v * v; }"), 0)
        self.assertIn("sim/core/column.hpp:14: not",
                      self.vectorization(use.replace("RULE", "[](float v) { return other(v); }"), 1))

    def build_library(self, folder, code, march):
        self.write("library.cpp", code)
        path = self.root / "lib" / folder / "libclientele_sim.so"
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([compiler, "-std=c++20", "-O1", "-fPIC", "-shared", f"-march={march}", "-fvisibility=hidden",
                        str(self.root / "library.cpp"), "-o", str(path)], check=True)

    def test_exports(self):
        api = '__attribute__((visibility("default")))'
        good = f"namespace clientele::sim {{ {api} int run() {{ return 2; }} inline int hidden() {{ return 1; }} }}\n"
        shared = good + f"namespace clientele::sim {{ {api} inline int shared(int x) {{ return x; }}\n" \
                        f"{api} int (*taken())(int) {{ return &shared; }} }}\n"
        self.build_library("", good, "x86-64")
        self.build_library("glibc-hwcaps/x86-64-v3", good, "x86-64-v3")
        self.assertEqual(self.run_check("exports", str(self.root), "sim")[0], 0)
        self.build_library("glibc-hwcaps/x86-64-v3", good.replace("run", "walk"), "x86-64-v3")
        status, said = self.run_check("exports", str(self.root), "sim")
        self.assertEqual(status, 1)
        self.assertIn("exports differ", said)
        self.build_library("", shared, "x86-64")
        self.build_library("glibc-hwcaps/x86-64-v3", shared, "x86-64-v3")
        status, said = self.run_check("exports", str(self.root), "sim")
        self.assertEqual(status, 1)
        self.assertIn("exports the inline _ZN9clientele3sim6sharedEi", said)
        self.assertEqual(self.run_check("exports", str(self.root), "models")[0], 1)  # a missing library is no success

    def test_libm_calls(self):
        api = '__attribute__((visibility("default")))'
        self.build_library("", f"namespace clientele::sim {{ {api} int run() {{ return 1; }} }}\n", "x86-64")
        self.write("call.cpp", "#include <cmath>\ndouble f(double x) { return std::exp(x); }\n")
        objects = self.root / "sim" / "CMakeFiles" / "clientele_sim.dir"
        for folder, expected in (("theory", 0), ("core", 1)):
            (objects / folder).mkdir(parents=True)
            made = objects / folder / "call.o"
            subprocess.run([compiler, "-c", str(self.root / "call.cpp"), "-o", str(made)], check=True)
            status, said = self.run_check("exports", str(self.root), "sim")
            self.assertEqual(status, expected, said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
