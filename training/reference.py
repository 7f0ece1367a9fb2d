"""What the reference tokenizer makes of the texts of the data, as checksums that the Go tests compare with.

usage: reference.py DATA CACHE FOLDER
Writes into FOLDER: pieces.txt, the vocabulary; texts.txt, a line for each thread: file, number of the line, CRC-32 of the
tokens of its texts; characters.txt, a line for each 4,096 code points; random.txt, a line for each hundred made-up texts.
A token goes into the checksum as "piece start end\\n", bytes of UTF-8; a text ends with a "\\n" of its own.
"""
import json, os, sys, zlib
from tokenizers import Tokenizer
import bases

FIELDS = ("title", "description", "case", "text")  # of a thread, before its comments' parent_text and text
# Characters of another category or decomposition since the reference's Unicode, and capitals added of late.
CHANGED = {0x166D, 0x1734, 0x1885, 0x1886, 0xA9BD, 0x111C9, 0x11938, 0x1C89, 0xA7CB, 0xA7CC, 0xA7CE, 0xA7D2, 0xA7D4, 0xA7DA, 0xA7DC, *range(0x10D50, 0x10D66), *range(0x16EA0, 0x16EB9)}
# Ranges that made-up texts take their characters from, ASCII most often.
RANGES = [(0x61, 0x7B)] * 6 + [(0x20, 0x7F)] * 6 + [(0x20, 0x21)] * 3 + [(0, 0x20), (0x80, 0x250), (0xC0, 0x100), (0x300, 0x370), (0x300, 0x310), (0x370, 0x400), (0x400, 0x500),
    (0x1E00, 0x2000), (0x2000, 0x2070), (0x2018, 0x201E), (0x20A0, 0x20C0), (0x2190, 0x2300), (0x3040, 0x3100), (0x4E00, 0xA000), (0xAC00, 0xD7A4), (0xF900, 0xFB07), (0xFB00, 0xFB07),
    (0xFE00, 0xFE10), (0xFF00, 0xFF60), (0xFFF0, 0x10000), (0x1F1E6, 0x1F200), (0x1F300, 0x1F650), (0xE0020, 0xE0080)]


def rows(tokenizer, texts):
    out = []
    for text, e in zip(texts, tokenizer.encode_batch(texts, add_special_tokens=False)):
        at = [0]
        for c in text:
            at.append(at[-1] + len(c.encode()))
        out.append("".join(f"{p} {at[s]} {at[t]}\n" for p, (s, t) in zip(e.tokens, e.offsets)) + "\n")
    return "".join(out).encode()


def thread_texts(t):
    out = [t["article"][f] for f in ("title", "text") if f in t.get("article", {})] + [t[f] for f in FIELDS if f in t]
    for c in t["comments"]:
        out += [c[f] for f in ("parent_text", "text") if c.get(f)]
    return out


def made_up(count):
    """Texts by a linear congruential generator (Knuth's MMIX), which the Go test has too."""
    state = 1

    def below(n):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (state >> 33) % n
    for _ in range(count):
        length = 1 + below(40) + (below(300) if below(10) == 0 else 0)
        text = ""
        for _ in range(length):
            lo, hi = RANGES[below(len(RANGES))]
            text += chr(lo + below(hi - lo))
        yield text


def main():
    data, cache, folder = sys.argv[1:]
    _, tokenizer_json, _ = bases.load("minilm-l6", cache)
    tokenizer = Tokenizer.from_str(tokenizer_json)
    tokenizer.no_truncation(); tokenizer.no_padding(); tokenizer.encode_special_tokens = True
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda x: x[1])
    write = lambda name, text: open(os.path.join(folder, name), "w", encoding="utf8", newline="\n").write(text)
    write("pieces.txt", "".join(p + "\n" for p, _ in pieces))
    out = ""
    for name in ("unlabelled/globeandmail-threads.jsonl", "unlabelled/reddit-threads.jsonl", "news/threads-train.jsonl", "news/threads-more.jsonl"):
        with open(os.path.join(data, name), encoding="utf8") as f:
            for number, line in enumerate(f, 1):
                out += "%s %d %08x\n" % (name, number, zlib.crc32(rows(tokenizer, thread_texts(json.loads(line)))))
    write("texts.txt", out)
    out = ""
    for block in range(0, 0x110000, 4096):
        chars = [c for c in range(block, block + 4096) if not 0xD800 <= c < 0xE000 and c not in CHANGED]
        words = [tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(f"a{chr(c)}b")) for c in chars]
        out += "%x %08x\n" % (block, zlib.crc32("".join("%x %s\n" % (c, " ".join(w for w, _ in ws)) for c, ws in zip(chars, words)).encode()))
    write("characters.txt", out)
    out, batch = "", []
    for text in made_up(20000):
        batch.append(text)
        if len(batch) == 100:
            out += "%08x\n" % zlib.crc32(rows(tokenizer, batch)); batch = []
    write("random.txt", out)


if __name__ == "__main__":
    main()
