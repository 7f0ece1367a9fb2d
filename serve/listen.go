package serve

import (
	"context"
	"net"
	"net/http"
	"time"
)

// UsualAddress is where a server listens unless told otherwise.
const UsualAddress = "127.0.0.1:8417"

// Listen listens at the address or, if that can't be and elsewhere is as good, at another port
// of this machine.
func Listen(address string, elsewhere bool) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil && elsewhere {
		return net.Listen("tcp", "127.0.0.1:0")
	}
	return l, err
}

// Hosts are the names by which a server may be asked for that only this machine can reach, nil
// where others can.
func Hosts(l net.Listener) []string {
	if at, ok := l.Addr().(*net.TCPAddr); ok && at.IP.IsLoopback() {
		return []string{"localhost", "127.0.0.1", "::1", at.IP.String()}
	}
	return nil
}

// Times after which a slow or silent browser is let go.
const (
	headTime = 10 * time.Second
	bodyTime = 10 * time.Minute
	endTime  = 3 * time.Second
)

// Answer answers requests until ctx ends.
func (s *Server) Answer(ctx context.Context, l net.Listener) error {
	h := http.Server{Handler: s.Handler(ctx), ReadHeaderTimeout: headTime, ReadTimeout: bodyTime, MaxHeaderBytes: 64 << 10}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, stop := context.WithTimeout(context.Background(), endTime)
	defer stop()
	if err := h.Shutdown(last); err != nil {
		return h.Close()
	}
	return nil
}
