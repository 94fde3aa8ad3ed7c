// SPDX-License-Identifier: LGPL-2.1-or-later

// Reads what "differential --write" wrote: profiles, and what our decoder made
// of each. Prints TAP: pprof's reader must come to the same.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"differential/profile"
)

const counts = 7 // of outcome.h

func number(in io.Reader) (uint64, error) {
	var bytes [8]byte
	_, err := io.ReadFull(in, bytes[:])
	return binary.LittleEndian.Uint64(bytes[:]), err
}

// outcome returns a verdict, and how many there are of everything.
func outcome(data []byte) (bool, [counts]uint64, error) {
	var n [counts]uint64
	p, err := profile.ParseUncompressed(data)
	if err == nil {
		err = p.CheckValid()
	}
	if err != nil {
		return false, n, err
	}
	n = [counts]uint64{uint64(len(p.SampleType)), uint64(len(p.Sample)), uint64(len(p.Mapping)),
		uint64(len(p.Location)), uint64(len(p.Function))}
	for _, sample := range p.Sample {
		for _, texts := range sample.Label {
			n[5] += uint64(len(texts))
		}
		for _, numbers := range sample.NumLabel {
			n[5] += uint64(len(numbers))
		}
		for _, value := range sample.Value {
			n[6] += uint64(value)
		}
	}
	return true, n, nil
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		fmt.Println("Bail out!", err)
		os.Exit(1)
	}
	in := bufio.NewReaderSize(file, 1<<20)
	inputs, accepted, different := 0, 0, 0
	for ; ; inputs++ {
		size, err := number(in)
		if err != nil {
			break
		}
		data := make([]byte, size)
		if _, err = io.ReadFull(in, data); err != nil {
			break
		}
		verdict, _ := number(in)
		var ours [counts]uint64
		for i := range ours {
			ours[i], _ = number(in)
		}
		ok, theirs, reason := outcome(data)
		if ok {
			accepted++
		}
		if ok == (verdict == 1) && (!ok || ours == theirs) {
			continue
		}
		name := fmt.Sprintf("different-%d.pb", inputs)
		os.WriteFile(name, data, 0o644)
		fmt.Println("#", name, "we:", verdict == 1, ours, "pprof:", ok, theirs, reason)
		if different++; different == 10 {
			break
		}
	}
	fmt.Printf("# %d inputs, %d accepted, %d different\n1..1\n", inputs, accepted, different)
	if different > 0 || accepted == 0 {
		fmt.Print("not ")
	}
	fmt.Println("ok - the same verdicts and the same sums as pprof")
}
