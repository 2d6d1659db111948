#!/usr/bin/env bash
# Makes the files of ../formats and the feeds and the web archive of .. anew, each
# with a program of its kind. Not part of any test: the files are committed, and
# ../README.md says which program made which.
#
# Debian: chromium pandoc libreoffice-writer-nogui hugo pelican wget mutt qpdf
# poppler-utils python3. npm: single-file-cli (its command in SINGLE_FILE).
set -euo pipefail
cd "$(dirname "$0")"
out=$PWD/.. work=$(mktemp -d)
formats=$out/formats
port=18473
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
(cd site && exec python3 -m http.server --bind 127.0.0.1 $port >/dev/null 2>&1) &
server=$!
until wget -q -O /dev/null "http://127.0.0.1:$port/ferry.html"; do :; done
page=http://127.0.0.1:$port/ferry.html
chrome=(chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$work/profile" --virtual-time-budget=2000)
wanted=${ONLY:-.}
want() { [[ $1 =~ $wanted ]]; }

# Saved pages.
want chromium.html && "${chrome[@]}" --dump-dom "$page" 2>/dev/null >"$formats/chromium.html"
want singlefile && "${SINGLE_FILE:-single-file}" --browser-executable-path="$(command -v chromium)" --browser-args='["--no-sandbox"]' "$page" "$formats/singlefile.html"
want wget && (cd "$work" && wget -q -k -E "$page" -O "$formats/wget.html")
want chromium.mhtml && python3 mhtml.py "$page" "$formats/chromium.mhtml" "${chrome[@]}"
want warc && (cd "$work" && wget -q --warc-file=wget --no-warc-keep-log -p -e robots=off "$page" "http://127.0.0.1:$port/storm.html" "http://127.0.0.1:$port/missing.html" || true
  cp "$work/wget.warc.gz" "$out/wget.warc.gz")

# Printed.
want chromium.pdf && "${chrome[@]}" --print-to-pdf="$formats/chromium.pdf" "$page" 2>/dev/null

want columns.pdf && "${chrome[@]}" --no-pdf-header-footer --print-to-pdf="$formats/columns.pdf" "http://127.0.0.1:$port/columns.html" 2>/dev/null

# Documents.
want pandoc && pandoc -s article.md -o "$formats/pandoc.docx" && pandoc -s article.md -o "$formats/pandoc.epub"
office() { soffice --headless -env:UserInstallation="file://$work/office" --convert-to "$1" --outdir "$work" "$2" >/dev/null 2>&1; }
want libreoffice && pandoc -s article.md -o "$work/libreoffice.odt" && python3 pages.py "$work/libreoffice.odt" &&
  office docx "$work/libreoffice.odt" && office pdf "$work/libreoffice.odt" && cp "$work/libreoffice.docx" "$work/libreoffice.pdf" "$formats/"

# Mail.
want python && python3 newsletter.py both >"$formats/python.eml" && python3 newsletter.py html >"$formats/python-html.eml"
if want mutt; then
  printf '#!/bin/sh\ncat >%s\n' "$work/mutt.eml" >"$work/sendmail" && chmod +x "$work/sendmail"
  sed -n '/^The old/,$p' article.md | grep -v '^\[' | sed 's/\[^1\]//' | pandoc -f markdown -t plain --columns 72 >"$work/body"
  mutt -n -F /dev/null -e "set sendmail=$work/sendmail" -e 'set text_flowed' -e 'set charset=utf-8' -e 'set send_charset=iso-8859-15:windows-1252:utf-8' \
    -e 'set from="Jane Roe <jane@harbour.example>"' -e 'set use_from' -e 'set hostname=harbour.example' -e "set record=" \
    -s 'Old ferry terminal in Port Ellery to open again' desk@example.org <"$work/body"
  cp "$work/mutt.eml" "$formats/mutt.eml"
fi

# Feeds.
if want hugo; then
  mkdir -p "$work/hugo/content/posts" "$work/hugo/layouts"
  printf 'baseURL = "https://harbour.example/"\ntitle = "Harbour News"\nlanguageCode = "en-gb"\ndisableKinds = ["taxonomy","term"]\n' >"$work/hugo/config.toml"
  sed 's/^date:.*/date: 2024-05-03T09:00:00+02:00/' article.md >"$work/hugo/content/posts/ferry.md"
  printf -- '---\ntitle: "Storm cuts power to the coast"\ndate: 2024-05-05T07:30:00+02:00\n---\n\nA storm cut power to some 40,000 homes along the coast on Sunday night, the operator Northgrid said.\n' >"$work/hugo/content/posts/storm.md"
  hugo -s "$work/hugo" -d "$work/hugo/public" --quiet && cp "$work/hugo/public/index.xml" "$out/hugo.xml"
fi
if want pelican; then
  mkdir -p "$work/pelican/content"
  sed -e 's/^date:.*/date: 2024-05-03 09:00/' -e 's/^lang:.*/lang: en/' -e '/^---$/d' -e '/^\[^1\]/d' -e 's/\[^1\]//' article.md >"$work/pelican/content/ferry.md"
  printf 'title: Storm cuts power to the coast\ndate: 2024-05-05 07:30\n\nA storm cut power to some 40,000 homes along the coast on Sunday night, the operator Northgrid said.\n' >"$work/pelican/content/storm.md"
  printf 'AUTHOR="Harbour News"\nSITENAME="Harbour News"\nSITEURL="https://harbour.example"\nPATH="content"\nTIMEZONE="Europe/Oslo"\nDEFAULT_LANG="en"\nFEED_ALL_ATOM="atom.xml"\nFEED_ALL_RSS="rss.xml"\nRSS_FEED_SUMMARY_ONLY=False\n' >"$work/pelican/pelicanconf.py"
  (cd "$work/pelican" && pelican -q -s pelicanconf.py -o out content) && cp "$work/pelican/out/atom.xml" "$out/pelican-atom.xml" && cp "$work/pelican/out/rss.xml" "$out/pelican-rss.xml"
fi

# What cannot be read.
if want locked; then
  qpdf --encrypt secret owner 256 -- "$formats/chromium.pdf" "$out/locked.pdf"
  pdftoppm -l 1 -r 50 -gray -png "$formats/chromium.pdf" "$work/scan" && python3 scan.py "$out/scanned.pdf" "$work"/scan-*.png
fi
