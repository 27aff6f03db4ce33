using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Scaling.Fits;

namespace Eigenflow.Studies;

/// <summary>The results of <c>fit</c> as JSON; numbers that are not finite are null.</summary>
public static class FitJson
{
    /// <summary>One JSON object.</summary>
    /// <param name="result">What was found.</param>
    public static JsonObject Of(FitResult result)
    {
        var json = new JsonObject { ["curves"] = new JsonArray([.. result.Fits.Select(fit => (JsonNode)Curve(fit))]) };
        if (result.LeftOut.Count > 0)
            json["not-fitted"] = new JsonArray([.. result.LeftOut.Select(reason => (JsonNode)reason)]);
        if (result.Seeds.Count > 0)
        {
            json["seeds"] = new JsonArray([.. result.Seeds.Select(fit => (JsonNode)new JsonObject
            {
                ["curve"] = fit.Mean.Curve.Name, ["seeds"] = fit.Seeds, ["law"] = fit.Law.Name, ["window"] = new JsonArray(fit.Law.WindowStart, fit.Law.WindowEnd),
                ["parameters"] = Parameters(fit.Parameters), ["deviations"] = new JsonArray([.. fit.Deviations.Select(value => (JsonNode?)WrittenNumber.Json(value))]),
            })]);
        }

        return json;
    }

    private static JsonObject Curve(ScalingFit fit) => new()
    {
        ["curve"] = fit.Curve.Name,
        ["x"] = fit.Curve.XName,
        ["y"] = fit.Curve.YName,
        ["verdict"] = fit.Verdict,
        ["kind"] = Kind(fit.Kind),
        ["is-power-law"] = fit.Kind == FitVerdictKind.Untested ? null : fit.IsPowerLaw,
        ["power-law"] = fit.PowerLaw is { } law ? Law(law) : null,
        ["drift"] = Finite(fit.Drift),
        ["window-rule"] = fit.WindowRule,
        ["chosen"] = fit.Chosen.Name,
        ["laws"] = new JsonArray([.. fit.Laws.Select(one => (JsonNode)Law(one))]),
        ["left-out"] = fit.LeftOut,
        ["mask"] = Mask(fit.Mask),
        ["notes"] = new JsonArray([.. fit.Notes.Select(note => (JsonNode)note)]),
        ["local-exponents"] = new JsonObject
        {
            ["decades"] = fit.Slopes.Decades,
            ["x"] = Array(fit.Slopes.X),
            ["exponent"] = Array(fit.Slopes.Exponents),
            ["standard-error"] = Array(fit.Slopes.Errors),
        },
    };

    private static JsonObject Law(FittedLaw law) => new()
    {
        ["name"] = law.Name,
        ["formula"] = law.Formula,
        ["window"] = new JsonArray(law.WindowStart, law.WindowEnd),
        ["points"] = law.Points,
        ["parameters"] = Parameters(law.Parameters),
        ["log-residual"] = law.LogResidual,
        ["largest-residual"] = law.LargestResidual,
        ["correlation"] = law.Correlation,
        ["criterion"] = law.Criterion,
        ["lack-of-fit"] = Finite(law.LackOfFit),
        ["standing"] = FitTables.StandingOf(law),
        ["cannot-tell-noise-from-misfit"] = law.IsSlow,
        ["describes"] = law.Standing == LawStanding.Untested ? null : law.Describes,
        ["edge"] = law.Edge,
        ["verdict"] = law.Verdict,
        ["interval-method"] = law.IntervalMethod,
    };

    private static JsonObject Mask(CurveMask mask)
    {
        var json = new JsonObject { ["rows"] = mask.Rows, ["kept"] = mask.Kept.Count, ["repeated"] = mask.Repeated };
        foreach (var one in mask.LeftOut)
        {
            var reason = one.Reason switch { MaskReason.Missing => "missing", MaskReason.NotPositive => "not-positive", MaskReason.Superseded => "superseded", _ => "spike" };
            json[reason] = new JsonArray([.. one.Rows.Select(row => (JsonNode)JsonValue.Create(row))]);
        }

        return json;
    }

    private static string Kind(FitVerdictKind kind) => kind switch
    {
        FitVerdictKind.PowerLaw => "power-law",
        FitVerdictKind.Flat => "flat",
        FitVerdictKind.OtherLaw => "other-law",
        FitVerdictKind.NoLaw => "no-law",
        _ => "untested",
    };

    private static JsonArray Parameters(IReadOnlyList<ScalingValue> parameters) => new([.. parameters.Select(parameter => (JsonNode)new JsonObject
    {
        ["name"] = parameter.Symbol, ["value"] = Finite(parameter.Value), ["lower"] = Finite(parameter.Lower), ["upper"] = Finite(parameter.Upper), ["meaning"] = parameter.Meaning,
    })]);

    private static JsonArray Array(double[] values) => new([.. values.Select(value => (JsonNode?)Finite(value))]);

    private static JsonValue? Finite(double value) => WrittenNumber.Json(value);
}
