using System.Collections;
using Eigenflow.Settings;

namespace Eigenflow.Dynamics;

/// <summary>A method with how it is made from a setting.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
internal sealed record DeclaredMethod<TProblem>(string Name, string Summary, IReadOnlyList<Parameter> Parameters, MethodRole Role, Func<SettingView, Method<TProblem>> Factory)
    : MethodInfo(Name, Summary, Parameters, Role)
    where TProblem : IProblem
{
    /// <summary>The method with the options of a setting: those of its base, and its own.</summary>
    public Method<TProblem> Make(SettingView setting) => Factory(setting).Configured(setting);
}

/// <summary>The methods of a system, each declared once: name, summary, parameters, and the record that they make. The first is the default.</summary>
/// <typeparam name="TProblem">The problems that they solve.</typeparam>
internal sealed class MethodTable<TProblem> : IReadOnlyList<DeclaredMethod<TProblem>>
    where TProblem : IProblem
{
    private readonly List<DeclaredMethod<TProblem>> methods = [];

    public int Count => methods.Count;

    public DeclaredMethod<TProblem> this[int index] => methods[index];

    public void Add(string name, string summary, IReadOnlyList<Parameter> parameters, Func<SettingView, Method<TProblem>> factory, MethodRole role = MethodRole.Theory) =>
        methods.Add(new DeclaredMethod<TProblem>(name, summary, parameters, role, factory));

    /// <summary>The method of a name.</summary>
    /// <exception cref="ParameterException">No such method.</exception>
    public DeclaredMethod<TProblem> Find(string name) =>
        methods.Find(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal))
        ?? throw new ParameterException("method", name, "one of " + string.Join(", ", methods.Select(candidate => candidate.Name)), Suggestion.For(name, methods.Select(candidate => candidate.Name)));

    public IEnumerator<DeclaredMethod<TProblem>> GetEnumerator() => methods.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
