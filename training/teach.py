"""What a trained model says of every comment that a smaller one learns from: teach.py --model DIR/model.pt --data DATA --out FILE.npz

The file holds no text: for each example the CRC-32 of its thread and id, and its log-odds of stance, polarity and sarcasm as the program
reads it (train.py, --taught).
"""
import argparse, os, time
import numpy as np, torch
from tokenizers import Tokenizer
import bases, examples
from network import Linear, Model
from train import MAIN, Sequences, article, mark


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True); p.add_argument("--data", required=True); p.add_argument("--out", required=True)
    p.add_argument("--cache", default=os.path.join(bases.HERE, "cache")); p.add_argument("--part", type=int, default=4096, help="comments after which what is known is written"); p.add_argument("--half", action="store_true"); p.add_argument("--threads", type=int, default=1)
    o = p.parse_args()
    torch.set_num_threads(o.threads); Linear.half = o.half
    m = torch.load(o.model, weights_only=False)
    arrays, tokenizer_json, _ = bases.load(m["base"], o.cache)
    tokenizer = Tokenizer.from_str(tokenizer_json); tokenizer.no_truncation(); tokenizer.no_padding()
    net = Model(arrays, bases.BASES[m["base"]]["heads"], m["labels"]); net.load_state_dict(m["net"]); net.eval()
    rows = [*examples.news(o.data), *(r for r in examples.unlabelled(o.data) if r["title"])]
    seq = Sequences(tokenizer)
    seq.learn([x for r in rows for x in (article(r["title"], r["lead"]), r["parent"], r["text"])])
    keys, logits, t0 = [], {t: [] for t in MAIN}, time.time()
    for i in range(0, len(rows), o.part):  # each sorted, so that a batch has texts of a length
        s = sorted(((seq.as_read(r), mark(r)) for r in rows[i:i + o.part]), key=lambda e: len(e[0][0]))
        with torch.no_grad():
            for k in range(0, len(s), 64):
                x = net([e[0] for e in s[k:k + 64]])
                keys += [m for _, m in s[k:k + 64]]
                for t in MAIN: logits[t].append(x[t].numpy().astype(np.float16))
        np.savez_compressed(o.out, keys=np.array(keys, np.uint32), **{t: np.concatenate(v) for t, v in logits.items()})
        print(f"{len(keys)} of {len(rows)} in {time.time()-t0:.0f} s", flush=True)


if __name__ == "__main__":
    main()
