// SPDX-License-Identifier: LGPL-2.1-or-later

package qr

// Matrix is a square of modules. Function modules are those that carry no
// data: finders, timing, alignment, format and version.
type Matrix struct {
	Size     int
	dark     []bool
	function []bool
}

func newMatrix(size int) *Matrix {
	return &Matrix{
		Size:     size,
		dark:     make([]bool, size*size),
		function: make([]bool, size*size),
	}
}

// At tells whether a module is dark.
func (m *Matrix) At(x, y int) bool {
	return m.dark[y*m.Size+x]
}

func (m *Matrix) isFunction(x, y int) bool {
	return m.function[y*m.Size+x]
}

func (m *Matrix) setFunction(x, y int, dark bool) {
	m.dark[y*m.Size+x] = dark
	m.function[y*m.Size+x] = true
}

func (m *Matrix) clone() *Matrix {
	return &Matrix{
		Size:     m.Size,
		dark:     append([]bool(nil), m.dark...),
		function: m.function,
	}
}

func abs(i int) int {
	if i < 0 {
		return -i
	}
	return i
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func (m *Matrix) drawFinder(cx, cy int) {
	for dy := -4; dy <= 4; dy++ {
		for dx := -4; dx <= 4; dx++ {
			x, y := cx+dx, cy+dy
			if x < 0 || x >= m.Size || y < 0 || y >= m.Size {
				continue
			}
			distance := max(abs(dx), abs(dy))
			m.setFunction(x, y, distance != 2 && distance != 4)
		}
	}
}

func (m *Matrix) drawAlignment(cx, cy int) {
	for dy := -2; dy <= 2; dy++ {
		for dx := -2; dx <= 2; dx++ {
			m.setFunction(cx+dx, cy+dy, max(abs(dx), abs(dy)) != 1)
		}
	}
}

func (m *Matrix) drawPatterns(version int) {
	last := m.Size - 1
	for i := 0; i < m.Size; i++ {
		m.setFunction(6, i, i%2 == 0)
		m.setFunction(i, 6, i%2 == 0)
	}
	m.drawFinder(3, 3)
	m.drawFinder(last-3, 3)
	m.drawFinder(3, last-3)

	centres := alignmentCentres(version)
	for i, y := range centres {
		for j, x := range centres {
			n := len(centres) - 1
			if i == 0 && j == 0 || i == 0 && j == n || i == n && j == 0 {
				continue // a finder is there
			}
			m.drawAlignment(x, y)
		}
	}
	m.drawFormat(Low, 0)
	m.drawVersion(version)
}

// remainder divides value by a polynomial of the given degree, over GF(2).
func remainder(value, polynomial, degree int) int {
	for i := 0; i < degree; i++ {
		value = value<<1 ^ value>>(degree-1)*polynomial
	}
	return value
}

func (m *Matrix) drawFormat(level Level, mask int) {
	data := level.bits()<<3 | mask
	word := (data<<10 | remainder(data, 0x537, 10)) ^ 0x5412
	bit := func(i int) bool { return word>>i&1 != 0 }

	for i := 0; i <= 5; i++ {
		m.setFunction(8, i, bit(i))
	}
	m.setFunction(8, 7, bit(6))
	m.setFunction(8, 8, bit(7))
	m.setFunction(7, 8, bit(8))
	for i := 9; i < 15; i++ {
		m.setFunction(14-i, 8, bit(i))
	}

	for i := 0; i < 8; i++ {
		m.setFunction(m.Size-1-i, 8, bit(i))
	}
	for i := 8; i < 15; i++ {
		m.setFunction(8, m.Size-15+i, bit(i))
	}
	m.setFunction(8, m.Size-8, true)
}

func (m *Matrix) drawVersion(version int) {
	if version < 7 {
		return
	}
	word := version<<12 | remainder(version, 0x1f25, 12)
	for i := 0; i < 18; i++ {
		a, b := m.Size-11+i%3, i/3
		m.setFunction(a, b, word>>i&1 != 0)
		m.setFunction(b, a, word>>i&1 != 0)
	}
}

// drawData writes the bytes in pairs of columns, from the right, up and down.
func (m *Matrix) drawData(data []byte) {
	i := 0
	for right := m.Size - 1; right > 0; right -= 2 {
		if right == 6 {
			right = 5 // the timing column is skipped
		}
		upward := (right+1)&2 == 0
		for step := 0; step < m.Size; step++ {
			y := step
			if upward {
				y = m.Size - 1 - step
			}
			for x := right; x >= right-1; x-- {
				if m.isFunction(x, y) || i >= 8*len(data) {
					continue
				}
				m.dark[y*m.Size+x] = data[i/8]>>(7-i%8)&1 != 0
				i++
			}
		}
	}
}
