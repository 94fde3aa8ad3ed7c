// SPDX-License-Identifier: LGPL-2.1-or-later

// Pipeline turns orders from JSON into a table as CSV, in three stages joined
// by channels. What each stage does has the labels stage and shard.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"runtime/pprof"
	"sync"

	"example.com/programs/pipeline/table"
	"example.com/programs/record"
)

const shards = 2

type order struct {
	ID     int               `json:"id"`
	Client string            `json:"client"`
	Items  []item            `json:"items"`
	Notes  map[string]string `json:"notes,omitempty"`
}

type item struct {
	Name  string  `json:"name"`
	Count int     `json:"count"`
	Price float64 `json:"price"`
}

func (o *order) total() float64 {
	sum := 0.0
	for _, i := range o.Items {
		sum += float64(i.Count) * i.Price
	}
	return sum
}

func newOrder(id int) order {
	o := order{ID: id, Client: fmt.Sprintf("client %d", id%17)}
	for i := 0; i < 3+id%5; i++ {
		o.Items = append(o.Items, item{fmt.Sprintf("part %d", i*id%29), 1 + i, float64(id%7) + 0.25})
	}
	if id%4 == 0 {
		o.Notes = map[string]string{"gift": "yes", "card": "happy birthday"}
	}
	return o
}

// write is the first stage: batches of orders as JSON.
func write(ctx context.Context, out chan<- []byte) {
	defer close(out)
	for id := 0; ctx.Err() == nil; id += 50 {
		batch := make([]order, 50)
		for i := range batch {
			batch[i] = newOrder(id + i)
		}
		text, err := json.Marshal(batch)
		if err != nil {
			panic(err)
		}
		out <- text
	}
}

// read is the second: orders as rows of a table.
func read(in <-chan []byte, out chan<- *table.Table) {
	defer close(out)
	for text := range in {
		var batch []order
		if err := json.Unmarshal(text, &batch); err != nil {
			panic(err)
		}
		t := table.New("id", "client", "items", "total")
		for i := range batch {
			o := &batch[i]
			t.Add(o.ID, o.Client, len(o.Items), o.total())
		}
		out <- t
	}
}

// sum is the third: sorted tables as CSV, of which only the size is kept.
func sum(in <-chan *table.Table) {
	var text bytes.Buffer
	for t := range in {
		text.Reset()
		t.SortBy("total")
		if err := t.WriteCSV(&text); err != nil {
			panic(err)
		}
	}
}

func start(ctx context.Context, group *sync.WaitGroup, shard int, stage string, do func(ctx context.Context)) {
	group.Add(1)
	labels := pprof.Labels("stage", stage, "shard", fmt.Sprint(shard))
	go pprof.Do(ctx, labels, func(ctx context.Context) {
		defer group.Done()
		do(ctx)
	})
}

func main() {
	record.Run(func(ctx context.Context) {
		var group sync.WaitGroup
		for i := 0; i < shards; i++ {
			texts := make(chan []byte, 4)
			tables := make(chan *table.Table, 1)
			start(ctx, &group, i, "write", func(ctx context.Context) { write(ctx, texts) })
			start(ctx, &group, i, "read", func(context.Context) { read(texts, tables) })
			start(ctx, &group, i, "sum", func(context.Context) { sum(tables) })
		}
		group.Wait()
	})
}
