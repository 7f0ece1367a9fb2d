// Package model holds the bytes of the embedded stance model. It imports nothing
// but embed, so that a program that doesn't use the engine doesn't carry it.
package model

import _ "embed"

// Bytes is a model in the format of package linear, made by "make train".
//
//go:embed stance.bin
var Bytes []byte
