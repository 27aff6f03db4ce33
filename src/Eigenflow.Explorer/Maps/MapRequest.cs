using Eigenflow.Explorer.Contracts;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>A number of a run over a grid of two parameters.</summary>
/// <param name="Run">The run; what it has for the two parameters is replaced.</param>
/// <param name="X">The parameter along the horizontal axis.</param>
/// <param name="Y">The parameter along the vertical axis.</param>
/// <param name="Quantity">What is shown: see <see cref="MapQuantity"/>.</param>
internal sealed record MapRequest(RunRequest Run, MapAxis X, MapAxis Y, string Quantity);

/// <summary>Values of one parameter, as they are typed.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Values">Two or more, ascending.</param>
internal sealed record MapAxis(string Parameter, IReadOnlyList<string> Values)
{
    private const int MostValues = 64;

    /// <summary>The parameter with its numbers, checked.</summary>
    /// <exception cref="EigenflowException">No such number, too many values, or values that do not ascend.</exception>
    public (Parameter Parameter, double[] Numbers) Read(ISystem system)
    {
        var known = system.Parameters.Where(candidate => candidate.Kind is ParameterKind.Number or ParameterKind.Integer).Select(candidate => candidate.Name).ToArray();
        if (system.Parameter(Parameter ?? "") is not { Kind: ParameterKind.Number or ParameterKind.Integer } parameter)
            throw new ParameterException("map", Parameter ?? "", "the name of a number of the system", Suggestion.For(Parameter ?? "", known));
        if (Values is not { Count: >= 2 and <= MostValues })
            throw new ExplorerException($"A map has from 2 to {MostValues} values per axis, and {Values?.Count ?? 0} were given for {parameter.Name}.");
        double[] numbers = [.. Values.Select(value => Convert.ToDouble(parameter.Parse(value ?? ""), System.Globalization.CultureInfo.InvariantCulture))];
        for (var index = 1; index < numbers.Length; index++)
        {
            if (numbers[index] <= numbers[index - 1])
                throw new ExplorerException($"The values of a map ascend, and {parameter.Name} has {Values[index]} after {Values[index - 1]}.");
        }

        return (parameter, numbers);
    }
}
