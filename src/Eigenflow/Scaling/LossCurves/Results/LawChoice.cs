
namespace Eigenflow.Scaling.LossCurves;

/// <summary>Chooses the law that forecasts, and says why.</summary>
internal static class LawChoice
{
    // Held-out errors that differ by less than this part do not rank laws.
    private const double Tie = 1.1;

    /// <summary>Chooses.</summary>
    /// <param name="laws">The laws, the best first.</param>
    /// <param name="wanted">The law that was asked for, or null.</param>
    /// <param name="heldOut">What was held out, or empty.</param>
    /// <param name="isIdentifiable">Whether the rate changes in any fitted curve.</param>
    public static (LawFit Law, string Reason) Of(IReadOnlyList<LawFit> laws, string? wanted, string heldOut, bool isIdentifiable)
    {
        var direct = laws.First(law => law.Name == LossLaws.Direct.Name);
        if (!isIdentifiable)
        {
            var blind = laws.First(law => law.Name == (wanted is not null && laws.First(one => one.Name == wanted).IsIdentified ? wanted : LossLaws.Baseline));
            return (blind, $"{blind.Name} forecasts: the learning rate is constant, and laws of schedules cannot be told from it");
        }

        var isRanked = !double.IsNaN(laws[0].HeldOutMedian);
        if (wanted is not null)
        {
            var asked = laws.First(law => law.Name == wanted);
            return (asked, isRanked && asked != laws[0]
                ? FormattableString.Invariant($"{asked.Name} forecasts because it was asked for; {laws[0].Name} errs less on {heldOut} ({Error(laws[0])} against {Error(asked)})")
                : $"{asked.Name} forecasts because it was asked for");
        }

        if (!isRanked)
            return (direct, $"{direct.Name} forecasts by default: nothing could be held out, and laws are not ranked");
        var best = laws.First(law => law.IsIdentified && law.Law.SeesSchedule);
        if (direct != best && direct.HeldOutMedian <= Tie * best.HeldOutMedian)
            return (direct, FormattableString.Invariant($"{direct.Name} forecasts: its error on {heldOut} ({Error(direct)}) is within a tenth of the smallest ({best.Name}, {Error(best)}), which does not rank them"));
        return (best, FormattableString.Invariant($"{best.Name} forecasts: among laws that see the schedule it errs least on {heldOut} ({Error(best)})")
            + (best == laws[0] ? "" : FormattableString.Invariant($"; {laws[0].Name} errs less there ({Error(laws[0])}), but is the same for every schedule of {(laws[0].Name == LossLaws.Baseline ? "one intrinsic time" : "one length")}")));
    }

    // Two laws that describe a curve to rounding still differ: their errors are not both printed as zero.
    private static string Error(LawFit law) => DisplayNumber.Of(law.HeldOutMedian, 3);
}
