using System.Numerics;

namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>
/// A layer of random features F, by what it does to the renormalised ridge: κ₁ = κ₂ Π_l g_l(n), where n is the number of degrees of freedom that are learned (arXiv 2405.00592; g is an S-transform).
/// </summary>
public abstract class FeatureLayer
{
    /// <summary>Number of features N of the layer.</summary>
    public abstract double Width { get; }

    /// <summary>The largest n that can pass.</summary>
    public virtual double Limit => Width;

    /// <summary>log g and the sensitivity h = −dlog g/dlog n.</summary>
    /// <param name="degrees">n, above 0 and below the limit.</param>
    /// <param name="left">Limit − n, known to all its digits.</param>
    public abstract (double LogGain, double Sensitivity) At(double degrees, double left);

    /// <summary>g and h for complex n, by continuation.</summary>
    /// <param name="degrees">n.</param>
    /// <param name="state">What the layer needs of the point before; it begins as zero at a point where n is real.</param>
    internal abstract (Complex Gain, Complex Sensitivity) At(Complex degrees, ref Complex state);
}

/// <summary>Independent Gaussian entries: g = v (N − n), h = n/(N − n).</summary>
/// <param name="width">Number of features N ≥ 1.</param>
/// <param name="variance">Variance v of an entry.</param>
public sealed class GaussianLayer(double width, double variance) : FeatureLayer
{
    /// <inheritdoc/>
    public override double Width => width;

    /// <inheritdoc/>
    public override (double LogGain, double Sensitivity) At(double degrees, double left) => (Math.Log(variance) + Math.Log(left), degrees / left);

    internal override (Complex Gain, Complex Sensitivity) At(Complex degrees, ref Complex state) => (variance * (width - degrees), degrees / (width - degrees));
}

/// <summary>A random orthogonal projection, FᵀF = 1: g = (N − n)/(D − n), h = n/(N − n) − n/(D − n).</summary>
/// <param name="width">Number of features N ≥ 1.</param>
/// <param name="ambient">Dimension D ≥ N that is projected: of the inputs, or the width of the layer before.</param>
public sealed class ProjectionLayer(double width, double ambient) : FeatureLayer
{
    /// <inheritdoc/>
    public override double Width => width;

    /// <inheritdoc/>
    public override (double LogGain, double Sensitivity) At(double degrees, double left)
    {
        var rest = ambient - width + left;
        return (Math.Log(left / rest), degrees * (ambient - width) / (left * rest));
    }

    internal override (Complex Gain, Complex Sensitivity) At(Complex degrees, ref Complex state) =>
        ((width - degrees) / (ambient - degrees), degrees * (ambient - width) / ((width - degrees) * (ambient - degrees)));
}

/// <summary>Gaussian weights with correlated columns, F = G Λ^½ with eigenvalues f_j: Σ f/(f + k) = n, g = v k n, h = m₂/(n − m₂) with m₂ = Σ (f/(f + k))².</summary>
/// <param name="spectrum">The eigenvalues f_j as a population; those that are zero pass nothing.</param>
/// <param name="width">Number of features N, at least the rank of the spectrum.</param>
/// <param name="variance">Variance v of an entry of G.</param>
public sealed class StructuredLayer(Population spectrum, double width, double variance) : FeatureLayer
{
    /// <inheritdoc/>
    public override double Width => width;

    /// <inheritdoc/>
    public override double Limit => spectrum.Rank;

    /// <inheritdoc/>
    public override (double LogGain, double Sensitivity) At(double degrees, double left)
    {
        var isAlmostAll = left < degrees;
        var kappa = IncreasingRoot.Find(spectrum.Trace, k =>
        {
            var trial = spectrum.At(k);
            return isAlmostAll ? (Math.Log(trial.Missing / left), trial.Spread / trial.Missing) : (-Math.Log(trial.Learned / degrees), trial.Spread / trial.Learned);
        });
        var at = spectrum.At(kappa);
        return (Math.Log(variance) + Math.Log(kappa) + Math.Log(degrees), at.Second / at.Spread);
    }

    internal override (Complex Gain, Complex Sensitivity) At(Complex degrees, ref Complex state)
    {
        var kappa = state == 0 ? new Complex(spectrum.KappaOf(Math.Min(degrees.Real, 0.999 * spectrum.Rank)), 0) : state;
        for (var step = 0; step < 40; step++)
        {
            var at = spectrum.At(kappa);
            var move = Complex.Log(at.Learned / degrees) * at.Learned / at.Spread;
            kappa *= Complex.Exp(move);
            if (Complex.Abs(move) < 1e-15)
                break;
        }

        state = kappa;
        var (learned, _, spread, _, _) = spectrum.At(kappa);
        return (variance * kappa * degrees, (learned - spread) / spread);
    }
}
