// SPDX-License-Identifier: LGPL-2.1-or-later

// Zoo keeps and drops objects of all sizes: trees, lists, slices that grow,
// maps, texts.
package main

import (
	"container/list"
	"context"
	"fmt"
	"math/rand"
	"strings"
	"time"

	"example.com/programs/record"
)

type tree struct {
	left, right *tree
	payload     [3]uint64
}

func grow(depth int) *tree {
	if depth == 0 {
		return nil
	}
	return &tree{left: grow(depth - 1), right: grow(depth - 1)}
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.count() + t.right.count()
}

type animal interface {
	feed(random *rand.Rand)
}

// elephant keeps large blocks, and now and then drops the oldest.
type elephant struct {
	blocks [][]byte
}

func (e *elephant) feed(random *rand.Rand) {
	e.blocks = append(e.blocks, make([]byte, 1<<(12+random.Intn(7))))
	if len(e.blocks) > 40 {
		e.blocks = e.blocks[len(e.blocks)/2:]
	}
}

// ants are many small objects in a list.
type ants struct {
	trail list.List
}

func (a *ants) feed(random *rand.Rand) {
	for i := 0; i < 200; i++ {
		a.trail.PushBack(random.Int())
	}
	for a.trail.Len() > 5000 {
		a.trail.Remove(a.trail.Front())
	}
}

// parrot repeats texts, and remembers some.
type parrot struct {
	words map[string]string
}

func (p *parrot) feed(random *rand.Rand) {
	word := fmt.Sprintf("word-%d", random.Intn(2000))
	p.words[word] = strings.Repeat(word+" ", 1+random.Intn(12))
}

// snake grows a slice from nothing each time.
type snake struct {
	scales []uint64
}

func (s *snake) feed(random *rand.Rand) {
	s.scales = nil
	for i := 0; i < 500+random.Intn(2000); i++ {
		s.scales = append(s.scales, uint64(i))
	}
}

// monkey swings from tree to tree.
type monkey struct {
	home *tree
	seen int
}

func (m *monkey) feed(random *rand.Rand) {
	m.home = grow(6 + random.Intn(4))
	m.seen += m.home.count()
}

func feedAll[A animal](ctx context.Context, animals []A, random *rand.Rand) {
	for _, a := range animals {
		a.feed(random)
	}
}

func main() {
	record.Run(func(ctx context.Context) {
		random := rand.New(rand.NewSource(1))
		animals := []animal{
			&elephant{}, &ants{}, &parrot{make(map[string]string)}, &snake{}, &monkey{},
		}
		for ctx.Err() == nil {
			feedAll(ctx, animals, random)
			time.Sleep(100 * time.Microsecond)
		}
	})
}
