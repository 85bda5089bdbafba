#!/usr/bin/env python3
"""The files that make up the project: what git tracks or would track, and without git every file outside build folders.

As a program it prints, NUL-terminated, the paths (relative to the root) whose names end in one of its arguments.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED_FOLDERS = {".git", "build", "findings", "__pycache__"}


def project_files(root=ROOT):
    """Paths relative to root, with '/', sorted; deleted files left out."""
    git = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z", "-co", "--exclude-standard"]
    if (root / ".git").exists():
        try:
            listed = subprocess.run(git, capture_output=True, check=True).stdout
            names = {os.fsdecode(name) for name in listed.split(b"\0") if name}
            return sorted(name for name in names if (root / name).is_file())
        except (OSError, subprocess.CalledProcessError):
            pass
    names = []
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS]
        names += [(Path(folder) / f).relative_to(root).as_posix() for f in files]
    return sorted(names)


if __name__ == "__main__":
    for name in project_files():
        if name.endswith(tuple(sys.argv[1:])):
            sys.stdout.write(name + "\0")
