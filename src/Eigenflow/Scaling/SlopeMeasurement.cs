using Eigenflow.Figures;

namespace Eigenflow.Scaling;

/// <summary>Exponents of curves over given spans, as titles and slope guides show them.</summary>
internal static class SlopeMeasurement
{
    private const double Slack = 1e-9;

    /// <summary>The exponent of a fit with its interval.</summary>
    /// <param name="fit">The fit.</param>
    public static MeasuredSlope Slope(this PowerLawFit fit) => new(fit.Exponent, (fit.Upper - fit.Lower) / 2) { MeanHalf = fit.MeanHalf };

    /// <summary>The exponent of a curve between two abscissae.</summary>
    /// <param name="series">The curve.</param>
    /// <param name="from">First abscissa.</param>
    /// <param name="to">Last abscissa.</param>
    public static MeasuredSlope SlopeBetween(this Series series, double from, double to) =>
        PowerLaw.Fit(series.X, series.Y, new PowerLawOptions { WindowStart = from * (1 - Slack), WindowEnd = to * (1 + Slack) }).Slope();

    /// <summary>A guide with the predicted exponent and what a curve shows over its span.</summary>
    /// <param name="series">The curve.</param>
    /// <param name="from">Left end.</param>
    /// <param name="to">Right end.</param>
    /// <param name="predicted">The predicted exponent.</param>
    public static SlopeGuide Guide(this Series series, double from, double to, double predicted) =>
        new(from, to, series.Y[Array.FindIndex(series.X, x => x >= from * (1 - Slack))], predicted, DisplayNumber.Fraction(predicted)) { Measured = series.SlopeBetween(from, to).ToString() };

    /// <summary>A triangle of a predicted slope at a curve of the theory, where dots are what is measured.</summary>
    /// <param name="series">The curve.</param>
    /// <param name="from">Left end.</param>
    /// <param name="to">Right end.</param>
    /// <param name="predicted">Exponent.</param>
    public static SlopeGuide Triangle(this Series series, double from, double to, double predicted) => series.Guide(from, to, predicted) with { Measured = "" };
}
