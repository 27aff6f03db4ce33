using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claim: plotted against x_d/d, the MSE curves of all dimensions collapse.</summary>
internal static class CollapseClaims
{
    private const int Seeds = 6;
    private const string Window = "x_d/d from 10^{-3} to 2";
    private static readonly long[] Dimensions = [1000, 10_000, 100_000];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var largest = 0.0;
        foreach (var exponent in new[] { 1.5, 2.0 })
        {
            var raw = new List<Series>();
            var collapsed = new List<Series>();
            var fractions = TimeGrid.Logarithmic(1e-3, 2, 80).Skip(1).ToArray();
            var values = new List<double[]>();
            for (var n = 0; n < Dimensions.Length; n++)
            {
                progress?.Report(new Progress((double)n / Dimensions.Length, "collapse"));
                var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimensions[n], exponent), Teacher = Teacher.Ones() };
                var law = (PowerLawSpectrum)problem.Spectrum;

                // x_d/d = f at τ = (f d)^a/β_d.
                var times = fractions.Select(f => Math.Pow(f * law.Dimension, exponent) * law.Normalization / 16).ToArray();
                var flow = problem.Solve(new GradientFlow { Times = times, Modes = ModeRepresentation.Compressed }, null, cancellation);
                cancellation.ThrowIfCancellationRequested();
                values.Add(flow["mse"]);
                var label = $"d = {DisplayNumber.Of(Dimensions[n])}";
                raw.Add(new Series { Label = label, X = flow.Times, Y = flow["mse"], Color = n, Value = Dimensions[n] });
                collapsed.Add(new Series { Label = label, X = fractions, Y = flow["mse"], Color = n, Value = Dimensions[n] });
            }

            // Relative to the initial MSE of one; corrections fall with d.
            var all = Math.Max(Spread(values[0], values[1]), Math.Max(Spread(values[1], values[2]), Spread(values[0], values[2])));
            largest = Math.Max(largest, all);
            var coarse = Spread(values[0], values[1]);
            var fine = Spread(values[1], values[2]);
            claims.Add(Claim.AtMost(
                $"collapse-a{DisplayNumber.Of(exponent)}", $"the MSE curves of d = 10^3, 10^4 and 10^5 collapse on x_d/d (a = {DisplayNumber.Of(exponent)})", 0.02, all, $"{Curves.Paper}, Phase III (consequence)",
                "largest difference between any two of the three at equal x_d/d between 10^{-3} and 2, in units of the initial MSE", PredictionKind.Asymptotic).At("d", Dimensions[^1]).Over(Window));
            claims.Add(Claim.AtMost(
                $"collapse-improves-a{DisplayNumber.Of(exponent)}", $"the collapse improves with the dimension (a = {DisplayNumber.Of(exponent)})", coarse, fine, $"{Curves.Paper}, Phase III (consequence)",
                "largest difference between d = 10^4 and 10^5; that between 10^3 and 10^4 is the bound", PredictionKind.Asymptotic).At("d", Dimensions[^1]).Over(Window));
            claims.AddRange(Scores(exponent, fractions, progress, cancellation));
            panels.Add(Make($"against time, a = {DisplayNumber.Of(exponent)}", "flow time t", raw));
            panels.Add(Make($"collapsed, a = {DisplayNumber.Of(exponent)}", "part of relaxed modes x_d/d", collapsed));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "collapse",
                    Title = $"Against x_d/d the MSE of three dimensions differs by at most {Headline.Percent(largest)} of its start",
                    Scale = new ColorScale("dimension d", IsLogarithmic: true),
                    Caption = "MSE along the gradient flow for d = 10^{3}, 10^{4}, 10^{5} against time (a, c) and against x_d/d with x_d = (16t/H_{d,a})^{1/a} (b, d). Teacher all ones, random start, s* = 1.",

                    // Pairs: against time, and collapsed.
                    Columns = 2,
                    Panels = panels,
                },
            ],
        };
    }

    // The same as a number, with random teachers as seeds: spread over dimensions beside the noise between teachers, in units of the largest mean. MSE relative to its beginning, since random teachers differ in size.
    private static IEnumerable<Claim> Scores(double exponent, double[] fractions, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (collapsed, raw) = (new List<CollapseCurve>(), new List<CollapseCurve>());
        foreach (var dimension in Dimensions)
        {
            progress?.Report(new Progress(0.5, "collapse across seeds"));
            for (var seed = 1L; seed <= Seeds; seed++)
            {
                var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Gaussian(seed), Start = Start.UnitSphere(seed) };
                var law = (PowerLawSpectrum)problem.Spectrum;
                double[] times = [.. fractions.Select(f => Math.Pow(f * law.Dimension, exponent) * law.Normalization / 16)];
                var flow = problem.Solve(new GradientFlow { Times = [0, .. times], Modes = ModeRepresentation.Compressed }, null, cancellation);
                cancellation.ThrowIfCancellationRequested();
                double[] mse = [.. flow["mse"].Skip(1).Select(value => value / flow["mse"][0])];
                collapsed.Add(new CollapseCurve(DisplayNumber.Of(dimension), fractions, mse));
                raw.Add(new CollapseCurve(DisplayNumber.Of(dimension), times, mse));
            }
        }

        var options = new CollapseOptions { IsRelative = false };
        var score = CollapseScore.Of(collapsed, options);
        var (overNoise, noiseHalf) = Jackknife(skipped => Ratio(CollapseScore.Of(Without(collapsed, skipped), options)));
        var (overTime, timeHalf) = Jackknife(skipped => CollapseScore.Of(Without(raw, skipped), options).Score / CollapseScore.Of(Without(collapsed, skipped), options).Score);
        yield return Claim.AtMost(
            $"collapse-score-a{DisplayNumber.Of(exponent)}", $"over x_d/d the spread of d = 10^3, 10^4 and 10^5 is that of the seeds (a = {DisplayNumber.Of(exponent)})", 1.5, overNoise, $"{Curves.Paper}, Phase III (consequence)",
            DisplayText.Of($"root mean square spread of {Seeds} random teachers each, {100 * score.Score:G3} %, over their noise, {100 * score.Floor:G3} %; Student's interval by the jackknife over teachers"), PredictionKind.Asymptotic, noiseHalf)
            .At("d", Dimensions[^1]).At("teachers", Seeds).Over(Window) with
        { Lacks = score.IsCollapse is null && overNoise <= 1.5 ? score.Verdict : "" };
        yield return Claim.AtLeast(
            $"collapse-score-time-a{DisplayNumber.Of(exponent)}", $"over time they do not collapse (a = {DisplayNumber.Of(exponent)})", 10, overTime, $"{Curves.Paper}, Phase III (consequence)",
            "the same spread over flow time, over that over x_d/d; Student's interval by the jackknife over teachers", PredictionKind.Asymptotic, timeHalf)
            .At("d", Dimensions[^1]).At("teachers", Seeds).Over(Window);
    }

    private static double Ratio(CollapseScore score) => score.Score / score.Floor;

    // Curves stand dimension by dimension, one per teacher.
    private static CollapseCurve[] Without(List<CollapseCurve> curves, int teacher) => [.. curves.Where((_, index) => index % Seeds != teacher)];

    // The value with all teachers, and the half-width from those with one teacher less.
    private static (double Value, double Half) Jackknife(Func<int, double> without)
    {
        var whole = without(-1);
        double[] pseudo = [.. Enumerable.Range(0, Seeds).Select(teacher => (Seeds * whole) - ((Seeds - 1) * without(teacher)))];
        return (whole, MeanOfRuns.Half(pseudo));
    }

    private static Panel Make(string title, string abscissa, IReadOnlyList<Series> series) => new()
    {
        Title = title,
        X = new Axis(abscissa, true),
        Y = new Axis("MSE", false, 0),
        Series = series,
    };

    private static double Spread(double[] first, double[] second) => first.Zip(second, (a, b) => Math.Abs(a - b)).Max();
}
