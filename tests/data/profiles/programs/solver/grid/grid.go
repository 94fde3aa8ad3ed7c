// SPDX-License-Identifier: LGPL-2.1-or-later

// Package grid solves sudokus.
package grid

import "sort"

// Puzzles are sudokus row by row, with dots for what is to be found.
var Puzzles = []string{
	"53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
	"..9748...7.........2.1.9.....7...24..64.1.59..98...3.....8.3.2.........6...2759..",
	"8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..",
}

// Grid is 81 digits, 0 where there is none.
type Grid struct {
	digits [81]int
	blanks set[int]
}

type set[T comparable] struct {
	members map[T]struct{}
}

func (s *set[T]) add(member T) {
	if s.members == nil {
		s.members = make(map[T]struct{})
	}
	s.members[member] = struct{}{}
}

func (s *set[T]) list() []T {
	list := make([]T, 0, len(s.members))
	for m := range s.members {
		list = append(list, m)
	}
	return list
}

// Parse reads one of Puzzles.
func Parse(text string) *Grid {
	g := &Grid{}
	for i, c := range text {
		if c == '.' {
			g.blanks.add(i)
		} else {
			g.digits[i] = int(c - '0')
		}
	}
	return g
}

func (g *Grid) isFree(at, digit int) bool {
	row, column := at/9, at%9
	for i := 0; i < 9; i++ {
		if g.digits[row*9+i] == digit || g.digits[i*9+column] == digit ||
			g.digits[box(row, column, i)] == digit {
			return false
		}
	}
	return true
}

// box is where the i-th digit of the box around a place is.
func box(row, column, i int) int {
	return (row/3*3+i/3)*9 + column/3*3 + i%3
}

func (g *Grid) fill(blanks []int) bool {
	if len(blanks) == 0 {
		return true
	}
	at := blanks[0]
	for digit := 1; digit <= 9; digit++ {
		if g.isFree(at, digit) {
			g.digits[at] = digit
			if g.fill(blanks[1:]) {
				return true
			}
			g.digits[at] = 0
		}
	}
	return false
}

// Solve fills the blanks, the first ones first.
func (g *Grid) Solve() bool {
	blanks := g.blanks.list()
	sort.Ints(blanks)
	return g.fill(blanks)
}
