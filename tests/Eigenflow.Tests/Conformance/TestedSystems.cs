using Eigenflow.Tests.Dynamics;
using Eigenflow.Tests.Example;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>The systems that the suite runs over: those of the catalog, the example, and one along an axis. A system is tested by being here.</summary>
internal static class TestedSystems
{
    /// <summary>What makes a solve small, by the names that systems share; a system is given what it has.</summary>
    private static readonly (string Name, string Value)[] Small =
        [("dimension", "5"), ("features", "8"), ("model-size", "4"), ("replicas", "3"), ("batch", "2"), ("steps", "40"), ("points", "6")];

    /// <summary>The same for one system.</summary>
    private static readonly (string System, string Name, string Value)[] SmallOf =
    [
        ("u-turn-double-descent", "samples", "20"), ("u-turn-double-descent", "test-samples", "6"), ("u-turn-double-descent", "trees", "4"), ("u-turn-double-descent", "rounds", "4"),
        // Times are whole steps there.
        ("multiclass-sgd", "dimension", "8"),
        ("in-and-out-of-equilibrium", "chains", "24"),
        ("phase-retrieval", "samples", "20"), ("phase-retrieval", "width", "3"),
        ("rao-blackwell-diffusion", "hidden", "6"), ("rao-blackwell-diffusion", "test-samples", "20"), ("rao-blackwell-diffusion", "draws", "40"),
    ];

    /// <summary>What some parameters need beside them to have a meaning, where they do not say it themselves.</summary>
    private static readonly (string System, string Name, string Beside)[] Companions =
    [
        ("spectral-descent", "signal-mode", "spectrum=power-law"),
        ("phase-retrieval", "sampling", "inputs=file:ROWS"),
        ("phase-retrieval", "rotation", "preconditioner=0.5"),
        ("multiclass-sgd", "sampling", "classes=file:ROWS"),
        ("scaling-renormalization", "ensembles", "layers=gaussian:3"),
        ("u-turn-double-descent", "noise", "data=gaussian"),
        ("u-turn-double-descent", "test", "data=file:ROWS"),
        ("u-turn-double-descent", "label", "data=file:ROWS"),
        ("u-turn-double-descent", "label-is", "data=file:ROWS"),
        ("u-turn-double-descent", "switch", "along=path"),
        ("u-turn-double-descent", "columns", "along=ridge"),
        ("u-turn-double-descent", "ridge", "along=columns"),
        ("u-turn-double-descent", "components", "along=excess"),
        ("scaling-renormalization", "activation", "layers=gaussian:3"),
        ("in-and-out-of-equilibrium", "hessian", "problem=matrices"),
        ("in-and-out-of-equilibrium", "diffusion", "problem=matrices"),
        ("diffusion-spectral-bias", "mean", "inputs=file:ROWS"),
        ("rao-blackwell-diffusion", "samples", "estimator=snis"),
        ("rao-blackwell-diffusion", "temperature", "estimator=tempered"),
        ("rao-blackwell-diffusion", "estimator", "group=cyclic"),
        ("rao-blackwell-diffusion", "translations", "group=so2"),
        ("rao-blackwell-diffusion", "target", "kernel=flow"),
    ];

    /// <summary>What is not given beside others that say it.</summary>
    private static readonly (string System, string Name, string Beside)[] Apart =
        [.. ((string[])["dimension", "samples", "test-samples"]).Select(name => ("u-turn-double-descent", name, "file:")), ("multiclass-sgd", "dimension", "file:"),
        .. ((string[])["dimension", "batch"]).Select(name => ("in-and-out-of-equilibrium", name, "matrices")), ("diffusion-spectral-bias", "dimension", "file:"), ("phase-retrieval", "model-size", "file:")];

    /// <summary>What a method needs in order to end well: an approximation may leave what it approximates.</summary>
    private static readonly (string Method, string Name, string Value)[] Tame = [("hierarchy", "until", "1")];

    public static IReadOnlyList<ISystem> All { get; } = [.. SystemCatalog.All, new LinearRegressionSystem(), new RidgeSystem()];

    public static ISystem Find(string id) => All.Single(system => system.Id == id);

    public static TheoryData<string> Ids() => [.. All.Select(system => system.Id)];

    public static TheoryData<string, string> Methods() =>
        [.. All.SelectMany(system => system.Methods.Select(method => new TheoryDataRow<string, string>(system.Id, method.Name)))];

    public static TheoryData<string, string> MethodsThatRead(string parameter) =>
        [.. All.SelectMany(system => system.Methods.Where(method => system.IsRead(method, parameter)).Select(method => new TheoryDataRow<string, string>(system.Id, method.Name)))];

    public static TheoryData<string, string> Parameters() =>
        [.. All.SelectMany(system => system.Parameters.Select(parameter => new TheoryDataRow<string, string>(system.Id, parameter.Name)))];

    /// <summary>The smallest setting of a method, with more values as they are typed.</summary>
    public static CompletedSetting Smallest(this ISystem system, string method, params IReadOnlyList<(string Name, string Value)> more) => system.Complete(method, system.Request(method, more));

    /// <summary>The same before it is complete.</summary>
    public static Setting Request(this ISystem system, string method, params IReadOnlyList<(string Name, string Value)> more)
    {
        bool IsApart(string name) => Apart.Any(one => one.System == system.Id && one.Name == name && more.Any(pair => pair.Value.StartsWith(one.Beside, StringComparison.Ordinal)));
        return new(Small.Where(one => !IsApart(one.Name)).Concat(SmallOf.Where(one => one.System == system.Id && !IsApart(one.Name)).Select(one => (one.Name, one.Value))).Concat(Tame.Where(one => one.Method == method).Select(one => (one.Name, one.Value))).Where(pair => system.Parameter(pair.Name) is not null && system.IsRead(system.Method(method), pair.Name)).Concat(more)
            .Select(pair => KeyValuePair.Create(pair.Name, system.Parameter(pair.Name)?.Parse(pair.Value) ?? pair.Value)));
    }

    /// <summary>A method that reads a parameter, and what it needs beside it.</summary>
    public static (string Method, IReadOnlyList<(string Name, string Value)> Beside) Reader(this ISystem system, string parameter, string rowsFile)
    {
        // The last method that reads it takes the most forms: block methods need a teacher of their own.
        var method = system.Methods.Last(candidate => system.IsRead(candidate, parameter) && (parameter != "sampling" || candidate.Reads(parameter))).Name;
        (string Name, string Value)[] condition = system.Parameter(parameter)!.OnlyWith is var (other, value) ? [(other.Name, value)] : [];
        return (method, [.. condition, .. Companions.Where(companion => companion.System == system.Id && companion.Name == parameter)
            .Select(companion => companion.Beside.Replace("ROWS", rowsFile, StringComparison.Ordinal).Split('=', 2)).Select(pair => (pair[0], pair[1]))]);
    }
}
