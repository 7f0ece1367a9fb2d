"""Seconds of processor time that ONNX Runtime takes for the unlabelled comments, with one thread.

usage: onnx_time.py FILE.onnx --data DATA [--tokens 256] [--limit N]
Comments are read as the program reads them (article, parent, comment), sorted by length and put into batches of at most
so many tokens with padding (256 was fastest of 128 to 4,096); tokenising isn't counted. Prints the seconds of CPU, which other processes don't change
much, and comments a second of them.
"""
import argparse, os, time
import numpy as np, onnxruntime
from tokenizers import Tokenizer
import bases, examples, train


def batches(sequences, tokens):
    """Lists of sequences, of about one length, whose padded tokens are at most so many."""
    out = []
    for s in sorted(sequences, key=lambda s: len(s[0])):
        if out and len(s[0]) * (len(out[-1]) + 1) <= tokens: out[-1].append(s)
        else: out.append([s])
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file"); p.add_argument("--data", required=True); p.add_argument("--cache", default=os.path.join(bases.HERE, "cache"))
    p.add_argument("--tokens", type=int, default=256); p.add_argument("--limit", type=int, default=0, help="so many comments, every so many'th")
    o = p.parse_args()
    _, tokenizer_json, _ = bases.load("minilm-l6", o.cache)
    tokenizer = Tokenizer.from_str(tokenizer_json); tokenizer.no_truncation(); tokenizer.no_padding()
    rows = list(examples.unlabelled(o.data))
    if o.limit: rows = rows[::max(1, len(rows) // o.limit)]
    seq = train.Sequences(tokenizer)
    seq.learn([x for r in rows for x in (train.article(r["title"], r["lead"]), r["parent"], r["text"])])
    work = batches([seq.as_read(r) for r in rows], o.tokens)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(o.file, options, providers=["CPUExecutionProvider"])
    total, padded, start = 0, 0, time.process_time()
    for b in work:
        shape = len(b), max(len(s[0]) for s in b)
        ids, segments, mask, read = (np.zeros(shape, np.int64) for _ in range(4))
        for i, (x, t, first, end) in enumerate(b):
            ids[i, :len(x)], segments[i, :len(x)], mask[i, :len(x)], read[i, first:end] = x, t, 1, 1
            total += len(x)
        padded += shape[0] * shape[1]
        session.run(None, {"ids": ids, "segments": segments, "mask": mask, "read": read})
    seconds = time.process_time() - start
    print(f"{os.path.basename(o.file)}: {seconds:.1f} s of CPU for {len(rows)} comments, {len(rows) / seconds:.0f} comments a second; {total} tokens, {padded} with padding, {len(work)} batches of up to {o.tokens}")


if __name__ == "__main__":
    main()
