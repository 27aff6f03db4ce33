using Eigenflow.Random;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Velocity targets of flow matching with a bridge noise on random samples: their distance from E[v|x_t, orbit], of the augmented target and of the one whose x₁ alone is averaged, and the bias of the latter.</summary>
/// <param name="Whole">E‖v − m‖² of the augmented target, m = E[v|x_t, orbit].</param>
/// <param name="Left">The same where x₁ is averaged.</param>
/// <param name="Bias">E⟨v̄ − m, m⟩ of the latter; zero for what is unbiased.</param>
internal sealed record BridgeDraws(DrawnMean Whole, DrawnMean Left, DrawnMean Bias)
{
    private const int Stream = 4;

    /// <summary>Draws, one after the other.</summary>
    /// <param name="problem">A problem with a bridge noise.</param>
    /// <param name="count">Number of draws, ≥ 2.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static BridgeDraws Of(DiffusionProblem problem, int count, long seed, CancellationToken cancellation)
    {
        var (bridge, level, straight, d) = (new BridgeNoise(problem), problem.Level, (problem with { Bridge = 0 }).Level, problem.Dimension);
        var (pairs, orbit) = (new PairSampler(problem, true), TargetEstimator.Of(problem, EstimatorKind.Orbit));
        double[] normals = new double[pairs.Normals + d], clean = new double[d], noisy = new double[d], mean = new double[d];
        double[] whole = new double[count], left = new double[count], bias = new double[count];
        for (var draw = 0; draw < count; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            GaussianGenerator.Fill(new GaussianAddress((ulong)seed, Stream, 0, draw), 0, normals);
            var template = pairs.Draw(straight, normals, clean, noisy);
            var own = normals.AsSpan(pairs.Normals);
            if (problem.IsCentred)
                Vectors.Centre(own, problem.Templates.Columns);

            // x_t − σ_b ε is what z is told by.
            var sample = new double[d];
            for (var j = 0; j < d; j++)
            {
                sample[j] = (noisy[j] - (bridge.Time * clean[j])) / problem.Sigma;
                noisy[j] += bridge.Deviation * own[j];
            }

            orbit.Target(level, template, clean, noisy, [], mean);
            for (var j = 0; j < d; j++)
            {
                double kept = (bridge.KeptNoisy * noisy[j]) + (bridge.KeptSample * sample[j]), target = (bridge.Clean * mean[j]) + (bridge.Noisy * noisy[j]);
                double augmented = (bridge.KeptClean * clean[j]) + kept - target, averaged = (bridge.KeptClean * mean[j]) + kept - target;
                whole[draw] += augmented * augmented;
                left[draw] += averaged * averaged;
                bias[draw] += averaged * target;
            }
        }

        return new BridgeDraws(DrawnMean.Of(whole), DrawnMean.Of(left), DrawnMean.Of(bias));
    }
}
