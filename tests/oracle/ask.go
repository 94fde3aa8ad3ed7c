// SPDX-License-Identifier: LGPL-2.1-or-later

// Asks pprof one question after the other, in one process: starting it takes ten
// times as long as most answers. A line of JSON is a question, {"words": [...]}, as
// they would stand on pprof's command line; a line is its answer: the status it
// would have ended with, what it printed, and what it said on standard error.
//
// It is built in a copy of the packages that Go's own pprof is made of, to which
// again.go adds the one thing that they lack: to forget the options of before.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/google/pprof/driver"
)

type question struct {
	Words []string `json:"words"`
}

type answer struct {
	Status   int    `json:"status"`
	Out      []byte `json:"out"`
	Messages []byte `json:"messages"`
}

// Binaries are never looked into: symbols are not asked for.
type noBinaries struct{}

func (noBinaries) Open(file string, start, limit, offset uint64, symbol string) (driver.ObjFile, error) {
	return nil, errors.New("not opened")
}

func (noBinaries) Disasm(file string, start, end uint64, intel bool) ([]driver.Inst, error) {
	return nil, errors.New("not opened")
}

func run() (status int) {
	defer func() {
		if problem := recover(); problem != nil {
			fmt.Fprintln(os.Stderr, problem)
			status = 2
		}
	}()
	driver.Again()
	flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.PanicOnError)
	if err := driver.PProf(&driver.Options{Obj: noBinaries{}}); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n", err)
		return 2
	}
	return 0
}

func fatal(err error) {
	if err != nil {
		panic(err)
	}
}

func scratch(folder string) *os.File {
	file, err := os.CreateTemp(folder, "ask")
	fatal(err)
	fatal(os.Remove(file.Name()))
	return file
}

// What was written to a file, which is empty afterwards.
func taken(file *os.File) []byte {
	_, err := file.Seek(0, io.SeekStart)
	fatal(err)
	text, err := io.ReadAll(file)
	fatal(err)
	fatal(file.Truncate(0))
	_, err = file.Seek(0, io.SeekStart)
	fatal(err)
	return text
}

// usage: ask FOLDER, which it may use for what it writes
func main() {
	questions := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	folder := os.Args[1]
	null, err := os.Open(os.DevNull)
	fatal(err)
	os.Stdin, os.Stdout, os.Stderr = null, scratch(folder), scratch(folder)
	for {
		line, err := questions.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		fatal(err)
		var asked question
		fatal(json.Unmarshal(line, &asked))
		os.Args = append([]string{"pprof"}, asked.Words...)
		status := run()
		fatal(answers.Encode(answer{status, taken(os.Stdout), taken(os.Stderr)}))
	}
}
