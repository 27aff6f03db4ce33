using Eigenflow.Dynamics;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>Expectations of several outputs at a state.</summary>
/// <param name="outputs">l, which is C.</param>
/// <param name="spectra">Number of spectra.</param>
internal sealed class OutputPoint(int outputs, int spectra)
{
    /// <summary>Room for one B.</summary>
    public double[] Variance { get; } = new double[outputs * outputs];

    /// <summary>F by class.</summary>
    public double[][] Forces { get; } = [.. Enumerable.Range(0, outputs).Select(_ => new double[outputs])];

    /// <summary>Σ p H over the classes of a spectrum, l × l.</summary>
    public double[][] Curvatures { get; } = [.. Enumerable.Range(0, spectra).Select(_ => new double[outputs * outputs])];

    /// <summary>Σ p I over the classes of a spectrum.</summary>
    public double[][] Noises { get; } = [.. Enumerable.Range(0, spectra).Select(_ => new double[outputs * outputs])];

    /// <summary>What the rule sees.</summary>
    public RateView View { get; set; }

    /// <summary>γ.</summary>
    public double Rate { get; set; }

    /// <summary>Forgets the sums.</summary>
    public void Clear()
    {
        for (var s = 0; s < Curvatures.Length; s++)
        {
            Array.Clear(Curvatures[s]);
            Array.Clear(Noises[s]);
        }
    }
}

/// <summary>The mean of a class, in its coordinates that are not zero where most are.</summary>
internal sealed class SparseMean
{
    private readonly double[] values;
    private readonly int[]? places;

    public SparseMean(double[] mean)
    {
        var count = mean.Count(value => value != 0);
        if (4 * count > mean.Length)
        {
            values = mean;
            return;
        }

        places = [.. Enumerable.Range(0, mean.Length).Where(k => mean[k] != 0)];
        values = [.. places.Select(k => mean[k])];
    }

    /// <summary>⟨μ, x⟩.</summary>
    public double Dot(ReadOnlySpan<double> vector)
    {
        if (places is null)
            return MarginSums.Dot(values, vector);
        var sum = 0.0;
        for (var k = 0; k < values.Length; k++)
            sum = Math.FusedMultiplyAdd(values[k], vector[places[k]], sum);
        return sum;
    }

    /// <summary>x += factor · μ.</summary>
    public void Add(double factor, Span<double> vector)
    {
        if (places is null)
        {
            MarginSums.Add(factor, values, vector);
            return;
        }

        for (var k = 0; k < values.Length; k++)
            vector[places[k]] = Math.FusedMultiplyAdd(factor, values[k], vector[places[k]]);
    }
}
