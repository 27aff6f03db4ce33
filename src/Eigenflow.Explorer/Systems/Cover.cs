using Eigenflow.Dynamics;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Systems;

/// <summary>What a system shows of itself in the gallery: one panel of some runs. A system that is not listed shows its theory at the defaults.</summary>
/// <param name="Panel">Index of the panel in the figure of the runs.</param>
/// <param name="Runs">The runs.</param>
internal sealed record Cover(int Panel, IReadOnlyList<RunRequest> Runs)
{
    private static readonly Dictionary<string, string> Defaults = [];

    private static readonly Dictionary<string, Cover> Covers = new(StringComparer.Ordinal)
    {
        ["phase-retrieval"] = Family(0, "flow", "exponent", ["1.2", "1.5", "2", "3"], ("dimension", "1e4")),
        ["functional-scaling-law"] = Family(1, "exact", "schedule", ["constant", "8-1-1", "cyclic:4"], ("noise", "1")),
        ["scaling-renormalization"] = Family(0, "theory", "noise", ["0.001", "0.03", "0.3"], ("ridge", "1e-5")),
        ["multiscale-double-descent"] = Family(0, "flow", "noise", ["0.01", "0.04", "0.2"], ("condition", "100")),
        ["u-turn-double-descent"] = Family(0, "theory", "ridge", ["0", "0.003", "0.03"]),
        ["multiclass-sgd"] = Family(0, "theory", "preset", ["paper-figure-1a", "paper-figure-1b", "paper-figure-1c", "paper-figure-1d"]),
        ["quadratic-parameterization"] = Family(0, "flow", "model", ["positive", "signed", "linear"]),
        ["in-and-out-of-equilibrium"] = Family(3, "theory", "problem", ["matrices"]),
        ["rao-blackwell-diffusion"] = Family(2, "variance", "group", ["signs", "global-sign", "cyclic:4", "so2"]),
    };

    /// <summary>The cover of a system.</summary>
    public static Cover Of(ISystem system) => Covers.GetValueOrDefault(system.Id)
        ?? new(0, [new((system.Methods.FirstOrDefault(method => method.Role == MethodRole.Theory) ?? system.Methods[0]).Name, Defaults)]);

    // One run per value of a parameter.
    private static Cover Family(int panel, string method, string parameter, string[] values, params (string Name, string Value)[] others) =>
        new(panel, [.. values.Select(value => new RunRequest(method, others.Append((Name: parameter, Value: value)).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal)))]);
}
