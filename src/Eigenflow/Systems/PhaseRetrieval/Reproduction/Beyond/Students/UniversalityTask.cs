using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Beyond the paper: inputs of the same covariance that are not Gaussian, where the theory of Gaussian inputs holds and where it breaks.</summary>
internal static class UniversalityTask
{
    private const int Replicas = 32;
    private static readonly InputLaw[] Laws = [InputLaw.Rademacher, InputLaw.Uniform, InputLaw.Student(10)];
    private static readonly string[] Names = ["signs", "uniform", "Student, ν = 10"];

    // Exponent, dimension, end of time, learning rate, batch.
    private static readonly (double Exponent, int Dimension, double Until, double Rate, int Batch)[] Cases = [(2, 100, 4, 1e-3, 8), (0.5, 1000, 250, 0.02, 1)];
    private static readonly (double Exponent, long[] Dimensions)[] Spectra = [(0, [30, 100, 300, 1000]), (0.5, [30, 100, 300, 1000]), (1, [30, 100, 300, 1000]), (1.5, [30, 100, 300, 1000]), (2, [30, 100, 300, 1000])];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var shifts = new double[Cases.Length];
        for (var k = 0; k < Cases.Length; k++)
        {
            (var panel, shifts[k]) = Compare(Cases[k], claims, PartialProgress.Of(progress, k, Cases.Length), cancellation);
            panels.Add(panel);
        }

        panels.Add(Rates(claims));
        claims.Add(EscapeRate(cancellation));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "beyond-universality",
                    Title = $"Signs as inputs shift s by up to {DisplayNumber.Fixed(shifts[0], 2)} s* where a = {DisplayNumber.Of(Cases[0].Exponent)}, by {DisplayNumber.Of(shifts[1], 1)} s* where a = {DisplayNumber.Of(Cases[1].Exponent)}",
                    Caption = FormattableString.Invariant($"(a), (b) s under online SGD with signs ±√λ_i as inputs (dots: mean of {Replicas} runs, bars: 10 to 90 % of them), its exact population flow (line) and that of Gaussian inputs of the same covariance (dashed); teacher all ones, alternating start. ")
                        + $"(a) a = 2, d = {Cases[0].Dimension}, η = {DisplayNumber.Of(Cases[0].Rate)}, B = {Cases[0].Batch}; (b) a = 0.5, d = {Cases[1].Dimension}, η = {DisplayNumber.Of(Cases[1].Rate)}, B = 1. "
                        + "(c) Relative shift of the escape rate by the fourth cumulants against the number of modes that the teacher's output is spread over, PR = (Σ λ_i w*_i²)²/Σ λ_i² w*_i⁴; a = 0 to 2, d = 30 to 1000; line: |κ₄|/(3 PR), exact for isotropic inputs.",
                    Panels = panels,
                },
            ],
        };
    }

    private static PhaseRetrievalProblem Problem(double exponent, long dimension) => new() { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Ones(), Start = Start.Alternating() };

    private static (Panel Panel, double Shift) Compare(
        (double Exponent, int Dimension, double Until, double Rate, int Batch) one, List<Claim> claims, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        const int rows = 40;
        var problem = Problem(one.Exponent, one.Dimension);
        var steps = (long)(one.Until / one.Rate);
        long[] saved = [.. Enumerable.Range(1, rows).Select(row => row * steps / rows)];
        double[] times = [.. saved.Select(step => step * one.Rate)];
        var law = problem.Solve(new UniversalityFlow { InputLaw = InputLaw.Rademacher, Times = times }, null, cancellation);
        var gaussian = problem.Solve(new GradientFlow { Times = times }, null, cancellation);
        var sgd = problem.Solve(
            new OnlineSgd { InputLaw = InputLaw.Rademacher, LearningRate = one.Rate, Batch = one.Batch, AtSteps = saved, Replicas = Replicas, Threads = 1 }, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var name = $"a = {DisplayNumber.Of(one.Exponent)}, d = {one.Dimension}";
        var row = Enumerable.Range(0, rows).MaxBy(at => Math.Abs(law["s"][at] - gaussian["s"][at]));
        var (predicted, measured) = (law["s"][row] - gaussian["s"][row], sgd["s"][row] - gaussian["s"][row]);
        var half = MeanOfRuns.Half(sgd["s-se"][row], Replicas);
        var isBroken = one.Exponent > 1;
        claims.Add(isBroken
            ? Claim.AtLeast(
                "universality-breaks", $"signs as inputs: the theory of Gaussian inputs is off by at least 0.05 s* ({name}), where the teacher's output is that of {DisplayNumber.Of(UniversalityFlow.Participation(problem.Modes()), 2)} modes", 0.05, Math.Abs(measured), Curves.Derived,
                "s of SGD minus s of the Gaussian flow, where the two flows differ most; 95 % interval over runs", PredictionKind.Heuristic, half).UpTo(one.Until).At("runs", Replicas)
            : Claim.AtMost(
                "universality-holds", $"signs as inputs: the theory of Gaussian inputs is off by at most 0.05 s* ({name}), where the teacher's output is that of {DisplayNumber.Of(UniversalityFlow.Participation(problem.Modes()), 2)} modes", 0.05, Math.Abs(measured), Curves.Derived,
                "s of SGD minus s of the Gaussian flow, where the two flows differ most; 95 % interval over runs", PredictionKind.Heuristic, half).UpTo(one.Until).At("runs", Replicas));
        claims.Add(MeanOfRuns.Of(sgd, law, "s", 1).Claim(
            $"universality-flow-a{DisplayNumber.Of(one.Exponent)}", $"signs as inputs: the mean of SGD is the flow with fourth cumulants ({name})", Replicas, null, Curves.Derived, "largest distance of s over the steps, in standard errors", PredictionKind.Asymptotic).UpTo(one.Until));
        return (new Panel
        {
            Title = name,
            X = new Axis("flow time t", false, 0, one.Until),
            Y = new Axis("s/s*"),
            Series =
            [
                SolutionSeries.Of(gaussian, "s", "Gaussian inputs, flow", 0, SeriesStyle.Dashed),
                SolutionSeries.Of(law, "s", "signs, flow", 1),
                SolutionSeries.Of(sgd, "s", "signs, SGD", 1, SeriesStyle.Points).Against(law, "s"),
            ],
        }, Math.Abs(predicted));
    }

    private static Panel Rates(List<Claim> claims)
    {
        var series = new List<Series>();
        double[] all = [];
        for (var k = 0; k < Laws.Length; k++)
        {
            var points = new List<(double Participation, double Shift)>();
            foreach (var (exponent, dimensions) in Spectra)
            {
                foreach (var dimension in dimensions)
                {
                    var modes = Problem(exponent, dimension).Modes(ModeRepresentation.Full);
                    points.Add((UniversalityFlow.Participation(modes), Math.Abs((UniversalityFlow.EscapeRate(modes, Laws[k]) / EscapeTheory.Of(modes).Rate) - 1)));
                }
            }

            points.Sort();
            double[] x = [.. points.Select(point => point.Participation)], y = [.. points.Select(point => point.Shift)];
            all = x;
            series.Add(new Series { Label = Names[k], X = x, Y = y, Style = SeriesStyle.Points, Color = k + 1 });
            series.Add(SolutionSeries.Function([x[0], x[^1]], participation => Math.Abs(Laws[k].ExcessKurtosis) / (3 * participation), Names[k], k + 1, SeriesStyle.Line));
            if (k > 0)
                continue;
            var fit = PowerLaw.Fit(x, y, new PowerLawOptions());
            claims.Add(Claim.Absolute(
                "universality-participation", "the relative shift of the escape rate falls as 1/PR over all spectra (a = 0 to 2, d = 30 to 1000, signs)", -1, fit.Exponent, 0.2, Curves.Derived,
                "fitted slope over twenty spectra", PredictionKind.Heuristic, (fit.Upper - fit.Lower) / 2).At("spectra", x.Length));
        }

        return new Panel { Title = "escape rate", X = new Axis("participation PR", true, all[0] / 1.5, all[^1] * 1.5), Y = new Axis("|ρ_law/ρ − 1|", true), Series = series };
    }

    private static Claim EscapeRate(CancellationToken cancellation)
    {
        const int dimension = 100;
        var problem = Problem(2, dimension);
        var small = problem.Modes(ModeRepresentation.Full).Start.Select(value => 1e-12 * value);
        double[] times = [.. Enumerable.Range(0, 41).Select(row => 3 + (row * 0.05))];
        var flow = (problem with { Start = Start.FromValues(small) }).Solve(new UniversalityFlow { InputLaw = InputLaw.Rademacher, Times = times }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var fit = PowerLaw.Fit([.. times.Select(time => Math.Exp(time))], [.. flow["u"].Select(Math.Abs)], new PowerLawOptions { MinimumDecades = 0 });
        return Claim.Relative(
            "universality-escape", "signs as inputs: |u| grows at the rate of 1 = 8 Σ λ_i² w*_i²/(ρ − 4λ_i s* − 4κ₄ λ_i² w*_i²) (a = 2, d = 100)", UniversalityFlow.EscapeRate(problem.Modes(ModeRepresentation.Full), InputLaw.Rademacher), fit.Exponent, 0.01,
            Curves.Derived, "least-squares slope of ln |u| over t = 3 to 5 from a tiny start", PredictionKind.Exact, (fit.Upper - fit.Lower) / 2).At("d", dimension);
    }
}
