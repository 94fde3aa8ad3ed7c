// SPDX-License-Identifier: LGPL-2.1-or-later

// Mill lets goroutines wait for each other in every way there is: channels,
// select, mutexes, conditions, once, groups.
package main

import (
	"context"
	"runtime"
	"runtime/pprof"
	"sync"
	"time"

	"example.com/programs/record"
)

// ledger is a map under a lock that is held too long.
type ledger struct {
	mutex   sync.RWMutex
	entries map[int]int
}

func (l *ledger) add(key, value int) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.entries[key%64] += value
	spin(300)
}

func (l *ledger) sum() int {
	l.mutex.RLock()
	defer l.mutex.RUnlock()
	sum := 0
	for _, v := range l.entries {
		sum += v
	}
	spin(200)
	return sum
}

var sink int

func spin(n int) {
	x := 0
	for i := 0; i < n; i++ {
		x += i * i
	}
	if x == 1 {
		sink++
	}
}

// gate lets a few through at a time.
type gate struct {
	mutex sync.Mutex
	open  *sync.Cond
	inside,
	limit int
}

func newGate(limit int) *gate {
	g := &gate{limit: limit}
	g.open = sync.NewCond(&g.mutex)
	return g
}

func (g *gate) enter() {
	g.mutex.Lock()
	for g.inside == g.limit {
		g.open.Wait()
	}
	g.inside++
	g.mutex.Unlock()
}

func (g *gate) leave() {
	g.mutex.Lock()
	g.inside--
	g.mutex.Unlock()
	g.open.Signal()
}

func keepLedger(ctx context.Context, l *ledger, n int) {
	for i := n; ctx.Err() == nil; i += 7 {
		l.add(i, n)
		if i%5 == 0 {
			l.sum()
		}
	}
}

func passGate(ctx context.Context, g *gate) {
	for ctx.Err() == nil {
		g.enter()
		runtime.Gosched()
		spin(2000)
		g.leave()
	}
}

func serve(ctx context.Context, requests <-chan chan int) {
	n := 0
	for {
		select {
		case reply := <-requests:
			n++
			reply <- n
		case <-ctx.Done():
			return
		}
	}
}

func ask(ctx context.Context, requests chan<- chan int) {
	reply := make(chan int)
	for {
		select {
		case requests <- reply:
			<-reply
			time.Sleep(50 * time.Microsecond)
		case <-ctx.Done():
			return
		}
	}
}

// burst starts a few that are done at once and waits for them.
func burst(ctx context.Context) {
	for ctx.Err() == nil {
		var group sync.WaitGroup
		var once sync.Once
		for i := 0; i < 8; i++ {
			group.Add(1)
			go func() {
				defer group.Done()
				once.Do(func() { time.Sleep(time.Millisecond) })
			}()
		}
		group.Wait()
	}
}

func main() {
	record.Run(func(ctx context.Context) {
		var group sync.WaitGroup
		start := func(role string, do func(ctx context.Context)) {
			group.Add(1)
			go pprof.Do(ctx, pprof.Labels("role", role), func(ctx context.Context) {
				defer group.Done()
				do(ctx)
			})
		}
		books := &ledger{entries: make(map[int]int)}
		narrow := newGate(2)
		requests := make(chan chan int)
		for i := 0; i < 4; i++ {
			n := i
			start("clerk", func(ctx context.Context) { keepLedger(ctx, books, n) })
			start("guest", func(ctx context.Context) { passGate(ctx, narrow) })
			start("client", func(ctx context.Context) { ask(ctx, requests) })
		}
		start("server", func(ctx context.Context) { serve(ctx, requests) })
		start("", burst)
		group.Wait()
	})
}
