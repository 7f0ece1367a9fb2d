package kernels

import (
	"encoding/binary"
	"fmt"
	"math"
)

// A packed matrix is a row of panels, one for 32 outputs each, with nothing between them. A panel is, in little endian:
//
//	offset  bytes        content
//	0       128          32 × int32: the sum of the output's weights
//	128     128          32 × float32: its scale
//	256     128          32 × float32: its bias
//	384     32 × inputs  blocks of 128 bytes, one for 4 inputs each: 32 outputs × the int8 weights of 4 inputs
//
// so that the weight of output o and input i is byte 384 + i/4*128 + o%32*4 + i%4 of panel o/32. The same layout
// serves every implementation and is meant to be read in place; a matrix that starts at a multiple of 64 bytes in
// memory is faster.
const (
	panelSums   = 0
	panelScales = 128
	panelBiases = 256
	panelData   = 384
	blockSize   = 128
)

func panelSize(inputs int) int { return panelData + Lanes*inputs }

// PackedSize is the number of bytes of a packed matrix. Both numbers must be multiples of 32.
func PackedSize(outputs, inputs int) int { return outputs / Lanes * panelSize(inputs) }

// Pack packs a matrix of outputs × inputs weights, row by row, with a scale and a bias for each output. It is an error
// if a weight is -128, a dimension isn't a positive multiple of 32 (inputs at most 65,536), the lengths don't fit, or a
// scale or bias isn't finite.
func Pack(weights []int8, scales, biases []float32, outputs, inputs int) ([]byte, error) {
	if outputs <= 0 || outputs%Lanes != 0 || inputs <= 0 || inputs%Lanes != 0 || inputs > 1<<16 {
		return nil, fmt.Errorf("packing a matrix of %d × %d: both must be multiples of %d, inputs at most %d", outputs, inputs, Lanes, 1<<16)
	}
	if len(weights) != outputs*inputs || len(scales) != outputs || len(biases) != outputs {
		return nil, fmt.Errorf("packing a matrix of %d × %d: there are %d weights, %d scales and %d biases", outputs, inputs, len(weights), len(scales), len(biases))
	}
	packed := make([]byte, PackedSize(outputs, inputs))
	for o := range outputs {
		panel := packed[o/Lanes*panelSize(inputs):][:panelSize(inputs)]
		lane := o % Lanes
		sum := int32(0)
		for i, w := range weights[o*inputs:][:inputs] {
			if w == -128 {
				return nil, fmt.Errorf("packing a matrix: weight %d of output %d is -128, the least is -127", i, o)
			}
			sum += int32(w)
			panel[panelData+i/4*blockSize+lane*4+i%4] = byte(w)
		}
		if !finite(scales[o]) || !finite(biases[o]) {
			return nil, fmt.Errorf("packing a matrix: output %d has scale %v and bias %v", o, scales[o], biases[o])
		}
		setHeader(panel, lane, sum, scales[o], biases[o])
	}
	return packed, nil
}

// CheckPacked tells whether a packed matrix that was read from a file keeps what the operations rely on: its size, the
// sums of its weights, none of which is -128, and finite scales and biases.
func CheckPacked(packed []byte, outputs, inputs int) error {
	if outputs <= 0 || outputs%Lanes != 0 || inputs <= 0 || inputs%Lanes != 0 || inputs > 1<<16 {
		return fmt.Errorf("packed matrix of %d × %d: both must be multiples of %d, inputs at most %d", outputs, inputs, Lanes, 1<<16)
	}
	if len(packed) != PackedSize(outputs, inputs) {
		return fmt.Errorf("packed matrix of %d × %d: it has %d bytes in place of %d", outputs, inputs, len(packed), PackedSize(outputs, inputs))
	}
	for p := range outputs / Lanes {
		panel := packed[p*panelSize(inputs):][:panelSize(inputs)]
		sums, least := sumsOf(panel)
		if least >= 0 {
			return fmt.Errorf("packed matrix: a weight of output %d is -128, the least is -127", p*Lanes+least)
		}
		for lane := range Lanes {
			sum, scale, bias := header(panel, lane)
			if sum != sums[lane] || !finite(scale) || !finite(bias) {
				return fmt.Errorf("packed matrix: output %d has sum %d in place of %d, scale %v, bias %v", p*Lanes+lane, sum, sums[lane], scale, bias)
			}
		}
	}
	return nil
}

// sumsOf are the sums of a panel's weights, and the first lane that has a weight of -128, -1 if
// none has.
func sumsOf(panel []byte) (sums [Lanes]int32, least int) {
	for at := panelData; at < len(panel); at += blockSize {
		for i, b := range panel[at:][:blockSize] {
			if int8(b) == -128 {
				return sums, i / 4
			}
			sums[i/4] += int32(int8(b))
		}
	}
	return sums, -1
}

func finite(x float32) bool { return math.Float32bits(x)&0x7f800000 != 0x7f800000 }

func setHeader(panel []byte, lane int, sum int32, scale, bias float32) {
	binary.LittleEndian.PutUint32(panel[panelSums+4*lane:], uint32(sum))
	binary.LittleEndian.PutUint32(panel[panelScales+4*lane:], math.Float32bits(scale))
	binary.LittleEndian.PutUint32(panel[panelBiases+4*lane:], math.Float32bits(bias))
}

func header(panel []byte, lane int) (sum int32, scale, bias float32) {
	sum = int32(binary.LittleEndian.Uint32(panel[panelSums+4*lane:]))
	scale = math.Float32frombits(binary.LittleEndian.Uint32(panel[panelScales+4*lane:]))
	bias = math.Float32frombits(binary.LittleEndian.Uint32(panel[panelBiases+4*lane:]))
	return sum, scale, bias
}
