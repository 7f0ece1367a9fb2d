"""Write the model file that the program reads (analysis/encoder/internal/modelfile) out of a trained model.

usage: export.py --model DIR/model.pt --data DATA --out FILE [--calibration calibration.json] [--reliability reliability.json] [--sure-from P]
Without --model an untrained one is written: the base's weights under random heads, to test with.
The vocabulary loses the pieces that readers' English doesn't need; on every text of the data the tokens stay the same,
which is checked. Weights become int8 by output channel, word vectors int8 by word.
"""
import argparse, hashlib, json, os, struct, unicodedata
import numpy as np, torch
from tokenizers import Tokenizer
import bases, examples
from network import Model
from train import TITLE, PARENT, COMMENT

POSITIONS = 256
ALIGN, LANES = 64, 32
SPECIAL = ("[UNK]", "[CLS]", "[SEP]")
NOTICES = {
    "minilm-l6": "all-MiniLM-L6-v2 of the Sentence-Transformers project, under the Apache License 2.0 (http://www.apache.org/licenses/LICENSE-2.0); changed: fine-tuned, vocabulary shortened, weights in 8 bits",
    "bge-small": "bge-small-en-v1.5 of the Beijing Academy of Artificial Intelligence, under the MIT License; changed: fine-tuned, vocabulary shortened, weights in 8 bits",
    "e5-small": "e5-small-v2 of Microsoft, under the MIT License; changed: fine-tuned, vocabulary shortened, weights in 8 bits",
}
# Options that say where files lay, not how the model was made.
PLACES = {"data", "cache", "out", "start", "taught", "threads"}


# The vocabulary.

def strings(x):
    if isinstance(x, str):
        yield x
    elif isinstance(x, (list, dict)):
        for y in x if isinstance(x, list) else x.values():
            yield from strings(y)


def data_files(data):
    return [os.path.join(folder, name) for folder, _, files in sorted(os.walk(data)) for name in sorted(files)]


def data_texts(data):
    """Every text of the data: strings of JSON lines, lines of other files; without duplicates."""
    seen = set()
    for path in data_files(data):
        with open(path, encoding="utf8", errors="replace") as f:
            for line in f:
                if path.endswith((".jsonl", ".json", ".ndjson")):
                    try:
                        seen.update(strings(json.loads(line)))
                        continue
                    except ValueError:
                        pass
                seen.add(line)
    return sorted(seen)


def latin(piece):
    """Whether a piece has no letter of another script than Latin."""
    return all(not unicodedata.category(c).startswith(("L", "M")) or unicodedata.name(c, "").startswith(("LATIN", "MODIFIER LETTER")) for c in piece)


def reachable(piece):
    """Whether the tokenizer can ever make the piece: marks and ideographs stand alone, so none is inside a word."""
    body = piece[2:] if piece.startswith("##") and len(piece) > 2 else piece
    marks = [c for c in body if unicodedata.category(c).startswith("P") or ord(c) < 128 and unicodedata.category(c).startswith("S") or 0x3400 <= ord(c) <= 0x9fff]
    return not marks or body == piece and len(piece) == 1


def prune(tokenizer_json, data, folder):
    """(the pieces that stay, their old ids); kept in folder, for it takes minutes."""
    key = hashlib.sha256(repr((tokenizer_json, [(f, os.path.getsize(f)) for f in data_files(data)], open(__file__).read())).encode()).hexdigest()
    kept = os.path.join(folder, f"pieces-{key[:12]}.json")
    if os.path.exists(kept):
        return json.load(open(kept))
    full = Tokenizer.from_str(tokenizer_json)
    full.no_truncation(); full.no_padding(); full.encode_special_tokens = True
    texts = data_texts(data)
    tokens, used = [], set()
    for i in range(0, len(texts), 4000):
        for e in full.encode_batch(texts[i:i + 4000], add_special_tokens=False):
            tokens.append(hash(tuple(e.tokens)))
            used.update(e.tokens)
    vocabulary = full.get_vocab()
    stay = [p for p, _ in sorted(vocabulary.items(), key=lambda x: x[1])
            if p in SPECIAL or p in used or not p.startswith("[unused") and p not in ("[PAD]", "[MASK]") and latin(p) and reachable(p)]
    d = json.loads(tokenizer_json)
    d["model"]["vocab"] = {p: i for i, p in enumerate(stay)}
    d["added_tokens"], d["post_processor"], d["padding"], d["truncation"] = [], None, None, None
    short = Tokenizer.from_str(json.dumps(d))
    for i in range(0, len(texts), 4000):
        for k, e in enumerate(short.encode_batch(texts[i:i + 4000], add_special_tokens=False)):
            if hash(tuple(e.tokens)) != tokens[i + k]:
                raise SystemExit("a text of the data has other tokens without the pieces that were dropped")
    print(f"{len(stay)} pieces of {len(vocabulary)} stay; {len(texts)} texts have the same tokens; {len(used)} pieces occur in them")
    old = [vocabulary[p] for p in stay]
    json.dump((stay, old), open(kept, "w"))
    return stay, old


# Weights in 8 bits.

def quantise(w):
    """(int8 in [-127, 127], scale of each row): w ≈ q · scale."""
    w = w.astype(np.float32)
    scale = np.abs(w).max(1) / np.float32(127)
    scale[scale == 0] = 1
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


def packed(w, bias):
    """A matrix of outputs × inputs as analysis/encoder/internal/kernels packs it."""
    q, scale = quantise(w)
    outputs, inputs = q.shape
    assert outputs % LANES == 0 and inputs % LANES == 0
    data = q.reshape(outputs // LANES, LANES, inputs // 4, 4).transpose(0, 2, 1, 3)
    sums = q.astype(np.int32).sum(1)
    out = bytearray()
    for p in range(outputs // LANES):
        s = slice(p * LANES, (p + 1) * LANES)
        out += sums[s].astype("<i4").tobytes() + scale[s].astype("<f4").tobytes() + bias[s].astype("<f4").tobytes() + np.ascontiguousarray(data[p]).tobytes()
    return bytes(out)


def sections(net, stay, old, tasks):
    """[(name, type, shape, bytes)] in the order of the file."""
    a = {k: v.detach().float().numpy() for k, v in net.items()}
    width = a["base.words.weight"].shape[1]
    vocabulary = "".join(p + "\n" for p in stay).encode()
    words, scale = quantise(a["base.words.weight"][old])
    out = [("vocabulary", "bytes", [len(vocabulary)], vocabulary), ("words", "int8", list(words.shape), words.tobytes())]

    def floats(name, x): out.append((name, "float32", list(x.shape), np.ascontiguousarray(x).astype("<f4").tobytes()))

    def norm(name, key): floats(name + ".gamma", a[key + ".weight"]); floats(name + ".beta", a[key + ".bias"])

    def matrix(name, key): out.append((name, "packed", list(a[key + ".weight"].shape), packed(a[key + ".weight"], a[key + ".bias"])))
    floats("words.scale", scale); floats("positions", a["base.places.weight"][:POSITIONS]); floats("segments", a["base.types.weight"])
    norm("norm", "base.norm")
    layers = 1 + max(int(k.split(".")[2]) for k in a if k.startswith("base.layers."))
    for l in range(layers):
        p, key = f"layer.{l}.", f"base.layers.{l}."
        matrix(p + "qkv", key + "qkv"); matrix(p + "out", key + "out"); norm(p + "norm1", key + "norm1")
        matrix(p + "up", key + "up"); matrix(p + "down", key + "down"); norm(p + "norm2", key + "norm2")
    for t in tasks:
        floats(f"head.{t}.weights", a[f"tasks.{t}.weight"]); floats(f"head.{t}.bias", a[f"tasks.{t}.bias"])
    shape = dict(layers=layers, width=width, inner=a["base.layers.0.up.bias"].shape[0], positions=POSITIONS, pieces=len(stay))
    return out, shape


# The file.

CRC = [0] * 256
for i in range(256):
    c = i
    for _ in range(8): c = c >> 1 ^ (0x82F63B78 if c & 1 else 0)
    CRC[i] = c


def crc32c(data):
    c = 0xFFFFFFFF
    for b in data: c = CRC[(c ^ b) & 255] ^ c >> 8
    return c ^ 0xFFFFFFFF


def file(header, content):
    digest = hashlib.sha256(b"".join(x[3] for x in content)).hexdigest()
    size, encoded = -1, b""
    while len(encoded) != size:  # offsets have digits, which make the header longer
        size, at, entries = len(encoded), 24 + len(encoded), []
        for name, kind, shape, data in content:
            at = (at + ALIGN - 1) // ALIGN * ALIGN
            entries.append(dict(name=name, type=kind, shape=shape, offset=at, length=len(data)))
            at += len(data)
        encoded = json.dumps(dict(header, id=digest, sections=entries), separators=(",", ":")).encode()
    body = bytearray(b"\x89stance\n" + struct.pack("<IIQ", 1, len(encoded), at + 4) + encoded)
    for e, (_, _, _, data) in zip(entries, content):
        body += bytes(e["offset"] - len(body)) + data
    return bytes(body) + struct.pack("<I", crc32c(body))


# What the file says of itself.

def training_files(data, tasks, options):
    """What the model was taught with: each file's name, SHA-256 and counts."""
    rows = {"news/threads-train.jsonl": "per thread in its licence field", "news/threads-more.jsonl": "per thread in its licence field", "news/counter-headlines.tsv": "made for this project"}
    public = dict(belief="belief", arc="arc", vaccine="vaccinelies", agreement="subreddit_agreement", whatabout="whataboutism", worse="cocolofa", rumour="rumoureval2019-threads")
    rows.update({f"public/{public[t]}.jsonl": "see the source" for t in tasks if t in public})
    rows["sentiment/goemotions/group-train.tsv"] = "Apache-2.0"
    if options.get("own"):
        rows["threads.jsonl"] = "written for this project"
    if options.get("taught"):
        rows.update({f"unlabelled/{name}": "see the source; without labels" for name in examples.UNLABELLED})
        rows["teacher.npz"] = "made for this project: what all-mpnet-base-v2 (Sentence-Transformers, Apache-2.0), fine-tuned on the same data, says of the comments"
    out = []
    for name, terms in rows.items():
        path = os.path.join(examples.HERE if "/" not in name else data, name)
        raw = open(path, "rb").read()
        if name.endswith("npz"):
            threads, count = 0, len(np.load(path)["keys"])
        else:
            lines = [l for l in raw.decode("utf8").split("\n") if l.strip()]
            threads = len(lines) if "threads" in name else 0
            count = sum(len(json.loads(l).get("comments", [0])) if name.endswith("jsonl") else l.split("\t")[1].strip() != "-" for l in lines)
        out.append(dict(name=name, sha256=hashlib.sha256(raw).hexdigest(), threads=threads, examples=count, terms=terms))
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", default=""); p.add_argument("--data", required=True); p.add_argument("--cache", default=os.path.join(bases.HERE, "cache")); p.add_argument("--out", required=True)
    p.add_argument("--calibration", default=""); p.add_argument("--reliability", default=""); p.add_argument("--sure-from", type=float, default=0)
    o = p.parse_args()
    load = lambda path: json.load(open(path)) if path else {}
    if o.model:
        model = torch.load(o.model, weights_only=False)
    else:
        torch.manual_seed(1)
        labels = {"stance": ["none", "relativist", "skeptical", "supportive"], "polarity": ["negative", "neutral", "positive"], "sarcasm": ["no", "yes"]}
        arrays, _, digest = bases.load("minilm-l6", o.cache)
        model = dict(net=Model(arrays, 12, labels).state_dict(), labels=labels, base="minilm-l6", digest=digest, options={})
    base, labels, calibration = bases.BASES[model["base"]], model["labels"], load(o.calibration)
    _, tokenizer_json, digest = bases.load(model["base"], o.cache)
    if digest != model["digest"]:
        raise SystemExit(f"the model was trained from weights with SHA-256 {model['digest']}, the base has {digest}")
    stay, old = prune(tokenizer_json, o.data, os.path.join(o.cache, model["base"]))
    content, shape = sections(model["net"], stay, old, labels)
    tasks = []
    for t, names in labels.items():
        tasks.append(dict(name=t, labels=names, temperature=calibration.get("temperature", {}).get(t, 1.0)))
    passport = dict(base=dict(name=base["model"], package=f"{base['source']}:{base['package']}", sha256=digest, licence=base["licence"], notice=NOTICES[model["base"]]),
                    labels=labels["stance"], options={k: str(v) for k, v in model["options"].items() if k not in PLACES}, sources=training_files(o.data, labels, model["options"]) if o.model else [],
                    figures=calibration.get("figures", {}), sure_from=o.sure_from)
    if o.reliability:
        passport["reliability"] = load(o.reliability)
    header = dict(kind="encoder", architecture=dict(shape, heads=base["heads"]), budget=dict(article=TITLE, parent=PARENT, comment=COMMENT), tasks=tasks, passport=passport)
    data = file(header, content)
    with open(o.out + ".new", "wb") as f: f.write(data)
    os.replace(o.out + ".new", o.out)
    print(f"{o.out}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
