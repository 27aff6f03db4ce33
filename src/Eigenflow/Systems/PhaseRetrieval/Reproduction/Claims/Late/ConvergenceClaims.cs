using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: 1 − s, 1 − u and L against the sharp law late in time, and the convergence time against accuracy.</summary>
internal static class ConvergenceClaims
{
    private const long Dimension = 1_000_000;

    // T₂ ∝ ε^(−a/(a−1)) needs a long window, see ExponentClaims.
    private const long LargeDimension = 1_000_000_000_000;

    // Points of the window of T₂, and of the ten times longer one over which the bound is tested.
    private const int WindowPoints = 200;
    private const int FarPoints = 30;

    // Exponent, time of the comparison with the law, and the window of times for T₂.
    private static readonly (double Exponent, double Time, double From, double To)[] Cases =
    [
        (1.5, 1e6, 1e6, 1e11),
        (2, 1e5, 1e5, 1e13),
        (3, 1e5, 1e5, 1e13),
    ];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        for (var k = 0; k < Cases.Length; k++)
        {
            var (exponent, time, from, to) = Cases[k];
            progress?.Report(new Progress((double)k / Cases.Length, $"sharp law, a = {DisplayNumber.Of(exponent)}"));
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, exponent), Teacher = Teacher.Ones() };
            var modes = problem.Modes(ModeRepresentation.Compressed, cancellation);
            var law = new SharpLaw(modes, EscapeTheory.Of(modes).Coefficient < 0 ? -1 : 1);
            var flow = problem.Solve(new GradientFlow { Modes = ModeRepresentation.Compressed, Times = [time] }, null, cancellation);
            var large = (problem with { Spectrum = Spectrum.PowerLaw(LargeDimension, exponent) })
                .Solve(new GradientFlow { Modes = ModeRepresentation.Averaged, Times = [.. TimeGrid.Logarithmic(from / 10, to, WindowPoints), .. TimeGrid.Logarithmic(to, ClaimHorizon.AllTimes * to, FarPoints).Skip(2)] }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            AddLaw("one-minus-s", "1 − s ≈ ⅔ τ₁(t)", law.Shortfall);
            AddLaw("one-minus-u", "1 − u ≈ ⅓ τ₁(t) + ½ τ₂(t)", law.Misalignment);
            AddLaw("loss", "L ≈ 4 τ₂(t)", law.Loss);
            claims.AddRange(ConvergenceTime(exponent, large, from, to, rows));

            void AddLaw(string observable, string statement, Func<double, double> prediction) => claims.Add(Claim.Relative(
                $"sharp-law-{observable}-a{DisplayNumber.Of(exponent)}", $"{statement} at t = {DisplayNumber.Of(time, 2)} (a = {DisplayNumber.Of(exponent)}, d = 10^6)", prediction(time), flow[observable][0], 0.02,
                Curves.Derived, "gradient flow, compressed modes, teacher all ones, random start", PredictionKind.Asymptotic).UpTo(time).At("d", Dimension).Over("a > 1, t → ∞"));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Tables =
            [
                new Table(
                    "convergence-time", "Convergence time against accuracy, T₂(ε) ∝ ε^{-p}", ["a", "p, sharp law a/(a − 1)", "p, bound 2a/(a − 1)", "fitted p ± 95 %", "window"], rows,
                    "Gradient flow, d = 10^{12}, averaged start, teacher all ones. The paper's ε^{−2a/(a−1)} log(1/ε) is an upper bound, not the rate."),
            ],
        };
    }

    // T₂(ε) read off the trajectory for the accuracies that belong to the window of times, its exponent, and the paper's bound with constant one.
    private static IEnumerable<Claim> ConvergenceTime(double exponent, Solution flow, double from, double to, List<IReadOnlyList<string>> rows)
    {
        var start = Array.FindIndex(flow.Times, time => time >= from);
        var end = Array.FindLastIndex(flow.Times, time => time <= to * (1 + 1e-9));
        var accuracies = TimeGrid.Logarithmic(Worst(start), Worst(end), 20).Skip(1).ToArray();
        var times = accuracies.Select(TimeTo).ToArray();
        var fit = PowerLaw.Fit([.. accuracies.Reverse()], [.. times.Reverse()], new PowerLawOptions { WindowStart = accuracies[^1] * 0.999, WindowEnd = accuracies[0] * 1.001 });
        var predicted = 1 / SharpLaw.Exponent(exponent);
        var half = fit.MeanHalf;
        var window = $"ε = {DisplayNumber.Range(fit.WindowStart, fit.WindowEnd, 2)}";
        yield return Claim.Relative(
            $"convergence-exponent-a{DisplayNumber.Of(exponent)}", $"T₂(ε) grows as ε^{{−a/(a−1)}} (a = {DisplayNumber.Of(exponent)}, d = 10^{{12}})", -predicted, fit.Exponent, 0.05,
            Curves.Derived, $"least squares on the logarithms over {window}; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, half)
            .UpTo(to).At("d", LargeDimension).Over("ε ≫ d^{−(a−1)}");
        rows.Add([DisplayNumber.Of(exponent), DisplayNumber.Of(predicted), DisplayNumber.Of(2 * predicted), DisplayNumber.WithInterval(-fit.Exponent, half), window]);
        double[] all = [.. TimeGrid.Logarithmic(Worst(start), Worst(flow.Times.Length - 1), 24).Skip(1)];
        var worst = all.Zip(all.Select(TimeTo), (accuracy, time) => time / (Math.Pow(accuracy, -2 * exponent / (exponent - 1)) * Math.Log(1 / accuracy))).Max();
        yield return Claim.AtMost(
            $"convergence-bound-a{DisplayNumber.Of(exponent)}", $"T₂(ε) stays below the paper's bound ε^{{−2a/(a−1)}} log(1/ε) (a = {DisplayNumber.Of(exponent)}, d = 10^{{12}})", 1, worst, $"{Curves.Paper}, Phase IIb",
            $"largest ratio of T₂ to the bound with constant one, over {all.Length} accuracies, ε = {DisplayNumber.Range(all[^1], all[0], 2)}")
            .ForAllTimes(flow.Times[^1], to).At("d", LargeDimension);

        double Worst(int row) => Math.Max(flow["one-minus-s"][row], flow["one-minus-u"][row]);

        double TimeTo(double accuracy)
        {
            // Interpolation in the logarithms of both; the last accuracy is the value of the last row.
            var row = Math.Max(1, Enumerable.Range(1, flow.Times.Length - 1).First(index => Worst(index) <= accuracy * (1 + 1e-12)));
            var part = Math.Log(Worst(row - 1) / accuracy) / Math.Log(Worst(row - 1) / Worst(row));
            return flow.Times[row - 1] * Math.Pow(flow.Times[row] / flow.Times[row - 1], part);
        }
    }
}
