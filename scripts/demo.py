"""`make demo`: from a fresh clone to the running site in one command. Standard library only.

Steps: port free? -> environment -> messages -> tables -> demo data (once) -> serve -> say where and who.
Everything the demo owns lies in var/demo; `--reset` throws it away first.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
HOME = ROOT / "var" / "demo"
LOADED = HOME / "loaded"  # written when the demo data is complete: an interrupted loading starts again
SCALES = {"full": "the whole invented district, two to six minutes", "small": "one street of the district"}
HOST = os.environ.get("HOST") or "127.0.0.1"
PATIENCE_S = 60


def main() -> int:
    port, scale = chosen_port(), chosen_scale()
    if not port_is_free(port):
        other = port + 123 if port < 65000 else 8123
        print(f"Port {port} is taken. Stop what uses it, or choose another: make demo PORT={other}")
        return 1
    subprocess.run([str(ROOT / "scripts" / "make_environment.sh")], check=True)
    if "--reset" in sys.argv[1:] or not LOADED.exists():
        clear()
    elif scale != (kept := loaded_scale()):
        print(f"What is loaded is SCALE={kept} and stays. For the other: make demo-reset SCALE={scale}")
    HOME.mkdir(parents=True, exist_ok=True)
    environment = demo_environment(port)
    run([PYTHON, "scripts/messages.py", "compile"], environment)
    manage(environment, "migrate", "--verbosity", "0", say="Making the tables")
    if LOADED.exists():
        manage(environment, "enter_rules", say="Entering what the rules of this version add")
    else:
        manage(environment, "load_demo", "--scale", scale, say=f"Loading the demo: {SCALES[scale]}")
        manage(environment, "rebuild_search", say="Making the search index")
        LOADED.write_text(time.strftime(f"%Y-%m-%d {scale}\n"), encoding="ascii")
    return serve(port, environment)


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT={text} is no port: please give a number from 1024 to 65535.")
    return int(text)


def chosen_scale() -> str:
    """SCALE; without it what is loaded already stays, and a fresh start takes the whole district."""
    keeps = LOADED.exists() and "--reset" not in sys.argv[1:]
    scale = os.environ.get("SCALE") or (loaded_scale() if keeps else "full")
    if scale not in SCALES:
        sys.exit(f"SCALE={scale} is no scale: please choose full or small.")
    return scale


def loaded_scale() -> str:
    """The scale of the data in var/demo; a demo from before there were two is small."""
    words = LOADED.read_text(encoding="ascii").split()
    return words[1] if len(words) > 1 else "small"


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            sys.exit(f"Port {port} is reserved for the system: please give a number from 1024 to 65535.")
        except OSError:
            return False
    return True


def clear() -> None:
    """Throws the demo's own folder away: database, keys and files together."""
    if HOME.exists():
        print("Starting afresh: the demo's data is thrown away.")
        shutil.rmtree(HOME)


def demo_environment(port: int) -> dict[str, str]:
    """The caller's environment without settings meant for another database or server."""
    foreign = {"DATABASE_URL", "RELIEF_KEY_DIR", "SECRET_KEY", "ALLOWED_HOSTS", "GUNICORN_CMD_ARGS", "DEBUG"}
    foreign |= {"ES_URL", "SEARCH_DIR"}
    return {
        **{name: value for name, value in os.environ.items() if name not in foreign},
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DEMO": "1",
        "VAR_DIR": str(HOME),
        "PUBLIC_BASE_URL": f"http://{HOST}:{port}",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }


def run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment)
    if done.returncode:
        sys.exit(f"The demo stopped: `{' '.join(command[1:])}` failed (the lines above say why).")


def manage(environment: dict[str, str], *words: str, say: str = "") -> None:
    if say:
        print(say, flush=True)
    run([PYTHON, "manage.py", *words], environment)


def serve(port: int, environment: dict[str, str]) -> int:
    """Serves until Ctrl-C, with the scheduled acts beside it; says where and who when the site answers."""
    threads = ["--worker-class", "gthread", "--workers", "1", "--threads", "8"]
    quiet = ["--log-level", "warning", "--no-control-socket"]
    command = [PYTHON, "-m", "gunicorn", "portal.wsgi", "--bind", f"{HOST}:{port}", *threads, *quiet]
    children = [subprocess.Popen(command, cwd=ROOT, env=environment)]
    server = children[0]
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: server.terminate())
    try:
        if not answers(f"http://{HOST}:{port}/healthz", server):
            print("The site did not start (the lines above say why).")
            return 1
        manage(environment, "demo_accounts")
        children.append(
            # silent, or the first reminders would push the address off the screen; all of it is on record
            subprocess.Popen(
                [PYTHON, "manage.py", "tick", "--forever"],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
            )
        )
        print(f"\n    The site is open at http://{HOST}:{port}/   (Ctrl-C closes it)\n", flush=True)
        return server.wait()
    except KeyboardInterrupt:
        server.wait()
        print("\nClosed. The data stays: `make demo` opens it again, `make demo-reset` starts afresh.")
        return 0
    finally:
        for child in children:
            child.terminate()
            child.wait()


def answers(address: str, server: subprocess.Popen) -> bool:
    """Whether the site says within a minute that it is well."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            direct.open(address, timeout=5).close()
            return True
        except OSError:  # refused, slow or an error page
            time.sleep(0.2)
    return False


if __name__ == "__main__":
    os.chdir(ROOT)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
