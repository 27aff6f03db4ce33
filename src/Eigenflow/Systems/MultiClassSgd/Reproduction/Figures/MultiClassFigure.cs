using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Figure 8: several classes, one-hot least squares and softmax, with the confusion matrix.</summary>
internal static class MultiClassFigure
{
    private const int Dimension = 300;
    private const int Runs = 6;
    private const double End = 10;
    private static readonly double[] Compared = [1, 3, 10];
    private static readonly int[] SquaredSizes = [2, 3, 5, 10], SoftmaxSizes = [2, 3, 4];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        List<Series> squared = [SolutionSeries.Key($"SGD, mean of {Runs} runs", SeriesStyle.Points), SolutionSeries.Key("theory", SeriesStyle.Line)], softmax = [.. squared];
        var departure = 0.0;
        var errors = new List<Series> { squared[0], squared[1] };
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (sizes, series, isSoftmax) in new[] { (SquaredSizes, squared, false), (SoftmaxSizes, softmax, true) })
        {
            foreach (var (size, color) in sizes.Select((size, color) => (size, color)))
            {
                ClassLoss loss = isSoftmax ? new SoftmaxLoss() : new OneHotLoss();
                var rate = isSoftmax ? 1 : 0.6;
                var problem = Problem(size, loss);
                double[] dots = [.. Lab.Logarithmic(0.05, End, 11).Concat(Compared).Distinct().Order()];
                var sgd = problem.Sgd(rate, dots, Runs, cancellation);
                var theory = problem.Theory(rate, [.. Lab.Logarithmic(0.05, End, 30).Concat(sgd["t"]).Distinct().Order()], cancellation);
                var name = $"{size} classes";
                series.Add(SolutionSeries.Of(theory, "risk", name, color, abscissa: "t") with { Value = size });
                var measured = SolutionSeries.Of(sgd, "risk", name, color, SeriesStyle.Points, "t").Against(theory, "risk", "t") with { Value = size };
                series.Add(measured);
                departure = Math.Max(departure, measured.LargestDeparture(1));
                claims.Add(CurveClaims.Follows(
                    $"classes-{loss.Name}-{size}", $"the mean risk of SGD with {size} classes is that of the theory ({loss.Name}, d = {Dimension}, γ = {DisplayNumber.Of(rate)}, p_i ∝ i)", sgd, theory, Runs, Compared, 0.05).At("d", Dimension));
                if (!isSoftmax || size != 3)
                    continue;
                for (var i = 1; i <= size; i++)
                {
                    errors.Add(SolutionSeries.Of(theory, $"error{i}", $"class {i} of 3", i - 1, abscissa: "t"));
                    errors.Add(SolutionSeries.Of(sgd, $"error{i}", $"class {i} of 3", i - 1, SeriesStyle.Points, "t").Against(theory, $"error{i}", "t"));
                    rows.Add([$"class {i}", .. Enumerable.Range(1, size).Select(j => DisplayNumber.Fixed(theory.Summary.First(number => number.Name == $"confusion-{i}{j}").Value, 3))]);
                }
            }

            progress?.Report(new Progress(isSoftmax ? 1 : 0.5, "classes"));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Tables = [new Table("confusion", "What samples of three classes are told to be", ["sample of", "told class 1", "told class 2", "told class 3"], rows, $"Softmax, theory at t = {DisplayNumber.Of(End)}; d = {Dimension}, γ = 1, p_i ∝ i.")],
            Figures =
            [
                new Figure
                {
                    Id = "figure-8",
                    Title = Headline.Departure("Risk of SGD with 2 to 10 classes (t ≥ 1)", "its theory", departure),
                    Scale = new ColorScale("number of classes", IsLogarithmic: true),
                    Caption = $"Risk of one-pass SGD (dots: mean of {Runs} runs, bars: 10 to 90 % of them) and its theory (lines) for one-hot least squares (γ = 0.6) and softmax (γ = 1), and the probability to be told wrong, of each of three classes under the softmax (c). d = {Dimension}, p_{{i}} ∝ i, cosine means of norm 1.5, λ^{{(i)}} = (ρ/d)^{{(1 + (i − 1)/C)/2}}.",
                    Panels =
                    [
                        new Panel { Title = "one-hot least squares", X = new Axis("time t", true), Y = new Axis("risk R"), Series = squared },
                        new Panel { Title = "softmax", X = new Axis("time t", true), Y = new Axis("risk R"), Series = softmax },
                        new Panel { Title = "softmax, error of each class", X = new Axis("time t", true), Y = new Axis("0–1 error", false, 0, 1), Series = errors },
                    ],
                },
            ],
        };
    }

    private static MultiClassProblem Problem(int size, ClassLoss loss) => new()
    {
        Dimension = Dimension,
        Loss = loss,
        Classes = [.. Enumerable.Range(1, size).Select(i => new MixtureClass(2.0 * i / (size * (size + 1)), MeanProfile.Cosine(i), ClassSpectrum.PowerLaw(0.5 * (1 + ((i - 1.0) / size)))) { MeanSize = 1.5 })],
    };
}
