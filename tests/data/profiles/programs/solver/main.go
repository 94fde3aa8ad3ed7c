// SPDX-License-Identifier: LGPL-2.1-or-later

// Solver solves puzzles by trying: sudokus, queens on a board, and sums of a
// set, with recursive functions, some of them generic.
package main

import (
	"context"
	"sync"

	"example.com/programs/record"
	"example.com/programs/solver/grid"
)

type number interface {
	~int | ~int64 | ~float64
}

// subsets calls visit with the sum of each subset, which it extends by itself.
func subsets[T number](set []T, sum T, visit func(T)) {
	if len(set) == 0 {
		visit(sum)
		return
	}
	subsets(set[1:], sum, visit)
	subsets(set[1:], sum+set[0], visit)
}

func countSums[T number](set []T, wanted T) int {
	n := 0
	subsets(set, 0, func(sum T) {
		if sum == wanted {
			n++
		}
	})
	return n
}

// queens counts the ways to put n queens on the rows from row on.
func queens(n, row int, columns, rising, falling uint) int {
	if row == n {
		return 1
	}
	ways := 0
	for free := ^(columns | rising | falling) & (1<<n - 1); free != 0; free &= free - 1 {
		place := lowest(free)
		ways += queens(n, row+1, columns|place, (rising|place)<<1, (falling|place)>>1)
	}
	return ways
}

func lowest(bits uint) uint {
	return bits & -bits
}

// isEven and isOdd take turns.
func isEven(n int, steps []byte) bool {
	if n == 0 {
		return len(steps) >= 0
	}
	return isOdd(n-1, append(steps, byte(n)))
}

//go:noinline
func isOdd(n int, steps []byte) bool {
	if n == 0 {
		return false
	}
	return isEven(n-1, append(steps, byte(n)))
}

func solveSudokus(ctx context.Context) {
	for ctx.Err() == nil {
		for _, text := range grid.Puzzles {
			g := grid.Parse(text)
			if !g.Solve() {
				panic("no solution")
			}
		}
	}
}

func countThings(ctx context.Context) {
	ints := []int{3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47}
	floats := []float64{0.5, 1.5, 2.25, 3, 4.75, 6, 7.5, 9, 11.25, 13, 15.5}
	for ctx.Err() == nil {
		countSums(ints, 100)
		countSums(floats, 24)
		queens(8, 0, 0, 0, 0)
		isEven(400, nil)
	}
}

func main() {
	record.Run(func(ctx context.Context) {
		var group sync.WaitGroup
		for _, work := range []func(context.Context){solveSudokus, countThings} {
			group.Add(1)
			go func(work func(context.Context)) {
				defer group.Done()
				work(ctx)
			}(work)
		}
		group.Wait()
	})
}
