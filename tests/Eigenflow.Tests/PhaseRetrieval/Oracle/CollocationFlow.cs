namespace Eigenflow.Tests.PhaseRetrieval.Oracle;

/// <summary>
/// The flow by another road, for comparison: Radau IIA collocation of five stages (order 9). Given g and h at the stages every mode is a linear system of five equations, solved exactly;
/// the ten numbers q and p at the stages come from Newton's method. Steps are controlled by doing each also in two halves. Near the teacher the deviation is integrated.
/// Modes of one eigenvalue are a part along the teacher and one orthogonal to it, by determinants of pairs.
/// </summary>
internal sealed partial class CollocationFlow
{
    private const int Stages = 5;

    private readonly double[] rates;
    private readonly double[] teacher;
    private readonly double[] start;
    private readonly double overlap;
    private readonly double dimension;
    private readonly double tolerance;
    private readonly double[] newOverlaps = new double[2 * Stages];
    private readonly double[][,] factors;
    private int sign = 1;
    private bool isDeviation;

    public CollocationFlow(double[] eigenvalues, double[] teacher, double[] start, double tolerance)
    {
        this.tolerance = tolerance;
        dimension = eigenvalues.Length;
        List<double> rate = [], along = [], initial = [];
        for (int first = 0, end; first < eigenvalues.Length; first = end)
        {
            end = first + 1;
            while (end < eigenvalues.Length && eigenvalues[end] == eigenvalues[first])
                end++;
            Group(first, end);
        }

        (rates, this.teacher, this.start) = ([.. rate], [.. along], [.. initial]);
        factors = [.. rates.Select(_ => new double[Stages, Stages])];
        for (var j = 0; j < rates.Length; j++)
            overlap += rates[j] * this.teacher[j] * this.teacher[j];

        void Group(int first, int end)
        {
            double teacherSquare = 0, cross = 0, rest = 0;
            var unit = Math.Max(start.Max(Math.Abs), double.Epsilon);
            for (var i = first; i < end; i++)
            {
                teacherSquare += teacher[i] * teacher[i];
                cross += teacher[i] * start[i];
            }

            if (end - first == 1 || teacherSquare == 0)
            {
                for (var i = first; i < end; i++)
                    Add(eigenvalues[i], teacher[i], start[i]);
                return;
            }

            for (var i = first; i < end; i++)
            {
                for (var j = i + 1; j < end; j++)
                {
                    var product = start[j] * teacher[i];
                    var determinant = Math.FusedMultiplyAdd(start[i], teacher[j], -product) - Math.FusedMultiplyAdd(start[j], teacher[i], -product);

                    // Less than the rounding of the coefficients is none.
                    if (Math.Abs(determinant) > 1e-15 * (Math.Abs(product) + Math.Abs(start[i] * teacher[j])))
                        rest += Math.Pow(determinant / unit, 2) / teacherSquare;
                }
            }

            Add(eigenvalues[first], Math.Sqrt(teacherSquare), cross / Math.Sqrt(teacherSquare));
            if (rest > 0)
                Add(eigenvalues[first], 0, Math.Sqrt(rest) * unit);
        }

        void Add(double eigenvalue, double teacherCoefficient, double startCoefficient)
        {
            rate.Add(eigenvalue);
            along.Add(teacherCoefficient);
            initial.Add(startCoefficient);
        }
    }

    /// <summary>s, u, MSE, L, 1 − s/s*, 1 − |u|/s* at ascending times &gt; 0, with the sums of the absolute terms of the last two.</summary>
    public List<Row> Solve(double[] times)
    {
        var rows = new List<Row>();
        var state = (double[])start.Clone();
        double time = 0, step = times[0];
        Settle(state);
        foreach (var target in times)
        {
            while (time < target)
            {
                var isLast = time + step >= target;
                var length = isLast ? target - time : step;
                var (next, error) = Doubled(state, length);
                if (!(error <= 1))
                {
                    step = length * (double.IsFinite(error) ? Math.Max(0.1, 0.8 * Math.Pow(error, -0.1)) : 0.1);
                    if (!(time + step > time))
                        throw new InvalidOperationException($"The step has shrunk to nothing at t = {time}.");
                    continue;
                }

                state = next;
                time = isLast ? target : time + length;
                var proposal = length * Math.Min(4, 0.8 * Math.Pow(Math.Max(error, 1e-20), -0.1));
                step = isLast ? Math.Max(step, proposal) : proposal;
                Settle(state);
            }

            rows.Add(Observe(state));
        }

        return rows;
    }

    private void Settle(double[] state)
    {
        if (isDeviation)
            return;
        var (q, p) = Sums(state);
        var loss = (3 * p * p) + (3 * overlap * overlap) - (4 * q * q) - (2 * p * overlap);
        if (!(loss < 0.9 * overlap * overlap))
            return;
        isDeviation = true;
        sign = Math.Sign(q);
        for (var j = 0; j < state.Length; j++)
        {
            teacher[j] *= sign;
            state[j] -= teacher[j];
        }
    }

    private (double Q, double P) Sums(double[] state)
    {
        double q = 0, p = 0;
        for (var j = state.Length - 1; j >= 0; j--)
        {
            q += rates[j] * teacher[j] * state[j];
            p += rates[j] * state[j] * state[j];
        }

        return (q, p);
    }

    private Row Observe(double[] state)
    {
        var (q, p) = Sums(state);
        double near = 0, far = 0;
        for (var j = state.Length - 1; j >= 0; j--)
        {
            var a = isDeviation ? state[j] : state[j] - teacher[j];
            var b = isDeviation ? state[j] + (2 * teacher[j]) : state[j] + teacher[j];
            near += a * a;
            far += b * b;
        }

        var mse = Math.Min(near, far) / dimension;
        if (isDeviation)
        {
            var terms = 0.0;
            for (var j = 0; j < state.Length; j++)
                terms += rates[j] * Math.Abs(teacher[j] * state[j]) / overlap;
            return new Row(
                overlap + (2 * q) + p, sign * (overlap + q), mse, (8 * q * q) + (12 * q * p) + (3 * p * p) + (4 * overlap * p), -((2 * q) + p) / overlap, -q / overlap,
                (2 * terms) + (p / overlap), terms);
        }

        return new Row(
            p, q, mse, (3 * p * p) + (3 * overlap * overlap) - (4 * q * q) - (2 * p * overlap), 1 - (p / overlap), 1 - (Math.Abs(q) / overlap), 1 + (p / overlap), 1 + (Math.Abs(q) / overlap));
    }

    private (double[] Next, double Error) Doubled(double[] state, double length)
    {
        if (Step(state, length) is not { } whole || Step(state, length / 2) is not { } half || Step(half, length / 2) is not { } next)
            return (state, double.NaN);
        var (q, p) = Sums(next);
        var level = isDeviation ? Math.Min(1, (Math.Abs(q) + p) / overlap) : Math.Min(1, (Math.Abs(q) + (0.01 * Math.Sqrt(p * overlap))) / overlap);
        var largest = 0.0;
        for (var j = 0; j < next.Length; j++)
        {
            var scale = Math.Max(Math.Abs(state[j]), Math.Abs(next[j])) + ((Math.Abs(teacher[j]) + (0.01 * Math.Sqrt(overlap))) * level) + 1e-300;
            largest = Math.Max(largest, Math.Abs(next[j] - whole[j]) / scale);
        }

        // The two halves are 2⁹ times as accurate.
        return (next, largest / (100 * tolerance));
    }

    // One step; null when Newton's method does not converge.
    private double[]? Step(double[] state, double length)
    {
        double[] q = new double[Stages], p = new double[Stages], g = new double[Stages], h = new double[Stages];
        var (q0, p0) = Sums(state);
        Array.Fill(q, q0);
        Array.Fill(p, p0);
        var unknowns = 2 * Stages;
        var system = new double[unknowns, unknowns + 1];
        var next = new double[state.Length];
        var before = double.PositiveInfinity;
        for (var iteration = 0; iteration < 30; iteration++)
        {
            for (var k = 0; k < Stages; k++)
            {
                (g[k], h[k]) = isDeviation
                    ? ((-2 * overlap) - (6 * q[k]) - (3 * p[k]), (-4 * q[k]) - (3 * p[k]))
                    : (overlap - (3 * p[k]), 2 * q[k]);
            }

            Linearise(state, length, g, h, system, next);

            // F(q, p) = sums(q, p) − (q, p); the system holds ∂sums/∂(g, h), to be chained.
            double largest = 0;
            for (var row = 0; row < unknowns; row++)
            {
                for (var k = 0; k < Stages; k++)
                {
                    var (byG, byH) = (system[row, k], system[row, Stages + k]);
                    (system[row, k], system[row, Stages + k]) = isDeviation
                        ? ((-6 * byG) + (-4 * byH), (-3 * byG) + (-3 * byH))
                        : (2 * byH, -3 * byG);
                }

                system[row, row] -= 1;
                system[row, unknowns] = (row < Stages ? q[row] : p[row - Stages]) - newOverlaps[row];
            }

            if (!Eliminate(system))
                return null;
            for (var k = 0; k < Stages; k++)
            {
                q[k] += system[k, unknowns];
                p[k] += system[Stages + k, unknowns];
                largest = Math.Max(largest, Math.Abs(system[k, unknowns]) / (Math.Abs(q[k]) + Math.Sqrt(Math.Abs(p[k]) * overlap) + 1e-300));
                largest = Math.Max(largest, Math.Abs(system[Stages + k, unknowns]) / (Math.Abs(p[k]) + 1e-300));
            }

            if (!double.IsFinite(largest))
                return null;
            if (largest < 1e-15 || (largest < 1e-12 && largest >= before))
            {
                for (var k = 0; k < Stages; k++)
                {
                    (g[k], h[k]) = isDeviation
                        ? ((-2 * overlap) - (6 * q[k]) - (3 * p[k]), (-4 * q[k]) - (3 * p[k]))
                        : (overlap - (3 * p[k]), 2 * q[k]);
                }

                Linearise(state, length, g, h, null, next);
                return next;
            }

            before = largest;
        }

        return null;
    }

    // Stage values Y of every mode, (I − z A diag g) Y = y + z A h w* with z = 4λ·step; their sums, and with a system the derivatives of the sums.
    private void Linearise(double[] state, double length, double[] g, double[] h, double[,]? system, double[] next)
    {
        var a = Radau.Matrix;
        Array.Clear(newOverlaps);
        if (system is not null)
            Array.Clear(system);
        Span<double> y = stackalloc double[Stages];
        Span<double> column = stackalloc double[Stages];
        for (var j = state.Length - 1; j >= 0; j--)
        {
            var z = 4 * rates[j] * length;
            var lu = factors[j];
            for (var row = 0; row < Stages; row++)
            {
                y[row] = state[j];
                for (var k = 0; k < Stages; k++)
                {
                    lu[row, k] = (row == k ? 1 : 0) - (z * a[row, k] * g[k]);
                    y[row] += z * a[row, k] * h[k] * teacher[j];
                }
            }

            for (var k = 0; k < Stages; k++)
            {
                for (var row = k + 1; row < Stages; row++)
                {
                    var factor = lu[row, k] / lu[k, k];
                    lu[row, k] = factor;
                    for (var c = k + 1; c < Stages; c++)
                        lu[row, c] -= factor * lu[k, c];
                }
            }

            Substitute(lu, y);
            next[j] = y[Stages - 1];
            for (var row = 0; row < Stages; row++)
            {
                newOverlaps[row] += rates[j] * teacher[j] * y[row];
                newOverlaps[Stages + row] += rates[j] * y[row] * y[row];
            }

            if (system is null)
                continue;
            for (var k = 0; k < Stages; k++)
            {
                for (var which = 0; which < 2; which++)
                {
                    for (var row = 0; row < Stages; row++)
                        column[row] = z * a[row, k] * (which == 0 ? y[k] : teacher[j]);
                    Substitute(lu, column);
                    for (var row = 0; row < Stages; row++)
                    {
                        system[row, (which * Stages) + k] += rates[j] * teacher[j] * column[row];
                        system[Stages + row, (which * Stages) + k] += 2 * rates[j] * y[row] * column[row];
                    }
                }
            }
        }
    }

    /// <summary>One row, and the sums of the absolute terms of 1 − s and 1 − u.</summary>
    internal readonly record struct Row(double S, double U, double MeanSquaredError, double Loss, double Shortfall, double Misalignment, double ShortfallTerms, double MisalignmentTerms);
}
