using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: 1 − s, 1 − u and L against the sharp law, their exponents, and the convergence time against accuracy.</summary>
internal static class ConvergenceClaims
{
    private const long Dimension = 1_000_000;

    // The exponent is a limit d → ∞ before t → ∞: modes beyond d are missing from τ₁ by the part (x/d)^(a−1), x = (8ct)^(1/a),
    // which at a = 1.5 leaves no window in d = 10⁶. The averaged teacher reaches d = 10¹² at no cost.
    private const long LargeDimension = 1_000_000_000_000;

    // Exponent, time of the comparison with the law, and the window of the fits.
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
        var series = new List<Series>();
        for (var k = 0; k < Cases.Length; k++)
        {
            var (exponent, time, from, to) = Cases[k];
            progress?.Report(new Progress((double)k / Cases.Length, $"sharp law, a = {Curves.Text(exponent)}"));
            var name = $"a = {Curves.Text(exponent)}";
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, exponent), Teacher = Teacher.Ones() };
            var modes = problem.Modes(ModeRepresentation.Compressed, cancellation);
            var law = new SharpLaw(modes, EscapeTheory.Of(modes).Coefficient < 0 ? -1 : 1);
            var flow = problem.Solve(new GradientFlow { Modes = ModeRepresentation.Compressed, Times = [time] }, null, cancellation);
            var large = (problem with { Spectrum = Spectrum.PowerLaw(LargeDimension, exponent) })
                .Solve(new GradientFlow { Modes = ModeRepresentation.Averaged, Times = TimeGrid.Logarithmic(1, to, 400) }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            AddLaw("one-minus-s", "1 − s", law.Shortfall);
            AddLaw("one-minus-u", "1 − u", law.Misalignment);
            AddLaw("loss", "L", law.Loss);
            claims.AddRange(ConvergenceTime(exponent, large, from, rows));

            void AddLaw(string observable, string symbol, Func<double, double> prediction)
            {
                claims.Add(Claim.Relative(
                    $"sharp-law-{observable}-a{Curves.Text(exponent)}", FormattableString.Invariant($"{symbol} follows the sharp law at t = {time:G1} ({name}, d = 10⁶)"), prediction(time), flow[observable][0], 0.02,
                    Curves.Derived, "gradient flow, compressed modes, teacher all ones", PredictionKind.Asymptotic));
                var fit = PowerLaw.Fit(large.Times.AsSpan(1), large[observable].AsSpan(1), new PowerLawOptions { WindowStart = from, WindowEnd = to });
                var beta = SharpLaw.Exponent(exponent);
                claims.Add(Claim.Absolute(
                    $"exponent-{observable}-a{Curves.Text(exponent)}", $"{symbol} falls with the exponent −(a − 1)/a ({name}, d = 10¹²)", -beta, fit.Exponent, 0.02,
                    Curves.Derived, FormattableString.Invariant($"fit over t = {from:G1} … {to:G1} along the flow with averaged start, teacher all ones"), PredictionKind.Asymptotic, (fit.Upper - fit.Lower) / 2));
                rows.Add([symbol, name, $"−{Curves.Cell(beta)}", $"{Curves.Cell(fit.Exponent)} ± {(fit.Upper - fit.Lower) / 2:G2}", FormattableString.Invariant($"t = {from:G1} … {to:G1}")]);
                series.Add(Curves.Of(large, observable, $"{symbol}, {name}", k, observable switch { "loss" => SeriesStyle.Line, "one-minus-s" => SeriesStyle.Dashed, _ => SeriesStyle.Dotted }));
            }
        }

        return new ReproductionResult
        {
            Claims = claims,
            Tables = [new Table("exponents", "Exponents of the convergence", ["quantity", "spectrum", "predicted", "fitted ± 95 %", "window"], rows, "Gradient flow, d = 10¹², averaged start, teacher all ones.")],
            Figures =
            [
                new Figure
                {
                    Id = "convergence",
                    Title = "Loss and overlaps relax with one exponent",
                    Caption = "Loss (solid), 1 − s (dashed) and 1 − |u| (dotted) along the gradient flow for d = 10¹², teacher all ones: all fall as t^(−(a−1)/a).",
                    Panels = [new Panel { X = new Axis("flow time t", true, 1, 1e13), Y = new Axis("L, 1 − s, 1 − |u|", true, 1e-10, 10), Series = series }],
                },
            ],
        };
    }

    // T₂(ε) read off the trajectory for the accuracies that belong to the window of times, its exponent, and the paper's bound with constant one.
    private static IEnumerable<Claim> ConvergenceTime(double exponent, Solution flow, double from, List<IReadOnlyList<string>> rows)
    {
        var start = Array.FindIndex(flow.Times, time => time >= from);
        var accuracies = TimeGrid.Logarithmic(Worst(start), Worst(flow.Times.Length - 1), 20).Skip(1).ToArray();
        var times = accuracies.Select(TimeTo).ToArray();
        var fit = PowerLaw.Fit([.. accuracies.Reverse()], [.. times.Reverse()], new PowerLawOptions { WindowStart = accuracies[^1] * 0.999, WindowEnd = accuracies[0] * 1.001 });
        var predicted = -1 / SharpLaw.Exponent(exponent);
        var name = $"a = {Curves.Text(exponent)}";
        yield return Claim.Relative(
            $"convergence-exponent-a{Curves.Text(exponent)}", $"T₂(ε) grows as ε^(−a/(a−1)) ({name}, d = 10¹²)", predicted, fit.Exponent, 0.05,
            Curves.Derived, FormattableString.Invariant($"fit over ε = {fit.WindowStart:G2} … {fit.WindowEnd:G2}"), PredictionKind.Asymptotic, (fit.Upper - fit.Lower) / 2);
        rows.Add(["T₂(ε)", name, Curves.Cell(predicted), $"{Curves.Cell(fit.Exponent)} ± {(fit.Upper - fit.Lower) / 2:G2}", FormattableString.Invariant($"ε = {fit.WindowStart:G2} … {fit.WindowEnd:G2}")]);
        var worst = accuracies.Zip(times, (accuracy, time) => time / (Math.Pow(accuracy, -2 * exponent / (exponent - 1)) * Math.Log(1 / accuracy))).Max();
        yield return Claim.AtMost(
            $"convergence-bound-a{Curves.Text(exponent)}", $"T₂(ε) stays below the paper's bound ε^(−2a/(a−1)) log(1/ε) ({name})", 1, worst, $"{Curves.Paper}, Phase IIb",
            $"largest ratio of T₂ to the bound with constant one, over {accuracies.Length} accuracies of the window");

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
