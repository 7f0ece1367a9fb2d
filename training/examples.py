"""Examples to train on: a text with what stands before it, and its labels by task.

An example is a dict: thread, source, id, title, lead, case, parent, text, labels {task: label}, weight, certainty.
Comments of news carry stance, polarity and sarcasm at once; the public sets one label each, of a task of their own.
"""
import json, os, random, zlib

CERTAINTY = {3: 1.0, 2: 0.8, 1: 0.5}


def lines(path):
    with open(path, encoding="utf8") as f:
        return [json.loads(l) for l in f if l.strip()]


def spoken(comment):
    """(a comment's own words, those that it quotes in lines that begin with ">"): as corpus.Own does."""
    lines = comment.split("\n")
    own = "\n".join(l for l in lines if not l.lstrip(" \t").startswith(">"))
    if not own.strip() or ">" not in comment:
        return comment, ""
    return own, " ".join(l.lstrip("> \t") for l in lines if l.lstrip(" \t").startswith(">")).strip()


def news(data):
    for name in ("threads-train.jsonl", "threads-more.jsonl"):
        for t in lines(os.path.join(data, "news", name)):
            lead = (t.get("description") or t.get("text") or "").strip()[:400]
            case = t.get("case", "")
            if case:
                case += "".join(f" {word}: {', '.join(t[k])}." for word, k in (("For", "for"), ("Against", "against")) if t.get(k))
            for c in t["comments"]:
                text, quoted = spoken(c["text"])
                yield dict(thread=t["thread"], source=t["source"], id=c["id"], title=t["title"].strip(), lead=lead, case=case,
                           parent=(c.get("parent_text") or quoted)[:300], text=text, weight=CERTAINTY[c["certainty"]], certainty=c["certainty"],
                           labels={"stance": c["stance"], "polarity": c["sentiment"], "sarcasm": "yes" if c["sarcasm"] else "no"})


HERE = os.path.dirname(os.path.abspath(__file__))
OWN, MORE, HEADLINES = (os.path.join(HERE, n) for n in ("threads.jsonl", "threads-more.jsonl", "headlines.tsv"))
MEASURED = ("own-L-", "own-R-", "own-W-")  # threads of MORE that direction is measured on and nothing is learned from


def own(more=False):
    """Threads written for this project, to teach which way an article points and the rarer shapes of a stance."""
    for t in lines(OWN) + (lines(MORE) if more else []):
        if not t["thread"].startswith(MEASURED):
            yield from written(t)


def own_held():
    """Those that nothing is learned from."""
    for t in lines(MORE):
        if t["thread"].startswith(MEASURED):
            yield from written(t)


def written(t):
    by = {c["id"]: c["text"] for c in t["comments"]}
    for c in t["comments"]:
        yield dict(thread=t["thread"], source="own", id=c["id"], title=t["title"].strip(), lead=t["lead"].strip(), case="", parent=by.get(c.get("parent"), "")[:300],
                   text=c["text"], weight=1.0, certainty=3, labels={"stance": c["stance"], "polarity": c["sentiment"], "sarcasm": "yes" if c["sarcasm"] else "no"})


def turned(data):
    """thread → (headline, lead, case) of an article that could have put the opposite case."""
    out = {}
    with open(os.path.join(data, "news", "counter-headlines.tsv"), encoding="utf8") as f:
        for l in f:
            x = l.rstrip("\n").split("\t")
            if len(x) >= 4 and x[1].strip() not in ("", "-"):
                out[x[0]] = x[1:4]
    out.update({t["thread"]: (t["turned"]["title"], t["turned"]["lead"], "") for t in lines(OWN) + lines(MORE)})
    return out


def opposite(r, flips):
    """(headline, lead, case) of the opposite article of an example: without a lead where its own has none."""
    title, lead, case = flips[r["thread"]]
    return title, "" if not r["lead"] or r["lead"].startswith("(") else lead, case


def pairs():
    """thread → pairs of articles that one hand wrote, each (headline, lead): one that puts the case of the thread's own article, and one that
    puts the opposite case, so that only what they say tells them apart."""
    out = {t["thread"]: [((t["title"].strip(), t["lead"].strip()), (t["turned"]["title"], t["turned"]["lead"]))] for t in lines(OWN) + lines(MORE)}
    with open(HEADLINES, encoding="utf8") as f:
        for l in f:
            thread, same, lead, opposite, other = l.rstrip("\n").split("\t")
            out.setdefault(thread, []).append(((same, lead), (opposite, other)))
    return out


def under(r, article):
    """An example under another article, (headline, lead)."""
    return {**r, "title": article[0], "lead": article[1], "case": ""}


def one(task, label, thread, source, id, text, title="", lead="", parent=""):
    return dict(thread=thread, source=source, id=id, title=title[:300], lead=lead[:300], case="", parent=parent[:300], text=text, weight=1.0, certainty=0, labels={task: label})


def public(data):
    p = lambda n: os.path.join(data, "public", n)
    for t in lines(p("rumoureval2019-threads.jsonl")):
        by = {c["id"]: c["text"] for c in t["comments"]}
        for c in t["comments"]:
            if c["text"].strip():
                parent = by.get(c.get("parent"), "")
                yield one("rumour", c["stance"], t["thread"], t["source"], c["id"], c["text"], t["title"], parent="" if parent == t["title"] else parent)
    sets = (("belief", "belief.jsonl", lambda r: r["label"], False), ("arc", "arc.jsonl", lambda r: r["label"], False),
            ("vaccine", "vaccinelies.jsonl", lambda r: r["orig"], False), ("agreement", "subreddit_agreement.jsonl", lambda r: r["label"], True),
            ("whatabout", "whataboutism.jsonl", lambda r: "yes" if r["label"] == "relativist" else "no", False),
            ("worse", "cocolofa.jsonl", lambda r: {"relativist": "yes", "none_or_other": "no"}.get(r["label"]), False))
    for task, name, label, parent in sets:
        for i, r in enumerate(lines(p(name))):
            if label(r) is not None:
                context = r.get("ctx") or ""
                yield one(task, label(r), f"{task}:{r.get('group') or context}", r["ds"], f"{task}-{i}", r["text"],
                          **({"parent": context} if parent else {"title": context, "lead": r.get("desc") or ""}))


def emotions(data, part="train"):
    folder = os.path.join(data, "sentiment", "goemotions")
    names = [l.strip() for l in open(os.path.join(folder, "group-labels.txt"))]
    for i, l in enumerate(open(os.path.join(folder, f"group-{part}.tsv"), encoding="utf8")):
        text, labels = l.rstrip("\n").split("\t")[:2]
        k = [names[int(x)] for x in labels.split(",")]
        if len(k) == 1 and k[0] in ("negative", "neutral", "positive"):
            yield one("polarity", k[0], f"go{i}", "goemotions", f"go-{part}-{i}", text)


UNLABELLED = ("globeandmail-threads.jsonl", "reddit-threads.jsonl")


def unlabelled(data):
    for name in UNLABELLED:
        for t in lines(os.path.join(data, "unlabelled", name)):
            by = {c["id"]: c["text"] for c in t["comments"]}
            title, lead = t["article"].get("title", ""), t["article"].get("text", "")
            for c in t["comments"]:
                if c["text"].strip():
                    yield dict(thread=str(t["article"]), source=t["source"], id=c["id"], title=title.strip()[:300], lead=lead.strip()[:400], case="",
                               parent=by.get(c.get("parent"), "")[:300], text=c["text"], weight=1.0, certainty=0, labels={})


def held(source, fold):
    """Whether a source is left out of training: fold is SEED/K of five parts."""
    seed, k = fold.split("/")
    return zlib.crc32(f"{source}/{seed}".encode()) % 5 == int(k)
