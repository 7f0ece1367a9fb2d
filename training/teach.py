"""What a trained model says of every comment that a smaller one learns from: teach.py --model DIR/model.pt --data DATA --out FILE.npz

The file holds no text: for each example the CRC-32 of its thread and id, and its log-odds of stance, polarity and sarcasm as the program
reads it (train.py, --taught).
"""
import argparse, os
import numpy as np, torch
import bases, examples, quantised
from network import Linear
from train import MAIN, article, mark, predict


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True); p.add_argument("--data", required=True); p.add_argument("--out", required=True)
    p.add_argument("--cache", default=os.path.join(bases.HERE, "cache")); p.add_argument("--half", action="store_true"); p.add_argument("--threads", type=int, default=1)
    o = p.parse_args()
    torch.set_num_threads(o.threads); Linear.half = o.half
    net, _, seq = quantised.load(o.model, o.cache)
    rows = [*examples.news(o.data), *(r for r in examples.unlabelled(o.data) if r["title"])]
    seq.learn([x for r in rows for x in (article(r["title"], r["lead"]), r["parent"], r["text"])])
    said = predict(net, seq, rows)
    np.savez_compressed(o.out, keys=np.array([mark(r) for r in rows], np.uint32),
                        **{t: np.stack([said[r["thread"], r["id"]][t].numpy() for r in rows]).astype(np.float16) for t in MAIN})


if __name__ == "__main__":
    main()
