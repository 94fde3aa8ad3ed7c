// SPDX-License-Identifier: LGPL-2.1-or-later

// Package text makes up lines and knows how far words are apart.
package text

import (
	"fmt"
	"math/rand"
	"sort"
	"strings"
	"unicode"
)

var words = strings.Fields(`rain snow in the river mountain village an old
road leads over three bridges and beautiful gardens to a quiet house`)

// Lines makes n lines that depend on seed only.
func Lines(seed, n int) []string {
	random := rand.New(rand.NewSource(int64(seed)))
	lines := make([]string, n)
	for i := range lines {
		var b strings.Builder
		for w := 0; w < 8; w++ {
			b.WriteString(words[random.Intn(len(words))])
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d-%02d", random.Intn(3000), random.Intn(100))
		lines[i] = b.String()
	}
	return lines
}

func least(a, b, c int) int {
	if b < a {
		a = b
	}
	if c < a {
		a = c
	}
	return a
}

// Distance counts the letters to add, remove or change between two words.
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			before, row[j] = row[j], least(row[j]+1, row[j-1]+1, before+cost)
		}
	}
	return row[len(b)]
}

// Index says for each word on which lines it is.
func Index(lines []string) map[string][]int {
	index := make(map[string][]int)
	for n, line := range lines {
		for _, w := range strings.FieldsFunc(line, func(r rune) bool { return !unicode.IsLetter(r) }) {
			w = strings.Title(w)
			index[w] = append(index[w], n)
		}
	}
	for _, list := range index {
		sort.Sort(sort.Reverse(sort.IntSlice(list)))
	}
	return index
}
