// SPDX-License-Identifier: LGPL-2.1-or-later

// Waiter writes the profiles of a program whose goroutines wait, allocate and
// get in each other's way, as text.
//
// usage: waiter FOLDER | waiter panic | waiter deadlock | waiter quit
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sync"
	"syscall"
	"time"
)

var (
	kept   [][]byte
	lock   sync.Mutex
	shared int
)

type box[T any] struct{ content T }

//go:noinline
func (b *box[T]) keep(size int) {
	for i := 0; i < 40; i++ {
		kept = append(kept, make([]byte, size))
	}
}

func allocate(depth int) {
	if depth > 0 {
		allocate(depth - 1)
		return
	}
	(&box[struct{ A, B int }]{}).keep(3 << 10)
	(&box[string]{}).keep(200 << 10)
	for i := 0; i < 100; i++ {
		_ = make([]byte, 64<<10)
	}
}

// Small enough to be inlined.
func hold(d time.Duration) {
	lock.Lock()
	pause(d)
	shared++
	lock.Unlock()
}

func pause(d time.Duration) { time.Sleep(d) }

func contend(done *sync.WaitGroup) {
	defer done.Done()
	for i := 0; i < 5; i++ {
		hold(2 * time.Millisecond)
	}
}

func receive(from <-chan int) { <-from }

func wait(ready *sync.WaitGroup, labels pprof.LabelSet, from <-chan int) {
	pprof.Do(context.Background(), labels, func(context.Context) {
		ready.Done()
		receive(from)
	})
}

func start(never chan int) {
	var ready, done sync.WaitGroup

	for i := 0; i < 6; i++ {
		ready.Add(1)
		go wait(&ready, pprof.Labels("role", "reader", "shelf", fmt.Sprintf("\"%d\", left", i%2)), never)
	}
	go func() { select {} }()
	go func() {
		runtime.LockOSThread()
		select {
		case never <- 1:
		case <-time.After(time.Hour):
		}
	}()
	ready.Wait()
	for i := 0; i < 3; i++ {
		done.Add(1)
		go contend(&done)
	}
	done.Wait()
	allocate(3)
	runtime.GC()
}

func write(folder string, name string, debug int) {
	file, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%d.txt", name, debug)))
	if err != nil {
		panic(err)
	}
	if err := pprof.Lookup(name).WriteTo(file, debug); err != nil {
		panic(err)
	}
	file.Close()
}

type failure struct{ code int }

func (f *failure) fail(depth int) {
	if depth == 0 {
		panic(fmt.Sprintf("code %d\nof the second kind", f.code))
	}
	f.fail(depth - 1)
}

func main() {
	runtime.MemProfileRate = 64 << 10
	runtime.SetMutexProfileFraction(2)
	runtime.SetBlockProfileRate(1)
	never := make(chan int)
	switch os.Args[1] {
	case "panic":
		start(never)
		(&failure{7}).fail(3)
	case "deadlock":
		lock.Lock()
		lock.Lock()
	case "quit":
		start(never)
		syscall.Kill(os.Getpid(), syscall.SIGQUIT)
		time.Sleep(time.Hour)
	default:
		start(never)
		for _, name := range []string{"goroutine", "heap", "allocs", "block", "mutex", "threadcreate"} {
			write(os.Args[1], name, 1)
			write(os.Args[1], name, 0)
		}
		write(os.Args[1], "goroutine", 2)
	}
}
