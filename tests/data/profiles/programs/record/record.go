// SPDX-License-Identifier: LGPL-2.1-or-later

// Package record lets a program work for a while and writes what Go's runtime
// knows of that, a profile of each kind asked for.
package record

import (
	"context"
	"flag"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"
)

var (
	directory = flag.String("o", ".", "where to write the profiles")
	duration  = flag.Duration("duration", 2*time.Second, "how long to work")
	kinds     = flag.String("kinds", "cpu", "which profiles to write, with commas")
	memRate   = flag.Int("memrate", 65536, "bytes between two samples of the heap")
	blockRate = flag.Duration("blockrate", 10*time.Microsecond, "mean time between two samples of waiting")
	mutexRate = flag.Int("mutexrate", 2, "one in so many waits for a lock is kept")
)

func isWanted(kind string) bool {
	for _, word := range strings.Split(*kinds, ",") {
		if word == kind {
			return true
		}
	}
	return false
}

// create opens the file PROGRAM-KIND.prof.
func create(kind string) *os.File {
	name := filepath.Base(os.Args[0]) + "-" + kind + ".prof"
	f, err := os.Create(filepath.Join(*directory, name))
	if err != nil {
		log.Fatal(err)
	}
	return f
}

func write(kind string) {
	if !isWanted(kind) {
		return
	}
	f := create(kind)
	defer f.Close()
	if err := pprof.Lookup(kind).WriteTo(f, 0); err != nil {
		log.Fatal(err)
	}
}

// writeLive writes those that are about now, while the work goes on.
func writeLive(done chan<- struct{}) {
	defer close(done)
	time.Sleep(*duration * 2 / 3)
	write("goroutine")
	runtime.GC() // the heap profile is of the last collection
	write("heap")
}

// Run calls work, which goes on until its context is done.
func Run(work func(ctx context.Context)) {
	log.SetFlags(0)
	flag.Parse()
	runtime.MemProfileRate = *memRate
	runtime.SetBlockProfileRate(int(*blockRate))
	runtime.SetMutexProfileFraction(*mutexRate)
	if isWanted("cpu") {
		f := create("cpu")
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			log.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), *duration)
	defer cancel()
	done := make(chan struct{})
	go writeLive(done)
	work(ctx)
	<-done
	pprof.StopCPUProfile()
	for _, kind := range []string{"allocs", "block", "mutex", "threadcreate"} {
		write(kind)
	}
}
