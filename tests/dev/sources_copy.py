# A copy of the sources, to be changed and built without touching anything that is worked on.
import hashlib
import shutil
import subprocess
import sys

parts = ("CMakeLists.txt", "sim", "models", "scenarios", "output", "tools", "tests", "README.md", "CONTRIBUTING.md",
         "CHANGES.md", "LICENSE", ".clang-format")


class Copy:
    def __init__(self, sources, folder):
        self.root = folder / "sources"
        self.root.mkdir()
        for part in parts:
            if (sources / part).is_dir():
                shutil.copytree(sources / part, self.root / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(sources / part, self.root / part)

    def new_behavior(self, *words):
        return subprocess.run([sys.executable, "-B", self.root / "tools/dev/new_behavior", *words],
                              capture_output=True, text=True)

    def digest(self):
        """Of every file that could have been changed: equal before and after what must change nothing."""
        whole = hashlib.sha256()
        for folder in ("models", "tests", "tools/dev"):
            for path in sorted(p for p in (self.root / folder).rglob("*") if p.is_file()):
                whole.update(f"{path.relative_to(self.root)}\0".encode() + path.read_bytes())
        whole.update("\0".join(sorted(p.name for p in self.root.iterdir())).encode())
        return whole.hexdigest()

    def breaches(self, checks):
        """What the checks of the sources say, each that does not hold."""
        said = ""
        for check in checks:
            done = subprocess.run([sys.executable, "-B", f"tests/hygiene/check_{check}.py", str(self.root)],
                                  cwd=self.root, capture_output=True, text=True)
            if done.returncode not in (0, 77):
                said += done.stdout + done.stderr
        return said
