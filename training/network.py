"""The encoder as it runs in Go: BERT's layers, the mean of the comment's own tokens, a linear head for each task.

Sequences are not padded: the tokens of a batch stand in one matrix, and only attention sees them by sequence.
"""
import math
import torch
from torch import nn
from torch.nn import functional as F


RELATIVE = "encoder.relative_attention_bias.weight"


def buckets(longest):
    """[longest, longest]: the row of MPNet's distances for each pair of tokens: 16 for each direction, the first 8 of one
    token each and the others growing up to 128 tokens (Raffel et al. 2020, section 2.1, as MPNet takes it over)."""
    back = torch.arange(longest)[:, None] - torch.arange(longest)[None, :]
    n = back.abs()
    far = 8 + (torch.log(n.clamp(min=1).float() / 8) / math.log(128 / 8) * 8).long()
    return torch.where(n < 8, n, far.clamp(max=15)) + 16 * (back < 0)


class Half(torch.autograd.Function):
    """x·wᵀ + b in bfloat16, for processors that multiply it in tiles (AMX): weights and their gradients stay in 32 bits.

    PyTorch's own autocast takes half as long again here: its gradients of weights and of attention fall off the tiles."""

    @staticmethod
    def forward(ctx, x, w, b):
        x, w = x.bfloat16(), w.bfloat16()
        ctx.save_for_backward(x, w)
        return torch.addmm(b.bfloat16(), x, w.t())

    @staticmethod
    def backward(ctx, g):
        x, w = ctx.saved_tensors
        g = g.bfloat16()
        return g @ w if ctx.needs_input_grad[0] else None, (g.t() @ x).float(), g.sum(0, dtype=torch.float32)


class Linear(nn.Linear):
    half = False

    def forward(self, x):
        return Half.apply(x, self.weight, self.bias) if self.half else super().forward(x)


def attention(q, k, v, mask):
    """softmax(q·kᵀ/√d + mask)·v, each [batch, heads, tokens, d]."""
    if q.dtype != torch.bfloat16:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    return (torch.matmul(q / math.sqrt(q.shape[-1]), k.transpose(-1, -2)) + mask.to(q.dtype)).softmax(-1) @ v


class Layer(nn.Module):
    def __init__(self, width, inner, eps):
        super().__init__()
        self.qkv, self.out = Linear(width, 3 * width), Linear(width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=eps), nn.LayerNorm(width, eps=eps)
        self.up, self.down = Linear(width, inner), Linear(inner, width)

    def forward(self, x, rows, shape, mask, heads, keep=None):
        """x [tokens, width]; rows: the place of each token in the padded [batch × longest]; keep: tokens that go on, in the last layer."""
        width = x.shape[1]
        qkv = self.qkv(x)
        padded = qkv.new_zeros(shape[0] * shape[1], 3 * width).index_copy(0, rows, qkv)
        q, k, v = padded.view(shape[0], shape[1], 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        a = attention(q, k, v, mask)
        a = a.transpose(1, 2).reshape(-1, width)
        if keep is not None:
            rows, x = rows[keep], x[keep]
        x = self.norm1(x + self.out(a.index_select(0, rows)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self, arrays, heads):
        super().__init__()
        a = {k: torch.tensor(v) for k, v in arrays.items() if "position_ids" not in k}
        self.heads = heads
        self.words = nn.Embedding.from_pretrained(a["embeddings.word_embeddings.weight"], freeze=True)
        self.places = nn.Embedding.from_pretrained(a["embeddings.position_embeddings.weight"], freeze=True)
        self.types = nn.Embedding.from_pretrained(a["embeddings.token_type_embeddings.weight"], freeze=True)
        width = self.words.weight.shape[1]
        eps = 1e-12
        if RELATIVE in a:  # MPNet: what attention adds by the distance of two tokens, the same in each layer
            eps = 1e-5
            self.register_buffer("distances", a[RELATIVE])
        self.norm = nn.LayerNorm(width, eps=eps)
        self.norm.load_state_dict({"weight": a["embeddings.LayerNorm.weight"], "bias": a["embeddings.LayerNorm.bias"]})
        count = 1 + max(int(k.split(".")[2]) for k in a if k.startswith("encoder.layer."))
        self.layers = nn.ModuleList()
        for l in range(count):
            p = f"encoder.layer.{l}."
            layer = Layer(width, a[p + "intermediate.dense.bias"].shape[0], eps)
            cat = lambda part: torch.cat([a[p + f"attention.self.{n}.{part}"] for n in ("query", "key", "value")])
            layer.load_state_dict({
                "qkv.weight": cat("weight"), "qkv.bias": cat("bias"),
                "out.weight": a[p + "attention.output.dense.weight"], "out.bias": a[p + "attention.output.dense.bias"],
                "norm1.weight": a[p + "attention.output.LayerNorm.weight"], "norm1.bias": a[p + "attention.output.LayerNorm.bias"],
                "up.weight": a[p + "intermediate.dense.weight"], "up.bias": a[p + "intermediate.dense.bias"],
                "down.weight": a[p + "output.dense.weight"], "down.bias": a[p + "output.dense.bias"],
                "norm2.weight": a[p + "output.LayerNorm.weight"], "norm2.bias": a[p + "output.LayerNorm.bias"],
            })
            self.layers.append(layer)

    def forward(self, sequences):
        """sequences: (token ids, segment ids, first token of the comment, end of the comment); returns [sequences, width]."""
        lengths = [len(s[0]) for s in sequences]
        longest = max(lengths)
        ids = torch.tensor([t for s in sequences for t in s[0]])
        types = torch.tensor([t for s in sequences for t in s[1]])
        places = torch.tensor([p for n in lengths for p in range(n)])
        batch = torch.tensor([b for b, n in enumerate(lengths) for _ in range(n)])
        rows = batch * longest + places
        inside = (torch.arange(longest)[None, :] < torch.tensor(lengths)[:, None])[:, None, None, :]
        near = self.distances[buckets(longest)].permute(2, 0, 1) if hasattr(self, "distances") else torch.tensor(0.0)
        mask = torch.where(inside, near, torch.tensor(float("-inf")))
        keep, owner, at = [], [], 0
        for b, (n, s) in enumerate(zip(lengths, sequences)):
            keep += range(at + s[2], at + s[3])
            owner += [b] * (s[3] - s[2])
            at += n
        keep, owner = torch.tensor(keep), torch.tensor(owner)
        x = self.norm(self.words(ids) + self.places(places) + self.types(types))
        x = x.bfloat16() if Linear.half else x
        for l, layer in enumerate(self.layers):
            x = layer(x, rows, (len(sequences), longest), mask, self.heads, keep if l == len(self.layers) - 1 else None)
        x = x.float()
        total = x.new_zeros(len(sequences), x.shape[1]).index_add(0, owner, x)
        return total / torch.bincount(owner, minlength=len(sequences))[:, None]


class Model(nn.Module):
    def __init__(self, arrays, heads, tasks):
        """tasks: name → list of labels."""
        super().__init__()
        self.base = Encoder(arrays, heads)
        width = self.base.words.weight.shape[1]
        self.tasks = nn.ModuleDict({t: nn.Linear(width, len(labels)) for t, labels in tasks.items()})
        for head in self.tasks.values():
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, sequences):
        x = self.base(sequences)
        return {t: head(x) for t, head in self.tasks.items()}
