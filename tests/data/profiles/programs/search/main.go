// SPDX-License-Identifier: LGPL-2.1-or-later

// Search looks for patterns in a text that it makes up, line by line, with
// regular expressions, by words, and by distance.
package main

import (
	"context"
	"regexp"
	"strings"
	"sync"

	"example.com/programs/record"
	"example.com/programs/search/text"
)

var patterns = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b(rain|snow) in ([a-z]+)\b`),
	regexp.MustCompile(`^(\w+) .* (\w+)$`),
	regexp.MustCompile(`(a|e|i|o|u){2,}[^aeiou ]+s?\b`),
	regexp.MustCompile(`\d{2,4}-\d\d`),
}

type hit struct {
	line    int
	pattern int
	words   []string
}

func match(lines []string) []hit {
	var hits []hit
	for n, line := range lines {
		for i, p := range patterns {
			if found := p.FindStringSubmatch(line); found != nil {
				hits = append(hits, hit{n, i, found})
			}
		}
	}
	return hits
}

func replace(lines []string) int {
	size := 0
	for _, line := range lines {
		size += len(patterns[0].ReplaceAllStringFunc(line, strings.ToUpper))
	}
	return size
}

func near(lines []string, word string) []int {
	var found []int
	for n, line := range lines {
		for _, w := range strings.Fields(line) {
			if text.Distance(w, word) <= 1 {
				found = append(found, n)
				break
			}
		}
	}
	return found
}

func main() {
	record.Run(func(ctx context.Context) {
		var group sync.WaitGroup
		for worker := 0; worker < 2; worker++ {
			group.Add(1)
			go func(seed int) {
				defer group.Done()
				for ; ctx.Err() == nil; seed += 2 {
					lines := text.Lines(seed, 200)
					hits := match(lines)
					if replace(lines) == 0 || len(hits) == 0 {
						panic("nothing found")
					}
					near(lines, "river")
					text.Index(lines)
				}
			}(worker)
		}
		group.Wait()
	})
}
