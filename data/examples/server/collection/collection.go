// SPDX-License-Identifier: LGPL-2.1-or-later

// Package collection has small generic helpers for slices.
package collection

// Ordered is what has an order.
type Ordered interface {
	~int | ~int64 | ~uint64 | ~float64 | ~string
}

// Number is what can be added.
type Number interface {
	~int | ~int64 | ~float64
}

// Map applies f to each item.
func Map[T, U any](items []T, f func(T) U) []U {
	mapped := make([]U, 0, len(items))
	for _, item := range items {
		mapped = append(mapped, f(item))
	}
	return mapped
}

// Filter keeps the items that f likes.
func Filter[T any](items []T, f func(T) bool) []T {
	var kept []T
	for _, item := range items {
		if f(item) {
			kept = append(kept, item)
		}
	}
	return kept
}

// Sum adds up what f says of each item.
func Sum[T any, N Number](items []T, f func(T) N) (sum N) {
	for _, item := range items {
		sum += f(item)
	}
	return sum
}

// GroupBy gathers the items with the same key.
func GroupBy[T any, K comparable](items []T, key func(T) K) map[K][]T {
	groups := make(map[K][]T)
	for _, item := range items {
		k := key(item)
		groups[k] = append(groups[k], item)
	}
	return groups
}

// HeapSort sorts by key, in place.
func HeapSort[T any, K Ordered](items []T, key func(T) K) {
	for i := len(items)/2 - 1; i >= 0; i-- {
		siftDown(items, i, len(items), key)
	}
	for end := len(items) - 1; end > 0; end-- {
		items[0], items[end] = items[end], items[0]
		siftDown(items, 0, end, key)
	}
}

func siftDown[T any, K Ordered](items []T, root, end int, key func(T) K) {
	for {
		child := 2*root + 1
		if child >= end {
			return
		}
		if child+1 < end && less(key(items[child]), key(items[child+1])) {
			child++
		}
		if !less(key(items[root]), key(items[child])) {
			return
		}
		items[root], items[child] = items[child], items[root]
		root = child
	}
}

func less[K Ordered](a, b K) bool {
	return a < b
}
