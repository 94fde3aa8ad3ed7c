// SPDX-License-Identifier: LGPL-2.1-or-later

// A program with something in each of its profiles, served as every Go program
// serves them. Prints its port.
package main

import (
	"fmt"
	"net"
	"net/http"
	_ "net/http/pprof"
	"runtime"
	"sync"
	"time"
)

var kept [][]byte

//go:noinline
func work(mutex *sync.Mutex) {
	sum := 0
	for {
		mutex.Lock()
		for i := 0; i < 1000000; i++ {
			sum += i % 7
		}
		mutex.Unlock()
		time.Sleep(time.Millisecond)
	}
}

func main() {
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)
	runtime.MemProfileRate = 1
	for i := 0; i < 100; i++ {
		kept = append(kept, make([]byte, 1000))
	}
	var mutex sync.Mutex
	go work(&mutex)
	go work(&mutex)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, nil))
}
