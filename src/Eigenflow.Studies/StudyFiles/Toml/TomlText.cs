using System.Globalization;
using System.Text;

namespace Eigenflow.Studies;

/// <summary>Texts as they stand in a study file.</summary>
public static class TomlText
{
    /// <summary>A basic string of TOML: in double quotes, with quotes, backslashes and control characters escaped.</summary>
    /// <param name="text">The text.</param>
    public static string Quoted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter))
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }
}
