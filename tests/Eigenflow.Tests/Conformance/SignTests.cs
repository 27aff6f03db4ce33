using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Losses, errors, variances and standard deviations are not negative, not by a rounding either: also for one mode, where differences of large numbers are smallest.</summary>
public sealed partial class SignTests
{
    // One of these makes a problem as small as it can be; not all of them are allowed everywhere.
    private static readonly (string Name, string Value)[][] Settings =
    [
        [],
        [("dimension", "1")],
        [("dimension", "1"), ("seed", "2")],
        [("dimension", "2"), ("seed", "3")],
        [("features", "1")],
        [("model-size", "1")],
        [("points", "40"), ("noise", "0")],
    ];

    // Moments that were cut off are those of no student, and errors that are made of them may have any sign: that is what the method shows.
    private const string Truncated = "hierarchy";

    public static TheoryData<string, string> Methods() => [.. TestedSystems.Methods().Where(row => row.Data.Item2 != Truncated)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void LossesErrorsAndVariancesAreNotNegative(string id, string method)
    {
        var system = TestedSystems.Find(id);
        foreach (var more in Settings)
        {
            if (more.Any(pair => system.Parameter(pair.Name) is null || !system.IsRead(system.Method(method), pair.Name)))
                continue;
            Eigenflow.Solutions.Solution solution;
            try
            {
                solution = system.Solve(system.Smallest(method, more));
            }
            catch (ParameterException)
            {
                continue;
            }

            foreach (var column in solution.Observables.Where(column => Positive().IsMatch(column.Name)))
            {
                for (var row = 0; row < solution.Rows; row++)
                    (column.Values[row] < 0).ShouldBeFalse(FormattableString.Invariant($"{column.Name} = {column.Values[row]} in row {row} of {method} with {string.Join(' ', more)}"));
            }
        }
    }

    [GeneratedRegex("^(.*-)?(loss|error|mse|risk|variance|variances|sd|se|kl)(-.*)?$", RegexOptions.None, 1000)]
    private static partial Regex Positive();
}
