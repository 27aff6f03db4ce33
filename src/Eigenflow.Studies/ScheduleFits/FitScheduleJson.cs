using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Scaling.LossCurves;

namespace Eigenflow.Studies;

/// <summary>The results of <c>fit-schedule</c> as JSON; numbers that do not exist are null.</summary>
public static class FitScheduleJson
{
    /// <summary>One JSON object.</summary>
    /// <param name="result">What was found.</param>
    public static JsonObject Of(FitScheduleResult result) => new()
    {
        ["curves"] = new JsonArray([.. result.Fit.Curves.Select(curve => (JsonNode)curve.Name)]),
        ["points"] = result.Fit.Points,
        ["identifiable"] = result.Fit.IsIdentifiable,
        ["held-out"] = result.Fit.HeldOutRule,
        ["thinning-error"] = Number(result.Fit.ThinningError),
        ["warnings"] = new JsonArray([.. result.Fit.Warnings.Select(warning => (JsonNode)warning)]),
        ["law"] = result.Fit.Chosen.Name,
        ["law-reason"] = result.Fit.Reason,
        ["laws"] = new JsonArray([.. result.Fit.Laws.Select(Law)]),
        ["forecasts"] = new JsonArray([.. result.Fit.Forecasts.Select(Forecast)]),
        ["proposal"] = result.Proposal is { } proposal ? Proposal(proposal, result.Others) : null,
    };

    /// <summary>One JSON object.</summary>
    /// <param name="pairs">Errors over all pairs of files.</param>
    public static JsonObject Of(ScheduleFitPairs pairs) => new()
    {
        ["medians"] = new JsonObject(LossLaws.Names.Select(law => new KeyValuePair<string, JsonNode?>(law, Number(pairs.Median(law))))),
        ["coverage"] = Number(pairs.Coverage),
        ["pairs"] = new JsonArray([.. pairs.Fits.SelectMany(fit => LossLaws.Names.SelectMany(law => ScheduleFitPairs.Errors(fit, law).Select(error => (JsonNode)new JsonObject
        {
            ["law"] = law, ["fitted"] = fit.Curves[0].Name, ["forecast"] = error.Curve, ["log-rmse"] = Number(error.LogRms), ["largest-relative-error"] = Number(error.Largest),
        })))]),
    };

    private static JsonObject Law(LawFit law) => new()
    {
        ["name"] = law.Name,
        ["formula"] = law.Formula,
        ["identified"] = law.IsIdentified,
        ["objective"] = Number(law.Objective),
        ["parameters"] = new JsonArray([.. law.Parameters.Select(parameter => (JsonNode)new JsonObject
        {
            ["name"] = parameter.Symbol, ["value"] = Number(parameter.Value), ["lower"] = Number(parameter.Lower), ["upper"] = Number(parameter.Upper), ["at-bound"] = parameter.IsAtBound,
        })]),
        ["fitted"] = Errors(law.Fitted),
        ["held-out"] = Errors(law.HeldOut),
        ["held-out-median"] = Number(law.HeldOutMedian),
        ["held-out-last"] = Number(law.HeldOutLast),
        ["exponents"] = law.Exponents is { } exponents ? new JsonObject
        {
            ["s"] = Number(exponents.Difficulty),
            ["s-interval"] = Interval(exponents.DifficultyInterval),
            [exponents.Symbol] = Number(exponents.Forgetting),
            [exponents.Symbol + "-interval"] = Interval(exponents.ForgettingInterval),
            ["beta"] = exponents.Capacity is { } beta ? Number(beta) : null,
            ["beta-interval"] = exponents.Capacity is null ? null : Interval(exponents.CapacityInterval),
            ["regime"] = exponents.Regime,
        } : null,
        ["verdict"] = law.Verdict,
    };

    private static JsonObject Forecast(LossForecast forecast) => new()
    {
        ["curve"] = forecast.Curve.Name,
        ["fitted"] = forecast.IsFitted,
        ["steps"] = Numbers(forecast.Steps),
        ["loss"] = Numbers(forecast.Losses),
        ["lower"] = Numbers(forecast.Lower),
        ["upper"] = Numbers(forecast.Upper),
        ["measured"] = Numbers(forecast.Measured),
        ["log-rmse"] = forecast.Error is { } error ? Number(error.LogRms) : null,
        ["baseline-log-rmse"] = Number(forecast.BaselineLogRms),
        ["coverage"] = Number(forecast.Coverage),
        ["verdict"] = forecast.Verdict,
    };

    private static JsonObject Proposal(ProposedSchedule proposal, IReadOnlyList<ScheduleComparison> others) => new()
    {
        ["steps"] = proposal.Schedule.Steps,
        ["warmup-steps"] = proposal.WarmUp,
        ["loss"] = Number(proposal.Loss),
        ["lower"] = Number(proposal.Lower),
        ["upper"] = Number(proposal.Upper),
        ["table"] = new JsonObject { ["step"] = Numbers([.. proposal.Steps.Select(step => (double)step)]), ["learning_rate"] = Numbers(proposal.Rates) },
        ["others"] = new JsonArray([.. others.Select(other => (JsonNode)new JsonObject
        {
            ["name"] = other.Name, ["steps"] = other.Steps, ["loss"] = Number(other.Loss), ["lower"] = Number(other.Lower), ["upper"] = Number(other.Upper),
            ["gain"] = Number(other.Gain), ["gain-lower"] = Number(other.GainLower), ["gain-upper"] = Number(other.GainUpper),
            ["held-out-error"] = Number(other.HeldOutError), ["verdict"] = other.Verdict,
        })]),
    };

    private static JsonArray Errors(IReadOnlyList<CurveError> errors) => new([.. errors.Select(error => (JsonNode)new JsonObject
    {
        ["curve"] = error.Curve, ["log-rmse"] = Number(error.LogRms), ["largest-relative-error"] = Number(error.Largest), ["last-relative-error"] = Number(error.Last),
    })]);

    private static JsonArray Interval((double Lower, double Upper) interval) => new(Number(interval.Lower), Number(interval.Upper));

    private static JsonArray Numbers(double[] values) => new([.. values.Select(value => (JsonNode?)Number(value))]);

    private static JsonValue? Number(double value) => WrittenNumber.Json(value);
}
