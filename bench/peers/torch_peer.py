"""PyTorch on one thread: Gaussian numbers and online SGD, with in-place operations."""
import time
import torch
import numpy as np
import problem
import protocol

torch.set_num_threads(1)
TYPES = {"double": torch.float64, "float": torch.float32}


def gaussian(request):
    count, repeat = int(request["count"]), int(request["repeat"])
    buffer = torch.empty(count, dtype=TYPES[request["precision"]])
    generator = torch.Generator().manual_seed(1)
    begin = time.perf_counter()
    for _ in range(repeat):
        buffer.normal_(generator=generator)
    return {"seconds": time.perf_counter() - begin, "mean": float(buffer.mean()), "variance": float(buffer.var())}


def sgd(request):
    kind = TYPES[request["precision"]]
    vectors = problem.make(request)
    eigenvalues, teacher, weights = (torch.from_numpy(vector).to(kind) for vector in vectors)
    steps, rate = int(request["steps"]), float(request["learning-rate"])
    roots = eigenvalues.sqrt()
    generator = torch.Generator().manual_seed(int(request["seed"]))
    sample = torch.empty_like(roots)
    with torch.no_grad():
        begin = time.perf_counter()
        for _ in range(steps):
            sample.normal_(generator=generator).mul_(roots)
            student, label = float(torch.dot(sample, weights)), float(torch.dot(sample, teacher))
            weights.add_(sample, alpha=-4 * rate * (student * student - label * label) * student)
        seconds = time.perf_counter() - begin
    s, u, error = problem.statistics(vectors[0], vectors[1], weights.double().numpy())
    return {"seconds": seconds, "s": float(s), "u": float(u), "mse": float(error)}


protocol.serve({"hello": lambda _: {"name": "torch", "version": torch.__version__}, "gaussian": gaussian, "sgd": sgd})
