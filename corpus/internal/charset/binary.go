package charset

import "bytes"

// signature is how a binary form of file begins.
type signature struct {
	offset int
	magic  string
	looks  string
	advice string // what to give instead, "" for nothing in particular
}

// signatures lists the forms people hand over by mistake. Those whose magic
// could begin a text ("MZ", "BM") are left to the count of control characters.
var signatures = []signature{
	{0, "\x89PNG\r\n\x1a\n", "a PNG image", ""},
	{0, "\xff\xd8\xff", "a JPEG image", ""},
	{0, "GIF87a", "a GIF image", ""},
	{0, "GIF89a", "a GIF image", ""},
	{0, "II*\x00", "a TIFF image", ""},
	{0, "MM\x00*", "a TIFF image", ""},
	{8, "WEBP", "a WebP image", ""},
	{8, "WAVE", "a sound file", ""},
	{0, "ID3\x03", "a sound file", ""},
	{0, "ID3\x04", "a sound file", ""},
	{0, "OggS\x00", "a sound or video file", ""},
	{4, "ftyp", "a video file", ""},
	{0, "\x1a\x45\xdf\xa3", "a video file", ""},
	{0, "%PDF-", "a PDF document", "save the page itself as HTML, or the document's text as .txt"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document of the old form", "save it as plain text, or a table as CSV"},
	{0, "bplist00", "a binary property list, such as a web archive of Safari", "save it again as page source, or as HTML from another browser"},
	{0, "PK\x03\x04", "a ZIP archive", "an Office document is to be saved as plain text, or a table as CSV; of any other give the file, not a pipe"},
	{0, "PK\x05\x06", "a ZIP archive", ""},
	{0, "\x1f\x8b", "gzip-compressed data", ""},
	{0, "\xfd7zXZ\x00", "xz-compressed data", ""},
	{0, "\x28\xb5\x2f\xfd", "zstd-compressed data", ""},
	{4, "1AY&SY", "bzip2-compressed data", ""},
	{0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive", ""},
	{0, "Rar!\x1a\x07", "a RAR archive", ""},
	{257, "ustar", "a tar archive", ""},
	{0, "\x7fELF", "an ELF program", ""},
	{0, "\xcf\xfa\xed\xfe", "a Mach-O program", ""},
	{0, "\xca\xfe\xba\xbe", "a program", ""},
	{0, "\x00asm", "a WebAssembly program", ""},
	{0, "SQLite format 3\x00", "an SQLite database", ""},
	{0, "PAR1\x15", "a Parquet table", ""},
}

// refusal returns the message for an input that isn't text, "" for text.
func (e encoding) refusal(head []byte) string {
	for _, s := range signatures {
		if len(head) > s.offset && bytes.HasPrefix(head[s.offset:], []byte(s.magic)) && s.plausible(head) {
			if s.advice != "" {
				return "is " + s.looks + ", not text; " + s.advice
			}
			return "is " + s.looks + ", not text"
		}
	}
	if e.wide == nil && mostlyControls(head) {
		return "is binary data, not text"
	}
	return ""
}

// plausible guards the signatures that stand inside the file, where a text might
// hold the same letters: such a file has a byte no text has before them or, for
// a tar archive, behind them.
func (s signature) plausible(head []byte) bool {
	if s.offset == 0 {
		return true
	}
	if bytes.HasPrefix(head, []byte("BZh")) {
		return true
	}
	return bytes.IndexByte(head, 0) >= 0
}

// mostlyControls reports whether more than one byte in fifty is a control
// character that texts don't hold. Random bytes have one in nine.
func mostlyControls(head []byte) bool {
	n := 0
	for _, b := range head {
		if isBinary(rune(b)) {
			n++
		}
	}
	return n*50 > len(head)
}
