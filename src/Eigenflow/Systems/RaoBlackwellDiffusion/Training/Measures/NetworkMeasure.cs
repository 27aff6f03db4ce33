using Eigenflow.Random;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>What is measured of a network at a saved step; memory of one replica.</summary>
internal sealed class NetworkMeasure
{
    public static readonly NamedQuantity
        Loss = new("training-loss", "L", "Training loss E ω‖φ − target‖² over about the last 1000 batches, parameters changing. It holds the constant ω E tr Cov(x₀|x, orbit) of targets that are not averaged: compare excess risks."),
        LossSpread = new("training-loss-spread", "s(L)", "Standard deviation of the loss of a batch over about the last 1000 of them."),
        Risk = new("posterior-excess", "R", "Excess risk E ω‖φ(x) − E[x₀|x]‖² over the posterior mean, on test samples in every pose."),
        Asymmetry = new("equivariance-error", "e", "Equivariance error E‖g⁻¹φ(gx) − φ(x)‖²/E‖φ(x)‖²."),
        Variance = new("gradient-variance", "tr C", "Variance tr Cov of the gradient of a single sample at the parameters of the row."),
        Ratio = new("gradient-variance-ratio", "tr C/tr C₁", "The same over that of the augmented target on the same samples."),
        Deviation = new("sample-distance", "D", "Mean distance of generated samples to the nearest pose of a template, per coordinate: |x − sign x| for the points ±1."),
        Distance = new("transport-distance", "W₂", "Wasserstein distance W₂ of generated samples to the data; of data on the line.");

    private readonly TrainingPlan plan;
    private readonly Denoiser denoiser;
    private readonly int batch;
    private readonly GradientSpread mine, augmented;
    private readonly double[] inputs;

    /// <param name="plan">What all replicas share.</param>
    /// <param name="batch">Samples that go through the network together.</param>
    public NetworkMeasure(TrainingPlan plan, int batch)
    {
        (this.plan, this.batch) = (plan, batch);
        denoiser = new Denoiser(plan.Design, batch);
        mine = new GradientSpread(plan.Design, plan.Design.Problem.Estimator, plan.Test.Count);
        augmented = plan.Design.Problem.Estimator == EstimatorKind.Augmented ? mine : new GradientSpread(plan.Design, EstimatorKind.Augmented, plan.Test.Count);
        inputs = new double[batch];
    }

    /// <summary>All that may be measured.</summary>
    public static IReadOnlyList<NamedQuantity> Own { get; } = [Loss, LossSpread, Risk, Asymmetry, Variance, Ratio, Deviation, Distance];

    /// <summary>What is measured of a problem.</summary>
    /// <param name="plan">The training.</param>
    public static IReadOnlyList<NamedQuantity> Of(TrainingPlan plan) => plan.Generated == 0 ? Own.Take(6).ToArray() : ImplicitSampler.HasDistance(plan.Design.Problem) ? Own : Own.Take(7).ToArray();

    /// <summary>Measures.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="replica">Number of the replica.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="row">Receives all but the losses.</param>
    public void Observe(ReadOnlySpan<double> parameters, int replica, long step, Span<double> row)
    {
        (row[0], row[1]) = plan.Test.Of(denoiser, batch, parameters);
        var address = new GaussianAddress((ulong)plan.Seed, TrainingStreams.Gradients, replica, step);
        row[2] = mine.Measure(parameters, address);
        var other = ReferenceEquals(mine, augmented) ? row[2] : augmented.Measure(parameters, address);
        row[3] = other > 0 ? row[2] / other : 0;
        if (row.Length == 4)
            return;
        var kept = parameters.ToArray();
        var samples = ImplicitSampler.Starts(plan.Design, plan.Generated, plan.Seed);
        ImplicitSampler.Run(plan.Design.Levels, (noisy, level, clean) => Denoise(kept, noisy, level, clean), samples);
        row[4] = ImplicitSampler.Deviation(plan.Design.Problem, samples);
        if (row.Length > 5)
            row[5] = ImplicitSampler.Distance(plan.Design.Problem, samples);
    }

    private void Denoise(double[] parameters, ReadOnlySpan<double> noisy, int level, Span<double> clean)
    {
        Array.Fill(inputs, plan.Design.Levels.Input(level));
        var size = batch * plan.Design.Problem.Dimension;
        for (var at = 0; at < noisy.Length; at += size)
        {
            var length = Math.Min(size, noisy.Length - at);
            denoiser.Forward(parameters, noisy.Slice(at, length), inputs, clean.Slice(at, length));
        }
    }
}
