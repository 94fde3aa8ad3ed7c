// SPDX-License-Identifier: LGPL-2.1-or-later

// Qrcode makes many QR codes as PNG, and profiles of the work.
//
//	qrcode -text 'hello' -level high -o hello.png
//	qrcode -duration 4s -cpuprofile cpu.prof -memprofile mem.prof
package main

import (
	"container/list"
	"flag"
	"fmt"
	"hash/crc32"
	"image/color"
	"log"
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"time"

	"example.com/qrcode/payload"
	"example.com/qrcode/qr"
	"example.com/qrcode/render"
)

var (
	text       = flag.String("text", "", "make one code with this text, and stop")
	level      = flag.Int("level", int(qr.Medium), "error correction of that code, 0 to 3")
	style      = flag.Int("style", 0, "look of that code, 0 to 2")
	output     = flag.String("o", "qrcode.png", "file for that code")
	duration   = flag.Duration("duration", 4*time.Second, "how long to make codes")
	workers    = flag.Int("workers", 2, "how many work at once")
	keep       = flag.Int("keep", 400, "how many of the last pictures to keep in memory")
	cpuProfile = flag.String("cpuprofile", "", "write a CPU profile to this file")
	memProfile = flag.String("memprofile", "", "write a heap profile to this file")
	memRate    = flag.Int("memrate", 512, "bytes between two samples of the heap profile")
)

// gallery keeps the last pictures, and knows them by their checksum.
type gallery struct {
	mu     sync.Mutex
	limit  int
	order  *list.List
	byHash map[uint32]*list.Element
}

type entry struct {
	hash uint32
	text string
	code *qr.Matrix
	png  []byte
}

func newGallery(limit int) *gallery {
	return &gallery{
		limit:  limit,
		order:  list.New(),
		byHash: make(map[uint32]*list.Element),
	}
}

func (g *gallery) add(text string, code *qr.Matrix, png []byte) {
	hash := crc32.ChecksumIEEE(png)
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, known := g.byHash[hash]; known {
		return
	}
	g.byHash[hash] = g.order.PushBack(&entry{hash, text, code, png})
	for g.order.Len() > g.limit {
		oldest := g.order.Remove(g.order.Front()).(*entry)
		delete(g.byHash, oldest.hash)
	}
}

var (
	black = color.NRGBA{A: 0xff}
	white = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	brown = color.NRGBA{0x40, 0x20, 0x10, 0xff}
	cream = color.NRGBA{0xff, 0xfc, 0xf0, 0xff}
)

var styles = []render.Style{
	{Scale: 3, Dark: black, Light: white},
	{Scale: 4, Dark: brown, Light: cream, Decoration: true},
	{Scale: 2, Dark: brown, Light: white},
}

func makePNG(text string, level qr.Level, style render.Style) (*qr.Matrix, []byte, error) {
	code, err := qr.Encode(text, level)
	if err != nil {
		return nil, nil, err
	}
	png, err := render.PNG(render.Draw(code, style))
	return code, png, err
}

func work(seed int64, until time.Time, g *gallery) (n int) {
	maker := payload.NewMaker(seed)
	for ; time.Now().Before(until); n++ {
		text := maker.Next()
		code, png, err := makePNG(text, qr.Level(n/4%4), styles[n%len(styles)])
		if err != nil {
			log.Fatal(err)
		}
		g.add(text, code, png)
	}
	return n
}

func workAll(g *gallery) int {
	var group sync.WaitGroup
	counts := make([]int, *workers)
	until := time.Now().Add(*duration)
	for i := range counts {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			counts[i] = work(int64(i), until, g)
		}(i)
	}
	group.Wait()

	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}

func writeOne() error {
	_, png, err := makePNG(*text, qr.Level(*level), styles[*style])
	if err != nil {
		return err
	}
	return os.WriteFile(*output, png, 0o666)
}

func startCPUProfile() (stop func()) {
	if *cpuProfile == "" {
		return func() {}
	}
	f, err := os.Create(*cpuProfile)
	if err == nil {
		err = pprof.StartCPUProfile(f)
	}
	if err != nil {
		log.Fatal(err)
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}
}

func writeMemProfile() {
	if *memProfile == "" {
		return
	}
	f, err := os.Create(*memProfile)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	runtime.GC() // the profile is of the last collection
	if err := pprof.WriteHeapProfile(f); err != nil {
		log.Fatal(err)
	}
}

func main() {
	log.SetFlags(0)
	flag.Parse()
	runtime.MemProfileRate = *memRate

	if *text != "" {
		if err := writeOne(); err != nil {
			log.Fatal(err)
		}
		return
	}

	g := newGallery(*keep)
	stop := startCPUProfile()
	n := workAll(g)
	stop()
	writeMemProfile()
	fmt.Printf("%d codes, %d kept\n", n, g.order.Len())
}
