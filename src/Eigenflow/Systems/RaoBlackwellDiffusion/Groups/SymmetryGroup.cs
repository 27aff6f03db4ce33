namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>A compact group of orthogonal maps of R^d with its Haar probability. Immutable; may be used from many threads.</summary>
internal abstract class SymmetryGroup
{
    /// <summary>Largest number of elements of a design.</summary>
    public const int LargestDesign = 20_000;

    /// <summary>Its word, such as <c>cyclic:4</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Dimension d ≥ 1 of the vectors that it acts on; points are rows one after another.</summary>
    public abstract int Dimension { get; }

    /// <summary>How many standard normal numbers an element is made of.</summary>
    public abstract int Normals { get; }

    /// <summary>Number of elements of the design: maps over which every polynomial of degree 4 in the entries has the average that it has over the group; 0 where there is none of a sensible size. All elements of a small finite group.</summary>
    public abstract int DesignSize { get; }

    /// <summary>Whether it has finitely many elements; the design holds all of them where it is not empty.</summary>
    public virtual bool IsFinite => true;

    /// <summary>Whether there are proposals near the identity (<see cref="ApplyNear"/>).</summary>
    public virtual bool HasNear => false;

    /// <summary>About how long a posterior mean takes, in units of a hundred nanoseconds.</summary>
    public virtual double Work => 1 + (0.02 * Dimension);

    /// <summary>Relative error of a posterior mean.</summary>
    public virtual double Precision => 1e-14;

    /// <summary>Applies a Haar-distributed element.</summary>
    /// <param name="normals"><see cref="Normals"/> independent standard normal numbers.</param>
    /// <param name="vector">d numbers.</param>
    /// <param name="image">Receives d numbers; another memory than <paramref name="vector"/>.</param>
    public abstract void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image);

    /// <summary>Applies an element of the design.</summary>
    /// <param name="index">0 to <see cref="DesignSize"/> − 1; 0 is the identity.</param>
    /// <param name="vector">d numbers.</param>
    /// <param name="image">Receives d numbers.</param>
    public abstract void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image);

    /// <summary>Applies an element near the identity, of a law that is symmetric under inversion.</summary>
    /// <param name="normals"><see cref="Normals"/> independent standard normal numbers.</param>
    /// <param name="width">Standard deviation of its angle, &gt; 0; N cyclic shifts are a full turn.</param>
    /// <param name="vector">d numbers.</param>
    /// <param name="image">Receives d numbers.</param>
    /// <returns>ln of the density of the element relative to the Haar probability.</returns>
    public virtual double ApplyNear(ReadOnlySpan<double> normals, double width, ReadOnlySpan<double> vector, Span<double> image) => throw new NotSupportedException();

    /// <summary>An orbit with memory of its own, for one thread; bind it before use.</summary>
    public abstract Orbit NewOrbit();

    /// <summary>An orbit that is bound to a template.</summary>
    /// <param name="template">d numbers.</param>
    public Orbit Of(ReadOnlySpan<double> template)
    {
        var orbit = NewOrbit();
        orbit.Bind(template);
        return orbit;
    }
}

/// <summary>The orbit of a template under a group, and averages over it with the weights exp⟨f, g a⟩ of a field f: the posterior of g where f = αx/σ².</summary>
internal abstract class Orbit
{
    /// <summary>Takes another template.</summary>
    /// <param name="template">d numbers; copied.</param>
    public abstract void Bind(ReadOnlySpan<double> template);

    /// <summary>The mean ∫ g a exp⟨f, g a⟩ dμ / ∫ exp⟨f, g a⟩ dμ.</summary>
    /// <param name="field">f, d numbers.</param>
    /// <param name="mean">Receives d numbers.</param>
    /// <returns>ln ∫ exp⟨f, g a⟩ dμ.</returns>
    public abstract double Mean(ReadOnlySpan<double> field, Span<double> mean);

    /// <summary>The element of the orbit that is nearest to the field: argmax ⟨f, g a⟩, the limit of the mean without noise.</summary>
    /// <param name="field">f, d numbers.</param>
    /// <param name="nearest">Receives d numbers.</param>
    public abstract void Nearest(ReadOnlySpan<double> field, Span<double> nearest);
}
