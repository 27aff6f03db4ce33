using System.Collections.Immutable;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The coefficients (a, b, c) of X ← aX + b(XXᵀ)X + c(XXᵀ)²X for each iteration; the last are repeated beyond the end of the list. Immutable.</summary>
public sealed record NewtonSchulzCoefficients
{
    private const int LongestList = 1000;
    private static readonly string[] Words = ["muon", "cubic", "you", "cans", "polar-express", "file"];

    private NewtonSchulzCoefficients(string text, params ImmutableArray<(double Linear, double Cubic, double Quintic)> steps)
    {
        Text = text;
        Steps = steps;
    }

    /// <summary>Muon's quintic (K. Jordan, 2024): steep at zero, lands in about [0.68, 1.20].</summary>
    public static NewtonSchulzCoefficients Muon { get; } = new("muon", (3.4445, -4.7750, 2.0315));

    /// <summary>The Newton–Schulz iteration itself, which converges to the sign.</summary>
    public static NewtonSchulzCoefficients Cubic { get; } = new("cubic", (1.5, -0.5, 0));

    /// <summary>Five quintics that were tuned together (J. You, modded-nanogpt, 2025).</summary>
    public static NewtonSchulzCoefficients You { get; } = new("you", (4.0848, -6.8946, 2.9270), (3.9505, -6.3029, 2.6377), (3.7418, -5.5913, 2.3037), (2.8769, -3.1427, 1.2046), (2.8366, -3.0525, 1.2012));

    /// <summary>The greedy minimax quintics on [1e-3, 1] without a cushion (CANS, arXiv 2506.10935).</summary>
    public static NewtonSchulzCoefficients Cans { get; } = new("cans", (8.4703, -25.1081, 18.6293), (4.1828, -3.1087, 0.5806), (3.9619, -2.9541, 0.5630), (3.2866, -2.4647, 0.5074), (2.2737, -1.6447, 0.4162));

    /// <summary>As it was written.</summary>
    public string Text { get; private init; }

    /// <summary>(a, b, c) of each iteration, at least one.</summary>
    public ImmutableArray<(double Linear, double Cubic, double Quintic)> Steps { get; }

    /// <summary>What the Frobenius norm is multiplied by before X₀ = G/norm: 1, and 1.01 for Polar Express.</summary>
    public double NormFactor { get; private init; } = 1;

    /// <summary>Iterations where none are asked for: five, or as many as a list has.</summary>
    public int UsualIterations { get; private init; } = 5;

    /// <summary>Polar Express (arXiv 2505.16932): greedy minimax quintics for singular values from a lowest one on, with the cushion and the safety factor 1.01 of the paper.</summary>
    /// <param name="lowest">Smallest relative singular value that is aimed at, 1e-6 to 0.5.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public static NewtonSchulzCoefficients PolarExpress(double lowest = MinimaxQuintics.UsualLowest) => lowest is >= 1e-6 and <= 0.5
        ? new(lowest == MinimaxQuintics.UsualLowest ? "polar-express" : "polar-express:" + Setting.Format(lowest), MinimaxQuintics.Safe(lowest)) { NormFactor = MinimaxQuintics.Safety }
        : throw new ParameterException("newton-schulz", "polar-express:" + Setting.Format(lowest), "polar-express:LOWEST with LOWEST >= 1e-6 and <= 0.5");

    /// <summary>A list of one's own.</summary>
    /// <param name="steps">(a, b, c) of each iteration, at least one.</param>
    /// <exception cref="ParameterException">None, too many, or not finite.</exception>
    public static NewtonSchulzCoefficients Of(params IEnumerable<(double Linear, double Cubic, double Quintic)> steps)
    {
        ImmutableArray<(double Linear, double Cubic, double Quintic)> list = [.. steps];
        if (list.Length is < 1 or > LongestList)
            throw new ParameterException("newton-schulz", $"({list.Length} iterations)", $"1 to {LongestList} rows of three coefficients");
        var text = string.Join(';', list.Select(Written));
        if (list.Any(step => step.Linear <= 0))
            throw new ParameterException("newton-schulz", text, "coefficients with a > 0 in every row", "a is what small singular values are multiplied by: at zero they never move, and below it they ascend");
        return list.All(step => double.IsFinite(step.Linear) && double.IsFinite(step.Cubic) && double.IsFinite(step.Quintic))
            ? new(text, list) { UsualIterations = list.Length == 1 ? 5 : list.Length }
            : throw new ParameterException("newton-schulz", text, "three finite coefficients");
    }

    /// <summary>The coefficients that a text names.</summary>
    /// <exception cref="EigenflowException">Of no such form, or a file that cannot be used.</exception>
    internal static NewtonSchulzCoefficients Read(string text)
    {
        if (TextForm.PathOf(text) is { } path)
            return ReadFile(path) with { Text = text };
        switch (text.Split(':'))
        {
            case ["muon"]:
                return Muon;
            case ["cubic"]:
                return Cubic;
            case ["you"]:
                return You;
            case ["cans"]:
                return Cans;
            case ["polar-express"]:
                return PolarExpress();
            case ["polar-express", var lowest] when TextForm.Real(lowest) is { } value:
                return PolarExpress(value);
            default:
                return text.Split(',').Select(TextForm.Real).ToArray() is [{ } a, { } b, { } c]
                    ? Of((a, b, c))
                    : throw new ParameterException("newton-schulz", text, "muon, cubic, you, cans, polar-express[:LOWEST], file:PATH or three numbers a,b,c", Suggestion.For(text.Split(':')[0], Words));
        }
    }

    /// <summary>(a, b, c) of an iteration.</summary>
    /// <param name="iteration">0-based.</param>
    internal (double Linear, double Cubic, double Quintic) At(int iteration) => Steps[Math.Min(iteration, Steps.Length - 1)];

    /// <inheritdoc/>
    public bool Equals(NewtonSchulzCoefficients? other) => other is not null && NormFactor == other.NormFactor && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NormFactor, Steps.Length, Steps[0]);

    /// <summary>The numbers: two lists share it only if they are equal, also where they are of files.</summary>
    public override string ToString() => FormattableString.Invariant($"{NormFactor}|{string.Join(';', Steps.Select(Written))}");

    private static string Written((double Linear, double Cubic, double Quintic) step) => $"{Setting.Format(step.Linear)},{Setting.Format(step.Cubic)},{Setting.Format(step.Quintic)}";

    private static NewtonSchulzCoefficients ReadFile(string path)
    {
        var matrix = InputVector.ReadMatrix(path);
        if (matrix.Columns != 3 || matrix.Rows > LongestList)
            throw new InputFileException(path, $"it holds a table of {matrix.Rows} rows and {matrix.Columns} columns", $"the three columns a, b and c, and a row per iteration ({LongestList} at most)");
        return Of(Enumerable.Range(0, matrix.Rows).Select(row => (matrix.Values[3 * row], matrix.Values[(3 * row) + 1], matrix.Values[(3 * row) + 2])));
    }
}
