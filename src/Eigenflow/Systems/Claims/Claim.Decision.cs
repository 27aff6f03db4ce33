using System.Text.Json.Serialization;
using Eigenflow.Settings;

namespace Eigenflow.Systems;

/// <content>The one rule by which claims of reproductions and of study files get their verdict.</content>
public sealed partial record Claim
{
    private enum Agreement
    {
        Yes,
        No,
        CannotTell,
    }

    /// <summary>
    /// The outcome. In this order: what is tested outside the window of the prediction is out of window; a test that lacks something to tell is inconclusive; a prediction without a value is out of window; a run that has
    /// nothing to measure is inconclusive; then the interval of the measurement is compared with the values that
    /// satisfy the claim. An interval with values on both sides is inconclusive. One that agrees holds, unless the run is shorter than the claim needs (inconclusive) or a size is far below what the source claims (reduced).
    /// One that disagrees fails, unless what is claimed is a limit or an approximation (<see cref="PredictionKind.Asymptotic"/>, <see cref="PredictionKind.Heuristic"/>) and the run is shorter or smaller than it claims: then a
    /// disagreement may come from just that, and it is inconclusive. Identities and bounds hold at every size, and one counterexample refutes what is claimed for all times.
    /// A printed statement that is known to be wrong (<see cref="Correction"/>) fails as printed where it disagrees; where it agrees, at the size and up to the time of the source, the erratum is not confirmed and the claim fails.
    /// A wider interval can only lead to inconclusive.
    /// </summary>
    [JsonIgnore]
    public Verdict Verdict => Decide().Verdict;

    /// <summary>Why the verdict is out of window, inconclusive or reduced, and what holds in place of what fails as printed; empty for what holds or fails, but for an erratum that is not confirmed.</summary>
    [JsonIgnore]
    public string Reason => Decide().Reason;

    private (Verdict Verdict, string Reason) Decide()
    {
        if (Outside.Length > 0)
            return (Verdict.OutOfWindow, Outside);
        if (Lacks.Length > 0)
            return (Verdict.Inconclusive, Lacks);
        if (double.IsNaN(Predicted))
            return (Verdict.OutOfWindow, "the prediction has no value here");
        if (double.IsNaN(Measured))
            return (Verdict.Inconclusive, $"there is nothing measured: what it takes was not reached{(Horizon is { } end ? $" up to {end}" : "")}");
        var agreement = Compare();
        if (agreement == Agreement.CannotTell)
            return (Verdict.Inconclusive, double.IsFinite(Uncertainty ?? 0) ? "the interval of the measurement includes values that satisfy the claim and values that do not" : "the interval of the measurement could not be determined");
        var isShort = Horizon is { IsShort: true };
        var reduced = string.Join(", ", Scales.Where(scale => scale.IsReduced));
        if (agreement == Agreement.Yes)
        {
            return isShort ? (Verdict.Inconclusive, $"it agrees, but only up to {Horizon}; the claim needs {Horizon!.Symbol} = {Setting.Shown(Horizon.Needed)}")
                : reduced.Length > 0 ? (Correction.Length > 0 ? Verdict.Inconclusive : Verdict.Reduced, $"it agrees, but far below the size that is claimed: {reduced}")
                : Correction.Length > 0 ? (Verdict.Fails, "it holds as printed: the erratum is not confirmed")
                : (Verdict.Holds, "");
        }

        // A known counterexample needs no size and no horizon.
        if (Correction.Length > 0)
            return (Verdict.FailsAsPrinted, Correction);

        var isLimit = Kind is PredictionKind.Asymptotic or PredictionKind.Heuristic;
        return isLimit && isShort && !Horizon!.IsForAllTimes ? (Verdict.Inconclusive, $"it disagrees, but only up to {Horizon}, and it is claimed later")
            : isLimit && reduced.Length > 0 ? (Verdict.Inconclusive, $"it disagrees, but far below the size that is claimed: {reduced}")
            : (Verdict.Fails, "");
    }

    // Agrees when the whole interval lies where the claim is satisfied, which is a closed set; disagrees when none of it does.
    private Agreement Compare()
    {
        var (distance, allowed) = Test switch
        {
            ClaimTest.AtMost => (Measured, Predicted),
            ClaimTest.AtLeast => (-Measured, -Predicted),
            ClaimTest.Relative => (Distance(), double.IsInfinity(Predicted) ? 0 : Margin * Math.Abs(Predicted)),
            _ => (Distance(), Margin),
        };
        var half = Uncertainty switch { null => 0, double.NaN => double.PositiveInfinity, var given => given.Value };
        return distance + half <= allowed ? Agreement.Yes : distance - half > allowed ? Agreement.No : Agreement.CannotTell;

        // The difference of two equal infinities is not a number.
        double Distance() => Measured == Predicted ? 0 : Math.Abs(Measured - Predicted);
    }
}
