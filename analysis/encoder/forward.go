package encoder

import (
	"stance.example/stance/analysis/encoder/internal/kernels"
)

// network is a BERT encoder (Devlin and others, NAACL 2019) with its weights as they
// lie in the model file: int8 matrices in the packed form of kernels, everything else
// float32.
type network struct {
	kernels      kernels.Set
	width, inner int // of a token's vector, and of the hidden layer in a feed-forward
	heads        int
	words        []int8    // [vocabulary × width]
	wordScales   []float32 // [vocabulary]
	places       []float32 // [longest sequence × width]
	segments     []float32 // [2 × width]
	norm         norm
	layers       []layer
}

// norm are the parameters of a layer norm, [width] each.
type norm struct{ gamma, beta []float32 }

// layer is one transformer layer: packed matrices of width → 3·width (queries, keys and
// values), width → width, width → inner, inner → width.
type layer struct {
	qkv, out, up, down []byte
	norm1, norm2       norm
}

// epsilon keeps a layer norm from dividing by nothing; BERT's value.
const epsilon = 1e-12

// buffers are what a forward pass writes to; they serve one goroutine at a time.
type buffers struct {
	x, residual, qkv, mixed, wide []float32
	q, wideQ                      []byte
	scale                         []float32
	kernels                       kernels.Scratch
}

// forward reads sequences and returns, in a buffer that the next call overwrites, the
// vectors of the places that they are read at (sequence.rows each), one after another.
//
// The sequences aren't padded: all their tokens stand in one matrix of rows × width,
// and only attention sees them one by one. A row depends on its own sequence alone, so
// that the result for a comment is the same in every batch.
func (n *network) forward(sequences []sequence, b *buffers) []float32 {
	k, w := n.kernels, n.width
	rows := b.fit(n, sequences)
	x, q, scale := b.x[:rows*w], b.q[:rows*w], b.scale[:rows]

	// A token starts as the sum of what it is, where it stands and which text it is of.
	row := 0
	for i := range sequences {
		for place, id := range sequences[i].ids {
			n.embed(x[row*w:(row+1)*w], b.residual[row*w:(row+1)*w], id, place, sequences[i].segments[place])
			row++
		}
	}
	k.LayerNorm(x, q, scale, x, b.residual, n.norm.gamma, n.norm.beta, epsilon, rows, w)

	for l := range n.layers {
		layer := &n.layers[l]

		// Every token looks at all tokens of its sequence.
		k.Gemm(b.qkv, q, scale, rows, layer.qkv, w, 3*w, &b.kernels)
		row = 0
		for i := range sequences {
			tokens := len(sequences[i].ids)
			k.Attention(b.mixed[row*w:], b.qkv[row*3*w:], tokens, n.heads, w/n.heads, &b.kernels)
			row += tokens
		}
		// Behind the last attention only the tokens that are read go on.
		if l == len(n.layers)-1 {
			rows = keep(sequences, w, x, b.mixed)
			x, q, scale = x[:rows*w], q[:rows*w], scale[:rows]
		}
		k.Quantize(q, scale, b.mixed, rows, w)
		k.Gemm(b.residual, q, scale, rows, layer.out, w, w, &b.kernels)
		k.LayerNorm(x, q, scale, x, b.residual, layer.norm1.gamma, layer.norm1.beta, epsilon, rows, w)

		// Every token is worked on by itself.
		k.Gemm(b.wide, q, scale, rows, layer.up, w, n.inner, &b.kernels)
		k.GELU(b.wideQ, scale, b.wide, rows, n.inner)
		k.Gemm(b.residual, b.wideQ, scale, rows, layer.down, n.inner, w, &b.kernels)
		k.LayerNorm(x, q, scale, x, b.residual, layer.norm2.gamma, layer.norm2.beta, epsilon, rows, w)
	}
	return x
}

// embed writes the vector of a piece of the vocabulary, and what is to be added to it:
// those of its place and segment.
func (n *network) embed(x, rest []float32, id int32, place int, segment uint8) {
	w := n.width
	word, scale := n.words[int(id)*w:int(id+1)*w], n.wordScales[id]
	at, of := n.places[place*w:(place+1)*w], n.segments[int(segment)*w:int(segment+1)*w]
	for i := range x {
		x[i] = float32(word[i]) * scale
		rest[i] = at[i] + of[i]
	}
}

// keep moves the rows that sequences are read at to the front of both matrices.
func keep(sequences []sequence, w int, x, mixed []float32) (rows int) {
	from := 0
	for i := range sequences {
		s := &sequences[i]
		first, n := (from+s.first)*w, s.rows()*w
		copy(x[rows*w:], x[first:first+n])
		copy(mixed[rows*w:], mixed[first:first+n])
		rows += s.rows()
		from += len(s.ids)
	}
	return rows
}

// fit makes room for the sequences and returns the number of their tokens.
func (b *buffers) fit(n *network, sequences []sequence) (rows int) {
	for i := range sequences {
		rows += len(sequences[i].ids)
	}
	if rows > len(b.scale) {
		b.x, b.residual, b.mixed = make([]float32, rows*n.width), make([]float32, rows*n.width), make([]float32, rows*n.width)
		b.qkv, b.wide = make([]float32, rows*3*n.width), make([]float32, rows*n.inner)
		b.q, b.wideQ, b.scale = make([]byte, rows*n.width), make([]byte, rows*n.inner), make([]float32, rows)
	}
	return rows
}
