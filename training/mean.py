"""The mean of the weights of trainings that began with the same base, as one model.

usage: mean.py OUT/model.pt WEIGHT:RUN/model.pt…      (weights sum to 1)
One training's chance is ± 0.02 in macro-F1; the mean of several is steadier than each and costs nothing when it runs
(Wortsman and others, Model soups, ICML 2022).
"""
import os, sys
import torch

if __name__ == "__main__":
    out, *parts = sys.argv[1:]
    parts = [(float(w), torch.load(path, weights_only=False)) for w, path in (p.split(":", 1) for p in parts)]
    if abs(sum(w for w, _ in parts) - 1) > 1e-6:
        raise SystemExit("the weights don't sum to 1")
    model = parts[-1][1]
    model["net"] = {k: sum(w * m["net"][k] for w, m in parts) if v.is_floating_point() else v for k, v in model["net"].items()}
    model["options"] = dict(model["options"], mean="; ".join(f"{w:g} of {m['options']['epochs']} epochs, rate {m['options']['rate']}, seed {m['options']['seed']}, own {m['options'].get('own', 0)}" for w, m in parts))
    os.makedirs(os.path.dirname(out) or ".", exist_ok=True)
    torch.save(model, out)
