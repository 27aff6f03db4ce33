"""NumPy: Gaussian numbers, online SGD and gradient descent as a careful user writes them (preallocated arrays, out= arguments, BLAS dots)."""
import math
import resource
import time
import numpy as np
import problem
import protocol

TYPES = {"double": np.float64, "float": np.float32}


def gaussian(request):
    count, repeat = int(request["count"]), int(request["repeat"])
    generator = np.random.Generator(np.random.PCG64(1))
    buffer = np.empty(count, dtype=TYPES[request["precision"]])
    begin = time.perf_counter()
    for _ in range(repeat):
        generator.standard_normal(out=buffer, dtype=buffer.dtype)
    return {"seconds": time.perf_counter() - begin, "mean": float(buffer.mean()), "variance": float(buffer.var())}


def sgd(request):
    kind = TYPES[request["precision"]]
    eigenvalues, teacher, weights = (vector.astype(kind) for vector in problem.make(request))
    steps, rate = int(request["steps"]), kind(request["learning-rate"])
    roots = np.sqrt(eigenvalues)
    generator = np.random.Generator(np.random.PCG64(int(request["seed"])))
    sample, scaled = np.empty_like(roots), np.empty_like(roots)
    begin = time.perf_counter()
    for _ in range(steps):
        generator.standard_normal(out=sample, dtype=kind)
        np.multiply(sample, roots, out=sample)
        student, label = sample @ weights, sample @ teacher
        np.multiply(sample, -4 * rate * (student * student - label * label) * student, out=scaled)
        weights += scaled
    seconds = time.perf_counter() - begin
    s, u, error = problem.statistics(eigenvalues.astype(float), teacher.astype(float), weights.astype(float))
    return {"seconds": seconds, "s": s, "u": u, "mse": error}


def mixture(request):
    """One-pass SGD on two logistic classes: means of either sign, eigenvalues rho/d and (rho/d)^2, probabilities 0.3 and 0.7."""
    dimension, steps, rate = int(float(request["dimension"])), int(request["steps"]), float(request["learning-rate"])
    part = np.arange(1, dimension + 1) / dimension
    eigenvalues = [part, part * part]
    roots = [np.sqrt(values) for values in eigenvalues]
    mean = np.full(dimension, dimension ** -0.5)
    means, labels = [mean, -mean], [1.0, -1.0]
    weights = np.zeros(dimension)
    generator = np.random.Generator(np.random.PCG64(int(request["seed"])))
    sample, scaled = np.empty(dimension), np.empty(dimension)
    begin = time.perf_counter()
    classes = generator.random(steps) >= 0.3
    for one in classes.astype(int).tolist():
        generator.standard_normal(out=sample)
        np.multiply(sample, roots[one], out=sample)
        sample += means[one]
        label = labels[one]
        np.multiply(sample, rate / dimension * label / (1 + math.exp(label * (sample @ weights))), out=scaled)
        weights += scaled
    seconds = time.perf_counter() - begin
    z = np.linspace(-12, 12, 961)
    density = np.exp(-z * z / 2) / np.exp(-z * z / 2).sum()
    m = mean @ weights
    variances = [(values * weights * weights).sum() for values in eigenvalues]
    risks = [(density * np.logaddexp(0, -(m + np.sqrt(b) * z))).sum() for b in variances]
    return {"seconds": seconds, "risk": 0.3 * risks[0] + 0.7 * risks[1], "m1": m, "b11": variances[0]}


def descent(request):
    eigenvalues, teacher, weights = problem.make(request)
    steps, rate = int(request["steps"]), float(request["learning-rate"])
    weighted = eigenvalues * teacher
    overlap = weighted @ teacher
    first, second = np.empty_like(weights), np.empty_like(weights)
    begin = time.perf_counter()
    for _ in range(steps):
        np.multiply(eigenvalues, weights, out=first)
        s, u = first @ weights, first @ teacher
        first *= -rate * (12 * s - 4 * overlap)
        np.multiply(weighted, rate * 8 * u, out=second)
        weights += first
        weights += second
    seconds = time.perf_counter() - begin
    s, u, error = problem.statistics(eigenvalues, teacher, weights)
    return {"seconds": seconds, "s": s, "u": u, "mse": error}


def spectrum(request):
    rows, columns = int(request["rows"]), int(request["columns"])
    data = np.empty((rows, columns))
    scale = np.arange(1, columns + 1, dtype=float) ** -0.4
    for row in range(rows):
        number = (np.arange(row * columns, (row + 1) * columns, dtype=np.uint64) * np.uint64(2654435761)).astype(np.uint32)
        number = (number ^ (number >> np.uint32(16))) * np.uint32(2246822519)
        number ^= number >> np.uint32(13)
        data[row] = (number / 4294967296.0 - 0.5) * scale
    begin = time.perf_counter()
    data -= data.mean(axis=0)
    eigenvalues = np.linalg.eigvalsh(data @ data.T)[::-1] / (rows - 1)
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "eigenvalues": eigenvalues[:10], "peak-bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def quadratic_problem(request):
    number = np.arange(1, int(float(request["model-size"])) + 1, dtype=float)
    return number ** -3.0, number ** 0.75, 0.5


def quadratic_flow(request):
    """The signed flow in closed form, one pass over all modes per time (docs/systems/quadratic-parameterization.md)."""
    times = [float(time) for time in request["times"].split(",")]
    begin = time.perf_counter()
    eigenvalues, target, start = quadratic_problem(request)
    root = np.sqrt(target * target + 4 * start * start)
    end = (target + root) / (2 * start)
    first, rate = end * (end - 1) / (end + 1), -2 * eigenvalues * root
    g, u, error = np.empty_like(rate), np.empty_like(rate), np.empty_like(rate)
    risks = []
    for at in times:
        np.multiply(rate, at, out=g)
        np.exp(g, out=g)
        g *= first
        np.divide(g, end, out=u)
        np.subtract(end, u, out=u)
        g += 1
        u /= g
        np.divide(1, u, out=error)
        np.subtract(u, error, out=error)
        error *= start
        error -= target
        error *= error
        risks.append(float(error @ eigenvalues))
    return {"seconds": time.perf_counter() - begin, "risk": risks}


def quadratic_sgd(request):
    eigenvalues, target, start = quadratic_problem(request)
    steps, rate, noise = int(request["steps"]), float(request["learning-rate"]), 0.5
    roots = np.sqrt(eigenvalues)
    plus, minus = np.full_like(roots, start ** 0.5), np.full_like(roots, start ** 0.5)
    sample, slope, square = np.empty_like(roots), np.empty_like(roots), np.empty_like(roots)
    generator = np.random.Generator(np.random.PCG64(int(request["seed"])))
    begin = time.perf_counter()
    for _ in range(steps):
        generator.standard_normal(out=sample)
        sample *= roots
        np.multiply(plus, plus, out=slope)
        np.multiply(minus, minus, out=square)
        slope -= square
        slope -= target
        residual = sample @ slope - noise * generator.standard_normal()
        sample *= rate * residual
        np.multiply(plus, sample, out=square)
        plus -= square
        np.multiply(minus, sample, out=square)
        minus += square
    seconds = time.perf_counter() - begin
    error = plus * plus - minus * minus - target
    return {"seconds": seconds, "risk": [float((eigenvalues * error * error).sum())]}


def ladder_problem(request):
    size, features, capacity, difficulty, peak = int(float(request["model-size"])), 4096, 1.5, 0.5, 0.2
    number = np.arange(1, features + 1, dtype=float)
    eigenvalues, signal = number ** -capacity, number ** (-1 - difficulty * capacity)
    return eigenvalues[:size], signal[:size] / eigenvalues[:size], signal[size:].sum(), round(size ** capacity / peak), peak


def ladder(request):
    """Exact mean risk of SGD with batches of four under a linear decay (docs/systems/scaling-collapse.md)."""
    eigenvalues, moments, tail, steps, peak = ladder_problem(request)
    batch, left, growth, drive = 4, np.empty_like(moments), np.empty_like(moments), np.empty_like(moments)
    begin = time.perf_counter()
    twice = tail + eigenvalues @ moments
    for step in range(steps):
        rate = peak * (steps - step) / steps
        np.multiply(eigenvalues, rate, out=growth)
        np.subtract(1, growth, out=left)
        left *= left
        growth *= growth
        growth *= 1 / batch
        growth += left
        moments *= growth
        np.multiply(eigenvalues, rate * rate / batch * twice, out=drive)
        moments += drive
        twice = tail + eigenvalues @ moments
    return {"seconds": time.perf_counter() - begin, "risk": [float(twice / 2)]}


def ladder_sgd(request):
    """All seeds at once: one array of seeds by batch by modes per step."""
    eigenvalues, moments, tail, steps, peak = ladder_problem(request)
    replicas, batch, roots, noise = int(request["replicas"]), 4, np.sqrt(eigenvalues), math.sqrt(tail)
    error = np.tile(-np.sqrt(moments), (replicas, 1))
    sample = np.empty((replicas, batch, len(roots)))
    labels = np.empty((replicas, batch))
    generator = np.random.Generator(np.random.PCG64(int(request["seed"])))
    begin = time.perf_counter()
    for step in range(steps):
        generator.standard_normal(out=sample)
        generator.standard_normal(out=labels)
        sample *= roots
        residual = np.matmul(sample, error[:, :, None])[:, :, 0]
        labels *= noise
        residual -= labels
        residual *= peak * (steps - step) / steps / batch
        error -= np.matmul(residual[:, None, :], sample)[:, 0, :]
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "risk": [float((tail + (eigenvalues * error * error).sum(axis=1)).mean() / 2)]}


def equilibrium_chains(request):
    """Chains of SGD with replacement around the minimum of linear regression, vectorised over the chains: distinct samples by a partial sort or by Floyd's algorithm, rows gathered, two contractions."""
    samples, dimension, batch, chains = (int(request[name]) for name in ("samples", "dimension", "batch", "chains"))
    steps, rate, prior = int(request["steps"]), float(request["learning-rate"]), 0.1
    i, j = np.arange(1, samples + 1, dtype=float)[:, None], np.arange(1, dimension + 1, dtype=float)[None, :]
    phase = math.sqrt(2) * i + math.sqrt(3) * j + math.sqrt(5) * i * j
    rows = 2 * (phase - np.floor(phase)) - 1
    targets = rows @ (1 / j[0]) + 0.7 * np.cos(37 * i[:, 0])
    minimum = np.linalg.solve(rows.T @ rows + prior * np.eye(dimension), rows.T @ targets)
    generator = np.random.Generator(np.random.PCG64(int(request["seed"])))
    state = np.tile(minimum, (chains, 1))
    index = np.empty((batch, chains), dtype=np.int64)
    chosen, wanted = np.empty((batch, chains, dimension)), np.empty((batch, chains))
    error, gradient = np.empty((batch, chains)), np.empty((chains, dimension))
    begin = time.perf_counter()
    for _ in range(steps):
        if request["draw"] == "argpartition":
            index = np.ascontiguousarray(np.argpartition(generator.random((chains, samples)), batch, axis=1)[:, :batch].T)
        else:
            for k in range(batch):
                last = samples - batch + k
                draw = generator.integers(0, last + 1, chains)
                if k:
                    draw[(index[:k] == draw).any(axis=0)] = last
                index[k] = draw
        np.take(rows, index, axis=0, out=chosen)
        np.take(targets, index, out=wanted)
        np.einsum("bcd,cd->bc", chosen, state, out=error)
        error -= wanted
        np.einsum("bc,bcd->cd", error, chosen, out=gradient)
        gradient *= samples / batch
        gradient += prior * state
        gradient *= rate
        state -= gradient
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "risk": [float(state.var(axis=0, ddof=1)[:8].sum())]}


def diffusion_variances(request):
    """Generated variances of one layer by Simpson's rule over 2001 noise levels, with preallocated arrays (docs/systems/diffusion-spectral-bias.md)."""
    eigenvalues, times = 1 / np.arange(1, int(float(request["dimension"])) + 1), [float(time) for time in request["times"].split(",")]
    nodes, gain = 2001, 0.1
    begin = time.perf_counter()
    grid, step = np.linspace(np.log(0.002), np.log(80), nodes, retstep=True)
    squares = np.exp(2 * grid)
    weights = np.full(nodes, 2.0)
    weights[1::2] = 4
    weights[[0, -1]] = 1
    weights *= 2 * step / 3
    rate, optimum, part, sums = np.empty(nodes), np.empty(nodes), np.empty(nodes), np.zeros(len(times))
    for eigenvalue in eigenvalues:
        np.add(squares, eigenvalue, out=rate)
        np.divide(eigenvalue, rate, out=optimum)
        converged = weights @ optimum
        np.subtract(gain, optimum, out=optimum)
        optimum *= weights
        rate *= -2
        for index, at in enumerate(times):
            np.multiply(rate, at, out=part)
            np.exp(part, out=part)
            sums[index] += np.exp(2 * grid[0] + converged + part @ optimum)
    return {"seconds": time.perf_counter() - begin, "risk": [float(value) for value in sums]}


def network(request):
    """Adam on a tanh network of 2-10-5-1 units and a batch that stays the same: one vector of parameters with views of the layers."""
    steps, batch, widths = int(request["steps"]), int(request["batch"]), (2, 10, 5, 1)
    count = sum((a + 1) * b for a, b in zip(widths, widths[1:]))
    parameters = np.sqrt(2) * np.arange(1, count + 1)
    parameters -= np.floor(parameters) + 0.5
    gradient, mean, square, work = (np.zeros(count) for _ in range(4))
    layers, slopes, at = [], [], 0
    for a, b in zip(widths, widths[1:]):
        for vector, parts in ((parameters, layers), (gradient, slopes)):
            parts.append((vector[at:at + a * b].reshape(b, a), vector[at + a * b:at + (a + 1) * b]))
        at += (a + 1) * b
    begin = time.perf_counter()
    number = np.arange(1, batch + 1)
    first, second = 6 * (number - 0.5) / batch - 3, np.sqrt(3) * number
    second -= np.floor(second)
    values = [np.stack([first, second])] + [np.empty((width, batch)) for width in widths[1:]]
    deltas = [None] + [np.empty((width, batch)) for width in widths[1:]]
    target = np.tanh(2 * first) * second

    def forward():
        for k, (weights, biases) in enumerate(layers):
            np.matmul(weights, values[k], out=values[k + 1])
            values[k + 1] += biases[:, None]
            if k < len(layers) - 1:
                np.tanh(values[k + 1], out=values[k + 1])
        np.subtract(values[-1], target, out=deltas[-1])

    for step in range(1, steps + 1):
        forward()
        deltas[-1] *= 2 / batch
        for k in reversed(range(len(layers))):
            np.matmul(deltas[k + 1], values[k].T, out=slopes[k][0])
            np.sum(deltas[k + 1], axis=1, out=slopes[k][1])
            if k:
                np.matmul(layers[k][0].T, deltas[k + 1], out=deltas[k])
                np.multiply(values[k], values[k], out=values[k])
                np.subtract(1, values[k], out=values[k])
                deltas[k] *= values[k]
        mean *= 0.9
        mean += np.multiply(gradient, 0.1, out=work)
        np.multiply(gradient, gradient, out=work)
        square *= 0.999
        work *= 0.001
        square += work
        np.sqrt(square, out=work)
        work /= math.sqrt(1 - 0.999 ** step)
        work += 1e-8
        np.divide(mean, work, out=work)
        work *= 1e-3 / (1 - 0.9 ** step)
        parameters -= work
    forward()
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "risk": [float((deltas[-1] ** 2).mean())]}


protocol.serve({"hello": lambda _: {"name": "numpy", "version": np.__version__}, "gaussian": gaussian, "sgd": sgd, "mixture": mixture, "gd": descent, "spectrum": spectrum, "quadratic-flow": quadratic_flow, "quadratic-sgd": quadratic_sgd, "ladder": ladder, "ladder-sgd": ladder_sgd, "equilibrium-chains": equilibrium_chains, "diffusion-variances": diffusion_variances, "network": network})
