using Eigenflow.Numerics;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Zero–one spectra whose mean has a part in the kernel of all classes (derived): the risk goes to zero. Where the mean lies in the kernel alone, x stays zero on the noisy modes, and the laws are closed.
/// </summary>
internal static class ZeroOneLaws
{
    /// <summary>m of least squares with the mean in the kernel: 1 − e^(−γ‖μ‖²t).</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="squaredMean">‖μ‖².</param>
    /// <param name="time">t.</param>
    public static double LeastSquaresMean(double learningRate, double squaredMean, double time) => -double.ExpM1(-learningRate * squaredMean * time);

    /// <summary>B of least squares with one noisy block of the share w, λ = 1: γ²w (e^(−2γ‖μ‖²t) − e^(−(2γ−γ²w)t))/(2γ − γ²w − 2γ‖μ‖²).</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="squaredMean">‖μ‖².</param>
    /// <param name="noisyShare">w.</param>
    /// <param name="time">t.</param>
    public static double LeastSquaresVariance(double learningRate, double squaredMean, double noisyShare, double time)
    {
        var (signal, noise) = (2 * learningRate * squaredMean, (2 * learningRate) - (learningRate * learningRate * noisyShare));
        var part = learningRate * learningRate * noisyShare * Math.Exp(-signal * time);

        // (1 − e^(−(noise − signal)t))/(noise − signal), also where the two rates meet.
        var difference = noise - signal;
        return part * (Math.Abs(difference * time) < 1e-12 ? time : -double.ExpM1(-difference * time) / difference);
    }

    /// <summary>m of logistic regression without the noise of SGD: e^m + m = 1 + γ‖μ‖²t.</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="squaredMean">‖μ‖².</param>
    /// <param name="time">t.</param>
    public static double LogisticMean(double learningRate, double squaredMean, double time)
    {
        var right = 1 + (learningRate * squaredMean * time);
        return ScalarRoot.Find(m => Math.Exp(m) + m - right, 0, Math.Log(right) + 1);
    }

    /// <summary>Risk of that path, log(1 + e^(−m)).</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="squaredMean">‖μ‖².</param>
    /// <param name="time">t.</param>
    public static double LogisticRisk(double learningRate, double squaredMean, double time) => double.LogP1(Math.Exp(-LogisticMean(learningRate, squaredMean, time)));

    /// <summary>Late variance v of a noisy block with k = Σ p λ and the mean in the kernel: k/(‖μ‖²(2k − ‖μ‖²)t) for ‖μ‖² &lt; 2k, else of the order t^(−2k/‖μ‖²), for which there is no constant: not a number.</summary>
    /// <param name="squaredMean">‖μ‖².</param>
    /// <param name="average">k.</param>
    /// <param name="time">t.</param>
    public static double LogisticVariance(double squaredMean, double average, double time) =>
        squaredMean < 2 * average ? average / (squaredMean * ((2 * average) - squaredMean) * time) : double.NaN;
}
