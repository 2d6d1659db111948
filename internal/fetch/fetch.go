// Package fetch gets pages of the web. It is the only package that asks the
// network for anything, and only the command add uses it: a build never does.
//
// A Client asks with bounds on time, size and redirects, keeps to what a site's
// robots.txt says, and takes http and https alone. What goes wrong is an Error
// with plain words and a hint.
package fetch

import (
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/temoto/robotstxt"

	"readout/internal/limit"
)

// Limits bounds one page. The zero value stands for the defaults.
type Limits struct {
	Time      time.Duration // for a page and all that leads to it; a minute when 0
	Bytes     int64         // of the page, unpacked; 50 MB when 0
	Redirects int           // that are followed; 10 when 0
}

func (l Limits) orDefaults() Limits {
	if l.Time <= 0 {
		l.Time = time.Minute
	}
	if l.Bytes <= 0 {
		l.Bytes = 50 << 20
	}
	if l.Redirects <= 0 {
		l.Redirects = 10
	}
	return l
}

// A Page is what a server gave.
type Page struct {
	URL       string    // where it was in the end, after all redirects
	Type      string    // Content-Type as the server states it
	Retrieved time.Time // by the server's own clock; zero where it states none
	Body      []byte    // as it was sent, but for its compression
}

// An Error says why there is no page.
type Error struct {
	URL     string // that was asked for
	Message string // lower case, no full stop
	Hint    string
}

// Error formats e as "URL: message".
func (e *Error) Error() string { return e.URL + ": " + e.Message }

// A Client asks for pages. It keeps cookies and the rules of each site for as
// long as it lives, and nothing beyond. It is for one goroutine.
type Client struct {
	limits Limits
	agent  string
	http   *http.Client
	rules  map[string]*robots // by scheme and host
}

// product is the name by which a robots.txt may speak of readout.
const product = "readout"

// New returns a Client that names itself with the version given.
func New(version string, limits Limits) *Client {
	// The jar only fails where it is given options.
	jar, _ := cookiejar.New(nil)
	transport := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:    15 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		ForceAttemptHTTP2:      true,
	}
	return &Client{
		limits: limits.orDefaults(),
		agent:  product + "/" + strings.Trim(version, "()"),
		// Redirects are followed here, where each can be looked at.
		http: &http.Client{Transport: transport, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}},
		rules: map[string]*robots{},
	}
}

// Get gets the page at an address. The error is an *Error, or ctx's own where
// that was cancelled.
func (c *Client) Get(ctx context.Context, address string) (*Page, error) {
	bound, cancel := context.WithTimeout(ctx, c.limits.Time)
	defer cancel()
	page, err := c.get(bound, address)
	if err == nil {
		return page, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	e := &Error{URL: address}
	if known := (*Error)(nil); errors.As(err, &known) {
		e.Message, e.Hint = known.Message, known.Hint
	} else {
		e.Message, e.Hint = c.explain(bound, err)
	}
	return nil, e
}

func tooLarge(most int64) error {
	e := limit.Set{}.With(limit.PageSize, most).Passed(limit.PageSize)
	return problem(e.Hint, "the page is %s", e.Message)
}

func tooMany(most int) error {
	e := limit.Set{}.With(limit.Redirects, int64(most)).Passed(limit.Redirects)
	return problem(e.Hint, "%s", e.Message)
}

func problem(hint, format string, args ...any) error {
	return &Error{Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Check returns an *Error where an address is none that can be asked for.
func Check(address string) error {
	_, err := parse(address)
	if e := (*Error)(nil); errors.As(err, &e) {
		e.URL = address
	}
	return err
}

func parse(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, problem("an address looks like https://news.example/talks", "is no address of the web")
	case u.Scheme == "" || u.Opaque != "" && u.Scheme != "http" && u.Scheme != "https" && strings.Contains(u.Scheme, "."):
		return nil, problem("write it with https:// before it", "is no address of the web")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, problem("save the file yourself and put it into seeds/", "only http and https are asked, not %s", u.Scheme)
	case u.Hostname() == "":
		return nil, problem("an address looks like https://news.example/talks", "names no host")
	case u.User != nil:
		return nil, problem("save the page from your browser", "has a name or a password in it, which would be kept with the page")
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// get follows redirects to the page.
func (c *Client) get(ctx context.Context, address string) (*Page, error) {
	u, err := parse(address)
	if err != nil {
		return nil, err
	}
	for range c.limits.Redirects + 1 {
		if err := c.permitted(ctx, u); err != nil {
			return nil, err
		}
		resp, err := c.ask(ctx, u)
		if err != nil {
			return nil, err
		}
		next, err := follow(resp, u)
		if next == nil || err != nil {
			defer resp.Body.Close()
			if err != nil {
				return nil, err
			}
			return c.page(resp, u)
		}
		resp.Body.Close()
		u = next
	}
	return nil, tooMany(c.limits.Redirects)
}

// ask sends one request.
func (c *Client) ask(ctx context.Context, u *url.URL) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	return c.http.Do(req)
}

// follow returns where a response redirects to; nil where it is the last one.
func follow(resp *http.Response, from *url.URL) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	next, err := from.Parse(resp.Header.Get("Location"))
	if err != nil || resp.Header.Get("Location") == "" {
		return nil, problem("", "the server redirects, but not to an address")
	}
	u, err := parse(next.String())
	if e := (*Error)(nil); errors.As(err, &e) {
		return nil, problem(e.Hint, "redirects to %s: %s", next.Redacted(), e.Message)
	}
	return u, err
}

// page reads the last response.
func (c *Client) page(resp *http.Response, u *url.URL) (*Page, error) {
	if resp.StatusCode != http.StatusOK {
		hint := ""
		switch {
		case resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden, resp.StatusCode == http.StatusPaymentRequired, resp.StatusCode == http.StatusUnavailableForLegalReasons:
			hint = "where you may read it, save the page from your browser"
		case resp.StatusCode == http.StatusTooManyRequests, resp.StatusCode >= 500:
			hint = "try again later"
		case resp.StatusCode >= 400:
			hint = "look whether the address is right"
		}
		return nil, problem(hint, "the server answers %s", status(resp))
	}
	p := &Page{URL: u.String(), Type: resp.Header.Get("Content-Type")}
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		p.Retrieved = at.UTC()
	}
	var err error
	p.Body, err = body(resp, c.limits.Bytes)
	if errors.Is(err, errTooLarge) {
		return nil, tooLarge(c.limits.Bytes)
	}
	if err == nil && len(p.Body) == 0 {
		err = problem("look at it in a browser", "the server sends an empty page")
	}
	return p, err
}

// status returns the status of a response in words, whatever the server says.
func status(resp *http.Response) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", resp.StatusCode, http.StatusText(resp.StatusCode)))
}

var errTooLarge = errors.New("too large")

// body reads the body of a response, unpacked.
func body(resp *http.Response, limit int64) ([]byte, error) {
	var r io.Reader = resp.Body
	switch encoding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		// The transport unpacks what it asked for; some send it unasked.
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, problem("", "the page is damaged: %v", err)
		}
		defer z.Close()
		r = z
	default:
		return nil, problem("save the page from your browser", "the server packs the page in a way that was not asked for (%.20q)", encoding)
	}
	if resp.ContentLength > limit {
		return nil, errTooLarge
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errTooLarge
	}
	return data, err
}

// explain words an error of the network.
func (c *Client) explain(ctx context.Context, err error) (message, hint string) {
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var timeout net.Error
	switch {
	case ctx.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("it takes longer than %s", c.limits.Time), "try again later, or give it more time with --timeout"
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("there is no host %q", dns.Name), "look whether the address is right"
	case errors.As(err, &dns):
		return fmt.Sprintf("the host %q cannot be looked up", dns.Name), "look whether this machine is connected"
	case errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &invalid):
		return "the server cannot prove who it is: " + cause(err), "look at it in a browser, and save the page from there"
	case errors.Is(err, http.ErrSchemeMismatch):
		return "the server does not speak https", "try it with http://"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "the server breaks off before the page is whole", "try again"
	}
	return "the server cannot be reached: " + cause(err), "look whether the address is right and this machine is connected"
}

// cause returns the innermost words of an error, without the address that the
// message names already.
func cause(err error) string {
	if e := (*url.Error)(nil); errors.As(err, &e) {
		err = e.Err
	}
	if e := (*net.OpError)(nil); errors.As(err, &e) {
		err = e.Err
	}
	return err.Error()
}

// robots are the rules of one site.
type robots struct {
	group *robotstxt.Group
	err   error // why they are not known
}

// maxRobots is how much of a robots.txt is read: what RFC 9309 asks for.
const maxRobots = 500 << 10

// permitted returns an error where the site of u does not want it asked for.
func (c *Client) permitted(ctx context.Context, u *url.URL) error {
	site := u.Scheme + "://" + u.Host
	r := c.rules[site]
	if r == nil {
		r = &robots{}
		r.group, r.err = c.readRules(ctx, u)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.rules[site] = r
	}
	if r.err != nil {
		return r.err
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if r.group != nil && !r.group.Test(path) {
		return problem("where you may read it, save the page from your browser", "%s/robots.txt asks programs to leave this page alone", site)
	}
	return nil
}

// readRules reads the robots.txt of a site; nil stands for no rules. One that
// cannot be had forbids all, one that is not there nothing (RFC 9309, 2.3.1).
func (c *Client) readRules(ctx context.Context, u *url.URL) (*robotstxt.Group, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	where := at.String()
	for range 6 {
		resp, err := c.ask(ctx, at)
		if err != nil {
			return nil, err
		}
		next, err := follow(resp, at)
		if err != nil || next == nil {
			defer resp.Body.Close()
			switch {
			case err != nil, resp.StatusCode >= 500, resp.StatusCode == http.StatusTooManyRequests:
				return nil, problem("try again later", "%s cannot be read (%s), so it is not known whether the page may be asked for", where, status(resp))
			case resp.StatusCode >= 400:
				return nil, nil
			}
			raw, err := body(resp, maxRobots)
			if err != nil && !errors.Is(err, errTooLarge) {
				return nil, err
			}
			return rules(raw), nil
		}
		resp.Body.Close()
		at = next
	}
	return nil, nil // as if there were none
}

// rules parses a robots.txt. Of a file with mistakes the rest counts: the
// parser is given only lines it knows, from the first that names a program.
func rules(raw []byte) *robotstxt.Group {
	var b strings.Builder
	named := false
	for line := range strings.Lines(strings.TrimPrefix(strings.ToValidUTF8(string(raw), "?"), "\ufeff")) {
		line, _, _ = strings.Cut(line, "#")
		for line := range strings.SplitSeq(line, "\r") {
			key, value, ok := strings.Cut(line, ":")
			key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
			if !ok || key != "user-agent" && (!named || key != "allow" && key != "disallow") {
				continue
			}
			named = true
			if value == "" && key != "user-agent" {
				// A rule without a path says nothing, but ends the list of
				// names; the parser passes it over. No address has this path.
				value = "/%00"
			}
			b.WriteString(key + ": " + value + "\n")
		}
	}
	data, err := robotstxt.FromString(b.String())
	if err != nil {
		return nil
	}
	return data.FindGroup(product)
}
