using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figure 5b: sums of power laws at 0.9, 1 and 1.1 times the compute-optimal data exponent, and what the theorem says of them.</summary>
internal static class LawFigure
{
    private const double Published = 0.02;
    private static readonly double[] Factors = [0.9, 1, 1.1];
    private static readonly double[] Sizes = [.. Enumerable.Range(1, 9).Select(k => Math.Pow(10, k))];

    /// <summary>Random features with exponents 0.6 and 0.52: p^(−1.2), t^(−1.0333) and t^(−0.1667) p^(−1).</summary>
    private static readonly LossTerms RandomFeatures = new(new LossTerm(1, 0, 1.2), new LossTerm(1, 1.24 / 1.2, 0), new LossTerm(1, 0.2 / 1.2, 1));

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        var spreads = new Dictionary<(int Row, double Factor), double>();
        double[] x = LadderLab.Logarithmic(1e-3, 1, 60);
        foreach (var (row, terms) in ((LossTerms[])[LossTerms.Balanced, RandomFeatures]).Index())
        {
            var optimum = CollapseTheorem.ComputeOptimal(terms)!.Gamma;
            foreach (var factor in Factors)
            {
                progress?.Report(new Progress(panels.Count / 6.0, "laws"));
                var gamma = factor * optimum;
                var theorem = new CollapseTheorem(terms, gamma);
                panels.Add(new Panel
                {
                    Title = $"{(row == 0 ? "two" : "three")} terms, γ = {DisplayNumber.Of(factor)} γ*",
                    X = new Axis("place in the horizon x", true),
                    Y = new Axis("ℓ(x)", true),
                    Series = [.. Sizes.Select(size => new Series { Label = $"p = {DisplayNumber.Of(size)}", X = x, Y = [.. x.Select(place => theorem.Normalized(place, size))], Value = size })],
                });
                var law = new ScalingProblem { Terms = terms, DataExponent = gamma, Models = Sizes }.Run(new SumOfPowerLaws(), cancellation);
                spreads[(row, factor)] = LadderLab.Rms(law["deviation"][..^1]);
            }
        }

        return new ReproductionResult
        {
            Claims = [.. Claims(spreads), .. Theorem()],
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = $"10 % off γ*: rms Δ = {Percent(0, 0.9)}, {Percent(0, 1.1)} (two terms, 0 at γ*), {Percent(1, 0.9)}, {Percent(1, 1.1)} (three, {Percent(1, 1)})",
                    Caption = "Normalised sums of power laws at horizons t* = p^{γ}, p = 10 … 10^{9}. Above: t^{−1/2} + p^{−1/2}, γ* = 1. Below: p^{−1.2} + t^{−1.0333} + t^{−0.1667} p^{−1}, γ* = 1.1538, whose third term vanishes as p^{−0.0077} against the others. Root mean squares over x = 0.01 … 0.99.",
                    Scale = new ColorScale("model size p", IsLogarithmic: true),
                    Columns = 3,
                    Panels = panels,
                },
            ],
        };

        string Percent(int row, double factor) => DisplayNumber.Percent(spreads[(row, factor)]);
    }

    private static IEnumerable<Claim> Claims(Dictionary<(int Row, double Factor), double> spreads)
    {
        yield return Claim.Absolute("exact-collapse", "a law of two terms collapses exactly at γ = ν/μ (t^{−1/2} + p^{−1/2}, p = 10 … 10^{9})", 0, spreads[(0, 1)], 1e-12, LadderLab.Paper, "rms Δ");
        foreach (var (row, factor, value) in ((int, double, double)[])[(0, 0.9, 0.035), (0, 1.1, 0.047), (1, 0.9, 0.113), (1, 1, 0.0063), (1, 1.1, 0.150)])
        {
            yield return Claim.Relative(
                $"deviation-{(row == 0 ? "two" : "three")}-{factor * 100:0}", $"rms Δ = {DisplayNumber.Percent(value)} at γ = {DisplayNumber.Of(factor)} γ* ({(row == 0 ? "two terms" : "three terms of random features")}, p = 10 … 10^{{9}})", value, spreads[(row, factor)], Published, row == 0 ? LadderLab.Paper : LadderLab.Derived, "over x = 0.01 … 0.99");
        }

        // The frontier of a horizon is that of its final losses: p^(−min β) at a compute p^(1 + γ).
        double[] frontiers = [.. Factors.Select(factor => PowerLaw.Fit([.. Sizes.Select(size => Math.Pow(size, 1 + factor))], [.. Sizes.Select(size => LossTerms.Balanced.At(Math.Pow(size, factor), size))], new PowerLawOptions { WindowStart = 1 }).Exponent)];
        yield return Claim.AtMost("frontier-hardly-changes", "the frontier hardly sees what breaks the collapse: exponents of the final loss at γ = 0.9 and 1.1 γ* within 5 % of that at γ* (two terms)", 0.05, Math.Max(Math.Abs((frontiers[0] / frontiers[1]) - 1), Math.Abs((frontiers[2] / frontiers[1]) - 1)), LadderLab.Paper, "least squares over p = 10 … 10^{9}", PredictionKind.Heuristic);
    }

    private static IEnumerable<Claim> Theorem()
    {
        // ε = 0.3 by hand: at γ* = 1 the third term is p^(−0.8) beside p^(−1/2).
        var terms = LossTerms.Parse("1:0.5:0+1:0:0.5+1:0:0.8");
        var theorem = CollapseTheorem.ComputeOptimal(terms)!;
        double[] sizes = LadderLab.Logarithmic(1e10, 1e14, 9);
        var fit = PowerLaw.Fit(sizes, [.. sizes.Select(size => Math.Abs(theorem.Normalized(0.1, size) - theorem.Limit(0.1)))], new PowerLawOptions { WindowStart = 1 });
        yield return Claim.Relative("gap-exponent", "with more terms than tie the curve approaches its limit as p^{−ε}, ε = 0.3 (t^{−1/2} + p^{−1/2} + p^{−0.8})", -0.3, fit.Exponent, 0.02, LadderLab.Paper, "least squares of |ℓ(0.1) − limit| over p = 10^{10} … 10^{14}", PredictionKind.Asymptotic).At("p", sizes[^1]).Over("p → ∞");
        yield return Claim.Relative("data-exponent", "the compute-optimal exponent of random features is α/β = 0.6/0.52", 0.6 / 0.52, Math.Log(ExactHorizon.Of(RandomFeatures, 1e260) / ExactHorizon.Of(RandomFeatures, 1e240)) / Math.Log(1e20), 0.005, LadderLab.Paper, "local exponent of the exact horizon at p = 10^{250}, where p^{−0.0077} is 1 %", PredictionKind.Asymptotic).Over("p → ∞");

        // The converse: at the exact horizon the slope of ℓ at its end is that of the frontier, for every p and whatever the law.
        var worst = 0.0;
        foreach (var size in Sizes)
        {
            var time = ExactHorizon.Of(RandomFeatures, size);
            var slope = RandomFeatures.Terms.Sum(term => -term.TimeExponent * term.At(time, size)) / RandomFeatures.At(time, size);
            var (low, high) = (size * 0.999, size * 1.001);
            var (from, to) = (ExactHorizon.Of(RandomFeatures, low), ExactHorizon.Of(RandomFeatures, high));
            var frontier = Math.Log(RandomFeatures.At(to, high) / RandomFeatures.At(from, low)) / Math.Log(to * high / (from * low));
            worst = Math.Max(worst, Math.Abs((slope / frontier) - 1));
        }

        yield return Claim.AtMost("first-order-collapse", "at the exact horizon dℓ/dx = −δ at x = 1, with δ the local exponent of the frontier (three terms, p = 10 … 10^{9})", 1e-4, worst, LadderLab.Paper, "largest relative difference; slope of the frontier between 0.999 p and 1.001 p", PredictionKind.Exact);
        var two = CollapseTheorem.ComputeOptimal(LossTerms.Parse("2:0.3:0+5:0:0.4"))!;
        yield return Claim.Absolute("necessity", "where the curves collapse the frontier is a power law: its exponent is μν/(μ + ν) at every p (2 t^{−0.3} + 5 p^{−0.4})", 0.3 * 0.4 / 0.7, two.FrontierExponent, 1e-12, LadderLab.Paper, "min β/(1 + γ*)", PredictionKind.Exact);
    }
}
