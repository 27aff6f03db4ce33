using Eigenflow.Random;

namespace Eigenflow.Scaling.Collapse;

/// <summary>A rescaled curve.</summary>
/// <param name="Model">What the collapse is over, such as the dimension; curves of one model differ by their seed alone.</param>
/// <param name="X">Rescaled abscissae, positive.</param>
/// <param name="Y">Rescaled ordinates, as many, positive.</param>
/// <param name="Seed">Label of the seed; empty where there is none, and seeds are then not paired across models.</param>
public sealed record CollapseCurve(string Model, double[] X, double[] Y, string Seed = "");

/// <summary>
/// How well rescaled curves fall on one: their spread Δ, beside the noise floor σ that the seeds of a model leave (the definitions of arXiv 2507.02119).
/// <para>On a logarithmic grid of the x that all curves cover, with linear interpolation in ln x: σ²(x) is the mean over models of the variance between seeds, relative to the square of the mean; Δ²(x) is the variance of
/// all curves (between the means of models, plus within). With <see cref="CollapseOptions.IsRelative"/> off both are relative to the largest mean. Scores are root mean squares over x. Both are equal where models differ by noise alone.</para>
/// <para>Significance: at every x an analysis of variance of ln y of models against seeds, paired where seeds share random numbers across models (<see cref="ModelVariance"/>).</para>
/// Work O(curves · grid), times the resamples of the interval.
/// </summary>
public sealed record CollapseScore
{
    private const double Significant = 0.01;
    private const double LargestRatio = 1.5;
    private const double LargestShare = 0.1;
    private const double SmallestPower = 0.4;
    private const double CommonLevel = 0.95;
    private const double SmallestMean = 0.01;
    private const double SmallDifference = 0.1;
    private const double NoNoise = 1e-12;
    private const int FewestSeeds = 3;
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

    /// <summary>Whether seeds were paired across models.</summary>
    public required bool IsPaired { get; init; }

    /// <summary>Root mean square over the grid of the differences between models beyond what seeds explain, relative; NaN without seeds.</summary>
    public required double Difference { get; init; }

    /// <summary>Probability that models which differ so much that the spread is 1.5 times the noise are found to differ at one x; NaN without seeds.</summary>
    public required double Power { get; init; }

    /// <summary>
    /// Whether the curves collapse: Δ ≤ 1.5 σ, models differ significantly on at most a tenth of the grid or by at most a tenth of the noise, and the test would have found larger differences with a probability of at least 0.4.
    /// False where models differ by more.
    /// Null where that cannot be told: fewer than three seeds, no noise, too little power.
    /// </summary>
    public bool? IsCollapse => Seeds < FewestSeeds || !(Floor > NoNoise) ? null
        : SignificantShare > LargestShare && Difference > SmallDifference * Floor ? false
        : Score <= LargestRatio * Floor && Power >= SmallestPower ? true : null;

    /// <summary>Whether models differ and the spread exceeds the noise of seeds by its largest ratio.</summary>
    public bool IsNone => IsCollapse == false && Score > LargestRatio * Floor;

    /// <summary>The verdict in words.</summary>
    public string Verdict => Seeds < 2
        ? DisplayText.Of($"spread {100 * Score:G3} %; no verdict without seeds: at least three of every model")
        : !(Floor > NoNoise) ? DisplayText.Of($"cannot tell: the seeds of every model are equal, and there is no noise to compare the spread {100 * Score:G3} % with")
        : Seeds < FewestSeeds ? DisplayText.Of($"cannot tell: the spread {100 * Score:G3} % is {Score / Floor:0.##} times the noise of seeds, but two seeds do not measure that noise; take five")
        : IsCollapse switch
        {
            true when SignificantShare > LargestShare => DisplayText.Of(
                $"collapse within the noise: spread {100 * Score:G3} % is {Score / Floor:0.##} times the noise of seeds; models differ systematically on {100 * SignificantShare:0} % of the range, but by {100 * Difference:G3} %, no more than a tenth of the noise ({PowerWords})"),
            true => DisplayText.Of($"collapse: spread {100 * Score:G3} % is {Score / Floor:0.##} times the noise of seeds, models differ significantly on {100 * SignificantShare:0} % of the range ({PowerWords})"),
            false when Score <= LargestRatio * Floor => DisplayText.Of(
                $"the spread {100 * Score:G3} % is within the noise of seeds ({Score / Floor:0.##} times), but models differ systematically, by {100 * Difference:G3} %, on {100 * SignificantShare:0} % of the range{PairedWords}"),
            false => DisplayText.Of($"no collapse: spread {100 * Score:G3} % is {Score / Floor:0.##} times the noise of seeds, models differ significantly on {100 * SignificantShare:0} % of the range{PairedWords}"),
            null when Score <= LargestRatio * Floor => DisplayText.Of($"cannot tell: the spread {100 * Score:G3} % is within the noise of seeds ({Score / Floor:0.##} times), but {PowerWords}; take more seeds"),
            null => DisplayText.Of($"cannot tell: the spread {100 * Score:G3} % is {Score / Floor:0.##} times the noise of seeds, but models differ significantly on {100 * SignificantShare:0} % of the range alone; take more seeds"),
        };

    private string PowerWords => DisplayText.Of(
        $"{Seeds} seeds{(IsPaired ? ", paired across models," : "")} would find models that make the spread {LargestRatio:0.#} times the noise with probability {Power:0.00}");

    private string PairedWords => IsPaired ? " (seeds paired across models)" : "";

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
        var order = models.Select(model => model.OrderBy(curve => curve.Seed, StringComparer.Ordinal).ToArray()).ToArray();
        double[][][] values = [.. order.Select(model => model.Select(curve => Interpolate(curve, x)).ToArray())];
        var seeds = models.Min(model => model.Length);
        var isPaired = IsPairedBy(order, values, x.Length, options);
        var measured = Measure(values, x.Length, options, isPaired, null);
        var (lower, upper) = seeds < 2 ? (double.NaN, double.NaN) : Interval(values, x.Length, options, isPaired);
        var floor = seeds < 2 ? double.NaN : RootMeanSquare(measured.Noise);

        // The variance of models with which Δ = 1.5 σ, in units of that against which models are tested.
        var larger = ((LargestRatio * LargestRatio) - 1) * floor * floor / (measured.Residual * measured.Residual);
        return new CollapseScore
        {
            Models = models.Length,
            Seeds = seeds,
            IsRelative = options.IsRelative,
            X = x,
            Mean = measured.Mean,
            Spread = measured.Spread,
            Noise = measured.Noise,
            Score = RootMeanSquare(measured.Spread),
            Lower = lower,
            Upper = upper,
            Floor = floor,
            SignificantShare = measured.Share,
            IsPaired = isPaired,
            Difference = measured.Difference,
            Power = seeds < 2 || !(floor > NoNoise) ? double.NaN : ModelVariance.Power(models.Length, models.Length / models.Sum(model => 1.0 / model.Length), measured.Degrees, larger, Significant),
        };
    }

    /// <summary>Δ alone, for searches: no interval and no test.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="options">Options.</param>
    internal static double SpreadOf(IReadOnlyList<CollapseCurve> curves, CollapseOptions options)
    {
        var x = Grid(curves, options);
        var values = curves.GroupBy(curve => curve.Model, StringComparer.Ordinal).Select(model => model.Select(curve => Interpolate(curve, x)).ToArray()).ToArray();
        return RootMeanSquare(Measure(values, x.Length, options, false, null).Spread);
    }

    private static bool IsPairedBy(CollapseCurve[][] models, double[][][] values, int points, CollapseOptions options)
    {
        string[] labels = [.. models[0].Select(curve => curve.Seed)];
        var canBe = labels.Length > 1 && labels.Distinct(StringComparer.Ordinal).Count() == labels.Length && !labels.Contains("", StringComparer.Ordinal)
            && models.All(model => model.Select(curve => curve.Seed).SequenceEqual(labels, StringComparer.Ordinal));
        if (options.Pairing == SeedPairing.Paired && !canBe)
            throw new ParameterException("pairing", "paired", "used where every model has the same seeds, each once", "name their column with --seeds, or leave --pairing out");
        if (options.Pairing != SeedPairing.Auto || !canBe)
            return options.Pairing == SeedPairing.Paired;
        return Enumerable.Range(0, points).Count(i => ModelVariance.Of([.. values.Select(model => model.Select(seed => Math.Log(seed[i])).ToArray())], true).BlockProbability > CommonLevel) > points / 2;
    }

    // choose: which seeds of every model, or null for all.
    private static Measured Measure(double[][][] values, int points, CollapseOptions options, bool isPaired, int[][]? choose)
    {
        double[] mean = new double[points], spread = new double[points], noise = new double[points], residual = new double[points], difference = new double[points];
        var isDifferent = new bool[points];
        var degrees = 0.0;
        var models = values.Length;
        var hasSeeds = values.All(model => model.Length > 1);
        var perSeed = values.Average(model => 1.0 / model.Length);
        double[][] here = [.. values.Select(model => new double[model.Length])], logs = [.. values.Select(model => new double[model.Length])];
        for (var i = 0; i < points; i++)
        {
            for (var m = 0; m < models; m++)
            {
                for (var s = 0; s < here[m].Length; s++)
                {
                    here[m][s] = values[m][choose is null ? s : choose[m][s]][i];
                    logs[m][s] = Math.Log(here[m][s]);
                }

                mean[i] += here[m].Average() / models;
            }

            if (!hasSeeds)
            {
                (noise[i], residual[i], difference[i]) = (double.NaN, double.NaN, double.NaN);
                spread[i] = Math.Sqrt(here.Sum(model => (model.Average() - mean[i]) * (model.Average() - mean[i])) / (models - 1));
                continue;
            }

            // The means of models scatter by the noise of their seeds too: what is between models beyond that, plus the noise. Noise that models share does not tell them apart.
            var variance = ModelVariance.Of(here, isPaired);
            var beyond = Math.Max(0, variance.Between - ((isPaired ? variance.Residual : variance.Within) * perSeed));
            noise[i] = Math.Sqrt(variance.Within);
            spread[i] = Math.Sqrt(beyond + variance.Within);

            // Models are tested in logarithms: seeds that differ by a factor, as sizes of teachers do, then differ by a constant.
            var tested = ModelVariance.Of(logs, isPaired);
            (residual[i], degrees) = (Math.Sqrt(tested.Residual), tested.DegreesOfFreedom);
            difference[i] = Math.Min(mean[i] * Math.Sqrt(Math.Max(0, tested.Between - (tested.Residual * perSeed))), Math.Sqrt(variance.Between)) / mean[i];
            isDifferent[i] = tested.Within > 0 && tested.IsSignificant(models, Significant);
        }

        // Relative deviations of what has fallen to nothing do not matter where deviations are relative to the largest mean.
        var largest = mean.Max();
        int[] tests = [.. Enumerable.Range(0, points).Where(i => options.IsRelative || mean[i] >= SmallestMean * largest)];
        for (var i = 0; i < points && !options.IsRelative; i++)
        {
            residual[i] *= mean[i] / largest;
            difference[i] *= mean[i] / largest;
        }

        for (var i = 0; i < points; i++)
        {
            var unit = options.IsRelative ? mean[i] : largest;
            (noise[i], spread[i]) = (noise[i] / unit, spread[i] / unit);
        }

        return new Measured(mean, spread, noise, RootMeanSquare(residual), RootMeanSquare(difference), degrees, hasSeeds ? (double)tests.Count(i => isDifferent[i]) / tests.Length : double.NaN);
    }

    private static (double Lower, double Upper) Interval(double[][][] values, int points, CollapseOptions options, bool isPaired)
    {
        var scores = new double[Resamples];
        for (var replica = 0; replica < Resamples; replica++)
        {
            // Seeds that belong together are drawn together.
            var choose = values.Select((model, m) => Enumerable.Range(0, model.Length).Select(s =>
            {
                var word = Philox.Block(((uint)s, 0xC011, isPaired ? 0 : (uint)m, (uint)replica), ((uint)options.Seed, (uint)(options.Seed >> 32))).Word0;
                return WholeNumbers.Below(word, model.Length);
            }).ToArray()).ToArray();
            scores[replica] = RootMeanSquare(Measure(values, points, options, isPaired, choose).Spread);
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
            var (low, high) = (curves.Max(curve => curve.X.Min()), curves.Min(curve => curve.X.Max()));
            throw options.From is null && options.To is null || !(low < high)
                ? new ParameterException("curves", DisplayText.Plain($"(the latest begins at x = {low:G4}, the shortest ends at {high:G4})"), "long enough for a range of rescaled x that all curves cover", "measure longer curves, or leave out models that do not reach the others")
                : new ParameterException("range", DisplayText.Plain($"{options.From:R},{options.To:R}"), DisplayText.Plain($"within the rescaled x that all curves cover, {low:G4} to {high:G4}"));
        }

        return [.. Enumerable.Range(0, options.Points).Select(i => start * Math.Pow(end / start, i / (options.Points - 1.0)))];
    }

    private static double[] Interpolate(CollapseCurve curve, double[] grid)
    {
        var order = Enumerable.Range(0, curve.X.Length).OrderBy(i => curve.X[i]).ToArray();
        return CurveInterpolation.At([.. order.Select(i => Math.Log(curve.X[i]))], [.. order.Select(i => curve.Y[i])], [.. grid.Select(x => Math.Log(x))]);
    }

    private static double RootMeanSquare(double[] values) => Math.Sqrt(values.Average(value => value * value));

    private readonly record struct Measured(double[] Mean, double[] Spread, double[] Noise, double Residual, double Difference, double Degrees, double Share);
}
