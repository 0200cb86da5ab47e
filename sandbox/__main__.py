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
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    environ = os.environ
    parser.add_argument("--port", type=int, default=int(environ.get("SANDBOX_PORT", 8010)))
    parser.add_argument("--dns-port", type=int, default=int(environ.get("SANDBOX_DNS_PORT", 8053)))
    parser.add_argument(
        "--smtp-port", type=int, default=int(environ.get("SANDBOX_SMTP_PORT", 8025))
    )
    home = Path(environ.get("PORTAL_HOME", ".portal")) / "sandbox"
    parser.add_argument("--home", type=Path, default=home, help="directory of the durable state")
    parser.add_argument("--memory", action="store_true", help="keep nothing on disk")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
