// SPDX-License-Identifier: LGPL-2.1-or-later

// Package payload makes the texts that are put on the codes.
package payload

import (
	"encoding/base64"
	"fmt"
	"math/rand"
	"strings"
)

// Maker makes texts in turn; equal seeds give equal texts.
type Maker struct {
	random *rand.Rand
	n      int
}

// NewMaker makes a maker.
func NewMaker(seed int64) *Maker {
	return &Maker{random: rand.New(rand.NewSource(seed))}
}

// Next returns a text: a link, an access point, a business card or a ticket.
func (m *Maker) Next() string {
	m.n++
	kinds := []func() string{m.link, m.accessPoint, m.card, m.ticket}
	return kinds[m.n%len(kinds)]()
}

func (m *Maker) link() string {
	return fmt.Sprintf("https://example.com/item/%s?n=%d", m.word(8), m.n)
}

func (m *Maker) accessPoint() string {
	return fmt.Sprintf("WIFI:T:WPA;S:%s;P:%s;;", m.word(10), m.word(24))
}

func (m *Maker) card() string {
	var b strings.Builder
	b.WriteString("BEGIN:VCARD\nVERSION:3.0\n")
	fmt.Fprintf(&b, "N:%s;%s\n", m.word(9), m.word(6))
	for i := 0; i < 3; i++ {
		fmt.Fprintf(&b, "TEL:+%d\n", m.random.Int63n(1e12))
		fmt.Fprintf(&b, "EMAIL:%s@example.com\n", m.word(7))
	}
	b.WriteString("END:VCARD\n")
	return b.String()
}

func (m *Maker) ticket() string {
	secret := make([]byte, 120)
	m.random.Read(secret)
	return "TICKET:" + base64.StdEncoding.EncodeToString(secret)
}

func (m *Maker) word(length int) string {
	letters := make([]byte, length)
	for i := range letters {
		letters[i] = byte('a' + m.random.Intn(26))
	}
	return string(letters)
}
