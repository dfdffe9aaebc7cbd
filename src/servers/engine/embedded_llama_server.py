"""llama-server's command line for the embedded engine.

Takes llama-server's own flag names, so that whoever starts an engine need not know which of the two it is.
The first two arguments are ours: --engine-dir FOLDER, where the wheel was installed.
Ends on SIGTERM, SIGINT and when its standard input closes (the process that started it is gone).
"""

import ctypes
import json
import os
import signal
import sys
import threading


def text(value):
    return value


def names(value):
    return [name.strip() for name in value.split(",") if name.strip()]


def file_text(value):
    with open(value, encoding="utf-8") as file:
        return file.read()


def folder(value):
    if not os.path.isdir(value):
        raise ValueError("is not a folder")
    return os.path.join(value, "")


def cache_type(value):
    return getattr(engine.ggml_type, "GGML_TYPE_" + value.upper())


def reasoning_format(value):
    return getattr(engine.common_reasoning_format, "COMMON_REASONING_FORMAT_" + value.upper().replace("-", "_"))


def flash_attention(value):
    word = {"on": "ENABLED", "off": "DISABLED", "auto": "AUTO"}[value]
    return getattr(engine.llama_flash_attn_type, "LLAMA_FLASH_ATTN_TYPE_" + word)


def template_variables(value):
    return {name: json.dumps(item) for name, item in json.loads(value).items()}


def layers(value):
    return {"auto": -1, "all": 999}.get(value) or int(value)


# flag names, the attributes they set, and how the value is read
VALUES = [
    (("-m", "--model"), ["model.path"], text),
    (("--port",), ["port"], int),
    (("--host",), ["hostnames"], names),
    (("-a", "--alias"), ["model_alias"], lambda value: set(names(value))),
    (("-c", "--ctx-size"), ["n_ctx"], int),
    (("-np", "--parallel"), ["n_parallel"], int),
    (("-t", "--threads"), ["cpuparams.n_threads", "cpuparams_batch.n_threads"], int),
    (("-tb", "--threads-batch"), ["cpuparams_batch.n_threads"], int),
    (("--threads-http",), ["n_threads_http"], int),
    (("-b", "--batch-size"), ["n_batch"], int),
    (("-ub", "--ubatch-size"), ["n_ubatch"], int),
    (("-n", "--predict", "--n-predict"), ["n_predict"], int),
    (("-ngl", "--gpu-layers", "--n-gpu-layers"), ["n_gpu_layers"], layers),
    (("-fa", "--flash-attn"), ["flash_attn_type"], flash_attention),
    (("-ctk", "--cache-type-k"), ["cache_type_k"], cache_type),
    (("-ctv", "--cache-type-v"), ["cache_type_v"], cache_type),
    (("-cram", "--cache-ram"), ["cache_ram_mib"], int),
    (("-ctxcp", "--ctx-checkpoints"), ["n_ctx_checkpoints"], int),
    (("-cms", "--checkpoint-min-step"), ["checkpoint_min_step"], int),
    (("--cache-reuse",), ["n_cache_reuse"], int),
    (("-sps", "--slot-prompt-similarity"), ["slot_prompt_similarity"], float),
    (("--slot-save-path",), ["slot_save_path"], folder),
    (("--chat-template",), ["chat_template"], text),
    (("--chat-template-file",), ["chat_template"], file_text),
    (("--chat-template-kwargs",), ["default_template_kwargs"], template_variables),
    (("--reasoning-format",), ["reasoning_format"], reasoning_format),
    (("--api-key",), ["api_keys"], names),
    (("--api-key-file",), ["api_keys"], lambda value: file_text(value).split()),
    (("--sse-ping-interval",), ["sse_ping_interval"], int),
    (("-to", "--timeout"), ["timeout_read", "timeout_write"], int),
    (("-lv", "--verbosity", "--log-verbosity"), ["verbosity"], int),
    (("--log-prompts-dir",), ["path_prompts_log_dir"], text),
]

# flags without a value
SWITCHES = [
    (("--jinja",), "use_jinja", True),
    (("--no-jinja",), "use_jinja", False),
    (("--metrics",), "endpoint_metrics", True),
    (("--props",), "endpoint_props", True),
    (("--slots",), "endpoint_slots", True),
    (("--no-slots",), "endpoint_slots", False),
    (("--warmup",), "warmup", True),
    (("--no-warmup",), "warmup", False),
    (("--swa-full",), "swa_full", True),
    (("-kvu", "--kv-unified"), "kv_unified", True),
    (("-no-kvu", "--no-kv-unified"), "kv_unified", False),
    (("--cache-idle-slots",), "cache_idle_slots", True),
    (("--no-cache-idle-slots",), "cache_idle_slots", False),
    (("--cache-prompt",), "cache_prompt", True),
    (("--no-cache-prompt",), "cache_prompt", False),
    (("--context-shift",), "ctx_shift", True),
    (("--no-context-shift",), "ctx_shift", False),
    (("--skip-chat-parsing",), "force_pure_content_parser", True),
    (("--no-skip-chat-parsing",), "force_pure_content_parser", False),
    (("--prefill-assistant",), "prefill_assistant", True),
    (("--no-prefill-assistant",), "prefill_assistant", False),
    (("-v", "--verbose"), "verbosity", 9),
    (("--no-webui", "--no-ui"), "ui", False),
]


def fail(message):
    sys.stderr.write(f"error: {message}\n")
    raise SystemExit(1)


def assign(params, path, value):
    *owners, name = path.split(".")
    for owner in owners:
        params = getattr(params, owner)
    setattr(params, name, value)


def apply(params, flags):
    """Sets what the flags say; an unknown flag or a bad value ends the program with one clear line."""
    values = {name: entry for entry in VALUES for name in entry[0]}
    switches = {name: entry for entry in SWITCHES for name in entry[0]}
    rest = list(flags)
    while rest:
        flag = rest.pop(0)
        if flag in switches:
            _, path, value = switches[flag]
            assign(params, path, value)
            continue
        if flag not in values:
            fail(f"invalid argument: {flag} (the embedded engine does not know it)")
        if not rest:
            fail(f"expected value for argument: {flag}")
        given = rest.pop(0)
        _, paths, read = values[flag]
        try:
            value = read(given)
        except (ValueError, KeyError, AttributeError, OSError) as problem:
            fail(f"bad value for {flag}: {given} ({problem})")
        for path in paths:
            assign(params, path, value)


def write_log():
    """Waits until the engine's log is written, which a thread of its own does and no way to end waits for.

    The wheel has no function for it, but llama.cpp's own. A build that hides it or names it otherwise (Windows) is not waited for.
    """
    try:
        library = ctypes.CDLL(engine.xllamacpp.__file__)
        log, flush = library._Z15common_log_mainv, library._Z16common_log_flushP10common_log
    except (AttributeError, OSError):
        return
    log.restype = ctypes.c_void_p
    flush.argtypes = [ctypes.c_void_p]
    flush(log())


def end(*_):
    os._exit(0)


def watch_standard_input():
    while os.read(0, 4096):
        pass
    end()


def main():
    if sys.argv[1:2] != ["--engine-dir"] or len(sys.argv) < 3:
        fail("usage: embedded_llama_server.py --engine-dir FOLDER FLAG ...")
    flags = sys.argv[3:]
    if "--help" in flags or "-h" in flags:
        for entry in [*VALUES, *SWITCHES]:
            print(", ".join(entry[0]))
        return
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    global engine
    sys.path.insert(0, sys.argv[2])
    import xllamacpp as engine

    params = engine.CommonParams()
    apply(params, flags)
    if not params.model.path:
        fail("no model: -m FILE is required")
    threading.Thread(target=watch_standard_input, daemon=True).start()
    try:
        server = engine.Server(params)
    except Exception as problem:
        write_log()
        sys.stderr.write(f"error: {problem}\n")
        sys.stderr.flush()
        os._exit(1)
    for name in ("SIGTERM", "SIGINT"):
        signal.signal(getattr(signal, name), end)
    print(f"listening on {server.listening_address}", flush=True)
    while True:
        threading.Event().wait(3600)


if __name__ == "__main__":
    main()
