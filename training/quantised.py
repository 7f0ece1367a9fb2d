"""What 8 bits cost: the held-out comments judged by the trained network in 32 bits and as the Go kernels compute it.

usage: quantised.py --model DIR/model.pt --data DATA --fold SEED/K [--limit N] [--out DIR]
Comments are read as the program reads them. With --out the log-odds of 32 bits are written to DIR/held.pt and, without
parents, to DIR/held-no-parents.pt, for calibrate.py.
Weights are int8 by output channel, word vectors int8 by word; rows of activations, queries and keys are int8 by row,
values int8 by column over the sequence, attention's weights 8 bits without sign; sums are exact but for float32's
rounding, and GELU and softmax are the true ones (analysis/encoder/internal/kernels has theirs within 1e-4).
"""
import argparse, os
import numpy as np, torch
from torch import nn
from torch.nn import functional as F
from tokenizers import Tokenizer
import bases, examples, measure, train
from network import Layer, Model


def rounded(x, dim=-1):
    """x with 255 levels along dim: int8 in [-127, 127] and a scale."""
    top = x.abs().amax(dim, keepdim=True)
    return torch.where(top > 0, torch.round(x * (127 / top.clamp_min(1e-30))) * (top / 127), torch.zeros_like(x))


class Quantised(Layer):
    """A layer with the weights of another, computed in 8 bits."""

    def __init__(self, layer):
        nn.Module.__init__(self)
        self.__dict__["_modules"] = dict(layer._modules)
        with torch.no_grad():
            for linear in (self.qkv, self.out, self.up, self.down):
                linear.weight.copy_(rounded(linear.weight))

    def forward(self, x, rows, shape, mask, heads, keep=None):
        width = x.shape[1]
        padded = x.new_zeros(shape[0] * shape[1], 3 * width).index_copy(0, rows, self.qkv(rounded(x)))
        q, k, v = padded.view(shape[0], shape[1], 3, heads, width // heads).permute(2, 0, 3, 1, 4)  # [batch, heads, tokens, width of a head]
        score = rounded(q) @ rounded(k).transpose(2, 3) * (width // heads) ** -0.5
        score = score + mask
        w = torch.round(255 * torch.exp(score - score.amax(-1, keepdim=True)))
        a = (w @ rounded(v, 2)) / w.sum(-1, keepdim=True)  # padding is zeros, which change no column's scale
        a = a.transpose(1, 2).reshape(-1, width)
        if keep is not None:
            rows, x = rows[keep], x[keep]
        x = self.norm1(x + self.out(rounded(a.index_select(0, rows))))
        return self.norm2(x + self.down(rounded(F.gelu(self.up(rounded(x))))))


def quantise(net):
    """The network in 8 bits, in place of the one given."""
    with torch.no_grad():
        net.base.words.weight.copy_(rounded(net.base.words.weight))
    net.base.layers = nn.ModuleList(Quantised(l) for l in net.base.layers)
    return net


def load(path, cache):
    """(network, labels, sequences) of a model.pt."""
    model = torch.load(path, weights_only=False)
    arrays, tokenizer_json, digest = bases.load(model["base"], cache)
    if digest != model["digest"]:
        raise SystemExit(f"{path} was trained from weights with SHA-256 {model['digest']}, the base has {digest}")
    net = Model(arrays, bases.BASES[model["base"]]["heads"], model["labels"])
    net.load_state_dict(model["net"])
    tokenizer = Tokenizer.from_str(tokenizer_json); tokenizer.no_truncation(); tokenizer.no_padding()
    return net.eval(), model["labels"], train.Sequences(tokenizer)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True); p.add_argument("--data", required=True); p.add_argument("--cache", default=os.path.join(bases.HERE, "cache"))
    p.add_argument("--fold", required=True); p.add_argument("--limit", type=int, default=0, help="so many comments, every so many'th"); p.add_argument("--out", default="")
    o = p.parse_args()
    torch.set_num_threads(1)
    net, labels, seq = load(o.model, o.cache)
    rows = [r for r in examples.news(o.data) if examples.held(r["source"], o.fold)]
    if o.limit: rows = rows[::max(1, len(rows) // o.limit)]
    seq.learn([x for r in rows for x in (train.article(r["title"], r["lead"]), r["parent"], r["text"])])
    wide = train.predict(net, seq, rows)
    if o.out:
        torch.save(wide, os.path.join(o.out, "held.pt"))
        torch.save(train.predict(net, seq, [dict(r, parent="") for r in rows]), os.path.join(o.out, "held-no-parents.pt"))
    narrow = train.predict(quantise(net), seq, rows)
    print("32 bits"); print(measure.report(rows, wide, labels)); print("8 bits"); print(measure.report(rows, narrow, labels))
    for t in train.MAIN:
        rs, a, gold = measure.arrays(rows, wide, t, labels)
        _, b, _ = measure.arrays(rows, narrow, t, labels)
        n = a.shape[1]
        print("%-9s macro-F1 %+.4f from 32 to 8 bits; labels that change %.4f of %d; log-odds differ by %.3f at most, %.4f in the mean" % (
            t, measure.f1(gold, b.argmax(1), n).mean() - measure.f1(gold, a.argmax(1), n).mean(), (a.argmax(1) != b.argmax(1)).mean(), len(rs), np.abs(a - b).max(), np.abs(a - b).mean()))


if __name__ == "__main__":
    main()
