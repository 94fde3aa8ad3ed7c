// SPDX-License-Identifier: LGPL-2.1-or-later

// Pack compresses blocks on several goroutines, some of which hold a thread of
// their own, and checks that each can be unpacked.
package main

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/lzw"
	"context"
	"crypto/sha256"
	"hash/crc32"
	"io"
	"runtime"
	"sync"

	"example.com/programs/record"
)

type codec struct {
	name   string
	pack   func(io.Writer) io.WriteCloser
	unpack func(io.Reader) io.Reader
}

var codecs = []codec{
	{"gzip",
		func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		func(r io.Reader) io.Reader {
			g, err := gzip.NewReader(r)
			must(err)
			return g
		}},
	{"flate",
		func(w io.Writer) io.WriteCloser {
			f, err := flate.NewWriter(w, flate.BestSpeed)
			must(err)
			return f
		},
		func(r io.Reader) io.Reader { return flate.NewReader(r) }},
	{"lzw",
		func(w io.Writer) io.WriteCloser { return lzw.NewWriter(w, lzw.LSB, 8) },
		func(r io.Reader) io.Reader { return lzw.NewReader(r, lzw.LSB, 8) }},
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// block makes bytes that repeat, but not at once.
func block(seed uint32) []byte {
	data := make([]byte, 32<<10)
	for i := range data {
		seed = seed*1664525 + 1013904223
		data[i] = byte(seed>>24) & 0x1f
	}
	return data
}

func (c codec) roundTrip(data []byte) int {
	var packed bytes.Buffer
	w := c.pack(&packed)
	_, err := w.Write(data)
	must(err)
	must(w.Close())
	size := packed.Len()
	plain, err := io.ReadAll(c.unpack(&packed))
	must(err)
	if sha256.Sum256(plain) != sha256.Sum256(data) {
		panic(c.name + ": changed")
	}
	return size
}

func work(blocks <-chan uint32, sizes chan<- int, locked bool) {
	if locked {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
	}
	for seed := range blocks {
		data := block(seed)
		seed ^= crc32.ChecksumIEEE(data)
		sizes <- codecs[seed%uint32(len(codecs))].roundTrip(data)
	}
}

func main() {
	record.Run(func(ctx context.Context) {
		var workers, adder sync.WaitGroup
		blocks := make(chan uint32)
		sizes := make(chan int, 1)
		for i := 0; i < 6; i++ {
			workers.Add(1)
			go func(locked bool) {
				defer workers.Done()
				work(blocks, sizes, locked)
			}(i%2 == 0)
		}
		adder.Add(1)
		go func() {
			defer adder.Done()
			total := 0
			for size := range sizes {
				total += size
			}
		}()
		for seed := uint32(1); ctx.Err() == nil; seed++ {
			blocks <- seed
		}
		close(blocks)
		workers.Wait()
		close(sizes)
		adder.Wait()
	})
}
