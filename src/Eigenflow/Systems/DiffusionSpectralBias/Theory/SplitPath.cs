namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// The integral 2∫₀¹ w dt of flow matching where a gain stays above zero: at late times it jumps at t₀ = 1/(1 + λ), where the drive tλ − (1 − t) changes its sign, within as short a time as one likes.
/// Both sides have a rule of tanh and sinh of their own, which crowds its nodes at t₀ and at the ends.
/// </summary>
internal sealed class SplitPath
{
    // e^(−π sinh x) is 5e-17 here.
    private const double Extent = 3.17;

    private readonly NoiseLevels levels;
    private readonly double[] places, rests, weights;

    /// <param name="levels">Noise levels of flow matching.</param>
    /// <param name="nodes">Nodes of both sides together.</param>
    public SplitPath(NoiseLevels levels, int nodes)
    {
        this.levels = levels;
        var count = Math.Max(3, (nodes + 1) / 2);
        (places, rests, weights) = (new double[count], new double[count], new double[count]);
        var each = 2 * Extent / (count - 1);
        for (var j = 0; j < count; j++)
        {
            double x = (j * each) - Extent, e = Math.Exp(-Math.PI * Math.Sinh(x));
            (places[j], rests[j]) = (1 / (1 + e), e / (1 + e));
            weights[j] = 2 * each * Math.PI * Math.Cosh(x) * places[j] * rests[j];
        }
    }

    /// <summary>ln of the generated variance.</summary>
    /// <param name="eigenvalue">λ.</param>
    /// <param name="time">T = 2ητ.</param>
    /// <param name="law">The law of gains.</param>
    public double LogVariance(double eigenvalue, double time, GainLaw law)
    {
        double turn = 1 / (1 + eigenvalue), after = eigenvalue / (1 + eigenvalue), sum = 0;
        for (var j = 0; j < places.Length; j++)
        {
            // t and 1 − t apart, and the drive from the distance to t₀, so that nothing loses digits.
            var first = levels.Flow(turn * places[j], after + (turn * rests[j]));
            sum += weights[j] * turn * law.At(-first.Weight * rests[j], first.Rate(eigenvalue), time);
            if (after == 0)
                continue;
            var second = levels.Flow(turn + (after * places[j]), after * rests[j]);
            sum += weights[j] * after * law.At(second.Weight * eigenvalue * places[j], second.Rate(eigenvalue), time);
        }

        return sum;
    }
}
