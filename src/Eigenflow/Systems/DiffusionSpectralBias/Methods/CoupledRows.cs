namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Rows of problems whose modes see each other.</summary>
internal static class CoupledRows
{
    // Fourth-order steps in ln σ over the range of 10.6: the error of a variance is below 1e-6 with the fewest.
    private const int ManySteps = 1000;
    private const int FewSteps = 400;
    private const int FewestModes = 32;

    /// <summary>The law of the probability-flow ODE.</summary>
    public static Func<double, double[]> Continuous(DiffusionProblem problem, IReadOnlyList<int> shown, CancellationToken cancellation)
    {
        var sampler = new MatrixSampler(problem);
        var steps = problem.Architecture.Kind == ArchitectureKind.Tied ? FewSteps : problem.Dimension <= FewestModes ? ManySteps : FewSteps;
        NoiseLevel[] levels = [.. sampler.ContinuousSigmas(steps).Select(problem.Levels.At)];
        return Rows(problem, levels, shown, network => sampler.Continuous(network, levels, cancellation), cancellation);
    }

    /// <summary>The law of a discrete sampler.</summary>
    public static Func<double, double[]> Discrete(DiffusionProblem problem, DiscreteSampler discrete, IReadOnlyList<int> shown, CancellationToken cancellation)
    {
        var sampler = new MatrixSampler(problem);
        return Rows(problem, discrete.Levels(problem), shown, network => sampler.Discrete(discrete, network), cancellation);
    }

    /// <summary>The loss of a network [W b] at a level, E|f − y|² with f = Wx + b.</summary>
    public static double Loss(DiffusionProblem problem, NoiseLevel level, double[] network)
    {
        int d = problem.Dimension, size = d + 1;
        var sum = 0.0;
        for (var i = 0; i < d; i++)
        {
            var bias = network[(i * size) + d] - (level.A * Mean(i));
            for (var j = 0; j < d; j++)
            {
                double gain = network[(i * size) + j], signal = (level.Alpha * gain) - (i == j ? level.A : 0), noise = (level.S * gain) - (i == j ? level.C : 0);
                sum += (signal * signal * problem.Variances[j]) + (noise * noise);
                bias += level.Alpha * gain * Mean(j);
            }

            sum += bias * bias;
        }

        var output = problem.Architecture.Kind == ArchitectureKind.Edm ? problem.Levels.Preconditioning(problem.WeightSigma).Output : 1;
        return output * output * sum;

        double Mean(int k) => problem.Mean.Length > 0 ? problem.Mean[k] : 0;
    }

    private static Func<double, double[]> Rows(DiffusionProblem problem, NoiseLevel[] levels, IReadOnlyList<int> shown, Func<Func<int, double[]>, (double[] Covariance, double[] Mean)> law, CancellationToken cancellation)
    {
        var theory = new CoupledTheory(problem);
        var prepared = new CoupledLevel[levels.Length];
        var told = theory.Prepare(problem.Levels.At(problem.WeightSigma));
        var d = problem.Dimension;
        return tau =>
        {
            var time = problem.TimeScale * tau;
            var networks = new double[levels.Length][];
            Parallel.For(0, levels.Length, i =>
            {
                cancellation.ThrowIfCancellationRequested();
                networks[i] = (prepared[i] ??= theory.Prepare(levels[i])).At(time);
            });
            var (covariance, mean) = law(i => networks[i]);
            var network = told.At(time);
            var row = new double[DiffusionColumns.Whole.Count + (2 * shown.Count)];
            var (offset, factor) = problem.Architecture.Kind == ArchitectureKind.Edm ? (told.Level.Offset, told.Level.Factor) : (0, 1);
            DiffusionColumns.Write(
                row, GaussianDistance.Of(covariance, mean, problem.Variances, problem.Mean), Loss(problem, told.Level, network),
                [.. shown.Select(mode => covariance[(mode * d) + mode])], [.. shown.Select(mode => offset + (factor * network[(mode * (d + 1)) + mode]))]);
            return row;
        };
    }
}
