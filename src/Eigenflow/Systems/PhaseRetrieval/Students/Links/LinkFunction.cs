using System.Collections.Immutable;
using Eigenflow.Settings;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// An even link h(z) = s* Σ_k c_k He_k(z/√s*), k = 2, 4, 6, of labels y = h(⟨x, w*⟩) and students h(⟨x, w⟩), with probabilists' Hermite polynomials. The square z² is c = (1, 0, 0) up to a constant, which
/// labels and student share. Immutable.
/// </summary>
public sealed record LinkFunction
{
    /// <summary>Largest degree.</summary>
    internal const int LargestDegree = 6;

    private const string Name = "link";
    private const double LargestCoefficient = 1e6;
    private static readonly TextForm[] Forms = [TextForm.Of("square"), TextForm.Of("hermite4"), TextForm.Of("hermite6"), TextForm.List("poly:C2,C4,C6")];

    private LinkFunction(string text, ImmutableArray<double> coefficients)
    {
        Text = text;
        Coefficients = coefficients;
    }

    /// <summary>The paper's z².</summary>
    public static LinkFunction Square { get; } = new("square", [1, 0, 0]);

    /// <summary>The fourth Hermite polynomial.</summary>
    public static LinkFunction Hermite4 { get; } = new("hermite4", [0, 1, 0]);

    /// <summary>The sixth Hermite polynomial.</summary>
    public static LinkFunction Hermite6 { get; } = new("hermite6", [0, 0, 1]);

    /// <summary>How it is written.</summary>
    public string Text { get; }

    /// <summary>c₂, c₄, c₆.</summary>
    public ImmutableArray<double> Coefficients { get; }

    /// <summary>The smallest degree of which the link has a part: 2, 4 or 6.</summary>
    public int InformationExponent => Coefficients[0] != 0 ? 2 : Coefficients[1] != 0 ? 4 : 6;

    /// <summary>The coefficient of a degree; 0 where there is none.</summary>
    /// <param name="degree">An even degree.</param>
    internal double this[int degree] => degree is 2 or 4 or 6 ? Coefficients[(degree / 2) - 1] : 0;

    /// <summary>A link of given Hermite coefficients.</summary>
    /// <param name="second">c₂.</param>
    /// <param name="fourth">c₄.</param>
    /// <param name="sixth">c₆.</param>
    /// <exception cref="ParameterException">All zero, not finite, or of magnitude above 1e6.</exception>
    public static LinkFunction Of(double second, double fourth = 0, double sixth = 0)
    {
        double[] given = [second, fourth, sixth];
        foreach (var value in given)
        {
            if (!(Math.Abs(value) <= LargestCoefficient))
                throw new ParameterException(Name, value, "coefficients from -1e6 to 1e6");
        }

        return given.All(value => value == 0)
            ? throw new ParameterException(Name, "poly:0,0,0", "a link that is not constant")
            : new LinkFunction("poly:" + string.Join(',', given.Select(value => Setting.Format(value + 0.0))), [.. given]);
    }

    /// <summary>Reads a link.</summary>
    /// <param name="text">What the user typed.</param>
    /// <exception cref="ParameterException">Of no form.</exception>
    public static LinkFunction Parse(string text) => text switch
    {
        "square" => Square,
        "hermite4" => Hermite4,
        "hermite6" => Hermite6,
        _ when text.Split(':') is ["poly", var list] && list.Split(',').Select(TextForm.Real).ToArray() is { Length: >= 1 and <= 3 } values && values.All(value => value is not null) =>
            Of(values[0]!.Value, values.ElementAtOrDefault(1) ?? 0, values.ElementAtOrDefault(2) ?? 0),
        _ => throw new ParameterException(Name, text, string.Join(", ", Forms.SkipLast(1)) + " or " + Forms[^1], Suggestion.For(text.Split(':')[0], Forms.Select(form => form.Word))),
    };

    /// <summary>Declares the parameter.</summary>
    internal static Parameter<LinkFunction> Parameter() => Settings.Parameter.Text(
        Name, "h", "hermite4", "Even link of labels and student: z², a Hermite polynomial of z/√s*, or up to three Hermite coefficients.", Forms, Parse, link => link.Text) with
    { Examples = ["poly:1,0.5,0"] };
}
