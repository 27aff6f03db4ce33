using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.ScalingRenormalization;

/// <summary>Densities of eigenvalues and S-transforms by name (arXiv 2405.00592).</summary>
public sealed class SpectralMethodTests
{
    private static readonly ISystem System = SystemCatalog.Find("scaling-renormalization");

    // Marčenko–Pastur with D/P = ½: of 2D eigenvalues of the kernel D are not zero.
    [Fact]
    public void DensityIsThatOfMarchenkoAndPastur()
    {
        (string, string)[] common = [("spectrum", "isotropic"), ("dimension", "1000"), ("samples", "2000")];
        (2 * Solve("density", [.. common, ("at", "1")])["density"][0]).ShouldBe(0.4210843992, 1e-7);
        Solve("density", [.. common, ("at", "4")])["density"][0].ShouldBe(0);
        var whole = Solve("density", [.. common, ("from", "0.05"), ("to", "3.2"), ("points", "800")]);
        var sum = 0.0;
        for (var row = 1; row < whole.Rows; row++)
            sum += (whole["density"][row] + whole["density"][row - 1]) / 2 * (whole["eigenvalue"][row] - whole["eigenvalue"][row - 1]);
        sum.ShouldBe(0.5, 1e-3);
    }

    // df = 0.3 of k^(−1.5), k = 1 … 200, times 1/(1 − 60/400).
    // White Wishart matrices of D/P = q have R(g) = 1/(1 − q g).
    [Theory]
    [InlineData("50")]
    [InlineData("200")]
    public void TheRTransformOfAWhiteWishartIsKnown(string samples)
    {
        var solution = Solve("s-transform", ("spectrum", "isotropic"), ("dimension", "100"), ("samples", samples), ("points", "7"));
        var q = 100 / double.Parse(samples, global::System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (g, r) in solution["resolvent"].Zip(solution["r-transform"]))
            r.ShouldBe(1 / (1 - (q * g)), 1e-9 * r);
    }

    [Fact]
    public void TransformsMultiply()
    {
        var solution = Solve("s-transform", ("dimension", "200"), ("samples", "400"), ("at", "60"));
        solution["s-transform"][0].ShouldBe(566.004597159 / 0.85, 1e-4);
        solution["ridge"][0].ShouldBe(0.00412246357193 * 0.85, 1e-9);
    }

    [Fact]
    public void RidgeOfDegreesIsTheInverseOfTheTheory()
    {
        (string, string)[] common = [("dimension", "300"), ("samples", "80"), ("layers", "gaussian:150+gaussian:120")];
        var ridge = Solve("s-transform", [.. common, ("at", "30")])["ridge"][0];
        var theory = Solve("theory", [.. common, ("along", "ridge"), ("at", ridge.ToString("R", global::System.Globalization.CultureInfo.InvariantCulture))]);
        theory["n1"][0].ShouldBe(30, 1e-9);
    }

    [Theory]
    [InlineData("s-transform", "at", "100", "below 100")]
    [InlineData("density", "at", "0", "> 0")]
    [InlineData("density", "along", "samples", "eigenvalue")]
    [InlineData("theory", "along", "degrees", "samples or ridge or width")]
    public void WrongInputSaysWhatIsAllowed(string method, string name, string value, string word) =>
        Should.Throw<ParameterException>(() => Solve(method, (name, value))).Message.ShouldContain(word);

    private static Solution Solve(string method, params (string Name, string Value)[] values) =>
        System.Solve(System.Complete(method, new Setting(values.Select(pair => KeyValuePair.Create(pair.Name, System.Parameter(pair.Name)!.Parse(pair.Value))))));
}
