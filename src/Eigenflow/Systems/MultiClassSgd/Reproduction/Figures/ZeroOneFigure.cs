using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Figure 6: the zero–one law of logistic regression, R γ‖μ_c‖² t → 1, whatever the noise does.</summary>
internal static class ZeroOneFigure
{
    private const int Dimension = 1000;
    private const double End = 1e5;
    private static readonly double[] Fractions = [0.2, 0.5, 0.8];
    private static readonly double[] Rates = [0.35, 0.7, 1.4];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var worst = 0.0;
        foreach (var rate in Rates)
        {
            var series = new List<Series>();
            for (var k = 0; k < Fractions.Length; k++)
            {
                var problem = Lab.Symmetric(Dimension, ClassSpectrum.ZeroOne(Fractions[k]), new LogisticLoss());
                var theory = problem.Theory(rate, Lab.Logarithmic(0.1, End, 81), cancellation);
                double[] scaled = [.. theory["risk"].Select((risk, row) => risk * rate * Fractions[k] * theory["t"][row])];
                series.Add(new Series { Label = $"φ = {DisplayNumber.Of(Fractions[k])}", X = theory["t"], Y = scaled, Value = Fractions[k] });
                worst = Math.Max(worst, Math.Abs(scaled[^1] - 1));
                claims.Add(Claim.Absolute(
                    $"zero-one-f{DisplayNumber.Of(Fractions[k])}-g{DisplayNumber.Of(rate)}", $"R γ‖μ_c‖²t → 1 (logistic, zero–one with φ = {DisplayNumber.Of(Fractions[k])}, γ = {DisplayNumber.Of(rate)}, flat mean of norm 1)", 1, scaled[^1], 0.005, Lab.Derived, "theory at t = 10^{5}", PredictionKind.Asymptotic).UpTo(End, "t", End));
            }

            panels.Add(new Panel { Title = $"γ = {DisplayNumber.Of(rate)}", X = new Axis("time t", true), Y = new Axis("R γ ‖μ_{c}‖^{2} t", false, 0, 1.4), Series = series, Lines = [new ReferenceLine(1, "", IsVertical: false)] });
            progress?.Report(new Progress(0.5 * panels.Count / Rates.Length, "zero–one law"));
        }

        claims.AddRange(Clean(cancellation));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = $"R γ‖μ_{{c}}‖^{{2}}t is within {Headline.Percent(worst)} of 1 at t = 10^{{5}} for nine pairs of φ and γ",
                    Scale = new ColorScale("clean part φ"),
                    Caption = "Risk of logistic regression times γ‖μ_{c}‖^{2}t, where ‖μ_{c}‖^{2} = φ is the squared mean in the modes without variance, for three learning rates. Theory, zero–one spectra, flat mean of norm 1; the law is approached as ln t/t.",
                    Panels = panels,
                },
            ],
        };
    }

    // The mean in the clean half alone, ‖μ‖² = 1: closed forms.
    private static IEnumerable<Claim> Clean(CancellationToken cancellation)
    {
        const double Rate = 0.7;
        var margins = Problem(new LogisticLoss());
        var logistic = margins.Theory(Rate, [100, End], cancellation);
        yield return Claim.Relative("zero-one-clean-risk", "without the noise of SGD, e^{m} + m = 1 + γ‖μ‖²t (clean mean, φ = 0.5, γ = 0.7)", ZeroOneLaws.LogisticRisk(Rate, 1, 100), logistic["risk"][0], 0.03, Lab.Derived, "theory with that noise at t = 100", PredictionKind.Heuristic).UpTo(100, "t", 100);
        yield return Claim.Relative("zero-one-clean-variance", "B falls as w k/(‖μ‖²(2k − ‖μ‖²)t) (the same; k = 1, w = 0.5)", 0.5 * ZeroOneLaws.LogisticVariance(1, 1, End), logistic["b11"][^1], 0.005, Lab.Derived, "theory at t = 10^{5}", PredictionKind.Asymptotic).UpTo(End, "t", End);
        var squares = Problem(new LeastSquaresLoss()).Theory(Rate, [3, 10], cancellation);
        yield return Claim.Relative("zero-one-squares-mean", "m = 1 − e^{−γ‖μ‖²t} for least squares (the same)", ZeroOneLaws.LeastSquaresMean(Rate, 1, 3), squares["m1"][0], 1e-6, Lab.Derived, "theory at t = 3").UpTo(3);
        yield return Claim.Relative("zero-one-squares-variance", "and B is the difference of two exponentials (the same)", ZeroOneLaws.LeastSquaresVariance(Rate, 1, 0.5, 10), squares["b11"][^1], 1e-5, Lab.Derived, "theory at t = 10").UpTo(10);

        static MultiClassProblem Problem(MarginLoss loss) => new()
        {
            Dimension = Dimension,
            Loss = loss,
            Classes = [new MixtureClass(1, MeanProfile.Clean(0.5), ClassSpectrum.ZeroOne(0.5))],
        };
    }
}
