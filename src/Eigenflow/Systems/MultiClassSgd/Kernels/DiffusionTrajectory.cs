using Eigenflow.Dynamics;
using Eigenflow.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>
/// Homogenised SGD, dX = −γ ∇R dt + γ √(Σ_i p_i K_i ⊗ I_i/(d B)) dW, by Euler–Maruyama with the step 1/d of SGD itself. The noise of a mode is the root of its own l × l covariance.
/// Work per step: l Gaussians, l² (spectra + l/6) fused operations per mode, and one quadrature per class; memory 3 l d doubles.
/// </summary>
internal sealed class DiffusionTrajectory : WeightTrajectory
{
    private readonly MixtureRows rows;
    private readonly AlignedStore gradient;
    private readonly AlignedStore noise;
    private readonly double[][] noises;
    private readonly double[] covariance;
    private readonly double[] draw;
    private readonly int batch;
    private readonly int outputs;

    public DiffusionTrajectory(MixtureModes modes, ClassLoss loss, LearningRateRule rule, MixtureRows rows, int batch, long seed, int replica)
        : base(modes, loss, rule, rows, seed, replica)
    {
        (this.batch, this.rows, outputs) = (batch, rows, Reader.Outputs);
        gradient = new AlignedStore(Weights.Length);
        noise = new AlignedStore(Weights.Length);
        noises = [.. modes.Spectra.Select(_ => new double[outputs * outputs])];
        covariance = new double[outputs * outputs];
        draw = new double[outputs];
    }

    protected override bool Update()
    {
        var state = Reader.Read(Weights.Span, Stride, Accumulated);
        Reader.Expect(state);
        Reader.Gradient(state, Weights.Span, Stride, gradient.Span);
        var view = rows.View(state with { SquaredGradient = MarginSums.Dot(gradient.Span, gradient.Span) }, Time);
        var rate = Rule.Rate(view);
        GaussianGenerator.FillGroups(new GaussianAddress(Seed, MixtureStreams.Diffusion, Number, Step), 0, noise.Span);
        foreach (var sum in noises)
            Array.Clear(sum);
        for (var i = 0; i < Modes.Classes; i++)
            MarginSums.Add(Modes.Probabilities[i] / batch, Reader.Moments[i].Noise, noises[Modes.SpectrumOf[i]]);
        MarginSums.Add(-rate / Modes.Dimension, gradient.Span, Weights.Span);
        var scale = rate / Modes.Dimension;
        for (var k = 0; k < Size; k++)
            Scatter(k, scale);
        Accumulated += Rule.Growth(view) / Modes.Dimension;
        return double.IsFinite(rate * Weights.Span[0]);
    }

    // Adds γ √(dt/d) L z to a mode, with L Lᵀ = Σ p λ I.
    private void Scatter(int mode, double scale)
    {
        var weights = Weights.Span;
        var z = noise.Span;
        Array.Clear(covariance);
        for (var s = 0; s < noises.Length; s++)
            MarginSums.Add(Modes.Spectra[s][mode], noises[s], covariance);
        if (outputs == 1)
        {
            weights[mode] += scale * Math.Sqrt(covariance[0]) * z[mode];
            return;
        }

        for (var a = 0; a < outputs; a++)
            draw[a] = z[(a * Stride) + mode];
        for (var column = 0; column < outputs; column++)
        {
            for (var row = column; row < outputs; row++)
            {
                var entry = covariance[(row * outputs) + column];
                for (var k = 0; k < column; k++)
                    entry -= covariance[(row * outputs) + k] * covariance[(column * outputs) + k];
                var root = covariance[(column * outputs) + column];
                covariance[(row * outputs) + column] = row == column ? Math.Sqrt(Math.Max(0, entry)) : root > 1e-150 ? entry / root : 0;
                weights[(row * Stride) + mode] += scale * covariance[(row * outputs) + column] * draw[column];
            }
        }
    }
}
