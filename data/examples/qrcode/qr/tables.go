// SPDX-License-Identifier: LGPL-2.1-or-later

package qr

import "fmt"

// Level says how much damage a code survives.
type Level int

// The four levels: about 7, 15, 25 and 30 % of the bytes can be repaired.
const (
	Low Level = iota
	Medium
	Quartile
	High
)

// MaxVersion is the largest symbol made here, of 97 by 97 modules.
const MaxVersion = 20

func (l Level) String() string {
	return [...]string{"low", "medium", "quartile", "high"}[l]
}

// bits is how the level is written in the format information.
func (l Level) bits() int {
	return [...]int{1, 0, 3, 2}[l]
}

// checkBytes has the check bytes in each block, by level and version - 1.
var checkBytes = [4][MaxVersion]int{
	{7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28},
	{10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26},
	{13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30},
	{17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28},
}

// blocks has the number of blocks, by level and version - 1.
var blocks = [4][MaxVersion]int{
	{1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8},
	{1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16},
	{1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20},
	{1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25},
}

// rawBytes is how many bytes, data and check, fit a symbol.
func rawBytes(version int) int {
	modules := (16*version+128)*version + 64
	if version >= 2 {
		n := version/7 + 2
		modules -= (25*n-10)*n - 55
	}
	if version >= 7 {
		modules -= 36
	}
	return modules / 8
}

// dataBytes is how many of them are left for data.
func dataBytes(version int, level Level) int {
	return rawBytes(version) - checkBytes[level][version-1]*blocks[level][version-1]
}

// headerBits is the size of the mode and the length in byte mode.
func headerBits(version int) int {
	if version < 10 {
		return 4 + 8
	}
	return 4 + 16
}

// smallestVersion finds the smallest symbol for length bytes of text.
func smallestVersion(length int, level Level) (int, error) {
	for version := 1; version <= MaxVersion; version++ {
		if headerBits(version)+8*length <= 8*dataBytes(version, level) {
			return version, nil
		}
	}
	return 0, fmt.Errorf("qr: %d bytes do not fit version %d at level %v", length, MaxVersion, level)
}

// alignmentCentres has the coordinates of the alignment patterns on each axis.
func alignmentCentres(version int) []int {
	if version == 1 {
		return nil
	}
	n := version/7 + 2
	step := (version*4 + n*2 + 1) / (n*2 - 2) * 2
	centres := make([]int, n)
	centres[0] = 6
	for i, at := n-1, size(version)-7; i > 0; i, at = i-1, at-step {
		centres[i] = at
	}
	return centres
}

func size(version int) int {
	return 17 + 4*version
}
