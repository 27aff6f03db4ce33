using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionCurves;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Figure 5: noise of the gradient of linear denoisers at their optimum, orbit over augmented targets, and SGD on a cloud under SO(3) with plain, augmented and orbit targets.</summary>
internal static class GradientFigure
{
    private const int Runs = 300;
    private const int Places = 24;

    private static readonly (EstimatorKind Kind, int Color)[] Kinds = [(EstimatorKind.Plain, 2), (EstimatorKind.Augmented, 0), (EstimatorKind.Orbit, 1)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var coarsest = 0.0;
        var (ratios, curves, claims) = (new List<Series>(), new List<Series>(), new List<Claim>());
        foreach (var (index, (group, name, color)) in Groups.Index())
        {
            var unit = Problem(group, 1);
            double[] signals = Logarithmic(0.2, 8, group == "so3" ? Places : 30);
            (double Value, double Error)[] values = [.. signals.Select((signal, k) =>
            {
                progress?.Report(new Progress(0.2 * (index + ((double)k / signals.Length)), name));
                return TargetNoise.Ratio(unit.At(Math.Sqrt(unit.MeanSquare) / signal), cancellation, group == "so3" ? 1 : TargetNoise.Refinement);
            })];

            // The same lattice everywhere: errors of neighbours are alike, and the line is smooth.
            var line = new Series { Label = name, X = signals, Y = [.. values.Select(one => one.Value)], Color = color };
            ratios.Add(group != "so3" ? line : line with { Lower = [.. values.Select(one => one.Value * (1 - one.Error))], Upper = [.. values.Select(one => one.Value * (1 + one.Error))] });
            coarsest = Math.Max(coarsest, values.Max(one => one.Error));
        }

        claims.Add(Loud(cancellation));
        long[] saved = [1, 3, 10, 30, 100, 300, 1000];
        var last = new Dictionary<EstimatorKind, double>();
        foreach (var (kind, color) in Kinds)
        {
            var name = DiffusionParameters.Word(kind);
            progress?.Report(new Progress(0.6 + (0.13 * color), name));
            var problem = Problem("so3", 0.8, kind) with { IsCentred = true };
            var theory = problem.Solve(new SgdTheory { Batch = 4, Steps = 1000, LearningRate = 0.01, Points = 60 }, null, cancellation);
            var exact = problem.Solve(new SgdTheory { Batch = 4, Steps = 1000, LearningRate = 0.01, AtSteps = saved }, null, cancellation);
            var runs = problem.Solve(new OnlineSgd { Batch = 4, Steps = 1000, LearningRate = 0.01, AtSteps = saved, Replicas = Runs, Seed = 51, Threads = 1 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            curves.Add(SolutionSeries.Of(theory, "excess-risk", name, color));
            curves.Add(Dots(name, color, runs["step"], [.. Enumerable.Range(0, runs.Rows).Select(row => new DrawnMean(runs["excess-risk"][row], runs["excess-risk-se"][row]))]));
            claims.Add(MeanOfRuns.Of(runs, exact, "excess-risk", 1).Claim($"cloud-{name}", $"{Distance}the excess risk of SGD on a linear denoiser with {name} targets follows its recursion (four points, SO(3), σ = 0.8)", Runs, null, Derived, $"largest distance over {saved.Length} steps; noise of orbit targets to about 1 % by quadrature", PredictionKind.Exact).UpTo(1000, "k"));
            last[kind] = exact["excess-risk"][^1];
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = $"Excess risk {DisplayNumber.Of(last[EstimatorKind.Orbit], 2)} with orbit, {DisplayNumber.Of(last[EstimatorKind.Augmented], 2)} with augmented targets, {DisplayNumber.Of(last[EstimatorKind.Plain], 2)} without poses",
                    Caption = $"(a) Trace of the noise of the gradient of the linear denoiser at its optimum, orbit over augmented target, which is the ratio of the floors of SGD; one template; band: error of the integral for SO(3), at most {DisplayNumber.Percent(coarsest)}. (b) Excess risk on samples in random poses of SGD on a linear denoiser of four centred points under SO(3), σ = 0.8, η = 0.01, B = 4: exact recursion and {Runs} runs with 95 % intervals. Plain targets see one pose alone and converge to another denoiser.",
                    Panels =
                    [
                        new Panel { Title = "gradient noise at the optimum", X = new Axis("signal s = α‖a‖/σ", true), Y = new Axis("orbit / augmented", false, 0, 1), Series = ratios },
                        new Panel { Title = "a cloud under SO(3)", X = new Axis("step k", true), Y = new Axis("excess risk", true), Series = curves },
                    ],
                },
            ],
        };
    }

    // At high noise what orbit targets leave is a small part of what they are a difference of.
    private static Claim Loud(CancellationToken cancellation)
    {
        const double sigma = 3, rate = 0.001;
        const int steps = 400;
        long[] saved = [10, 50, 100, 200, 400];
        var problem = Problem("so3", sigma) with { IsCentred = true };
        var exact = problem.Solve(new SgdTheory { Batch = 4, Steps = steps, LearningRate = rate, AtSteps = saved }, null, cancellation);
        var runs = problem.Solve(new OnlineSgd { Batch = 4, Steps = steps, LearningRate = rate, AtSteps = saved, Replicas = Runs, Seed = 52, Threads = 1 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return MeanOfRuns.Of(runs, exact, "excess-risk", 1).Claim("cloud-orbit-loud", DisplayText.Of($"{Distance}at high noise the excess risk of SGD with orbit targets follows its recursion (four points, SO(3), σ = {sigma}, η = {rate})"), Runs, null, Derived, DisplayText.Of($"largest distance over {saved.Length} steps; noise of orbit targets to {DisplayNumber.Percent(exact["excess-risk-error"][^1] / exact["excess-risk"][^1])} by quadrature"), PredictionKind.Exact).UpTo(steps, "k");
    }
}
