using System.Globalization;
using Eigenflow.Numerics;
using Eigenflow.Scaling.Noise;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Scaling.Fits;

/// <summary>
/// Fits laws to one curve: least squares in ln y from several starts, about a place in the data so that no unit has an influence; then the noise that the residuals show (<see cref="LawNoise"/>),
/// the test of the law, and intervals: bias-corrected percentiles of refits to the law with noise drawn from it, whose correlation and variance are drawn by how well the residuals determine them.
/// Percentiles belong to the curve and not to a parametrisation, hold the estimate, and end where a parameter's range ends.
/// Work: resamples · a few steps · points · parameters². Results do not depend on the number of threads.
/// </summary>
internal sealed class LawFitting
{
    private const double Tolerance = 1e-15;

    // A refit starts at the estimate; a step that lowers the sum by less is shorter than a fiftieth of a standard error.
    private const double ResampleTolerance = 1e-6;
    private const int ResampleSteps = 40;

    // Intervals of a law that departs from the curve are of no use to anybody: fewer refits will do.
    private const int ResamplesOfDepartingLaws = 199;

    // A distribution of resamples whose median is farther from the estimate is a sign of trouble, not of a bias to be corrected.
    private const double LargestCorrection = 0.6;

    // Beyond this a logarithm is that of no number.
    private const double LargestLogarithm = 700;

    private readonly LogPoints points;
    private readonly CurveNoise noise;
    private readonly ScalingFitOptions options;
    private readonly CancellationToken cancellation;

    public LawFitting(LogPoints points, ScalingFitOptions options, CancellationToken cancellation)
    {
        (this.points, this.options, this.cancellation) = (points, options, cancellation);
        noise = new CurveNoise(points);
    }

    /// <summary>Fits one law.</summary>
    public FittedLaw Fit(ScalingLaw law)
    {
        var centred = law.Centred(points);
        var (lower, upper) = law.Box(centred);
        var (theta, sum) = Minimum(law, centred);
        var n = points.Count;
        bool[] isFree = [.. theta.Select((value, j) => value > lower[j] && value < upper[j])];
        var minimizer = new LawMinimizer(law, centred, lower, upper);
        sum = minimizer.Polish(theta, centred.V);
        var fitted = minimizer.Values.ToArray();
        var residuals = new double[n];
        for (var i = 0; i < n; i++)
            residuals[i] = centred.V[i] - fitted[i];
        var isMinimum = HoldsUnfinished(isFree, residuals, minimizer.Slopes);
        var left = new LawNoise(points, noise, residuals, minimizer.Slopes, isFree, options.Seed);
        var rms = Math.Sqrt(sum / Total());
        var standing = LawTest.Of(points, rms, () => left.Probability >= LawNoise.Level);
        if (rms <= LawTest.Rounding)
            law.Settle(theta, centred);
        var edge = law.Edge(theta, centred, rms) ?? (isMinimum ? null : "the fit runs along a valley to a limit of the law: its parameters are not determined");
        var isFew = points.Count < LawNoise.FewestPoints;
        var isSlow = !isFew && standing == LawStanding.Describes && LawTest.IsSlow(residuals, rms, left.Correlation);
        var resamples = standing == LawStanding.Departs ? Math.Min(ResamplesOfDepartingLaws, options.Resamples) : options.Resamples;
        var (intervals, method) = isFew ? FewPoints(centred, theta, residuals) : (Resampled(law, centred, fitted, theta, left, (lower, upper), resamples), Method(left, resamples, rms));
        var formula = Formula(law, theta, centred);
        Open(intervals, minimizer.Slopes, [.. law.Parameters.Select((parameter, j) => parameter.IsLogarithm ? formula[j] : 0)]);
        return new FittedLaw
        {
            Name = law.Name,
            Formula = law.Formula,
            Law = law,
            Theta = theta,
            Centre = (centred.OriginU, centred.OriginV),
            Parameters = [.. law.Parameters.Select((parameter, j) => Value(parameter, formula[j], intervals[j]))],
            WindowStart = points.FirstX,
            WindowEnd = points.LastX,
            Points = n,
            LogResidual = rms,
            LargestResidual = residuals.Max(Math.Abs),
            Correlation = isFew ? 0 : left.Correlation,
            LackOfFit = standing == LawStanding.Untested ? double.NaN : rms <= LawTest.Rounding ? 1 : left.Probability,
            Criterion = 0,
            Noise = left,
            Standing = standing,
            Edge = edge,
            IsSlow = isSlow,
            Verdict = (isSlow ? LawTest.SlowWords(left.Correlation, rms) : LawTest.Words(standing, points, rms, rms <= LawTest.Rounding || isFew ? 1 : left.Probability))
                + (!isSlow && standing == LawStanding.Describes && rms > LawTest.Rounding && left.Inflation > 1 ? "; residuals wander over many points: slow noise, or a small misfit" : "") + (edge is null ? "" : "; " + edge),
            IntervalMethod = method,
        };
    }

    /// <summary>The laws with their criteria −2 ln L + k ln n · n/(n − k − 2), the best first: the last factor is that of small samples, in which a law of many parameters fits by chance.</summary>
    public List<FittedLaw> Ranked(IEnumerable<FittedLaw> laws)
    {
        double n = points.Count;
        return
        [
            .. laws.Select(law => law with
            {
                Criterion = law.Noise.Deviance(n * LawTest.Rounding * LawTest.Rounding) + (law.Theta.Length * Math.Log(n) * n / Math.Max(1, n - law.Theta.Length - 2)),
            }).OrderBy(law => law.Criterion),
        ];
    }

    /// <summary>The minimum over all starts, as parameters of the formula.</summary>
    public static double[] Best(ScalingLaw law, LogPoints points)
    {
        var centred = law.Centred(points);
        return Formula(law, Minimum(law, centred).Theta, centred);
    }

    private static double[] Formula(ScalingLaw law, double[] theta, LogPoints centred)
    {
        var formula = (double[])theta.Clone();
        law.ToFormula(formula, centred.OriginU, centred.OriginV);
        return formula;
    }

    private static (double[] Theta, double Sum) Minimum(ScalingLaw law, LogPoints centred)
    {
        var (lower, upper) = law.Box(centred);
        var minimizer = new LawMinimizer(law, centred, lower, upper);
        double[]? best = null;
        var smallest = double.PositiveInfinity;
        foreach (var start in law.Starts(centred))
        {
            var theta = (double[])start.Clone();
            var sum = minimizer.Minimize(theta, centred.V, Tolerance);
            if (sum < smallest)
                (best, smallest) = (theta, sum);
        }

        return best is null ? throw new ParameterException("law", law.Name, "a law that can be evaluated on the curve", "leave it out with --law") : (best, smallest);
    }

    // At a minimum the residuals are orthogonal to the slopes. Where a law reaches what it wants in a limit of its parameters alone, they are not: what its tangent promises is not to be had,
    // and the last parameters are held until it promises nothing.
    private bool HoldsUnfinished(bool[] isFree, double[] residuals, ReadOnlySpan<double> slopes)
    {
        const double promised = 1e-4, independent = 1e-12;
        var k = isFree.Length;
        var isMinimum = true;
        for (var last = k - 1; last > 0; last--)
        {
            var basis = new List<double[]>();
            var part = 0.0;
            for (var j = 0; j < k; j++)
            {
                if (!isFree[j])
                    continue;
                var column = new double[residuals.Length];
                for (var i = 0; i < column.Length; i++)
                    column[i] = slopes[(i * k) + j] * Math.Sqrt(points.Weights[i]);
                var size = Sums.Product(column, column);
                foreach (var other in basis)
                    Sums.Add(column, -Sums.Product(column, other), other);
                var rest = Sums.Product(column, column);
                if (!(rest > independent * size))
                    continue;
                Sums.Scale(column, 1 / Math.Sqrt(rest));
                basis.Add(column);
                var along = 0.0;
                for (var i = 0; i < column.Length; i++)
                    along += column[i] * residuals[i] * Math.Sqrt(points.Weights[i]);
                part += along * along;
            }

            var total = 0.0;
            for (var i = 0; i < residuals.Length; i++)
                total += points.Weights[i] * residuals[i] * residuals[i];
            if (part <= promised * total || total <= points.Count * LawTest.Rounding * LawTest.Rounding)
                break;
            isMinimum = false;
            isFree[last] = false;
        }

        return isMinimum;
    }

    private double Total()
    {
        var total = 0.0;
        foreach (var weight in points.Weights)
            total += weight;
        return total;
    }

    private (double Lower, double Upper)[] Resampled(ScalingLaw law, LogPoints centred, double[] fitted, double[] theta, LawNoise left, (double[] Lower, double[] Upper) box, int resamples)
    {
        var k = theta.Length;
        double[][] values = [.. theta.Select(_ => new double[resamples])];
        Parallel.For(0, resamples, new ParallelOptions { CancellationToken = cancellation }, () => new Worker(law, centred, noise, left, box), (replica, _, worker) =>
        {
            worker.Run(fitted, theta, replica);
            law.ToFormula(worker.Theta, centred.OriginU, centred.OriginV);
            for (var j = 0; j < k; j++)
                values[j][replica] = worker.Theta[j];
            return worker;
        }, _ => { });
        var formula = Formula(law, theta, centred);
        return [.. values.Select((drawn, j) => Interval(drawn, formula[j]))];
    }

    // A parameter that the curve does not feel anywhere is bounded by nothing, though refits leave it where it is; nor is one whose logarithm has left the range of numbers.
    private static void Open((double Lower, double Upper)[] intervals, ReadOnlySpan<double> slopes, double[] logarithms)
    {
        var k = intervals.Length;
        for (var j = 0; j < k; j++)
        {
            var largest = 0.0;
            for (var i = j; i < slopes.Length; i += k)
                largest = Math.Max(largest, Math.Abs(slopes[i]));
            if (largest <= LawTest.Rounding || !(Math.Abs(logarithms[j]) < LargestLogarithm))
                intervals[j] = (double.NegativeInfinity, double.PositiveInfinity);
        }
    }

    private (double Lower, double Upper) Interval(double[] drawn, double estimate)
    {
        Array.Sort(drawn);
        double below = 0;
        foreach (var value in drawn)
            below += value < estimate ? 1 : value == estimate ? 0.5 : 0;
        var median = Math.Clamp(Normal.InvCDF(0, 1, Math.Clamp(below / drawn.Length, 1e-6, 1 - 1e-6)), -LargestCorrection, LargestCorrection);
        var reach = Normal.InvCDF(0, 1, (1 + options.Level) / 2);
        return (AtScore((2 * median) - reach), AtScore((2 * median) + reach));

        double AtScore(double score) => Quantile.AtRank(drawn, Math.Clamp((Normal.CDF(0, 1, score) * (drawn.Length + 1)) - 1, 0, drawn.Length - 1));
    }

    // Student's intervals of a straight line in the logarithms.
    private ((double Lower, double Upper)[] Intervals, string Method) FewPoints(LogPoints centred, double[] theta, double[] residuals)
    {
        double squares = 0, sum = 0, total = 0;
        for (var i = 0; i < residuals.Length; i++)
        {
            squares += points.Weights[i] * centred.U[i] * centred.U[i];
            sum += points.Weights[i] * residuals[i] * residuals[i];
            total += points.Weights[i];
        }

        var freedom = points.Count - 2;
        var reach = StudentInterval.Quantile(freedom, options.Level);
        var variance = sum / freedom;
        double slope = reach * Math.Sqrt(variance / squares), intercept = reach * Math.Sqrt(variance * ((1 / total) + (centred.OriginU * centred.OriginU / squares)));
        var amplitude = theta[0] + centred.OriginV - (theta[1] * centred.OriginU);
        return ([(amplitude - intercept, amplitude + intercept), (theta[1] - slope, theta[1] + slope)],
            DisplayText.Of($"{100 * options.Level:0.#} %, Student's t with {freedom} degrees of freedom: noise of equal size that is independent from point to point is assumed, {points.Count} points cannot show otherwise"));
    }

    private string Method(LawNoise left, int resamples, double rms)
    {
        if (rms <= LawTest.Rounding)
            return DisplayText.Of($"{100 * options.Level:0.#} %, bias-corrected percentiles of {resamples} refits: the residuals are rounding, so that the intervals hold no noise");
        var words = DisplayText.Of($"{100 * options.Level:0.#} %, bias-corrected percentiles of {resamples} refits with drawn noise: neighbours correlate by {left.Correlation:0.00} ({left.LowerCorrelation:0.00} to {left.UpperCorrelation:0.00})");
        if (noise.Growth > 1.5)
            words += DisplayText.Of($", its size changes by a factor {noise.Growth:0.0} along the curve");
        if (left.Inflation > 1)
            words += DisplayText.Of($"; wider by {left.Inflation:0.00}: correlation over many points is left that this noise does not have");
        if (points.Count < LawNoise.SettledCurve)
            words += string.Create(CultureInfo.InvariantCulture, $"; {points.Count} points cannot tell strongly correlated noise from a law: if neighbours correlate by more than 0.5 the interval is too short");
        else if (left.UpperCorrelation > 0.97)
            words += "; the noise is as slow as the curve: the intervals are wide for that";
        return words;
    }

    private static ScalingValue Value(ScalingParameter parameter, double value, (double Lower, double Upper) interval)
    {
        // Rounding must not put the value outside of its own interval.
        var (lower, upper) = (Math.Min(value, interval.Lower), Math.Max(value, interval.Upper));
        return parameter.IsLogarithm
            ? new ScalingValue(parameter.Symbol, parameter.Meaning, Math.Exp(value), Math.Exp(lower), Math.Exp(upper))
            : new ScalingValue(parameter.Symbol, parameter.Meaning, value, lower, upper);
    }

    private sealed class Worker(ScalingLaw law, LogPoints points, CurveNoise noise, LawNoise left, (double[] Lower, double[] Upper) box)
    {
        private readonly LawMinimizer minimizer = new(law, points, box.Lower, box.Upper);
        private readonly double[] observed = new double[points.Count];
        private readonly double[] buffer = new double[points.Count + 1];

        public double[] Theta { get; } = new double[law.Parameters.Count];

        public void Run(double[] fitted, double[] theta, int replica)
        {
            left.Draw(replica, observed, buffer);
            noise.Colour(observed);
            for (var i = 0; i < observed.Length; i++)
                observed[i] += fitted[i];
            theta.CopyTo(Theta, 0);
            minimizer.Minimize(Theta, observed, ResampleTolerance, 1, ResampleSteps);
        }
    }
}
