"""Saves a page as MHTML over the browser's own protocol, as its menu does."""
import base64, json, os, re, socket, struct, subprocess, sys, urllib.request

address, out, browser = sys.argv[1], sys.argv[2], sys.argv[3:]
p = subprocess.Popen(browser[:-1] + ["--remote-debugging-port=0", "about:blank"], stderr=subprocess.PIPE, text=True)
for line in p.stderr:
    if m := re.search(r"ws://([^/]+)/", line):
        host = m[1]
        break
target = json.load(urllib.request.urlopen(urllib.request.Request(f"http://{host}/json/new?{address}", method="PUT")))
s = socket.create_connection(host.split(":"))
s.sendall(f"GET /devtools/page/{target['id']} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
f = s.makefile("rb")
while f.readline().strip():
    pass


def call(i, method, **params):
    data = json.dumps({"id": i, "method": method, "params": params}).encode()
    size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
    s.sendall(b"\x81" + size + b"\0\0\0\0" + data)
    while True:
        _, n = f.read(2)
        n = struct.unpack(">H", f.read(2))[0] if n == 126 else struct.unpack(">Q", f.read(8))[0] if n == 127 else n
        answer = json.loads(f.read(n))
        if answer.get("id") == i:
            return answer["result"]


i = 0
while call(i, "Runtime.evaluate", expression="location.href + document.readyState")["result"]["value"] != address + "complete":
    i += 1
with open(out, "w", newline="") as w:
    w.write(call(i + 1, "Page.captureSnapshot", format="mhtml")["data"])
p.kill()
