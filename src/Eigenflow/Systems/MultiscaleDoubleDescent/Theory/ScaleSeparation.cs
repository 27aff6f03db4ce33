using Eigenflow.Numerics;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>
/// Two scales far apart (derived). While the slow features stand still, the fast ones are a problem of one scale whose label noise is σ² + (d − p)/d. Once the fast ones are learned they take p samples
/// with them: the slow ones are a problem of n − p samples and d − p directions, and every error of it, with the noise, is multiplied by n/(n − p).
/// </summary>
/// <param name="problem">A problem of two scales, the first the fast one.</param>
internal sealed class ScaleSeparation(MultiscaleProblem problem)
{
    // In the logarithm of the time: before that, what is learned is lost beside the rounding of what noise adds.
    private const double LongestSearch = 8;

    private readonly double fast = problem.Scales.Multiplicities[0];
    private readonly double slow = problem.Scales.Multiplicities[^1];
    private readonly double dimension = problem.Dimension;

    /// <summary>σ² + (d − p)/d.</summary>
    public double EffectiveNoise => problem.Noise + (slow / dimension);

    /// <summary>n/(n − p), which follows the bump to infinity at n = p.</summary>
    public double Amplification => problem.Samples / (problem.Samples - fast);

    /// <summary>The error on the plateau between the two descents: ½ [σ_eff² n/(n − p) − σ²].</summary>
    public double Plateau => 0.5 * ((EffectiveNoise * Amplification) - problem.Noise);

    /// <summary>E at a time at which no slow feature has moved.</summary>
    public double FastError(double time)
    {
        var theory = new ExactTheory(Part(problem.Samples, fast, problem.Scales.Values[0], EffectiveNoise));
        return (fast / dimension * theory.Flow(time).Error) + (slow / dimension / 2);
    }

    /// <summary>E at a time at which the fast features are learned; n &gt; p.</summary>
    public double SlowError(double time) => SlowError(theory => theory.Flow(time).Error);

    /// <summary>E at a ridge that the fast features do not feel; n &gt; p.</summary>
    public double SlowRidgeError(double ridge) => SlowError(theory => theory.Ridge(ridge).Error);

    /// <summary>The first minimum: time and error, the same for every κ.</summary>
    public (double Time, double Error) FirstMinimum()
    {
        var theory = new ExactTheory(Part(problem.Samples, fast, problem.Scales.Values[0], EffectiveNoise));
        return Minimum(theory, theory => error => (fast / dimension * error) + (slow / dimension / 2));
    }

    /// <summary>The second minimum: time, in proportion to κ², and error; n &gt; p and noise.</summary>
    public (double Time, double Error) SecondMinimum()
    {
        var theory = new ExactTheory(SlowPart());
        return Minimum(theory, _ => Composed);
    }

    private double SlowError(Func<ExactTheory, double> error) => Composed(error(new ExactTheory(SlowPart())));

    private double Composed(double slowError) => 0.5 * ((Amplification * ((2 * slow / dimension * slowError) + problem.Noise)) - problem.Noise);

    private MultiscaleProblem SlowPart() => Part(problem.Samples - (long)fast, slow, problem.Scales.Values[^1], problem.Noise);

    // A block as a problem of its own: its latent factors have variance 1/d, and its errors the weight of the block.
    private MultiscaleProblem Part(long samples, double directions, double scale, double noise) => new()
    {
        Samples = samples,
        Scales = FeatureScales.One(scale * Math.Sqrt(directions / dimension), (long)directions),
        Noise = noise * dimension / directions,
    };

    // Not numbers where noise is so strong that the minimum is not told from rounding.
    private static (double Time, double Error) Minimum(ExactTheory theory, Func<ExactTheory, Func<double, double>> composed)
    {
        var edges = SampleEdges.Of(theory.Problem);
        var of = composed(theory);

        // Strong noise is best stopped long before much is learned.
        var (from, to) = (Math.Log(edges.FirstTime), Math.Log(edges.RelaxedTime));
        var least = from - LongestSearch;
        var (place, value) = ScalarMinimum.FindBeyond(log => of(theory.Flow(Math.Exp(log)).Error), from, to, least, to, 60, 1e-6);
        return place > least + 0.1 ? (Math.Exp(place), value) : (double.NaN, double.NaN);
    }
}
