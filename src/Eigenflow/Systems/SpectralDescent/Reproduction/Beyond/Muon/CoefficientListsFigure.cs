using Eigenflow.Figures;
using Eigenflow.Numerics.Dense;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Where singular values land under each published list, in double precision and in bf16, and the noise that rounding adds.</summary>
internal static class CoefficientListsFigure
{
    private const int Side = 64;
    private const double Smallest = 1e-4;

    // Beyond, the waves of five quintics are denser than lines.
    private const double LargestShown = 0.05;
    private const string PolarExpressPaper = "arXiv:2505.16932, Algorithm 1";

    // Of the paper, before its safety factor.
    private static readonly (double A, double B, double C)[] Published =
    [
        (8.28721201814563, -23.595886519098837, 17.300387312530933), (4.107059111542203, -2.9478499167379106, 0.5448431082926601), (3.9486908534822946, -2.908902115962949, 0.5518191394370137),
        (3.3184196573706015, -2.488488024314874, 0.51004894012372), (2.300652019954817, -1.6689039845747493, 0.4188073119525673), (1.891301407787398, -1.2679958271945868, 0.37680408948524835), (1.8750014808534479, -1.2500016453999487, 0.3750001645474248),
    ];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>(Lists());
        var (left, values, right) = Matrix();
        List<Series> exact = [], rounded = [], noise = [];
        var rows = new List<IReadOnlyList<string>>();
        double worst = 0, worstNoise = 0;
        for (var n = 0; n < MuonRuns.Lists.Count; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (name, coefficients) = MuonRuns.Lists[n];
            var direction = new NewtonSchulzDirection { Coefficients = coefficients };
            double[] grid = [.. Enumerable.Range(0, 800).Select(k => Smallest * Math.Pow(LargestShown / Smallest, k / 799.0))];
            exact.Add(SolutionSeries.Function(grid, direction.Polynomial, name, n, SeriesStyle.Line));
            double[] law = [.. values.Select(direction.Polynomial)];
            var (diagonal, aside) = Landed(direction with { Arithmetic = Arithmetic.BrainFloat });
            var single = Landed(direction with { Arithmetic = Arithmetic.Single });
            var whole = Landed(direction);
            rounded.Add(new Series { Label = name, X = values, Y = diagonal, Color = n, Style = SeriesStyle.Points, Expected = law });
            noise.Add(new Series { Label = name, X = values, Y = aside, Color = n, Style = SeriesStyle.Points });
            var large = Enumerable.Range(0, values.Length).Where(i => values[i] >= 0.01).ToArray();
            var departure = large.Max(i => Math.Abs((diagonal[i] / law[i]) - 1));
            worst = Math.Max(worst, departure);
            worstNoise = Math.Max(worstNoise, aside.Max());
            double[] landed = [.. Enumerable.Range(0, 4001).Select(k => direction.Polynomial(1e-3 * Math.Pow(1e3, k / 4000.0)))];
            rows.Add(
            [
                name, DisplayNumber.Of(direction.Polynomial(1e-4), 3), DisplayNumber.Of(landed.Min(), 3), DisplayNumber.Of(landed.Max(), 3), DisplayNumber.Of(direction.Polynomial(1), 3),
                DisplayNumber.Of(departure, 2), DisplayNumber.Of(aside.Max(), 2), DisplayNumber.Of(FarthestLanded(coefficients), 3), DisplayNumber.Of(large.Max(i => Math.Abs((single.Diagonal[i] / law[i]) - 1)), 2), DisplayNumber.Of(single.Aside.Max(), 2),
            ]);
            var id = name.Replace(' ', '-').ToLowerInvariant();
            claims.Add(Claim.Absolute(
                $"map-{id}", $"on a matrix singular values land where the polynomial says ({name}, five iterations in double, {Side} × {Side})", 0, law.Zip(whole.Diagonal, (a, b) => Math.Abs(a - b)).Max(), 1e-12, DescentCurves.Derived, "largest distance over all singular values, 10^{-4} to 0.5 of the norm").At("d", Side));
            claims.Add(Claim.AtMost(
                $"rounding-{id}", $"bf16 moves singular values by at most the first-order bound of its roundings ({name}, {Side} × {Side})", 1, large.Max(i => Math.Abs(diagonal[i] - law[i]) / FirstOrder(direction, values[i])), DescentCurves.Derived,
                "largest departure of uᵀXv from the polynomial over δ_n, δ ← |p′(x)| δ + 2^{−8} (2a|x| + 5|b||x|³ + 6|c||x|⁵)", PredictionKind.Heuristic).At("d", Side).Over("singular values from 0.01 of the norm"));
            claims.Add(Claim.AtMost(
                $"single-{id}", $"float leaves them within 10^{{−4}} ({name}, {Side} × {Side})", 1e-4, large.Max(i => Math.Abs((single.Diagonal[i] / law[i]) - 1)), DescentCurves.Derived, "largest relative departure of uᵀXv from the polynomial", PredictionKind.Heuristic).At("d", Side).Over("singular values from 0.01 of the norm"));
        }

        var bare = NewtonSchulzCoefficients.Of(MinimaxQuintics.Composition(MinimaxQuintics.UsualLowest, MinimaxQuintics.Cushion).Take(5));
        claims.Add(Claim.AtMost(
            "safety-with", "with its safety factor 1.01 no singular value leaves the intervals of Polar Express in bf16: all land below 1.15", 1.15, FarthestLanded(NewtonSchulzCoefficients.PolarExpress()), "arXiv:2505.16932, section 3.4", "largest landing of 20 001 singular values from 10^{-3} on, diagonal matrices", PredictionKind.Heuristic)
            .Over("singular values from 10^{-3}"));
        claims.Add(Claim.AtLeast(
            "safety-without", "without it rounding pushes some beyond, where the next polynomial takes off: above 2", 2, FarthestLanded(bare), "arXiv:2505.16932, section 3.4", "largest landing of 20 001 singular values from 10^{-3} on, diagonal matrices", PredictionKind.Heuristic)
            .Over("singular values from 10^{-3}"));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "muon-coefficients",
                    Title = $"bf16 moves singular values by up to {Headline.Percent(worst)} and mixes directions by up to {DisplayNumber.Of(worstNoise, 2)}",
                    Caption = $"Where singular values σ (parts of the Frobenius norm) land after five iterations with each list: the polynomial (a); uᵀXv of a matrix of {Side} × {Side} in bf16, with its ratio to the polynomial below (b); and the length of the part of Xv that is not along u (c). The title: σ ≥ 0.01, and the largest over all.",
                    Panels =
                    [
                        new Panel { Title = "double", X = new Axis("singular value σ", true), Y = new Axis("lands at"), Series = exact },
                        new Panel { Title = "bf16", X = new Axis("singular value σ", true), Y = new Axis("lands at"), Series = rounded },
                        new Panel { Title = "noise of bf16", X = new Axis("singular value σ", true), Y = new Axis("part in other directions", true), Series = noise },
                    ],
                },
            ],
            Tables =
            [
                new Table(
                    "muon-coefficients", "Published lists after five iterations", ["list", "φ(10⁻⁴)", "least on [10⁻³, 1]", "most", "φ(1)", "bf16: moved", "bf16: mixed", "bf16: most", "float: moved", "float: mixed"], rows,
                    $"Moved: largest relative departure of uᵀXv for σ ≥ 0.01; mixed: largest length of the part of Xv in other directions; a matrix of {Side} × {Side}. Most: largest landing of 20 001 singular values from 10^{{-3}} on in bf16, diagonal matrices."),
            ],
        };

        (double[] Diagonal, double[] Aside) Landed(NewtonSchulzDirection direction)
        {
            double[] scaled = [.. left], matrix = new double[Side * Side], result = new double[Side * Side], half = new double[Side * Side], inside = new double[Side * Side];
            for (var i = 0; i < scaled.Length; i++)
                scaled[i] *= values[i % Side];
            MatrixProduct.Multiply(scaled, right, matrix, Side, Side, Side);
            direction.Matrices(Side, Side).Apply(matrix, result);
            var rightColumns = new double[Side * Side];
            MatrixProduct.Transpose(right, rightColumns, Side, Side);
            MatrixProduct.MultiplyTransposed(left, result, half, Side, Side, Side);
            MatrixProduct.Multiply(half, rightColumns, inside, Side, Side, Side);
            double[] diagonal = [.. Enumerable.Range(0, Side).Select(i => inside[(i * Side) + i])];
            double[] aside = [.. Enumerable.Range(0, Side).Select(j => Math.Sqrt(Enumerable.Range(0, Side).Where(i => i != j).Sum(i => inside[(i * Side) + j] * inside[(i * Side) + j])))];
            return (diagonal, aside);
        }
    }

    // Of singular values from 1e-3 on in bf16.
    private static double FarthestLanded(NewtonSchulzCoefficients coefficients)
    {
        var direction = new NewtonSchulzDirection { Coefficients = coefficients, Arithmetic = Arithmetic.BrainFloat };
        return Enumerable.Range(0, 20_001).Max(k => Math.Abs(direction.Rounded(1e-3 * Math.Pow(1e3, k / 20_000.0), 1)));
    }

    // What the roundings of every operation make of a singular value to first order: half a unit of eight digits each, carried on by the slopes.
    private static double FirstOrder(NewtonSchulzDirection direction, double value)
    {
        var unit = Math.ScaleB(1, -8);
        var x = value / direction.Coefficients.NormFactor;
        var error = 3 * unit * x;
        for (var k = 0; k < direction.Iterations; k++)
        {
            var (a, b, c) = direction.Coefficients.At(k);
            var square = x * x;
            error = (Math.Abs(a + (square * ((3 * b) + (5 * square * c)))) * error) + (unit * x * ((2 * a) + (square * ((5 * Math.Abs(b)) + (6 * square * Math.Abs(c))))));
            x *= a + (square * (b + (square * c)));
        }

        return error;
    }

    // Random singular vectors, and singular values even in the logarithm, with Frobenius norm one; ascending.
    private static (double[] Left, double[] Values, double[] Right) Matrix()
    {
        double[] values = [.. Enumerable.Range(0, Side).Select(k => Smallest * Math.Pow(1 / Smallest, k / (Side - 1.0)))];
        var norm = Math.Sqrt(values.Sum(value => value * value));
        return (WeightStart.Orthogonal(1, 1).Weights(Side, Side), [.. values.Select(value => value / norm)], WeightStart.Orthogonal(1, 2).Weights(Side, Side));
    }

    private static IEnumerable<Claim> Lists()
    {
        var computed = MinimaxQuintics.Composition(MinimaxQuintics.UsualLowest, MinimaxQuintics.Cushion).ToArray();
        yield return Claim.Absolute(
            "polar-express-list", "the greedy minimax quintics, computed here, are the list of Polar Express", 0,
            computed.Length == Published.Length ? computed.Zip(Published).Max(pair => Math.Max(Math.Abs(pair.First.Linear - pair.Second.A), Math.Max(Math.Abs(pair.First.Cubic - pair.Second.B), Math.Abs(pair.First.Quintic - pair.Second.C)))) : double.NaN,
            1e-8, PolarExpressPaper, $"largest difference over {Published.Length} iterations, lowest singular value 10^{{-3}}, cushion 0.024");

        // Of the optimum the error is known from its last interval; nothing with as many quintics is better.
        var best = NewtonSchulzCoefficients.Of(MinimaxQuintics.Composition(MinimaxQuintics.UsualLowest, 0).Take(5));
        var optimum = Error(best);
        var others = MuonRuns.Lists.Select(list => (list.Name, Error: Error(list.Coefficients))).MinBy(pair => pair.Error);
        yield return Claim.AtLeast("minimax-optimum", $"no published list of five is nearer to one on [10^{{-3}}, 1] than the greedy minimax composition (nearest: {others.Name})", optimum, others.Error * (1 + 1e-9), "arXiv:2505.16932, Theorem 3.1", "largest |φ − 1| over 20 001 values");
        var reached = double.NaN;
        foreach (var (a, b, c) in MinimaxQuintics.Composition(MinimaxQuintics.UsualLowest, 0).Take(5))
        {
            var low = double.IsNaN(reached) ? MinimaxQuintics.UsualLowest : reached;
            reached = low * (a + (low * low * (b + (low * low * c))));
        }

        yield return Claim.Relative("minimax-error", "the error of the optimum is that of the lowest singular value: it equioscillates", 1 - reached, optimum, 1e-6, "arXiv:2505.16932, Theorem 3.1", "largest |φ − 1| over 20 001 values");

        static double Error(NewtonSchulzCoefficients coefficients)
        {
            var direction = new NewtonSchulzDirection { Coefficients = coefficients };
            return Enumerable.Range(0, 20_001).Max(k => Math.Abs(direction.Polynomial(1e-3 * Math.Pow(1e3, k / 20_000.0)) - 1));
        }
    }
}
