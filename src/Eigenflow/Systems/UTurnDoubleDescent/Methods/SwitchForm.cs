using System.Globalization;
using Eigenflow.Settings;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Where a composite path turns from its first axis to its second.</summary>
/// <param name="Place">The value of the first axis; 0 where it interpolates the training points, −1 for no switch.</param>
internal sealed record SwitchForm(long Place)
{
    /// <summary>Where the first axis interpolates.</summary>
    public static readonly SwitchForm Interpolation = new(0);

    /// <summary>Both axes grow together.</summary>
    public static readonly SwitchForm None = new(-1);

    /// <summary>Declares the parameter <c>switch</c>.</summary>
    public static Parameter<SwitchForm> Parameter(string help) =>
        Settings.Parameter.Text("switch", "", "interpolation", help, [TextForm.Of("interpolation"), TextForm.Of("none"), TextForm.OfNumbers("a value of the first axis", 1)], Read, form => form.ToString()) with { Examples = ["16"] };

    /// <inheritdoc/>
    public override string ToString() => Place switch { 0 => "interpolation", < 0 => "none", _ => Place.ToString(CultureInfo.InvariantCulture) };

    private static SwitchForm Read(string text) => text switch
    {
        "interpolation" => Interpolation,
        "none" => None,
        _ => TextForm.Whole(text) is >= 1 and <= int.MaxValue and var place ? new(place) : throw new ParameterException("switch", text, "interpolation, none or a whole number >= 1", Suggestion.For(text, ["interpolation", "none"])),
    };
}
