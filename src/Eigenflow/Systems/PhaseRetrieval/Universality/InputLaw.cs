using System.Globalization;
using Eigenflow.Settings;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The law of the inputs x_i = √λ_i ζ_i: independent coordinates ζ of mean zero and variance one (Gaussian, signs, uniform, Student's t), or ζ uniform on the sphere of radius √d. All have the covariance of the spectrum;
/// they differ in their fourth moments. Immutable.
/// </summary>
public sealed record InputLaw
{
    private const string Name = "input-law";

    // Eighth moments of the coordinates are in the variance of what is averaged.
    private const double SmallestFreedom = 8;
    private const double LargestFreedom = 1e6;
    private static readonly TextForm[] Forms = [TextForm.Of("gaussian"), TextForm.Of("rademacher"), TextForm.Of("uniform"), TextForm.Of("student:FREEDOM"), TextForm.Of("sphere")];

    private InputLaw(string text, InputLawKind kind, double excessKurtosis, double freedom = 0) => (Text, Kind, ExcessKurtosis, Freedom) = (text, kind, excessKurtosis, freedom);

    /// <summary>Normal coordinates, the paper's.</summary>
    public static InputLaw Gaussian { get; } = new("gaussian", InputLawKind.Gaussian, 0);

    /// <summary>Signs ±1, κ₄ = −2.</summary>
    public static InputLaw Rademacher { get; } = new("rademacher", InputLawKind.Rademacher, -2);

    /// <summary>Uniform on [−√3, √3], κ₄ = −6/5.</summary>
    public static InputLaw Uniform { get; } = new("uniform", InputLawKind.Uniform, -1.2);

    /// <summary>Uniform on the sphere of radius √d: every fourth moment is d/(d + 2) of the Gaussian one.</summary>
    public static InputLaw Sphere { get; } = new("sphere", InputLawKind.Sphere, 0);

    /// <summary>How it is written.</summary>
    public string Text { get; }

    /// <summary>Excess kurtosis κ₄ = E ζ⁴ − 3 of independent coordinates; 0 for the sphere, whose coordinates are not independent.</summary>
    public double ExcessKurtosis { get; }

    /// <summary>Degrees of freedom of Student's t.</summary>
    internal double Freedom { get; }

    /// <summary>Which one it is.</summary>
    internal InputLawKind Kind { get; }

    /// <summary>Student's t scaled to variance one, κ₄ = 6/(ν − 4).</summary>
    /// <param name="freedom">Degrees of freedom ν > 8.</param>
    /// <exception cref="ParameterException">Not above 8.</exception>
    public static InputLaw Student(double freedom) => freedom is > SmallestFreedom and <= LargestFreedom
        ? new InputLaw("student:" + freedom.ToString("R", CultureInfo.InvariantCulture), InputLawKind.Student, 6 / (freedom - 4), freedom)
        : throw new ParameterException(Name, FormattableString.Invariant($"student:{freedom:R}"), "student:FREEDOM with FREEDOM > 8 and <= 1e6", "SGD averages squares of fourth powers, whose mean needs eight moments");

    /// <summary>Reads a law.</summary>
    /// <param name="text">What the user typed.</param>
    /// <exception cref="ParameterException">Of no form.</exception>
    public static InputLaw Parse(string text) => text switch
    {
        "gaussian" => Gaussian,
        "rademacher" => Rademacher,
        "uniform" => Uniform,
        "sphere" => Sphere,
        _ when text.Split(':') is ["student", var number] && TextForm.Real(number) is { } freedom => Student(freedom),
        _ => throw new ParameterException(Name, text, string.Join(", ", Forms.SkipLast(1)) + " or " + Forms[^1], Suggestion.For(text.Split(':')[0], Forms.Select(form => form.Word))),
    };

    /// <summary>Declares the parameter.</summary>
    internal static Parameter<InputLaw> Parameter() => Settings.Parameter.Text(
        Name, "", "gaussian", "Law of the inputs with the covariance of the spectrum: independent coordinates in its eigenbasis, or uniform on the sphere.", Forms, Parse, law => law.Text) with
    { Examples = ["student:10"] };
}

/// <summary>Laws of coordinates.</summary>
internal enum InputLawKind
{
    /// <summary>Normal.</summary>
    Gaussian,

    /// <summary>±1.</summary>
    Rademacher,

    /// <summary>Uniform.</summary>
    Uniform,

    /// <summary>Student's t.</summary>
    Student,

    /// <summary>Uniform on the sphere.</summary>
    Sphere,
}
