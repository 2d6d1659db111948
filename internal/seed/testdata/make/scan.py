"""Makes a PDF of pictures alone, as scanners do."""
import struct, sys

out, pictures = sys.argv[1], sys.argv[2:]
objects = [b"<</Type/Catalog/Pages 2 0 R>>", None]
kids = []
for name in pictures:
    raw = open(name, "rb").read()
    width, height = struct.unpack(">II", raw[16:24])
    data, at = b"", 8
    while at < len(raw):
        n, kind = struct.unpack(">I4s", raw[at:at + 8])
        if kind == b"IDAT":
            data += raw[at + 8:at + 8 + n]
        at += 12 + n
    n = len(objects)
    objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I %d 0 R>>>>/Contents %d 0 R>>" % (n + 3, n + 2))
    kids.append(n + 1)
    draw = b"q 595 0 0 842 0 0 cm /I Do Q"
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw))
    objects.append(b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
                   b"/DecodeParms<</Predictor 15/Colors 1/BitsPerComponent 8/Columns %d>>/Length %d>>stream\n%s\nendstream"
                   % (width, height, width, len(data), data))
objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
body, places = b"%PDF-1.4\n", []
for i, o in enumerate(objects):
    places.append(len(body))
    body += b"%d 0 obj\n%s\nendobj\n" % (i + 1, o)
start = len(body)
body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
body += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
open(out, "wb").write(body)
