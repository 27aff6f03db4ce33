using Eigenflow.Settings;

namespace Eigenflow.Dynamics;

/// <summary>What a method is to a picture: theory is a line, an approximation of it is dashed, what updates weights is dots.</summary>
public enum MethodRole
{
    /// <summary>The theory.</summary>
    Theory,

    /// <summary>An approximation of the theory, which may leave it.</summary>
    Approximation,

    /// <summary>An update rule that is done step by step.</summary>
    Simulation,

    /// <summary>The mean over random replicas of one.</summary>
    Ensemble,
}

/// <summary>One way to obtain a solution of a system.</summary>
/// <param name="Name">Name as hosts spell it, such as <c>sgd-theory</c>.</param>
/// <param name="Summary">One sentence: what it computes and how exact it is.</param>
/// <param name="Parameters">The parameters that it reads, beside those of the problem.</param>
/// <param name="Role">What it is to a picture.</param>
public record MethodInfo(string Name, string Summary, IReadOnlyList<Parameter> Parameters, MethodRole Role)
{
    /// <summary>Whether it reads a parameter, beside those of the problem.</summary>
    /// <param name="name">Name of the parameter.</param>
    public bool Reads(string name) => Parameters.Any(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal));
}
