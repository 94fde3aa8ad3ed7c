// SPDX-License-Identifier: LGPL-2.1-or-later

package api

import "sync"

// broadcaster tells each event to all who wait for one.
type broadcaster struct {
	mu      sync.Mutex
	waiting []chan string
}

// next returns a channel on which the next event comes.
func (b *broadcaster) next() <-chan string {
	b.mu.Lock()
	defer b.mu.Unlock()
	event := make(chan string, 1)
	b.waiting = append(b.waiting, event)
	return event
}

func (b *broadcaster) send(event string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, waiting := range b.waiting {
		waiting <- event // has room for one, so this never waits
	}
	b.waiting = nil
}
