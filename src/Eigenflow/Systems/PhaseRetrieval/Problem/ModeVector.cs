using System.Collections.Immutable;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Checks of vectors with one coefficient per mode, and the numbers of the random streams.</summary>
internal static class ModeVector
{
    /// <summary>Refuses an empty vector and coefficients that are not finite.</summary>
    public static ImmutableArray<double> Checked(string parameter, ImmutableArray<double> coefficients)
    {
        if (coefficients.IsEmpty)
            throw new ParameterException(parameter, "(no values)", "one coefficient per mode");
        for (var i = 0; i < coefficients.Length; i++)
        {
            if (!double.IsFinite(coefficients[i]))
                throw new ParameterException(parameter, coefficients[i], "a list of finite coefficients", $"coefficient number {i + 1} is not");
        }

        return coefficients;
    }

    /// <summary>A teacher whose squares are within the range of numbers: its length is fixed afterwards, and a power of two leaves its digits as they are.</summary>
    public static double[] Scaled(double[] coefficients)
    {
        var largest = coefficients.Max(Math.Abs);
        return largest is 0 or (>= 1e-100 and <= 1e100) ? coefficients : [.. coefficients.Select(value => Math.ScaleB(value, -Math.ILogB(largest)))];
    }

    /// <summary>Refuses a start that nothing leaves or whose squares leave the range of numbers.</summary>
    public static double[] CheckedStart(double[] coefficients) => coefficients.Max(Math.Abs) switch
    {
        0 => throw new ParameterException("start", "(zero)", "a vector that is not zero", "w = 0 is a critical point, which nothing leaves"),
        > 1e50 => throw new ParameterException("start", coefficients.MaxBy(Math.Abs), "a list of coefficients of magnitude <= 1e50"),
        _ => coefficients,
    };
}

/// <summary>Streams of random numbers of this system: equal seeds give independent teachers, starts and samples.</summary>
internal static class RandomStreams
{
    public const int Teacher = 1;

    public const int Start = 2;

    public const int Samples = 3;

    public const int LabelNoise = 4;

    public const int MonteCarlo = 5;

    public const int Rows = 6;

    public const int DataSet = 7;
    public const int HiddenLabel = 14;

    public const int Rotation = 15;
}
