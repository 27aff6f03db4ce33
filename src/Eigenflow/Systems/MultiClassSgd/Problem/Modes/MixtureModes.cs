namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// The modes of a mixture as the theory carries them. A block stands for modes of equal eigenvalues: it has a mass w (their number over d), one eigenvalue per spectrum, and one variance v of the weights per mode.
/// A direction belongs to a block, has a coordinate of the mean of every class, and carries the mean weights x: in full modes each mode is a direction and a block of mass 1/d; merged modes have an orthonormal basis of the span of the means in their block.
/// For losses of one output the classes are those of margins: mean and label are multiplied, and classes that then coincide are one. Immutable.
/// Memory: 8 bytes × (spectra × blocks + classes × directions).
/// </summary>
internal sealed record MixtureModes
{
    /// <summary>Above this many modes smooth mixtures are compressed.</summary>
    public const int LargestAutoFull = 2048;

    private const double LargestFull = 4e9;

    // What grouping modes takes for each of them.
    private const double GroupingBytes = 200;

    /// <summary>Memory that may be used, in bytes.</summary>
    public static double AvailableBytes => Math.Min(LargestFull, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.5);

    /// <summary>How the modes are carried.</summary>
    public required string Representation { get; init; }

    /// <summary>d, infinite in the continuum.</summary>
    public required double Dimension { get; init; }

    /// <summary>p of every class.</summary>
    public required double[] Probabilities { get; init; }

    /// <summary>The class here, and the sign of its margins, of every class of the problem.</summary>
    public required (int Class, int Sign)[] Origin { get; init; }

    /// <summary>The spectrum of every class.</summary>
    public required int[] SpectrumOf { get; init; }

    /// <summary>Eigenvalues by spectrum and block.</summary>
    public required double[][] Spectra { get; init; }

    /// <summary>w by block; they add to 1.</summary>
    public required double[] Masses { get; init; }

    /// <summary>The block of every direction; null where they are the same.</summary>
    public int[]? BlockOf { get; init; }

    /// <summary>Coordinates of the means by class and direction.</summary>
    public required double[][] Means { get; init; }

    /// <summary>Whether a direction is among the clean ones; empty where none is cleaner than others.</summary>
    public required bool[] Clean { get; init; }

    /// <summary>v₀.</summary>
    public required double StartVariance { get; init; }

    public int Classes => Probabilities.Length;

    public int Blocks => Masses.Length;

    public int Directions => Means[0].Length;

    /// <summary>Tr K_i/d of every class.</summary>
    public double[] Traces => field ??= [.. SpectrumOf.Select(spectrum => Dot(Masses, Spectra[spectrum]))];

    /// <summary>‖μ_i‖ of every class.</summary>
    public double[] MeanNorms => field ??= [.. Means.Select(mean => Math.Sqrt(Dot(mean, mean)))];

    /// <summary>Σ_i p_i λ^(i) by block.</summary>
    public double[] Pooled => field ??= Pool(this);

    /// <summary>The modes of a problem.</summary>
    public static MixtureModes Of(MultiClassProblem problem, ModeRepresentation representation, CancellationToken cancellation = default)
    {
        var size = (int)problem.Dimension;
        if (representation is ModeRepresentation.Compressed or ModeRepresentation.Auto && SmoothModes.IsSmooth(problem) && (representation == ModeRepresentation.Compressed || size > LargestAutoFull))
            return SmoothModes.Compressed(problem);
        if (representation == ModeRepresentation.Compressed)
            throw new ParameterException("modes", "compressed", "auto, full or blocks for this mixture", "only spectra identity and power-law with means flat or power are smooth functions of the mode number");
        var bytes = size * ((8.0 * (problem.Classes.Count + problem.Classes.Select(one => one.Spectrum).Distinct().Count() + 1)) + (representation == ModeRepresentation.Full ? 0 : GroupingBytes));
        if (bytes > AvailableBytes)
            throw new TooLargeException($"{problem.Classes.Count} classes with dimension = {size}", bytes, AvailableBytes, "use a smaller dimension, or method = continuum");
        cancellation.ThrowIfCancellationRequested();
        var full = Full(problem);
        cancellation.ThrowIfCancellationRequested();
        if (representation == ModeRepresentation.Full)
            return full;
        var merged = BlockModes.Merge(full, cancellation);
        return representation == ModeRepresentation.Blocks || 2 * (merged.Blocks + merged.Directions) <= full.Blocks + full.Directions ? merged : full;
    }

    /// <summary>The classes of margins of a problem, or the classes themselves where there are several outputs.</summary>
    public static ((int Class, int Sign)[] Origin, List<(MixtureClass Class, int Sign)> Kept, double[] Probabilities) Reduce(MultiClassProblem problem)
    {
        var isMargin = problem.Loss is MarginLoss;
        var kept = new List<(MixtureClass Class, int Sign)>();
        var origin = new (int, int)[problem.Classes.Count];
        var probabilities = new List<double>();
        for (var i = 0; i < origin.Length; i++)
        {
            var one = problem.Classes[i];
            var sign = isMargin ? one.Label : 1;
            var known = isMargin ? kept.FindIndex(other => IsSame(other.Class, other.Sign, one, sign)) : -1;
            if (known < 0)
            {
                known = kept.Count;
                kept.Add((one, sign));
                probabilities.Add(0);
            }

            probabilities[known] += one.Probability;
            origin[i] = (known, sign);
        }

        return (origin, kept, [.. probabilities]);
    }

    /// <summary>Σ a b.</summary>
    public static double Dot(double[] first, double[] second)
    {
        var sum = 0.0;
        for (var k = 0; k < first.Length; k++)
            sum += first[k] * second[k];
        return sum;
    }

    private static bool IsSame(MixtureClass first, int firstSign, MixtureClass second, int secondSign) =>
        first.Spectrum == second.Spectrum && first.Mean == second.Mean && first.Turn == second.Turn && firstSign * first.MeanSize == secondSign * second.MeanSize;

    private static MixtureModes Full(MultiClassProblem problem)
    {
        var size = (int)problem.Dimension;
        var (origin, kept, probabilities) = Reduce(problem);
        var spectra = kept.Select(one => one.Class.Spectrum).Distinct().ToList();
        double[][] eigenvalues = [.. spectra.Select(spectrum => Filled(spectrum.Fill))];
        foreach (var values in eigenvalues)
        {
            if (Array.FindIndex(values, value => !(value >= 0) || !double.IsFinite(value)) is >= 0 and var wrong)
                throw new ParameterException("spectrum", values[wrong], "eigenvalues >= 0", $"eigenvalue number {wrong + 1} is not");
        }

        double[][] means = [.. kept.Select(one => Filled(one.Class.FillMean))];
        for (var i = 0; i < means.Length; i++)
        {
            for (var k = 0; k < size; k++)
                means[i][k] *= kept[i].Sign;
            if (Array.Exists(means[i], value => !double.IsFinite(value)))
                throw new ParameterException("mean-profile", kept[i].Class.Mean.Text, "means of finite numbers");
        }

        var modes = new MixtureModes
        {
            Representation = "full",
            Dimension = size,
            Probabilities = probabilities,
            Origin = origin,
            SpectrumOf = [.. kept.Select(one => spectra.IndexOf(one.Class.Spectrum))],
            Spectra = eigenvalues,
            Masses = [.. Enumerable.Repeat(1.0 / size, size)],
            Means = means,
            Clean = [],
            StartVariance = problem.StartVariance,
        };
        return modes with { Clean = CleanOf(modes.Pooled) };

        double[] Filled(Filler fill)
        {
            var values = new double[size];
            fill(values);
            return values;
        }
    }

    // Modes without variance in any class, or else those of pooled eigenvalues below that of the middle; none where all are equal.
    private static bool[] CleanOf(double[] pooled)
    {
        var limit = Array.Exists(pooled, value => value == 0) ? double.Epsilon : pooled.Order().ElementAt(pooled.Length / 2);
        bool[] clean = [.. pooled.Select(value => value < limit)];
        return Array.Exists(clean, isClean => isClean) ? clean : [];
    }

    private static double[] Pool(MixtureModes modes)
    {
        var pooled = new double[modes.Blocks];
        for (var i = 0; i < modes.Classes; i++)
        {
            var eigenvalues = modes.Spectra[modes.SpectrumOf[i]];
            for (var b = 0; b < pooled.Length; b++)
                pooled[b] += modes.Probabilities[i] * eigenvalues[b];
        }

        return pooled;
    }

    private delegate void Filler(Span<double> values);
}
