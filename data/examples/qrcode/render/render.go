// SPDX-License-Identifier: LGPL-2.1-or-later

// Package render draws QR codes and writes them as PNG.
package render

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"example.com/qrcode/qr"
)

const quietZone = 4 // modules of light around the symbol

// Style says how a symbol looks.
type Style struct {
	Scale      int // pixels per module
	Dark       color.NRGBA
	Light      color.NRGBA
	Decoration bool // a gradient over the dark modules
}

// Draw makes the picture of a symbol: of two colours, or full if decorated.
func Draw(m *qr.Matrix, style Style) image.Image {
	side := (m.Size + 2*quietZone) * style.Scale
	if style.Decoration {
		return drawDecorated(m, style, side)
	}
	palette := color.Palette{style.Light, style.Dark}
	picture := image.NewPaletted(image.Rect(0, 0, side, side), palette)
	for y := 0; y < side; y++ {
		for x := 0; x < side; x++ {
			if isDark(m, x/style.Scale-quietZone, y/style.Scale-quietZone) {
				picture.SetColorIndex(x, y, 1)
			}
		}
	}
	return picture
}

func isDark(m *qr.Matrix, x, y int) bool {
	return x >= 0 && x < m.Size && y >= 0 && y < m.Size && m.At(x, y)
}

func drawDecorated(m *qr.Matrix, style Style, side int) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	fill(picture, picture.Bounds(), style.Light)
	for y := 0; y < m.Size; y++ {
		for x := 0; x < m.Size; x++ {
			if m.At(x, y) {
				drawModule(picture, x, y, m.Size, style)
			}
		}
	}
	return picture
}

func drawModule(picture *image.NRGBA, x, y, size int, style Style) {
	left, top := (x+quietZone)*style.Scale, (y+quietZone)*style.Scale
	area := image.Rect(left, top, left+style.Scale, top+style.Scale)
	c := blend(style.Dark, color.NRGBA{B: 0x60, A: 0xff}, x+y, 2*size)
	fill(picture, area, c)
}

func fill(picture *image.NRGBA, area image.Rectangle, c color.NRGBA) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			picture.SetNRGBA(x, y, c)
		}
	}
}

// blend goes from a to b in n steps.
func blend(a, b color.NRGBA, step, n int) color.NRGBA {
	return color.NRGBA{
		R: lerp(a.R, b.R, step, n),
		G: lerp(a.G, b.G, step, n),
		B: lerp(a.B, b.B, step, n),
		A: lerp(a.A, b.A, step, n),
	}
}

func lerp(a, b uint8, step, n int) uint8 {
	return uint8((int(a)*(n-step) + int(b)*step) / n)
}

// PNG encodes a picture.
func PNG(picture image.Image) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&out, picture); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
