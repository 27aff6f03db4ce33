using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems;

public sealed class CompleteTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PhaseRetrievalSystem system = new();

    [Theory]
    [InlineData("flow", "exponent=1e3", "exponent = 1000 is not allowed: it must be from 0 to 66.67 for dimension = 1000")]
    [InlineData("flow", "rtol=0", "rtol = 0 is not allowed: it must be a number >= 1E-13 and <= 0.1.")]
    [InlineData("flow", "times=5 until=2", "times = 5 is not allowed: it must be a list of times >= 0 and <= until = 2; raise until, or leave the later ones out.")]
    [InlineData("gd", "at-steps=1.5", "at-steps = 1.5 is not allowed: it must be a list of whole numbers >= 0")]
    [InlineData("gd", "at-steps=100 steps=10", "at-steps = 100 is not allowed: it must be a list of whole numbers >= 0 and <= steps = 10")]
    [InlineData("flow", "spectrum=list:1,-1", "spectrum = -1 is not allowed: it must be a list of finite eigenvalues >= 0; eigenvalue number 2 is not.")]
    [InlineData("flow", "spectrum=list:0,0", "spectrum = (all zero) is not allowed: it must be a list with at least one eigenvalue > 0.")]
    [InlineData("flow", "spectrum=list:", "spectrum = list: is not allowed: it must be list:VALUE,VALUExCOUNT,… with finite numbers, such as list:4,1x98.")]
    [InlineData("flow", "spectrum=list:1,inf", "spectrum = list:1,inf is not allowed")]
    [InlineData("flow", "spectrum=list:1,2 dimension=3", "dimension = 3 is not allowed: it must be the number of eigenvalues that list:1,2 holds (2); leave it out.")]
    [InlineData("flow", "spectrum=spiked:0:1", "spectrum = spiked:0:1 is not allowed: it must be spiked:COUNT:STRENGTH with COUNT from 1 to the dimension 1000.")]
    [InlineData("flow", "spectrum=spiked:2", "spectrum = spiked:2 is not allowed: it must be power-law, isotropic, spiked:COUNT:STRENGTH")]
    [InlineData("flow", "spectrum=zero-one:0", "spectrum = zero-one:0 is not allowed: it must be zero-one:RANK with RANK from 1 to the dimension 1000.")]
    [InlineData("flow", "spectrum=powerlaw", "did you mean power-law?")]
    [InlineData("flow", "teacher=gausian", "teacher = gausian is not allowed: it must be gaussian, ones, source or file:PATH; did you mean gaussian?")]
    [InlineData("flow", "teacher=ones source-exponent=1", "source-exponent = 1 is not allowed: it must be left out, or 0, when teacher = ones")]
    [InlineData("flow", "start=sfere", "did you mean sphere?")]
    [InlineData("flow", "dimensoin=5", "dimensoin = 5 is not allowed: it must be a parameter of phase-retrieval; did you mean dimension?")]
    public void InvalidInputGivesOneErrorThatNamesParameterValueAndRange(string method, string setting, string message)
    {
        var error = Should.Throw<EigenflowException>(() => system.Complete(method, Setting(setting)));
        error.Message.ShouldContain(message);
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void FilesAreChecked()
    {
        folder.Write("zeros.csv", "0\n0\n0\n");
        folder.Write("three.csv", "1\n2\n3\n");
        Message("dimension=3 teacher=file:zeros.csv").ShouldContain("teacher = (zero) is not allowed: it must be a vector with a positive overlap");
        Message("dimension=3 start=file:zeros.csv").ShouldContain("start = (zero) is not allowed");
        Message("dimension=4 teacher=file:three.csv").ShouldContain("teacher = (3 coefficients) is not allowed: it must be as many coefficients as there are modes (4)");
        Message("dimension=4 start=file:three.csv").ShouldContain("start = (3 coefficients) is not allowed");
        Message("spectrum=file:zeros.csv").ShouldContain("spectrum = (all zero)");
        Message("spectrum=file:none.csv").ShouldContain("there is no such file");

        string Message(string setting) => Should.Throw<EigenflowException>(() => system.Solve("flow", Setting(setting.Replace("file:", "file:" + folder.Path("x")[..^1], StringComparison.Ordinal)))).Message;
    }

    [Fact]
    public void UnitOfATeacherFileDoesNotMatter()
    {
        folder.Write("plain.csv", "1\n2\n3\n");
        folder.Write("large.csv", "1e200\n2e200\n3e200\n");
        folder.Write("small.csv", "1e-200\n2e-200\n3e-200\n");
        var values = new[] { "plain", "large", "small" }
            .Select(name => system.Solve("flow", Setting($"dimension=3 times=2 teacher=file:{folder.Path(name + ".csv")}"))["mse"][0]).ToArray();
        values[1].ShouldBe(values[0], 1e-12);
        values[2].ShouldBe(values[0], 1e-12);
    }

    [Fact]
    public void TextsAndTypedValuesGiveTheSameSetting()
    {
        var typed = new Setting([new("dimension", 50), new("exponent", 1L), new("until", 10L), new("times", new[] { 1.0 })]);
        system.Complete("flow", typed).ShouldBe(system.Complete("flow", Setting("dimension=5e1 exponent=1.0 until=10 times=1")));
        Should.Throw<ParameterException>(() => system.Complete("flow", new Setting([new("until", 10L), new("times", new[] { 20.0 })]))).Parameter.ShouldBe("times");
    }

    [Theory]
    [InlineData("flow", "dimension=1e15 modes=full")]
    [InlineData("sgd", "dimension=1e15")]
    public void TooLargeRequestsStateTheirMemory(string method, string setting)
    {
        var message = Should.Throw<TooLargeException>(() => system.Solve(method, Setting(setting))).Message;
        message.ShouldContain("PiB of memory");
        message.ShouldContain("; use ");
    }

    [Theory]
    [InlineData("flow", "spectrum=list:1")]
    [InlineData("flow", "dimension=1")]
    [InlineData("flow", "times=0")]
    [InlineData("flow", "spectrum=zero-one:1 dimension=5")]
    [InlineData("flow", "spectrum=list:1,0")]
    [InlineData("gd", "at-steps=0")]
    [InlineData("sgd", "at-steps=0 replicas=2 dimension=10")]
    [InlineData("sgd-theory", "dimension=1 steps=10")]
    [InlineData("isotropic", "dimension=1e15")]
    [InlineData("volterra", "times=0")]
    public void EdgesOfTheRangeAreSolved(string method, string setting)
    {
        var solution = system.Solve(method, Setting(setting));
        solution.Status.Word.ShouldBe("completed");
        solution.Observables.SelectMany(column => column.Values).ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void UnknownSystemsAreSuggested() =>
        Should.Throw<ParameterException>(() => SystemCatalog.Find("phase-retreival")).Message.ShouldEndWith("did you mean phase-retrieval?");

    public void Dispose() => folder.Dispose();

    private static Setting Setting(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, object>(pair[0], pair[1])));
}
