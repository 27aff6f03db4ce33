"""SciPy: solve_ivp on the gradient flow (LSODA, BDF, Radau) and least_squares on scaling laws, both with the analytic Jacobian."""
import time
import numpy as np
import scipy
import scipy.integrate
import scipy.optimize
import scipy.special
import problem
import protocol


def flow(request):
    eigenvalues, teacher, start = problem.make(request)
    times = np.array([float(text) for text in request["times"].split(",")])
    weighted = eigenvalues * teacher
    overlap = weighted @ teacher

    def derivative(_, weights):
        product = eigenvalues * weights
        s, u = product @ weights, product @ teacher
        return 4 * (overlap - 3 * s) * product + 8 * u * weighted

    def jacobian(_, weights):
        product = eigenvalues * weights
        s, u = product @ weights, product @ teacher
        matrix = np.outer(-24 * product, product)
        matrix += np.outer(8 * weighted, weighted)
        matrix[np.diag_indices_from(matrix)] += 4 * eigenvalues * (overlap - 3 * s)
        return matrix

    tolerance = float(request["rtol"])
    begin = time.perf_counter()
    result = scipy.integrate.solve_ivp(
        derivative, (0, times[-1]), start, method=request["method"], t_eval=times, rtol=tolerance, atol=tolerance * 1e-2, jac=jacobian)
    seconds = time.perf_counter() - begin
    if not result.success:
        raise RuntimeError(result.message)
    rows = [problem.statistics(eigenvalues, teacher, result.y[:, k]) for k in range(len(times))]
    return {"seconds": seconds, "s": [row[0] for row in rows], "u": [row[1] for row in rows], "mse": [row[2] for row in rows]}


def schedule_fit(request):
    """The direct law of three curves by scipy.optimize.least_squares with a Huber loss, from random starts and for resampled residuals."""
    steps, peak = 100_000, 3e-4
    step = np.arange(steps)
    shapes = [np.full(steps, peak), 0.5 * peak * (1 + np.cos(np.pi * step / steps)), peak * np.minimum(1, (steps - step) / (0.2 * steps))]
    curves = []
    for rates in shapes:
        times = np.concatenate([[0], np.cumsum(rates)])
        rows = np.arange(10, steps + 1, 10)
        index = np.arange(1, len(rows) + 1, dtype=float)
        losses = (2.56 + 0.6 * times[rows] ** -0.45 - 300 * (peak - rates[rows - 1])) * np.exp(0.004 * np.sin(12.9898 * index * index))
        curves.append((rates, times, rows, losses))
    begin = time.perf_counter()
    data = []
    for rates, times, rows, losses in curves:
        kept = rows >= 2000
        place = 0.5 * (np.log(rows[kept] / 2000) / np.log(50) + (rows[kept] - 2000) / 98000)
        bins = np.minimum(119, (120 * place).astype(int))
        points = np.array([int(rows[kept][bins == b].mean()) for b in np.unique(bins)] + [steps])
        logs = np.array([np.log(losses[kept][bins == b]).mean() for b in np.unique(bins)] + [np.log(losses[-1])])
        points, first = np.unique(points, return_index=True)
        edges = np.unique(np.concatenate([[0], np.geomspace(1, steps, 180).astype(int), points]))
        noise = np.concatenate([[0], np.cumsum(rates * rates)])
        middles = 0.5 * (times[edges[:-1]] + times[edges[1:]])
        lags = np.maximum(0, times[points][:, None] - middles[None, :])
        mass = np.diff(noise[edges])[None, :] * (edges[1:][None, :] <= points[:, None])
        data.append((times[points], middles, lags, mass, logs[first]))
    observed = np.concatenate([one[4] for one in data])

    def model(theta):
        floor, c1, s, tau, label, c2, p, tau_k = np.exp(theta)
        parts = []
        for t, middles, lags, mass, _ in data:
            kernel = mass * (1 + lags / tau_k) ** -p
            parts.append(floor + c1 * (1 + t / tau) ** -s + label * kernel.sum(1) + c2 * kernel @ ((1 + middles / tau) ** -s))
        return np.log(np.concatenate(parts))

    def fit(start, target):
        return scipy.optimize.least_squares(lambda theta: model(theta) - target, start, loss="huber", f_scale=1e-3, max_nfev=100)

    random = np.random.default_rng(1)
    best = None
    for _ in range(int(request["restarts"])):
        start = np.log([2, 1, random.uniform(0.2, 1.5), 3 * peak * 10 ** random.uniform(0, 2), 1e4, 1e4, random.uniform(1.05, 1.95), peak * 10 ** random.uniform(0.5, 3)])
        found = fit(start, observed)
        best = found if best is None or found.cost < best.cost else best
    fitted = model(best.x)
    residuals = observed - fitted
    for _ in range(int(request["resamples"])):
        blocks = random.integers(0, len(residuals), len(residuals) // 10 + 1)
        drawn = np.concatenate([np.take(residuals, range(b, b + 10), mode="wrap") for b in blocks])[: len(residuals)]
        fit(best.x, fitted + drawn)
    seconds = time.perf_counter() - begin
    ends = np.cumsum([len(one[4]) for one in data]) - 1
    return {"seconds": seconds, "losses": np.exp(fitted[ends])}


def power(u, t):
    return t[0] + t[1] * u, np.stack([np.ones_like(u), u], 1)


def floor(u, t):
    part = np.exp(t[0] + t[1] * u)
    y = part + t[2]
    return np.log(y), np.stack([part / y, part / y * u, 1 / y], 1)


def broken(u, t):
    width = np.exp(t[4])
    z = (u - t[3]) / width
    soft, step = np.logaddexp(0, z), 1 / (1 + np.exp(-z))
    bend, turn = width * soft, t[2] - t[1]
    return t[0] + t[1] * u + turn * bend, np.stack([np.ones_like(u), u - bend, bend, -turn * step, turn * (bend - (u - t[3]) * step)], 1)


def stretched(u, t):
    gamma = np.exp(t[2])
    part = np.exp(gamma * (u - t[1]))
    return t[0] - part, np.stack([np.ones_like(u), gamma * part, -part * (u - t[1]) * gamma], 1)


def fit(request):
    """The four scaling laws in ln y by MINPACK, then as many refits to resampled residuals as asked."""
    u, v = (np.log(np.array([float(text) for text in request[name].split(",")])) for name in "xy")
    starts = [(power, [0, -0.5]), (floor, [0, -0.5, 0.1]), (broken, [0, -0.5, -0.1, 4, 0]), (stretched, [0.5, 2, -0.5])]
    random = np.random.default_rng(1)
    begin = time.perf_counter()
    found = []
    for law, start in starts:
        def solve(observed, at):
            return scipy.optimize.least_squares(lambda t: law(u, t)[0] - observed, at, jac=lambda t: law(u, t)[1], method="lm", ftol=1e-6 if at is not start else 1e-14, xtol=1e-6 if at is not start else 1e-14).x
        best = solve(v, start)
        found.append(best)
        fitted = law(u, best)[0]
        residuals = v - fitted
        for _ in range(int(float(request["resamples"]))):
            solve(fitted + random.choice(residuals, len(u)), best)
    seconds = time.perf_counter() - begin
    amplitude, exponent, lowest = found[1]
    return {"seconds": seconds, "floor": [np.exp(amplitude), exponent, lowest]}


def rotations(request):
    """Posterior mean rotations: singular values with both rotations proper, and three integrals with scaled Bessel functions on panels towards u = 1."""
    count, size = int(request["count"]), float(request["size"])
    nodes, weights = np.polynomial.legendre.leggauss(20)
    edges = np.concatenate([[-1], 1 - 2.0 ** -np.arange(16), [1]])
    low, high = edges[:-1, None], edges[1:, None]
    u = (0.5 * ((high - low) * nodes + high + low)).ravel()
    weight = (0.5 * (high - low) * weights).ravel()
    sums = np.zeros((3, 3))
    begin = time.perf_counter()
    for k in range(count):
        field = size * np.sin(1.3 * (k + 1) + 0.7 * np.arange(9) * (k % 7 + 1)).reshape(3, 3)
        left, s, right = np.linalg.svd(field)
        if np.linalg.det(left) < 0:
            left[:, 2] *= -1
            s[2] *= -1
        if np.linalg.det(right) < 0:
            right[2] *= -1
            s[2] *= -1
        slopes = np.empty(3)
        for i, j, axis in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
            first, second = 0.5 * (s[i] - s[j]) * (1 - u), 0.5 * (s[i] + s[j]) * (1 + u)
            exponent = abs(first) + abs(second) + s[axis] * u
            density = weight * scipy.special.ive(0, first) * scipy.special.ive(0, second) * np.exp(exponent - exponent.max())
            slopes[axis] = (density * u).sum() / density.sum()
        sums += (left * slopes) @ right
    return {"seconds": time.perf_counter() - begin, "risk": sums.ravel()}


protocol.serve({"hello": lambda _: {"name": "scipy", "version": scipy.__version__}, "flow": flow, "schedule-fit": schedule_fit, "fit": fit, "rotations": rotations})
