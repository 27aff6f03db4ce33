using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Training with Newton–Schulz in double, float and bf16, from a start that is not diagonal: what digits leave of the loss.</summary>
internal static class DigitsFigure
{
    private const int Dimension = 16;
    private const double Spike = 9;
    private const double Scale = 1.37e-3;
    private const double LargestRatio = 3;
    private static readonly double[] Scales = [1.1e-3, Scale, 1.73e-3, 2.11e-3, 2.57e-3, 3.19e-3];
    private static readonly long[] Horizons = [80, 160, 320, 640];
    private static readonly (Arithmetic Arithmetic, string Name)[] Digits = [(Arithmetic.Double, "double"), (Arithmetic.Single, "float"), (Arithmetic.BrainFloat, "bf16")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        (string Id, string Name, NewtonSchulzCoefficients Coefficients, int Iterations)[] lists = [("polar-express", "Polar Express, 8 iterations", NewtonSchulzCoefficients.PolarExpress(), 8), ("muon", "Muon, 5 iterations", NewtonSchulzCoefficients.Muon, 5)];
        var panels = new List<Panel>();
        var claims = new List<Claim>();
        var title = "";
        for (var n = 0; n < lists.Length; n++)
        {
            var series = new List<Series>();
            var logarithms = new double[Digits.Length][][];
            for (var k = 0; k < Digits.Length; k++)
            {
                progress?.Report(new Progress(((n * Digits.Length) + k) / (double)(lists.Length * Digits.Length), lists[n].Name));
                var rule = new NewtonSchulzDirection { Coefficients = lists[n].Coefficients, Iterations = lists[n].Iterations, Arithmetic = Digits[k].Arithmetic };
                logarithms[k] = [.. Horizons.Select(steps => Scales.Select(scale => Math.Log10(Final(scale, rule, steps, cancellation))).ToArray())];
                double[] Of(Func<double[], double> statistic) => [.. logarithms[k].Select(losses => Math.Pow(10, statistic(losses)))];
                series.Add(new Series { Label = Digits[k].Name, X = [.. Horizons.Select(steps => steps * (0.97 + (0.03 * k)))], Y = Of(losses => losses.Average()), Lower = Of(losses => losses.Min()), Upper = Of(losses => losses.Max()), Color = k, Style = SeriesStyle.Points });
            }

            panels.Add(new Panel { Title = lists[n].Name, X = new Axis("steps K", true), Y = new Axis("final loss L", true), Series = series });

            // A mean per start: horizons of one start are not independent.
            double[] ratios = [.. Enumerable.Range(0, Scales.Length).Select(start => Enumerable.Range(0, Horizons.Length).Average(h => logarithms[^1][h][start] - logarithms[0][h][start]))];
            claims.Add(Claim.AtMost(
                $"digits-{lists[n].Id}", $"with linear decay bf16 leaves no floor of its own: final losses are at most about three times those of double ({lists[n].Name}, d = {Dimension}, K = {Horizons[0]} … {Horizons[^1]})", Math.Log10(LargestRatio), ratios.Average(), DescentCurves.Derived,
                $"mean of log10 of the ratio of final losses over {Horizons.Length} horizons and {Scales.Length} starts; Student's interval over starts; a list whose steps alternate may as well end lower", PredictionKind.Heuristic, MeanOfRuns.Half(ratios)).UpTo(Horizons[^1], "k").At("d", Dimension).At("starts", Scales.Length));
            if (n == 0)
                title = $"After {Horizons[^1]} steps L = {DisplayNumber.Of(series[^1].Y[^1], 2)} in bf16, {DisplayNumber.Of(series[0].Y[^1], 2)} in double (Polar Express)";
        }

        return new ReproductionResult
        {
            Claims = [.. claims, BlocksClaim(cancellation)],
            Figures =
            [
                new Figure
                {
                    Id = "muon-digits",
                    Title = title,
                    Caption = $"Final loss of whole matrices after a linear decay from η_0 = 2.1/(K φ(1)), from starts α O, with Newton–Schulz in three arithmetics: bf16 with sums in float and every operation rounded. Geometric mean (dots) and range (bars) of {Scales.Length} starts with α = {Scales[0]} … {Scales[^1]}. d = {Dimension}, λ = {Spike}, no momentum.",
                    Panels = panels,
                },
            ],
        };
    }

    private static double Final(double scale, NewtonSchulzDirection direction, long steps, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var system = MatrixSystem.Of(new SpectralDescentProblem { Covariance = InputCovariance.Spiked(Dimension, Spike), Start = WeightStart.Orthogonal(scale, 5) });
        var engine = new MatrixEngine(system, new PopulationGradient(system), new UpdateRule { Direction = direction }, MuonRuns.Decay(2.1 / (steps * direction.Polynomial(1)), steps));
        return engine.Advance(steps) ? engine.Observe().Loss : double.PositiveInfinity;
    }

    // From α I matrices are diagonal, and blocks round as they do.
    private static Claim BlocksClaim(CancellationToken cancellation)
    {
        var problem = Runs.Spiked(12, Spike, Scale);
        var rule = MuonRuns.Muon(NewtonSchulzCoefficients.PolarExpress(), Arithmetic.BrainFloat);
        long[] steps = Runs.Every(100, 5);
        var blocks = problem.Solve(new BlockRecursion { Rule = rule, LearningRate = 0.0071, AtSteps = steps }, null, cancellation);
        var whole = problem.Solve(new MatrixRecursion { Rule = rule, LearningRate = 0.0071, AtSteps = steps }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return Claim.Absolute(
            "digits-blocks", "from a start α I blocks are exact in bf16 as well (Muon with Polar Express, d = 12, λ = 9)", 0, blocks["loss"].Zip(whole["loss"], (a, b) => Math.Abs(a - b)).Max(), 1e-12, DescentCurves.Derived,
            "largest difference in L between the whole matrix and the blocks over 100 steps").UpTo(steps[^1], "k").At("d", 12);
    }
}
