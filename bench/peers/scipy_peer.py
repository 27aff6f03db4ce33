"""SciPy solve_ivp on the gradient flow: LSODA, BDF and Radau, with the analytic Jacobian."""
import time
import numpy as np
import scipy
import scipy.integrate
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


protocol.serve({"hello": lambda _: {"name": "scipy", "version": scipy.__version__}, "flow": flow})
