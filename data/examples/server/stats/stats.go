// SPDX-License-Identifier: LGPL-2.1-or-later

// Package stats counts requests. One lock guards it all, and it is held for
// too long: that is what the mutex profile is to show.
package stats

import (
	"sort"
	"sync"
	"time"
)

const nKept = 2000

// Recorder keeps the last durations of each handler.
type Recorder struct {
	mu        sync.Mutex
	durations map[string][]time.Duration
	tenants   map[string]int
}

// NewRecorder makes an empty recorder.
func NewRecorder() *Recorder {
	return &Recorder{
		durations: make(map[string][]time.Duration),
		tenants:   make(map[string]int),
	}
}

// Record notes one request.
func (r *Recorder) Record(handler, tenant string, d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tenants[tenant]++
	kept := append(r.durations[handler], d)
	if len(kept) > nKept {
		kept = append([]time.Duration(nil), kept[nKept/2:]...)
	}
	r.durations[handler] = kept
}

// Summary is what Summarize says of a handler.
type Summary struct {
	Handler string        `json:"handler"`
	Count   int           `json:"count"`
	Median  time.Duration `json:"median"`
	P99     time.Duration `json:"p99"`
}

// Summarize sorts under the lock.
func (r *Recorder) Summarize() []Summary {
	r.mu.Lock()
	defer r.mu.Unlock()
	var summaries []Summary
	for handler, durations := range r.durations {
		summaries = append(summaries, summarize(handler, durations))
	}
	sort.Slice(summaries, func(i, j int) bool {
		return summaries[i].Handler < summaries[j].Handler
	})
	return summaries
}

func summarize(handler string, durations []time.Duration) Summary {
	sorted := append([]time.Duration(nil), durations...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i] < sorted[j] })
	n := len(sorted)
	return Summary{handler, n, sorted[n/2], sorted[n*99/100]}
}
