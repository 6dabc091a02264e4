"""A server on this machine for the proofs: each connection is handed to a function."""

import socket
import threading


def serve(answer):
    """Has a function answer each connection, on a thread of its own; gives the URL.

    The connection is closed when the function returns. That the client went away is no fault.
    """
    listener = socket.create_server(("127.0.0.1", 0))

    def handle(connection):
        with connection:
            try:
                answer(connection)
            except OSError:
                pass

    def loop():
        while True:
            threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=loop, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}"
