using System.Numerics;

namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>
/// κ(z) for complex ridges z, on the branch κ ~ z at infinity, which is analytic off the negative real axis. It is reached by continuation from a positive real ridge:
/// Newton's method in log κ, with steps of log z that are halved where it does not converge at once. Any path within the cut plane gives the same value.
/// </summary>
internal sealed class ComplexRidge
{
    private const double LargestStep = 0.25;
    private const double SmallestStep = 1e-7;
    private readonly RidgeEquivalent equivalent;
    private Complex[] states;

    /// <summary>Begins at a real ridge.</summary>
    /// <param name="equivalent">The regression.</param>
    /// <param name="start">z &gt; 0.</param>
    public ComplexRidge(RidgeEquivalent equivalent, double start)
    {
        this.equivalent = equivalent;
        states = new Complex[equivalent.Layers.Count];
        Ridge = start;
        Kappa = equivalent.At(start).Kappa;
        Settle(start);
    }

    /// <summary>z.</summary>
    public Complex Ridge { get; private set; }

    /// <summary>κ₂(z).</summary>
    public Complex Kappa { get; private set; }

    /// <summary>κ₁(z) = z/(1 − n/P).</summary>
    public Complex FeatureKappa
    {
        get
        {
            var (learned, missing, _, _, _) = equivalent.Population.At(Kappa);
            return Ridge / Left(learned, missing);
        }
    }

    /// <summary>Moves to another ridge along a logarithmic spiral.</summary>
    /// <param name="target">z, not zero; on the negative real axis the value is that of the upper side when it is come to from there.</param>
    public void MoveTo(Complex target)
    {
        var step = LargestStep;
        while (true)
        {
            var rest = Complex.Log(target / Ridge);
            var size = Complex.Abs(rest);
            if (size == 0)
                return;
            var isLast = size <= step;
            if (Settle(isLast ? target : Ridge * Complex.Exp(rest * (step / size))))
            {
                if (isLast)
                    return;
                step = Math.Min(LargestStep, step * 1.5);
                continue;
            }

            step = Math.Min(step, size) / 2;
            if (step < SmallestStep)
            {
                // Beside a branch point: the square root is taken as it is there, to about half of the digits.
                _ = Settle(target, mustConverge: false);
                return;
            }
        }
    }

    // Newton's method from the last point; it counts where every step shrinks and the first is no leap to another branch.
    private bool Settle(Complex ridge, bool mustConverge = true)
    {
        var kappa = Kappa;
        var trial = (Complex[])states.Clone();
        var before = double.PositiveInfinity;
        for (var k = 0; k < 30; k++)
        {
            var (value, slope) = Evaluate(kappa, trial, ridge);
            var move = -Complex.Log(value) / slope;
            var size = Complex.Abs(move);
            if (!double.IsFinite(size) || (mustConverge && (size > 0.5 || (k > 2 && size > before && size > 1e-11))))
                return false;
            kappa *= Complex.Exp(move);
            if (size < 3e-16 || (size < 1e-13 && size >= before))
                break;
            before = size;
        }

        (Kappa, states, Ridge) = (kappa, trial, ridge);
        return true;
    }

    // 1 − n/P, from whichever of n and rank − n is the smaller number.
    private Complex Left(Complex learned, Complex missing) => Complex.Abs(missing) < Complex.Abs(learned)
        ? (equivalent.Samples - equivalent.Population.Rank + missing) / equivalent.Samples
        : 1 - (learned / equivalent.Samples);

    // κ₁ (1 − n/P)/z and its logarithmic slope in log κ₂.
    private (Complex Value, Complex Slope) Evaluate(Complex kappa, Complex[] trial, Complex ridge)
    {
        var (learned, missing, spread, _, _) = equivalent.Population.At(kappa);
        var left = Left(learned, missing);
        var value = kappa * left / ridge;
        Complex slope = 1;
        for (var l = 0; l < trial.Length; l++)
        {
            var (gain, sensitivity) = equivalent.Layers[l].At(learned, ref trial[l]);
            value *= gain;
            slope += spread / learned * sensitivity;
        }

        return (value, slope + (spread / equivalent.Samples / left));
    }
}
