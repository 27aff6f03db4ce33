using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Figures 1 and 2: SGD beside its theory on four spectra, logistic regression and least squares, and how the scatter of single runs falls with the dimension.</summary>
internal static class LearningCurvesFigure
{
    private const int Dimension = 400;
    private const double LearningRate = 0.7;
    private const int Runs = 10;
    private static readonly double[] Compared = [1, 2, 5, 10];
    private static readonly long[] Sizes = [100, 200, 400, 800, 1600];

    private static readonly (string Name, string Id, ClassSpectrum Spectrum)[] Cases =
    [
        ("identity", "identity", ClassSpectrum.Identity), ("zero–one, φ = 0.5", "zero-one", ClassSpectrum.ZeroOne(0.5)),
        ("power law, α = 0.5", "a0.5", ClassSpectrum.PowerLaw(0.5)), ("power law, α = 2", "a2", ClassSpectrum.PowerLaw(2)),
    ];

    public static ReproductionResult Logistic(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (figure, claims) = Draw("figure-1", "Logistic risk", new LogisticLoss(), progress, cancellation);
        return new ReproductionResult { Figures = [figure], Claims = [.. claims, Scatter(cancellation)] };
    }

    public static ReproductionResult LeastSquares(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (figure, claims) = Draw("figure-2", "Squared risk", new LeastSquaresLoss(), progress, cancellation);
        return new ReproductionResult { Figures = [figure], Claims = claims };
    }

    private static (Figure Figure, List<Claim> Claims) Draw(string id, string quantity, MarginLoss loss, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var series = new List<Series> { SolutionSeries.Key($"SGD, mean of {Runs} runs", SeriesStyle.Points), SolutionSeries.Key("theory", SeriesStyle.Line), SolutionSeries.Key("plateau", SeriesStyle.Dotted) };
        var departure = 0.0;
        for (var k = 0; k < Cases.Length; k++)
        {
            var (name, caseId, spectrum) = Cases[k];
            var problem = Lab.Symmetric(Dimension, spectrum, loss);
            double[] dots = [.. Lab.Logarithmic(0.05, 10, 15).Concat(Compared).Distinct().Order()];
            var sgd = problem.Sgd(LearningRate, dots, Runs, cancellation);
            var theory = problem.Theory(LearningRate, [.. Lab.Logarithmic(0.05, 1000, 90).Concat(sgd["t"]).Distinct().Order()], cancellation);
            claims.Add(CurveClaims.Follows(
                $"curve-{loss.Name}-{caseId}", $"the mean risk of SGD is that of the theory ({loss.Name}, {name}, d = {Dimension}, γ = {DisplayNumber.Of(LearningRate)})", sgd, theory, Runs, Compared, 0.05).At("d", Dimension));
            series.Add(SolutionSeries.Of(theory, "risk", name, k, abscissa: "t"));
            var measured = SolutionSeries.Of(sgd, "risk", name, k, SeriesStyle.Points, "t").Against(theory, "risk", "t");
            series.Add(measured);
            departure = Math.Max(departure, measured.LargestDeparture(1, 10));
            if (Plateau(problem) is { } plateau)
                series.Add(SolutionSeries.Function([10, 1000], _ => plateau, "", k, SeriesStyle.Dotted));
            progress?.Report(new Progress((k + 1.0) / Cases.Length, quantity));
        }

        return (new Figure
        {
            Id = id,
            Title = Headline.Departure($"{quantity} of SGD (mean of {Runs} runs, t ≥ 1)", "its theory", departure),
            Caption = $"Population risk of one-pass SGD on two symmetric classes (dots: mean of {Runs} runs, bars: 10 to 90 % of them), its theory (lines) and where it ends (dotted; zero where the mean has a part without noise). d = {Dimension}, γ = {DisplayNumber.Of(LearningRate)}, flat mean of norm 1.",
            Panels = [new Panel { X = new Axis("time t = step/d", true), Y = new Axis("risk R", true, 1e-3), Series = series }],
        }, claims);
    }

    private static double? Plateau(MultiClassProblem problem)
    {
        var modes = ClassModes.Of(problem.Modes());
        return modes.HasCleanMean ? null : problem.Loss is LogisticLoss ? LogisticLaws.Stationary(modes, LearningRate).Risk : new LeastSquaresLaws(modes).Plateau(LearningRate);
    }

    // The standard deviation of one run about the theory.
    private static Claim Scatter(CancellationToken cancellation)
    {
        const int Many = 64;
        const double Time = 3;
        double[] deviations = [.. Sizes.Select(size =>
        {
            var problem = Lab.Symmetric(size, ClassSpectrum.PowerLaw(0.5), new LogisticLoss());
            return problem.Sgd(LearningRate, [Time], Many, cancellation)["risk-se"][^1] * Math.Sqrt(Many);
        })];
        var fit = PowerLaw.Fit([.. Sizes.Select(size => (double)size)], deviations, new PowerLawOptions { WindowStart = 1 });
        return Claim.Absolute(
            "curve-scatter", $"single runs scatter about the theory by d^x, x = −1/2 (logistic, α = 0.5, γ = {DisplayNumber.Of(LearningRate)}, t = 3)", -0.5, fit.Exponent, 0.25, Lab.Paper,
            $"standard deviation of the risk over {Many} runs at d = {string.Join(", ", Sizes)}; least squares on the logarithms, 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf).UpTo(Time, "t", Time).At("d", Sizes[^1]).At("runs", Many);
    }
}
