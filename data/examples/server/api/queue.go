// SPDX-License-Identifier: LGPL-2.1-or-later

package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"runtime/pprof"
)

// A job is work for the compressors; the answer comes back on its channel.
type job struct {
	ctx    context.Context // whose labels the worker takes on
	data   []byte
	answer chan []byte
}

// queue hands jobs to a few workers through a short channel, so that senders
// and receivers wait: that is what the block profile is to show.
type queue struct {
	jobs chan job
}

func newQueue(workers, length int) *queue {
	q := &queue{jobs: make(chan job, length)}
	for i := 0; i < workers; i++ {
		go q.work()
	}
	return q
}

func (q *queue) work() {
	var out bytes.Buffer
	writer, _ := gzip.NewWriterLevel(&out, gzip.DefaultCompression)
	for j := range q.jobs {
		pprof.SetGoroutineLabels(j.ctx)
		out.Reset()
		writer.Reset(&out)
		writer.Write(j.data)
		writer.Close()
		j.answer <- append([]byte(nil), out.Bytes()...)
		pprof.SetGoroutineLabels(context.Background())
	}
}

// compress waits for a worker to compress data.
func (q *queue) compress(ctx context.Context, data []byte) []byte {
	answer := make(chan []byte)
	q.jobs <- job{ctx, data, answer}
	return <-answer
}

func (q *queue) close() {
	close(q.jobs)
}
