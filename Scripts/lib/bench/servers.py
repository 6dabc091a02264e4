"""Servers on loopback: nginx, which sends files that stand ready, and one that sends an event and then takes its time."""

import os
import pathlib
import socket
import subprocess
import threading
import time

CONFIGURATION = """
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    client_max_body_size 0;
    client_body_buffer_size 1m;
    keepalive_requests 1000000;
    sendfile on;
    tcp_nodelay on;
    server {{
        listen 127.0.0.1:{port} backlog=1024;
        root {folder}/served;
        default_type application/json;
        types {{ text/event-stream stream; }}
        error_page 405 =200 $uri;
        rewrite ^/([^/]+)/v1/completions$ /$1 last;
    }}
}}
"""


def free_port():
    """A port that nothing listened on a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Nginx:
    """Serves each file of a folder as the response to any request at /NAME/v1/completions."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.served = self.folder / "served"
        self.served.mkdir()
        # As root nginx reads files as another user.
        for path in (self.folder, self.served):
            path.chmod(0o755)
        self.port = free_port()
        configuration = self.folder / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(folder=folder, port=self.port))
        subprocess.run(["nginx", "-c", configuration, "-e", self.folder / "nginx-error.log"], check=True)

    def serve(self, name, pieces):
        """Puts a file there; gives its path."""
        path = self.served / name
        with open(path, "wb") as file:
            file.writelines(pieces)
        return path

    def url(self, name):
        """The base URL at which a file is the response."""
        return f"http://127.0.0.1:{self.port}/{name}"

    def close(self):
        """Ends it."""
        pid = int((self.folder / "nginx.pid").read_text())
        os.kill(pid, 15)


class PausingServer:
    """Answers each request with a stream's head and first event at once, and with its end a while later."""

    def __init__(self, first, rest, pause=0.2):
        self.parts = (first, rest)
        self.pause = pause
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.socket.accept()
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        with connection:
            received = b""
            while b"\r\n\r\n" not in received:
                received += connection.recv(65536) or b"\r\n\r\n"
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                               + self.parts[0])
            time.sleep(self.pause)
            connection.sendall(self.parts[1])


def first_byte(command):
    """Seconds from the start of a command to the first byte that it writes."""
    begin = time.perf_counter()
    with subprocess.Popen(command.arguments, env=command.environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        os.read(process.stdout.fileno(), 1)
        elapsed = time.perf_counter() - begin
        process.stdout.read()
    return elapsed
