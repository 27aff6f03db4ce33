using Eigenflow.Settings;
using Eigenflow.Systems.InAndOutOfEquilibrium;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.InAndOutOfEquilibrium;

/// <summary>Each bad input gives one clear error.</summary>
public sealed class InvalidTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("without-replacement", "batch=5", "batch = 5", "B must divide N for without-replacement epochs")]
    [InlineData("sgworld", "batch=5", "batch = 5", "B must divide N for without-replacement epochs")]
    [InlineData("with-replacement", "batch=24", "batch = 24", "no batch noise")]
    [InlineData("with-replacement", "batch=25", "batch = 25", "the number of samples 24")]
    [InlineData("with-replacement", "learning-rate=0.5", "learning-rate = 0.5", "unstable learning rate: mean-square limit is ")]
    [InlineData("theory", "learning-rate=0.5 scheme=sgld", "learning-rate = 0.5", "unstable learning rate: mean-square limit is ")]
    [InlineData("langevin", "learning-rate=0.5", "learning-rate = 0.5", "unstable learning rate: mean-square limit is ")]
    [InlineData("with-replacement", "learning-rate=0", "learning-rate = 0", "a number > 0")]
    [InlineData("theory", "learning-rate=1e-300", "learning-rate = 1e-300", "beyond the digits of numbers")]
    [InlineData("sgld", "temperature=-1", "temperature = -1", ">= 0")]
    [InlineData("langevin", "temperature=0", "temperature = 0", "there is no noise otherwise")]
    [InlineData("without-replacement", "problem=matrices", "problem = matrices", "a problem with samples")]
    [InlineData("with-replacement", "hessian=file:x.csv", "hessian = ", "it belongs to problem = matrices")]
    [InlineData("with-replacement", "problem=network dimension=3", "dimension = 3", "the number of weights (7)")]
    [InlineData("with-replacement", "chains=12", "chains = 12", "use 16")]
    [InlineData("with-replacement", "steps=10 burn-in=11", "burn-in = 11", "<= steps = 10")]
    [InlineData("without-replacement", "draws=independent", "draws = independent", "takes every sample once")]
    [InlineData("theory", "draws=independent scheme=sgworld", "draws = independent", "takes every sample once")]
    [InlineData("with-replacement", "problem=matrices draws=independent", "draws = independent", "left out when problem = matrices")]
    [InlineData("with-replacement", "problem=matrices batch=2", "batch = 2", "left out when problem = matrices")]
    public void OneError(string method, string request, string starts, string contains)
    {
        var error = Should.Throw<ParameterException>(() => Complete(method, request));
        error.Message.ShouldStartWith(starts);
        error.Message.ShouldContain(contains);
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void ARunOfYearsIsRefusedBeforeItBegins()
    {
        var error = Should.Throw<ParameterException>(() => System.Solve(Complete("with-replacement", "steps=1e15")));
        error.Message.ShouldStartWith("steps = 1000000000000000 ");
        error.Message.ShouldContain("years");
        Should.Throw<TooLargeException>(() => System.Solve(Complete("trajectory", "steps=1e15")));
    }

    [Fact]
    public void BeyondTheMeanSquareLimitTheOtherNumbersStand()
    {
        var predictions = System.Predict(System.Complete(null, Setting.Empty.With("problem", "reference-regression").With("learning-rate", 0.11)));
        predictions.Single(prediction => prediction.Name == "cov-11").Window.ShouldBe(WindowStatus.Withheld);
        predictions.Single(prediction => prediction.Name == "kl-langevin").Value.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("1,0.5\n0.2,1\n", "1,0\n0,1\n", "symmetric")]
    [InlineData("1,0,0\n0,1,0\n", "1,0\n0,1\n", "square")]
    [InlineData("1,0\n0,-1\n", "1,0\n0,1\n", "no stationary state")]
    [InlineData("1,0\n0,1\n", "1,2\n2,1\n", "positive semidefinite")]
    [InlineData("1,0\n0,1\n", "0,0\n0,0\n", "not zero")]
    [InlineData("1,0\n0,1\n", "1,0,0\n0,1,0\n0,0,1\n", "as large as the Hessian")]
    [InlineData("1,0\n0,1\n", "", "given together")]
    public void Matrices(string hessian, string diffusion, string contains)
    {
        var files = "problem=matrices hessian=file:" + folder.Write("h.csv", hessian) + (diffusion.Length > 0 ? " diffusion=file:" + folder.Write("d.csv", diffusion) : "");
        Should.Throw<ParameterException>(() => Complete("with-replacement", files)).Message.ShouldContain(contains);
    }

    [Fact]
    public void SingularDiffusionHasNoEntropyProduction()
    {
        var files = "problem=matrices chains=64 steps=50 hessian=file:" + folder.Write("h.csv", "2,0\n0,1\n") + " diffusion=file:" + folder.Write("d.csv", "0.001,0.001\n0.001,0.001\n");
        foreach (var method in (string[])["theory", "with-replacement"])
        {
            var solution = System.Solve(Complete(method, files.Replace(method == "theory" ? " chains=64" : "none", "", StringComparison.Ordinal)));
            solution.Warnings.ShouldContain(warning => warning.Contains("entropy production undefined: D is singular, rank 1 < d = 2", StringComparison.Ordinal));
            solution.SummaryOf("entropy").ShouldBeNull();
        }

        // So it is with fewer samples than parameters and nothing else that moves them.
        System.Predict(System.Complete(null, Setting.Empty.With("problem", "file:" + folder.Write("rows.csv", "1,0,1\n0.5,0.2,2\n0.3,0.4,1\n")))).Single(prediction => prediction.Name == "entropy").Withheld.ShouldBeEmpty();
    }

    [Fact]
    public void UnitsOfTheDataDoNotChangeTheVerdicts()
    {
        foreach (var scale in (double[])[1e-9, 1e9])
        {
            var rows = string.Join('\n', Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{Math.Sin(i) * scale:R},{Math.Cos(3 * i) * scale:R},{Math.Sin(2 * i) * scale:R}"))) + "\n";
            var setting = Setting.Empty.With("problem", "file:" + folder.Write("scaled.csv", rows)).With("noise-scale", scale).With("batch", 3L).With("prior", 0.1).With("scheme", "sgworld");
            var theory = System.Solve(System.Complete("theory", setting));
            theory.SummaryOf("kl-sampled")!.Value.ShouldBe(2.0e-4, 1.99e-4);
        }
    }

    [Fact]
    public void CountsAreNoFeaturesAndTheTargetHasAName()
    {
        string[] lines = [.. Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{Math.Sin(i) + 1.5},{Math.Cos(2 * i)},{Math.Sin((3 * i) + 1)}"))];
        double Limit(string name, string heading, Func<string, int, string> line)
        {
            var setting = System.Complete(null, Setting.Empty.With("problem", "file:" + folder.Write(name, heading + "\n" + string.Join('\n', lines.Select(line)))));
            return System.Predict(setting).Single(prediction => prediction.Name == "mean-square-limit").Value;
        }

        var plain = Limit("plain.csv", "a,b,y", (text, _) => text);
        Limit("id.csv", "id,a,b,y", (text, i) => $"{i},{text}").ShouldBe(plain);
        Limit("first.csv", "y,a,b", (text, _) => string.Join(',', ((string[])text.Split(','))[2], text[..text.LastIndexOf(',')])).ShouldBe(plain);
        var noted = System.Complete(null, Setting.Empty.With("problem", "file:" + folder.Write("noted.csv", "y,a,b\n" + string.Join('\n', lines))));
        System.Notes(noted).ShouldContain(note => note.Contains("(y) was taken for the target"));
        Should.Throw<InputFileException>(() => Limit("two.csv", "y,target,b", (text, _) => text)).Message.ShouldContain("several columns that are called like a target");
    }

    public void Dispose() => folder.Dispose();

    private static ISystem System => SystemCatalog.Find("in-and-out-of-equilibrium");

    private static CompletedSetting Complete(string method, string request) =>
        System.Complete(method, new Setting(request.Split(' ').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (object)pair[1]))));
}
