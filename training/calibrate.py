"""What held-out predictions tell of a model: a temperature for each task, figures.

usage: calibrate.py DATA FOLD HELD.pt [NO-PARENTS.pt] --out DIR
Writes DIR/calibration.json, which export.py puts into the model file, and DIR/held.jsonl, from which
training/reliability fits how probabilities tell the shares of a thread.
"""
import argparse, json, os
from collections import Counter
import numpy as np, torch
import examples, measure

STANCES, POLARITIES = ["skeptical", "relativist", "supportive", "none"], ["negative", "neutral", "positive"]


def temperature(x, gold):
    """The divisor of the logits with which the probability of the label shown holds best: that of the least expected
    calibration error. The likeliest one (Guo and others 2017) is larger here, because it also hedges against sources whose
    labels are of unusual frequencies, and makes the label shown look less sure than it is."""
    grid = np.exp(np.linspace(np.log(0.5), np.log(2), 140))
    return float(grid[np.argmin([np.mean([measure.ece(measure.softmax(x / t), gold, bins) for bins in (8, 10, 12, 15)]) for t in grid])])


def main():
    p = argparse.ArgumentParser(); p.add_argument("data"); p.add_argument("fold"); p.add_argument("held"); p.add_argument("without", nargs="?"); p.add_argument("--out", required=True)
    o = p.parse_args()
    rows = list(examples.news(o.data))
    test = [r for r in rows if examples.held(r["source"], o.fold)]; train = [r for r in rows if not examples.held(r["source"], o.fold)]
    logits = torch.load(o.held, weights_only=False)
    labels = {"stance": sorted(STANCES), "polarity": POLARITIES, "sarcasm": ["no", "yes"]}
    out = {"temperature": {}, "figures": {}}
    for task in labels:
        rs, x, gold = measure.arrays(test, logits, task, labels)
        t = temperature(x, gold); out["temperature"][task] = round(t, 4)
        q = measure.softmax(x / t)
        out["figures"][f"{task} ECE"] = round(float(measure.ece(q, gold)), 4)
        if task != "stance":
            out["figures"][f"{task} macro-F1"] = round(float(measure.f1(gold, q.argmax(1), q.shape[1]).mean()), 4)
            continue
        share = Counter(r["labels"]["stance"] for r in train); share = np.array([share[s] for s in labels["stance"]]) / len(train)
        for tau in (0, 0.25, 0.5, 0.75, 1):
            print(measure.line(f"stance, shown by p / share^{tau}", rs, q, gold, (np.log(q) - tau * np.log(share)).argmax(1)))
        said = q.argmax(1)
        f = measure.f1(gold, said, 4); sure = np.array([r["certainty"] == 3 for r in rs])
        out["figures"].update({"stance macro-F1": round(float(f.mean()), 4), "stance macro-F1, certain": round(float(measure.f1(gold[sure], said[sure], 4).mean()), 4), "stance accuracy": round(float((said == gold).mean()), 4)})
        shown = q[np.arange(len(q)), said]
        for t in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6): print("  below %.2f: %4d comments, right %.3f" % (t, (shown < t).sum(), (said == gold)[shown < t].mean()))
        with open(os.path.join(o.out, "held.jsonl"), "w") as f:
            order = [labels["stance"].index(s) for s in STANCES]
            for r, probabilities, k in zip(rs, q, said):
                f.write(json.dumps({"thread": r["thread"], "stance": labels["stance"][k], "truth": r["labels"]["stance"], "probabilities": [round(float(probabilities[i]), 6) for i in order]}) + "\n")
        if o.without:
            other = torch.load(o.without, weights_only=False); _, y, _ = measure.arrays(test, other, task, labels)
            no = y.argmax(1)
            reply = np.array([bool(r["parent"]) for r in rs]); out["figures"]["replies whose label changes without the parent"] = round(float((said != no)[reply].mean()), 4)
    json.dump(out, open(os.path.join(o.out, "calibration.json"), "w"), indent=1)
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
