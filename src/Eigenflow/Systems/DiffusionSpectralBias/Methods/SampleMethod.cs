using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Random;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The columns of samples in the space of the data.</summary>
internal static class SampleColumns
{
    /// <summary>Most samples and most training times.</summary>
    public const int MostSamples = 6;

    public static readonly NamedQuantity Place = new("place", "i", "Number of a place: of a pixel, row by row, or of a coordinate.") { AxisLabel = "place i" };

    private const string Meaning = "Value of a sample of the half-trained model: the number of the training time, then that of the sample; equal numbers share their random numbers.";

    /// <summary>All columns.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described = [Place, .. Enumerable.Range(1, MostSamples).SelectMany(time => Enumerable.Range(1, MostSamples).Select(sample => Of(time, sample)))];

    /// <summary>A sample at a training time, both from 1.</summary>
    public static NamedQuantity Of(int time, int sample) => new(FormattableString.Invariant($"sample-{time}-{sample}"), FormattableString.Invariant($"x_{time},{sample}"), Meaning);

    /// <summary>The samples of a solution as small pictures, one row per sample and one column per training time; fields on a line as stripes.</summary>
    public static Panel Panel(Solution solution)
    {
        int times = Enumerable.Range(1, MostSamples).Count(time => solution.Has(Of(time, 1).Name)), samples = Enumerable.Range(1, MostSamples).Count(sample => solution.Has(Of(1, sample).Name));
        var (width, height) = ModeBasis.ShapeOf(Math.Max(1, solution.Rows));
        double[][] columns = [.. Enumerable.Range(1, samples).SelectMany(sample => Enumerable.Range(1, times).Select(time => solution[Of(time, sample).Name]))];
        return Panel([.. Enumerable.Range(1, times).Select(time => solution.SummaryOf(FormattableString.Invariant($"time-{time}")) ?? time)], samples, width, height, columns);
    }

    /// <summary>How the samples grow, in words; null without rows.</summary>
    public static string? Sentence(Solution solution)
    {
        if (solution.Rows == 0)
            return null;
        var times = Enumerable.Range(1, MostSamples).Last(time => solution.Has(Of(time, 1).Name));
        var (first, last) = (DisplayNumber.Of(Size(1), 2), DisplayNumber.Of(Size(times), 2));
        return times == 1 ? $"samples of {last} (root mean square)" : $"samples {(Size(times) < Size(1) ? "fall" : "grow")} from {first} to {last} (root mean square)";

        double Size(int time) => Math.Sqrt(Enumerable.Range(1, MostSamples).Where(sample => solution.Has(Of(time, sample).Name)).SelectMany(sample => solution[Of(time, sample).Name]).Average(value => value * value));
    }

    /// <summary>Fields as small pictures.</summary>
    /// <param name="times">Training times.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="width">Width of a picture.</param>
    /// <param name="height">Its height.</param>
    /// <param name="fields">The fields, one sample after the other.</param>
    public static Panel Panel(double[] times, int samples, int width, int height, double[][] fields)
    {
        // The last column is nearest to the data: its range shows what is learned, and others may leave it.
        double[] last = [.. Enumerable.Range(0, samples).SelectMany(sample => fields[(sample * times.Length) + times.Length - 1]).Where(double.IsFinite)];
        var (low, high) = last.Length == 0 ? (-1, 1) : (last.Min(), last.Max());
        if (!(high > low))
            (low, high) = (low - 1, high + 1);
        return new Panel
        {
            Title = "samples",
            X = new Axis("training time τ", IsLogarithmic: times.Length > 1 && times[0] > 0),
            Y = new Axis("sample"),
            Series = [],
            Images = new ImageGrid
            {
                Label = "samples",
                X = times,
                Y = [.. Enumerable.Range(1, samples).Select(sample => (double)sample)],
                Width = width,
                Height = Math.Max(height, 1),
                Values = [.. fields.SelectMany(field => field)],
                Minimum = low,
                Maximum = high,
            },
        };
    }
}

/// <summary>Gaussian samples of the half-trained model in the space of the data, with the same random numbers at every training time: people would rather look than read.</summary>
internal sealed record SampleMethod : Method<DiffusionProblem>
{
    private const int LargestField = 4096;
    private const int SampleStream = 5;

    public override string Name => "samples";

    /// <summary>Number of samples.</summary>
    public int Samples { get; init; } = SampleColumns.MostSamples;

    /// <summary>Training times, or null for six that span the emergence of all modes.</summary>
    public IReadOnlyList<double>? Times { get; init; }

    /// <summary>Most training times that are chosen.</summary>
    public int Points { get; init; } = GridParameters.DefaultPoints;

    /// <summary>Seed of the random numbers.</summary>
    public long Seed { get; init; } = 1;

    internal override Method<DiffusionProblem> Configured(SettingView setting) => this with { Points = setting[GridParameters.Points] };

    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        if (problem.IsCoupled)
            throw new ParameterException(problem.Start is null ? "mean" : "start", "(modes see each other)", "left out for the method samples");
        var count = problem.Set.Basis.Places;
        if (count > LargestField)
            throw new TooLargeException(FormattableString.Invariant($"samples of {count} places"), 8.0 * problem.Dimension * count, 8.0 * LargestField * LargestField, "use smaller pictures");
        var theory = new ModeTheory(problem);
        var times = Chosen(problem, theory);
        var fields = new double[times.Length * Samples][];
        var (rows, status) = Evaluate([.. Enumerable.Range(0, count).Select(place => (double)place)], Row, context);
        return Assemble(
            problem,
            [SampleColumns.Place.Column([.. Enumerable.Range(1, rows.Count).Select(place => (double)place)]), .. fields.Select((_, k) => SampleColumns.Of((k % times.Length) + 1, (k / times.Length) + 1).Column([.. rows.Select(row => row[k])]))],
            status, new SolverStatistics { Evaluations = fields.Length, StateSize = problem.Dimension }) with
        {
            Summary = [.. times.Select((time, k) => new SummaryNumber(FormattableString.Invariant($"time-{k + 1}"), FormattableString.Invariant($"τ_{k + 1}"), time, "Training time of the samples of this number."))],
        };

        // All fields are made with the first place.
        double[] Row(double place)
        {
            for (var k = 0; k < fields.Length && fields[k] is null; k++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                fields[k] = Field(problem, theory, times[k % times.Length], k / times.Length);
            }

            return [.. fields.Select(field => field[(int)place])];
        }
    }

    /// <summary>A sample at a training time.</summary>
    public double[] Field(DiffusionProblem problem, ModeTheory theory, double time, int sample)
    {
        var basis = problem.Set.Basis;
        double[] logs = new double[problem.Dimension], draws = new double[problem.Dimension], field = new double[basis.Places];
        theory.LogVariances(time, logs);
        GaussianGenerator.Fill(new GaussianAddress((ulong)Seed, SampleStream, sample, 0), 0, draws);
        for (var mode = 0; mode < logs.Length; mode++)
            basis.Add(mode, Math.Exp(0.5 * logs[mode]) * draws[mode], field);
        basis.AddMean(field);
        return field;
    }

    private double[] Chosen(DiffusionProblem problem, ModeTheory theory)
    {
        if (Times is { } given)
            return [.. given.Distinct().Order()];

        int[] modes = [.. Enumerable.Range(0, problem.Dimension).Where(mode => problem.Variances[mode] > 0)];
        Emergence[] ends = [.. ((int[])[modes.MaxBy(mode => problem.Variances[mode]), modes.MinBy(mode => problem.Variances[mode])]).Select(mode => EmergenceTimes.Of(theory, mode, problem.Variances[mode], new Criterion(CriterionKind.Geometric)))];
        var known = ends.Select(one => one.Time).Where(time => time > 0 && double.IsFinite(time)).DefaultIfEmpty(1 / problem.TimeScale).ToArray();
        const double before = 0.2, after = 5;
        var count = Math.Clamp(Points, 2, SampleColumns.MostSamples);
        return [.. TimeGrid.Logarithmic(before * known.Min(), after * known.Max(), count).Skip(1)];
    }
}
