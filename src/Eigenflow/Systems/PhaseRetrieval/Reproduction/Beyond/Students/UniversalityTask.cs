using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Beyond the paper: inputs of the same covariance that are not Gaussian, where the theory of Gaussian inputs holds and where it breaks.</summary>
internal static class UniversalityTask
{
    private const int Replicas = 32;

    // Exponent, dimension, end of time, learning rate, batch, and whether the Gaussian theory is expected to hold.
    private static readonly Case[] Cases = [new(2, 100, 4, 1e-3, 8, false), new(0.5, 500, 150, 0.01, 1, false), new(0, 200, 80, 0.01, 1, true)];
    private static readonly double[] Exponents = [0, 0.25, 0.5, 1, 2];
    private static readonly long[] Dimensions = [30, 60, 100, 200, 400, 800, 1600];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var shifts = new double[Cases.Length];
        for (var k = 0; k < Cases.Length; k++)
        {
            (var panel, shifts[k]) = Compare(Cases[k], claims, PartialProgress.Of(progress, k, Cases.Length), cancellation);
            if (!Cases[k].Holds)
                panels.Add(panel);
        }

        panels.Add(Shifts(claims, cancellation));
        claims.Add(EscapeRate(cancellation));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "beyond-universality",
                    Title = "Signs as inputs shift s by up to " + string.Join(", ", Cases.Select((one, k) => $"{DisplayNumber.Of(shifts[k], 2)} s* (a = {DisplayNumber.Of(one.Exponent)})")),
                    Scale = new ColorScale("exponent a"),
                    Caption = FormattableString.Invariant($"(a), (b) s under online SGD with signs ±√λ_i and with Gaussian inputs of the same covariance (dots: means of {Replicas} runs, bars: 10 to 90 % of them), and the exact population flows of both (lines; SGD differs from them by its finite learning rate); teacher all ones, alternating start. ")
                        + string.Join("; ", Cases.Where(one => !one.Holds).Select((one, k) => $"({"ab"[k]}) a = {DisplayNumber.Of(one.Exponent)}, d = {one.Dimension}, η = {DisplayNumber.Of(one.Rate)}, B = {one.Batch}"))
                        + ". (c) Largest distance |s_signs − s_Gaussian| along the two flows up to t = 4/Σλ²: it falls as (ln d)/d for isotropic inputs; for a > 0 it grows with d in the end, because the student of Phase I lies on few modes once λ₁ ≫ Σλ², and one mode settles at s*/(3 + κ₄): at s* for signs, at s*/3 for Gaussian inputs.",
                    Panels = panels,
                },
            ],
        };
    }

    private static PhaseRetrievalProblem Problem(double exponent, long dimension) => new() { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Ones(), Start = Start.Alternating() };

    private static (Panel Panel, double Shift) Compare(Case one, List<Claim> claims, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        const int rows = 40;
        var problem = Problem(one.Exponent, one.Dimension);
        var steps = (long)(one.Until / one.Rate);
        long[] saved = [.. Enumerable.Range(1, rows).Select(row => row * steps / rows)];
        double[] times = [.. saved.Select(step => step * one.Rate)];
        var law = problem.Solve(new UniversalityFlow { InputLaw = InputLaw.Rademacher, Times = times }, null, cancellation);
        var gaussian = problem.Solve(new GradientFlow { Times = times }, null, cancellation);
        Solution Sgd(InputLaw inputs) => problem.Solve(
            new OnlineSgd { InputLaw = inputs, LearningRate = one.Rate, Batch = one.Batch, AtSteps = saved, Replicas = Replicas, Threads = 1 }, progress, cancellation);
        var (sgd, usual) = (Sgd(InputLaw.Rademacher), Sgd(InputLaw.Gaussian));
        cancellation.ThrowIfCancellationRequested();
        var name = $"a = {DisplayNumber.Of(one.Exponent)}, d = {one.Dimension}";
        var row = Enumerable.Range(0, rows).MaxBy(at => Math.Abs(law["s"][at] - gaussian["s"][at]));
        var (predicted, measured) = (law["s"][row] - gaussian["s"][row], sgd["s"][row] - usual["s"][row]);
        var half = MeanOfRuns.Half(double.Hypot(sgd["s-se"][row], usual["s-se"][row]), Replicas);
        var students = $"where the flow's student is spread over {DisplayNumber.Of(Spread(problem, times[row], cancellation), 2)} modes";
        const string obtained = "difference of s between SGD on signs and on Gaussian inputs, where their flows differ most; 95 % interval over runs";
        claims.Add((one.Holds
            ? Claim.AtMost("universality-holds", $"signs as inputs: the theory of Gaussian inputs is off by at most 0.05 s* ({name}), {students}", 0.05, Math.Abs(measured), Curves.Derived, obtained, PredictionKind.Heuristic, half)
            : Claim.AtLeast($"universality-breaks-a{DisplayNumber.Of(one.Exponent)}", $"signs as inputs: the theory of Gaussian inputs is off by at least half of what the flows differ by, {DisplayNumber.Of(Math.Abs(predicted), 2)} s* ({name}), {students}", Math.Abs(predicted) / 2, Math.Abs(measured), Curves.Derived, obtained, PredictionKind.Heuristic, half))
            .UpTo(one.Until).At("runs", Replicas));
        if (one.Batch > 1)
        {
            claims.Add(MeanOfRuns.Of(sgd, law, "s", 1).Claim(
                $"universality-flow-a{DisplayNumber.Of(one.Exponent)}", $"signs as inputs: the mean of SGD is the flow with fourth cumulants ({name})", Replicas, null, Curves.Derived, "largest distance of s over the steps, in standard errors", PredictionKind.Asymptotic).UpTo(one.Until));
        }

        return (new Panel
        {
            Title = name,
            X = new Axis("flow time t", false, 0, one.Until),
            Y = new Axis("s/s*"),
            Series =
            [
                SolutionSeries.Of(gaussian, "s", "Gaussian inputs", 0),
                SolutionSeries.Of(law, "s", "signs", 1),
                SolutionSeries.Of(usual, "s", "Gaussian inputs", 0, SeriesStyle.Points),
                SolutionSeries.Of(sgd, "s", "signs", 1, SeriesStyle.Points),
            ],
        }, Math.Abs(predicted));
    }

    // s²/Σ λ² w⁴ of the flow of signs at a time: the fourth cumulants are κ₄ s²/this.
    private static double Spread(PhaseRetrievalProblem problem, double time, CancellationToken cancellation)
    {
        var row = problem.Solve(new UniversalityFlow { InputLaw = InputLaw.Rademacher, Times = [time] }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return row["student-participation"][0];
    }

    private static Panel Shifts(List<Claim> claims, CancellationToken cancellation)
    {
        double[] dimensions = [.. Dimensions.Select(dimension => (double)dimension)];
        var series = new List<Series>();
        foreach (var exponent in Exponents)
        {
            var shifts = Dimensions.Select(dimension =>
            {
                var problem = Problem(exponent, dimension);
                var end = 4 / problem.Modes(ModeRepresentation.Full, cancellation).SumOverModes(value => value * value);
                double[] times = [.. Enumerable.Range(1, 100).Select(row => row * end / 100)];
                var (law, gaussian) = (problem.Solve(new UniversalityFlow { InputLaw = InputLaw.Rademacher, Times = times, RelativeTolerance = 1e-6 }, null, cancellation), problem.Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-6, KeepsDenseOutput = false }, null, cancellation));
                cancellation.ThrowIfCancellationRequested();
                return law["s"].Zip(gaussian["s"], (a, b) => Math.Abs(a - b)).Max();
            }).ToArray();
            series.Add(new Series { Label = $"a = {DisplayNumber.Of(exponent)}", X = dimensions, Y = shifts, Value = exponent });
            series.Add(series[^1] with { Style = SeriesStyle.Points });
            if (exponent != 0)
                continue;
            // The escape rate changes by κ₄/(3d) of it, and the escape takes ln d/ρ.
            series.Add(SolutionSeries.Function(dimensions, dimension => shifts[^1] * Math.Log(dimension) / Math.Log(dimensions[^1]) * dimensions[^1] / dimension, "∝ (ln d)/d", CurveColors.Neutral));
            var fit = PowerLaw.Fit(dimensions, [.. shifts.Zip(dimensions, (shift, dimension) => shift / Math.Log(dimension))], new PowerLawOptions());
            claims.Add(Claim.Absolute(
                "universality-delocalised", "isotropic inputs: the largest shift of s by signs falls as (ln d)/d", -1, fit.Exponent, 0.1, Curves.Derived, "fitted slope of the shift over ln d, d = 30 to 1600, flows", PredictionKind.Asymptotic, fit.MeanHalf).At("d", Dimensions[^1]));
        }

        return new Panel { Title = "all spectra", X = new Axis("dimension d", true), Y = new Axis("largest shift of s/s*", true), Series = series };
    }

    private static Claim EscapeRate(CancellationToken cancellation)
    {
        const int dimension = 100;
        var problem = Problem(2, dimension);
        var modes = problem.Modes(ModeRepresentation.Full, cancellation);
        var small = modes.Start.Select(value => 1e-12 * value);
        double[] times = [.. Enumerable.Range(0, 41).Select(row => 3 + (row * 0.05))];
        var flow = (problem with { Start = Start.FromValues(small) }).Solve(new UniversalityFlow { InputLaw = InputLaw.Rademacher, Times = times }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var fit = PowerLaw.Fit([.. times.Select(time => Math.Exp(time))], [.. flow["u"].Select(Math.Abs)], new PowerLawOptions { MinimumDecades = 0 });
        return Claim.Relative(
            "universality-escape", "signs as inputs: |u| grows at the rate of 1 = 8 Σ λ_i² w*_i²/(ρ − 4λ_i s* − 4κ₄ λ_i² w*_i²) (a = 2, d = 100)", UniversalityFlow.EscapeRate(modes, InputLaw.Rademacher), fit.Exponent, 0.01,
            Curves.Derived, "least-squares slope of ln |u| over t = 3 to 5 from a tiny start", PredictionKind.Exact, fit.MeanHalf).At("d", dimension);
    }

    private sealed record Case(double Exponent, int Dimension, double Until, double Rate, int Batch, bool Holds);
}
