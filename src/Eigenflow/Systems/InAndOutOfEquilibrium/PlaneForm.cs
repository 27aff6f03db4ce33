using Eigenflow.Settings;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The plane of two coordinates in which currents are drawn.</summary>
/// <param name="First">First coordinate, from 1.</param>
/// <param name="Second">Second coordinate, another one.</param>
internal sealed record PlaneForm(int First, int Second)
{
    private static readonly string Allowed = FormattableString.Invariant($"I:J, two different coordinates from 1 to {ChainPlan.MostColumns}, such as 1:3");

    /// <summary>That of the first two coordinates.</summary>
    public static PlaneForm Default { get; } = new(1, 2);

    /// <summary>Declares the parameter <c>plane</c>.</summary>
    public static Parameter<PlaneForm> Parameter() => Settings.Parameter.Text("plane", "", "1:2", "Two coordinates in whose plane the current is drawn, where a picture shows one run.", [TextForm.Of("I:J")], Read, form => form.ToString()) with { Examples = ["1:3"] };

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{First}:{Second}");

    private static PlaneForm Read(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 2 && TextForm.Whole(parts[0]) is >= 1 and <= ChainPlan.MostColumns and var first && TextForm.Whole(parts[1]) is >= 1 and <= ChainPlan.MostColumns and var second && first != second
            ? new PlaneForm((int)first, (int)second)
            : throw new ParameterException("plane", text, Allowed);
    }
}
