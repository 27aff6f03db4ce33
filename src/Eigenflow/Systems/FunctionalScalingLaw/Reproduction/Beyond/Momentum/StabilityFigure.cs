using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The map of stability in learning rate and momentum, and the paper's protocol of finding its edge against the edge.</summary>
internal static class StabilityFigure
{
    private const double MapCapacity = 2, MapBatch = 8, SmallestLeft = 1e-4;
    private const int Cells = 41;
    private const double Difficulty = 3, Capacity = 2, Threshold = 1;
    private const long ProtocolSteps = 2000, ProtocolSize = 512;
    private const int Rates = 50, Averaged = 20, MiddleBatch = 32, SmallestPower = -24;

    private static readonly (MomentumKind Kind, TunedRule Rule, string Name)[] Kinds = [(MomentumKind.Polyak, TunedRule.Polyak, "Polyak"), (MomentumKind.Nesterov, TunedRule.Nesterov, "Nesterov")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (claims, panels) = (new List<Claim>(), new List<Panel>());
        foreach (var (kind, _, name) in Kinds)
            panels.Add(Map(kind, name));
        progress?.Report(new Progress(0.1, "the protocol"));
        var modes = MomentumLab.Problem(Difficulty, Capacity, MomentumLab.Features, 0).Modes();
        var seen = MomentumLab.Problem(Difficulty, Capacity, ProtocolSize, 0).Modes();
        double[] batches = [.. Enumerable.Range(0, 13).Select(n => Math.Pow(2, n))], lefts = [.. Enumerable.Range(2, 23).Select(n => Math.Pow(2, n + SmallestPower - 2))];
        List<Series> left = [], middle = [];
        var worst = 0.0;
        foreach (var (k, (kind, rule, name)) in Kinds.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            var smallest = Math.Pow(2, SmallestPower);
            left.AddRange(Both(batches, batch => True(kind, smallest, batch), batch => Protocol(rule, smallest, batch, 1, -10), name, k + 1));
            middle.AddRange(Both(lefts, at => True(kind, at, MiddleBatch), at => Protocol(rule, at, MiddleBatch, 0, -22), name, k + 1));
            progress?.Report(new Progress(0.1 + (0.45 * (k + 1)), "the protocol"));
            var at = kind == MomentumKind.Polyak ? 64.0 : 16;
            Erratum("left", $"left: 2000 steps find the largest stable learning rate at 1 − ρ = 2^{{−24}} ({name}, B = {DisplayNumber.Of(at)}, σ = 1)", Protocol(rule, smallest, at, 1, -10), True(kind, smallest, at));
            Erratum("middle", $"middle: they do at B = 32, and it is linear in 1 − ρ ({name}, 1 − ρ = 2^{{−24}}, σ = 0)", Protocol(rule, smallest, MiddleBatch, 0, -22), True(kind, smallest, MiddleBatch));

            void Erratum(string part, string statement, double found, double truth)
            {
                worst = Math.Max(worst, found / truth);
                claims.Add(Claim.Relative($"printed-protocol-{part}-{name.ToLowerInvariant()}", $"Figure 2 {statement}", found, truth, 0.1, MomentumLab.Paper, $"root of κ = 1, against the largest learning rate that passes; {DisplayNumber.Of(found / truth, 3)} times").UpTo(ProtocolSteps, "k").At("M", ProtocolSize)
                    .AsErratum("instabilities slower than 1/(1 − ρ) are not seen: T ≥ 20/(1 − ρ) steps are needed, or κ itself"));
            }
        }

        Axis y = new("largest stable η", true);
        panels.Add(new Panel { Title = "1 − ρ = 2^{−24}, σ = 1", X = new Axis("batch B", true), Y = y, Series = [.. left, SolutionSeries.Key("κ = 1", SeriesStyle.Line), SolutionSeries.Key("2000 steps", SeriesStyle.Points)] });
        panels.Add(new Panel { Title = "B = 32, σ = 0", X = new Axis("1 − ρ", true), Y = y, Series = [.. middle, SolutionSeries.Key("κ = 1", SeriesStyle.Line), SolutionSeries.Key("2000 steps", SeriesStyle.Points)] });
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "beyond-momentum-stability",
                    Title = $"2000 steps pass learning rates up to {DisplayNumber.Of(worst, 3)} times beyond the edge of stability",
                    Caption = "(a), (b) Noise gain κ over learning rate and momentum, its edge κ = 1 (line; stable above it), and where the first mode begins to oscillate (dashed; it does below). β = 2, N = 256, B = 8. "
                        + "(c), (d) Largest stable learning rate: root of κ = 1 (lines), and the largest of 50 rates whose exact mean risk over the last 20 of 2000 steps is below 1 (dots), the protocol of the paper. s = 3, β = 2, N = 4096.",
                    Columns = 2,
                    Panels = panels,
                },
            ],
        };

        double True(MomentumKind kind, double at, double batch) => new MomentumStability(modes, 0, 1, batch, kind, 1 - at).CriticalRate;

        // Risks grow with η: the largest of the grid that passes, by bisection.
        double Protocol(TunedRule rule, double at, double batch, double noise, double lowest)
        {
            double Rate(int n) => Math.Pow(2, lowest + ((3 - lowest) * n / (Rates - 1)));
            bool Passes(int n) => MomentumLab.Risk(seen, noise, rule, Rate(n), 1 - at, ProtocolSteps, batch, Averaged) < Threshold;
            var (low, high) = (-1, Rates);
            while (high - low > 1)
            {
                cancellation.ThrowIfCancellationRequested();
                var n = (low + high) / 2;
                if (Passes(n))
                    low = n;
                else
                    high = n;
            }

            return low < 0 ? double.NaN : Rate(low);
        }
    }

    private static IEnumerable<Series> Both(double[] x, Func<double, double> truth, Func<double, double> found, string name, int color) =>
    [
        LawCurves.Function(x, truth, name, color),
        LawCurves.Function(x, found, name, color, SeriesStyle.Points),
    ];

    private static Panel Map(MomentumKind kind, string name)
    {
        var modes = new ScalingLawProblem { Capacity = MapCapacity, Difficulty = 1, Features = 256, ModelSize = 256 }.Modes();
        double[] rates = LawCurves.Logarithmic(1e-4, 4, Cells), lefts = LawCurves.Logarithmic(SmallestLeft, 1, Cells), fine = LawCurves.Logarithmic(1e-4, 4, 241);
        double Gain(double rate, double left) => new MomentumStability(modes, 0, rate, MapBatch, kind, 1 - left).Gain;
        return new Panel
        {
            Title = name,
            X = new Axis("learning rate η", true, rates[0], rates[^1]),
            Y = new Axis("1 − ρ", true, SmallestLeft, 1),
            HeatMap = new HeatMap { Label = "noise gain κ", X = rates, Y = lefts, Values = [.. lefts.SelectMany(left => rates.Select(rate => Gain(rate, left) is var gain && gain < 1 ? gain : double.NaN))], IsLogarithmic = true, Minimum = 1e-4, Maximum = 1 },
            Series =
            [
                LawCurves.Function(fine, Edge, "κ = 1", CurveColors.Neutral),
                LawCurves.Function(fine.Where(rate => rate < 1), Damping, "first mode oscillates below", CurveColors.Neutral, SeriesStyle.Dashed),
            ],
        };

        double Edge(double rate)
        {
            if (!(Gain(rate, 1) < 1) || Gain(rate, SmallestLeft) < 1)
                return double.NaN;
            return Math.Exp(ScalarRoot.Find(logarithm => Math.Log(Gain(rate, Math.Exp(logarithm))), Math.Log(SmallestLeft), 0));
        }

        double Damping(double rate)
        {
            var root = Math.Sqrt(rate);
            return kind == MomentumKind.Polyak ? 1 - ((1 - root) * (1 - root)) : 2 * root / (1 + root);
        }
    }
}
