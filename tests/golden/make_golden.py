"""Writes statistics.json: reference values for the arithmetic in harness/stats, from scipy and numpy.

    python3 tests/golden/make_golden.py

The series are seeded; the versions used are in the file. Everything is compared to 1e-9 (tests/stats).
"""

import json
import math
from pathlib import Path

import numpy as np
import scipy
from scipy import stats


def series(rng, n, kind):
    x = np.cumsum(rng.integers(1, 200, n)).astype(float) if kind == "uneven" else np.arange(n) * 97.0
    y = {
        "normal": lambda: rng.normal(0, 1000, n) + 3 * x,
        "uneven": lambda: rng.normal(0, 1000, n) - 2 * x,
        "ties": lambda: rng.integers(0, 4, n).astype(float),
        "steps": lambda: np.repeat(rng.integers(0, 50, math.ceil(n / 3)), 3)[:n].astype(float),
        "wandering": lambda: np.cumsum(rng.normal(0, 100, n)),
        "constant": lambda: np.full(n, 7.0),
    }[kind]()
    return x, np.round(y, 3)


def score_variance(y):
    """Of Kendall's S under no trend with ties; agrees with the p-value of scipy's kendalltau."""
    n = len(y)
    counts = np.unique(y, return_counts=True)[1].astype(float)
    variance = (n * (n - 1) * (2 * n + 5) - np.sum(counts * (counts - 1) * (2 * counts + 5))) / 18
    score = np.sum(np.sign(np.subtract.outer(y, y))[np.tril_indices(n, -1)])
    if variance > 0 and n > 2:
        p = stats.kendalltau(np.arange(n), y, method="asymptotic").pvalue
        assert math.isclose(p, 2 * stats.norm.sf(abs(score) / math.sqrt(variance)), rel_tol=1e-9), (p, y)
    return variance


def serial_inflation(y):
    """Hamed and Rao 1998, equation 14, over the lags significant at 95 %, never below 1."""
    n = len(y)
    ranks = stats.rankdata(y)
    centred = ranks - ranks.mean()
    if n < 3 or not np.any(centred):
        return 1.0
    lags = np.arange(1, n)
    correlation = np.array([np.dot(centred[k:], centred[:-k]) for k in lags]) / np.dot(centred, centred)
    correlation[np.abs(correlation) <= stats.norm.ppf(0.975) / math.sqrt(n)] = 0
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    return max(1.0, 1 + 2 * float(np.sum(weights * correlation)) / (n * (n - 1) * (n - 2)))


def trend_case(rng, n, kind, confidence):
    x, y = series(rng, n, kind)
    slope, _, low, high = stats.theilslopes(y, x, confidence)
    return {
        "kind": kind,
        "x": x.tolist(),
        "y": y.tolist(),
        "confidence": confidence,
        "slope": slope,
        "low": low,
        "high": high,
        "scoreVariance": score_variance(y),
        "serialInflation": serial_inflation(y),
    }


def exact_share(hits, runs, confidence):
    interval = stats.binomtest(hits, runs).proportion_ci(confidence, method="exact")
    return {"hits": hits, "runs": runs, "confidence": confidence, "low": interval.low, "high": interval.high}


def main():
    rng = np.random.default_rng(6705)
    probabilities = [1e-300, 1e-20, 1e-9, 0.001, 0.005, 0.025, 0.0749, 0.3, 0.5, 0.7, 0.95, 0.975, 0.995, 1 - 1e-9]
    kinds = ["normal", "uneven", "ties", "steps", "wandering", "constant"]
    golden = {
        "scipy": scipy.__version__,
        "numpy": np.__version__,
        "normalQuantile": [{"p": p, "z": stats.norm.ppf(p)} for p in probabilities],
        "quantile": [
            {"values": v, "p": p, "value": float(np.quantile(v, p, method="linear"))}
            for n in (1, 2, 5, 12)
            for v in [np.round(rng.normal(0, 10, n), 3).tolist()]
            for p in (0, 0.1, 0.25, 0.5, 0.9, 1)
        ],
        "trend": [
            trend_case(rng, n, kind, confidence)
            for n in (2, 3, 4, 6, 9, 11, 21, 41)
            for kind in kinds
            for confidence in (0.9, 0.99)
        ],
        "exactShare": [
            exact_share(hits, runs, confidence)
            for hits, runs in ((0, 1), (1, 1), (0, 5), (2, 5), (5, 5), (19, 20), (59, 59), (0, 1000), (993, 1000))
            for confidence in (0.9, 0.95, 0.99)
        ],
    }
    Path(__file__).with_name("statistics.json").write_text(json.dumps(golden, indent=1) + "\n")


main()
