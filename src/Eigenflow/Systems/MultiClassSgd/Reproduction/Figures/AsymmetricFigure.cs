using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Figure 7: two classes of their own means and opposite spectra, class by class.</summary>
internal static class AsymmetricFigure
{
    private const int Dimension = 400;
    private const double LearningRate = 0.9;
    private const int Runs = 40;
    private const double End = 30;
    private static readonly double[] Compared = [1, 3, 10, 30];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] rising = [.. Enumerable.Range(1, Dimension).Select(rho => (double)rho / Dimension)];
        double[] second = [.. Enumerable.Range(0, Dimension).Select(k => -(k % 2 == 0 ? 1.2 : 0.4) / Math.Sqrt(Dimension))];
        var problem = new MultiClassProblem
        {
            Dimension = Dimension,
            Classes = [new MixtureClass(0.3, MeanProfile.Flat, ClassSpectrum.Of(rising)), new MixtureClass(0.7, MeanProfile.Of(second), ClassSpectrum.Of([.. rising.Reverse()])) { Label = -1 }],
        };
        double[] dots = [.. Lab.Logarithmic(0.05, End, 16).Concat(Compared).Distinct().Order()];
        var sgd = problem.Sgd(LearningRate, dots, Runs, cancellation);
        progress?.Report(new Progress(0.8, "asymmetric classes"));
        var theory = problem.Theory(LearningRate, [.. Lab.Logarithmic(0.05, 1000, 80).Concat(sgd["t"]).Distinct().Order()], cancellation);
        var claims = new List<Claim>();
        List<Series> risks = [SolutionSeries.Key($"SGD, mean of {Runs} runs", SeriesStyle.Points), SolutionSeries.Key("theory", SeriesStyle.Line)], means = [.. risks];
        var departure = 0.0;
        for (var i = 1; i <= 2; i++)
        {
            var name = i == 1 ? "class 1, p = 0.3" : "class 2, p = 0.7";
            risks.Add(SolutionSeries.Of(theory, $"risk{i}", name, i - 1, abscissa: "t"));
            var measured = SolutionSeries.Of(sgd, $"risk{i}", name, i - 1, SeriesStyle.Points, "t").Against(theory, $"risk{i}", "t");
            risks.Add(measured);
            departure = Math.Max(departure, measured.LargestDeparture(1));
            means.Add(SolutionSeries.Of(theory, $"m{i}", name, i - 1, abscissa: "t"));
            means.Add(SolutionSeries.Of(sgd, $"m{i}", name, i - 1, SeriesStyle.Points, "t").Against(theory, $"m{i}", "t"));
            claims.Add(CurveClaims.Follows($"asymmetric-risk{i}", $"the mean risk of class {i} is that of the theory (opposite power laws, p = 0.3, 0.7, logistic, d = {Dimension}, γ = 0.9)", sgd, theory, Runs, Compared, 0.05, $"risk{i}").At("d", Dimension));
            claims.Add(CurveClaims.Follows($"asymmetric-mean{i}", $"and so is its mean output m_{i} (the same)", sgd, theory, Runs, Compared, 0.05, $"m{i}").At("d", Dimension));
        }

        var point = LogisticLaws.Stationary(ClassModes.Of(problem.Modes(ModeRepresentation.Full)), LearningRate);
        var late = problem.Theory(LearningRate, [1e6], cancellation);
        claims.Add(Claim.Relative("asymmetric-plateau", "the risk ends at the fixed point of the two classes (the same)", point.Risk, late["risk"][^1], 1e-6, Lab.Derived, "theory at t = 10^{6}", PredictionKind.Asymptotic).UpTo(1e6));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-7",
                    Title = Headline.Departure("Class-wise risks of SGD (t ≥ 1)", "their theory", departure),
                    Caption = $"Risk (a) and mean output (b) of each class under one-pass SGD (dots: mean of {Runs} runs, bars: 10 to 90 % of them) and the theory (lines), with their fixed point (dashed). Logistic, d = {Dimension}, γ = 0.9; λ^{{(1)}} = ρ/d, λ^{{(2)}} reversed; means flat, and of two alternating sizes.",
                    Panels =
                    [
                        new Panel { Title = "risk of each class", X = new Axis("time t", true), Y = new Axis("risk R_{i}", true), Series = risks, Lines = [.. point.Risks.Select(risk => new ReferenceLine(risk, "", IsVertical: false))] },
                        new Panel { Title = "mean output", X = new Axis("time t", true), Y = new Axis("m_{i}"), Series = means, Lines = [new ReferenceLine(point.Means[0], "", IsVertical: false), new ReferenceLine(-point.Means[1], "", IsVertical: false)] },
                    ],
                },
            ],
        };
    }
}
