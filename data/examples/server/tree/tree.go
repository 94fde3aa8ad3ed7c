// SPDX-License-Identifier: LGPL-2.1-or-later

// Package tree has a tree of directories in memory.
package tree

import (
	"crypto/sha256"
	"fmt"
	"math/rand"
)

// Entry is a file, or a directory if it has children.
type Entry struct {
	Name     string   `json:"name"`
	Size     int64    `json:"size"`
	Children []*Entry `json:"children,omitempty"`
}

// Grow makes a random directory, depth levels deep.
func Grow(random *rand.Rand, name string, depth int) *Entry {
	entry := &Entry{Name: name}
	if depth <= 0 {
		entry.Size = random.Int63n(1 << 20)
		return entry
	}
	for i := random.Intn(3) + 1; i > 0; i-- {
		child := fmt.Sprintf("%s-%d", name, i)
		entry.Children = append(entry.Children, Grow(random, child, depth-1-random.Intn(2)))
	}
	return entry
}

// Visitor is told of each entry, and with which depth.
type Visitor func(entry *Entry, depth int)

// Walk visits an entry and all below it.
func (e *Entry) Walk(visit Visitor) {
	e.walk(visit, 0)
}

func (e *Entry) walk(visit Visitor, depth int) {
	visit(e, depth)
	for _, child := range e.Children {
		child.walk(visit, depth+1)
	}
}

// TotalSize adds up the files.
func (e *Entry) TotalSize() int64 {
	if e.isFile() {
		return e.Size
	}
	return sizeOfAll(e.Children)
}

// sizeOfAll and TotalSize call each other.
func sizeOfAll(entries []*Entry) (total int64) {
	for _, entry := range entries {
		total += entry.TotalSize()
	}
	return total
}

func (e *Entry) isFile() bool {
	return len(e.Children) == 0
}

// Digest is a sum over names, sizes and the digests of the children.
func (e *Entry) Digest() [sha256.Size]byte {
	hash := sha256.New()
	fmt.Fprintf(hash, "%s %d\n", e.Name, e.Size)
	for _, child := range e.Children {
		digest := child.Digest()
		hash.Write(digest[:])
	}
	var sum [sha256.Size]byte
	hash.Sum(sum[:0])
	return sum
}
