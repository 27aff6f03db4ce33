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
}
