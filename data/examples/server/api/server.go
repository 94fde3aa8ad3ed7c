// SPDX-License-Identifier: LGPL-2.1-or-later

// Package api is a small HTTP service with something of everything.
package api

import (
	"context"
	"net"
	"net/http"
	"regexp"
	"runtime/pprof"
	"time"

	"example.com/server/cache"
	"example.com/server/expression"
	"example.com/server/stats"
	"example.com/server/tree"
)

// Server holds what the handlers share.
type Server struct {
	http        *http.Server
	recorder    *stats.Recorder
	compressors *queue
	events      broadcaster
	orders      []order
	patterns    *cache.LRU[string, *regexp.Regexp]
	expressions *cache.LRU[string, expression.Node]
	trees       *cache.LRU[int, *tree.Entry]
	stop        chan struct{}
}

// New makes a server that does not listen yet.
func New() *Server {
	s := &Server{
		recorder:    stats.NewRecorder(),
		compressors: newQueue(2, 1),
		orders:      makeOrders(400),
		patterns:    cache.New[string, *regexp.Regexp](8),
		expressions: cache.New[string, expression.Node](24),
		trees:       cache.New[int, *tree.Entry](16),
		stop:        make(chan struct{}),
	}
	mux := http.NewServeMux()
	s.handle(mux, "/hash", s.handleHash)
	s.handle(mux, "/search", s.handleSearch)
	s.handle(mux, "/evaluate", s.handleEvaluate)
	s.handle(mux, "/tree", s.handleTree)
	s.handle(mux, "/orders", s.handleOrders)
	s.handle(mux, "/events", s.handleEvents)
	s.handle(mux, "/stats", s.handleStats)
	s.http = &http.Server{Handler: mux}
	return s
}

// handle adds a handler that runs with labels, is timed, and may fail.
func (s *Server) handle(mux *http.ServeMux, path string, f func(http.ResponseWriter, *http.Request) error) {
	mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		tenant := r.Header.Get("X-Tenant")
		labels := pprof.Labels("handler", path, "tenant", tenant)
		pprof.Do(r.Context(), labels, func(ctx context.Context) {
			if err := f(w, r.WithContext(ctx)); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
			}
		})
		s.recorder.Record(path, tenant, time.Since(start))
	})
}

// watch summarizes now and then, as a monitor would, and tells of it.
func (s *Server) watch(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			for _, summary := range s.recorder.Summarize() {
				s.events.send(summary.Handler)
			}
		case <-s.stop:
			return
		}
	}
}

// Start serves in the background, on the listener.
func (s *Server) Start(listener net.Listener) {
	for i := 0; i < 3; i++ {
		go s.watch(time.Duration(40+i) * time.Millisecond)
	}
	go s.http.Serve(listener)
}

// Stop ends it all; no request may be under way.
func (s *Server) Stop() {
	s.http.Close()
	close(s.stop)
	s.compressors.close()
}
