using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>How the modes are carried by a method.</summary>
public enum ModeRepresentation
{
    /// <summary>Full up to 2048 modes, compressed up to 2·10⁸, averaged above.</summary>
    Auto,

    /// <summary>Every mode by itself: memory O(d). Methods that need statistics only merge modes of one eigenvalue, which is exact.</summary>
    Full,

    /// <summary>Chebyshev nodes per octave of λ with moment weights of the actual teacher and start: one pass over the modes, then O(log d).</summary>
    Compressed,

    /// <summary>As compressed, for the typical teacher and start instead of drawn ones: O(log d) altogether.</summary>
    Averaged,
}

/// <summary>
/// Phase retrieval with anisotropic Gaussian inputs (arXiv 2511.18661): x ~ N(0, Q), Q = diag(λ) with trace one,
/// label y = ⟨x, w*⟩² + ξ, ξ ~ N(0, σ²), loss L(w) = E[(⟨x, w⟩² − ⟨x, w*⟩²)²]. Immutable.
/// </summary>
public sealed record PhaseRetrievalProblem : IProblem
{
    // Above this many modes compression is faster than carrying every mode.
    private const long LargestAutoFull = 2048;

    // Drawing and compressing this many modes takes about ten seconds.
    private const long LargestAutoCompressed = 200_000_000;

    // One pass over more modes than this takes hours.
    private const long LargestCompressed = 100_000_000_000;

    // From here on, what nodes on panels of three octaves leave out is below a seventh of the tolerance.
    private const double LooseTolerance = 1e-5;

    /// <summary>The eigenvalues of the covariance. Default: a = 2 with 1000 modes, the paper's figure 2.</summary>
    public Spectrum Spectrum { get; init; } = Spectrum.PowerLaw(1000, 2);

    /// <summary>The teacher w*. Default: Gaussian, as in the paper.</summary>
    public Teacher Teacher { get; init; } = Teacher.Gaussian(1);

    /// <summary>The start w(0). Default: uniform on the unit sphere, as in the paper.</summary>
    public Start Start { get; init; } = Start.UnitSphere(1);

    /// <summary>Variance σ² ≥ 0 of the label noise. It acts on SGD only: the population loss excludes it.</summary>
    public double Noise { get; init; }

    /// <summary>Escape threshold δ in (0, 1): T₁ is the first time with |u| ≥ δ s*. Default 0.1.</summary>
    public double EscapeThreshold { get; init; } = 0.1;

    /// <summary>Accuracy ε in (0, 1): T₂ is the first time with |u|/s* and s/s* both in [1 − ε, 1 + ε]. Default 0.05.</summary>
    public double Accuracy { get; init; } = 0.05;

    /// <summary>
    /// Number p of modes that the student sees, at most d; null for all of them. Its weights beyond are zero from the start on (the start is that of all modes, cut at p), while the
    /// labels keep all modes. For the methods flow, gd, sgd with Gaussian samples, and sgd-theory.
    /// </summary>
    public long? ModelSize { get; init; }

    /// <summary>κ from 0 to 1 of the preconditioned dynamics ẇ = −Q^(−κ)∇L; 0 is the plain gradient, ½ is like Adam's. For the methods flow and gd.</summary>
    public double Preconditioner { get; init; }

    /// <summary>
    /// ε, of either sign: the preconditioner knows the eigenbasis only up to a random rotation R = exp(εA), A antisymmetric with entries of variance 1/d, so that ε is the root mean square angle of a basis
    /// vector in radians while it is small: P = R diag((RᵀQR)_ii)^(−κ) Rᵀ. For the methods flow and gd, with at most <see cref="RotatedModes.LargestDimension"/> modes.
    /// </summary>
    public double Rotation { get; init; }

    /// <summary>Seed of the rotation.</summary>
    public long RotationSeed { get; init; } = 1;

    /// <summary>The first mode, from 0, that the student does not see; null for a student of all modes.</summary>
    internal long? HiddenFrom => ModelSize is { } size && size < Spectrum.Dimension ? size : null;

    /// <inheritdoc/>
    public string SystemId => PhaseRetrievalSystem.Identifier;

    /// <inheritdoc/>
    public Setting Describe() => Setting.Empty
        .With(PhaseRetrievalParameters.Dimension, Spectrum.Dimension).With(PhaseRetrievalParameters.Noise, Noise)
        .With(PhaseRetrievalParameters.EscapeThreshold, EscapeThreshold).With(PhaseRetrievalParameters.Accuracy, Accuracy);

    /// <summary>Checks every member.</summary>
    /// <exception cref="ParameterException">A member that is not allowed.</exception>
    public void Validate()
    {
        if (!(Noise >= 0) || !double.IsFinite(Noise))
            throw new ParameterException("noise", Noise, "a finite variance >= 0");
        if (!(EscapeThreshold > 0 && EscapeThreshold < 1))
            throw new ParameterException("escape-threshold", EscapeThreshold, "a number > 0 and < 1");
        if (!(Accuracy > 0 && Accuracy < 1))
            throw new ParameterException("accuracy", Accuracy, "a number > 0 and < 1");
        if (ModelSize is { } size && (size < 1 || size > Spectrum.Dimension))
            throw new ParameterException("model-size", size, $"a whole number from 1 to dimension = {Spectrum.Dimension}", size < 1 ? "" : "raise dimension, or choose a smaller model");
        if (!(Preconditioner is >= 0 and <= 1))
            throw new ParameterException("preconditioner", Preconditioner, "a number >= 0 and <= 1");
        if (!double.IsFinite(Rotation))
            throw new ParameterException("rotation", Rotation, "a finite number");
        if (Rotation != 0 && HiddenFrom is { } seen)
            throw new ParameterException("model-size", seen, $"dimension = {Spectrum.Dimension} beside a rotation", "a rotated preconditioner mixes all modes");
        CheckLength("teacher", Teacher.Length);
        CheckLength("start", Start.Length);
    }

    /// <summary>The same problem with every eigenvalue equal to 1/d, the reference of the paper's comparisons.</summary>
    public PhaseRetrievalProblem Isotropic() => this with { Spectrum = Spectrum.Isotropic(Spectrum.Dimension) };

    /// <summary>The modes in the form that a method integrates.</summary>
    /// <param name="representation">How they are carried.</param>
    /// <param name="cancellation">Ends the pass over the modes.</param>
    /// <exception cref="EigenflowException">A zero teacher, lengths that differ, or too much memory.</exception>
    public WeightedModes Modes(ModeRepresentation representation = ModeRepresentation.Auto, CancellationToken cancellation = default) => Modes(representation, 0, cancellation);

    /// <summary>The modes for a solver of some tolerance: where it is loose, a third as many nodes stand for them.</summary>
    internal WeightedModes Modes(ModeRepresentation representation, double tolerance, CancellationToken cancellation)
    {
        Validate();
        if (representation == ModeRepresentation.Compressed && Spectrum.Dimension > LargestCompressed)
            throw new ParameterException("modes", "compressed", $"averaged or auto with dimension = {Spectrum.Dimension}", "one pass over more than 1e11 modes would take hours");
        var modes = Resolve(representation) switch
        {
            ModeRepresentation.Full => FullModes.Build(this),
            ModeRepresentation.Compressed => CompressedModes.Build(this, Octaves(), cancellation),
            _ => AveragedModes.Build(this, Octaves(), cancellation),
        };
        CheckStart(modes);
        if (HiddenFrom is { } size && !(modes.SeenOverlap > 1e-12 * modes.TeacherOverlap))
            throw new ParameterException("model-size", size, "a size whose modes have a part of the teacher's overlap, above 1e-12 of it", "the student sees nothing of what makes the labels: raise model-size, or give the teacher a coefficient on its modes");
        return modes;

        int Octaves() => tolerance < LooseTolerance ? 1 : SpectralPanel.WideOctaves;
    }

    /// <summary>Refuses what a method does not compute, so that nobody takes its result for that of a smaller or preconditioned student.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="seesModelSize">Whether it computes students of few modes.</param>
    /// <param name="seesPreconditioner">Whether it computes preconditioned dynamics.</param>
    /// <param name="seesRotation">Whether it computes rotated preconditioners.</param>
    /// <exception cref="ParameterException">It does not.</exception>
    internal void RequirePlain(string method, bool seesModelSize = false, bool seesPreconditioner = false, bool seesRotation = false)
    {
        if (HiddenFrom is { } size && !seesModelSize)
            throw new ParameterException("model-size", size, $"dimension = {Spectrum.Dimension} for method = {method}", "use method = flow, gd, sgd or sgd-theory");
        if (Preconditioner != 0 && !seesPreconditioner)
            throw new ParameterException("preconditioner", Preconditioner, $"0 for method = {method}", "use method = flow or gd");
        if (Rotation != 0 && !seesRotation)
            throw new ParameterException("rotation", Rotation, $"0 for method = {method}", "use method = flow or gd");
    }

    /// <summary>What <see cref="ModeRepresentation.Auto"/> means for this problem.</summary>
    /// <param name="representation">The request.</param>
    public ModeRepresentation Resolve(ModeRepresentation representation) => representation switch
    {
        ModeRepresentation.Auto when Spectrum.Dimension <= LargestAutoFull => ModeRepresentation.Full,
        ModeRepresentation.Auto when Spectrum.Dimension <= LargestAutoCompressed => ModeRepresentation.Compressed,
        ModeRepresentation.Auto => ModeRepresentation.Averaged,
        _ => representation,
    };

    /// <summary>Whether <see cref="ModeRepresentation.Auto"/> means averaged weights at a dimension.</summary>
    /// <param name="dimension">d.</param>
    internal static bool IsAveraged(long dimension) => dimension > LargestAutoCompressed;

    // The loss is a square of s.
    private static void CheckStart(WeightedModes modes)
    {
        double overlap = 0, square = 0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var value = modes.Weights[j] * modes.Start[j] * modes.Start[j];
            overlap += modes.Eigenvalues[j] * value;
            square += value;
        }

        if (!double.IsFinite(12 * overlap * overlap) || !double.IsFinite(square))
        {
            throw new ParameterException(
                "start", DisplayText.Plain($"(s(0) = {overlap:G3})"), "a start with s(0) < 1e153, whose loss is within the range of numbers", "divide the start by a power of ten");
        }
    }

    private void CheckLength(string parameter, long? length)
    {
        if (length is { } count && count != Spectrum.Dimension)
            throw new ParameterException(parameter, $"({count} coefficients)", $"as many coefficients as there are modes ({Spectrum.Dimension})");
    }
}
