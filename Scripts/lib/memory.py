"""Peak memory of long streams, and what valgrind says of the program.

Usage: memory.py CEREBRAS. A stream of 200,000 chunks may take at most a tenth more memory than one of 2,000, in every
format that writes as it goes. Under valgrind neither a stream nor a refusal may show an error, and what a stream loses may
not grow with it. Prints a line for each thing shown.
"""

import os
import re
import subprocess
import sys

import canned

PROGRAM = sys.argv[1]
FORMATS = ["text", "jsonl", "table", "tsv", "markdown", "heatmap"]


def chunk(number, last):
    token = f" token{number % 1000}"
    top = ",".join(f'"{word}":{logprob}' for word, logprob in [(token, -0.5), (" a", -1.5), (" b", -2.5), (" c", -3.5)])
    logprobs = (f'{{"text_offset":[{number * 9}],"token_logprobs":[-0.5],"tokens":["{token}"],'
                f'"top_logprobs":[{{{top}}}]}}')
    reason = '"stop"' if last else "null"
    return (f'data: {{"id":"s","choices":[{{"index":0,"text":"{token}","logprobs":{logprobs},'
            f'"finish_reason":{reason}}}],"object":"text_completion"}}\n\n').encode()


def stream(count):
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
    return head + b"".join(chunk(number, number == count - 1) for number in range(count))


def serve(reply):
    """Answers every request with the bytes; gives the URL."""
    def answer(connection):
        request = b""
        while b"\r\n\r\n" not in request:
            request += connection.recv(65536)
        length = int(re.search(rb"content-length: (\d+)", request, re.I).group(1))
        while len(request.split(b"\r\n\r\n", 1)[1]) < length:
            request += connection.recv(65536)
        connection.sendall(reply)

    return canned.serve(answer)


def arguments(url, *flags):
    return ["complete", "x", "--base-url", url, "--max-retries", "0", "--quiet", *flags]


def peak_of(*command):
    """Kilobytes of the largest resident set. GNU time starts the program, since a child of ours would inherit our own."""
    done = subprocess.run(["/usr/bin/time", "--format", "%M", *command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"FAIL: {command}: exit status {done.returncode}: {done.stderr}")
    return int(done.stderr.split()[-1])


def peak(url, form):
    return peak_of(PROGRAM, *arguments(url, "--stream", "--format", form, "--logprobs", "4"))


def check_measure():
    """What is measured of a program that holds a known number of bytes."""
    hold = "import sys; bytearray(int(sys.argv[1])).replace(b'a', b'b')"
    none, known = (peak_of(sys.executable, "-I", "-c", hold, str(size)) for size in (0, 50 << 20))
    held = (known - none) / 1024
    if not 95 <= held <= 105:
        sys.exit(f"FAIL: two copies of 50 MiB read as {held:.1f} MiB")
    print(f"two copies of 50 MiB read as {held:.1f} MiB")


def show_peaks():
    short, long = serve(stream(2_000)), serve(stream(200_000))
    for form in FORMATS:
        least = min(peak(short, form) for _ in range(3))
        most = min(peak(long, form) for _ in range(2))
        growth = most / least - 1
        print(f"{form}: {least / 1024:.1f} MiB for 2,000 chunks, {most / 1024:.1f} MiB for 200,000 ({growth:+.1%})")
        if growth > 0.1:
            sys.exit("FAIL: memory grows with the stream")


def valgrind(url, expected):
    """Errors, and bytes definitely and indirectly lost."""
    command = ["valgrind", "--leak-check=full", "--errors-for-leak-kinds=none", "--error-exitcode=99", PROGRAM,
               *arguments(url, "--stream", "--format", "table", "--logprobs", "4")]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    report = done.stderr.decode(errors="replace")
    if done.returncode != expected:
        sys.exit(f"FAIL: exit status {done.returncode} under valgrind, expected {expected}: {report[-4000:]}")
    lost = sum(int(count.replace(",", "")) for count in re.findall(r"(?:definitely|indirectly) lost: ([\d,]+)", report))
    errors = int(re.search(r"ERROR SUMMARY: (\d+)", report).group(1))
    return errors, lost


def show_valgrind():
    lost = {}
    for count in [200, 2_000]:
        errors, lost[count] = valgrind(serve(stream(count)), 0)
        print(f"valgrind, {count} chunks: {errors} errors, {lost[count]} bytes lost")
    if lost[2_000] > lost[200]:
        sys.exit("FAIL: what is lost grows with the stream")
    body = b'{"message":"Wrong API Key","code":"wrong_api_key"}'
    reply = b"HTTP/1.1 401 No\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)
    errors, refused = valgrind(serve(reply), 3)
    print(f"valgrind, a refused request: {errors} errors, {refused} bytes lost")


check_measure()
show_peaks()
show_valgrind()
