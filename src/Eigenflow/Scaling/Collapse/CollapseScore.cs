using Eigenflow.Random;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Scaling.Collapse;

/// <summary>A rescaled curve.</summary>
/// <param name="Model">What the collapse is over, such as the dimension; curves of one model differ by their seed alone.</param>
/// <param name="X">Rescaled abscissae, positive.</param>
/// <param name="Y">Rescaled ordinates, as many, positive.</param>
public sealed record CollapseCurve(string Model, double[] X, double[] Y);

/// <summary>
/// How well rescaled curves fall on one: their spread Δ, beside the noise floor σ that the seeds of a model leave (the definitions of arXiv 2507.02119).
/// <para>On a logarithmic grid of the x that all curves cover, with linear interpolation in ln x: σ²(x) is the mean over models of the variance between seeds, relative to the square of the mean; Δ²(x) is the variance of
/// all curves (between the means of models, plus within). With <see cref="CollapseOptions.IsRelative"/> off both are relative to the largest mean. Scores are root mean squares over x. Both are equal where models differ by noise alone.</para>
/// <para>Significance: at every x a one-way analysis of variance of models against seeds.</para>
/// Work O(curves · grid), times the resamples of the interval.
/// </summary>
public sealed record CollapseScore
{
    private const double Significant = 0.01;
    private const double LargestRatio = 1.5;
    private const double LargestShare = 0.1;
    private const int Resamples = 400;

    /// <summary>Number of models.</summary>
    public required int Models { get; init; }

    /// <summary>Fewest seeds of a model.</summary>
    public required int Seeds { get; init; }

    /// <summary>Whether deviations are relative to the mean at the same x, else to the largest mean.</summary>
    public required bool IsRelative { get; init; }

    /// <summary>The grid.</summary>
    public required double[] X { get; init; }

    /// <summary>Mean of the models at the grid.</summary>
    public required double[] Mean { get; init; }

    /// <summary>Δ(x), relative.</summary>
    public required double[] Spread { get; init; }

    /// <summary>σ(x), relative; NaN without seeds.</summary>
    public required double[] Noise { get; init; }

    /// <summary>Root mean square of Δ over the grid: 0.01 is one percent.</summary>
    public required double Score { get; init; }

    /// <summary>Lower end of the 95 % interval of the score, from resampled seeds; NaN without seeds.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the interval.</summary>
    public required double Upper { get; init; }

    /// <summary>Root mean square of σ over the grid; NaN without seeds.</summary>
    public required double Floor { get; init; }

    /// <summary>Part of the grid on which models differ significantly (p &lt; 0.01); NaN without seeds.</summary>
    public required double SignificantShare { get; init; }

    /// <summary>Whether the curves collapse: Δ ≤ 1.5 σ, and models differ significantly on at most a tenth of the grid; null without seeds.</summary>
    public bool? IsCollapse => Seeds < 2 ? null : Score <= LargestRatio * Floor && SignificantShare <= LargestShare;

    /// <summary>The verdict in words.</summary>
    public string Verdict => IsCollapse switch
    {
        null => FormattableString.Invariant($"spread {100 * Score:0.###} %; no verdict without two seeds of every model"),
        true => FormattableString.Invariant($"collapse: spread {100 * Score:0.###} % is {Score / Floor:0.##} times the noise of seeds, models differ significantly on {100 * SignificantShare:0} % of the range"),
        false when Score <= LargestRatio * Floor => FormattableString.Invariant(
            $"the spread {100 * Score:0.###} % is within the noise of seeds ({Score / Floor:0.##} times), but models differ systematically on {100 * SignificantShare:0} % of the range"),
        false => FormattableString.Invariant($"no collapse: spread {100 * Score:0.###} % is {Score / Floor:0.##} times the noise of seeds, models differ significantly on {100 * SignificantShare:0} % of the range"),
    };

    /// <summary>Scores.</summary>
    /// <param name="curves">The curves: at least two models.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="ParameterException">Fewer than two models, values that are not positive, or no common range.</exception>
    public static CollapseScore Of(IReadOnlyList<CollapseCurve> curves, CollapseOptions? options = null)
    {
        options ??= new CollapseOptions();
        options.Validate();
        var models = curves.GroupBy(curve => curve.Model, StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        if (models.Length < 2)
            throw new ParameterException("models", models.Length, "at least two models, such as two dimensions", "a collapse compares models");
        var x = Grid(curves, options);
        double[][][] values = [.. models.Select(model => model.Select(curve => Interpolate(curve, x)).ToArray())];
        var seeds = models.Min(model => model.Length);
        var (mean, spread, noise, share) = Measure(values, x.Length, options, null);
        var (lower, upper) = seeds < 2 ? (double.NaN, double.NaN) : Interval(values, x.Length, options);
        return new CollapseScore
        {
            Models = models.Length,
            Seeds = seeds,
            IsRelative = options.IsRelative,
            X = x,
            Mean = mean,
            Spread = spread,
            Noise = noise,
            Score = RootMeanSquare(spread),
            Lower = lower,
            Upper = upper,
            Floor = seeds < 2 ? double.NaN : RootMeanSquare(noise),
            SignificantShare = share,
        };
    }

    // choose: which seeds of every model, or null for all.
    private static (double[] Mean, double[] Spread, double[] Noise, double Share) Measure(double[][][] values, int points, CollapseOptions options, int[][]? choose)
    {
        double[] mean = new double[points], spread = new double[points], noise = new double[points];
        var significant = 0;
        var models = values.Length;
        var means = new double[models];
        for (var i = 0; i < points; i++)
        {
            double within = 0, squares = 0, degrees = 0, hasSeeds = 0;
            for (var m = 0; m < models; m++)
            {
                var count = values[m].Length;
                double sum = 0, square = 0;
                for (var s = 0; s < count; s++)
                    sum += Value(m, s, i);
                means[m] = sum / count;
                for (var s = 0; s < count; s++)
                    square += (Value(m, s, i) - means[m]) * (Value(m, s, i) - means[m]);
                if (count < 2)
                    continue;
                within += square / (count - 1);
                squares += square;
                degrees += count - 1;
                hasSeeds++;
            }

            mean[i] = means.Average();
            var between = means.Sum(value => (value - mean[i]) * (value - mean[i])) / (models - 1);
            var isKnown = hasSeeds == models;
            within = isKnown ? within / models : double.NaN;
            noise[i] = Math.Sqrt(within);

            // The means of models scatter by the noise of their seeds too: what is between models beyond that, plus the noise.
            var seeds = values.Average(model => 1.0 / model.Length);
            spread[i] = Math.Sqrt(isKnown ? Math.Max(0, between - (within * seeds)) + within : between);
            if (isKnown && squares > 0 && IsSignificant(values, means, squares, degrees))
                significant++;
        }

        var largest = mean.Max();
        for (var i = 0; i < points; i++)
        {
            noise[i] /= options.IsRelative ? mean[i] : largest;
            spread[i] /= options.IsRelative ? mean[i] : largest;
        }

        return (mean, spread, noise, values.All(model => model.Length > 1) ? (double)significant / points : double.NaN);

        double Value(int model, int seed, int point) => values[model][choose is null ? seed : choose[model][seed]][point];
    }

    private static bool IsSignificant(double[][][] values, double[] means, double squares, double degrees)
    {
        var total = values.Sum(model => model.Length);
        var grand = means.Select((value, m) => value * values[m].Length).Sum() / total;
        var between = means.Select((value, m) => (value - grand) * (value - grand) * values[m].Length).Sum() / (values.Length - 1);
        var ratio = between / (squares / degrees);
        return double.IsFinite(ratio) && FisherSnedecor.CDF(values.Length - 1, degrees, ratio) > 1 - Significant;
    }

    private static (double Lower, double Upper) Interval(double[][][] values, int points, CollapseOptions options)
    {
        var scores = new double[Resamples];
        for (var replica = 0; replica < Resamples; replica++)
        {
            var choose = values.Select((model, m) => Enumerable.Range(0, model.Length).Select(s =>
            {
                var word = Philox.Block(((uint)s, 0xC011, (uint)m, (uint)replica), ((uint)options.Seed, (uint)(options.Seed >> 32))).Word0;
                return (int)(word * (ulong)model.Length >> 32);
            }).ToArray()).ToArray();
            scores[replica] = RootMeanSquare(Measure(values, points, options, choose).Spread);
        }

        return BlockBootstrap.Interval(scores);
    }

    private static double[] Grid(IReadOnlyList<CollapseCurve> curves, CollapseOptions options)
    {
        foreach (var curve in curves)
        {
            if (curve.X.Length != curve.Y.Length || curve.X.Length < 2)
                throw new ParameterException("curves", $"({curve.X.Length} points in model {curve.Model})", "at least two points, as many x as y");
            if (Array.Exists(curve.X, value => !(value > 0 && double.IsFinite(value))) || Array.Exists(curve.Y, value => !(value > 0 && double.IsFinite(value))))
                throw new ParameterException("curves", $"(model {curve.Model})", "positive and finite x and y after rescaling", "give a --range, or another rescaling");
        }

        var start = Math.Max(options.From ?? 0, curves.Max(curve => curve.X.Min()));
        var end = Math.Min(options.To ?? double.PositiveInfinity, curves.Min(curve => curve.X.Max()));
        if (!(start < end))
        {
            throw new ParameterException(
                "range", FormattableString.Invariant($"{start:G4} to {end:G4}"), "a range of rescaled x that all curves cover", "measure longer curves, or leave out models that do not reach the others");
        }

        return [.. Enumerable.Range(0, options.Points).Select(i => start * Math.Pow(end / start, i / (options.Points - 1.0)))];
    }

    private static double[] Interpolate(CollapseCurve curve, double[] grid)
    {
        var order = Enumerable.Range(0, curve.X.Length).OrderBy(i => curve.X[i]).ToArray();
        var values = new double[grid.Length];
        var right = 1;
        for (var i = 0; i < grid.Length; i++)
        {
            while (right < order.Length - 1 && curve.X[order[right]] < grid[i])
                right++;
            int a = order[right - 1], b = order[right];
            var span = Math.Log(curve.X[b] / curve.X[a]);
            var part = span > 0 ? Math.Clamp(Math.Log(grid[i] / curve.X[a]) / span, 0, 1) : 1;
            values[i] = ((1 - part) * curve.Y[a]) + (part * curve.Y[b]);
        }

        return values;
    }

    private static double RootMeanSquare(double[] values) => Math.Sqrt(values.Average(value => value * value));
}
