using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Type of a critical point of the population loss.</summary>
public enum CriticalPoint
{
    /// <summary>The gradient is not zero.</summary>
    None,

    /// <summary>w = 0: a strict local maximum (on the modes with λ > 0).</summary>
    Maximum,

    /// <summary>w = ±w*: a global minimum.</summary>
    Minimum,

    /// <summary>u = 0 and s = s*/3: a saddle.</summary>
    Saddle,
}

/// <summary>
/// The population loss of phase retrieval as a function of w in the eigenbasis (arXiv 2511.18661, landscape; exact for Gaussian inputs).
/// Work O(d) per call, memory O(d); the Hessian is diagonal + rank 2 and is never formed.
/// </summary>
public sealed class Landscape
{
    private readonly double[] eigenvalues;
    private readonly double[] teacher;

    /// <summary>Makes the landscape.</summary>
    /// <param name="eigenvalues">λ_i ≥ 0, length d.</param>
    /// <param name="teacher">w*_i, length d.</param>
    /// <exception cref="ParameterException">Lengths that differ, or a zero teacher.</exception>
    public Landscape(ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> teacher)
    {
        if (eigenvalues.Length != teacher.Length)
            throw new ParameterException("teacher", $"({teacher.Length} coefficients)", $"as many coefficients as there are eigenvalues ({eigenvalues.Length})");
        this.eigenvalues = eigenvalues.ToArray();
        this.teacher = teacher.ToArray();
        TeacherOverlap = Form(teacher, teacher);
        if (!(TeacherOverlap > 0))
            throw new ParameterException("teacher", "(zero)", "a vector with a positive overlap s* = w*ᵀQw*");
    }

    /// <summary>The landscape of a problem with every mode carried.</summary>
    /// <param name="problem">The problem.</param>
    public static Landscape Of(PhaseRetrievalProblem problem)
    {
        var modes = (problem with { ModelSize = null }).Modes(ModeRepresentation.Full);
        return new Landscape(modes.Eigenvalues, modes.Teacher);
    }

    /// <summary>s* = w*ᵀQw*.</summary>
    public double TeacherOverlap { get; }

    /// <summary>s = wᵀQw and u = wᵀQw*.</summary>
    /// <param name="weights">w, length d.</param>
    public (double S, double U) Overlaps(ReadOnlySpan<double> weights) => (Form(weights, weights), Form(weights, teacher));

    /// <summary>L(w) = 3s² + 3s*² − 4u² − 2ss*.</summary>
    /// <param name="weights">w, length d.</param>
    public double Loss(ReadOnlySpan<double> weights)
    {
        var (s, u) = Overlaps(weights);
        return PhaseStatistics.LossOf(s, u, TeacherOverlap);
    }

    /// <summary>∇L = (12s − 4s*) Qw − 8u Qw*.</summary>
    /// <param name="weights">w, length d.</param>
    /// <param name="gradient">Receives ∇L, length d.</param>
    public void Gradient(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        var (s, u) = Overlaps(weights);
        for (var i = 0; i < gradient.Length; i++)
            gradient[i] = eigenvalues[i] * ((((12 * s) - (4 * TeacherOverlap)) * weights[i]) - (8 * u * teacher[i]));
    }

    /// <summary>∇²L v with ∇²L = 24 (Qw)(Qw)ᵀ + (12s − 4s*) Q − 8 (Qw*)(Qw*)ᵀ.</summary>
    /// <param name="weights">w, length d.</param>
    /// <param name="direction">v, length d.</param>
    /// <param name="product">Receives ∇²L v, length d.</param>
    public void HessianTimes(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product)
    {
        var s = Form(weights, weights);
        var along = Form(weights, direction);
        var alongTeacher = Form(teacher, direction);
        for (var i = 0; i < product.Length; i++)
        {
            product[i] = eigenvalues[i]
                * ((24 * along * weights[i]) + (((12 * s) - (4 * TeacherOverlap)) * direction[i]) - (8 * alongTeacher * teacher[i]));
        }
    }

    /// <summary>
    /// All eigenvalues of the Hessian, in descending order, from its diagonal + rank 2 form. Work O(d²) by bisection with inertia counts,
    /// O(d) memory.
    /// </summary>
    /// <param name="weights">w, length d.</param>
    public double[] HessianSpectrum(ReadOnlySpan<double> weights)
    {
        var s = Form(weights, weights);
        var diagonal = new double[eigenvalues.Length];
        var first = new double[eigenvalues.Length];
        var second = new double[eigenvalues.Length];
        for (var i = 0; i < diagonal.Length; i++)
        {
            diagonal[i] = ((12 * s) - (4 * TeacherOverlap)) * eigenvalues[i];
            first[i] = Math.Sqrt(24) * eigenvalues[i] * weights[i];
            second[i] = Math.Sqrt(8) * eigenvalues[i] * teacher[i];
        }

        return RankTwoSpectrum.Of(diagonal, first, second);
    }

    /// <summary>What kind of critical point w is.</summary>
    /// <param name="weights">w, length d.</param>
    /// <param name="tolerance">Largest gradient norm, relative to s*^(3/2) √λ₁, that counts as zero.</param>
    public CriticalPoint Classify(ReadOnlySpan<double> weights, double tolerance = 1e-9)
    {
        var gradient = new double[eigenvalues.Length];
        Gradient(weights, gradient);
        var norm = Math.Sqrt(gradient.Sum(value => value * value));
        if (!(norm <= tolerance * Math.Pow(TeacherOverlap, 1.5) * Math.Sqrt(eigenvalues.Max())))
            return CriticalPoint.None;

        // The only critical points are w = 0 (s = 0), ±w* (s = s*) and the saddle set (s = s*/3), up to modes with λ = 0.
        var s = Form(weights, weights) / TeacherOverlap;
        return s < 1.0 / 6 ? CriticalPoint.Maximum : s < 2.0 / 3 ? CriticalPoint.Saddle : CriticalPoint.Minimum;
    }

    private double Form(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (left.Length != eigenvalues.Length || right.Length != eigenvalues.Length)
            throw new ParameterException("weights", $"({left.Length} coefficients)", $"as many coefficients as there are eigenvalues ({eigenvalues.Length})");
        var sum = 0.0;
        for (var i = eigenvalues.Length - 1; i >= 0; i--)
            sum += eigenvalues[i] * left[i] * right[i];
        return sum;
    }
}
