"""SciPy: solve_ivp on the gradient flow (LSODA, BDF, Radau) and least_squares on scaling laws, both with the analytic Jacobian."""
import time
import numpy as np
import scipy
import scipy.integrate
import scipy.optimize
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


protocol.serve({"hello": lambda _: {"name": "scipy", "version": scipy.__version__}, "flow": flow, "fit": fit})
