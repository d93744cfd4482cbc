"""A second opinion: what LibreOffice makes of a DOCX when it accepts, or rejects, every tracked change in it.

Run as a script by the Python that has LibreOffice's own bridge (`uno`), which is seldom the one that runs the tests:
python3 libreoffice.py FOLDER, for every DOCX in it, prints {name: {"accept": [[style, text], …], "reject": […]}} as JSON.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

PYTHON = "/usr/bin/python3"

_RUN = rb"<w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:commentReference [^>]*/></w:r>"
_COMMENT = re.compile(rb"<w:(ins|del|moveFrom|moveTo) [^>]*>" + _RUN + rb"</w:\1>|" + _RUN)


def missing() -> str:
    """What is lacking here for a second opinion, in words; "" when nothing is."""
    if shutil.which("soffice") is None:
        return "LibreOffice (soffice) is not installed"
    if not Path(PYTHON).exists() or subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode:
        return "LibreOffice's bridge to Python (python3-uno) is not installed"
    return ""


def opinion(files: dict[str, bytes]) -> dict[str, dict[str, list[list[str]]]]:
    """What LibreOffice reads out of the files, by name, with all changes accepted and with all rejected."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / f"{name}.docx").write_bytes(_without_comments(content))
        told = subprocess.run([PYTHON, __file__, folder], capture_output=True, check=True, timeout=300)
    found: dict[str, dict[str, list[list[str]]]] = json.loads(told.stdout)
    return found


def _without_comments(content: bytes) -> bytes:
    """LibreOffice 7.4 without a screen falls over any comment at all, in a file of anyone's making; the text is not in them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _COMMENT.sub(b"", part) if name == "word/document.xml" else part)
    return made.getvalue()


def _main(folder: Path) -> None:
    pipe = f"reglemente{time.time_ns()}"
    profile = folder / "profile"  # Its own, or a second LibreOffice would hand its work to the first.
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        desktop, dispatcher, hidden = _connected(pipe)
        found = {}
        for file in sorted(folder.glob("*.docx")):
            found[file.stem] = {}
            for way, command in (("accept", ".uno:AcceptAllTrackedChanges"), ("reject", ".uno:RejectAllTrackedChanges")):
                document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, (hidden,))
                dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
                found[file.stem][way] = list(_paragraphs(document.Text))
                document.close(True)
        desktop.terminate()
    finally:
        office.wait(timeout=60)
    print(json.dumps(found))


def _connected(pipe: str) -> tuple[Any, Any, Any]:
    import uno
    from com.sun.star.beans import PropertyValue

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.5)
    manager = context.ServiceManager
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    return desktop, manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context), hidden


def _paragraphs(text: Any) -> Any:
    parts = text.createEnumeration()
    while parts.hasMoreElements():
        part = parts.nextElement()
        if part.supportsService("com.sun.star.text.Paragraph"):
            yield part.ParaStyleName, part.String
        elif part.supportsService("com.sun.star.text.TextTable"):
            for name in part.CellNames:
                yield from _paragraphs(part.getCellByName(name))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
