"""Measures of predictions against labels: macro-F1 pooled, by source and of certain comments, accuracy, calibration, share error."""
from collections import Counter, defaultdict
import numpy as np, torch


def f1(gold, said, classes):
    out = []
    for c in range(classes):
        hit = ((gold == c) & (said == c)).sum()
        out.append(2 * hit / max(1, (gold == c).sum() + (said == c).sum()))
    return np.array(out)


def ece(p, gold, bins=10):
    top, ok = p.max(1), p.argmax(1) == gold
    at = np.minimum((top * bins).astype(int), bins - 1)
    return sum(abs(ok[at == b].mean() - top[at == b].mean()) * (at == b).mean() for b in range(bins) if (at == b).any())


def arrays(rows, logits, task, labels):
    rows = [r for r in rows if task in r["labels"]]
    x = np.array([logits[(r["thread"], r["id"])][task].tolist() for r in rows])
    return rows, x, np.array([labels[task].index(r["labels"][task]) for r in rows])


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def line(name, rows, p, gold, said):
    classes = p.shape[1]
    source = np.array([r["source"] for r in rows])
    sources = [s for s, n in Counter(source).items() if n >= 25]
    within = np.mean([f1(gold[source == s], said[source == s], classes)[[c for c in range(classes) if (gold[source == s] == c).any()]].mean() for s in sources])
    sure = np.array([r["certainty"] == 3 for r in rows])
    return "  %-28s macro-F1 %.3f  certain %.3f  accuracy %.3f  within sources %.3f  by class %s" % (
        name, f1(gold, said, classes).mean(), f1(gold[sure], said[sure], classes).mean(), (gold == said).mean(), within, f1(gold, said, classes).round(2).tolist())


def direction(rows, under, opposite, labels):
    """How comments that take a side are judged under their article and under the opposite one: whether the odds of support against
    doubt move the right way. Chance is 0.5 of each side; a model that only expects doubt under an invented headline has more of one side and as
    much less of the other."""
    s, d = labels["stance"].index("supportive"), labels["stance"].index("skeptical")
    odds = lambda p: np.array([float(p[(r["thread"], r["id"])]["stance"][s] - p[(r["thread"], r["id"])]["stance"][d]) for r in rows])
    supports = np.array([r["labels"]["stance"] == "supportive" for r in rows])
    up = odds(under) > odds(opposite)
    return "moves the right way %.3f of %d that support, %.3f of %d that doubt" % (up[supports].mean(), supports.sum(), 1 - up[~supports].mean(), (~supports).sum())


def report(rows, logits, labels):
    out = []
    for task in ("stance", "polarity", "sarcasm"):
        rs, x, gold = arrays(rows, logits, task, labels)
        p = softmax(x)
        out.append(line(task, rs, p, gold, p.argmax(1)))
        if task == "stance":
            for tau in (0.5, 1.0):
                out.append(line(f"stance, prior^-{tau}", rs, p, gold, (p / p.mean(0) ** tau).argmax(1)))
            threads = defaultdict(list)
            for k, r in enumerate(rs): threads[r["thread"]].append(k)
            error = [np.abs(p[v].mean(0) - np.bincount(gold[v], minlength=p.shape[1]) / len(v)).mean() for v in threads.values() if len(v) >= 20]
            out.append("  ECE %.3f, share error of %d threads of 20 and more %.3f; gold %s, said %s, mean probability %s; n %d" % (
                ece(p, gold), len(error), np.mean(error), np.bincount(gold, minlength=4).tolist(), np.bincount(p.argmax(1), minlength=4).tolist(), p.mean(0).round(3).tolist(), len(rs)))
    return "\n".join(out)


if __name__ == "__main__":
    import sys, examples, torch
    data, fold, *files = sys.argv[1:]
    rows = [r for r in examples.news(data) if examples.held(r["source"], fold)]
    labels = {"stance": ["none", "relativist", "skeptical", "supportive"], "polarity": sorted({r["labels"]["polarity"] for r in rows}), "sarcasm": ["no", "yes"]}
    each = [torch.load(f, weights_only=False) for f in files]
    for f, p in zip(files, each): print(f); print(report(rows, p, labels))
    if len(each) > 1:
        print("together"); print(report(rows, {k: {t: torch.stack([p[k][t].log_softmax(-1) for p in each]).mean(0) for t in each[0][k]} for k in each[0]}, labels))
