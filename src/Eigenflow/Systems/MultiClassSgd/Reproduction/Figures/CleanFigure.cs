using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Numerics.Ode;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd.Kernels;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Figure 5: SGD aligns with clean directions: the part of the signal that they carry, and the weights by eigenvalue.</summary>
internal static class CleanFigure
{
    private const int Dimension = 1000;
    private const double LearningRate = 0.5;
    private const double End = 1000;

    private static readonly (string Name, string Id, ClassSpectrum Spectrum, double Share)[] Cases =
        [("zero–one, φ = 0.5", "zero-one", ClassSpectrum.ZeroOne(0.5), 0.912), ("α = 0.5", "a0.5", ClassSpectrum.PowerLaw(0.5), 0.695), ("α = 2", "a2", ClassSpectrum.PowerLaw(2), 0.819)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        List<Series> shares = [], weights = [];
        var ends = new List<(string Name, double Value)>();
        for (var k = 0; k < Cases.Length; k++)
        {
            var (name, id, spectrum, share) = Cases[k];
            var problem = Lab.Symmetric(Dimension, spectrum, new LogisticLoss());
            var theory = problem.Theory(LearningRate, Lab.Logarithmic(0.01, End, 81), cancellation);
            var clean = theory["clean-share"];
            ends.Add((name, clean[^1]));
            shares.Add(SolutionSeries.Of(theory, "clean-share", name, k, abscissa: "t"));
            claims.Add(Claim.Absolute($"clean-share-{id}", $"the clean half carries {DisplayNumber.Of(share)} of the signal at t = 1000 ({name}, logistic, d = {Dimension}, γ = 0.5)", share, clean[^1], 0.001, Lab.Derived, "theory").UpTo(End, "t", End).At("d", Dimension, Dimension));
            claims.Add(Claim.AtLeast(
                $"clean-grows-{id}", $"and that part grew all the time until then, from 1/2 on ({name}, the same)", 0, clean.Zip(clean.Skip(1), (before, after) => after - before).Min(), Lab.Paper, "smallest step of the theory between 80 times from t = 0.01 to 1000").UpTo(End));
            if (k > 0)
                weights.AddRange(Weights(problem, name, k, cancellation));
            progress?.Report(new Progress((k + 1.0) / Cases.Length, "clean directions"));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = $"At t = 1000 clean modes carry {string.Join(", ", ends.Select(end => $"{DisplayNumber.Fixed(end.Value, 2)} ({end.Name.Split(',')[0]})"))} of the signal",
                    Caption = $"(a) Part Σ_{{clean}} μ_{{ρ}} x_{{ρ}}/m of the mean margin that comes from the modes without variance, or from the half with the smaller eigenvalues. (b) Mean weight over mean, x_{{ρ}}/μ_{{ρ}}, by eigenvalue at three times. Logistic regression, theory, d = {Dimension}, γ = 0.5, flat mean of norm 1.",
                    Panels =
                    [
                        new Panel { Title = "part of the signal in clean modes", X = new Axis("time t", true), Y = new Axis("clean share", false, 0.4, 1), Series = shares, Lines = [new ReferenceLine(0.5, "start", IsVertical: false)] },
                        new Panel { Title = "weights by eigenvalue", X = new Axis("eigenvalue λ", true, 1e-5), Y = new Axis("x_{ρ}/μ_{ρ}", true), Series = weights },
                    ],
                },
            ],
        };
    }

    // The state itself, which observables do not show.
    private static IEnumerable<Series> Weights(MultiClassProblem problem, string name, int color, CancellationToken cancellation)
    {
        var modes = problem.Modes(ModeRepresentation.Full);
        foreach (var (time, style) in new[] { (10.0, SeriesStyle.Dotted), (100, SeriesStyle.Dashed), (End, SeriesStyle.Line) })
        {
            var solver = new StiffSolver<MarginSystem>(new MarginSystem(modes, (MarginLoss)problem.Loss, ScheduledRate.Constant(LearningRate), 1), new AdaptiveOptions());
            solver.Start(0, new double[modes.Directions + modes.Blocks + 1]);
            while (solver.Time < time)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!solver.Step(time))
                    throw new InvalidOperationException(solver.Failure);
            }

            var state = solver.State.ToArray();
            yield return new Series
            {
                Label = $"{name}, t = {DisplayNumber.Of(time)}",
                X = modes.Spectra[0],
                Y = [.. modes.Means[0].Select((mean, rho) => state[rho] / mean)],
                Color = color,
                Style = style,
                Role = SeriesRole.Theory,
            };
        }
    }
}
