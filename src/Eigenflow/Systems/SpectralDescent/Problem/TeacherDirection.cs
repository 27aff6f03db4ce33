using System.Collections.Immutable;
using Eigenflow.Random;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The unit vector θ of the teacher y = (θ·x)². Immutable.</summary>
public abstract record TeacherDirection
{
    /// <summary>An eigenvector of the covariance, counted one by one in the order of the covariance: with 4,1x98 number 1 has the eigenvalue 4 and numbers 2 to 99 have 1. With a spike, number 2 is the spike.</summary>
    /// <param name="number">k₀, 1 to d.</param>
    public static TeacherDirection Mode(long number = 1) => new ModeTeacher(number);

    /// <summary>The teacher that a text describes.</summary>
    /// <param name="form">How it was written: <c>mode</c>, <c>ramp</c>, <c>gaussian</c> or a file.</param>
    /// <param name="covariance">The covariance of the inputs.</param>
    /// <param name="mode">Number of the eigenvector, of <c>mode</c>.</param>
    /// <param name="seed">Seed, of <c>gaussian</c>.</param>
    /// <exception cref="EigenflowException">No such eigenvector, or a file that cannot be used.</exception>
    internal static TeacherDirection Of(VectorForm form, InputCovariance covariance, long mode, long seed)
    {
        if (form.Read() is { } values)
        {
            var teacher = Normalized(values);
            return values.Length == covariance.Dimension ? teacher : throw new ParameterException("teacher", $"({values.Length} coefficients)", $"as many coefficients as the dimension ({covariance.Dimension})");
        }

        if (form.Is("ramp"))
            return Ramp();
        if (form.Is("gaussian"))
            return Gaussian(seed);
        _ = covariance.BlockOf(mode);
        return Mode(mode);
    }

    /// <summary>θ ∝ (1, 2, …, d) in the axes of the inputs.</summary>
    public static TeacherDirection Ramp() => new RampTeacher();

    /// <summary>A random direction.</summary>
    /// <param name="seed">Seed.</param>
    public static TeacherDirection Gaussian(long seed) => new GaussianTeacher(seed);

    /// <summary>A given vector in the axes of the inputs.</summary>
    /// <param name="values">θ with |θ| = 1 to 1e-9.</param>
    /// <exception cref="ParameterException">Not of unit length; <see cref="Normalized"/> scales.</exception>
    public static TeacherDirection FromValues(IEnumerable<double> values)
    {
        ImmutableArray<double> entries = [.. values];
        var norm = Math.Sqrt(entries.Sum(value => value * value));
        return Math.Abs(norm - 1) <= 1e-9
            ? new GivenTeacher(entries)
            : throw new ParameterException("teacher", FormattableString.Invariant($"(a vector of length {norm:R})"), "a vector of length 1", "scale it, or use Normalized");
    }

    /// <summary>A given vector, scaled to length one.</summary>
    /// <param name="values">Not zero, finite.</param>
    /// <exception cref="ParameterException">Zero or not finite.</exception>
    public static TeacherDirection Normalized(IEnumerable<double> values)
    {
        double[] entries = [.. values];
        var largest = entries.Length == 0 ? 0 : entries.Max(Math.Abs);
        if (!(largest > 0) || !double.IsFinite(largest))
            throw new ParameterException("teacher", largest == 0 ? "(zero)" : "(not finite)", "a finite vector that is not zero");
        var norm = Math.Sqrt(entries.Sum(value => value / largest * (value / largest)));
        return new GivenTeacher([.. entries.Select(value => value / largest / norm)]);
    }

    /// <summary>The 1-based number of an eigenvector, or null for a vector that need not be one.</summary>
    internal virtual long? Eigenvector => null;

    /// <summary>θ in the axes of the inputs.</summary>
    internal abstract double[] Vector(int dimension);

    private sealed record ModeTeacher(long Number) : TeacherDirection
    {
        internal override long? Eigenvector => Number;

        internal override double[] Vector(int dimension) => throw new InvalidOperationException("A mode is placed by the system of matrices.");
    }

    private sealed record RampTeacher : TeacherDirection
    {
        internal override double[] Vector(int dimension) => ((GivenTeacher)Normalized(Enumerable.Range(1, dimension).Select(i => (double)i))).Values.ToArray();
    }

    private sealed record GaussianTeacher(long Seed) : TeacherDirection
    {
        internal override double[] Vector(int dimension)
        {
            var values = new double[dimension];
            GaussianGenerator.Fill(new GaussianAddress((ulong)Seed, RandomStreams.Teacher, 0, 0), 0, values);
            return ((GivenTeacher)Normalized(values)).Values.ToArray();
        }
    }

    private sealed record GivenTeacher(ImmutableArray<double> Values) : TeacherDirection
    {
        internal override double[] Vector(int dimension) => Values.Length == dimension
            ? [.. Values]
            : throw new ParameterException("teacher", $"({Values.Length} coefficients)", $"as many coefficients as the dimension ({dimension})");
    }
}

/// <summary>Streams of the random numbers of this system.</summary>
internal static class RandomStreams
{
    public const int Teacher = 0;
    public const int Start = 1;
    public const int Samples = 2;
}
