namespace Eigenflow.Scaling.Fits;

/// <summary>
/// Fits one law to one curve: least squares in ln y from several starts, then intervals by a studentised residual block bootstrap (<see cref="ResidualNoise"/>):
/// θ̂ − q s where q are quantiles of (θ* − θ̂)/s* over the resamples and s the standard errors (<see cref="StandardErrors"/>); where a parameter stops at its bound, the quantiles of θ* itself.
/// Work: resamples · a few steps · points · parameters². Results do not depend on the number of threads.
/// </summary>
internal static class LawFitting
{
    private const double Tolerance = 1e-13;
    private const double ResampleTolerance = 1e-7;

    // Residuals below this are rounding.
    private const double Rounding = 1e-8;

    // Noise below this part of a departure is none.
    private const double SmallestNoise = 1e-3;

    public static FittedLaw Fit(ScalingLaw law, LogPoints points, ScalingFitOptions options, CancellationToken cancellation)
    {
        var (lower, upper) = law.Box(points);
        var (theta, sum) = Best(law, points, lower, upper);
        var n = points.Count;
        var k = law.Parameters.Count;
        var minimizer = new LawMinimizer(law, points.U.ToArray(), lower, upper);
        minimizer.Minimize(theta, points.V, Tolerance);
        var fitted = minimizer.Values.ToArray();
        var residuals = new double[n];
        for (var i = 0; i < n; i++)
            residuals[i] = points.V[i] - fitted[i];
        var noise = new ResidualNoise(points, residuals, k);
        var errors = new double[k];
        new StandardErrors(k, noise.Scales).Compute(residuals, minimizer.Slopes, Free(theta, lower, upper), errors);
        var (resampled, studentised) = Resample(law, points, fitted, theta, noise, (lower, upper), options, cancellation);
        var rms = Math.Sqrt(sum / n);
        var (describes, verdict) = Judge(points, rms, noise.Correlation);
        return new FittedLaw
        {
            Name = law.Name,
            Formula = law.Formula,
            Law = law,
            Theta = theta,
            Parameters = [.. law.Parameters.Select((parameter, j) => Value(parameter, theta[j], Interval(j)))],
            WindowStart = Math.Exp(points.First),
            WindowEnd = Math.Exp(points.Last),
            Points = n,
            LogResidual = rms,
            LargestResidual = residuals.Max(Math.Abs),
            Correlation = noise.Correlation,
            Criterion = 0,
            Describes = describes,
            Verdict = verdict,
            IntervalMethod = FormattableString.Invariant(
                $"{100 * options.Level:0.#} %, studentised bootstrap of {options.Resamples} resamples of prewhitened residuals in blocks of {noise.Block} (correlation {noise.Correlation:0.00})"),
        };

        (double Lower, double Upper) Interval(int j)
        {
            var known = studentised[j].Where(value => !double.IsNaN(value)).Order().ToArray();
            if (double.IsFinite(errors[j]) && known.Length > 0.95 * options.Resamples)
            {
                var low = known[(int)Math.Floor((1 - options.Level) / 2 * known.Length)];
                var high = known[(int)Math.Ceiling((1 + options.Level) / 2 * known.Length) - 1];
                return (Math.Max(lower[j], theta[j] - (high * errors[j])), Math.Min(upper[j], theta[j] - (low * errors[j])));
            }

            return BlockBootstrap.Interval(resampled[j], options.Level);
        }
    }

    /// <summary>The criterion with the number of independent points that a correlation leaves.</summary>
    public static double Criterion(FittedLaw law, double correlation)
    {
        var independent = Math.Max(law.Theta.Length + 1, law.Points * (1 - correlation) / (1 + correlation));
        return (2 * independent * Math.Log(Math.Max(law.LogResidual, Rounding))) + (law.Theta.Length * Math.Log(independent));
    }

    /// <summary>The minimum over all starts.</summary>
    public static (double[] Theta, double Sum) Best(ScalingLaw law, LogPoints points, double[] lower, double[] upper)
    {
        var minimizer = new LawMinimizer(law, points.U.ToArray(), lower, upper);
        double[]? best = null;
        var smallest = double.PositiveInfinity;
        foreach (var start in law.Starts(points))
        {
            var theta = (double[])start.Clone();
            var sum = minimizer.Minimize(theta, points.V, Tolerance);
            if (sum < smallest)
                (best, smallest) = (theta, sum);
        }

        return best is null ? throw new ParameterException("law", law.Name, "a law that can be evaluated on the curve", "leave it out with --law") : (best, smallest);
    }

    private static (double[][] Values, double[][] Studentised) Resample(
        ScalingLaw law, LogPoints points, double[] fitted, double[] theta, ResidualNoise noise, (double[] Lower, double[] Upper) box, ScalingFitOptions options, CancellationToken cancellation)
    {
        var k = theta.Length;
        double[][] values = [.. theta.Select(_ => new double[options.Resamples])], studentised = [.. theta.Select(_ => new double[options.Resamples])];
        Parallel.For(0, options.Resamples, new ParallelOptions { CancellationToken = cancellation }, () => new Worker(law, points, noise, box), (replica, _, worker) =>
        {
            worker.Run(fitted, theta, options.Seed, replica);
            for (var j = 0; j < k; j++)
            {
                values[j][replica] = worker.Theta[j];

                // A resample that stops at a bound would have gone on: it counts as far away.
                studentised[j][replica] = worker.Theta[j] <= box.Lower[j] ? double.NegativeInfinity : worker.Theta[j] >= box.Upper[j] ? double.PositiveInfinity : (worker.Theta[j] - theta[j]) / worker.Errors[j];
            }

            return worker;
        }, _ => { });
        return (values, studentised);
    }

    private static bool[] Free(double[] theta, double[] lower, double[] upper) => [.. theta.Select((value, j) => value > lower[j] && value < upper[j])];

    private static ScalingValue Value(ScalingParameter parameter, double value, (double Lower, double Upper) interval)
    {
        // Rounding must not put the value outside of its own interval.
        var (lower, upper) = (Math.Min(value, interval.Lower), Math.Max(value, interval.Upper));
        return parameter.IsLogarithm
            ? new ScalingValue(parameter.Symbol, parameter.Meaning, Math.Exp(value), Math.Exp(lower), Math.Exp(upper))
            : new ScalingValue(parameter.Symbol, parameter.Meaning, value, lower, upper);
    }

    private static (bool Describes, string Verdict) Judge(LogPoints points, double rms, double correlation)
    {
        var noise = points.NeighbourNoise();
        if (rms <= Math.Max(1.25 * noise, Rounding))
            return (true, noise > Rounding ? "describes within the noise" : "describes to rounding");
        if (rms <= 0.02)
            return (true, FormattableString.Invariant($"describes within {100 * rms:0.0#} % rms; residuals of neighbours are correlated ({correlation:0.00}): slow noise, or a small misfit"));
        return (false, noise > rms * SmallestNoise
            ? FormattableString.Invariant($"does not describe: departs by {100 * rms:0.#} % rms, {rms / noise:0.#} times the noise between neighbours")
            : FormattableString.Invariant($"does not describe: departs by {100 * rms:0.#} % rms, and the curve has no noise"));
    }

    private sealed class Worker(ScalingLaw law, LogPoints points, ResidualNoise noise, (double[] Lower, double[] Upper) box)
    {
        private readonly LawMinimizer minimizer = new(law, points.U.ToArray(), box.Lower, box.Upper);
        private readonly StandardErrors errors = new(law.Parameters.Count, noise.Scales);
        private readonly double[] observed = new double[points.Count];
        private readonly bool[] isFree = new bool[law.Parameters.Count];

        public double[] Theta { get; } = new double[law.Parameters.Count];

        public double[] Errors { get; } = new double[law.Parameters.Count];

        public void Run(double[] fitted, double[] theta, ulong seed, int replica)
        {
            noise.Resample(seed, replica, observed);
            for (var i = 0; i < observed.Length; i++)
                observed[i] += fitted[i];
            theta.CopyTo(Theta, 0);
            minimizer.Minimize(Theta, observed, ResampleTolerance);
            for (var i = 0; i < observed.Length; i++)
                observed[i] -= minimizer.Values[i];
            for (var j = 0; j < Theta.Length; j++)
                isFree[j] = Theta[j] > box.Lower[j] && Theta[j] < box.Upper[j];
            errors.Compute(observed, minimizer.Slopes, isFree, Errors);
        }
    }
}
