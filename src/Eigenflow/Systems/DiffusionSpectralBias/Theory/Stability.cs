namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The learning rate beyond which update steps grow (derived): of one layer η &lt; 1/max R over modes and levels; of products and ties the smaller of those at the start and at the optimum.</summary>
internal static class Stability
{
    /// <summary>The edge over the levels of a sampler and the one of weights.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="sampler">The sampler.</param>
    /// <param name="batch">Samples per step, whose fourth moments add (tr R + R)/B to the largest rate R of Gaussian inputs; null for the population.</param>
    public static double Edge(DiffusionProblem problem, DiscreteSampler sampler, int? batch = null)
    {
        var architecture = problem.Architecture;
        var edge = double.PositiveInfinity;
        var largest = Largest(problem);
        foreach (var level in (NoiseLevel[])[.. sampler.Levels(problem), problem.Levels.At(problem.WeightSigma)])
        {
            double rate = level.Rate(largest), drive = Math.Abs(level.Drive(largest)), noise = level.Rate(0);

            // A mean adds α²m² and the bias: the largest eigenvalue is below the trace of both.
            if (problem.IsCoupled && problem.Mean.Length > 0)
                rate += level.Weight * (1 + (level.Alpha * level.Alpha * problem.Mean.Sum(value => value * value)));
            if (batch is { } samples)
                rate += (problem.Variances.Sum(level.Rate) + rate) / samples;
            var own = architecture switch
            {
                { IsTied: true } => Smallest(1 / (4 * drive), 1 / (2 * Size(problem) * Math.Max(rate, noise))),
                { Layers: > 1 } => Deep(problem, rate, drive),
                _ => 1 / rate,
            };
            edge = Math.Min(edge, own);
        }

        return edge / problem.Sharing;
    }

    // da_l = 2η (K − R w) w/a_l: at the optimum 2η R Σ_l (w/a_l)², at the start with the gain Q.
    private static double Deep(DiffusionProblem problem, double rate, double drive)
    {
        var layers = problem.Architecture.Layers;
        double Bound(double gain)
        {
            var rest = UnbalancedLayers.StartOf(gain, layers, problem.Unbalance);
            double first = Math.Sqrt((rest * rest) + problem.Unbalance), sum = Math.Pow(gain / first, 2) + ((layers - 1) * Math.Pow(gain / rest, 2));
            return 1 / (rate * sum);
        }

        return Smallest(Bound(problem.Gain), drive > 0 && rate > 0 ? Bound(drive / rate) : double.PositiveInfinity);
    }

    private static double Smallest(double a, double b) => double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Min(a, b);

    // The largest squared gain of a start of ties.
    private static double Size(DiffusionProblem problem) => problem.Start is { } start ? start.Values.Sum(value => value * value) : problem.Gain;

    private static double Largest(DiffusionProblem problem) => problem.Patch()?.Variances.Max() ?? problem.Variances.Max();
}
