"""Gives an OpenDocument text a running head and page numbers."""
import sys, zipfile

name = sys.argv[1]
z = zipfile.ZipFile(name)
files = {n: z.read(n) for n in z.namelist()}
styles = files["styles.xml"].decode()
band = ('<style:header><text:p>Harbour News</text:p></style:header>'
        '<style:footer><text:p>Page <text:page-number text:select-page="current">1</text:page-number> of '
        '<text:page-count>2</text:page-count></text:p></style:footer>')
at = styles.index("<style:master-page")
end = styles.index(">", at)
if styles[end - 1] == "/":
    styles = styles[:end - 1] + ">" + band + "</style:master-page>" + styles[end + 1:]
else:
    styles = styles[:end + 1] + band + styles[end + 1:]
files["styles.xml"] = styles.encode()
with zipfile.ZipFile(name, "w") as z:
    for n, data in files.items():
        z.writestr(n, data)
