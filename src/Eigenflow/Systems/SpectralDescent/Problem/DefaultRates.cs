using System.Globalization;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Learning rate and number of steps where none are asked for.</summary>
/// <param name="LearningRate">η.</param>
/// <param name="Span">η × steps that shows all phases.</param>
public readonly record struct DefaultRates(double LearningRate, double Span)
{
    // Incommensurate with round starts, so that no coefficient lands on zero.
    private const double LatticeFactor = 0.0211;

    /// <summary>The suggestions for a rule.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="isSampled">Whether gradients are those of batches, whose noise asks for less than a quarter of the stable rate.</param>
    public static DefaultRates Of(SpectralDescentProblem problem, UpdateRule rule, bool isSampled)
    {
        var covariance = problem.Covariance;
        var largest = covariance.Eigenvalues.Max();
        var signal = problem.Teacher.Eigenvector is { } number ? covariance.Eigenvalues[covariance.BlockOf(number)] : Math.Min(1, largest);

        // GD: 0.25/max(s, 3) in units where the signal has variance one. Spectral: a fiftieth of the bulk scale 1/√d.
        var descent = (isSampled ? 0.1 : 0.25) / Math.Max(largest * signal, 3 * signal * signal);
        var factor = rule.Scale.Factor(problem);
        var lattice = (isSampled ? 2 : 1) * LatticeFactor / Math.Sqrt(covariance.Dimension) / factor;
        var power = rule.Direction switch { GradientDirection => 1, PowerDirection given => given.Mean, _ => 0 };
        var rate = Math.Pow(descent, power) * Math.Pow(lattice, 1 - power);

        // Escape of GD as for gradient flow from α; spectral descent walks a distance of about one.
        var escape = GradientDescentTheory.EscapeTime(signal, largest, problem.Start.Scale);
        var span = Math.Pow((isSampled ? 4 : 40) * escape, power) * Math.Pow(1.2 / factor, 1 - power);
        return new DefaultRates(Rounded(rate), span);
    }

    /// <summary>Start α where none is asked for: 1e-3, or less where that would leave no escape phase.</summary>
    /// <param name="covariance">The covariance.</param>
    public static double Scale(InputCovariance covariance) => Math.Min(1e-3, Rounded(0.1 / Math.Sqrt(covariance.Trace)));

    // Three significant digits: a user may want to type them.
    private static double Rounded(double value) => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The number of steps at a learning rate, with two significant digits.</summary>
    /// <param name="learningRate">η.</param>
    public long StepsAt(double learningRate)
    {
        var steps = Math.Max(10, Span / learningRate);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(steps)) - 1);
        return (long)Math.Min(1e12, Math.Ceiling(steps / unit) * unit);
    }
}
