using System.Text.Json.Nodes;
using Eigenflow.Scaling.Collapse;

namespace Eigenflow.Cli;

/// <summary>The results of <c>collapse</c> for ladders as JSON; numbers that are not finite are null.</summary>
internal static class LadderJson
{
    public static JsonObject Of(LadderStudy study) => new()
    {
        ["time"] = study.Data.TimeName,
        ["size"] = study.Data.SizeName,
        ["runs"] = study.Data.Runs.Count,
        ["notes"] = Texts(study.Notes.Concat(study.Data.Notes)),
        ["ladders"] = new JsonArray([.. study.Ladders.Select(ladder => (JsonNode)Ladder(ladder))]),
        ["horizons"] = new JsonArray([.. study.Horizons.Select(horizon => (JsonNode)Horizon(horizon))]),
        ["alphas"] = new JsonArray([.. study.Alphas.Select(alpha => (JsonNode)new JsonObject
        {
            ["schedule"] = alpha.Schedule,
            ["value"] = Finite(alpha.Value),
            ["lower"] = Finite(alpha.Lower),
            ["upper"] = Finite(alpha.Upper),
            ["references"] = alpha.References,
        })]),
        ["transfers"] = new JsonArray([.. study.Transfers.Select(pair => (JsonNode)Transfer(pair))]),
    };

    private static JsonObject Ladder(LadderAnalysis ladder)
    {
        var s = ladder.Statistics;
        return new JsonObject
        {
            ["schedule"] = ladder.Schedule,
            ["verdict"] = ladder.Verdict.Word,
            ["sentence"] = DisplayNumber.Plain(ladder.Verdict.Sentence),
            ["hints"] = Texts(ladder.Verdict.Hints),
            ["agreement"] = Finite(ladder.Verdict.Agreement),
            ["notes"] = Texts(ladder.Notes),
            ["sizes"] = Array(ladder.Curves.Sizes),
            ["seeds"] = new JsonArray([.. ladder.Curves.Seeds.Select(own => (JsonNode)own.Length)]),
            ["horizon"] = new JsonObject { ["exponent"] = Finite(ladder.Horizon.Exponent), ["lower"] = Finite(ladder.Horizon.Lower), ["upper"] = Finite(ladder.Horizon.Upper), ["end-times"] = Array(ladder.Horizon.Times) },
            ["horizon-error"] = ladder.Error is not { } error ? null : new JsonObject
            {
                ["value"] = Finite(error.Value),
                ["lower"] = Finite(error.Lower),
                ["upper"] = Finite(error.Upper),
                ["used"] = Finite(error.Used),
                ["told"] = error.IsTold,
                ["inconclusive"] = error.IsInconclusive,
                ["offset"] = Finite(error.Offset),
                ["given-offset-refused"] = error.IsOffsetRefused,
                ["has-size"] = error.HasSize,
            },
            ["offset"] = ladder.Fit is { } fit ? Fit(fit) : null,
            ["offset-scan"] = new JsonObject { ["best"] = Finite(ladder.Scan.Best), ["offsets"] = Array(ladder.Scan.Offsets), ["rms"] = Array(ladder.Scan.RootMeanSquares) },
            ["rms"] = Finite(s.RootMeanSquare),
            ["rms-lower"] = Finite(ladder.Spread.Lower),
            ["rms-upper"] = Finite(ladder.Spread.Upper),
            ["median"] = Finite(s.Median),
            ["at-half"] = Finite(s.AtHalf),
            ["largest-late"] = Finite(s.LargestLate),
            ["onset"] = Finite(s.Onset),
            ["onset-lower"] = Finite(ladder.Spread.OnsetLower),
            ["onset-upper"] = Finite(ladder.Spread.OnsetUpper),
            ["median-onset"] = Finite(s.MedianOnset),
            ["mean-ratio"] = Finite(s.MeanRatio),
            ["late-ratio"] = Finite(s.LateRatio),
            ["seed-ratio"] = Finite(s.SeedRatio),
            ["significant-share"] = Finite(ladder.Test?.Share ?? double.NaN),
            ["power"] = Finite(ladder.Test?.Power ?? double.NaN),
            ["systematic-ratio"] = Finite(s.SystematicRatio),
            ["quality"] = Finite(ladder.Quality?.S ?? double.NaN),
            ["unbiased"] = s.IsUnbiased,
            ["x"] = Array(s.X),
            ["mean"] = Array(s.Mean),
            ["delta"] = Array(s.Delta),
            ["mean-floor"] = Array(s.MeanFloor),
            ["floor"] = new JsonArray([.. s.Floor.Select(own => (JsonNode)Array(own))]),
            ["between"] = Array(s.Between),
            ["within"] = Array(s.Within),
            ["model-means"] = new JsonArray([.. Enumerable.Range(0, ladder.Curves.Models).Select(m => (JsonNode)Array(ladder.Curves.ModelMean(m)))]),
            ["drift"] = new JsonObject { ["slope"] = Array(ladder.Drift.Slope), ["lower"] = Array(ladder.Drift.Lower), ["upper"] = Array(ladder.Drift.Upper), ["interval-method"] = ladder.Drift.IntervalMethod },
        };
    }

    private static JsonObject Fit(ReducibleLossFit fit)
    {
        var (floors, objectives, exponents) = fit.Profile();
        return new JsonObject
        {
            ["value"] = Finite(fit.Floor),
            ["lower"] = Finite(fit.Lower),
            ["upper"] = Finite(fit.Upper),
            ["interval-method"] = fit.IntervalMethod,
            ["given"] = fit.IsGiven,
            ["unidentified"] = fit.IsGiven ? null : fit.IsUnidentified,
            ["amplitude"] = Finite(fit.Amplitude),
            ["exponent"] = Finite(fit.Exponent),
            ["determination"] = Finite(fit.Determination),
            ["compute"] = Array(fit.Computes),
            ["loss"] = Array(fit.Losses),
            ["profile"] = new JsonObject { ["floor"] = Array(floors), ["objective"] = Array(objectives), ["exponent"] = Array(exponents) },
        };
    }

    private static JsonObject Horizon(HorizonComparison horizon) => new()
    {
        ["schedule"] = horizon.Schedule,
        ["frontier"] = horizon.Frontier is not { } frontier ? null : new JsonObject
        {
            ["exponent"] = Finite(frontier.Exponent),
            ["lower"] = Finite(frontier.Lower),
            ["upper"] = Finite(frontier.Upper),
            ["compute-exponent"] = Finite(frontier.ComputeExponent),
            ["scale"] = Finite(frontier.Scale),
            ["points"] = frontier.Computes.Length,
            ["edge-share"] = Finite(frontier.EdgeShare),
        },
        ["collapse"] = horizon.Collapse is not { } collapse ? null : new JsonObject
        {
            ["exponent"] = Finite(collapse.Exponent),
            ["lower"] = Finite(collapse.Lower),
            ["upper"] = Finite(collapse.Upper),
            ["rms"] = Finite(collapse.RootMeanSquare),
            ["edge"] = collapse.IsAtEdge,
            ["open"] = collapse.IsOpen,
            ["inconclusive"] = collapse.IsInconclusive,
            ["misfit"] = Finite(collapse.Misfit),
            ["offset"] = Finite(collapse.Offset),
            ["offset-given"] = collapse.IsOffsetGiven,
            ["scan"] = new JsonObject { ["exponent"] = Array(collapse.Scanned), ["rms"] = Array(collapse.RootMeanSquares) },
        },
        ["notes"] = Texts(horizon.Notes),
    };

    private static JsonObject Transfer(TransferPair pair)
    {
        var (one, others) = (pair.Fitted, pair.Others);
        return new JsonObject
        {
            ["target"] = one.Target.Label,
            ["schedule"] = one.Target.Schedule,
            ["size"] = Finite(one.Target.Size),
            ["reference"] = one.Reference.Label,
            ["from"] = Finite(one.Target.Times[one.Start] / one.Target.EndTime),
            ["alpha"] = Finite(one.Alpha),
            ["alpha-lower"] = Finite(one.AlphaLower),
            ["alpha-upper"] = Finite(one.AlphaUpper),
            ["peak-ratio"] = Finite(one.PeakRatio),
            ["alpha-fitted"] = one.IsAlphaFitted,
            ["curvature"] = Finite(one.Curvature),
            ["curvature-fitted"] = one.IsCurvatureFitted,
            ["errors"] = Errors(one),
            ["errors-by-others"] = others is null ? null : Errors(others),
        };
    }

    private static JsonObject Errors(ScheduleTransfer one) => new()
    {
        ["none"] = Finite(one.ErrorOf(one.WithoutModel)),
        ["reduced"] = Finite(one.ErrorOf(one.Reduced)),
        ["full"] = Finite(one.ErrorOf(one.Full)),
        ["ratio"] = Finite(one.ErrorOf(one.Ratio)),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)DisplayNumber.Plain(text))]);

    private static JsonArray Array(double[] values) => new([.. values.Select(value => (JsonNode?)Finite(value))]);

    private static JsonValue? Finite(double value) => WrittenNumber.Json(value);
}
