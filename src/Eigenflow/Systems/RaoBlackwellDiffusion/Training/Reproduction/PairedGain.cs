namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>By what factor a positive quantity is smaller in one kind of runs than in another with the same seeds: the geometric mean over pairs, with Student's interval of its logarithm.</summary>
/// <param name="Factor">The geometric mean.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct PairedGain(double Factor, double Low, double High)
{
    /// <summary>Half-width of an interval around the factor that holds the whole of its own.</summary>
    public double Half => Math.Max(High - Factor, Factor - Low);

    /// <summary>The part of the interval below the factor, which decides whether it is large enough.</summary>
    public double Below => Factor - Low;

    /// <summary>As text with its interval.</summary>
    public string Text => DisplayText.Of($"{Factor:G3} ({Low:G3} to {High:G3})");

    /// <summary>The factor of large over small values.</summary>
    /// <param name="large">The quantity in runs where it is larger.</param>
    /// <param name="small">The quantity in the other runs, in the same order of seeds.</param>
    public static PairedGain Of(IReadOnlyList<double> large, IReadOnlyList<double> small)
    {
        double[] logarithms = [.. large.Zip(small, (first, second) => Math.Log(first / second))];
        var (mean, half) = (logarithms.Average(), MeanOfRuns.Half(logarithms));
        return new PairedGain(Math.Exp(mean), Math.Exp(mean - half), Math.Exp(mean + half));
    }
}
