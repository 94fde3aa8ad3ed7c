// SPDX-License-Identifier: LGPL-2.1-or-later

// Server runs an HTTP service and its clients in one process, and writes one
// profile of each kind that Go knows.
//
//	server -duration 5s -o directory
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"time"

	"example.com/server/api"
	"example.com/server/load"
)

var (
	directory = flag.String("o", ".", "where to write the profiles")
	duration  = flag.Duration("duration", 5*time.Second, "how long to run")
	clients   = flag.Int("clients", 40, "how many clients send requests at once")
	memRate   = flag.Int("memrate", 16384, "bytes between two samples of the heap profile")
)

func create(name string) *os.File {
	f, err := os.Create(filepath.Join(*directory, "server-"+name+".prof"))
	if err != nil {
		log.Fatal(err)
	}
	return f
}

func writeProfile(name string) {
	f := create(name)
	defer f.Close()
	if err := pprof.Lookup(name).WriteTo(f, 0); err != nil {
		log.Fatal(err)
	}
}

// writeLiveProfiles writes those that are about now, amid the requests.
func writeLiveProfiles(done chan<- struct{}) {
	defer close(done)
	time.Sleep(*duration * 3 / 4)
	writeProfile("goroutine")
	writeProfile("threadcreate")
	runtime.GC() // the heap profile is of the last collection
	writeProfile("heap")
}

func run() int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	server := api.New()
	server.Start(listener)
	defer server.Stop()

	ctx, cancel := context.WithTimeout(context.Background(), *duration)
	defer cancel()
	done := make(chan struct{})
	go writeLiveProfiles(done)
	generator := &load.Generator{
		Base:    "http://" + listener.Addr().String(),
		Clients: *clients,
		Tenants: []string{"blue", "green", "red"},
	}
	n := generator.Run(ctx)
	<-done
	return n
}

func main() {
	log.SetFlags(0)
	flag.Parse()
	runtime.MemProfileRate = *memRate
	runtime.SetBlockProfileRate(int(10 * time.Microsecond))
	runtime.SetMutexProfileFraction(5)

	cpu := create("cpu")
	if err := pprof.StartCPUProfile(cpu); err != nil {
		log.Fatal(err)
	}
	n := run()
	pprof.StopCPUProfile()
	cpu.Close()

	writeProfile("allocs")
	writeProfile("block")
	writeProfile("mutex")
	fmt.Printf("%d requests\n", n)
}
