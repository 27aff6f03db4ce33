namespace Eigenflow.Scaling.LossCurves;

/// <content>What must be known before results are believed.</content>
public sealed partial class ScheduleFit
{
    // Of the intrinsic time of the first fitted point: below, an unknown start changes exponents by less than their intervals.
    private const double SmallStart = 0.01;

    /// <summary>Sentences about what was taken for granted: how files were read, and learning rates before their first row.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    private void Warn(IReadOnlyList<LossCurve> transfers)
    {
        var sentences = new List<string>();
        foreach (var curve in Curves.Concat(transfers))
        {
            sentences.AddRange(curve.Notes.Select(note => $"{curve.Name}: {note}"));
            if (curve.GuessedSteps == 0)
                continue;

            // A rate that begins at step 1 of a file was that of step 0 as well, for every schedule that is not a steep warm-up.
            var first = Math.Min(FitData.FirstStep(curve, options.Skip), curve.Rates.Steps);
            var part = curve.Rates.TimeAt(Math.Min(curve.GuessedSteps, curve.Rates.Steps)) / Math.Max(curve.Rates.TimeAt(first), double.Epsilon);
            if (part > SmallStart)
            {
                sentences.Add(DisplayText.Of(
                    $"warning: {curve.Name}: the learning rate before step {curve.GuessedSteps} is not logged and was taken as {curve.Rates.RateAt(0):G4} (no warm-up); that is {100 * Math.Min(part, 1):0} % of the intrinsic time of the first fitted point, and floors and exponents depend on it: state it with --warmup STEPS (0 for none)"));
            }
        }

        Warnings = [.. sentences.Distinct(StringComparer.Ordinal)];
    }
}
