using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Figure 3: the structural transition. Whether the risk vanishes depends on the power of the spectrum, with the dimension taken to infinity first.</summary>
internal static class TransitionFigure
{
    private const double LearningRate = 0.7;
    private const double Late = 1e4;
    private const double Forever = 1e24;
    private const double LargestSeparation = 500, Least = 1e-6;
    private static readonly long[] Drawn = [1000, 10_000, 100_000];
    private static readonly long[] Scaled = [100_000, 1_000_000];
    private static readonly double[] Powers = [.. Enumerable.Range(0, 16).Select(k => 0.2 * k)];
    private static readonly double[] Above = [1.5, 2, 2.5, 3];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        double[] powers = [.. Enumerable.Range(0, 61).Select(k => 0.05 * k)];
        foreach (var loss in new MarginLoss[] { new LogisticLoss(), new LeastSquaresLoss() })
        {
            var series = new List<Series>();
            foreach (var (dimension, color) in Drawn.Select((dimension, color) => (dimension, color)))
                series.Add(SolutionSeries.Function(powers, power => End(ClassModes.Of(Lab.Symmetric(dimension, ClassSpectrum.PowerLaw(power), loss).Modes()), loss), $"t = ∞, d = {DisplayNumber.Of(dimension)}", color, SeriesStyle.Line));
            series.Add(SolutionSeries.Function(powers.Where(power => power < 0.999), power => End(ClassModes.Stationary(Lab.Symmetric(Drawn[0], ClassSpectrum.PowerLaw(power), loss)), loss), "t = ∞, d = ∞", Drawn.Length, SeriesStyle.Line));
            series.Add(SolutionSeries.Function(Powers, power => Lab.Symmetric(Drawn[0], ClassSpectrum.PowerLaw(power), loss).Continuum(LearningRate, [Late], cancellation)["risk"][^1], "t = 10^{4}, d = ∞", CurveColors.Neutral, SeriesStyle.Dashed) with { Role = SeriesRole.Theory });
            panels.Add(new Panel
            {
                Title = loss is LogisticLoss ? "logistic" : "least squares",
                X = new Axis("power α of the spectrum", false, 0, 3),
                Y = new Axis("risk R", true, Least),
                Series = series,
                Lines = [new ReferenceLine(1, "α = 1")],
            });
            progress?.Report(new Progress(loss is LogisticLoss ? 0.4 : 0.6, "transition"));
        }

        Claim[] claims = [.. Claims(cancellation)];
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = $"Finite-size scaling puts the transition at α = {DisplayNumber.WithInterval(claims[0].Measured, Math.Max(0.001, claims[0].Uncertainty!.Value))}",
                    Caption = "Risk at which SGD ends against the power of the spectrum λ = (ρ/d)^{α}, for three dimensions and the continuum: with d to infinity first it is positive for α < 1 only (dashed vertical: α = 1), and above falls as d^{−(α − 1)} (b) and faster (a). "
                        + "Grey: the continuum at t = 10^{4}, which still waits near the transition. Flat mean of norm 1, γ = 0.7.",
                    Panels = panels,
                },
            ],
        };
    }

    // Where the classes can be told apart so well that the logistic risk, about e^(−q/2), leaves the picture, there is nothing to solve.
    private static double End(ClassModes modes, MarginLoss loss) => loss is LeastSquaresLoss ? new LeastSquaresLaws(modes).Plateau(LearningRate)
        : modes.Separation < LargestSeparation ? LogisticLaws.Stationary(modes, LearningRate).Risk : double.NaN;

    private static IEnumerable<Claim> Claims(CancellationToken cancellation)
    {
        // Finite-size scaling: the end of the risk falls as d^(−(α − 1)) above the transition and does not depend on d below it.
        double Exponent(double power)
        {
            double[] ends = [.. Scaled.Select(size => Lab.Symmetric(size, ClassSpectrum.PowerLaw(power), new LeastSquaresLoss()).Theory(LearningRate, [Forever], cancellation)["risk"][^1])];
            return Math.Log(ends[1] / ends[0]) / Math.Log((double)Scaled[1] / Scaled[0]);
        }

        double[] exponents = [.. Above.Select(Exponent)];
        var (slope, root) = Lab.Line(Above, exponents);
        var residual = Math.Sqrt(Above.Zip(exponents, (power, exponent) => Math.Pow(exponent - (slope * (power - root)), 2)).Sum() / (Above.Length - 2));
        var spread = Math.Sqrt((1.0 / Above.Length) + (Math.Pow(root - Above.Average(), 2) / Above.Sum(power => Math.Pow(power - Above.Average(), 2))));
        var half = StudentInterval.Quantile(Above.Length - 2) * residual / Math.Abs(slope) * spread;
        yield return Claim.Absolute(
            "transition-power", "the risk vanishes from the power α = 1 on (flat mean, least squares, γ = 0.7)", 1, root, 0.05, Lab.Paper,
            "finite-size scaling: exponents of the risk at t = 10^{24} in d, between d = 10^{5} and 10^{6}, for α = 1.5 … 3; where the line through them is zero, with its 95 % interval", PredictionKind.Asymptotic, half)
            .UpTo(Forever).At("d", Scaled[^1]);
        yield return Claim.Absolute(
            "transition-slope", "above it the end of the risk falls as d^{−(α − 1)} (the same)", -1, slope, 0.05, Lab.Derived, "slope of that line; 95 % interval", PredictionKind.Asymptotic, half / spread / Math.Sqrt(Above.Sum(power => Math.Pow(power - Above.Average(), 2)))).UpTo(Forever).At("d", Scaled[^1]);
        yield return Claim.Absolute(
            "transition-below", "below it the end of the risk does not depend on d (α = 0.5, the same)", 0, Exponent(0.5), 0.01, Lab.Paper, "exponent of the risk at t = 10^{24} between d = 10^{5} and 10^{6}", PredictionKind.Asymptotic).UpTo(Forever).At("d", Scaled[^1]);

        // Both sides of the threshold of a mixture, at d = ∞: the smaller power decides, 1.1 < 1 + 2β from β = 0.05 on.
        foreach (var beta in new[] { 0.15, 0.25 })
        {
            var problem = Lab.Pair(new MixtureLaws([1.1, 1.5], [0.5, 0.5], beta), new LogisticLoss());
            var point = LogisticLaws.Stationary(ClassModes.Stationary(problem), LearningRate);
            var end = problem.Continuum(LearningRate, [Forever], cancellation);
            yield return Claim.Relative(
                $"transition-mixture-b{DisplayNumber.Of(beta)}", $"with powers 1.1 and 1.5 the risk stays positive for β = {DisplayNumber.Of(beta)} > 0.05, at the fixed point (p = ½, γ = 0.7, logistic, d = ∞)", point.Risk, end["risk"][^1], 0.002, Lab.Derived, "continuum theory at t = 10^{24}", PredictionKind.Asymptotic).UpTo(Forever);
            yield return Claim.Relative(
                $"transition-cleaner-b{DisplayNumber.Of(beta)}", $"and that of the class of the larger power, {(beta < 0.25 ? "1.5 > 1 + 2β, which alone would vanish, too" : "1.5 = 1 + 2β, too")} (the same)", point.Risks[1], end["risk2"][^1], 0.01, Lab.Derived, "continuum theory at t = 10^{24}", PredictionKind.Asymptotic).UpTo(Forever);
        }

        var marginal = Lab.Pair(new MixtureLaws([1.1, 1.5], [0.5, 0.5], 0), new LogisticLoss()).Continuum(LearningRate, [Forever], cancellation)["risk"][^1];
        yield return Claim.AtMost("transition-mixture-b0", "and vanishes for β = 0 < 0.05 (the same)", 1e-12, marginal, Lab.Derived, "continuum theory at t = 10^{24}; the bound is far below the plateaus of larger β", PredictionKind.Asymptotic).UpTo(Forever);
    }
}
