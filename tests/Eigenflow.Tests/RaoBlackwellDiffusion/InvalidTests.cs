using Eigenflow.Settings;
using Eigenflow.Systems.RaoBlackwellDiffusion;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>What is no group, no kernel or no template is refused in one line that names the condition; units do not matter.</summary>
public sealed class InvalidTests : IDisposable
{
    private static readonly RaoBlackwellDiffusionSystem Tested = new();

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("1,0\n0,1\n1,1\n0,1\n", "matrix 2 is not orthogonal")]
    [InlineData("1,0\n0,1\n0,-1\n1,0\n", "the product of the matrices 2 and 2")]
    [InlineData("0,-1\n1,0\n-1,0\n0,-1\n0,1\n-1,0\n", "the identity is missing")]
    [InlineData("1,0\n0,1\n1,0\n0,1\n", "are the same")]
    [InlineData("1,0\n0,1\n1,0\n", "3 rows are no whole number")]
    [InlineData("1,0,0\n0,1,0\n0,0,1\n", "it has 3 columns")]
    public void FilesThatAreNoGroup(string text, string part) =>
        Should.Throw<InputFileException>(() => Complete(("group", "file:" + folder.Write("group.csv", text)), ("templates", "pair"), ("template-rows", "1"))).Message.ShouldContain(part);

    [Fact]
    public void AFileOfQuarterTurnsIsTheirGroup()
    {
        var turns = folder.Write("turns.csv", "0,-1\n1,0\n1,0\n0,1\n-1,0\n0,-1\n0,1\n-1,0\n");
        double Of(string group, string rows) => Tested.Predict(Complete(("group", group), ("templates", "pair"), ("template-rows", rows))).Single(prediction => prediction.Name == "between").Value;
        Of("file:" + turns, "1").ShouldBe(Of("cyclic:4", "1"), 1e-12);
    }

    [Theory]
    [InlineData("1,0.5\n0.5,2\n", "the kernel is not equivariant")]
    [InlineData("1,0.5\n0.4,1\n", "it is not symmetric")]
    [InlineData("1,0,0\n0,1,0\n0,0,1\n", "it is 3 x 3")]
    public void NoiseThatIsNotEquivariant(string text, string part) =>
        Should.Throw<InputFileException>(() => Complete(("group", "cyclic:4"), ("noise-covariance", "file:" + folder.Write("noise.csv", text)))).Message.ShouldContain(part);

    [Fact]
    public void IsotropicNoiseIsALevel()
    {
        double Of(params (string, string)[] values) => Tested.Predict(Complete(values)).Single(prediction => prediction.Name == "between").Value;
        Of(("group", "cyclic:4"), ("noise-covariance", "file:" + folder.Write("noise.csv", "4,0\n0,4\n")), ("sigma", "0.25")).ShouldBe(Of(("group", "cyclic:4"), ("sigma", "0.5")), 1e-12);
    }

    [Fact]
    public void TemperedTargetsComeWithTheirOwnNormaliser()
    {
        var noisy = "file:" + folder.Write("noisy.csv", "0.76,-1.07,-0.11\n-0.06,1.57,0.3\n0.05,-0.47,0.7\n-0.75,-0.03,-0.9\n");
        double[] Of(string estimator, string sigma) => [.. Tested.Predict(Complete(("group", "so3"), ("noisy", noisy), ("estimator", estimator), ("sigma", sigma))).Where(prediction => prediction.Name is "log-normaliser" or "target-1" or "rotation-2").Select(prediction => prediction.Value)];
        var (tempered, warm) = (Of("tempered", "0.5"), Of("orbit", "0.7071067811865476"));
        tempered.Length.ShouldBe(3);
        for (var k = 0; k < 3; k++)
            tempered[k].ShouldBe(warm[k], 1e-9);
    }

    [Theory]
    [InlineData("sigma", "group=so3", "sigma=0")]
    [InlineData("sigma", "kernel=vp", "sigma=1")]
    [InlineData("sigma", "kernel=flow", "sigma=1.01")]
    [InlineData("sigma", "group=torus", "sigma=1e-9")]
    [InlineData("sigma", "group=so3", "sigma=1e155")]
    [InlineData("sigma", "group=signs", "sigma=1e-160")]
    [InlineData("alpha", "group=signs", "alpha=1e300")]
    [InlineData("kernel", "group=torus", "kernel=edm")]
    [InlineData("kernel", "group=so2", "kernel=torus")]
    [InlineData("alpha", "kernel=vp", "alpha=0.5")]
    [InlineData("samples", "estimator=snis", "samples=0")]
    [InlineData("samples", "estimator=orbit", "samples=4")]
    [InlineData("temperature", "estimator=orbit", "temperature=4")]
    [InlineData("estimator", "group=o3", "estimator=local")]
    [InlineData("estimator", "group=torus", "estimator=kabsch")]
    [InlineData("translations", "group=cyclic:4", "translations=removed")]
    [InlineData("template-rows", "group=so3", "template-rows=3")]
    [InlineData("template-weights", "group=cyclic:4", "template-weights=1,2,3")]
    [InlineData("template-weights", "group=cyclic:4", "template-weights=0,0")]
    [InlineData("group", "templates=pair", "group=so3")]
    [InlineData("group", "templates=cloud", "group=so3*so3")]
    [InlineData("target", "kernel=edm", "target=velocity")]
    [InlineData("spread", "group=torus", "spread=0.1")]
    public void SettingsThatDoNotFit(string parameter, string first, string second)
    {
        (string, string) Pair(string text) => text.Split('=', 2) is [var name, var value] ? (name, value) : throw new InvalidOperationException();
        Should.Throw<ParameterException>(() => Complete(Pair(first), Pair(second))).Parameter.ShouldBe(parameter);
    }

    [Fact]
    public void ElevenPointsAreTooManyToPermute()
    {
        var cloud = folder.Write("cloud.csv", string.Join('\n', Enumerable.Range(0, 11).Select(k => FormattableString.Invariant($"{k},{k * k % 7},{k % 3}"))));
        foreach (var group in (string[])["permutation", "permutation*so3"])
            Should.Throw<ParameterException>(() => Complete(("group", group), ("templates", "file:" + cloud))).Parameter.ShouldBe("group");
    }

    [Fact]
    public void PointsOnALineAreAllowedWithAWarning()
    {
        var line = folder.Write("line.csv", "1,1,1\n2,2,2\n-3,-3,-3\n");
        var setting = Tested.Complete("variance", Request(("group", "so3"), ("templates", "file:" + line), ("at", "1,2")));
        Tested.Solve(setting).Warnings.ShouldContain(warning => warning.Contains("on a line through the origin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("so3", 1e9)]
    [InlineData("so3", 1e-9)]
    [InlineData("permutation", 1e9)]
    [InlineData("cyclic", 1e-9)]
    public void UnitsDoNotMatter(string group, double unit)
    {
        var (values, noisy, columns) = group == "cyclic" ? (Clouds.Ring, Clouds.NoisyRing, 8) : (Clouds.Template, Clouds.Noisy, 3);
        var rows = group == "cyclic" ? 1 : 4;
        var expected = Clouds.Problem(group, columns, values, rows).Target(noisy);
        var found = Clouds.Problem(group, columns, [.. values.Select(value => unit * value)], rows, 0.6 * unit).Target([.. noisy.Select(value => unit * value)]);
        found.Select(value => value / unit).ToArray().ShouldBe(expected, 1e-10);
    }

    [Fact]
    public void TheOrderOfTemplatesAndTheirDuplicatesDoNotMatter()
    {
        double Between(string text, string weights) => Tested.Predict(Complete(("group", "cyclic:4"), ("templates", "file:" + folder.Write("rows.csv", text)), ("template-rows", "1"), ("template-weights", weights))).Single(prediction => prediction.Name == "between").Value;
        var expected = Between("1,0.2\n0.3,0.8\n", "2,1");
        Between("0.3,0.8\n1,0.2\n", "1,2").ShouldBe(expected, 1e-12);
        Between("0.3,0.8\n1,0.2\n1,0.2\n", "1,1,1").ShouldBe(expected, 1e-12);
    }

    public void Dispose() => folder.Dispose();

    private static CompletedSetting Complete(params (string Name, string Value)[] values) => Tested.Complete(null, Request(values));

    private static Setting Request(params (string Name, string Value)[] values) => new(values.Select(pair => KeyValuePair.Create(pair.Name, (object)pair.Value)));
}
