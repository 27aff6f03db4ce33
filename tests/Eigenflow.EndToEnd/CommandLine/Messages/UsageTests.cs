namespace Eigenflow.EndToEnd;

/// <summary>Wrong input: one line on standard error that names the parameter, exit code 2, nothing on standard output, nothing written.</summary>
public sealed class UsageTests : TemporaryFolder
{
    [Theory]
    [InlineData("run phase-retrieval --dimension 0 --out out", "dimension = 0")]
    [InlineData("run phase-retrieval --dimension 1e16 --out out", "dimension = 1e16")]
    [InlineData("run phase-retrieval --exponent -1 --out out", "exponent = -1")]
    [InlineData("run phase-retrieval --exponent nan --out out", "exponent = nan")]
    [InlineData("run phase-retrieval --noise inf --out out", "noise = inf")]
    [InlineData("run phase-retrieval --until 0 --out out", "until = 0")]
    [InlineData("run phase-retrieval --accuracy 1 --out out", "accuracy = 1")]
    [InlineData("run phase-retrieval --escape-threshold 0 --out out", "escape-threshold = 0")]
    [InlineData("run phase-retrieval --method gd --learning-rate 0 --out out", "learning-rate = 0")]
    [InlineData("run phase-retrieval --method gd --times 1 --out out", "times = 1")]
    [InlineData("run phase-retrieval --method fow --out out", "did you mean flow?")]
    [InlineData("run phase-retrieval --exponnt 2 --out out", "did you mean --exponent?")]
    [InlineData("run phase-retrievel --out out", "did you mean phase-retrieval?")]
    [InlineData("run phase-retrieval --spectrum list:1,-1 --out out", "eigenvalue number 2")]
    [InlineData("run phase-retrieval --spectrum list:0,0 --out out", "all zero")]
    [InlineData("run phase-retrieval --spectrum file:missing.csv --out out", "missing.csv")]
    [InlineData("run phase-retrieval --spectrum file:words.csv --out out", "words.csv, line 3")]
    [InlineData("run phase-retrieval --teacher file:zeros.csv --dimension 2 --out out", "teacher")]
    [InlineData("run phase-retrieval --teacher file:zeros.csv --dimension 3 --out out", "teacher")]
    [InlineData("run phase-retrieval --dimension 1e12 --modes full --out out", "GiB")]
    [InlineData("run phase-retrieval --method sgd --dimension 1e11 --out out", "GiB")]
    [InlineData("run phase-retrieval --format xml --out out", "format = xml")]
    [InlineData("run phase-retrieval --theme pink --out out", "theme = pink")]
    [InlineData("run phase-retrieval --jobs 0 --out out", "jobs = 0")]
    [InlineData("run phase-retrieval --dimension logspace(2,3) --out out", "logspace(from,to,count)")]
    [InlineData("predict phase-retrieval --exponent x", "exponent = x")]
    [InlineData("reproduce phase-retrieval --figure 7 --out out", "figure = 7")]
    [InlineData("reproduce phase-retreival --out out", "did you mean phase-retrieval?")]
    [InlineData("describe nothing", "system = nothing")]
    [InlineData("spectrum missing.npy --out out", "missing.npy")]
    [InlineData("spectrum words.csv --out out", "words.csv, line 3")]
    [InlineData("spectrum fake.npy --out out", "fake.npy")]
    [InlineData("spectrum words.csv --window 5 --out out", "window = 5")]
    [InlineData("frobnicate", "frobnicate")]
    public async Task WrongInputIsOneLine(string arguments, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "words.csv"), "a,b\n1,2\n3,four\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "zeros.csv"), "0\n0\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "fake.npy"), "not an array", TestContext.Current.CancellationToken);
        var result = await CommandProcess.Run(Folder, arguments);
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.Split('\n').Length.ShouldBe(1);
        result.Error.ShouldStartWith("eigenflow: ");
        result.Error.ShouldContain(expected);
        Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Length.ShouldBe(3, "nothing may be written, no folder either");
    }

    [Theory]
    [InlineData("collapse curve.csv --models dim", "--models")]
    [InlineData("collapse curve.csv --models m --seeds sed", "--seeds")]
    [InlineData("collapse curve.csv --models m --group grp", "--group")]
    [InlineData("collapse curve.csv --models m --x xx", "--x")]
    [InlineData("collapse curve.csv --models m --y yy", "--y")]
    [InlineData("fit curve.csv --seeds sed", "--seeds")]
    [InlineData("fit curve.csv --group grp", "--group")]
    [InlineData("fit-schedule curve.csv --step stp", "--step")]
    [InlineData("fit-schedule curve.csv --loss lss", "--loss")]
    [InlineData("fit-schedule curve.csv --rate rte", "--rate")]
    public async Task AColumnThatIsMissingIsNamedByTheOptionThatWasTyped(string arguments, string option)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "curve.csv"), "step,loss,lr,m\n1,3,0.1,1\n2,2,0.1,1\n3,1,0.1,2\n", TestContext.Current.CancellationToken);
        var (code, output, error) = await FormsTests.InProcess([.. arguments.Split(' ').Select(word => word == "curve.csv" ? Path.Combine(Folder, word) : word), "--out", Path.Combine(Folder, "a", "b")]);
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain($"it has no column '{arguments.Split(' ')[^1]}' ({option})");
        error.ShouldContain("one of the columns step, loss, lr, m");
        Directory.Exists(Path.Combine(Folder, "a")).ShouldBeFalse("a folder that was made for nothing is removed, with those above it");
    }

    [Fact]
    public async Task AFolderThatWasThereStays()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "kept", "inner"));
        (await FormsTests.InProcess(["collapse", Path.Combine(Folder, "missing.csv"), "--models", "m", "--out", folder.FullName])).Code.ShouldBe(2);
        folder.Exists.ShouldBeTrue();
        (await FormsTests.InProcess(["collapse", Path.Combine(Folder, "missing.csv"), "--models", "m", "--out", Path.Combine(folder.FullName, "new")])).Code.ShouldBe(2);
        Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Length.ShouldBe(2);
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsRefusedBeforeTheWork()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "file"), "", TestContext.Current.CancellationToken);
        var result = await CommandProcess.Run(Folder, "run phase-retrieval --method sgd --steps 1e12 --out file/out");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("file/out");
        result.Error.Split('\n').Length.ShouldBe(1);
    }
}
