"""The bench. Usage: bench [--quick] [--json FILE] PROGRAM [SECTION...], or bench --self-test."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile

import sections
import selftest
import servers
import table
from clients import Bench


def machine():
    """What the figures were measured on and with."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.processor())
    curl = subprocess.run(["curl", "--version"], check=True, capture_output=True, text=True).stdout.split("\n")[0]
    packages = subprocess.run([sys.executable, "-m", "pip", "list", "--format=freeze"], check=False, capture_output=True,
                              text=True).stdout.split()
    wanted = ("cerebras_cloud_sdk", "openai", "llm")
    return {
        "architecture": platform.machine(), "cores": os.cpu_count(), "processor": model,
        "curl": " ".join(curl.split()[:2]),
        "clients": [name for name in packages if name.split("==")[0] in wanted],
        "commit": subprocess.run(["git", "describe", "--always", "--dirty"], check=False, capture_output=True,
                                 text=True).stdout.strip(),
    }


def main():
    parser = argparse.ArgumentParser(prog="Scripts/bench", allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="little data and two runs: to see that everything works")
    parser.add_argument("--json", metavar="FILE", help="write the results there, too")
    parser.add_argument("--self-test", action="store_true", help="measure what is known in advance")
    parser.add_argument("--program", default="cerebras", help=argparse.SUPPRESS)
    parser.add_argument("section", nargs="*", metavar="SECTION", help=f"measure only these: {', '.join(sections.ALL)}")
    options = parser.parse_args()
    if unknown := [name for name in options.section if name not in sections.ALL]:
        parser.error(f"{unknown[0]} is not one of {', '.join(sections.ALL)}")
    if options.self_test:
        selftest.run()
        return
    results = table.Results(machine())
    print(", ".join(str(part) for part in results.machine.values()))
    with tempfile.TemporaryDirectory() as folder:
        nginx = servers.Nginx(folder)
        try:
            bench = Bench(options.program, nginx, folder, results, options.quick)
            for name in options.section or sections.ALL:
                sections.ALL[name](bench)
        finally:
            nginx.close()
    if options.json:
        results.write(options.json)


main()
