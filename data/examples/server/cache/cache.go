// SPDX-License-Identifier: LGPL-2.1-or-later

// Package cache has a generic cache that forgets what was not used for long.
package cache

import "sync"

// LRU holds up to a number of values. Its methods may be called at once.
type LRU[K comparable, V any] struct {
	mu    sync.Mutex
	limit int
	items map[K]*item[K, V]
	root  item[K, V] // a ring: root.next is the newest, root.previous the oldest
}

type item[K comparable, V any] struct {
	key            K
	value          V
	next, previous *item[K, V]
}

// New makes an empty cache.
func New[K comparable, V any](limit int) *LRU[K, V] {
	c := &LRU[K, V]{limit: limit, items: make(map[K]*item[K, V])}
	c.root.next, c.root.previous = &c.root, &c.root
	return c
}

// Get returns the value of key, which make makes if it is not there. Two
// callers may both make it; the last one's value stays.
func (c *LRU[K, V]) Get(key K, make func(K) (V, error)) (V, error) {
	if value, ok := c.find(key); ok {
		return value, nil
	}
	value, err := make(key)
	if err == nil {
		c.put(key, value)
	}
	return value, err
}

func (c *LRU[K, V]) find(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	it, ok := c.items[key]
	if !ok {
		return value, false
	}
	it.unlink()
	c.linkFirst(it)
	return it.value, true
}

func (c *LRU[K, V]) put(key K, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.items[key]; ok {
		old.unlink()
	}
	it := &item[K, V]{key: key, value: value}
	c.items[key] = it
	c.linkFirst(it)
	if len(c.items) > c.limit {
		oldest := c.root.previous
		oldest.unlink()
		delete(c.items, oldest.key)
	}
}

func (c *LRU[K, V]) linkFirst(it *item[K, V]) {
	it.previous, it.next = &c.root, c.root.next
	it.previous.next, it.next.previous = it, it
}

func (it *item[K, V]) unlink() {
	it.previous.next, it.next.previous = it.next, it.previous
}
