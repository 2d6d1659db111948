package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"
)

func (a *app) serveCommand() *cobra.Command {
	port := 0
	var cmd *cobra.Command
	cmd = a.siteCommand("serve", "Build the site and show it to a browser on this machine",
		`serve builds the site and serves public/ on this machine alone, until it is
interrupted. The pages also open from the disk: a server is only for convenience.
Without --port it takes 8080, or a free port when that is taken.`,
		`  readout serve
  readout -C desk serve --port 9000`,
		func(s *siteFolder) error { return a.serve(cmd.Context(), s, port, cmd.Flags().Changed("port")) })
	cmd.Flags().IntVarP(&port, "port", "p", 8080, "listen on `PORT`")
	return cmd
}

func (a *app) serve(ctx context.Context, s *siteFolder, port int, given bool) error {
	// A mistake in one article is no reason to show nothing.
	if err := a.build(s, ""); err != nil && !errors.Is(err, errReported) {
		return err
	}
	s.unlock()
	s.unlock = nil
	root, err := os.OpenRoot(filepath.Join(s.name, outputFolder))
	if err != nil {
		return err
	}
	defer root.Close()
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil && given {
		return hinted("choose another with --port, or leave it out to get a free one", "port %d cannot be used: %w", port, err)
	}
	if err != nil {
		if listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return err
		}
	}
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	server := &http.Server{Handler: local(http.FileServerFS(root.FS())), ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	a.report.say("the site is at http://%s/ (interrupt to stop)", listener.Addr())
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	bound, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	return server.Shutdown(bound)
}

// local answers only a browser that asks for this machine by name, so that no
// page elsewhere can read the site by giving its own name this address.
func local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, fmt.Sprintf("this server answers to localhost, not to %q", host), http.StatusForbidden)
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}
