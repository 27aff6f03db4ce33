using Eigenflow.Data;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>What the columns of a table of a trajectory are: parameters, the gradients that belong to them, and what counts the rows; with the order of the rows in time.</summary>
/// <param name="Parameters">0-based columns.</param>
/// <param name="Gradients">The column of the gradient of each parameter; empty where none are given.</param>
/// <param name="Order">Rows in time order.</param>
/// <param name="Notes">What was taken for what, where the file leaves it to us.</param>
internal sealed record PathColumns(int[] Parameters, int[] Gradients, int[] Order, IReadOnlyList<string> Notes)
{
    private const string Gradient = "grad";
    private const double Rounding = 1e-9;
    private const int FewestShuffled = 12;

    // Names that say what a column is where its values agree.
    private static readonly HashSet<string> Clocks = new(["step", "steps", "t", "time", "epoch", "iteration", "iterations", "iter", "index", "idx", "id", "row", "k", "n", ""], StringComparer.OrdinalIgnoreCase);
    private static readonly string[] NoParameters = ["loss", "lr", "learning_rate", "learning-rate", "accuracy", "acc"];

    /// <summary>Finds them.</summary>
    /// <exception cref="ParameterException">Gradients that belong to no parameter, or a count of rows with gaps.</exception>
    public static PathColumns Of(DataMatrix table)
    {
        var notes = new List<string>(table.Notes);
        string NameOf(int column) => column < table.Names.Count ? table.Names[column].Trim() : "";
        string Described(int column) => IndexColumns.Describe(column, column < table.Names.Count ? table.Names[column] : null);
        int[] order = [.. Enumerable.Range(0, table.Rows)];
        var (parameters, gradients) = (new List<int>(), new List<int>());
        int? clock = null;
        for (var column = 0; column < table.Columns; column++)
        {
            var name = NameOf(column);
            if (name.StartsWith(Gradient, StringComparison.OrdinalIgnoreCase))
                gradients.Add(column);
            else if (NoParameters.Any(word => name.Equals(word, StringComparison.OrdinalIgnoreCase) || name.EndsWith("_" + word, StringComparison.OrdinalIgnoreCase)))
                notes.Add($"{Described(column)} was left out as no parameter; rename it to keep it");
            else if (clock is null && IsClock(table, column, Clocks.Contains(name), out var sorted))
                (clock, order) = (column, sorted);
            else
                parameters.Add(column);
        }

        if (clock is { } counts)
            notes.AddRange(ClockNotes(table.Column(counts), order, Described(counts)));
        foreach (var column in parameters.Where(column => NameOf(column) is { Length: > 0 } name && Clocks.Contains(name)))
            notes.Add($"{Described(column)} does not count the rows: it was taken for a parameter");
        return new PathColumns([.. parameters], Matched(parameters, gradients, NameOf), order, notes);
    }

    // A column whose values are equal steps apart in order of time, whole where its name does not say what it is. Parameters of a trajectory never are.
    private static bool IsClock(DataMatrix table, int column, bool isNamed, out int[] order)
    {
        var values = table.Column(column);
        order = [.. Enumerable.Range(0, values.Length)];
        var isSorted = true;
        for (var row = 1; row < values.Length; row++)
            isSorted &= values[row] >= values[row - 1];
        if (!isSorted)
        {
            if (values.Length < FewestShuffled && !isNamed)
                return false;
            Array.Sort((double[])values.Clone(), order);
        }

        var step = values.Length > 1 ? values[order[1]] - values[order[0]] : 0;
        var isEven = step > 0;
        var (at, doubles) = (1, 0);
        for (var row = 1; row < values.Length; row++)
        {
            var change = values[order[row]] - values[order[row - 1]];
            if (isEven && row > 1 && Math.Abs(change - step) > Rounding * Math.Max(step, Math.Abs(values[order[row]])))
                (isEven, at) = (false, row);
            doubles += change == 0 ? 1 : 0;
        }

        var isWhole = Array.TrueForAll(values, value => value == Math.Floor(value));
        if (isEven)
            return isNamed || isWhole;

        // A name that says so and whole numbers are a count with a fault, not a parameter.
        if (isNamed && isWhole && values.Length > 1 && values[order[^1]] > values[order[0]])
        {
            throw new ParameterException(
                "trajectory", FormattableString.Invariant($"({IndexColumns.Describe(column, table.Names.Count > column ? table.Names[column] : null)} goes from {values[order[at - 1]]:G9} to {values[order[at]]:G9})"),
                FormattableString.Invariant($"a count of the rows in equal steps, here of {step:G6}"), doubles > 0 ? "give one trajectory per file" : "leave out the rows before or after the gap");
        }

        return false;
    }

    private static IEnumerable<string> ClockNotes(double[] values, int[] order, string described)
    {
        var step = values[order[1]] - values[order[0]];
        var isSorted = true;
        for (var row = 1; row < order.Length; row++)
            isSorted &= order[row] > order[row - 1];
        yield return FormattableString.Invariant($"{described} counts the rows ({values[order[0]]:G9} … {values[order[^1]]:G9}) and was left out{(isSorted ? "" : "; rows were put in its order")}");
        if (Math.Abs(step - 1) > Rounding)
            yield return FormattableString.Invariant($"it goes in steps of {step:G6}: all numbers are per row, so a time unit is {step:G6} of it");
    }

    // Gradients by the name of their parameter or its number; in the order of the columns where there is only one parameter.
    private static int[] Matched(List<int> parameters, List<int> gradients, Func<int, string> nameOf)
    {
        if (gradients.Count == 0)
            return [];
        if (gradients.Count != parameters.Count)
        {
            throw new ParameterException(
                "trajectory", $"({gradients.Count} columns of gradients)", $"as many columns whose names begin with grad as there are parameters ({parameters.Count}: {string.Join(", ", parameters.Take(8).Select(nameOf))}), or none");
        }

        string[] owners = [.. gradients.Select(column => OwnerOf(nameOf(column)))];
        if (gradients.Count == 1)
            return [.. gradients];
        var places = parameters.Select(parameter => Array.FindIndex(owners, owner => owner.Equals(nameOf(parameter), StringComparison.OrdinalIgnoreCase))).ToArray();
        if (!places.Contains(-1) && places.Distinct().Count() == places.Length)
            return [.. places.Select(place => gradients[place])];

        // grad1 … gradd, or grad0 … grad(d − 1), are numbers of the parameters.
        int[] numbers = [.. owners.Select(owner => int.TryParse(owner, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : -1)];
        foreach (var first in new[] { 1, 0 })
        {
            if (numbers.Order().SequenceEqual(Enumerable.Range(first, numbers.Length)))
                return [.. Enumerable.Range(first, numbers.Length).Select(number => gradients[Array.IndexOf(numbers, number)])];
        }

        throw new ParameterException(
            "trajectory", $"(gradients {string.Join(", ", gradients.Take(8).Select(nameOf))} of parameters {string.Join(", ", parameters.Take(8).Select(nameOf))})", "names that say which parameter a gradient belongs to", "call them grad_NAME, or grad1, grad2, … in the order of the parameters");
    }

    private static string OwnerOf(string name)
    {
        var rest = name[Gradient.Length..];
        if (rest.StartsWith("ients", StringComparison.OrdinalIgnoreCase))
            rest = rest[5..];
        else if (rest.StartsWith("ient", StringComparison.OrdinalIgnoreCase))
            rest = rest[4..];
        else if (rest.StartsWith('s') || rest.StartsWith('S'))
            rest = rest[1..];
        return rest.Trim(' ', '_', '.', '-', '/', ':', '(', ')', '[', ']');
    }
}
