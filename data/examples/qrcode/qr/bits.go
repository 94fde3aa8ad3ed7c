// SPDX-License-Identifier: LGPL-2.1-or-later

package qr

// bitWriter packs numbers into bytes, highest bit first.
type bitWriter struct {
	bytes []byte
	n     int // bits written
}

func (w *bitWriter) writeBit(bit bool) {
	if w.n%8 == 0 {
		w.bytes = append(w.bytes, 0)
	}
	if bit {
		w.bytes[w.n/8] |= 0x80 >> (w.n % 8)
	}
	w.n++
}

func (w *bitWriter) write(value, width int) {
	for i := width - 1; i >= 0; i-- {
		w.writeBit(value>>i&1 != 0)
	}
}

// pad fills up to capacity bytes: a terminator, then 0xec and 0x11 in turn.
func (w *bitWriter) pad(capacity int) {
	for i := 0; i < 4 && w.n < 8*capacity; i++ {
		w.writeBit(false)
	}
	for w.n%8 != 0 {
		w.writeBit(false)
	}
	for filler := 0xec; w.n < 8*capacity; filler ^= 0xec ^ 0x11 {
		w.write(filler, 8)
	}
}
