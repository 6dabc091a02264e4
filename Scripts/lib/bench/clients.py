"""The command lines of every client for the same request."""

import json
import os
import pathlib
import sys

from measure import Command
from sections import PROMPT

SDK = """
import sys
import cerebras.cloud.sdk as sdk
client = sdk.Cerebras(base_url=sys.argv[1], api_key="key", warm_tcp_connection=False)
if sys.argv[2] == "stream":
    for chunk in client.completions.create(model="m", prompt=sys.argv[3], stream=True):
        for choice in chunk.choices:
            sys.stdout.write(choice.text)
else:
    print(client.completions.create(model="m", prompt=sys.argv[3]).choices[0].text, end="")
"""
OPENAI = """
import sys
import openai
client = openai.OpenAI(base_url=sys.argv[1] + "/v1", api_key="key")
print(client.completions.create(model="m", prompt=sys.argv[2]).choices[0].text, end="")
"""


class Bench:
    """What the sections need: the program, a server, a folder, a number of runs, and a place for results."""

    def __init__(self, program, nginx, folder, results, is_quick):
        self.program, self.nginx, self.folder, self.results = program, nginx, pathlib.Path(folder), results
        self.is_quick = is_quick
        home = self.folder / "home"
        home.mkdir()
        # Neither a person's configuration nor a key that stands there.
        self.environment = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "CEREBRAS_API_KEY": "key"}
        (self.folder / "sdk.py").write_text(SDK)
        (self.folder / "openai-client.py").write_text(OPENAI)

    def runs(self, count):
        """How often something is measured."""
        return min(count, 2) if self.is_quick else count

    def size(self, count):
        """How much of something there is."""
        return count // 50 if self.is_quick else count

    def cerebras(self, *arguments):
        """This program."""
        return Command([self.program, *arguments], self.environment)

    def complete(self, name, *flags, prompt=(PROMPT,)):
        """A completion whose response is a file of the server's."""
        return self.cerebras("complete", *prompt, *flags, "--model", "m", "--base-url", self.nginx.url(name))

    def curl(self, name, *flags, body=None):
        """The same by curl, which passes the bytes on."""
        data = f"@{body}" if body else json.dumps({"model": "m", "prompt": PROMPT, "stream": "-N" in flags})
        return Command(["curl", "-sS", *flags, "-H", "Authorization: Bearer key", "-H", "Content-Type: application/json",
                        "--data-binary", data, f"{self.nginx.url(name)}/v1/completions"], self.environment)

    def sdk(self, name, stream):
        """The vendor's."""
        return Command([sys.executable, self.folder / "sdk.py", self.nginx.url(name), "stream" if stream else "whole", PROMPT],
                       self.environment)

    def openai(self, name):
        """The openai package."""
        return Command([sys.executable, self.folder / "openai-client.py", self.nginx.url(name), PROMPT], self.environment)

    def llm(self, name):
        """The llm program, which reads the server's address in a file."""
        folder = self.folder / "llm"
        folder.mkdir(exist_ok=True)
        (folder / "extra-openai-models.yaml").write_text(
            f"- model_id: bench\n  model_name: m\n  completion: true\n  api_base: {self.nginx.url(name)}/v1\n")
        environment = {"LLM_USER_PATH": str(folder), "OPENAI_API_KEY": "key"}
        program = os.path.join(os.path.dirname(sys.executable), "llm")
        return Command([program, "-m", "bench", "--no-log", "--no-stream", PROMPT], self.environment | environment)
