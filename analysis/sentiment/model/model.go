// Package model holds the bytes of the embedded sentiment model. It imports nothing
// but embed, so that a program that doesn't use the engine doesn't carry it.
package model

import _ "embed"

// Bytes is a model in the format of package linear, made by "make train".
//
//go:embed sentiment.bin
var Bytes []byte
