"""The trained network as ONNX files, in 32 bits and with dynamic 8-bit weights, for measuring against ONNX Runtime.

usage: onnx_export.py --out FOLDER [--model DIR/model.pt]
Writes encoder.onnx and encoder-int8.onnx (onnxruntime.quantization, per channel). Inputs: ids, segments and mask
[batch × tokens], read, which is 1 on the comment's tokens; outputs: the log-odds of each task. Without --model the base
with random heads is written, which takes as long.
"""
import argparse, os
import onnx, torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
import bases, quantised
from network import Model

LABELS = {"stance": ["none", "relativist", "skeptical", "supportive"], "polarity": ["negative", "neutral", "positive"], "sarcasm": ["no", "yes"]}


class Padded(nn.Module):
    """The network over padded batches, as ONNX Runtime runs it, with separate matrices for queries, keys and values as exports of BERT have."""

    def __init__(self, net, tasks):
        super().__init__()
        self.base, self.tasks, self.names = net.base, net.tasks, tasks
        width = net.base.words.weight.shape[1]
        self.parts = nn.ModuleList()
        for l in net.base.layers:
            parts = nn.ModuleList(nn.Linear(width, width) for _ in range(3))
            for i, p in enumerate(parts):
                p.weight.data, p.bias.data = l.qkv.weight.data[i * width:(i + 1) * width].clone(), l.qkv.bias.data[i * width:(i + 1) * width].clone()
            self.parts.append(parts)

    def forward(self, ids, segments, mask, read):
        b = self.base
        x = b.norm(b.words(ids) + b.places.weight[:ids.shape[1]][None] + b.types(segments))
        bias = (1 - mask[:, None, None, :].float()) * -1e4
        for l, parts in zip(b.layers, self.parts):
            split = lambda y: y.view(y.shape[0], y.shape[1], b.heads, -1).transpose(1, 2)
            q, k, v = (split(p(x)) for p in parts)
            a = torch.softmax(q @ k.transpose(2, 3) * (q.shape[-1] ** -0.5) + bias, -1) @ v
            x = l.norm1(x + l.out(a.transpose(1, 2).reshape(x.shape)))
            x = l.norm2(x + l.down(nn.functional.gelu(l.up(x))))
        w = read.float()[:, :, None]
        x = (x * w).sum(1) / w.sum(1)
        return tuple(self.tasks[t](x) for t in self.names)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", default=""); p.add_argument("--cache", default=os.path.join(bases.HERE, "cache")); p.add_argument("--out", required=True)
    o = p.parse_args()
    if o.model:
        net = quantised.load(o.model, o.cache)[0]
    else:
        net = Model(bases.load("minilm-l6", o.cache)[0], 12, LABELS).eval()
    os.makedirs(o.out, exist_ok=True)
    tasks = [t for t in LABELS]
    example = tuple(torch.ones(2, 9, dtype=torch.int64) for _ in range(4))
    names = ["ids", "segments", "mask", "read"]
    wide, narrow = os.path.join(o.out, "encoder.onnx"), os.path.join(o.out, "encoder-int8.onnx")
    torch.onnx.export(Padded(net, tasks), example, wide, input_names=names, output_names=tasks, opset_version=17, dynamo=False,
                      dynamic_axes={n: {0: "batch", 1: "tokens"} for n in names} | {t: {0: "batch"} for t in tasks})
    onnx.checker.check_model(wide)
    quantize_dynamic(wide, narrow, per_channel=True, weight_type=QuantType.QInt8)
    for f in (wide, narrow): print(f"{f}: {os.path.getsize(f):,} bytes")


if __name__ == "__main__":
    main()
