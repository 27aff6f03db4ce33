using System.Text.Json;
using Eigenflow.Studies;

namespace Eigenflow.Explorer.Contracts;

/// <summary>The numbers of a fitted slope as members of an object, the same in answers and in files.</summary>
internal static class SlopeJson
{
    /// <summary>Writes exponent, its interval, the number of points and the verdict.</summary>
    public static void WriteNumbers(Utf8JsonWriter writer, WindowFit fit)
    {
        writer.WriteNumber("exponent", fit.Fit.Exponent);
        writer.WriteNumber("lower", fit.Fit.Lower);
        writer.WriteNumber("upper", fit.Fit.Upper);
        writer.WriteNumber("points", fit.Fit.Points);
        writer.WriteBoolean("isPowerLaw", fit.Fit.IsPowerLaw);
        writer.WriteString("verdict", fit.Fit.Verdict);
    }
}
