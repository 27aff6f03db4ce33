using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: larger exponents escape sooner and halve the MSE later; s never returns below s*/3.</summary>
internal static class TradeOffClaims
{
    private const int Dimension = 1000;
    private static readonly double[] Exponents = [.. Enumerable.Range(0, 31).Select(k => k / 10.0)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var escape = new double[Exponents.Length];
        var half = new double[Exponents.Length];
        var rate = new double[Exponents.Length];
        var lowest = double.PositiveInfinity;
        var (horizon, reached) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var k = 0; k < Exponents.Length; k++)
        {
            progress?.Report(new Progress((double)k / Exponents.Length, "escape and convergence"));
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponents[k]), Teacher = Teacher.Ones() };
            var flow = problem.Solve(new GradientFlow { Points = 1000, Modes = ModeRepresentation.Averaged }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            escape[k] = flow.TimeOf(PhaseEvents.Escape);
            rate[k] = EscapeTheory.Of(problem.Modes(ModeRepresentation.Averaged, cancellation)).Rate;
            half[k] = TimeOfHalf(flow);

            // Never is ten times the horizon of the flow.
            var longer = problem.Solve(new GradientFlow { Points = 1000, Modes = ModeRepresentation.Averaged, Until = ClaimHorizon.AllTimes * flow.Times[^1] }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var crossing = longer.TimeOf(PhaseEvents.Crossing);
            horizon = Math.Min(horizon, flow.Times[^1]);
            reached = Math.Min(reached, longer.Times[^1]);
            lowest = Math.Min(lowest, Enumerable.Range(0, longer.Times.Length).Where(n => longer.Times[n] > crossing).Min(n => longer["s"][n]));
        }

        // The MSE waits for the escape while that is slow (small a) and for the tail of the spectrum when that is (a ≥ 1).
        var sooner = Enumerable.Range(1, Exponents.Length - 1).Count(k => escape[k] < escape[k - 1]);
        var tail = Enumerable.Range(1, Exponents.Length - 1).Where(k => Exponents[k - 1] >= 1).ToArray();
        var later = tail.Count(k => half[k] > half[k - 1]);
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Absolute(
                    "trade-off-escape", $"a larger exponent escapes sooner (a = 0 … 3, d = {Dimension})", Exponents.Length - 1, sooner, 0, $"{Curves.Paper}, title and Phase I",
                    "number of neighbouring exponents in the stated order of T₁").UpTo(escape.Max()).At("d", Dimension).Over("a from 0 to 3"),
                Claim.Absolute(
                    "trade-off-convergence", $"a larger exponent halves the MSE later (a = 1 … 3, d = {Dimension})", tail.Length, later, 0, $"{Curves.Paper}, title and Phase III",
                    "number of neighbouring exponents in the stated order of T(MSE = ½)").UpTo(half.Max()).At("d", Dimension).Over("a from 1 to 3"),
                Claim.AtLeast(
                    "no-return", "after the crossing s never returns below s*/3 (a = 0 … 3)", 1.0 / 3, lowest, $"{Curves.Paper}, Phase IIa",
                    $"smallest s on 1000 rows after T₁′ over {Exponents.Length} trajectories; the shortest is given").ForAllTimes(reached, horizon).At("d", Dimension).Over("typical start on the unit sphere, teacher all ones"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "trade-off",
                    Title = $"{Headline.Trend("T₁", "a", escape)} from 0 to 3; {Headline.Trend("T(MSE = ½)", "a", [.. half.Where((_, k) => Exponents[k] >= 1)])} from 1 to 3",
                    Caption = $"Escape time T₁ (|u| = 0.1), escape rate ρ, and the time at which the MSE has fallen to one half, against the spectral exponent a. Gradient flow, d = {Dimension}, teacher all ones, typical start on the unit sphere, s* = 1.",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("spectral exponent a"),
                            Y = new Axis("flow time", true),
                            Series =
                            [
                                new Series { Label = "T(MSE = ½)", X = Exponents, Y = half, Color = 1 },
                                new Series { Label = "escape time T₁", X = Exponents, Y = escape, Color = 0 },
                            ],
                        },
                        new Panel
                        {
                            X = new Axis("spectral exponent a"),
                            Y = new Axis("escape rate ρ", true),
                            Series = [new Series { Label = "escape rate ρ", X = Exponents, Y = rate, Color = 2 }],
                        },
                    ],
                },
            ],
            Tables =
            [
                new Table(
                    "trade-off", "Escape and convergence against the exponent", ["a", "ρ", "T₁", "T(MSE = ½)"],
                    [.. Exponents.Select((a, k) => (a, k)).Where(item => item.k % 5 == 0).Select(item => (IReadOnlyList<string>)[DisplayNumber.Of(item.a), DisplayNumber.Of(rate[item.k]), DisplayNumber.Of(escape[item.k]), DisplayNumber.Of(half[item.k])])],
                    $"Gradient flow, d = {Dimension}, teacher all ones, typical start on the unit sphere, s* = 1, so that the MSE begins at 1."),
            ],
        };
    }

    // Linear in log t between the rows around the crossing.
    private static double TimeOfHalf(Solution flow)
    {
        var error = flow["mse"];
        var row = Array.FindIndex(error, value => value <= 0.5);
        var part = (error[row - 1] - 0.5) / (error[row - 1] - error[row]);
        return flow.Times[row - 1] * Math.Pow(flow.Times[row] / flow.Times[row - 1], part);
    }
}
