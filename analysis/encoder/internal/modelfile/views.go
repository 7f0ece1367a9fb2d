package modelfile

import (
	"encoding/binary"
	"math"
	"unsafe"
)

// nativeLittle is set where the processor keeps numbers as the file does.
var nativeLittle = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// float32s is a view of bytes as numbers, or a copy where there can't be one.
func float32s(b []byte) []float32 {
	n := len(b) / 4
	if n == 0 {
		return nil
	}
	if p := unsafe.Pointer(unsafe.SliceData(b)); nativeLittle && uintptr(p)%unsafe.Alignof(float32(0)) == 0 {
		return unsafe.Slice((*float32)(p), n)
	}
	list := make([]float32, n)
	for i := range list {
		list[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return list
}

// int8s is a view of bytes as signed ones.
func int8s(b []byte) []int8 {
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), len(b))
}

// bytesOf is a view of signed bytes as plain ones.
func bytesOf(list []int8) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), len(list))
}

func appendFloats(dst []byte, list []float32) []byte {
	for _, x := range list {
		dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(x))
	}
	return dst
}
