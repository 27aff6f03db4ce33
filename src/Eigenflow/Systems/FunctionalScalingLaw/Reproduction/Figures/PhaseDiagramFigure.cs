using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 5: the regimes of the optimal schedule in the plane of difficulty and capacity, its shapes, and how its decay shrinks.</summary>
internal static class PhaseDiagramFigure
{
    private const double Horizon = 1e8;
    private const double Largest = 0.1;
    private static readonly double[] Fractions = [0.05, 0.1, 0.2, 0.4, 0.8];
    private static readonly (double Difficulty, double Capacity)[] Cases = [(0.1, 2), (0.2, 2), (0.3, 4), (0.5, 4)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] capacities = [.. Enumerable.Range(0, 36).Select(k => 1.5 + (k * 0.1))];
        var contours = new List<Series> { LawCurves.Function(capacities, beta => 1 - (1 / beta), "boundary s = 1 − 1/β", CurveColors.Neutral, SeriesStyle.Dotted) };
        foreach (var (fraction, color) in Fractions.Select((fraction, color) => (fraction, color)))
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress(0.6 * color / Fractions.Length, "phase diagram"));
            contours.Add(LawCurves.Function(capacities, beta => DifficultyOf(beta, fraction), $"N_{{2}}/N = {DisplayNumber.Of(fraction)}", color) with { Value = fraction });
        }

        var claims = new List<Claim>();
        var falls = new List<Series>();
        var measured = new List<(double Predicted, double Measured)>();
        double[] horizons = LawCurves.Logarithmic(1e3, 1e16, 53);
        for (var k = 0; k < Cases.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress(0.6 + (0.4 * k / Cases.Length), "decay fractions"));
            var (s, beta) = Cases[k];
            double[] fractions = [.. horizons.Select(steps => Fraction(s, beta, steps))];
            var fit = PowerLaw.Fit(horizons, fractions, new PowerLawOptions { WindowStart = 1e12 });
            var predicted = new TunedExponents(beta, s).OptimalDecayFraction;
            claims.Add(Claim.Absolute(
                $"decay-fraction-s{DisplayNumber.Of(s)}-b{DisplayNumber.Of(beta)}", $"the decaying part of the optimal schedule shrinks as N^x, x = −(β − 1 − sβ)/(2β − 1) (s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}, η ≤ 0.1, c = 1)", predicted, fit.Exponent, 0.02,
                LawCurves.Derived, "least squares on the logarithms over N = 10^{12} … 10^{16}; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, fit.MeanHalf)
                .UpTo(horizons[^1], "N").Over("hard regime, s < 1 − 1/β; N from 10^{12} to 10^{16}"));
            measured.Add((predicted, fit.Exponent));
            falls.Add(new Series { Label = $"s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}", X = horizons, Y = fractions, Color = k });
            falls.Add(LawCurves.Function(horizons.Where(steps => steps >= 1e9), steps => fractions[^1] * Math.Pow(steps / horizons[^1], predicted) * 0.7, "", k, SeriesStyle.Dotted) with { Role = SeriesRole.Guide });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = Headline.Exponents("Decaying part of the optimal schedule", measured),
                    Scale = new ColorScale("decaying part N_{2}/N", IsLogarithmic: true),
                    Caption = "(a) Above the boundary (dotted; easy) the optimal schedule decays over the whole run, below it (hard) it is stable first; lines: where the decay takes a given part N₂/N of N = 10^{8} steps. (b) That part against N, exact (lines) and "
                        + "predicted slope −(β − 1 − sβ)/(2β − 1) (dotted, shifted down). Noise-dominated law with constants one, c = σ²/B = 1, η ≤ 0.1.",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "where the decay takes a given part",
                            X = new Axis("capacity exponent β"),
                            Y = new Axis("difficulty s", false, 0),
                            Series = contours,
                            Annotations = [new Annotation(2.2, 0.86, "easy: power decay"), new Annotation(3.6, 0.06, "hard: stable, then decay")],
                        },
                        new Panel { Title = "decaying part in the hard regime", X = new Axis("steps N", true), Y = new Axis("N_{2}/N", true), Series = [.. falls, SolutionSeries.Key("predicted slope", SeriesStyle.Dotted)] },
                    ],
                },
            ],
        };
    }

    private static double Fraction(double difficulty, double capacity, double steps)
    {
        var optimum = OptimalSchedule.Solve(new ScheduleObjective { Capacity = capacity, Difficulty = difficulty }, steps, Largest);
        return optimum.DecaySteps / steps;
    }

    // The part grows with the difficulty; NaN where it is larger from the beginning on.
    private static double DifficultyOf(double capacity, double fraction)
    {
        double low = 0.01, high = 1.2;
        if (Fraction(low, capacity, Horizon) > fraction)
            return double.NaN;
        for (var k = 0; k < 22; k++)
        {
            var middle = (low + high) / 2;
            if (Fraction(middle, capacity, Horizon) < fraction)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
