// SPDX-License-Identifier: LGPL-2.1-or-later

// Package reedsolomon computes the error correction bytes of QR codes, over
// GF(256) with the polynomial x^8 + x^4 + x^3 + x^2 + 1.
package reedsolomon

const polynomial = 0x11d

var (
	exp [510]byte // twice as long as the group, so that sums need no modulo
	log [256]int
)

func init() {
	x := 1
	for i := 0; i < 255; i++ {
		exp[i], exp[i+255] = byte(x), byte(x)
		log[x] = i
		if x <<= 1; x > 255 {
			x ^= polynomial
		}
	}
}

// multiply multiplies two field elements. It is small enough to be inlined.
func multiply(a, b byte) byte {
	if a == 0 || b == 0 {
		return 0
	}
	return exp[log[a]+log[b]]
}

// Encoder holds the generator polynomial for one number of check bytes.
type Encoder struct {
	generator []byte // without its leading 1, highest power first
}

// NewEncoder makes an encoder that adds n check bytes.
func NewEncoder(n int) *Encoder {
	generator := make([]byte, n)
	generator[n-1] = 1
	root := byte(1)
	for i := 0; i < n; i++ {
		for j := range generator {
			generator[j] = multiply(generator[j], root)
			if j+1 < n {
				generator[j] ^= generator[j+1]
			}
		}
		root = multiply(root, 2)
	}
	return &Encoder{generator: generator}
}

// Encode returns the check bytes for data: the remainder of the division of
// data by the generator.
func (e *Encoder) Encode(data []byte) []byte {
	n := len(e.generator)
	remainder := make([]byte, n)
	for _, b := range data {
		factor := b ^ remainder[0]
		copy(remainder, remainder[1:])
		remainder[n-1] = 0
		for i, g := range e.generator {
			remainder[i] ^= multiply(g, factor)
		}
	}
	return remainder
}
