using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using MathNet.Numerics.Statistics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Beyond the paper: what the number of neurons changes of escape and of the late exponents.</summary>
internal static class WidthTask
{
    private const double Exponent = 2, Late = 1e4;
    private const int Dimension = 1000, IsotropicDimension = 50, Starts = 24;
    private static readonly int[] Widths = [1, 2, 4, 8];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var escapes = new List<(double[] Measured, double[] Predicted)>();
        List<Series> late = [SolutionSeries.Key("1 − s/s*", SeriesStyle.Line), SolutionSeries.Key("loss L", SeriesStyle.Points)], flat = [];
        var slopes = new List<(double Exponent, MeasuredSlope Slope)>();
        var claims = new List<Claim>();
        for (var k = 0; k < Widths.Length; k++)
        {
            var width = Widths[k];
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponent), Teacher = Teacher.Ones() };
            escapes.Add(Escapes(problem, width, cancellation));
            var flow = problem.Solve(new WideStudent { Width = width, Until = 1e5, Points = 120 }, PartialProgress.Of(progress, k, Widths.Length), cancellation);
            var loss = SolutionSeries.Of(flow, "loss", Label(width), k);
            late.Add(SolutionSeries.Of(flow, "one-minus-s", Label(width), k).Where((_, row) => flow["one-minus-s"][row + 1] > 0));
            late.Add(loss.Thinned(12) with { Style = SeriesStyle.Points });
            var isotropic = new PhaseRetrievalProblem { Spectrum = Spectrum.Isotropic(IsotropicDimension) }.Solve(new WideStudent { Width = width, Until = 2e5, Points = 150 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();

            // The loss is a difference of numbers of the size of one.
            flat.Add(SolutionSeries.Of(isotropic, "loss", Label(width), k).Where((_, row) => isotropic["loss"][row + 1] > 1e-13));
            slopes.Add((width, loss.SlopeBetween(100, 1e4)));
            if (width == 1)
                continue;
            claims.Add(Claim.Relative(
                $"width-late-m{width}", $"a = 2: the loss tends to 4s* Σ λ_i w*_i² e^{{−16λ_i s* t}} as for one neuron (m = {width}, d = {Dimension}, t = 10^4)", Law(problem.Modes(cancellation: cancellation), Late),
                problem.Solve(new WideStudent { Width = width, Times = [Late] }, null, cancellation)["loss"][0], 0.03, Curves.Derived, "flow", PredictionKind.Asymptotic).UpTo(Late).At("d", Dimension));
            var others = width - 1.0;
            var law = others / (128 * (1 + (others / 3)));
            var last = isotropic.Rows - 1;
            claims.Add(Claim.Relative(
                $"width-isotropic-m{width}", $"isotropic inputs: L t²/d² tends to (m − 1)/(128 (1 + (m − 1)/3)), where one neuron converges exponentially (m = {width})", law,
                isotropic["loss"][last] * Math.Pow(isotropic.Times[last] / IsotropicDimension, 2), 0.01, Curves.Derived, "the last row of the flow", PredictionKind.Asymptotic).UpTo(isotropic.Times[last]).At("d", IsotropicDimension));
        }

        var worst = escapes.Max(one => one.Measured.Zip(one.Predicted, (a, b) => Math.Abs((a / b) - 1)).Max());
        claims.Add(Claim.AtMost(
            "width-escape", FormattableString.Invariant($"a = 2: T₁ = log(δ s*/C)/ρ with the root mean square C of the neurons' escape coefficients, and a ρ that does not depend on the width (largest relative difference, {Starts} starts each)"), 0.05, worst, Curves.Derived,
            "flow against theory", PredictionKind.Heuristic).At("d", Dimension).At("starts", Starts));
        var spreads = escapes.Select(one => one.Measured.StandardDeviation()).ToArray();
        claims.Add(Claim.Absolute(
            "width-spread", "a = 2: the escape time of eight neurons depends less on the start than that of one: ratio of the standard deviations, that of ln χ²_m/2, √(ψ′(m/2)/ψ′(½))", Math.Sqrt(Trigamma(Widths[^1] / 2) / (Math.PI * Math.PI / 2)), spreads[^1] / spreads[0], 0.15, Curves.Derived,
            FormattableString.Invariant($"standard deviations of T₁ over {Starts} starts; 95 % interval of a ratio of two standard deviations of normal variables"), PredictionKind.Heuristic,
            1.96 * spreads[^1] / spreads[0] / Math.Sqrt(Starts - 1)).At("starts", Starts));
        double[] widths = [.. Widths.Select(width => (double)width)];
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "beyond-width",
                    Title = $"Loss of m = 1 to {Widths[^1]} neurons: t^{{{slopes[^1].Slope.Short}}} for all where a = 2; isotropic, t^{{{flat[^1].SlopeBetween(3e3, 1e5).Short}}} for m > 1",
                    Caption = FormattableString.Invariant($"(a) Escape time T₁ of m neurons over {Starts} starts: mean (dots; bars: 10 to 90 %) and theory log(δ s*/C)/ρ (line: mean; a = 2, d = {Dimension}, teacher all ones). (b) Loss (dots) and 1 − s/s* (lines) for a = 2: the loss does not depend on the width, while surplus neurons fill what tr QM lacks. ")
                        + $"(c) Loss for isotropic inputs, d = {IsotropicDimension}: one neuron converges exponentially, more as t^{{−2}}, because the surplus neurons die out by themselves alone.",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "escape, a = 2",
                            X = new Axis("neurons m", true, 0.8, 10),
                            Y = new Axis("escape time T₁"),
                            Series =
                            [
                                new Series { Label = "flow", X = widths, Y = [.. escapes.Select(one => one.Measured.Average())], Lower = [.. escapes.Select(one => one.Measured.Quantile(0.1))], Upper = [.. escapes.Select(one => one.Measured.Quantile(0.9))], Style = SeriesStyle.Points, Color = 0 },
                                new Series { Label = "theory", X = widths, Y = [.. escapes.Select(one => one.Predicted.Average())], Color = 1 },
                            ],
                        },
                        new Panel { Title = "a = 2", X = new Axis("flow time t", true, 0.1, 1e5), Y = new Axis("L, 1 − s/s*", true, 1e-5, 5), Series = late },
                        new Panel { Title = "isotropic", X = new Axis("flow time t", true, 1), Y = new Axis("loss L", true, 1e-12, 5), Series = flat, Slopes = [flat[^1].Guide(3e3, 1e5, -2)] },
                    ],
                },
            ],
        };
    }

    private static double Law(WeightedModes modes, double time) =>
        4 * modes.TeacherOverlap * modes.Sum(j => modes.Eigenvalues[j] * modes.Teacher[j] * modes.Teacher[j] * Math.Exp(-16 * modes.Eigenvalues[j] * modes.TeacherOverlap * time));

    // ψ′ of a whole number.
    private static double Trigamma(int number) => (Math.PI * Math.PI / 6) - Enumerable.Range(1, number - 1).Sum(k => 1.0 / (k * k));

    private static string Label(int width) => FormattableString.Invariant($"m = {width}");

    private static (double[] Measured, double[] Predicted) Escapes(PhaseRetrievalProblem problem, int width, CancellationToken cancellation)
    {
        double[] measured = new double[Starts], predicted = new double[Starts];
        for (var seed = 0; seed < Starts; seed++)
        {
            var flow = (problem with { Start = Start.UnitSphere(1 + seed) }).Solve(new WideStudent { Width = width, Until = 20, Points = 2, RelativeTolerance = 1e-5 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            (measured[seed], predicted[seed]) = (flow.TimeOf(PhaseEvents.Escape), flow.SummaryOf("escape-time")!.Value);
        }

        return (measured, predicted);
    }
}
