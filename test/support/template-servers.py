"""Embedded engines for chat templates, one after the other in one process: starting Python costs more than loading a tiny model.

usage: template-servers.py ENGINE_FOLDER MODEL
Each line of standard input is the path of a template; each line written is JSON: {"url": ...} of an engine with that template, or
{"error": ...} where it cannot be loaded. The engines live as long as the process: the wheel's own way to stop one may wait for ever.
"""

import json
import os
import sys


def start(engine, model, file):
    params = engine.CommonParams()
    params.model.path = model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 512
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.n_threads_http = 1
    params.warmup = False
    params.use_jinja = True
    params.endpoint_props = True
    with open(file, encoding="utf-8", newline="") as text:
        params.chat_template = text.read()
    return engine.Server(params)


def main():
    _, folder, model = sys.argv
    sys.path.insert(0, folder)
    import xllamacpp as engine

    running = []
    for line in sys.stdin:
        try:
            running.append(start(engine, model, line.rstrip("\n")))
            answer = {"url": running[-1].listening_address}
        except RuntimeError as problem:
            answer = {"error": str(problem)}
        print(json.dumps(answer), flush=True)
    os._exit(0)


main()
