"""Attacks on the files that cerebras writes.

Usage: output_files.py CEREBRAS FOLDER, as root. Prints a line for each kind of attack; exits 1 at the first that succeeds.
"""

import http.server
import os
import signal
import stat
import subprocess
import sys
import threading
import time

PROGRAM, WORK = sys.argv[1:]
OTHER = 65534
SECRET = "only-for-the-owner "
MODELS = '{"object":"list","data":[{"id":"only-for-the-owner"}]}'
ACL = "system.posix_acl_access"


class Server(http.server.ThreadingHTTPServer):
    """Streams a completion in pieces, with a pause before the last one while the gate is shut."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.count = 0
        self.gate = threading.Event()
        self.gate.set()
        self.asked = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A program that was ended, as it is meant to be."""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        SERVER.count += 1
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for _ in range(20):
            self.event(SECRET, "null")
        SERVER.asked.set()
        SERVER.gate.wait(20)
        self.event("end", '"stop"')
        self.wfile.write(b"data: [DONE]\n\n")

    def event(self, text, reason):
        choice = f'{{"index":0,"text":"{text}","finish_reason":{reason}}}'
        self.wfile.write(f'data: {{"id":"1","object":"text_completion","choices":[{choice}]}}\n\n'.encode())
        self.wfile.flush()

    def do_GET(self):
        self.send_response(200)
        self.send_header("content-length", str(len(MODELS)))
        self.end_headers()
        self.wfile.write(MODELS.encode())

    def log_message(self, *_):
        pass


SERVER = Server()
ANSWER = SECRET * 20 + "end"


def fail(words):
    sys.exit(f"FAIL: {words}")


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CEREBRAS_")}
    url = f"http://127.0.0.1:{SERVER.server_port}"
    return {**kept, "CEREBRAS_BASE_URL": url, "CEREBRAS_CONFIG": "", "XDG_CACHE_HOME": f"{WORK}/cache", **more}


def as_other(words):
    return ["setpriv", f"--reuid={OTHER}", f"--regid={OTHER}", "--clear-groups", "--", *words]


def run(*arguments, other=False, before=(), **options):
    command = [*before, PROGRAM, *arguments]
    options.setdefault("env", environment())
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(as_other(command) if other else command, capture_output=True, timeout=30, **options)


def complete(path, *flags, **options):
    return run("complete", "x", "--stream", *flags, "-o", path, **options)


def write(path, content="old", mode=0o644):
    with open(path, "w") as file:
        file.write(content)
    os.chmod(path, mode)
    return path


def read(path):
    with open(path) as file:
        return file.read()


def facts(path):
    """All that has to stay, but for the set-ID bits, which may not."""
    status = os.stat(path)
    extended = {name: os.getxattr(path, name) for name in os.listxattr(path)}
    return status.st_uid, status.st_gid, status.st_mode & 0o1777, extended


def folder(name, mode=0o755):
    path = f"{WORK}/{name}"
    os.makedirs(path)
    os.chmod(path, mode)
    return path


def no_leftovers(path):
    left = [name for name in os.listdir(path) if name.startswith(".cerebras")]
    if left:
        fail(f"{path} holds {left}")


def expect(done, status, path, content, note=None, error=None):
    words = done.stderr.decode()
    if done.returncode != status:
        fail(f"{done.args}: status {done.returncode}, not {status}: {words}")
    if content is not None and read(path) != content:
        fail(f"{done.args}: {path} holds {read(path)[:80]!r}; {words}")
    if note is not None and (note not in words if note else "note:" in words):
        fail(f"{done.args}: noted {words!r}, not {note!r}")
    if error is not None and error not in words:
        fail(f"{done.args}: said {words!r}, not {error!r}")


SPY = """
import os, sys, time
folder, secret = sys.argv[1], sys.argv[2].encode()
held, seen = {}, 0
print("ready", flush=True)
while not os.path.exists(folder + "/stop"):
    for name in os.listdir(folder):
        try:
            descriptor = os.open(f"{folder}/{name}", os.O_RDONLY)
            key = os.fstat(descriptor).st_ino, name
            if key in held: os.close(descriptor)
            else: held[key] = descriptor
        except OSError: pass
    for descriptor in held.values():
        try: seen += secret in os.pread(descriptor, 1 << 16, 0)
        except OSError: pass
    if len(held) > 500:
        for descriptor in held.values(): os.close(descriptor)
        held = {}
print(seen)
"""


def widest(path, name, stop, found):
    """Collects every bit of a mode that a temporary file has over the target's."""
    while not stop.is_set():
        try:
            allowed = os.stat(f"{path}/{name}").st_mode
            for entry in os.scandir(path):
                if entry.name.startswith(".cerebras"):
                    # Its owner may open it from the first.
                    found.append(stat.S_IMODE(entry.stat().st_mode) & ~allowed & 0o7077)
        except OSError:
            pass


def spy_on(mode, umask, runs, replace):
    """Another user opens whatever can be opened in the folder, and holds it open, while files are replaced.

    Gives how often that user read an answer, and by how much each temporary file that was seen was too wide.
    """
    path = folder(f"spied-{mode:o}-{umask:o}-{replace.__name__}", 0o777)
    found, stop = [], threading.Event()
    spy = subprocess.Popen(as_other(["python3", "-c", SPY, path, SECRET]), stdout=subprocess.PIPE, text=True)
    spy.stdout.readline()
    write(f"{path}/out", mode=mode)
    threading.Thread(target=widest, args=(path, "out", stop, found), daemon=True).start()
    for _ in range(runs):
        target = write(f"{path}/out", mode=mode)
        before = facts(target)
        replace(target, umask)
        if facts(target) != before:
            fail(f"{target} was {before} and is {facts(target)}")
    stop.set()
    write(f"{path}/stop", "")
    no_leftovers(path)
    return int(spy.communicate(timeout=20)[0]), found


def by_carelessness(path, _):
    """What is to be found out, and must be, lest nothing be found because nobody looks."""
    temporary = write(os.path.dirname(path) + "/.cerebras-1", SECRET, 0o644)
    time.sleep(0.3)
    os.chmod(temporary, 0o600)
    os.rename(temporary, path)


def by_complete(path, umask):
    expect(complete(path, umask=umask), 0, path, ANSWER, note="")


def by_show(path, umask):
    expect(run("show", SAVED, "-o", path, umask=umask), 0, path, SECRET, note="")


def by_models(path, umask):
    cache = os.path.dirname(path) + "/cerebras"
    os.makedirs(cache, exist_ok=True)
    if not os.path.islink(f"{cache}/models"):
        os.symlink(path, f"{cache}/models")
    done = run("models", env=environment(XDG_CACHE_HOME=os.path.dirname(path)), umask=umask)
    expect(done, 0, path, SECRET.strip() + "\n")


def show_readers():
    seen, found = spy_on(0o600, 0o22, 1, by_carelessness)
    if not seen or not any(found):
        fail("the other user does not see a file that everyone may read")
    looks = 0
    for mode in (0o600, 0o640, 0o200, 0o620):
        for umask in (0, 0o22):
            for replace in (by_complete, by_show, by_models):
                seen, found = spy_on(mode, umask, 4, replace)
                if seen:
                    fail(f"another user read {seen} answers of mode {mode:o}, umask {umask:o}, {replace.__name__}")
                if any(found):
                    fail(f"a temporary file was wider than its target by {sorted({oct(bits) for bits in found})}")
                looks += len(found)
    print(f"96 files replaced before the eyes of another user: nothing read; {looks} looks at temporary files: none too wide")


def show_kept():
    path = folder("kept")
    runs = 0
    for owner, group in ((0, 0), (OTHER, 0), (0, OTHER), (1000, 1001)):
        for mode in (0o600, 0o644, 0o664, 0o4755, 0o2711, 0o6777, 0o1600):
            for extra in ([], ["setfacl", "-m", "u:1000:r,g:1001:rw"], ["setfattr", "-n", "user.a", "-v", "b"],
                          ["setfattr", "-n", "trusted.a", "-v", "b"]):
                target = write(f"{path}/out", mode=0o600)
                os.chown(target, owner, group)
                if extra:
                    subprocess.run([*extra, target], check=True)
                os.chmod(target, mode)
                before = facts(target), os.stat(target).st_ino
                expect(complete(target, umask=0o22), 0, target, ANSWER, note="")
                if facts(target) != before[0] or os.stat(target).st_ino == before[1]:
                    fail(f"{owner} {group} {mode:o} {extra}: was {before}, is {facts(target)}")
                if os.stat(target).st_mode & 0o6000:
                    fail(f"{mode:o}: the set-ID bits stayed")
                os.unlink(target)
                runs += 1
    inherited = folder("inherited")
    target = write(f"{inherited}/out", mode=0o600)
    subprocess.run(["setfacl", "-d", "-m", "u:1000:rwx,o::rx", inherited], check=True)
    before = facts(target)
    expect(complete(target), 0, target, ANSWER, note="")
    if facts(target) != before:
        fail(f"a folder's list changed {before} to {facts(target)}")
    no_leftovers(path)
    print(f"{runs + 1} files replaced: owner, group, mode, list and extended attributes kept, set-ID bits dropped")


def show_new():
    runs = 0
    for acl in (None, "u::rwx,g::rx,o::-", "u::rwx,u:1000:rwx,g::r,m::rwx,o::rx"):
        for mode in (0o755, 0o2775):
            path = folder(f"new-{runs}", mode)
            if acl:
                subprocess.run(["setfacl", "-d", "-m", acl, path], check=True)
            for umask in (0, 0o22, 0o77, 0o177):
                expect(complete(f"{path}/out", umask=umask), 0, f"{path}/out", ANSWER, note="")
                subprocess.run(["touch", f"{path}/touched"], umask=umask, check=True)
                if facts(f"{path}/out") != facts(f"{path}/touched"):
                    fail(f"{acl} {umask:o}: {facts(f'{path}/out')} is not {facts(f'{path}/touched')}")
                os.unlink(f"{path}/out")
                os.unlink(f"{path}/touched")
                runs += 1
            no_leftovers(path)
    print(f"{runs} new files: each as touch would have made it")


def in_place(words, target, note, **options):
    before, inode = facts(target), os.stat(target).st_ino
    expect(complete(target, **options), 0, target, ANSWER, note=f"is written in place, not replaced: {note}")
    if os.stat(target).st_ino != inode or facts(target) != before:
        fail(f"{words}: was {before}, is {facts(target)}")
    no_leftovers(os.path.dirname(target))


def refused(words, target, error, **options):
    before, count = facts(target) if os.path.exists(target) else None, SERVER.count
    content = read(target) if before and os.path.isfile(target) else None
    expect(complete(target, **options), 1, target, content, error=error)
    if SERVER.count != count:
        fail(f"{words}: refused only after the request was sent")
    if before and facts(target) != before:
        fail(f"{words}: was {before}, is {facts(target)}")


def show_in_place():
    path = folder("place", 0o777)
    target = write(f"{path}/linked", "old" * 1000, 0o600)
    os.link(target, f"{path}/second")
    in_place("a hard link", target, "it has other hard links")
    if read(f"{path}/second") != ANSWER:
        fail("the hard link was parted")
    os.chmod(target, 0o6755)
    expect(complete(target), 0, target, ANSWER)
    if os.stat(target).st_mode & 0o6000:
        fail("the set-ID bits stayed in place")
    target = write(f"{path}/shared", mode=0o666)
    in_place("another's file", target, "its owner and group can't be kept (Operation not permitted)", other=True)
    closed = folder("closed")
    in_place("a folder that may not be written to", write(f"{closed}/out", mode=0o666),
             "can't create a file next to it (Permission denied)", other=True)
    sticky = folder("sticky-place", 0o1777)
    in_place("a sticky folder", write(f"{sticky}/out", mode=0o666), "only its owner may replace it in its folder", other=True)
    refused("a read-only file", write(f"{path}/readonly", mode=0o444), "Permission denied", other=True)
    refused("no folder", f"{path}/nowhere/out", "No such file or directory")
    refused("a folder", path, "Is a directory")
    refused("a new file where none may be made", f"{closed}/new", "Permission denied", other=True)
    print("hard links, another's file, closed and sticky folders: written in place, with a note; what can't be is refused first")


def show_mounts():
    path = folder("mounts")
    target, source = write(f"{path}/out", "target"), write(f"{path}/source", "source", 0o640)
    if subprocess.run(["mount", "--bind", source, target], capture_output=True).returncode != 0:
        print("bind mounts: not permitted here")
        return
    in_place("a bind mount", target, "it is a mount point")
    if read(source) != ANSWER:
        fail("a bind mount's source was not written to")
    subprocess.run(["umount", target], check=True)
    small = folder("mounts/small")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], check=True)
    target = write(f"{small}/out", "old", 0o600)
    write(f"{small}/filler", "x" * 32768)
    long = write(f"{WORK}/long.json", '{"choices":[{"index":0,"text":"%s","finish_reason":"stop"}]}' % ("y" * 40000))
    expect(run("show", long, "-o", target), 1, target, "old", error="No space left on device")
    no_leftovers(small)
    os.link(target, f"{small}/second")
    os.unlink(f"{small}/filler")
    write(f"{small}/filler", "x" * 4096)
    # Once beside it, and not twice.
    expect(run("show", long, "-o", target), 1, target, "old", error="No space left on device")
    os.unlink(f"{small}/filler")
    os.unlink(f"{small}/second")
    expect(run("show", long, "-o", target), 0, target, "y" * 40000, note="")
    print("a bind mount is written in place; on a full disk the old content stays, replaced or in place")


def show_links():
    shared, own = folder("sticky", 0o1777), folder("own")
    target = write(f"{own}/victim", "mine", 0o644)
    for name, to in (("file", target), ("way", own), ("loop", f"{shared}/file")):
        os.symlink(to, f"{shared}/{name}")
        os.lchown(f"{shared}/{name}", OTHER, OTHER)
    os.symlink(f"{shared}/file", f"{own}/mine")
    words = "not followed: a symbolic link of another user in a shared folder"
    for path in (f"{shared}/file", f"{shared}/loop", f"{shared}/way/victim", f"{shared}/way/new", f"{own}/mine",
                 f"{own}/../sticky/./file", f"{shared}//way/../own/victim"):
        refused("another's link", path, words)
        done = run("show", SAVED, "-o", path)
        expect(done, 1, target, "mine", error=words)
    cache = folder("shared-cache", 0o1777)
    os.symlink(own, f"{cache}/cerebras")
    os.lchown(f"{cache}/cerebras", OTHER, OTHER)
    expect(run("models", "-v", env=environment(XDG_CACHE_HOME=cache)), 0, target, "mine", note=words)
    if os.listdir(own) != ["victim", "mine"] and sorted(os.listdir(own)) != ["mine", "victim"]:
        fail(f"another's link led to {os.listdir(own)}")
    for owner, mode in ((0, 0o1777), (OTHER, 0o755)):
        os.chmod(shared, mode)
        os.lchown(f"{shared}/file", owner, owner)
        expect(complete(f"{shared}/file"), 0, target, ANSWER, note="")
    print("symbolic links of another user in a sticky folder, at the end and on the way: not followed; one's own are")


def fault(call, error, path, *, when=None, flags=()):
    inject = f"{call}:error={error}" + (f":when={when}" if when else "")
    # strace can't see which descriptor it is, so the calls of the start are let pass by their number.
    tool = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={inject}"]
    return run("show", SAVED, *flags, "-o", path, before=tool)


def show_faults():
    path = folder("faults")
    count = 0
    for call, error in (("fchmod", "EPERM"), ("fchown", "EPERM"), ("fsetxattr", "ENOSPC"), ("fsetxattr", "EPERM"),
                        ("flistxattr", "EACCES"), ("fgetxattr", "EACCES"), ("renameat", "EBUSY"), ("renameat", "EPERM"),
                        ("renameat", "EXDEV")):
        target = write(f"{path}/out", "old" * 100, 0o640)
        os.chown(target, OTHER, OTHER)
        os.setxattr(target, "user.a", b"b")
        before = facts(target)
        expect(fault(call, error, target), 0, target, SECRET, note="is written in place, not replaced")
        if facts(target) != before:
            fail(f"{call}: was {before}, is {facts(target)}")
        no_leftovers(path)
        os.unlink(target)
        count += 1
    for prepare in (lambda: None, lambda: os.link(target, f"{path}/second")):
        target = write(f"{path}/out", "old", 0o640)
        prepare()
        tool = ["strace", "-f", "-o", "/dev/null", "-e", "trace=renameat,unlinkat", "-e", "inject=renameat:error=EBUSY",
                "-e", "inject=unlinkat:error=EPERM"]
        expect(run("show", SAVED, "-o", target, before=tool), 0, target, SECRET, note="can't be removed (Operation not permitted)")
        for entry in os.scandir(path):
            os.unlink(entry.path)
        count += 1
    for call, error in (("fsync", "EIO"), ("fsync", "ENOSPC"), ("fallocate", "ENOSPC"), ("fallocate", "EDQUOT")):
        target = write(f"{path}/out", "old", 0o640)
        if call == "fallocate" and not os.path.exists(f"{path}/second"):
            os.link(target, f"{path}/second")
        expect(fault(call, error, target), 1, target, "old")
        no_leftovers(path)
        count += 1
    for call in ("pwrite64", "ftruncate"):
        done = fault(call, "EIO", target)
        expect(done, 1, target, None, error="its content is incomplete")
        if b"as it was" in done.stderr:
            fail(f"a spoiled file is said to be as it was: {done.stderr}")
        count += 1
    os.chmod(target, 0o4755)
    write(target, "old", 0o4755)
    expect(fault("fchmod", "EPERM", target), 1, target, "old")
    os.unlink(target)
    done = fault("fchmod", "EPERM", target)
    expect(done, 0, target, SECRET, note="")
    if facts(target)[2] != 0o644:
        fail(f"a new file has the mode {facts(target)[2]:o} when fchmod fails")
    print(f"{count + 2} faults put into system calls: attributes as they were, or an error and the old content")


def show_ends():
    path = folder("ends")
    for name, prepare in (("replaced", None), ("placed", os.link)):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
            target = write(f"{path}/{name}", "old", 0o600)
            if prepare and not os.path.exists(f"{path}/second"):
                prepare(target, f"{path}/second")
            SERVER.gate.clear()
            SERVER.asked.clear()
            process = subprocess.Popen([PROGRAM, "complete", "x", "--stream", "-o", target], env=environment(),
                                       stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
            SERVER.asked.wait(20)
            process.send_signal(number)
            process.communicate(timeout=20)
            SERVER.gate.set()
            if read(target) != "old":
                fail(f"{number}: {target} holds {read(target)[:60]}")
            left = [entry for entry in os.scandir(path) if entry.name.startswith(".cerebras")]
            if left and (number != signal.SIGKILL or prepare):
                fail(f"{number} left {left}")
            for entry in left:
                if entry.stat().st_mode & 0o077:
                    fail(f"what SIGKILL left can be read by others: {entry.stat()}")
                os.unlink(entry.path)
    print("SIGTERM, SIGINT and SIGKILL before the answer is whole: the file as it was")


def show_changes():
    """What happens to the target while the answer comes counts when it is there."""
    path = folder("changes")
    for change, mode, links in ((lambda name: os.chmod(name, 0o600), 0o600, 1),
                                (lambda name: os.link(name, name + "-2"), 0o644, 2),
                                (lambda name: os.unlink(name), 0o644, 1)):
        target = write(f"{path}/out", "old", 0o644)
        SERVER.gate.clear()
        SERVER.asked.clear()
        process = subprocess.Popen([PROGRAM, "complete", "x", "--stream", "-o", target], env=environment(),
                                   stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        SERVER.asked.wait(20)
        change(target)
        SERVER.gate.set()
        process.communicate(timeout=20)
        status = os.stat(target)
        if read(target) != ANSWER or (status.st_mode & 0o777, status.st_nlink) != (mode, links):
            fail(f"{target} was changed meanwhile, and is {status}")
        no_leftovers(path)
    print("mode, hard link and removal of the target while the answer comes: heeded")


def show_descriptors():
    path = folder("descriptors")
    names = ["/dev/fd/%d", "/proc/self/fd/%d", "/proc/thread-self/fd/%d", "/dev/../dev/fd/%d", "//dev/./fd//%d"]
    saved, runs, count = SAVED, 0, SERVER.count
    for number in (3, 4, 5, 6, 7, 9, 20):
        os.symlink(f"/dev/fd/{number}", f"{path}/link-{number}")
        for name in [*(name % number for name in names), f"{path}/link-{number}"]:
            for arguments in (["complete", "x", "-o", name], ["show", saved, "-o", name], ["complete", "--prompt-file", name],
                              ["complete", "x", "--api-key-file", name], ["complete", "--prompt-tokens-file", name],
                              ["show", name], ["diff", saved, name], ["diff", name, saved]):
                done = run(*arguments)
                if done.returncode != 1 or b"was not passed to the program" not in done.stderr:
                    fail(f"{arguments}: {done}")
                runs += 1
            done = run("complete", "x", env=environment(CEREBRAS_CONFIG=name))
            expect(done, 1, None, None, error="was not passed to the program")
    if SERVER.count != count:
        fail("a descriptor was refused only after the request was sent")
    with open(f"{path}/passed", "w+b") as file:
        for name in names:
            file.truncate(0)
            file.seek(0)
            done = run("complete", "x", "--stream", "-o", name % file.fileno(), pass_fds=[file.fileno()])
            expect(done, 0, f"{path}/passed", ANSWER, note="")
    with open(saved, "rb") as file:
        for name in names:
            expect(run("show", name % file.fileno(), pass_fds=[file.fileno()]), 0, None, None)
        done = complete(f"/dev/fd/{file.fileno()}", pass_fds=[file.fileno()])
        expect(done, 1, None, None, error="is not open for writing")
    print(f"{runs} names of the program's own descriptors, as output and as input: refused; those passed to it are used")


SAVED = write(f"{WORK}/saved.json", '{"choices":[{"index":0,"text":"%s","finish_reason":"stop"}]}' % SECRET, 0o644)
os.umask(0o022)
show_kept()
show_new()
show_in_place()
show_mounts()
show_links()
show_faults()
show_ends()
show_changes()
show_descriptors()
show_readers()
