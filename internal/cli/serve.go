package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"readout/internal/live"
	"readout/internal/output"
	"readout/internal/watch"
)

// serving is what serve was asked for.
type serving struct {
	port  int
	given bool // a port was named
	open  bool
	// ready is told the address of the site once it is answered at; may be nil.
	ready func(url string)
	// settled is told each time all that changed is built; may be nil.
	settled func()
}

func (a *app) serveCommand() *cobra.Command {
	var o serving
	var cmd *cobra.Command
	cmd = a.siteCommand("serve", "Build the site, show it to a browser on this machine, and follow each change",
		`serve builds the site and serves public/ on this machine alone, until it is
interrupted. When a seed, a content file or a template changes it builds what
that changes, and the pages open in a browser show it at once, at the place where
they were. What is wrong is shown in the page, until it is mended. A briefing has
a panel with what deserves a look in it (see review) and which rule made each
annotation (see why). None of this stands in public/.

The pages also open from the disk: a server is only for convenience. Without
--port it takes 8080, or a free port when that is taken.`,
		`  readout serve --open
  readout -C desk serve --port 9000`,
		func(s *siteFolder) error {
			o.given = cmd.Flags().Changed("port")
			if o.port < 0 || o.port > 65535 {
				return usageErrorf("--port takes a number up to 65535, not %d", o.port)
			}
			return a.serve(cmd.Context(), s, o)
		})
	cmd.Flags().IntVarP(&o.port, "port", "p", 8080, "listen on `PORT`")
	cmd.Flags().BoolVar(&o.open, "open", false, "open the site in the browser")
	return cmd
}

func (a *app) serve(ctx context.Context, s *siteFolder, o serving) error {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	listener, err := listen(o.port, o.given)
	if err != nil {
		return err
	}
	defer listener.Close()
	// Watching begins before the first build, so that nothing is missed.
	watcher, err := watch.New(s.name, sources[:3]...)
	if err != nil {
		return hinted("close programs that watch many files, or let the system watch more of them", "%s cannot be watched: %w", s.name, err)
	}
	defer watcher.Close()
	d := newDesk(a, s)
	d.settled = o.settled
	if err := d.begin(); err != nil {
		return err
	}
	d.live = live.New(reopened(filepath.Join(s.name, outputFolder)), d.about)
	d.tell()
	server := &http.Server{Handler: d.live, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	url := fmt.Sprintf("http://%s/", listener.Addr())
	a.report.say("the site is at %s (interrupt to stop)", url)
	if o.ready != nil {
		o.ready(url)
	}
	if o.open {
		if err := openBrowser(url); err != nil {
			a.report.say("no browser could be opened: %v", err)
		}
	}
	followed := make(chan struct{})
	go func() { d.follow(ctx, watcher); close(followed) }()
	select {
	case err = <-failed:
	case <-ctx.Done():
		// A second interrupt ends the program at once.
		stop()
	}
	d.live.Close()
	bound, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if e := server.Shutdown(bound); err == nil && !errors.Is(e, context.DeadlineExceeded) {
		err = e
	}
	stop()
	<-followed
	return err
}

// listen takes the port on this machine, or where it was not asked for and is
// taken, a free one.
func listen(port int, given bool) (net.Listener, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil && given {
		return nil, hinted("choose another with --port, or leave it out to get a free one", "port %d cannot be used: %w", port, err)
	}
	if err != nil {
		return net.Listen("tcp", "127.0.0.1:0")
	}
	return listener, nil
}

// openBrowser shows an address to the person at this machine.
func openBrowser(url string) error {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // what becomes of the browser is not ours to know
	return nil
}

// A reopened file system is a folder by its name: it may be removed and made
// anew. No link leads out of it.
type reopened string

func (r reopened) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(r))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.FS().Open(name)
}

func (r reopened) Stat(name string) (fs.FileInfo, error) {
	root, err := os.OpenRoot(string(r))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Stat(name)
}

// busy reports whether another run holds the site.
func busy(err error) bool {
	e := (*output.BusyError)(nil)
	return errors.As(err, &e)
}
