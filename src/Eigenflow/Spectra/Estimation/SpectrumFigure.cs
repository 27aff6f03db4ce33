using System.Globalization;
using Eigenflow.Figures;

namespace Eigenflow.Spectra.Estimation;

/// <summary>The picture of a spectrum: eigenvalue against mode number with the fitted law and its window, or the edge of the white bulk.</summary>
internal static class SpectrumFigure
{
    public static Figure Of(SpectrumEstimate estimate, string source)
    {
        var (rank, eigenvalues) = (estimate.Rank, estimate.Eigenvalues);
        var numbers = Enumerable.Range(1, rank).Select(number => (double)number).ToArray();
        var series = new List<Series> { new() { Label = "eigenvalues", X = numbers, Y = eigenvalues[..rank], Style = SeriesStyle.Points, Role = SeriesRole.Measurement } };
        var regions = new List<Region>();
        if (estimate.ErrorBounds is { } bounds)
        {
            series[0] = series[0] with
            {
                Lower = [.. eigenvalues.Take(rank).Zip(bounds, (value, error) => value - error)],
                Upper = [.. eigenvalues.Take(rank).Zip(bounds, (value, error) => value + error)],
            };
        }

        if (estimate.Corrected is { } corrected)
        {
            series.Add(new Series
            {
                Label = "corrected for the sample",
                X = [.. Enumerable.Range(1, corrected.Length).Select(number => (double)number)],
                Y = corrected,
                Style = SeriesStyle.Dashed,
                Color = 2,
            });
        }

        if (estimate is { Kind: SpectrumKind.Components or SpectrumKind.WhiteNoise, NoiseEdge: { } edge } && rank > 1)
            series.Add(new Series { Label = "edge of white noise", X = [1, rank], Y = [edge, edge], Style = SeriesStyle.Dotted, Color = 3 });
        if (estimate.Fit is { } fit)
        {
            double Law(double number) => fit.Amplitude * Math.Pow(number, -fit.Exponent);
            var x = numbers[(fit.First - 1)..fit.Last];
            series[0] = series[0] with { Expected = [.. numbers.Select(number => number >= fit.First && number <= fit.Last ? Law(number) : double.NaN)] };
            series.Add(new Series
            {
                Label = $"λ ∝ i^{{{DisplayNumber.Of(-fit.Exponent, 3)}}}",
                X = x,
                Y = [.. x.Select(Law)],
                Role = SeriesRole.Fit,
                Color = 1,
            });
            regions.Add(new Region(fit.First, fit.Last, "fitted window"));
        }

        return new Figure
        {
            Id = "spectrum",
            Title = TitleOf(estimate),
            Caption = string.Create(CultureInfo.InvariantCulture, $"Eigenvalues of the covariance of {source}: {(estimate.Samples is { } samples ? $"{samples} samples, " : "")}{estimate.Features} features. ")
                + (estimate.Exponent is { } exponent ? string.Create(CultureInfo.InvariantCulture, $"Exponent a = {new MeasuredSlope(exponent, estimate.ExponentUncertainty)} ({estimate.UncertaintyMethod}); {estimate.Verdict}.") : $"{Capitalised(estimate.Verdict)}.")
                + (estimate.Target is { } labels ? DisplayText.Of($" Label '{labels.Label}': {100 * labels.Explained:0.#} % of its variance is explained by a line over all modes{(labels.ExplainedWithoutChance is { } part ? $", {100 * part:0.#} % without chance" : ", chance included")}.") : "")
                + (estimate.Validation is { } fitted ? DisplayText.Of($" Ridge regression: generalised cross-validation expects {100 * fitted.BestError / estimate.Target!.Variance:0.#} % of it on new rows, noise included, at λ = {fitted.BestRidge:G3}.") : ""),
            Panels = [new Panel { X = new Axis("mode number i", true), Y = new Axis("eigenvalue λ", true), Series = series, Regions = regions }, .. estimate.Target is { } target ? PowerPanels(target) : [], .. estimate.Validation is { } validation ? (Panel[])[ValidationPanel(validation)] : []],
        };
    }

    // Power of single modes with what chance gives one, and how much all up to a mode explain.
    private static IEnumerable<Panel> PowerPanels(TargetPower target)
    {
        double[] x = [.. Enumerable.Range(1, target.Power.Length).Select(number => (double)number)], sums = new double[x.Length];
        var sum = 0.0;
        for (var k = 0; k < sums.Length; k++)
            sums[k] = (sum += target.Power[k]) / target.Variance;
        var power = new List<Series> { new() { Label = "target power", X = x, Y = [.. target.Power.Select(value => value / target.Variance)], Style = SeriesStyle.Points, Role = SeriesRole.Measurement } };
        var cumulative = new List<Series> { new() { Label = "cumulative", X = x, Y = sums, Role = SeriesRole.Measurement } };
        if (target.ChancePower is { } chance && chance > 0 && x.Length > 1)
        {
            power.Add(new Series { Label = "by chance, on average", X = [1, x.Length], Y = [chance / target.Variance, chance / target.Variance], Style = SeriesStyle.Dotted, Role = SeriesRole.Reference, Color = 3 });
            cumulative.Add(new Series { Label = "by chance, on average", X = x, Y = [.. x.Select(number => number * chance / target.Variance)], Style = SeriesStyle.Dotted, Role = SeriesRole.Reference, Color = 3 });
        }

        yield return new Panel { X = new Axis("mode number i", true), Y = new Axis("target power c_{i} / Var y", true), Series = power };
        yield return new Panel { X = new Axis("mode number i", true), Y = new Axis("explained part of Var y", Minimum: 0), Series = cumulative };
    }

    // The estimate of the rows beside the theory of their spectrum.
    private static Panel ValidationPanel(CrossValidation validation)
    {
        var ridges = validation.Grid;
        double[] theory = [.. ridges.Select(validation.Theory)];
        var series = new List<Series> { new() { Label = "cross-validation (GCV)", X = ridges, Y = [.. ridges.Select(validation.At)], Role = SeriesRole.Measurement } };
        if (Array.Exists(theory, double.IsFinite))
            series.Add(new Series { Label = "theory of this spectrum", X = ridges, Y = theory, Style = SeriesStyle.Dashed, Color = 1 });
        return new Panel
        {
            X = new Axis("ridge λ", true, ridges[0], ridges[^1]),
            Y = new Axis("squared error on new rows", true),
            Series = series,
            Lines = validation.BestRidge >= ridges[0] ? [new ReferenceLine(validation.BestRidge, "best")] : [],
        };
    }

    // What is printed, up to its first reason; the law only where it is the verdict.
    private static string TitleOf(SpectrumEstimate estimate) => estimate is { Kind: SpectrumKind.PowerLaw, Fit: { } fit }
        ? $"λ ∝ i^{{{new MeasuredSlope(-fit.Exponent, estimate.ExponentUncertainty)}}} over modes {DisplayNumber.Of(fit.First)} to {DisplayNumber.Of(fit.Last)}"
        : Headline.FirstThatFits(Capitalised(estimate.Verdict), Capitalised(estimate.Verdict.Split(" (")[0]), Capitalised(estimate.Verdict.Split(" (")[0].Split([';', ','])[0]), Capitalised(estimate.Verdict.Split(':')[0]));

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
