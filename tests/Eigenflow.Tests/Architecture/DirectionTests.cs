using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Eigenflow.Benchmarks;
using Eigenflow.Explorer;
using Eigenflow.FrontEnd;
using Eigenflow.Images;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Architecture;

/// <summary>Dependencies point one way, as the compiled assemblies have them. A constant and a name in nameof leave no trace there.</summary>
public sealed class DirectionTests
{
    // From below to above; rooms of one line do not use each other.
    private static readonly string[][] Assemblies =
    [
        ["Eigenflow", "Eigenflow.FrontEnd"],
        ["Eigenflow.Rendering", "Eigenflow.Images", "Eigenflow.Benchmarks"],
        ["Eigenflow.Studies"],
        ["Eigenflow.Explorer"],
        ["Eigenflow.Cli"],
    ];

    private static readonly string[][] Namespaces =
    [
        ["Eigenflow"],
        ["Eigenflow.Settings"],
        ["Eigenflow.Random", "Eigenflow.Data"],
        ["Eigenflow.Numerics"],
        ["Eigenflow.Spectra"],
        ["Eigenflow.Numerics.RandomMatrix"],
        ["Eigenflow.Figures", "Eigenflow.Solutions", "Eigenflow.Schedules"],
        ["Eigenflow.Spectra.Estimation", "Eigenflow.Scaling"],
        ["Eigenflow.Dynamics"],
        ["Eigenflow.Systems"],
    ];

    private static readonly System.Reflection.Assembly[] Own =
    [
        typeof(ProductVersion).Assembly, typeof(PageFiles).Assembly, typeof(FigureRenderer).Assembly, typeof(ImagePatches).Assembly, typeof(BenchmarkRunner).Assembly, typeof(Product).Assembly,
        typeof(ExplorerServer).Assembly, typeof(Cli.EigenflowCommand).Assembly,
    ];

    private static readonly IType[] Types = [.. new ArchLoader().LoadAssemblies(Own).Build().Types.Where(type => type.FullName.StartsWith("Eigenflow", StringComparison.Ordinal))];

    private static IType[] Library => [.. Types.Where(type => Assembly(type) == "Eigenflow")];

    [Fact]
    public void AssembliesUseThoseBelow()
    {
        var layers = new Layers(Assemblies, Assembly);
        layers.WithoutRoom(Types).ShouldBeEmpty();
        layers.Empty(Types).ShouldBeEmpty();
        layers.Violations(Types).ShouldBeEmpty();
    }

    [Fact]
    public void NamespacesOfTheLibraryUseThoseBelow()
    {
        var layers = new Layers(Namespaces, Namespace);
        layers.WithoutRoom(Library).ShouldBeEmpty();
        layers.Empty(Library).ShouldBeEmpty();
        layers.Violations(Library).ShouldBeEmpty();
    }

    [Fact]
    public void SystemsDoNotUseEachOther()
    {
        const string Common = "Eigenflow.Systems";
        var systems = Library.Select(Namespace).Where(name => name.StartsWith(Common + ".", StringComparison.Ordinal)).Select(name => string.Join('.', name.Split('.').Take(3))).Distinct().ToArray();
        systems.Length.ShouldBeGreaterThan(2);

        // The catalog alone knows the systems.
        new Layers([[Common], systems], Namespace).Violations(Library.Where(type => Namespace(type).StartsWith(Common, StringComparison.Ordinal)), (from, _) => from.Name == nameof(SystemCatalog)).ShouldBeEmpty();
    }

    // The test of the test: with the floors upside down every use is one of the wrong way, and both types are named.
    [Fact]
    public void UsesOfTheWrongWayAreNamed()
    {
        string[][] turned = [.. Namespaces.Reverse()];
        new Layers(turned, Namespace).Violations(Library).ShouldContain("Eigenflow.Scaling.BlockBootstrap uses Eigenflow.Random.Philox: Eigenflow.Scaling may not use Eigenflow.Random");
    }

    private static string Assembly(IType type) => type.Assembly?.Name.Split(',')[0] ?? "";

    private static string Namespace(IType type) => type.Namespace?.FullName ?? "";
}
