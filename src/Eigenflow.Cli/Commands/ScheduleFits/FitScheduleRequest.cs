using Eigenflow.Scaling.LossCurves;
using Eigenflow.Schedules;

namespace Eigenflow.Cli;

/// <summary>What a call of <c>fit-schedule</c> asks for.</summary>
internal sealed record FitScheduleRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<string> Transfers { get; init; }

    /// <summary>How files are read.</summary>
    public required LossCurveReading Reading { get; init; }

    public required ScheduleFitOptions Fit { get; init; }

    public required bool Proposes { get; init; }

    public required bool ComparesEach { get; init; }

    public required long? Horizon { get; init; }

    public required double? HighestRate { get; init; }

    public required double LowestRate { get; init; }

    public required string CommandText { get; init; }

    public IReadOnlyList<LossCurve> ReadCurves() => [.. Files.Select(path => LossCurveReader.Read(path, Reading))];

    /// <summary>The other schedules: files, or shapes over the steps of the longest fitted curve, after its warm-up and with the largest rate.</summary>
    public IReadOnlyList<LossCurve> ReadTransfers(IReadOnlyList<LossCurve> curves) => [.. Transfers.Select(text => ReadTransfer(text, curves))];

    private LossCurve ReadTransfer(string text, IReadOnlyList<LossCurve> curves)
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
