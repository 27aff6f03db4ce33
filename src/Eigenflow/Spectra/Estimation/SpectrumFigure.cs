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
                + (estimate.Exponent is { } exponent ? string.Create(CultureInfo.InvariantCulture, $"Exponent a = {DisplayNumber.WithInterval(exponent, estimate.ExponentUncertainty)} ({estimate.UncertaintyMethod}); {estimate.Verdict}.") : $"{Capitalised(estimate.Verdict)}."),
            Panels = [new Panel { X = new Axis("mode number i", true), Y = new Axis("eigenvalue λ", true), Series = series, Regions = regions }],
        };
    }

    // What is printed, up to its first reason; the law only where it is the verdict.
    private static string TitleOf(SpectrumEstimate estimate) => estimate is { Kind: SpectrumKind.PowerLaw, Fit: { } fit }
        ? $"λ ∝ i^{{{new MeasuredSlope(-fit.Exponent, estimate.ExponentUncertainty)}}} over modes {DisplayNumber.Of(fit.First)} to {DisplayNumber.Of(fit.Last)}"
        : Headline.FirstThatFits(Capitalised(estimate.Verdict), Capitalised(estimate.Verdict.Split(" (")[0]), Capitalised(estimate.Verdict.Split(" (")[0].Split([';', ','])[0]), Capitalised(estimate.Verdict.Split(':')[0]));

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
