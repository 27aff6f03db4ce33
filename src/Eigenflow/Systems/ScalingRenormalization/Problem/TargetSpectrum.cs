using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>
/// The eigenvalues of the inputs with the power of the target in them: blocks of equal modes, or a power law that is a function of the mode number. A power law of any dimension costs a few hundred nodes.
/// </summary>
public sealed record TargetSpectrum
{
    private readonly Func<(double[] Values, double[] Power)> modes;
    private readonly Lazy<Population> population;

    private TargetSpectrum(double dimension, Func<Population> population, Func<(double[] Values, double[] Power)> modes)
    {
        Dimension = dimension;
        this.modes = modes;
        this.population = new Lazy<Population>(population);
    }

    /// <summary>Dimension D of the inputs.</summary>
    public double Dimension { get; }

    /// <summary>The population for the deterministic equivalents.</summary>
    public Population Population => population.Value;

    /// <summary>η_k = k^(−α), η_k w_k² ∝ k^(−1−2αr) with Σ w² = 1 (arXiv 2405.00592, source and capacity).</summary>
    /// <param name="dimension">D ≥ 1.</param>
    /// <param name="exponent">Capacity α ≥ 0.</param>
    /// <param name="source">Source r ≥ 0.</param>
    public static TargetSpectrum PowerLaw(long dimension, double exponent, double source)
    {
        var decay = 1 + (2 * exponent * source);
        var length = PowerSum.Of(decay - exponent, dimension);
        return new TargetSpectrum(dimension, Compressed, Modes);

        Population Compressed() => Population.Of(
            SpectralCompression.Average(Spectrum.PowerLaw(dimension, exponent), 2, (number, columns) =>
            {
                columns[0] = 1;
                columns[1] = Math.Pow(number, -decay) / length;
            }),
            PowerSum.Of(exponent, dimension));

        (double[], double[]) Modes()
        {
            var numbers = Enumerable.Range(1, checked((int)dimension)).ToArray();
            return ([.. numbers.Select(k => Math.Pow(k, -exponent))], [.. numbers.Select(k => Math.Pow(k, -decay) / length)]);
        }
    }

    /// <summary>Blocks of equal eigenvalues.</summary>
    /// <param name="values">Eigenvalues, in any order, none negative; not all zero.</param>
    /// <param name="counts">Modes of each.</param>
    /// <param name="power">Power Σ η w² of all modes of each block.</param>
    public static TargetSpectrum Blocks(IReadOnlyList<double> values, IReadOnlyList<double> counts, IReadOnlyList<double> power)
    {
        // What has no variance is not seen, and adds nothing to the error.
        var order = Enumerable.Range(0, values.Count).Where(j => values[j] > 0).OrderByDescending(j => values[j]).ToArray();
        return new TargetSpectrum(
            counts.Sum(), () => Population.Of([.. order.Select(j => values[j])], [.. order.Select(j => counts[j])], [.. order.Select(j => power[j])]),
            () => ([.. order.SelectMany(j => Enumerable.Repeat(values[j], checked((int)counts[j])))], [.. order.SelectMany(j => Enumerable.Repeat(power[j] / counts[j], checked((int)counts[j])))]));
    }

    /// <summary>Eigenvalues and powers mode by mode, for simulations.</summary>
    public (double[] Values, double[] Power) Modes() => modes();
}
