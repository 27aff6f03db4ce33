using Eigenflow.Dynamics;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>Order parameters and expectations of one output at a state.</summary>
/// <param name="classes">C.</param>
/// <param name="spectra">Number of spectra.</param>
internal sealed class MarginPoint(int classes, int spectra)
{
    /// <summary>m by class.</summary>
    public double[] Means { get; } = new double[classes];

    /// <summary>B by spectrum.</summary>
    public double[] Variances { get; } = new double[spectra];

    /// <summary>Expectations by class.</summary>
    public MarginMoments[] Moments { get; } = new MarginMoments[classes];

    /// <summary>What the rule sees.</summary>
    public RateView View { get; set; }

    /// <summary>γ.</summary>
    public double Rate { get; set; }

    /// <summary>Σ p H and Σ p I over the classes of a spectrum.</summary>
    public (double Curvature, double Noise) Of(int spectrum, MixtureModes modes, double[] probabilities)
    {
        double curvature = 0, noise = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (modes.SpectrumOf[i] != spectrum)
                continue;
            curvature += probabilities[i] * Moments[i].Curvature;
            noise += probabilities[i] * Moments[i].Noise;
        }

        return (curvature, noise);
    }
}

/// <summary>The sums over modes that a learning-rate rule needs beside the expectations.</summary>
/// <param name="modes">The modes.</param>
internal sealed class RateSums(MixtureModes modes)
{
    // Tr K_i K_j/d by spectrum.
    private readonly double[][] products = [.. modes.Spectra.Select(first => modes.Spectra.Select(second => MarginSums.Product(modes.Masses, first, second)).ToArray())];

    /// <summary>Tr K_i/d by class.</summary>
    public double[] Traces { get; } = modes.Traces;

    /// <summary>Tr K_i K_j/d of two classes.</summary>
    public double Product(int first, int second) => products[modes.SpectrumOf[first]][modes.SpectrumOf[second]];

    /// <summary>What a rule sees of a state of one output.</summary>
    public RateView View(MarginPoint point, double[] probabilities, double time, double squaredGradient, double accumulated, double batch)
    {
        double risk = 0, noise = 0, curvature = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            risk += probabilities[i] * point.Moments[i].Risk;
            noise += probabilities[i] * point.Moments[i].Noise * Traces[i];
            for (var j = 0; j < probabilities.Length; j++)
                curvature += probabilities[i] * probabilities[j] * point.Moments[i].Noise * point.Moments[j].Curvature * Product(i, j);
        }

        return new RateView { Time = time, Risk = risk, SquaredGradient = squaredGradient, GradientNoise = noise / batch, CurvatureNoise = curvature / batch, Accumulated = accumulated };
    }

    /// <summary>How Σ_ij p_i p_j I_i H_j Tr K_i K_j/d changes with noise and curvature of a class.</summary>
    public double Curvature(MarginPoint point, double[] probabilities, int i, double noise, double curvature)
    {
        var sum = 0.0;
        for (var j = 0; j < probabilities.Length; j++)
            sum += probabilities[i] * probabilities[j] * Product(i, j) * ((noise * point.Moments[j].Curvature) + (curvature * point.Moments[j].Noise));
        return sum;
    }
}
