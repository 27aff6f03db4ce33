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
        var series = new List<Series> { new() { Label = "eigenvalues", X = numbers, Y = eigenvalues[..rank], Style = SeriesStyle.Points } };
        var regions = new List<Region>();
        if (estimate.ErrorBounds is { } bounds)
        {
            series[0] = series[0] with
            {
                Lower = [.. eigenvalues.Take(rank).Zip(bounds, (value, error) => Math.Max(value - error, 1e-3 * value))],
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
            series.Add(new Series { Label = "edge of white noise", X = [1, rank], Y = [edge, edge], Style = SeriesStyle.Dashed, Color = 3 });
        if (estimate.Fit is { } fit)
        {
            var x = numbers[(fit.First - 1)..fit.Last];
            series.Add(new Series
            {
                Label = DisplayText.Of($"λ ∝ i^{{−{fit.Exponent:0.00}}}"),
                X = x,
                Y = [.. x.Select(number => fit.Amplitude * Math.Pow(number, -fit.Exponent))],
                Color = 1,
            });
            regions.Add(new Region(fit.First, fit.Last, "fitted window"));
        }

        return new Figure
        {
            Id = "spectrum",
            Title = "Covariance spectrum",
            Caption = string.Create(CultureInfo.InvariantCulture, $"Eigenvalues of the covariance of {source}: {(estimate.Samples is { } samples ? $"{samples} samples, " : "")}{estimate.Features} features. ")
                + (estimate.Exponent is { } exponent ? DisplayText.Of($"Exponent a = {DisplayNumber.WithInterval(exponent, estimate.ExponentUncertainty)} ({estimate.UncertaintyMethod}); {estimate.Verdict}.") : $"{Capitalised(estimate.Verdict)}."),
            Panels = [new Panel { X = new Axis("mode number i", true), Y = new Axis("eigenvalue λ", true), Series = series, Regions = regions }],
        };
    }

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
