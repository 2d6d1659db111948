package cli

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

// TestServeAnswersThisMachineOnly keeps other names and other folders out.
func TestServeAnswersThisMachineOnly(t *testing.T) {
	h := local(http.FileServerFS(fstest.MapFS{"a.html": {Data: []byte("page")}}))
	for _, c := range []struct {
		host, path string
		status     int
	}{
		{"localhost:8080", "/a.html", http.StatusOK},
		{"127.0.0.1:8080", "/a.html", http.StatusOK},
		{"[::1]:8080", "/a.html", http.StatusOK},
		{"evil.example:8080", "/a.html", http.StatusForbidden},
		{"192.0.2.1", "/a.html", http.StatusForbidden},
		{"localhost", "/../go.mod", http.StatusNotFound},
	} {
		r := httptest.NewRequest(http.MethodGet, c.path, nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%s%s: status %d, want %d", c.host, c.path, w.Code, c.status)
		}
	}
}
