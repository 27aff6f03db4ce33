using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Figure 1: the three coefficients under spectral and gradient descent, with the closed forms.</summary>
internal static class CoefficientsFigure
{
    private const int Dimension = 100;
    private const double Spike = 9;
    private const double DescentRate = 0.02;
    private const double SpectralRate = 0.00211;
    private const double DescentScale = 1e-3;
    private const double SpectralScale = 0.00137;

    // Below the starts lies only the chatter of what has ended.
    private const double SmallestShown = 7e-4;

    private static readonly (string Name, string Label, int Color)[] Shown =
        [("a", "a (signal)", CurveColors.Signal), ("b", "b (spike)", CurveColors.Spike), ("c", "c (bulk)", CurveColors.Bulk)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var descent = Runs.Descent(Runs.Spiked(Dimension, Spike, DescentScale), DescentRate, 400, cancellation, at: Runs.Every(400));
        var problem = Runs.Spiked(Dimension, Spike, SpectralScale);
        var spectral = Runs.Spectral(problem, SpectralRate, 520, cancellation, at: Runs.Every(520));
        cancellation.ThrowIfCancellationRequested();
        var theory = new SpectralTheory(problem.Blocks());
        var sliding = Enumerable.Range(0, 520).Select(k => (double)k).Where(k => Reached(k) > 0.16 && Reached(k) * Reached(k) < theory.ContractionStart).ToArray();
        double Reached(double k) => SpectralScale + (SpectralRate * k);
        var plateau = new GradientDescentTheory(Runs.Spiked(Dimension, Spike, DescentScale).Blocks());
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-1",
                    Title = $"Half height at step: gradient descent {Order(descent)}; spectral descent {Order(spectral)}",
                    Caption = $"Coefficients of signal, spike and bulk against the step, each the mean of two neighbouring steps for spectral descent. Dashed: α + ηk and the sliding solution c² = (1 − a²)/(d + 1), b² = c²/s (a); "
                        + FormattableString.Invariant($"the level b* = 1/√(3s) (b). d = {Dimension}, λ = {Spike}; (a): η = {SpectralRate}, α = {SpectralScale}; (b): η = {DescentRate}, α = 10^{{-3}}."),
                    Panels =
                    [
                        Panel("spectral descent", 520, spectral, smooth: true) with
                        {
                            Series =
                            [
                                .. Coefficients(spectral, smooth: true),
                                SolutionSeries.Function(Enumerable.Range(1, 41).Select(k => (double)k), Reached, "closed form", -1),
                                SolutionSeries.Function(sliding, k => theory.Sliding(Reached(k), 1), "closed form", -1),
                                SolutionSeries.Function(sliding, k => theory.Sliding(Reached(k), 1 + Spike), "closed form", -1),
                            ],
                        },
                        Panel("gradient descent", 400, descent, smooth: false) with
                        {
                            Lines = [new ReferenceLine(plateau.PlateauCoefficient, "b*", IsVertical: false)],
                        },
                    ],
                },
            ],
        };
    }

    // Which coefficient is first at half of its largest value, with the step, and so on.
    private static string Order(Solution solution) => string.Join(", ", Shown.Select(coefficient => coefficient.Name)
        .Select(name => (name, Step: solution["step"][Array.FindIndex(solution[name], value => Math.Abs(value) >= solution[name].Max(Math.Abs) / 2)]))
        .OrderBy(pair => pair.Step).Select(pair => $"{pair.name} {DisplayNumber.Of(pair.Step)}"));

    private static Panel Panel(string title, double last, Solution solution, bool smooth) => new()
    {
        Title = title,
        X = new Axis("step k", false, 0, last),
        Y = new Axis("a, b, c", true, SmallestShown),
        Series = Coefficients(solution, smooth),
        Regions = [.. DescentCurves.Phases(solution).Where(region => region.Start < last).Select(region => region with { End = Math.Min(region.End, last) })],
    };

    private static Series[] Coefficients(Solution solution, bool smooth) =>
    [
        .. Shown.Select(coefficient =>
        {
            var series = DescentCurves.Of(solution, coefficient.Name, coefficient.Label, coefficient.Color);
            return smooth ? series.Smoothed() : series;
        }),
    ];
}
