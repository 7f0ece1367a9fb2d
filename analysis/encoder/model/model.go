// Package model holds the bytes of the model that the program has inside, and imports
// nothing. docs/model.md says how it was made and what it is worth.
package model

import _ "embed"

// Bytes is the model file; it mustn't be changed.
//
//go:embed stance.bin
var Bytes []byte
