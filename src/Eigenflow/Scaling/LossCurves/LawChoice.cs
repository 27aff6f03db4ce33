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
                ? FormattableString.Invariant($"{asked.Name} forecasts because it was asked for; {laws[0].Name} errs less on {heldOut} ({laws[0].HeldOutMedian:0.0000} against {asked.HeldOutMedian:0.0000})")
                : $"{asked.Name} forecasts because it was asked for");
        }

        if (!isRanked)
            return (direct, $"{direct.Name} forecasts by default: nothing could be held out, and laws are not ranked");
        var best = laws.First(law => law.IsIdentified && law.Law.SeesSchedule);
        if (direct != best && direct.HeldOutMedian <= Tie * best.HeldOutMedian)
            return (direct, FormattableString.Invariant($"{direct.Name} forecasts: its error on {heldOut} ({direct.HeldOutMedian:0.0000}) is within a tenth of the smallest ({best.Name}, {best.HeldOutMedian:0.0000}), which does not rank them"));
        return (best, FormattableString.Invariant($"{best.Name} forecasts: among laws that see the schedule it errs least on {heldOut} ({best.HeldOutMedian:0.0000})")
            + (best == laws[0] ? "" : FormattableString.Invariant($"; {laws[0].Name} errs less there ({laws[0].HeldOutMedian:0.0000}), but is the same for every schedule of {(laws[0].Name == LossLaws.Baseline ? "one intrinsic time" : "one length")}")));
    }
}
