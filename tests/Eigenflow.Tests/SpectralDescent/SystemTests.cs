using Eigenflow.Solutions;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.SpectralDescent;

/// <summary>The system as hosts see it: settings, errors, warnings, edges.</summary>
public sealed class SystemTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ISystem system = SystemCatalog.Find("spectral-descent");

    [Theory]
    [InlineData("spectral", "teacher=ramp", "with a spike orthogonal to it; use full-matrix mode")]
    [InlineData("gd", "start=gaussian", "start = (not orthogonal) is not allowed: it must be identity or orthogonal for block methods; use full-matrix mode")]
    [InlineData("muon", "newton-schulz=1,2", "newton-schulz = 1,2 is not allowed: it must be muon, cubic, you, cans, polar-express[:LOWEST], file:PATH or three numbers a,b,c")]
    [InlineData("gd", "spectrum=list:1x0,2x5", "multiplicities >= 1")]
    [InlineData("gd", "spectrum=list:1,2", "at least 3 directions")]
    [InlineData("gd", "spectrum=list:-1,2,3", "finite eigenvalues >= 0")]
    [InlineData("gd", "spectrum=list:0x5", "eigenvalues that are not all zero")]
    [InlineData("gd", "spectrum=list:0,1x5", "a mode with a positive eigenvalue")]
    [InlineData("gd", "spectrum=powerlaw", "did you mean power-law?")]
    [InlineData("gd", "signal-mode=2", "signal-mode = 2 is not allowed")]
    [InlineData("gd", "spectrum=power-law signal-mode=101", "signal-mode = 101 is not allowed: it must be a whole number from 1 to 100.")]
    [InlineData("gd", "spectrum=list:1x98,4 dimension=5", "dimension = 5 is not allowed: it must be the number of directions that list:1x98,4 holds (99); leave it out.")]
    [InlineData("gd", "width=5", "width = 5 is not allowed")]
    [InlineData("gd", "teacher=rmp", "did you mean ramp?")]
    [InlineData("gd", "at-steps=50 steps=10", "at-steps = 50 is not allowed: it must be a list of whole numbers >= 0 and <= steps = 10")]
    [InlineData("gd", "schedule=cosin", "did you mean cosine?")]
    public void InvalidInputGivesOneErrorThatNamesParameterValueAndRange(string method, string setting, string message)
    {
        var error = Should.Throw<EigenflowException>(() => system.Complete(method, Setting(setting)));
        error.Message.ShouldContain(message);
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void MatricesAreChecked()
    {
        folder.Write("negative.csv", "2,1,0\n1,2,0\n0,0,-1\n");
        folder.Write("skew.csv", "2,1,0\n1,2,0\n0,0.1,1\n");
        folder.Write("wide.csv", "2,1,0\n1,2,0\n");
        Message("negative.csv").ShouldContain("a positive semidefinite matrix");
        Message("skew.csv").ShouldContain("a symmetric matrix");
        Message("wide.csv").ShouldContain("a square symmetric matrix");
        Message("none.csv").ShouldContain("there is no such file");

        string Message(string file) => Should.Throw<EigenflowException>(() => system.Solve("full-gd", Setting($"spectrum=file:{folder.Path(file)}"))).Message;
    }

    [Fact]
    public void MatricesOfFilesAreSolvedInTheirEigenbasis()
    {
        // A rotated spike: the same trajectory as along the axes.
        folder.Write("spike.csv", "3.25,2.25,0,0\n2.25,3.25,0,0\n0,0,1,0\n0,0,0,1\n");
        folder.Write("teacher.csv", "0\n0\n3\n0\n");
        var rotated = system.Solve("full-gd", Setting($"spectrum=file:{folder.Path("spike.csv")} teacher=file:{folder.Path("teacher.csv")} learning-rate=0.02 at-steps=60 start-scale=0.01"));
        var axes = system.Solve("gd", Setting("dimension=4 spike=4.5 learning-rate=0.02 at-steps=60 start-scale=0.01"));
        foreach (var name in new[] { "a", "b", "c", "loss", "alignment", "residual" })
            rotated[name][0].ShouldBe(axes[name][0], 1e-12, name);
        rotated.Warnings.ShouldContain(warning => warning.Contains("has length 3 and was scaled to 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gd", "start-scale=0.5", "no escape phase")]
    [InlineData("spectral", "learning-rate=0.11", "lattice coarser than the bulk scale")]
    [InlineData("gd", "learning-rate=0.1 steps=5", "the largest stable one of GD")]
    [InlineData("spectral", "start-scale=0.01 learning-rate=0.002", "multiple of learning-rate (5 ×)")]
    [InlineData("spectral-sgd", "dimension=20 batch=10 steps=5 replicas=1", "moves 10 directions only")]
    public void ValidRequestsWithACatchWarn(string method, string setting, string warning) =>
        system.Solve(method, Setting(setting)).Warnings.ShouldContain(text => text.Contains(warning, StringComparison.Ordinal));

    [Theory]
    [InlineData("gd")]
    [InlineData("spectral")]
    [InlineData("fractional")]
    [InlineData("muon-population")]
    public void DefaultsHaveNoCatchAndLearnTheTeacher(string method)
    {
        var solution = system.Solve(method, Eigenflow.Settings.Setting.Empty);
        solution.Warnings.ShouldBeEmpty();
        solution.Status.Word.ShouldBe("completed");
        solution["alignment"][^1].ShouldBeGreaterThan(0.98);
        solution["t"][0].ShouldBe(0);
        solution.Observables[0].Name.ShouldBe("t");
        solution.Observables[1].Name.ShouldBe("step");
        solution.Observables.Take(7).Select(column => column.Name).ShouldBe(["t", "step", "a", "b", "c", "loss", "alignment"]);
    }

    [Theory]
    [InlineData("gd", "dimension=3")]
    [InlineData("spectral", "dimension=3 steps=20")]
    [InlineData("gd", "dimension=1e9")]
    [InlineData("spectral", "dimension=1e12 steps=1000")]
    [InlineData("gd", "spike=0")]
    [InlineData("gd", "spike=-0.999 steps=100")]
    [InlineData("gd", "spike=1e6 steps=1000")]
    [InlineData("gd", "start-scale=1e-30 steps=100")]
    [InlineData("gd", "spectrum=list:1x2,0x5 steps=50")]
    [InlineData("spectral", "spectrum=list:1,1,1 steps=50")]
    [InlineData("gd", "at-steps=0")]
    [InlineData("full-gd", "dimension=3 start=gaussian width=1 steps=20")]
    [InlineData("full-spectral", "dimension=4 start=gaussian width=7 steps=20")]
    [InlineData("full-muon", "dimension=4 start=gaussian width=7 steps=20")]
    [InlineData("sgd", "dimension=3 batch=1 replicas=2 steps=5 learning-rate=1e-4")]
    [InlineData("muon", "dimension=5 batch=2 replicas=2 steps=5 teacher=gaussian start=orthogonal")]
    [InlineData("spectral", "schedule=warmup:10+cosine steps=100")]
    public void EdgesOfTheRangeAreSolved(string method, string setting)
    {
        var solution = system.Solve(method, Setting(setting));
        solution.Status.Word.ShouldBe("completed");
        foreach (var column in solution.Observables.Where(column => !column.Name.StartsWith("signal-to-spike", StringComparison.Ordinal)))
            column.Values.ShouldAllBe(value => double.IsFinite(value), column.Name);
    }

    [Fact]
    public void ASchedulesFileGivesTheRates()
    {
        folder.Write("rates.csv", "0.01\n0.02\n0.005\n");
        var solution = system.Solve(system.Complete("gd", Setting($"schedule=file:{folder.Path("rates.csv")} steps=3 at-steps=3")));
        solution["t"][0].ShouldBe(0.035, 1e-15);
    }

    [Fact]
    public void DivergenceKeepsTheTrajectoryAndNamesTheLimit()
    {
        var solution = system.Solve("gd", Setting("learning-rate=0.5"));
        solution.Status.Outcome.ShouldBe(SolveOutcome.Diverged);
        solution.Status.Message.ShouldStartWith("GD diverged at step 10; the trajectory is kept up to there; reduce learning-rate below 1/(1+lambda) = 0.1");
        solution.Times.Length.ShouldBeGreaterThan(3);
        solution["loss"].ShouldAllBe(value => double.IsFinite(value));
        var full = system.Solve("full-gd", Setting("learning-rate=0.5 dimension=10"));
        full.Status.Message.ShouldStartWith("GD diverged at step");
        full["loss"].ShouldAllBe(value => double.IsFinite(value));
        system.Solve("sgd", Setting("learning-rate=1 dimension=10 batch=20 replicas=3 steps=500")).Status.Message.ShouldContain("replicas: GD diverged at step");
    }

    [Fact]
    public void PredictionsFollowTheTheory()
    {
        double Value(string setting, string name) => system.Predict(Setting(setting)).Single(prediction => prediction.Name == name).Value;
        Value("spike=9", "plateau-loss").ShouldBe(2.0 / 3, 1e-15);
        Value("spike=9", "plateau-spike").ShouldBe(1 / Math.Sqrt(30), 1e-15);
        Value("spike=9 dimension=1000", "late-slope").ShouldBe(1.33734, 1e-5);
        Value("spike=9 dimension=1000", "late-loss-constant").ShouldBe(3.0 / 32 / (1 + (3.0 / 998)), 1e-12);
        Value("dimension=200 start-scale=1e-3 learning-rate=0.00103", "half-steps").ShouldBe(686);
        Value("spectrum=power-law exponent=1.5 dimension=50 signal-mode=20", "overtaking").ShouldBe(9);
        system.Predict(Setting("spike=1")).Single(prediction => prediction.Name == "plateau-loss").Withheld.ShouldBe("q_b/(3q₀) = 0.6667, must be > 1");
        system.Predict(Setting("spike=1")).ShouldContain(prediction => prediction.Name == "signal-time");
        Should.Throw<ParameterException>(() => system.Predict(Setting("teacher=ramp"))).Message.ShouldContain("full-matrix mode");
    }

    public void Dispose() => folder.Dispose();

    private static Setting Setting(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, object>(pair[0], pair[1])));
}
