namespace Eigenflow.Scaling.LossCurves;

/// <content>The proposal of a schedule.</content>
public sealed partial class ScheduleFit
{
    /// <summary>
    /// Proposes the schedule with the smallest loss that the direct law predicts after a number of steps. It has no warm-up: put one before it if training needs one.
    /// </summary>
    /// <param name="horizon">Number of steps; null for those of the longest fitted curve.</param>
    /// <param name="lowest">Smallest rate that is allowed; by default 0.</param>
    /// <param name="highest">Largest rate that is allowed; by default the largest of the fitted curves, beyond which nothing was measured.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The proposal, and how the given schedules compare at their own ends.</returns>
    /// <exception cref="ParameterException">A rate or horizon out of range, or curves whose kernel is not identifiable.</exception>
    public (ProposedSchedule Proposal, IReadOnlyList<ScheduleComparison> Others) Propose(
        long? horizon = null, double lowest = 0, double? highest = null, CancellationToken cancellation = default)
    {
        var peak = highest ?? Curves.Max(curve => curve.Rates.Peak);
        var steps = horizon ?? Curves.Max(curve => curve.Rates.Steps);
        if (!IsIdentifiable)
            throw new ParameterException("optimize", "true", "left out where the learning rate of every curve is constant: the forgetting kernel is not identifiable", "add a curve with a decay");
        if (!(peak > 0) || !double.IsFinite(peak))
            throw new ParameterException("max-rate", peak, "a number > 0");
        if (!(lowest >= 0 && lowest <= peak))
            throw new ParameterException("min-rate", lowest, FormattableString.Invariant($"a number from 0 to the largest rate {peak:R}"));
        if (steps is < 2 or > StepRates.LargestSteps)
            throw new ParameterException("horizon", steps, $"a whole number from 2 to {StepRates.LargestSteps}");
        var direct = Laws.First(law => law.Name == LossLaws.Direct.Name);
        var longest = Curves.MaxBy(curve => curve.Rates.Steps)!.Rates;
        var batch = longest.BatchAt(longest.Steps - 1);
        var counts = ScheduleDesign.Groups((int)steps);
        var (rates, _) = ScheduleDesign.Optimise([.. direct.Theta.Select(Math.Exp)], counts, batch, lowest, peak, cancellation);
        var (rows, values) = ScheduleDesign.Table(counts, rates);
        var filled = LoggedRates.Fill([.. rows.Select(row => (int)row)], values, (int)steps, RateFilling.Hold);
        var schedule = new StepRates(filled, batch == 1 ? null : [.. Enumerable.Repeat(batch, filled.Length)]);
        var (loss, drawn) = Final(direct, schedule);
        var (lower, upper) = BlockBootstrap.Interval(drawn, options.Level);
        var proposal = new ProposedSchedule(rows, values, schedule, loss, lower, upper);
        return (proposal, [.. Forecasts.Select(forecast => Compare(direct, forecast.Curve, proposal, drawn, cancellation))]);
    }

    private ScheduleComparison Compare(LawFit direct, LossCurve curve, ProposedSchedule proposal, double[] drawn, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (loss, own) = Final(direct, curve.Rates);
        var (lower, upper) = BlockBootstrap.Interval(own, options.Level);
        var gain = BlockBootstrap.Interval([.. own.Zip(drawn, (theirs, ours) => 1 - (ours / theirs))], options.Level);
        return new ScheduleComparison(curve.Name, curve.Rates.Steps, loss, lower, upper, 1 - (proposal.Loss / loss), gain.Lower, gain.Upper);
    }

    // The loss after the last step, and of every resample.
    private static (double Loss, double[] Drawn) Final(LawFit law, StepRates rates)
    {
        var cells = new ScheduleCells(rates, [rates.Steps]);
        var slopes = new double[law.Theta.Length];
        return (At(law.Theta), [.. law.Resamples.Select(At)]);

        double At(double[] theta)
        {
            Span<double> loss = stackalloc double[1];
            law.Law.Evaluate(cells, [.. theta.Select(Math.Exp)], loss, slopes);
            return loss[0];
        }
    }
}
