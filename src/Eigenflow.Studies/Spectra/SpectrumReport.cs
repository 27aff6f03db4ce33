using System.Globalization;
using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Spectra.Estimation;

namespace Eigenflow.Studies;

/// <summary>What <c>eigenflow spectrum</c> and the page show: tables, JSON or CSV.</summary>
public static class SpectrumReport
{
    private const int ListedEigenvalues = 10;

    /// <summary>The command that goes on from a saved spectrum: the learning curve of ridge regression where there are labels.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="saved">Path of the saved spectrum.</param>
    public static string NextCommand(SpectrumEstimate estimate, string saved)
    {
        var spectrum = $"--spectrum {ShellWord.Quoted("file:" + saved)}";
        return estimate is { Validation: { } validation, Target.NoiseVariance: { } noise }
            ? $"eigenflow predict scaling-renormalization {spectrum} --samples {validation.Samples} --ridge {WrittenNumber.RoundTrip(validation.BestRidge / estimate.Trace)} --noise {WrittenNumber.RoundTrip(noise)}"
            : $"eigenflow run phase-retrieval {spectrum}";
    }

    /// <summary>The tables that are printed.</summary>
    /// <param name="estimate">The estimate.</param>
    public static IReadOnlyList<Table> Tables(SpectrumEstimate estimate) => [Summary(estimate), Eigenvalues(estimate)];

    /// <summary>All eigenvalues as CSV: <c>mode,eigenvalue</c>, and <c>target-power</c> where there are labels.</summary>
    /// <param name="estimate">The estimate.</param>
    public static string Csv(SpectrumEstimate estimate) => CsvText.Render(["mode", "eigenvalue", .. estimate.Target is null ? (string[])[] : ["target-power"]], estimate.Eigenvalues.Select((value, index) =>
        (IEnumerable<string>)[(index + 1).ToString(CultureInfo.InvariantCulture), WrittenNumber.RoundTrip(value), .. estimate.Target is { } target ? (string[])[WrittenNumber.RoundTrip(target.Power.ElementAtOrDefault(index))] : []]));

    private static Table Summary(SpectrumEstimate estimate) => new("summary", "", ["quantity", "value"],
    [
        ["samples × features", string.Create(CultureInfo.InvariantCulture, $"{(estimate.Samples?.ToString(CultureInfo.InvariantCulture) ?? "(not given)")} × {estimate.Features}")],
        ["rank", estimate.Rank.ToString(CultureInfo.InvariantCulture)],
        [estimate.IsComplete ? "effective rank (Σλ)²/Σλ²" : "effective rank (Σλ)²/Σλ², at most", DisplayNumber.Of(estimate.EffectiveRank)],
        ["exponent a of λ ∝ i^(−a)", estimate.Exponent is { } exponent
            ? new MeasuredSlope(exponent, estimate.ExponentUncertainty).ToString()
            : "—"],
        ["verdict", estimate.Verdict],
        ["interval", estimate.UncertaintyMethod],
        ["window", estimate.Fit is { } fit ? string.Create(CultureInfo.InvariantCulture, $"modes {fit.First} to {fit.Last}") : "—"],
        .. estimate.NoiseVariance is { } variance ? (IReadOnlyList<string>[])[["white bulk", string.Create(CultureInfo.InvariantCulture, $"variance {DisplayNumber.Of(variance)}, edge {DisplayNumber.Of(estimate.NoiseEdge!.Value)}, {estimate.Components} above it")]] : [],
        ["usable up to", estimate.Cutoff],
        ["eigenvalues", estimate.Method],
        .. estimate.ErrorBounds is { } bounds ? (IReadOnlyList<string>[])[["largest relative error of the fitted modes", $"{Relative(estimate, estimate.ErrorEstimates ?? bounds)} estimated, {Relative(estimate, bounds)} at most"]] : [],
        .. estimate.Corrected is not null || !estimate.Correction.StartsWith("not", StringComparison.Ordinal) ? (IReadOnlyList<string>[])[["correction of the tail", estimate.Correction]] : [],
        ["linear algebra", estimate.Algebra],
        .. estimate.Target is { } target ? Target(target) : [],
        .. estimate.Validation is { } validation ? Validation(validation, estimate) : [],
    ]);

    private static IEnumerable<IReadOnlyList<string>> Target(TargetPower target)
    {
        yield return ["label", target.Classes.Count == 0 ? target.Label : $"{target.Label}: {target.Classes.Count} classes, indicators of zero and one summed"];
        yield return ["variance of the label", DisplayNumber.Of(target.Variance)];
        yield return ["explained part R² of all modes", target.ExplainedWithoutChance is { } part ? $"{DisplayNumber.Of(target.Explained)}; {DisplayNumber.Of(part)} without chance" : $"{DisplayNumber.Of(target.Explained)}, chance included"];
        if (target.NoiseVariance is not { } noise)
            yield break;
        yield return ["noise variance (not explained)", target.NoiseError is { } error ? DisplayNumber.WithInterval(noise, 1.96 * error * noise) : DisplayNumber.Of(noise)];
        yield return ["target power of a mode by chance", $"{DisplayNumber.Of(target.ChancePower!.Value)}; {target.ModesAboveChance} of {target.Power.Length} modes have more than chance gives one in a hundred"];
    }

    private static IEnumerable<IReadOnlyList<string>> Validation(CrossValidation validation, SpectrumEstimate estimate)
    {
        var (ridge, error) = (validation.BestRidge, validation.BestError);
        yield return ["ridge regression: squared error on new rows, noise included (GCV)", $"{DisplayNumber.Of(error)}, {DisplayNumber.Percent(error / estimate.Target!.Variance)} of the variance of the label"];
        yield return ["its ridge λ", ridge == 0 ? "0: no ridge is better" : $"{DisplayNumber.Of(ridge)}, of the saved spectrum {DisplayNumber.Of(ridge / estimate.Trace)}; {DisplayNumber.Of(validation.BestFreedom)} degrees of freedom"];
        if (validation.Theory(ridge) is var theory && double.IsFinite(theory))
            yield return ["the same in theory, from spectrum, power without chance and noise", DisplayNumber.Of(theory)];
    }

    private static Table Eigenvalues(SpectrumEstimate estimate)
    {
        var trace = estimate.Trace;
        var (cumulative, explained) = (0.0, 0.0);
        string[] Power(int index)
        {
            if (estimate.Target is not { } target)
                return [];
            var power = target.Power.ElementAtOrDefault(index);
            return [DisplayNumber.Of(power), DisplayNumber.Of((explained += power) / target.Variance)];
        }

        return new Table("eigenvalues", "Largest eigenvalues", ["mode", "eigenvalue", "part of the trace", "cumulative", .. estimate.Target is null ? (string[])[] : ["target power", "explained up to here"]],
        [
            .. estimate.Eigenvalues.Take(ListedEigenvalues).Select((value, index) => (IReadOnlyList<string>)
            [
                (index + 1).ToString(CultureInfo.InvariantCulture), DisplayNumber.Of(value), DisplayNumber.Of(value / trace), DisplayNumber.Of((cumulative += value) / trace), .. Power(index),
            ]),
        ]);
    }

    /// <summary>What the eigenvalues are, as JSON has it.</summary>
    /// <param name="kind">The kind.</param>
    public static string KindName(SpectrumKind kind) => kind switch
    {
        SpectrumKind.PowerLaw => "power-law",
        SpectrumKind.WhiteNoise => "white-noise",
        SpectrumKind.Components => "components-above-a-bulk",
        SpectrumKind.CannotTell => "cannot-tell",
        _ => "no-power-law",
    };

    private static string Relative(SpectrumEstimate estimate, double[] errors)
    {
        var end = estimate.Fit is { } fit ? fit.Last : estimate.Rank;
        return DisplayNumber.Of(Enumerable.Range(0, Math.Min(end, errors.Length)).Max(k => errors[k] / estimate.Eigenvalues[k]), 2);
    }

    private static JsonObject? Json(CrossValidation? validation, double trace) => validation is null ? null : new JsonObject
    {
        ["best-ridge"] = WrittenNumber.Json(validation.BestRidge),
        ["best-ridge-of-saved-spectrum"] = WrittenNumber.Json(validation.BestRidge / trace),
        ["best-error"] = WrittenNumber.Json(validation.BestError),
        ["degrees-of-freedom"] = WrittenNumber.Json(validation.BestFreedom),
        ["theory-error"] = validation.Theory(validation.BestRidge) is var theory && double.IsFinite(theory) ? theory : null,
        ["ridges"] = new JsonArray([.. validation.Grid.Select(ridge => (JsonNode?)WrittenNumber.Json(ridge))]),
        ["errors"] = new JsonArray([.. validation.Grid.Select(ridge => (JsonNode?)WrittenNumber.Json(validation.At(ridge)))]),
    };

    private static JsonObject Json(TargetPower target) => new()
    {
        ["label"] = target.Label,
        ["classes"] = target.Classes.Count > 0 ? new JsonArray([.. target.Classes.Select(name => (JsonNode)name)]) : null,
        ["variance"] = WrittenNumber.Json(target.Variance),
        ["explained"] = WrittenNumber.Json(target.Explained),
        ["explained-without-chance"] = target.ExplainedWithoutChance,
        ["noise-variance"] = target.NoiseVariance,
        ["noise-relative-error"] = target.NoiseError,
        ["chance-power"] = target.ChancePower,
        ["modes-above-chance"] = target.ModesAboveChance,
        ["degrees"] = target.Degrees,
        ["power"] = new JsonArray([.. target.Power.Select(value => (JsonNode?)WrittenNumber.Json(value))]),
    };

    /// <summary>One JSON object.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="source">Name of the file.</param>
    public static JsonObject Json(SpectrumEstimate estimate, string source) => new()
    {
        ["source"] = source,
        ["samples"] = estimate.Samples,
        ["features"] = estimate.Features,
        ["rank"] = estimate.Rank,
        ["effective-rank"] = estimate.EffectiveRank,
        ["exponent"] = estimate.Exponent,
        ["exponent-uncertainty"] = estimate.Exponent is null ? null : estimate.ExponentUncertainty,
        ["window"] = estimate.Fit is { } fit ? new JsonArray(fit.First, fit.Last) : null,
        ["kind"] = KindName(estimate.Kind),
        ["verdict"] = estimate.Verdict,
        ["components"] = estimate.Components,
        ["noise-variance"] = estimate.NoiseVariance,
        ["noise-edge"] = estimate.NoiseEdge,
        ["method"] = estimate.Method,
        ["trace"] = estimate.Trace,
        ["warnings"] = new JsonArray([.. estimate.Warnings.Select(warning => (JsonNode)warning)]),
        ["error-bounds"] = estimate.ErrorBounds is { } bounds ? new JsonArray([.. bounds.Select(value => (JsonNode?)WrittenNumber.Json(value))]) : null,
        ["error-estimates"] = estimate.ErrorEstimates is { } errors ? new JsonArray([.. errors.Select(value => (JsonNode?)WrittenNumber.Json(value))]) : null,
        ["correction"] = estimate.Correction,
        ["corrected-eigenvalues"] = estimate.Corrected is { } corrected ? new JsonArray([.. corrected.Select(value => (JsonNode?)WrittenNumber.Json(value))]) : null,
        ["interval-method"] = estimate.UncertaintyMethod,
        ["cutoff"] = estimate.Cutoff,
        ["target"] = estimate.Target is { } target ? Json(target) : null,
        ["cross-validation"] = Json(estimate.Validation, estimate.Trace),
        ["eigenvalues"] = new JsonArray([.. estimate.Eigenvalues.Select(value => (JsonNode?)WrittenNumber.Json(value))]),
    };
}
