using Eigenflow.Random;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>A statement about the estimators of a problem, put to the test on its own group and templates.</summary>
/// <param name="Name">Name.</param>
/// <param name="Left">One side, or the largest deviation.</param>
/// <param name="Right">The other side.</param>
/// <param name="Deviation">How far they are apart: relative for what is exact, in standard errors for means over draws.</param>
/// <param name="Limit">The largest deviation with which it holds, chosen before; not a number for what is measured and not tested.</param>
internal sealed record VerifiedStatement(string Name, double Left, double Right, double Deviation, double Limit)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => !(Deviation > Limit);
}

/// <summary>The statements about orbit targets (arXiv 2502.09890; zero noise and unbiased sampling: derived), each tested on random samples of a problem. Exact ones are tested to rounding, means over draws to four standard errors.</summary>
internal sealed class Verification
{
    private const int Stream = 2;
    private const int ExactDraws = 16;
    private const double Rounding = 1e-8;
    private const double StandardErrors = 4;

    private readonly DiffusionProblem problem;
    private readonly NoiseLevel level;
    private readonly int draws;
    private readonly ulong seed;
    private readonly double scale;
    private readonly PairSampler pairs;
    private readonly TargetEstimator orbit, full, estimator, plain;
    private readonly double[] clean, noisy, element, first, second, third, normals;

    /// <param name="problem">The problem.</param>
    /// <param name="draws">Random samples of means.</param>
    /// <param name="seed">Seed.</param>
    public Verification(DiffusionProblem problem, int draws, long seed)
    {
        (this.problem, this.draws, this.seed) = (problem, draws, (ulong)seed);
        level = problem.Level;
        pairs = new PairSampler(problem, true);
        (orbit, full, estimator, plain) = (TargetEstimator.Of(problem, EstimatorKind.Orbit), TargetEstimator.Of(problem, EstimatorKind.Full), TargetEstimator.Of(problem), TargetEstimator.Of(problem, EstimatorKind.Augmented));
        var d = problem.Dimension;
        (clean, noisy, first, second, third) = (new double[d], new double[d], new double[d], new double[d], new double[d]);
        element = new double[problem.Group.Normals];
        normals = new double[pairs.Normals + estimator.Normals];
        scale = problem.IsTorus ? 1 / level.Sigma : Math.Sqrt(problem.MeanSquare);
    }

    /// <summary>Names and meanings, in their order.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Statements { get; } =
    [
        ("kernel", "The kernel is equivariant, q(gx|gx₀) = q(x|x₀)."),
        ("equivariance", "The orbit target is equivariant, φ*(x₀, hx) = hφ*(x₀, x)."),
        ("orbit-invariance", "The orbit target does not depend on the pose of x₀, φ*(hx₀, x) = φ*(x₀, x)."),
        ("posed-model", "For an equivariant denoiser the loss of a sample does not depend on its pose: augmentation reduces no variance."),
        ("unbiased-orbit", "The orbit target is unbiased: x₀ − φ* is uncorrelated with functions of x, here φ* itself."),
        ("unbiased-full", "The mean over templates and poses is unbiased: x₀ − E[x₀|x] is uncorrelated with E[x₀|x]."),
        ("covariance-orbit", "Cov(augmented) − Cov(orbit) = 4E[Jᵀ Cov(x₀|x, orbit) J] ⪰ 0, along a direction of the gradient of a linear denoiser."),
        ("covariance-full", "Cov(orbit) − Cov(full) = 4E[Jᵀ Cov(φ*|x) J] ⪰ 0, along a direction of the gradient of a linear denoiser."),
        ("loss-gap", "The losses of the augmented and the orbit target differ by E tr Cov(x₀|x, orbit) whatever the denoiser, here a poor linear one."),
        ("zero-noise", "At the optimum the noise of the orbit target is that between templates, E‖φ* − E[x₀|x]‖²: none for one template."),
        ("total-variance", "E‖x₀ − E[x₀|x]‖² = E tr Cov(x₀|x, orbit) + E‖φ* − E[x₀|x]‖², three integrals."),
        ("estimator", "The target of the chosen estimator is unbiased along the orbit target; of one that is biased by construction the correlation is measured and not tested."),
    ];

    /// <summary>Tests a statement.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the work.</param>
    public VerifiedStatement Test(string name, CancellationToken cancellation) => name switch
    {
        "kernel" => Exactly(name, KernelDeviation, cancellation),
        "equivariance" => Exactly(name, EquivarianceDeviation, cancellation),
        "orbit-invariance" => Exactly(name, InvarianceDeviation, cancellation),
        "posed-model" => Exactly(name, PosedDeviation, cancellation),
        "unbiased-orbit" => Mean(name, () => Vectors.Dot(first, second) - Vectors.Dot(second, second), 0, cancellation),
        "unbiased-full" => Mean(name, () => Vectors.Dot(first, third) - Vectors.Dot(third, third), 0, cancellation),
        "covariance-orbit" => Mean(name, () => Along(first) - Along(second) - Between(first, second), 0, cancellation),
        "covariance-full" => Mean(name, () => Along(second) - Along(third) - Between(second, third), 0, cancellation),
        "loss-gap" => Mean(name, LossGap, TargetVariance.Of(problem, cancellation).Orbit, cancellation),
        "zero-noise" => Mean(name, () => Vectors.SquaredDistance(second, third), TargetVariance.Of(problem, cancellation).Between, cancellation),
        "total-variance" => TotalVariance(name, cancellation),
        _ => OfEstimator(name, cancellation),
    };

    private static double Distance(double[] one, double[] other) => Math.Sqrt(Vectors.SquaredDistance(one, other));

    private void Draw(long number)
    {
        GaussianGenerator.Fill(new GaussianAddress(seed, Stream, 0, number), 0, normals);
        var template = pairs.Draw(level, normals, clean, noisy);
        plain.Target(level, template, clean, noisy, [], first);
        orbit.Target(level, template, clean, noisy, [], second);
        full.Target(level, template, clean, noisy, [], third);
        Template = template;
    }

    private int Template { get; set; }

    private VerifiedStatement Exactly(string name, Func<double> deviation, CancellationToken cancellation)
    {
        var largest = 0.0;
        for (var k = 0; k < ExactDraws; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            Draw(k);
            GaussianGenerator.Fill(new GaussianAddress(seed, Stream, 1, k), 0, element);
            largest = Math.Max(largest, deviation());
        }

        return new VerifiedStatement(name, largest, 0, double.IsNaN(largest) ? double.PositiveInfinity : largest, Rounding);
    }

    private VerifiedStatement Mean(string name, Func<double> value, double expected, CancellationToken cancellation)
    {
        var (sum, squares, largest) = (0.0, 0.0, 0.0);
        var values = new double[draws];
        for (var k = 0; k < draws; k++)
        {
            if (k % 64 == 0)
                cancellation.ThrowIfCancellationRequested();
            Draw(k);
            values[k] = value();
            largest = Math.Max(largest, Math.Abs(values[k]));
            sum += values[k] / draws;
        }

        foreach (var one in values)
            squares += (one - sum) * (one - sum);

        // What vanishes in every sample has no scatter but rounding.
        var error = Math.Max(Math.Sqrt(squares / (draws - 1) / draws), 1e-12 * scale * scale);
        return new VerifiedStatement(name, sum, expected, Math.Abs(sum - expected) / error, StandardErrors);
    }

    private double KernelDeviation()
    {
        double[] movedClean = new double[clean.Length], movedNoisy = new double[clean.Length];
        problem.Group.Apply(element, clean, movedClean);
        problem.Group.Apply(element, noisy, movedNoisy);
        return Math.Abs(LogKernel(clean, noisy) - LogKernel(movedClean, movedNoisy)) / Math.Max(1, Math.Abs(LogKernel(clean, noisy)));
    }

    private double LogKernel(double[] x0, double[] x)
    {
        if (problem.IsTorus)
            return TorusScore.Conditional(level, x0, x, new double[x0.Length]);
        var square = 0.0;
        for (var j = 0; j < x.Length; j++)
            square += Math.Pow((x[j] - (level.Alpha * x0[j])) / level.Sigma, 2);
        return -0.5 * square;
    }

    // A score does not turn with a translation.
    private double EquivarianceDeviation()
    {
        double[] moved = new double[noisy.Length], expected = new double[noisy.Length], found = new double[noisy.Length];
        problem.Group.Apply(element, noisy, moved);
        if (problem.IsTorus)
            second.CopyTo(expected, 0);
        else
            problem.Group.Apply(element, second, expected);
        orbit.Target(level, Template, clean, moved, [], found);
        return Distance(found, expected) / scale;
    }

    private double InvarianceDeviation()
    {
        double[] moved = new double[noisy.Length], found = new double[noisy.Length];
        double[][] templates = [.. problem.Templates.Values];
        templates[Template] = new double[noisy.Length];
        problem.Group.Apply(element, problem.Templates.Values[Template], templates[Template]);
        problem.Group.Apply(element, clean, moved);
        TargetEstimator.Of(problem with { Templates = problem.Templates with { Values = templates } }, EstimatorKind.Orbit).Target(level, Template, moved, noisy, [], found);
        return Distance(found, second) / scale;
    }

    private double PosedDeviation()
    {
        double[] movedClean = new double[clean.Length], movedNoisy = new double[clean.Length], target = new double[clean.Length], posterior = new double[clean.Length];
        problem.Group.Apply(element, clean, movedClean);
        problem.Group.Apply(element, noisy, movedNoisy);
        full.Target(level, Template, movedClean, movedNoisy, [], posterior);
        plain.Target(level, Template, movedClean, movedNoisy, [], target);
        return Math.Abs(Vectors.SquaredDistance(posterior, target) - Vectors.SquaredDistance(third, first)) / (scale * scale);
    }

    // Squared gradients along a fixed direction of the matrix of a linear denoiser at zero: that of targets t is 4(u·t)²(w·x)²; means are equal, so that differences of squares are those of variances.
    private double Along(double[] target) => 4 * Math.Pow(Project(target, 0) * Project(noisy, 1), 2) / Unit;

    private double Between(double[] target, double[] mean)
    {
        var part = Project(target, 0) - Project(mean, 0);
        return 4 * Math.Pow(part * Project(noisy, 1), 2) / Unit;
    }

    private double Unit => problem.IsTorus ? 1 : Math.Max(double.Epsilon, (level.Alpha * level.Alpha * problem.MeanSquare) + (level.Sigma * level.Sigma * problem.Dimension));

    private double LossGap()
    {
        var (difference, factor) = (0.0, 0.5 * (problem.IsTorus ? scale : 1 / Math.Max(level.Alpha, level.Sigma / scale)));
        for (var j = 0; j < noisy.Length; j++)
        {
            // A permuted and signed copy of x: a denoiser that is neither equivariant nor good.
            var output = factor * noisy[noisy.Length - 1 - j] * (j % 2 == 0 ? 1 : -1);
            difference += Math.Pow(output - first[j], 2) - Math.Pow(output - second[j], 2);
        }

        return difference;
    }

    private VerifiedStatement TotalVariance(string name, CancellationToken cancellation)
    {
        var parts = TargetVariance.Of(problem, cancellation);
        var limit = Math.Max(Rounding, StandardErrors * parts.Error);
        return new VerifiedStatement(name, parts.Full, parts.Orbit + parts.Between, Math.Abs(parts.Full - parts.Orbit - parts.Between) / parts.Clean, limit);
    }

    private VerifiedStatement OfEstimator(string name, CancellationToken cancellation)
    {
        var target = new double[noisy.Length];
        var tested = Mean(name, () =>
        {
            estimator.Target(level, Template, clean, noisy, normals.AsSpan(pairs.Normals), target);
            return Vectors.Dot(target, second) - Vectors.Dot(second, second);
        }, 0, cancellation);
        return problem.Estimator.IsUnbiased() || problem.Estimator == EstimatorKind.Plain ? tested : tested with { Limit = double.NaN };
    }

    private static readonly double[] Phases = [0.4, 1.9];

    private static double Direction(int j, int which) => Math.Sin((2.3 * j) + Phases[which]);

    private static double Project(double[] vector, int which)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var j = 0; j < vector.Length; j++)
        {
            sum += Direction(j, which) * vector[j];
            squares += Direction(j, which) * Direction(j, which);
        }

        return sum / Math.Sqrt(squares);
    }
}
