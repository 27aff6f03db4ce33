using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure and claims: escape rate and T(MSE = ½) of the preconditioned flow against the exponent, and how they grow with the dimension.</summary>
internal static class PreconditionerFigure
{
    private const long Dimension = 1_000_000;
    private const double Growing = 2;
    private const double Tolerance = 0.02;
    private static readonly double[] Exponents = [.. Enumerable.Range(0, 13).Select(k => k / 4.0)];
    private static readonly double[] Preconditioners = [0, 0.25, 0.5, 0.75, 1];
    private static readonly double[] Finer = [.. Enumerable.Range(0, 9).Select(k => k / 8.0)];
    private static readonly double[] Dimensions = [1e6, 3e7, 1e9, 3e10, 1e12];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        List<Series> halves = [], rates = [];
        var steps = new List<IReadOnlyList<string>>();
        var counts = Exponents.ToDictionary(a => a, _ => new List<double>());
        foreach (var kappa in Preconditioners)
        {
            progress?.Report(new Progress(0.6 * halves.Count / Preconditioners.Length, "exponents"));
            double[] half = new double[Exponents.Length], rate = new double[Exponents.Length];
            for (var k = 0; k < Exponents.Length; k++)
            {
                var one = Measure(Dimension, Exponents[k], kappa, cancellation);
                (half[k], rate[k]) = (one.Half, one.Rate);
                counts[Exponents[k]].Add(one.Half * one.Rate);
            }

            halves.Add(new Series { Label = $"κ = {DisplayNumber.Of(kappa)}", X = Exponents, Y = half, Value = kappa });
            rates.Add(new Series { Label = $"κ = {DisplayNumber.Of(kappa)}", X = Exponents, Y = rate, Value = kappa });
        }

        foreach (var a in Exponents.Where(a => a % 0.5 == 0))
            steps.Add([DisplayNumber.Of(a), .. counts[a].Select(count => DisplayNumber.Of(count, 3))]);
        var (claims, growth, rows) = Growth(progress, cancellation);
        var balance = Preconditioning.BalancingExponent(Growing);
        var worst = halves.Select(series => series.Y[^1] / series.Y[0]).ToArray();
        return new ReproductionResult
        {
            Claims = claims,
            Tables =
            [
                new Table(
                    "preconditioner-growth", "Growth with the dimension", ["quantity", "κ", "predicted", "fitted ± 95 %"], rows,
                    "Exponents of d from 10^{6} to 10^{12}, a = 2, rates of trace one. At κ = 1 − 1/a both laws have logarithms of d, which are part of the fitted number."),
                new Table(
                    "preconditioner-steps", "Steps to MSE = ½ at the stability limit", ["a", .. Preconditioners.Select(kappa => $"κ = {DisplayNumber.Of(kappa)}")], steps,
                    "ρ T(MSE = ½), which is T(MSE = ½)/η_max: gradient descent near its largest stable learning rate, d = 10^{6}. In these units escape takes ln(δ/|C|) steps for every spectrum and κ, so that only κ = 1 does not pay for the spectrum."),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "preconditioner",
                    Title = Headline.FirstThatFits(
                        $"a = 0 to 3 changes T(MSE = ½) {DisplayNumber.Of(worst[0], 2)}-fold at κ = 0, {DisplayNumber.Of(worst[^2], 2)}-fold at κ = {DisplayNumber.Of(Preconditioners[^2])}", "Escape and convergence under a preconditioner"),
                    Scale = new ColorScale("κ"),
                    Caption = "Flow ẇ = −Q^{−κ}∇L in the time in which its rates λ^{1−κ} have trace one, as those of the plain flow; typical start, teacher all ones, s* = 1. (a) T(MSE = ½) and (b) escape rate ρ against the spectral exponent, d = 10^{6}. "
                        + "(c) Exponents x of T(MSE = ½) ∝ d^x and ρ ∝ d^{−x} over d = 10^{6} … 10^{12} at a = 2 (dots) and their limits max(1, a(1 − κ)) and max(0, 1 − a(1 − κ)) (dashed): at κ = 1 − 1/a the tail costs no more than with isotropic inputs, and escape is still fast.",
                    Panels =
                    [
                        new Panel { Title = "convergence, d = 10^6", X = new Axis("spectral exponent a"), Y = new Axis("T(MSE = ½) tr Q^{1−κ}", true), Series = halves },
                        new Panel { Title = "escape, d = 10^6", X = new Axis("spectral exponent a"), Y = new Axis("ρ/tr Q^{1−κ}", true), Series = rates },
                        new Panel
                        {
                            Title = "growth with d, a = 2",
                            X = new Axis("κ"),
                            Y = new Axis("exponent of d"),
                            Series = growth,
                            Lines = [new ReferenceLine(balance, "1 − 1/a")],
                        },
                    ],
                },
            ],
        };
    }

    // In the time in which the rates have trace one.
    private static (double Half, double Rate) Measure(long dimension, double exponent, double preconditioner, CancellationToken cancellation)
    {
        var problem = HalfTime.Problem(dimension, exponent, preconditioner);
        var modes = problem.Modes(ModeRepresentation.Averaged, cancellation);
        var trace = modes.SumOverRates(rate => rate);
        var (time, escape, _) = HalfTime.Of(problem, ModeRepresentation.Averaged, cancellation);
        return (time * trace, escape / trace);
    }

    private static (List<Claim> Claims, List<Series> Series, List<IReadOnlyList<string>> Rows) Growth(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        double[] half = new double[Finer.Length], rate = new double[Finer.Length];
        for (var k = 0; k < Finer.Length; k++)
        {
            progress?.Report(new Progress(0.6 + (0.4 * k / Finer.Length), "dimensions"));
            var kappa = Finer[k];
            var measured = Dimensions.Select(dimension => Measure((long)dimension, Growing, kappa, cancellation)).ToArray();
            half[k] = Add("half-time", "T(MSE = ½) ∝ d^x", "max(1, a(1 − κ))", Preconditioning.HalfTimeGrowth(Growing, kappa), [.. measured.Select(one => one.Half)]);
            rate[k] = -Add("escape-rate", "ρ ∝ d^x", "−max(0, 1 − a(1 − κ))", -Preconditioning.EscapeDecay(Growing, kappa), [.. measured.Select(one => one.Rate)]);

            double Add(string key, string subject, string formula, double predicted, double[] values)
            {
                var fit = PowerLaw.Fit(Dimensions, values, new PowerLawOptions { WindowStart = Dimensions[0], WindowEnd = Dimensions[^1] });
                var interval = fit.MeanHalf;
                rows.Add([subject, DisplayNumber.Of(kappa), DisplayNumber.Fraction(predicted), DisplayNumber.WithInterval(fit.Exponent, interval)]);

                // At κ = 1 − 1/a and near it logarithms hide the limit.
                // At κ = 1 all modes are as fast as the first, and what is left is the escape, d ln d.
                var isLogarithmic = kappa == 1 && key is "half-time";
                var claimed = isLogarithmic ? PowerLaw.Fit(Dimensions, [.. values.Zip(Dimensions, (value, dimension) => value / Math.Log(dimension))], new PowerLawOptions { WindowStart = Dimensions[0], WindowEnd = Dimensions[^1] }) : fit;
                if (k % 2 == 0 && Math.Abs(kappa - Preconditioning.BalancingExponent(Growing)) > 0.2)
                {
                    claims.Add(Claim.Absolute(
                        $"preconditioner-{key}-k{DisplayNumber.Of(kappa)}", $"{subject}{(isLogarithmic ? " ln d" : "")}, x = {formula} with rates of trace one (a = 2, κ = {DisplayNumber.Of(kappa)})", predicted, claimed.Exponent, Tolerance, Curves.Derived,
                        "flow (half time) and root of the escape equation (rate) at five dimensions, typical start; least squares on the logarithms; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, claimed.MeanHalf)
                        .UpTo(Dimensions[^1], "d").Over("d from 10^{6} to 10^{12}"));
                }

                return fit.Exponent;
            }
        }

        return (claims,
        [
            new Series { Label = "", X = [0, Preconditioning.BalancingExponent(Growing), 1], Y = [Growing, 1, 1], Style = SeriesStyle.Dashed, Color = 1 },
            new Series { Label = "", X = [0, Preconditioning.BalancingExponent(Growing), 1], Y = [0, 0, 1], Style = SeriesStyle.Dashed, Color = 2 },
            new Series { Label = "T(MSE = ½) ∝ d^x", X = Finer, Y = half, Style = SeriesStyle.Points, Color = 1 },
            new Series { Label = "ρ ∝ d^{−x}", X = Finer, Y = rate, Style = SeriesStyle.Points, Color = 2 },
        ], rows);
    }
}
