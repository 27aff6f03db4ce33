using Eigenflow.Scaling.LossCurves;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>A fit of loss curves under learning-rate schedules, as <c>eigenflow fit-schedule</c> and the page ask for it.</summary>
public sealed record FitScheduleRequest
{
    /// <summary>Files of the curves that are fitted together; at least one.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Other schedules to forecast: files, or shapes such as <c>wsd</c>.</summary>
    public IReadOnlyList<string> Transfers { get; init; } = [];

    /// <summary>How files are read.</summary>
    public required LossCurveReading Reading { get; init; }

    /// <summary>How they are fitted.</summary>
    public ScheduleFitOptions Fit { get; init; } = new();

    /// <summary>Whether the best schedule is looked for.</summary>
    public bool Proposes { get; init; }

    /// <summary>Whether every file is fitted alone and forecasts all others.</summary>
    public bool ComparesEach { get; init; }

    /// <summary>Steps of the proposed schedule; null for those of the longest fitted curve.</summary>
    public long? Horizon { get; init; }

    /// <summary>Largest rate of the proposed schedule; null for the largest that was fitted.</summary>
    public double? HighestRate { get; init; }

    /// <summary>Smallest rate of the proposed schedule.</summary>
    public double LowestRate { get; init; }

    /// <summary>The request as it is typed.</summary>
    public string CommandText { get; init; } = "";

    /// <summary>Reads the files, fits, forecasts, and proposes where asked.</summary>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EigenflowException">A file or an option that cannot be used.</exception>
    public FitScheduleResult Run(IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        progress?.Report(new Progress(0, "reading"));
        var curves = ReadCurves();
        var fit = ScheduleFit.Run(curves, ReadTransfers(curves), Fit, progress, cancellation);
        if (!Proposes)
            return new FitScheduleResult(fit, null, []);
        progress?.Report(new Progress(0.97, "looking for the best schedule"));
        var (proposal, others) = fit.Propose(Horizon, LowestRate, HighestRate, cancellation);
        return new FitScheduleResult(fit, proposal, others);
    }

    /// <summary>Fits every file alone and forecasts all others.</summary>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EigenflowException">A file or an option that cannot be used.</exception>
    public ScheduleFitPairs RunPairs(IProgress<Progress>? progress = null, CancellationToken cancellation = default) => ScheduleFitPairs.Run(ReadCurves(), Fit, progress, cancellation);

    private LossCurve[] ReadCurves() => [.. Files.Select(path => LossCurveReader.Read(path, Reading))];

    /// <summary>The other schedules: files, or shapes over the steps of the longest fitted curve, after its warm-up and with the largest rate.</summary>
    /// <param name="curves">The fitted curves.</param>
    /// <exception cref="EigenflowException">A file that cannot be used, or no such shape.</exception>
    public IReadOnlyList<LossCurve> ReadTransfers(IReadOnlyList<LossCurve> curves) => [.. Transfers.Select(text => ReadTransfer(text, curves))];

    /// <summary>One other schedule.</summary>
    /// <param name="text">A file, or a shape such as <c>wsd</c>.</param>
    /// <param name="curves">The fitted curves.</param>
    /// <exception cref="EigenflowException">A file that cannot be used, or no such shape.</exception>
    public LossCurve ReadTransfer(string text, IReadOnlyList<LossCurve> curves)
    {
        if (File.Exists(text) || LooksLikeFile(text))
            return LossCurveReader.Read(text, Reading with { Schedule = null, NeedsLoss = false });
        ScheduleShape shape;
        try
        {
            shape = ScheduleText.Parse(text);
        }
        catch (ParameterException refused)
        {
            throw new ParameterException("transfer", text, "a file with the columns step and learning_rate, or " + refused.Allowed, refused.Remedy);
        }

        var peak = curves.Max(curve => curve.Rates.Peak);
        var longest = curves.MaxBy(curve => curve.Rates.Steps)!.Rates;

        // Schedules are compared after equal warm-ups; a shape that has its own, or a table, is what it says.
        var warmUp = shape is WarmupShape or TableShape ? 0 : longest.WarmUp;
        var rest = new LearningRateSchedule(shape, peak, longest.Steps - warmUp);
        return ScheduleFit.OfSchedule(text, new StepRates([.. Enumerable.Range(0, warmUp).Select(step => longest.RateAt(step) * (peak / longest.Peak)), .. rest.ToArray()]));
    }

    private static bool LooksLikeFile(string text) =>
        !text.StartsWith("file:", StringComparison.Ordinal) && (text.Contains('/', StringComparison.Ordinal) || Path.GetExtension(text) is ".csv" or ".tsv" or ".txt" or ".npy");
}
