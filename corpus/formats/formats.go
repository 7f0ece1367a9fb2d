// Package formats is the one visible list of the saved forms that can be read,
// and the way from a stream of bytes to threads.
package formats
