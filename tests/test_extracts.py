"""The questions that five municipalities' own documents on integration raise, put to the example registers.

A case names its register, perhaps a decision that is enacted first (`--- beslut`: the file in charters/beslut and the options), and
the commands that are run (`--- körning`). For every `vem` among them `--- json` holds what `--json` says of it: who, where, in what
words, since when and by which decision, from whom; what is refused; which money.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import cases, expect, sections
from test_commands import typed

from reglemente_tool.cli.demo import examples


def told(answer: dict[str, Any]) -> list[str]:
    """What a program learns from the answer, a line each."""
    lines = []
    for one in answer["svar"]:
        came = one["kom_fran"]
        before = f" (förut {came['namnd']}, {came['reglemente']} {came['stalle']}, till {came['till']})" if came else ""
        place = f"{one['reglemente']} {one['mal']}, {one['stalle']}"
        lines.append(f"svar {one['namnd']}: {place}: {one['lydelse']} [{one['grund']}, sedan {one['sedan']}, {one['beslut']}]{before}")
    for one in answer["anslag"]:
        sums = "; ".join(f"{s['kronor']} {'varje år' if s['varje_ar'] else ''} {s['ar']}" for s in one["belopp"])
        ended = ", utgått" if one["utgatt"] else ""
        lines.append(
            f"anslag {one['till']} ({one['namnd']}): {sums}: {one['andamal']} [{one['beslut']}, sista dag {one['sista_dag']}{ended}]"
        )
    for one in answer["uppdrag"]:
        over = one["namnd_upphord"]
        now = f", över till {', '.join(n['namnd'] for n in over['over_till'])} {over['sedan']}, {over['beslut']}" if over else ""
        lines.append(f"uppdrag {one['till']} ({one['namnd']}): {one['vad']} [{one['beslut']}{now}]")
    for one in answer["kommande"]:
        his = next(svar for svar in (*answer["svar"], *answer["aven"]) if svar["wid"] == one["for_wid"])
        lines.append(f"kommande för {his['namnd']}, {his['stalle']}: {one['namnd']} från {one['fran']}, {one['beslut']}")
    lines += [f"undantag {one['namnd']}: {one['ord']} [till {one['till'] or 'ingen'}]" for one in answer["undantag"]]
    return lines + ([f"avvisad {answer['avvisad']}"] if answer["avvisad"] else [])


@pytest.mark.parametrize("case", cases("extracts"), ids=lambda path: path.stem)
def test_extract(case: Path, example: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(case)
    folder = examples() / parts["register"].strip()
    if "beslut" in parts:
        folder = shutil.copytree(example, tmp_path / "register", symlinks=True)
        file, _, options = parts["beslut"].strip().partition(" ")
        code, said = typed(f"reglemente las '{examples() / 'beslut' / file}' {options} --json --register '{folder}'")
        assert code == 0, said
        enacted = typed(f"reglemente infor {json.loads(said)['forslag']} --bekraftad-av kommunjurist --register '{folder}'")
        assert enacted[0] == 0, enacted[1]
    shown, data = [], []
    for line in parts["körning"].split("\n"):
        if not line.startswith("$ "):
            continue
        command = f"{line[2:]} --register '{folder}'"
        code, said = typed(command)
        shown += [line, said.rstrip("\n"), *([f"[{code}]"] if code else [])]
        if command.startswith("reglemente vem "):
            data += [line, *told(json.loads(typed(f"{command} --json")[1]))]
    expect(request, case, "körning", "\n".join(shown))
    expect(request, case, "json", "\n".join(data))
