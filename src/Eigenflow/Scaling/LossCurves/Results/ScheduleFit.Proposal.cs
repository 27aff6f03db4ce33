using Eigenflow.Schedules;
using Eigenflow.Settings;

namespace Eigenflow.Scaling.LossCurves;

/// <content>The proposal of a schedule.</content>
public sealed partial class ScheduleFit
{
    // Steps and intrinsic times of warm-ups that differ by less than this part are equal.
    private const double SameWarmUp = 0.01;

    // Beyond this factor of the longest fitted curve nothing is known of the errors.
    private const double LongestExtrapolation = 1.1;

    /// <summary>
    /// Proposes the schedule with the smallest loss that the direct law predicts after a number of steps. It begins with the warm-up of the longest fitted curve, scaled to the largest rate.
    /// </summary>
    /// <param name="horizon">Number of steps; null for those of the longest fitted curve.</param>
    /// <param name="lowest">Smallest rate that is allowed after the warm-up; by default 0.</param>
    /// <param name="highest">Largest rate that is allowed; by default the largest of the fitted curves, beyond which nothing was measured.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The proposal, and how the given schedules and three usual ones compare: with a gain only at the same number of steps after the same warm-up.</returns>
    /// <exception cref="ParameterException">A rate or horizon out of range, or curves whose kernel is not identifiable.</exception>
    public (ProposedSchedule Proposal, IReadOnlyList<ScheduleComparison> Others) Propose(
        long? horizon = null, double lowest = 0, double? highest = null, CancellationToken cancellation = default)
    {
        var measured = Curves.Max(curve => curve.Rates.Peak);
        var peak = highest ?? measured;
        var longest = Curves.MaxBy(curve => curve.Rates.Steps)!.Rates;
        var steps = horizon ?? longest.Steps;
        if (!IsIdentifiable)
            throw new ParameterException("optimize", "true", "left out where the learning rate of every curve is constant: the forgetting kernel is not identifiable", "add a curve with a decay");
        _ = (Parameter.Number("max-rate", 0, Parameter.LargestNumber) with { MinimumIsOpen = true }).Check(peak);
        if (!(lowest >= 0 && lowest <= peak))
            throw new ParameterException("min-rate", lowest, FormattableString.Invariant($"a number from 0 to the largest rate {peak:R}"));
        _ = ScheduleFitOptions.HorizonRange.Check(steps);
        if (longest.WarmUp > steps / 2)
            throw new ParameterException("horizon", steps, $"a whole number from {2L * longest.WarmUp} to {StepRates.LargestSteps}, as the proposal keeps the {longest.WarmUp} steps of the warm-up");
        double[] warmUp = [.. Enumerable.Range(0, longest.WarmUp).Select(step => longest.RateAt(step) * (peak / longest.Peak))];
        var direct = WithIntervals(Laws.First(law => law.Name == LossLaws.Direct.Name), cancellation);
        var batch = longest.BatchAt(longest.Steps - 1);
        var (rows, values) = ScheduleDesign.Optimise([.. direct.Theta.Select(Math.Exp)], warmUp, (int)steps, batch, lowest, peak, cancellation);
        var schedule = Spread(LoggedRates.Fill([.. rows.Select(row => (int)row)], values, (int)steps, RateFilling.Hold), batch);
        var (loss, drawn) = Final(direct, schedule);
        var (lower, upper) = BlockBootstrap.Interval(drawn, options.Level);
        var proposal = new ProposedSchedule(rows, values, schedule, warmUp.Length, loss, lower, upper);
        var unknown = steps > LongestExtrapolation * longest.Steps ? $"no curve of more than {longest.Steps} steps was fitted"
            : peak > measured * (1 + SameWarmUp) ? DisplayText.Of($"no rate above {measured:G4} was measured")
            : HeldOutRule != OtherSchedules || double.IsNaN(direct.HeldOutLast) ? "no curve under another schedule was held out and forecast"
            : "";
        return (proposal, [.. Forecasts.Select(forecast => forecast.Curve).Concat(Usual(warmUp, (int)steps, batch, lowest, peak)).Select(curve => Compare(direct, curve, proposal, drawn, unknown, cancellation))]);
    }

    // What is usually taken: the same warm-up, steps, largest and last rate.
    private static IEnumerable<LossCurve> Usual(double[] warmUp, int steps, double batch, double lowest, double peak)
    {
        foreach (var shape in (string[])["linear", "cosine", "wsd:linear"])
        {
            var rest = new LearningRateSchedule(ScheduleText.Parse(shape), peak, steps - warmUp.Length, lowest);
            yield return OfSchedule($"{shape}, same warm-up and peak", Spread([.. warmUp, .. rest.ToArray()], batch));
        }
    }

    private static StepRates Spread(double[] rates, double batch) => new(rates, batch == 1 ? null : [.. Enumerable.Repeat(batch, rates.Length)]);

    private ScheduleComparison Compare(LawFit direct, LossCurve curve, ProposedSchedule proposal, double[] drawn, string unknown, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (loss, own) = Final(direct, curve.Rates);
        var (lower, upper) = BlockBootstrap.Interval(own, options.Level);
        var comparison = new ScheduleComparison(curve.Name, curve.Rates.Steps, loss, lower, upper, double.NaN, double.NaN, double.NaN, double.NaN, "");
        if (Difference(curve.Rates, proposal) is { } difference)
            return comparison with { Verdict = "not compared: " + difference };
        var gain = 1 - (proposal.Loss / loss);
        var interval = BlockBootstrap.Interval([.. own.Zip(drawn, (theirs, ours) => 1 - (ours / theirs))], options.Level);

        // Resamples may all lie on one side: an interval holds its estimate.
        interval = (Math.Min(interval.Lower, gain), Math.Max(interval.Upper, gain));
        var error = unknown.Length > 0 ? double.NaN : direct.HeldOutLast;
        var holdsZero = !(interval.Lower > 0) && !(interval.Upper < 0);
        return comparison with
        {
            Standing = unknown.Length > 0 || holdsZero || Math.Abs(gain) <= error ? ComparisonStanding.CannotTell : gain > 0 ? ComparisonStanding.Better : ComparisonStanding.Worse,
            Gain = gain,
            GainLower = interval.Lower,
            GainUpper = interval.Upper,
            HeldOutError = error,
            Verdict = unknown.Length > 0 ? $"cannot tell: {unknown}, so that the error of the law is unknown"
                : holdsZero ? "cannot tell: the interval of the fit holds zero"
                : Math.Abs(gain) <= error ? DisplayText.Of($"cannot tell: last losses that were held out are off by up to {100 * error:0.0#} %")
                : gain > 0 ? DisplayText.Of($"the proposal is better: by more than the {100 * error:0.0#} % by which held-out last losses are off")
                : DisplayText.Of($"the proposal is worse: by more than the {100 * error:0.0#} % by which held-out last losses are off"),
        };
    }

    // Why a schedule cannot be compared with the proposal; null where it can.
    private static string? Difference(StepRates rates, ProposedSchedule proposal)
    {
        if (rates.Steps != proposal.Schedule.Steps)
            return $"{rates.Steps} steps instead of {proposal.Schedule.Steps}";
        if (Math.Abs(rates.WarmUp - proposal.WarmUp) > Math.Max(1, SameWarmUp * proposal.WarmUp))
            return $"a warm-up of {rates.WarmUp} steps instead of {proposal.WarmUp}";
        double own = rates.TimeAt(proposal.WarmUp) / rates.Peak, other = proposal.Schedule.TimeAt(proposal.WarmUp) / proposal.Schedule.Peak;
        if (Math.Abs(own - other) > SameWarmUp * other)
            return "another warm-up";
        return rates.BatchAt(rates.Steps - 1) == proposal.Schedule.BatchAt(proposal.Schedule.Steps - 1) ? null : "another batch size";
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
