// SPDX-License-Identifier: LGPL-2.1-or-later

// Package qr encodes bytes as QR codes of versions 1 to 20.
package qr

import (
	"sync"

	"example.com/qrcode/reedsolomon"
)

const modeByte = 4

var encoders sync.Map // number of check bytes to *reedsolomon.Encoder

func encoderFor(n int) *reedsolomon.Encoder {
	if e, ok := encoders.Load(n); ok {
		return e.(*reedsolomon.Encoder)
	}
	e, _ := encoders.LoadOrStore(n, reedsolomon.NewEncoder(n))
	return e.(*reedsolomon.Encoder)
}

// Encode makes the smallest symbol that holds text at the level.
func Encode(text string, level Level) (*Matrix, error) {
	version, err := smallestVersion(len(text), level)
	if err != nil {
		return nil, err
	}
	data := segment(text, version, level)
	m := newMatrix(size(version))
	m.drawPatterns(version)
	m.drawData(interleave(data, version, level))
	return bestMask(m, level), nil
}

// segment writes the text as one segment in byte mode.
func segment(text string, version int, level Level) []byte {
	var w bitWriter
	w.write(modeByte, 4)
	w.write(len(text), headerBits(version)-4)
	for i := 0; i < len(text); i++ {
		w.write(int(text[i]), 8)
	}
	w.pad(dataBytes(version, level))
	return w.bytes
}

// interleave cuts data into blocks, adds the check bytes of each, and deals
// out first all data, then all check bytes, one of each block in turn.
func interleave(data []byte, version int, level Level) []byte {
	nBlocks := blocks[level][version-1]
	nCheck := checkBytes[level][version-1]
	shortLength := len(data) / nBlocks
	nLong := len(data) % nBlocks
	encoder := encoderFor(nCheck)

	dataBlocks := make([][]byte, nBlocks)
	checkBlocks := make([][]byte, nBlocks)
	for i, at := 0, 0; i < nBlocks; i++ {
		length := shortLength
		if i >= nBlocks-nLong {
			length++
		}
		dataBlocks[i] = data[at : at+length]
		checkBlocks[i] = encoder.Encode(dataBlocks[i])
		at += length
	}
	return append(deal(dataBlocks), deal(checkBlocks)...)
}

func deal(blocks [][]byte) []byte {
	var out []byte
	longest := len(blocks[len(blocks)-1])
	for i := 0; i < longest; i++ {
		for _, block := range blocks {
			if i < len(block) {
				out = append(out, block[i])
			}
		}
	}
	return out
}
