"""`python -m sandbox`: start everything, say where, stop at SIGTERM or Ctrl-C."""

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from threading import Event, Thread

from sandbox import smtp
from sandbox.app import create_app
from sandbox.delivery import Courier
from sandbox.dns import server as dns
from sandbox.server import Server
from sandbox.world import World

ABOUT = """\
A local Microsoft Partner Center (with its login and Graph), OVH, DNS servers and mailbox.
It enforces the published rules of the new commerce experience, has a clock that can be turned,
breaks on request, and needs no account anywhere. It listens on this machine only."""
EXAMPLE = """\
It prints one line of JSON with its addresses when it is ready, shows itself at /, and stops at
SIGTERM or Ctrl-C. All of Microsoft's hosts are one origin here: only the host changes.

  python -m sandbox --port 8010 --memory &
  TENANT=2b1d6a8e-5d0c-4c53-9b5e-5f0a6c1d7e01
  TOKEN=$(curl -s http://127.0.0.1:8010/$TENANT/oauth2/v2.0/token \\
    -d grant_type=refresh_token -d refresh_token=sandbox-refresh-token \\
    -d client_id=7c1f3a52-0c5e-4b39-9a6d-3f9f0d1b2a01 -d client_secret=sandbox-client-secret \\
    -d scope=https://api.partnercenter.microsoft.com/user_impersonation \\
    | python -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')
  curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8010/v1/customers
  curl -d '{"advance": "P8D"}' http://127.0.0.1:8010/_sandbox/clock
  curl -d '{"service": "partnercenter", "method": "POST", "kind": "drop_after"}' \\
    http://127.0.0.1:8010/_sandbox/faults

Everything else, with the special inputs and the control API: docs/sandbox.md"""


def main(argv: list[str] | None = None) -> int:
    """Run until told to stop."""
    options = _options(argv)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    world = World(None if options.memory else options.home / "sandbox.sqlite3")
    try:
        web = Server(create_app(world), options.port)
        names = dns.start(world, options.dns_port)
        mailbox = smtp.start(world, options.smtp_port)
    except OSError as error:
        sys.stderr.write(f"The sandbox cannot listen: {error.strerror or error}.\n")
        return 1
    world.origin, world.dns_port, world.smtp_port = web.url, names.port, mailbox.port
    Thread(target=web.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    courier = Courier(world)
    courier.start()
    ready = {"url": web.url, "dns": f"127.0.0.1:{names.port}", "smtp": mailbox.port}
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    stop.wait()
    courier.stop()
    web.shutdown()
    web.server_close()
    mailbox.stop()
    names.stop()
    return 0


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description=ABOUT,
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    environ = os.environ
    for name, default, listens in (
        ("port", "8010", "HTTP: login, Partner Center, Graph, OVH, control API and page"),
        ("dns-port", "8053", "name servers on 127.0.0.1 to 127.0.0.4, UDP and TCP"),
        ("smtp-port", "8025", "mailbox that takes every message"),
    ):
        variable = f"SANDBOX_{name.replace('-', '_').upper()}"
        told = f"{listens}; 0: a free port (%(default)s, or {variable})"
        given = int(environ.get(variable, default))
        parser.add_argument(f"--{name}", type=int, default=given, metavar="N", help=told)
    home = Path(environ.get("PORTAL_HOME", ".portal")) / "sandbox"
    parser.add_argument(
        "--home",
        type=Path,
        default=home,
        metavar="DIR",
        help="where the state is kept over restarts (%(default)s)",
    )
    parser.add_argument("--memory", action="store_true", help="keep nothing on disk")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
