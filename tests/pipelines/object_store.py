"""An S3-compatible store on this machine: moto's server, a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
START_SECONDS = 60


class ObjectStore:
    """A server with one empty bucket, ended on the way out.

    Attributes:
        address: Its address.
        environment: What a process needs to use it, and nothing else that speaks S3.
    """

    def __init__(self, bucket: str) -> None:
        with socket.socket() as free:
            free.bind((HOST, 0))
            port = str(free.getsockname()[1])
        self.address = f"http://{HOST}:{port}"
        self.environment = {
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        self._bucket = bucket
        self._command = [sys.executable, "-m", "moto.server", "-H", HOST, "-p", port]

    def __enter__(self) -> Self:
        """Start the server and make the bucket as soon as it answers."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(self._command, env={**os.environ, **self.environment}, **quiet)
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                self.request("PUT", self._bucket)
            except OSError:
                assert time.monotonic() < until, "the server never answered"
                time.sleep(0.1)
            else:
                return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(30)

    def request(self, method: str, name: str) -> bytes:
        """Ask the server itself, past everything that is tested."""
        asked = urllib.request.Request(f"{self.address}/{name}", method=method)
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return bytes(answer.read())
