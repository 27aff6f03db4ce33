"""The deterministic phase-retrieval problem of the benchmarks: all-ones teacher, alternating start (arXiv 2511.18661)."""
import numpy as np


def make(request):
    dimension, exponent = int(float(request["dimension"])), float(request["exponent"])
    index = np.arange(1, dimension + 1, dtype=float)
    eigenvalues = index ** -exponent
    eigenvalues /= eigenvalues.sum()
    teacher = np.ones(dimension)
    start = np.where(np.arange(dimension) % 2 == 0, 1.0, 0.5)
    start /= np.sqrt((start * start).sum())
    return eigenvalues, teacher, start


def statistics(eigenvalues, teacher, weights):
    s = (eigenvalues * weights * weights).sum()
    u = (eigenvalues * weights * teacher).sum()
    error = min(((weights - teacher) ** 2).sum(), ((weights + teacher) ** 2).sum()) / len(weights)
    return s, u, error
