using Eigenflow.Scaling.LossCurves;
using Eigenflow.Schedules;

namespace Eigenflow.Cli;

/// <summary>What a call of <c>fit-schedule</c> asks for.</summary>
internal sealed record FitScheduleRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<string> Transfers { get; init; }

    /// <summary>The schedule over a number of steps, or null to read rates from the files.</summary>
    public required Func<long, LearningRateSchedule>? Schedule { get; init; }

    public required RateFilling Filling { get; init; }

    public required ScheduleFitOptions Fit { get; init; }

    public required bool Proposes { get; init; }

    public required bool ComparesEach { get; init; }

    public required long? Horizon { get; init; }

    public required double? HighestRate { get; init; }

    public required double LowestRate { get; init; }

    public required string CommandText { get; init; }

    public IReadOnlyList<LossCurve> ReadCurves() => [.. Files.Select(path => LossCurveReader.Read(path, Schedule, Filling))];

    /// <summary>The other schedules: files, or shapes over the steps and with the peak of the fitted curves.</summary>
    public IReadOnlyList<LossCurve> ReadTransfers(IReadOnlyList<LossCurve> curves) => [.. Transfers.Select(text => ReadTransfer(text, curves))];

    private LossCurve ReadTransfer(string text, IReadOnlyList<LossCurve> curves)
    {
        if (File.Exists(text) || LooksLikeFile(text))
            return LossCurveReader.Read(text, null, Filling, needsLoss: false);
        ScheduleShape shape;
        try
        {
            shape = ScheduleText.Parse(text);
        }
        catch (ParameterException refused)
        {
            throw new ParameterException("transfer", text, "a file with the columns step and learning_rate, or " + refused.Allowed, refused.Remedy);
        }

        return ScheduleFit.OfSchedule(text, StepRates.Of(new LearningRateSchedule(shape, curves.Max(curve => curve.Rates.Peak), curves.Max(curve => curve.Rates.Steps))));
    }

    private static bool LooksLikeFile(string text) =>
        !text.StartsWith("file:", StringComparison.Ordinal) && (text.Contains('/', StringComparison.Ordinal) || Path.GetExtension(text) is ".csv" or ".tsv" or ".txt" or ".npy");
}
