"""Writes a newsletter as a mail program would send it: both as text and as HTML
in tables, a picture that counts readers, an attachment, a list's header lines."""
import sys
from email.message import EmailMessage

text = """View this mail in your browser: https://harbour.example/mail/19

Old ferry terminal in Port Ellery to open again

The old ferry terminal is to open again next spring, the council of Port
Ellery decided on Tuesday night after a debate of nearly five hours.

Seven members voted for the plan and two against it. The mayor, Teodora
Vance, said – as often before – that the town had waited long enough.

“Nobody has shown us where the other half is to come from,” said Marek
Dunne, one of the two who voted against the plan.

-- 
You receive this mail because you subscribed to The Harbour Week.
Unsubscribe: https://harbour.example/u/19
"""

page = """<!doctype html><html><head><meta charset="utf-8"><title>The Harbour Week</title>
<style>td { font: 16px/1.5 sans-serif }</style></head><body>
<div style="display:none;max-height:0;overflow:hidden">Council votes seven to two</div>
<table width="100%"><tr><td align="center"><a href="https://harbour.example/mail/19">View this mail in your browser</a></td></tr></table>
<table width="600" align="center"><tr><td><img src="https://harbour.example/logo.png" alt="The Harbour Week"></td></tr>
<tr><td><h1>Old ferry terminal in Port Ellery to open again</h1>
<p>The old ferry terminal is to open again next spring, the council of Port Ellery decided on Tuesday night after a debate of nearly five hours.</p>
<p>Seven members voted for the plan and two against it. The mayor, Teodora Vance, said – as often before – that the town had waited long enough.</p>
<p>“Nobody has shown us where the other half is to come from,” said Marek Dunne, one of the two who voted against the plan.</p></td></tr></table>
<table width="600" align="center"><tr><td><p>You receive this mail because you subscribed to The Harbour Week.<br>
<a href="https://harbour.example/u/19">Unsubscribe</a> | <a href="https://harbour.example/privacy">Privacy</a></p>
<img src="https://harbour.example/open/19.gif" width="1" height="1" alt=""></td></tr></table></body></html>
"""

m = EmailMessage()
m["Subject"] = "Fähre: old terminal to open again"
m["From"] = "The Harbour Week <week@harbour.example>"
m["To"] = "reader@example.org"
m["Date"] = "Fri, 03 May 2024 09:00:00 +0200"
m["Message-ID"] = "<19@harbour.example>"
m["List-Id"] = "The Harbour Week <week.harbour.example>"
m["List-Unsubscribe"] = "<https://harbour.example/u/19>"
if sys.argv[1] == "both":
    m.set_content(text, cte="quoted-printable")
    m.add_alternative(page, subtype="html", cte="quoted-printable")
    m.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="plan.pdf")
else:
    m.set_content(page, subtype="html", cte="base64")
# Fixed boundaries, so that the same file comes out each time.
for i, part in enumerate(p for p in m.walk() if p.is_multipart()):
    part.set_boundary("==boundary-%d==" % i)
sys.stdout.buffer.write(m.as_bytes())
