//go:build unix

package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

// recipe returns the first block of docs/publishing.md that is fenced with that
// word.
func recipe(t *testing.T, word string) string {
	t.Helper()
	doc, err := os.ReadFile(filepath.Join(repository(t), "docs", "publishing.md"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?ms)^```" + word + "\n(.*?)^```$").FindSubmatch(doc)
	if m == nil {
		t.Fatalf("docs/publishing.md has no block of %q", word)
	}
	return string(m[1])
}

// publishedSite makes a site to be published.
func publishedSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{
		"content/index.md": "---\ntitle: Desk\n---\n",
		"seeds/ferry.txt":  "Night ferry returns\n\nThe ferry will be back on Fridays, Mayor Teodora Vance said on Monday.\n",
	})
	return dir
}

// TestPublishingWorkflow runs what the workflow of docs/publishing.md runs, but
// for what fetches things and what hands the folder over.
func TestPublishingWorkflow(t *testing.T) {
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses, Run string
				With      map[string]string
				Env       map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(recipe(t, "yaml")), &workflow); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := publishedSite(t)
	ran, uploads := 0, ""
	for _, job := range workflow.Jobs {
		for _, step := range job.Steps {
			if strings.HasPrefix(step.Uses, "actions/upload-pages-artifact@") {
				uploads = step.With["path"]
			}
			if step.Run == "" || strings.Contains(step.Run, "apt-get") {
				continue
			}
			cmd := exec.Command("sh", "-e", "-c", strings.ReplaceAll(step.Run, "go run .", `"$READOUT"`))
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), asReadout+"=1", "READOUT="+self)
			for key := range step.Env {
				cmd.Env = append(cmd.Env, key+"=https://news.example/desk")
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", step.Run, err, out)
			}
			ran++
		}
	}
	if ran < 3 || uploads == "" {
		t.Fatalf("%d commands were run, %q is handed over", ran, uploads)
	}
	for name, want := range map[string]string{".nojekyll": "", "sitemap.xml": "<loc>https://news.example/desk/", "feed.atom": "https://news.example/desk/briefings/night-ferry-returns.html"} {
		data, err := os.ReadFile(filepath.Join(dir, uploads, name))
		if err != nil || !strings.Contains(string(data), want) {
			t.Errorf("%s: %v, no %q", name, err, want)
		}
	}
	// The file for the headers is no part of the site, and stays.
	headers := filepath.Join(dir, uploads, "_headers")
	if err := os.WriteFile(headers, []byte(recipe(t, "headers")), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"build", "verify"} {
		if status, out := run(command, "-C", dir, "--base-url", "https://news.example/desk/"); status != exitOK {
			t.Errorf("%s: status %d\n%s", command, status, out)
		}
	}
	if _, err := os.Stat(headers); err != nil {
		t.Error(err)
	}
}

// TestPublishingNginx serves a site with nginx, as docs/publishing.md tells, and
// asks it what browsers and readers of feeds would.
func TestPublishingNginx(t *testing.T) {
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		nginx = "/usr/sbin/nginx" // where Debian has it, out of people's path
		if _, err := os.Stat(nginx); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatal("nginx is not installed (Debian: nginx-light)")
			}
			t.Skip("NOT CHECKED: nginx is not installed (Debian: nginx-light)")
		}
	}
	dir := publishedSite(t)
	if status, out := run("build", "-C", dir); status != exitOK {
		t.Fatal(out)
	}
	public := filepath.Join(dir, "public")
	// A socket of a short name: systems bound their length.
	sockets, err := os.MkdirTemp("", "ngx")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(sockets) })
	socket := filepath.Join(sockets, "s")
	server := recipe(t, "nginx")
	for old, now := range map[string]string{"listen 80;": "listen unix:" + socket + ";", "root /srv/www/desk;": "root " + public + ";"} {
		if strings.Count(server, old) != 1 {
			t.Fatalf("the recipe has no line %q", old)
		}
		server = strings.Replace(server, old, now, 1)
	}
	user := ""
	if os.Getuid() == 0 {
		user = "user root;\n" // the test's folders are its user's alone
	}
	types := "/etc/nginx/mime.types"
	conf := filepath.Join(sockets, "nginx.conf")
	text := user + "worker_processes 1;\npid " + filepath.Join(sockets, "pid") + ";\nerror_log " + filepath.Join(sockets, "error.log") + ";\nevents {}\nhttp {\n" +
		"include " + types + ";\ndefault_type application/octet-stream;\naccess_log off;\n"
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		text += fmt.Sprintf("%s_temp_path %s;\n", kind, filepath.Join(sockets, kind))
	}
	if err := os.WriteFile(conf, []byte(text+server+"}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	control := func(args ...string) error {
		out, err := exec.Command(nginx, append([]string{"-p", sockets, "-c", conf, "-e", filepath.Join(sockets, "error.log")}, args...)...).CombinedOutput()
		if err != nil {
			log, _ := os.ReadFile(filepath.Join(sockets, "error.log"))
			return fmt.Errorf("nginx %v: %w\n%s%s", args, err, out, log)
		}
		return nil
	}
	// It comes back when it listens.
	if err := control(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := control("-s", "stop"); err != nil {
			t.Error(err)
		}
	})

	asks(t, public, socket, map[string]string{"/assets/": "max-age=31536000", "/feed.atom": "application/atom+xml; charset=utf-8", "/feed.json": "application/json; charset=utf-8"})
}

// TestPublishingCaddy serves a site with Caddy, as docs/publishing.md tells.
func TestPublishingCaddy(t *testing.T) {
	caddy, err := exec.LookPath("caddy")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("caddy is not installed (Debian: caddy)")
		}
		t.Skip("NOT CHECKED: caddy is not installed (Debian: caddy)")
	}
	dir := publishedSite(t)
	if status, out := run("build", "-C", dir); status != exitOK {
		t.Fatal(out)
	}
	public := filepath.Join(dir, "public")
	// A socket of a short name: systems bound their length.
	sockets, err := os.MkdirTemp("", "cdy")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(sockets) })
	socket := filepath.Join(sockets, "s")
	server := recipe(t, "caddy")
	for old, now := range map[string]string{"news.example {": "http://news.example {\n\tbind unix/" + socket, "root * /srv/www/desk": "root * " + public} {
		if strings.Count(server, old) != 1 {
			t.Fatalf("the recipe has no line %q", old)
		}
		server = strings.Replace(server, old, now, 1)
	}
	conf := filepath.Join(sockets, "Caddyfile")
	if err := os.WriteFile(conf, []byte("{\n\tadmin off\n\tauto_https off\n}\n"+server), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(caddy, "run", "--config", conf, "--adapter", "caddyfile")
	cmd.Env = append(os.Environ(), "HOME="+sockets, "XDG_DATA_HOME="+sockets, "XDG_CONFIG_HOME="+sockets)
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	// It listens when its socket is there.
	limit, tick := time.After(patience), time.NewTicker(10*time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := net.Dial("unix", socket)
		if err == nil {
			conn.Close()
			break
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("caddy: %v\n%s", err, &log)
		case <-limit:
			t.Fatalf("caddy does not listen: %v", err)
		case <-tick.C:
		}
	}
	asks(t, public, socket, map[string]string{"/assets/": "public, max-age=31536000, immutable", "/feed.atom": "application/atom+xml", "/feed.json": "application/json", "else": "no-cache"})
}

// asks asks a web server at a socket for what browsers and readers of feeds
// would. What servers do in their own way is told beside it, by path.
func asks(t *testing.T, public, socket string, own map[string]string) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	style := glob(t, filepath.Join(public, "assets", "site.*.css"))
	for _, tt := range []struct {
		path, kind, cache, body string
		status                  int
	}{
		{"/", "text/html; charset=utf-8", "no-cache", "Night ferry returns", 200},
		{"/briefings/night-ferry-returns.html", "text/html; charset=utf-8", "no-cache", "Teodora Vance", 200},
		{"/assets/" + filepath.Base(style), "text/css; charset=utf-8", own["/assets/"], "", 200},
		{"/feed.atom", own["/feed.atom"], "no-cache", "<feed", 200},
		{"/feed.json", own["/feed.json"], "no-cache", "https://jsonfeed.org/", 200},
		{"/briefings/" + filepath.Base(glob(t, filepath.Join(public, "briefings", "*.jsonld"))), "application/ld+json", own["else"], "TextQuoteSelector", 200},
		{"/nowhere.html", "text/html; charset=utf-8", own["else"], "Desk", 404},
		{"/.readout", "text/html; charset=utf-8", own["else"], "Desk", 404},
	} {
		resp, err := client.Get("http://news.example" + tt.path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != tt.status || resp.Header.Get("Content-Type") != tt.kind || resp.Header.Get("Cache-Control") != tt.cache || !strings.Contains(string(body), tt.body) {
			t.Errorf("%s: %v %s %q %q %.200s", tt.path, err, resp.Status, resp.Header.Get("Content-Type"), resp.Header.Get("Cache-Control"), body)
		}
		// What other hosts are told in _headers is said here too.
		lines := strings.Split(recipe(t, "headers"), "\n")
		for _, line := range lines[1:4] {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			if resp.Header.Get(key) != value {
				t.Errorf("%s: %s is %q, want %q", tt.path, key, resp.Header.Get(key), value)
			}
		}
	}
}

// glob returns the one file that a pattern stands for.
func glob(t *testing.T, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v %v", pattern, names, err)
	}
	return names[0]
}
