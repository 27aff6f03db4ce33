using Eigenflow.Random;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>Fits one law to the points of one or more curves by restarts from random parameters, amplitudes solved for at each start. Restarts run in parallel; the result does not depend on it.</summary>
internal static class LawFitter
{
    private const int FirstSteps = 25;
    private const int LastSteps = 200;
    private const int Finalists = 3;
    private const int BootstrapSteps = 40;

    // Starts are told apart on that many bins of each curve.
    private const int RoughBins = 30;

    // Of the Huber sum, whose own scatter is far larger.
    private const double RoughTolerance = 1e-4;
    private const int FitIdle = 3;

    // Refits that end early stay near their start, and bands are then too narrow: parameters lie along a valley. Steps on the expansion follow it to the end; straight steps are for what they leave.
    private const int RefitIdle = 1;

    // Minima on few points: one that is higher by a half is not the lowest on all, one within a thousandth is the same.
    private const double MuchWorse = 1.5;
    private const double SameMinimum = 1.001;
    private const double FineTolerance = 1e-7;

    /// <summary>Fits.</summary>
    /// <param name="law">The law.</param>
    /// <param name="data">The curves.</param>
    /// <param name="restarts">Number of starts, at least 1.</param>
    /// <param name="seed">Seed of the starts.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Logarithms of the parameters and the Huber sum; infinite if no start could be evaluated.</returns>
    public static (double[] Theta, double Objective) Fit(LossLaw law, IReadOnlyList<FitData> data, int restarts, ulong seed, CancellationToken cancellation)
    {
        var observed = Observed(data);
        var (lower, upper) = Box(law, data, observed);
        var minimizer = new HuberGaussNewton(law, data, lower, upper);
        var scale = FitData.Scale(data);
        FitData[] rough = [.. data.Select(one => one.Count > RoughBins ? one.Rough(RoughBins) : one)];
        var roughObserved = Observed(rough);
        var isRough = roughObserved.Length > law.Parameters.Count;
        var firstLosses = new LawLosses(law, isRough ? rough : data);
        var first = new HuberGaussNewton(firstLosses, law.Priors, lower, upper);
        var seen = isRough ? roughObserved : observed;
        var results = new (double[] Theta, double Objective)[restarts];
        Run(restarts, restart =>
        {
            var theta = new double[law.Parameters.Count];
            for (var j = 0; j < theta.Length; j++)
            {
                if (law.Parameters[j].IsAmplitude)
                    continue;
                var (low, high) = law.Starts(j, scale);
                var part = Philox.Block(((uint)j, 0x57A7, (uint)restart, 0), ((uint)seed, (uint)(seed >> 32))).Word0 / 4294967296.0;
                theta[j] = Math.Log(low) + (part * Math.Log(high / low));
            }

            first.SetAmplitudes(theta, seen, law, firstLosses);
            results[restart] = (theta, first.Minimize(theta, seen, FirstSteps, RoughTolerance, FitIdle, cancellation));
        }, cancellation);

        // OrderBy keeps the order of equals: the same winner every time. The best few are finished on few points, and those that are not the same minimum on all.
        var few = results.OrderBy(result => result.Objective).Take(Finalists).ToArray();
        Run(few.Length, index => few[index].Objective = Finish(first, few[index].Theta, seen, RoughTolerance, isRough ? rough : data), cancellation);
        var smallest = few.Min(result => result.Objective);
        var best = few.OrderBy(result => result.Objective).Where((result, index) => index == 0 || (result.Objective <= MuchWorse * smallest && result.Objective > SameMinimum * smallest)).ToArray();
        Run(best.Length, index => best[index].Objective = Finish(minimizer, best[index].Theta, observed, FineTolerance, data), cancellation);
        return best.MinBy(result => result.Objective);

        // Along the valley on an expansion, and the rest by straight steps: their end does not depend on the expansion.
        double Finish(HuberGaussNewton on, double[] theta, double[] at, double tolerance, IReadOnlyList<FitData> curves)
        {
            on.Minimize(theta, at, LastSteps, RoughTolerance, FitIdle, cancellation, local: new LocalSteps(new LocalLosses(law, curves, theta), law.Priors, lower, upper));
            return on.Minimize(theta, at, LastSteps, tolerance, FitIdle, cancellation);
        }
    }

    /// <summary>Refits resampled data: predictions plus blocks of residuals, from the fitted parameters.</summary>
    /// <param name="law">The law.</param>
    /// <param name="data">The curves.</param>
    /// <param name="theta">The fitted logarithms.</param>
    /// <param name="replicas">Number of resamples.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="steps">Most evaluations of the law per resample.</param>
    /// <returns>Logarithms of the parameters of every resample.</returns>
    public static double[][] Bootstrap(LossLaw law, IReadOnlyList<FitData> data, double[] theta, int replicas, ulong seed, CancellationToken cancellation, int steps = BootstrapSteps)
    {
        var observed = Observed(data);
        var (lower, upper) = Box(law, data, observed);
        var minimizer = new HuberGaussNewton(law, data, lower, upper);
        var residuals = Residuals(law, data, theta);

        var known = new HuberGaussNewton.StartEvaluation(minimizer, theta);
        var local = new LocalLosses(law, data, theta);

        // Fitted residuals are smaller than the noise by the parameters that follow them.
        var inflation = Math.Sqrt(observed.Length / Math.Max(1.0, observed.Length - law.Parameters.Count));
        var results = new double[replicas][];
        Run(replicas, replica =>
        {
            var resampled = new double[observed.Length];
            var start = 0;
            for (var curve = 0; curve < data.Count; curve++)
            {
                var own = residuals.AsSpan(start, data[curve].Count);
                BlockBootstrap.Resample(own, BlockBootstrap.BlockLength(own), seed + (ulong)curve, replica, resampled.AsSpan(start, own.Length));
                start += own.Length;
            }

            for (var i = 0; i < resampled.Length; i++)
                resampled[i] = observed[i] + residuals[i] + (inflation * resampled[i]);
            var copy = (double[])theta.Clone();
            minimizer.Minimize(copy, resampled, steps, RoughTolerance, RefitIdle, cancellation, known, new LocalSteps(local, law.Priors, lower, upper));
            results[replica] = copy;
        }, cancellation);
        return results;
    }

    /// <summary>ln L_fit − ln L_measured at the points of all curves.</summary>
    public static double[] Residuals(LossLaw law, IReadOnlyList<FitData> data, double[] theta)
    {
        var observed = Observed(data);
        var losses = new LawLosses(law, data);
        var residuals = new double[losses.Stride];
        new HuberGaussNewton(losses, law.Priors, theta, theta).Evaluate(theta, observed, residuals, new double[losses.Stride * theta.Length]);
        return residuals[..observed.Length];
    }

    private static double[] Observed(IReadOnlyList<FitData> data) => [.. data.SelectMany(one => one.Points.LogLosses)];

    private static (double[] Lower, double[] Upper) Box(LossLaw law, IReadOnlyList<FitData> data, double[] observed)
    {
        var scale = FitData.Scale(data);
        double[] lower = new double[law.Parameters.Count], upper = new double[law.Parameters.Count];
        for (var j = 0; j < lower.Length; j++)
        {
            if (law.Parameters[j].IsAmplitude)
            {
                // Amplitudes have units of their own; the floor alone is known to lie below the losses.
                (lower[j], upper[j]) = j == 0 ? (observed.Min() - 12, observed.Min()) : (-60, 60);
            }
            else
            {
                var (low, high) = law.Bounds(j, scale);
                (lower[j], upper[j]) = (Math.Log(low), Math.Log(high));
            }
        }

        return (lower, upper);
    }

    private static void Run(int count, Action<int> work, CancellationToken cancellation) =>
        Numerics.Interruption.During(() => Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, work), cancellation);
}
