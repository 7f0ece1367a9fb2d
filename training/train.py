"""Fine-tune a pretrained encoder on stance, polarity and sarcasm, with the public sets as further heads.

usage: train.py --data DATA --base minilm-l6 --out DIR [--fold 1/4] [--start DIR/model.pt]
With --fold whole sources are left out and measured at the end; without it everything is trained on.
A run goes on where it was stopped; its log is OUT/log.txt, its result OUT/model.pt, the log-odds of what was left out OUT/held.pt.
"""
import argparse, json, os, random, time, zlib
import numpy as np, torch
from torch.nn import functional as F
from tokenizers import Tokenizer
import bases, examples, measure
from network import Linear, Model

TITLE, PARENT, COMMENT = 56, 32, 112  # tokens at most
SHORT = 24  # a comment of fewer tokens is read with its parent by the program
SWAP = {"skeptical": "supportive", "supportive": "skeptical", "none": "none"}
MAIN = ("stance", "polarity", "sarcasm")


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True); p.add_argument("--cache", default=os.path.join(bases.HERE, "cache")); p.add_argument("--out", required=True)
    p.add_argument("--base", default="minilm-l6"); p.add_argument("--start", default="", help="a model.pt to start from")
    p.add_argument("--fold", default="", help="SEED/K: the sources left out"); p.add_argument("--tasks", default="arc,belief,rumour,agreement,vaccine,whatabout,worse")
    p.add_argument("--epochs", type=float, default=2); p.add_argument("--rate", type=float, default=8e-5); p.add_argument("--batch", type=int, default=32)
    p.add_argument("--smooth", type=float, default=0.1); p.add_argument("--turned", type=float, default=0.3, help="share of comments shown under the turned article")
    p.add_argument("--pairs", type=float, default=0, help="share of comments with a side that are shown under both articles of a pair by one hand in one batch, with a loss on the difference")
    p.add_argument("--more", action="store_true", help="learn from threads-more.jsonl too, but for the threads that direction is measured on")
    p.add_argument("--public", type=int, default=600, help="examples of a public set in an epoch"); p.add_argument("--emotions", type=int, default=2500)
    p.add_argument("--news", type=float, default=1, help="share of the comments of news in an epoch")
    p.add_argument("--own", type=int, default=4, help="showings in an epoch of a comment written for this project")
    p.add_argument("--often", default="-", help="threads written for this project whose name begins so are shown three times as often")
    p.add_argument("--case", type=float, default=0.25, help="share of comments shown under the stated case"); p.add_argument("--parents", type=float, default=0.35, help="share of replies shown with their parents"); p.add_argument("--seed", type=int, default=1); p.add_argument("--threads", type=int, default=1)
    p.add_argument("--taught", default="", help="what a teacher says of the comments (teach.py)"); p.add_argument("--trust", type=float, default=0.5, help="the teacher's part in what is learned of a labelled comment")
    p.add_argument("--unlabelled", type=float, default=1, help="with --taught, share of the comments without labels in an epoch")
    p.add_argument("--half", action="store_true", help="multiply in bfloat16: faster where the processor has tiles for it (AMX), slower elsewhere")
    p.add_argument("--still", type=int, default=0, help="layers, from the first, that stay as the base has them")
    p.add_argument("--ema", type=float, default=0.998)
    return p.parse_args()


class Sequences:
    """Examples as token ids: [CLS] article [SEP] parent [SEP] comment [SEP]; each text is cut once, and put together anew for each showing."""

    def __init__(self, tokenizer):
        self.tokenizer, self.memo = tokenizer, {}
        mpnet = tokenizer.token_to_id("[CLS]") is None
        self.cls, self.end = [tokenizer.token_to_id(t) for t in (("<s>", "</s>") if mpnet else ("[CLS]", "[SEP]"))]
        self.sep = [self.end] * (2 if mpnet else 1)

    def learn(self, texts):
        texts = sorted({t for t in texts if t} - self.memo.keys())
        for t, e in zip(texts, self.tokenizer.encode_batch(texts, add_special_tokens=False)):
            self.memo[t] = e.ids
        self.memo[""] = []

    def one(self, article, parent, text):
        a, p, c = self.memo[article][:TITLE], self.memo[parent][:PARENT], self.memo[text][:COMMENT]
        ids = [self.cls] + a + self.sep
        types = [0] * len(ids)
        ids += p + self.sep if p else []
        first = len(ids)
        ids += c + [self.end]
        return ids, types + [1] * (len(ids) - len(types)), first, first + max(1, len(c))

    def as_read(self, r):
        """An example as the program reads it."""
        return self.one(article(r["title"], r["lead"]), r["parent"] if len(self.memo[r["text"]]) < SHORT else "", r["text"])


def mark(r):
    """What an example is known by in the file of a teacher."""
    return zlib.crc32(f"{r['thread']}\t{r['id']}".encode())


def taught(path):
    """key → {task: the teacher's probabilities}, out of a file that teach.py wrote."""
    with np.load(path) as f:
        p = {t: F.softmax(torch.tensor(f[t], dtype=torch.float32), -1) for t in MAIN}
        return {int(k): {t: p[t][i] for t in MAIN} for i, k in enumerate(f["keys"])}


def article(title, lead):
    return " | ".join(x for x in (title, lead[:260]) if x)


def predict(net, seq, rows):
    """{(thread, id): {task: logits}}, of examples as the program reads them."""
    out = {}; s = sorted(((seq.as_read(r), r) for r in rows), key=lambda e: len(e[0][0]))
    with torch.no_grad():
        for i in range(0, len(s), 64):
            x = net([e[0] for e in s[i:i + 64]])
            for k, (_, r) in enumerate(s[i:i + 64]): out[(r["thread"], r["id"])] = {t: x[t][k].clone() for t in MAIN}
    return out


def main():
    o = options()
    os.makedirs(o.out, exist_ok=True)
    log = open(os.path.join(o.out, "log.txt"), "a")

    def say(*x):
        print(*x, file=log, flush=True); print(*x, flush=True)
    say(json.dumps(vars(o)))
    random.seed(o.seed); np.random.seed(o.seed); torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    arrays, tokenizer_json, digest = bases.load(o.base, o.cache)
    tokenizer = Tokenizer.from_str(tokenizer_json); tokenizer.no_truncation(); tokenizer.no_padding()
    rows = list(examples.news(o.data)); own, unseen = list(examples.own(o.more)), list(examples.own_held())
    aux = [r for r in examples.public(o.data) if set(r["labels"]) & set(o.tasks.split(","))] + list(examples.emotions(o.data))
    flips, both = examples.turned(o.data), examples.pairs()
    teacher = taught(o.taught) if o.taught else {}
    free = [r for r in examples.unlabelled(o.data) if mark(r) in teacher and r["title"]]
    labels = {}
    for r in rows + aux:
        for t, y in r["labels"].items():
            labels.setdefault(t, set()).add(y)
    labels = {t: sorted(v) for t, v in labels.items()}
    test = [r for r in rows if o.fold and examples.held(r["source"], o.fold)]
    train = [r for r in rows if not (o.fold and examples.held(r["source"], o.fold))]
    seq = Sequences(tokenizer); t0 = time.time()
    seq.learn([x for r in rows + own + unseen + aux + free for x in (article(r["title"], r["lead"]), article("", r["lead"]), r["title"], r["case"], r["parent"], r["text"])])
    seq.learn([x for t, lead, case in flips.values() for x in (article(t, lead), article("", lead), t, case)])
    seq.learn([x for pairs in both.values() for pair in pairs for t, lead in pair for x in (article(t, lead), article("", lead), t)])
    say(f"{len(train)} comments of news, {len(own)} written for this project, {len(aux)} others, {len(free)} without labels, {len(test)} left out; tokenised in {time.time()-t0:.0f} s; labels {labels}")

    def target(r, y):
        out = {}
        for t, v in y.items():
            p = torch.full((len(labels[t]),), o.smooth / len(labels[t])); p[labels[t].index(v)] += 1 - o.smooth
            out[t] = (p, r["weight"])
        return out

    def known(r):
        """The targets of an example under its own article: its labels, and what the teacher says of it."""
        out = target(r, r["labels"])
        for t, p in teacher.get(mark(r), {}).items():
            if t in out: p = o.trust * p + (1 - o.trust) * out[t][0]
            out[t] = (p, out[t][1] + o.trust * (1 - out[t][1]) if t in out else 1.0)
        return out

    def under(title, lead, case, x):
        """What stands for an article in one showing, chosen by x in [0, 1)."""
        a = case if case and x < o.case else title if x < o.case + 0.15 else article("" if lead and x < o.case + 0.27 else title, lead)
        return a if a in seq.memo else article(title, lead)

    def shown(r):
        """One showing of an example in training, [(sequence, targets {task: (probabilities, weight)})], or two, under both articles of a pair."""
        y, x = r["labels"], random.random()
        parent = r["parent"] if random.random() < o.parents else ""
        side = y.get("stance") in SWAP
        if side and r["thread"] in both and random.random() < o.pairs:
            sides = zip(random.choice(both[r["thread"]]), (y, {"stance": SWAP[y["stance"]]}))
            return [(seq.one(under(title, lead, "", x), parent, r["text"]), target(r, said)) for (title, lead), said in sides]
        if side and r["thread"] in flips and random.random() < o.turned:
            return [(seq.one(under(*examples.opposite(r, flips), x), parent, r["text"]), target(r, {"stance": SWAP[y["stance"]]}))]
        return [(seq.one(under(r["title"], r["lead"], r["case"], x), parent, r["text"]), known(r))]

    supports, doubts = labels["stance"].index("supportive"), labels["stance"].index("skeptical")

    def turning(logits, pairs, batch):
        """The loss of pairs, places in the batch of a comment under its article and under the opposite one: -log σ of how far the
        odds of support against doubt move the right way, which the tone of a comment can't bring about."""
        i, j = (torch.tensor(x) for x in zip(*pairs))
        side = torch.tensor([1.0 if batch[k][1]["stance"][0].argmax() == supports else -1.0 for k in i.tolist()])
        odds = logits[:, supports] - logits[:, doubts]
        return F.softplus(-(odds[i] - odds[j]) * side).sum() / len(batch)

    def epoch():
        by = {}
        for r in aux: by.setdefault(next(iter(r["labels"])), []).append(r)
        chosen = random.sample(train, int(len(train) * o.news)) + [r for t, rs in by.items() for r in random.sample(rs, min(len(rs), o.emotions if t == "polarity" else o.public))]
        chosen += random.sample(free, int(len(free) * o.unlabelled))
        chosen = chosen + own * o.own + [r for r in own if r["thread"].startswith(o.often)] * (2 * o.own)
        chosen = [shown(r) for r in chosen]; random.shuffle(chosen)
        out = []
        for i in range(0, len(chosen), o.batch * 40):
            part = sorted(chosen[i:i + o.batch * 40], key=lambda e: len(e[0][0][0]))
            out += [part[j:j + o.batch] for j in range(0, len(part), o.batch)]
        random.shuffle(out)
        return out

    Linear.half = o.half
    net = Model(arrays, bases.BASES[o.base]["heads"], labels)
    if o.start: net.load_state_dict(torch.load(o.start, weights_only=False)["net"])
    for part in [net.base.norm, *net.base.layers[:o.still]] if o.still else []: part.requires_grad_(False)
    first = epoch(); steps = int(len(first) * o.epochs)
    named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    flat = lambda n: n.endswith("bias") or "norm" in n
    opt = torch.optim.AdamW([{"params": [p for n, p in named if "tasks" not in n and not flat(n)], "weight_decay": 0.01},
                             {"params": [p for n, p in named if "tasks" not in n and flat(n)], "weight_decay": 0.0},
                             {"params": [p for n, p in named if "tasks" in n], "lr": o.rate * 5, "weight_decay": 0.01}], lr=o.rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1, (s + 1) / (0.06 * steps)) * max(0.02, 1 - s / steps))
    mean = {n: p.detach().clone() for n, p in named}; step = 0
    kept = os.path.join(o.out, "checkpoint.pt")
    if os.path.exists(kept):
        s = torch.load(kept, weights_only=False); net.load_state_dict(s["net"]); opt.load_state_dict(s["opt"]); schedule.load_state_dict(s["schedule"]); mean, step = s["mean"], s["step"]
        random.seed(o.seed + step); say(f"goes on at step {step}")
    t0, run, start = time.time(), 0.0, step
    net.train()
    while step < steps:
        for b in (first if step == 0 else epoch()):
            if step >= steps: break
            pairs, at = [], 0
            for e in b:
                if len(e) == 2 and e[0][1]["stance"][0].argmax() in (supports, doubts): pairs.append((at, at + 1))
                at += len(e)
            b = [s for e in b for s in e]
            out = net([s for s, _ in b]); loss = turning(out["stance"], pairs, b) if pairs else 0
            for t in labels:
                i = [k for k, (_, y) in enumerate(b) if t in y]
                if i:
                    p = torch.stack([b[k][1][t][0] for k in i]); w = torch.tensor([b[k][1][t][1] for k in i])
                    l = -(p * F.log_softmax(out[t][i], -1)).sum(-1)
                    loss = loss + (l * w).sum() / len(b) * {"stance": 1.0, "polarity": 0.6, "sarcasm": 0.3}.get(t, 0.6)
            opt.zero_grad(); loss.backward(); torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0); opt.step(); schedule.step(); step += 1
            decay = min(o.ema, (1 + step) / (10 + step))
            with torch.no_grad():
                for n, p in named: mean[n].lerp_(p, 1 - decay)
            run = 0.98 * run + 0.02 * float(loss.detach())
            if step in (10, 50) or step % 100 == 0:
                say(f"step {step}/{steps} loss {run/(1-0.98**(step-start)):.3f} {time.time()-t0:.0f} s, CPU {time.process_time():.0f} s")
            if step % 200 == 0:
                torch.save(dict(net=net.state_dict(), opt=opt.state_dict(), schedule=schedule.state_dict(), mean=mean, step=step), kept + ".new"); os.replace(kept + ".new", kept)
    with torch.no_grad():
        for n, p in named: p.copy_(mean[n])
    torch.save(dict(net=net.state_dict(), labels=labels, base=o.base, digest=digest, options=vars(o)), os.path.join(o.out, "model.pt"))

    net.eval()
    if test:
        p = predict(net, seq, test); torch.save(p, os.path.join(o.out, "held.pt"))
        say(measure.report(test, p, labels))
        no = predict(net, seq, [{**r, "parent": ""} for r in test]); replies = [r for r in test if r["parent"]]
        key = lambda r: (r["thread"], r["id"])
        say("labels of replies that change without parents: %.3f of %d" % (np.mean([int(p[key(r)]["stance"].argmax()) != int(no[key(r)]["stance"].argmax()) for r in replies]), len(replies)))
        torch.save(no, os.path.join(o.out, "held-no-parents.pt"))
    for name, rs in (("sources left out", test), ("threads of our own left out", unseen)):
        rs = [r for r in rs if r["thread"] in both and r["labels"]["stance"] in ("supportive", "skeptical")]
        if rs:
            same, opposite = (predict(net, seq, [examples.under(r, both[r["thread"]][0][side]) for r in rs]) for side in (0, 1))
            say(f"under the opposite article, {name}: {measure.direction(rs, same, opposite, labels)}")
    if os.path.exists(kept): os.remove(kept)


if __name__ == "__main__":
    main()
