namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The loss of the direct law after the last step as a function of the learning rates of groups of steps, with its gradient in O(groups). Group i has n_i steps of rate η_i; within a group the kernel and the signal are taken at its middle.
/// With n_i = 1 it is the law itself, and the gradient is
/// ∂L/∂η_m = −(c₁s/τ)(1 + t/τ)^(−s−1) + 2(η_m/B)(a + c₂e_m)k_m + Σ_{i&lt;m} h_i + Σ_{i&gt;m} r_i with h_i the effect of later time on the kernel of i and r_i that of earlier time on its signal.
/// </summary>
internal sealed class FinalLoss
{
    private readonly double[] counts;
    private readonly double batch;
    private readonly double floor;
    private readonly double c1;
    private readonly double s;
    private readonly double tau;
    private readonly double label;
    private readonly double noise;
    private readonly double p;
    private readonly double tauK;
    private readonly double[] later;
    private readonly double[] earlier;

    /// <summary>Makes the function.</summary>
    /// <param name="values">Parameters of the direct law.</param>
    /// <param name="counts">n_i ≥ 1.</param>
    /// <param name="batch">Batch size B.</param>
    public FinalLoss(ReadOnlySpan<double> values, double[] counts, double batch)
    {
        this.counts = counts;
        this.batch = batch;
        (floor, c1, s, tau, label, noise, p, tauK) = (values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
        later = new double[counts.Length];
        earlier = new double[counts.Length];
    }

    /// <summary>The loss and ∂L/∂η_i.</summary>
    public double Evaluate(ReadOnlySpan<double> rates, Span<double> gradient)
    {
        var total = 0.0;
        for (var i = 0; i < counts.Length; i++)
            total += counts[i] * rates[i];
        double time = 0, sum = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            double n = counts[i], rate = rates[i];
            var half = 0.5 * (n - 1) * rate;
            var one = 1 + ((time + half) / tau);
            var e = Math.Pow(one, -s);

            // The rest of the time can be a rounding error below zero at the last group.
            var past = 1 + (Math.Max(0, total - time - (n * rate) + half) / tauK);
            var k = Math.Pow(past, -p);
            var size = n * rate * rate / batch;
            var weight = label + (noise * e);
            sum += size * weight * k;
            later[i] = -size * weight * k * p / (tauK * past);
            earlier[i] = -size * k * noise * e * s / (tau * one);
            gradient[i] = (2 * n * rate / batch * weight * k) + (0.5 * (n - 1) * (later[i] + earlier[i]));
            time += n * rate;
        }

        var end = 1 + (total / tau);
        var signal = c1 * Math.Pow(end, -s);
        var common = -signal * s / (tau * end);
        double before = 0, after = 0;
        for (var i = 0; i < counts.Length; i++)
            after += earlier[i];
        for (var i = 0; i < counts.Length; i++)
        {
            after -= earlier[i];
            gradient[i] += counts[i] * (common + before + after);
            before += later[i];
        }

        return floor + signal + sum;
    }
}
