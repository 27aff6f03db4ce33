using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Scaling.LossCurves;
using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>The tables of <c>fit-schedule</c>.</summary>
public static class FitScheduleTables
{
    /// <summary>The tables that are printed.</summary>
    /// <param name="result">What was found.</param>
    public static IReadOnlyList<Table> Of(FitScheduleResult result)
    {
        var tables = new List<Table> { Laws(result.Fit), Parameters(result.Fit), Forecasts(result.Fit) };
        if (result.Proposal is not null)
            tables.Add(Proposal(result));
        return tables;
    }

    /// <summary>What matters, in sentences.</summary>
    /// <param name="result">What was found.</param>
    public static IEnumerable<string> Verdicts(FitScheduleResult result)
    {
        var fit = result.Fit;
        foreach (var warning in fit.Warnings)
            yield return warning;
        yield return fit.Reason;
        if (!fit.IsIdentifiable)
            yield return "forgetting kernel not identifiable: the learning rate is constant in every fitted curve. Forecasts come from the baseline power-time, which sees only the intrinsic time; add a curve with a decay.";
        if (fit.Chosen.Exponents is { } exponents)
        {
            yield return DisplayText.Of($"effective exponents ({fit.Chosen.Name}): s = {Range(exponents.Difficulty, exponents.DifficultyInterval)}, {exponents.Symbol} = {Range(exponents.Forgetting, exponents.ForgettingInterval)}")
                + (exponents.Capacity is { } beta ? $", beta = {Range(beta, exponents.CapacityInterval)}; {exponents.Regime}" : $"; {exponents.Regime}");
        }

        var held = fit.Chosen.Parameters.Where(parameter => parameter.IsAtBound).Select(parameter => QuantityWords.Lettered(parameter.Symbol)).ToArray();
        if (held.Length > 0)
            yield return $"not determined by the curve: {string.Join(", ", held)} stopped at the end of the allowed range.";
        if (result.Proposal is { } proposal)
        {
            foreach (var sentence in Comparisons(result, proposal))
                yield return sentence;
        }

        if (fit.Forecasts.Any(forecast => !forecast.IsFitted))
            yield return "bands hold the noise and the error of the fit, not an error of the law itself: on measured networks they covered about half of the points (docs/fit-schedule.md).";
        yield return DisplayText.Of($"sums over cells instead of steps changed ln(loss) by at most {fit.ThinningError:G2}{(fit.ThinningError > 1e-4 ? ", which is more than the promised 10^{{−4}}: forecasts are that much less certain" : "")}");
    }

    /// <summary>The proposal in a line: by which law, its last loss, and whether it is better than other schedules; empty without one.</summary>
    /// <param name="result">What was found.</param>
    public static string Headline(FitScheduleResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Proposal is not { } proposal)
            return "";
        var compared = result.Others.Where(other => other.Standing != ComparisonStanding.NotCompared).ToArray();
        int Count(ComparisonStanding standing) => compared.Count(other => other.Standing == standing);
        string Of(int part) => part == compared.Length ? part == 1 ? "the one schedule" : $"all {DisplayNumber.Count(part)} schedules" : $"{DisplayNumber.Count(part)} of {DisplayNumber.Count(compared.Length)} schedules";
        var (better, worse, open) = (Count(ComparisonStanding.Better), Count(ComparisonStanding.Worse), Count(ComparisonStanding.CannotTell));
        string[] parts =
        [
            .. better > 0 ? (string[])[$"it is better than {Of(better)} that it is compared with"] : [],
            .. worse > 0 ? (string[])[$"it is worse than {Of(worse)} that it is compared with"] : [],
            .. open > 0 ? (string[])[$"it cannot be told from {(open > 1 && open == compared.Length ? $"any of the {DisplayNumber.Count(open)} schedules" : Of(open))} that it is compared with"] : [],
            .. compared.Length == 0 ? (string[])["there is no schedule to compare it with"] : [],
        ];
        var band = double.IsNaN(proposal.Lower) ? "" : $" ({Between(proposal.Lower, proposal.Upper)})";
        return $"Best schedule by the law {LossLaws.Direct.Name}: last loss {DisplayNumber.Of(proposal.Loss)}{band}; {string.Join("; ", parts)}.";
    }

    /// <summary>What the proposal is, and its verdicts against other schedules; those that are alike in one sentence.</summary>
    /// <param name="result">What was found.</param>
    public static IEnumerable<string> Comparisons(FitScheduleResult result) => result?.Proposal is { } proposal ? Comparisons(result, proposal) : [];

    private static IEnumerable<string> Comparisons(FitScheduleResult result, ProposedSchedule proposal)
    {
        yield return (proposal.WarmUp > 0 ? $"the proposal keeps the warm-up of {proposal.WarmUp} steps; " : "the proposal has no warm-up, as the fitted curves show none; ")
            + $"it comes from {LossLaws.Direct.Name}, " + (result.Fit.Chosen.Name == LossLaws.Direct.Name ? "the law that forecasts" : $"whose last loss has a gradient over all rates, though {result.Fit.Chosen.Name} forecasts");
        foreach (var alike in result.Others.GroupBy(other => other.Verdict, StringComparer.Ordinal))
            yield return $"against {string.Join("; ", alike.Select(other => other.Name))}: {alike.Key}";
    }

    /// <summary>Every parameter of every law, in full.</summary>
    /// <param name="fit">The fit.</param>
    public static Table AllParameters(ScheduleFit fit) => new("parameters", "", ["law", "parameter", "value", "lower", "upper", "meaning"],
    [
        .. fit.Laws.SelectMany(law => law.Parameters.Select(parameter => (IReadOnlyList<string>)
            [law.Name, parameter.Symbol, Full(parameter.Value), Full(parameter.Lower), Full(parameter.Upper), parameter.Meaning])),
    ]);

    /// <summary>Errors of every pair, in full.</summary>
    /// <param name="pairs">Errors over all pairs of files.</param>
    public static Table AllPairs(ScheduleFitPairs pairs) => new("pairs", "", ["law", "fitted", "forecast", "log_rmse", "largest_relative_error"],
    [
        .. pairs.Fits.SelectMany(fit => LossLaws.Names.SelectMany(law => ScheduleFitPairs.Errors(fit, law).Select(error => (IReadOnlyList<string>)
            [law, fit.Curves[0].Name, error.Curve, Full(error.LogRms), Full(error.Largest)]))),
    ]);

    /// <summary>Medians of the errors.</summary>
    /// <param name="pairs">Errors over all pairs of files.</param>
    public static Table Pairs(ScheduleFitPairs pairs) => new(
        "pairs", "Median held-out log-RMSE: every curve fitted alone, all others forecast", ["fitted", .. LossLaws.Names, "band covers"],
        [
            .. pairs.Fits.Select(fit => (IReadOnlyList<string>)
            [
                fit.Curves[0].Name + (fit.IsIdentifiable ? "" : " (constant)"),
                .. LossLaws.Names.Select(law => Error(Quantile.Median([.. ScheduleFitPairs.Errors(fit, law).Select(error => error.LogRms)]))),
                Percent(fit.Forecasts.Where(forecast => !forecast.IsFitted).Average(forecast => forecast.Coverage)),
            ]),
            ["all pairs", .. LossLaws.Names.Select(law => Error(pairs.Median(law))), Percent(pairs.Coverage)],
        ]);

    private static Table Laws(ScheduleFit fit) => new(
        "laws", fit.HeldOutRule.Length > 0 ? $"Laws, ranked by the median error on {fit.HeldOutRule}" : "Laws", ["law", "log-RMSE", "largest error", "held out", "verdict on the fitted curves"],
        [
            .. fit.Laws.Select(law => (IReadOnlyList<string>)
            [
                law.Name, Error(law.Fitted.Max(error => error.LogRms)), Percent(law.Fitted.Max(error => error.Largest)), Error(law.HeldOutMedian), law.Verdict,
            ]),
        ]);

    private static Table Parameters(ScheduleFit fit) => new(
        "parameters", $"{fit.Chosen.Name}: {QuantityWords.Lettered(fit.Chosen.Formula)}", ["parameter", "value", $"{DisplayNumber.Percent(fit.Level)} interval", "meaning"],
        [
            .. fit.Chosen.Parameters.Select(parameter => (IReadOnlyList<string>)
            [
                QuantityWords.Lettered(parameter.Symbol), DisplayNumber.Of(parameter.Value), double.IsNaN(parameter.Lower) ? "—" : DisplayText.Of($"{DisplayNumber.Of(parameter.Lower, 3)} to {DisplayNumber.Of(parameter.Upper, 3)}"),
                parameter.Meaning + (parameter.IsAtBound ? " (at its bound)" : ""),
            ]),
        ]);

    private static Table Forecasts(ScheduleFit fit) => new(
        "forecasts", $"Curves as {fit.Chosen.Name} sees them", ["curve", "steps", "last loss", "band", "measured", "log-RMSE", "power-time", "covered", "verdict"],
        [
            .. fit.Forecasts.Select(forecast => (IReadOnlyList<string>)
            [
                forecast.Curve.Name, DisplayNumber.Count((long)forecast.Steps[^1]), DisplayNumber.Of(forecast.Losses[^1]),
                DisplayText.Of($"{DisplayNumber.Of(forecast.Lower[^1])} to {DisplayNumber.Of(forecast.Upper[^1])}"),
                forecast.Measured.Length > 0 ? DisplayNumber.Of(forecast.Measured[^1]) : "—", Error(forecast.Error?.LogRms ?? double.NaN), Error(forecast.BaselineLogRms),
                Percent(forecast.Coverage), (forecast.IsFitted ? "fitted; " : "") + forecast.Verdict,
            ]),
        ]);

    private static Table Proposal(FitScheduleResult result)
    {
        var proposal = result.Proposal!;
        var rates = proposal.Schedule;
        return new Table(
            "proposal",
            DisplayText.Of($"Proposed schedule: {rates.Steps} steps, rate {DisplayNumber.Of(rates.RateAt(0))} at first, {DisplayNumber.Of(rates.Peak)} at most until step {StableUntil(rates)}, {DisplayNumber.Of(rates.RateAt(rates.Steps - 1), 3)} at last"),
            ["schedule", "steps", $"last loss by {LossLaws.Direct.Name}", "interval of the fit", "proposal is lower by", "interval"],
            [
                ["proposed", DisplayNumber.Count(rates.Steps), DisplayNumber.Of(proposal.Loss), Between(proposal.Lower, proposal.Upper), "", ""],
                .. result.Others.Select(other => (IReadOnlyList<string>)
                [
                    other.Name, DisplayNumber.Count(other.Steps), DisplayNumber.Of(other.Loss), Between(other.Lower, other.Upper), Percent(other.Gain), double.IsNaN(other.GainLower) ? "—" : $"{Percent(other.GainLower)} to {Percent(other.GainUpper)}",
                ]),
            ]);
    }

    // The last step whose rate is that of the peak.
    private static int StableUntil(StepRates rates)
    {
        var step = rates.Steps - 1;
        while (step > 0 && rates.RateAt(step) < 0.999 * rates.Peak)
            step--;
        return step;
    }

    private static string Between(double lower, double upper) => double.IsNaN(lower) ? "—" : $"{DisplayNumber.Of(lower)} to {DisplayNumber.Of(upper)}";

    private static string Range(double value, (double Lower, double Upper) interval) =>
        double.IsNaN(interval.Lower) ? DisplayNumber.Of(value, 3) : $"{DisplayNumber.Of(value, 3)} ({DisplayNumber.Of(interval.Lower, 3)} to {DisplayNumber.Of(interval.Upper, 3)})";

    private static string Error(double value) => double.IsNaN(value) ? "—" : DisplayNumber.Of(value, 3);

    private static string Percent(double value) => double.IsNaN(value) ? "—" : DisplayNumber.Percent(value, 3);

    private static string Full(double value) => double.IsNaN(value) ? "" : WrittenNumber.RoundTrip(value);
}
