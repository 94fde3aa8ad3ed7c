// SPDX-License-Identifier: LGPL-2.1-or-later

package qr

// A maskFunc tells whether it flips a module.
type maskFunc func(x, y int) bool

var masks = [8]maskFunc{
	func(x, y int) bool { return (x+y)%2 == 0 },
	func(x, y int) bool { return y%2 == 0 },
	func(x, y int) bool { return x%3 == 0 },
	func(x, y int) bool { return (x+y)%3 == 0 },
	func(x, y int) bool { return (x/3+y/2)%2 == 0 },
	func(x, y int) bool { return x*y%2+x*y%3 == 0 },
	func(x, y int) bool { return (x*y%2+x*y%3)%2 == 0 },
	func(x, y int) bool { return ((x+y)%2+x*y%3)%2 == 0 },
}

func (m *Matrix) applyMask(flips maskFunc) {
	for y := 0; y < m.Size; y++ {
		for x := 0; x < m.Size; x++ {
			if !m.isFunction(x, y) && flips(x, y) {
				m.dark[y*m.Size+x] = !m.dark[y*m.Size+x]
			}
		}
	}
}

// The weights of the four rules.
const (
	penaltyRun    = 3
	penaltyBlock  = 3
	penaltyFinder = 40
	penaltyShare  = 10
)

// lineReader reads one row or column, so that the rules need no direction.
type lineReader func(i int) bool

// runPenalty counts runs of five and more modules of one colour.
func runPenalty(line lineReader, size int) int {
	penalty, run := 0, 1
	for i := 1; i < size; i++ {
		if line(i) != line(i-1) {
			run = 1
			continue
		}
		if run++; run == 5 {
			penalty += penaltyRun
		} else if run > 5 {
			penalty++
		}
	}
	return penalty
}

// finderPenalty counts patterns that look like a finder with light on a side.
func finderPenalty(line lineReader, size int) int {
	penalty, window := 0, 0
	for i := 0; i < size; i++ {
		window = window << 1 & 0x7ff
		if line(i) {
			window |= 1
		}
		if i >= 10 && (window == 0x5d0 || window == 0x05d) {
			penalty += penaltyFinder
		}
	}
	return penalty
}

func (m *Matrix) blockPenalty() int {
	penalty := 0
	for y := 0; y+1 < m.Size; y++ {
		for x := 0; x+1 < m.Size; x++ {
			c := m.At(x, y)
			if c == m.At(x+1, y) && c == m.At(x, y+1) && c == m.At(x+1, y+1) {
				penalty += penaltyBlock
			}
		}
	}
	return penalty
}

// sharePenalty grows with each 5 % that dark and light differ from half.
func (m *Matrix) sharePenalty() int {
	dark := 0
	for _, d := range m.dark {
		if d {
			dark++
		}
	}
	total := m.Size * m.Size
	return abs(dark*20-total*10) / total * penaltyShare
}

// penalty is the score of a symbol; the mask with the lowest wins.
func (m *Matrix) penalty() int {
	penalty := m.blockPenalty() + m.sharePenalty()
	for at := 0; at < m.Size; at++ {
		row := func(i int) bool { return m.At(i, at) }
		column := func(i int) bool { return m.At(at, i) }
		penalty += runPenalty(row, m.Size) + runPenalty(column, m.Size)
		penalty += finderPenalty(row, m.Size) + finderPenalty(column, m.Size)
	}
	return penalty
}

// bestMask tries all masks and returns the symbol with the lowest penalty.
func bestMask(plain *Matrix, level Level) (best *Matrix) {
	lowest := 0
	for mask, flips := range masks {
		candidate := plain.clone()
		candidate.applyMask(flips)
		candidate.drawFormat(level, mask)
		if penalty := candidate.penalty(); best == nil || penalty < lowest {
			best, lowest = candidate, penalty
		}
	}
	return best
}
