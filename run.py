#!/usr/bin/env python3
"""Set up bilik in a private environment, then run it. Needs python3 with venv, nothing else.

python3 run.py demo     the pilot city's workspace, the brief in the terminal, the site
python3 run.py serve    the site on the workspace that is there
python3 run.py test     all tests
python3 run.py check    format, lint, types, import contracts, messages, tests: before every commit
python3 run.py bench    the benchmarks, side by side with their peers
python3 run.py WORD …   any other command of bilik, such as: turnout forecast --help
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = {"run": HERE / "requirements" / "run.txt", "develop": HERE / "requirements" / "develop.txt"}
OLDEST = (3, 11)


def run(*command: object, **options: object) -> None:
    """Run a command and stop with its exit code if it fails."""
    code = subprocess.call([str(word) for word in command], cwd=HERE, **options)
    if code:
        raise SystemExit(code)


def fail(indonesian: str, english: str) -> None:
    """Stop with one sentence in both languages."""
    raise SystemExit(f"{indonesian}\n{english}")


def make_environment() -> None:
    """Make the private environment, or say what this machine lacks."""
    if sys.version_info < OLDEST:
        fail(
            f"bilik memerlukan Python 3.11 atau lebih baru; ini Python {sys.version.split()[0]}.",
            f"bilik needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.",
        )
    try:
        import ensurepip  # noqa: F401, PLC0415 -- only to learn whether it is there
    except ImportError:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        fail(
            f"Modul venv Python belum lengkap. Pasang lebih dahulu: sudo apt install {package}",
            f"This Python lacks ensurepip. Install it first: sudo apt install {package}",
        )
    try:
        venv.EnvBuilder(with_pip=True, clear=ENVIRONMENT.exists()).create(ENVIRONMENT)
    except OSError as error:
        fail(f"Tidak dapat menulis di {HERE}: {error}", f"Cannot write in {HERE}: {error}")


def fingerprint(purpose: str) -> str:
    """Return what the environment was made from: the lock, the project file and this Python."""
    parts = [LOCKS[purpose].read_bytes(), (HERE / "pyproject.toml").read_bytes(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def prepare(purpose: str) -> None:
    """Install the locked packages, unless this very lock is installed already."""
    stamps = {name: ENVIRONMENT / f"stamp-{name}" for name in LOCKS}
    wanted = fingerprint(purpose)
    serving = [stamps[purpose]] + ([stamps["develop"]] if purpose == "run" else [])
    made_from = {stamp.name: stamp.read_text() for stamp in serving if stamp.exists()}
    if wanted in made_from.values() or made_from.get("stamp-develop") == fingerprint("develop"):
        return
    print("Menyiapkan lingkungan bilik, sekitar setengah menit … / Setting up, about half a minute …", flush=True)
    if not PYTHON.exists():
        make_environment()
    quiet = {"env": {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}}
    run(PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", "requirements/uv.txt", **quiet)
    uv = (PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON)
    run(*uv, "--require-hashes", "--no-deps", "-r", LOCKS[purpose], **quiet)
    site_packages = next(ENVIRONMENT.glob("lib/python*/site-packages"), ENVIRONMENT / "Lib" / "site-packages")
    (site_packages / "bilik-checkout.pth").write_text(f"{HERE / 'src'}\n", encoding="utf-8")
    stamps[purpose].write_text(wanted)


def checking_workspace() -> Path:
    """Make an empty workspace, which the type checker's Django plugin wants to find."""
    folder = ENVIRONMENT / "check-workspace"
    folder.mkdir(exist_ok=True)
    (folder / "workspace.toml").write_text('format = 1\nkind = "demo"\n', encoding="utf-8")
    return folder


CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("python", "tools/messages.py", "--check"),
    ("python", "-m", "pytest", "-q", "-m", "not slow"),
)


def main(words: list[str]) -> None:
    """Prepare what the command needs and hand over to it."""
    command = words[0] if words else "--help"
    if command in {"test", "check", "bench"}:
        prepare("develop")
    else:
        prepare("run")
    if command == "test":
        run(PYTHON, "-m", "pytest", "-q", *words[1:])
    elif command == "check":
        surroundings = {**os.environ, "BILIK_WORKSPACE": str(checking_workspace())}
        for check in CHECKS:
            print("▸", " ".join(check), flush=True)
            run(BIN / check[0], *check[1:], env=surroundings)
    elif command == "bench":
        for script in sorted((HERE / "benchmarks").glob("*.py")):
            if not script.stem.endswith("_numpyro"):  # the peer's side, started by the script it stands beside
                run(PYTHON, script, *words[1:])
    else:
        os.environ.setdefault("BILIK_WORKSPACE", str(HERE / "workspace"))
        raise SystemExit(subprocess.call([str(PYTHON), "-m", "bilik", *words]))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit(130) from None
