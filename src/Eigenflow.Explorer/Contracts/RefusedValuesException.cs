namespace Eigenflow.Explorer.Contracts;

/// <summary>Several values of a setting are not allowed: the engine's words on each of them, on the one that it names first in front.</summary>
/// <param name="refusals">At least one.</param>
internal sealed class RefusedValuesException(IReadOnlyList<ParameterException> refusals) : EigenflowException(refusals[0].Message, refusals[0])
{
    /// <summary>What is said of each value.</summary>
    public IReadOnlyList<ParameterException> Refusals { get; } = refusals;
}
