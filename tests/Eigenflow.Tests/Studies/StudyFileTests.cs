using System.Text;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

public sealed class StudyFileTests
{
    private const string Head = "system = \"phase-retrieval\"\nmethod = [\"flow\"]\n";

    [Fact]
    public void TheSmallestStudyIsTheCrossProductOfItsLists()
    {
        var study = Parse(Head + "[parameters]\ndimension = [200, 500]\nseed = [1, 2, 3]\n");
        study.Runs.Select(run => $"{run.Method} {run.Setting["dimension"]} {run.Setting["seed"]}")
            .ShouldBe(["flow 200 1", "flow 200 2", "flow 200 3", "flow 500 1", "flow 500 2", "flow 500 3"]);
        study.Runs.Select(run => run.Id).Distinct().Count().ShouldBe(6);
        study.Runs.ShouldAllBe(run => run.Id.Length == 16);
    }

    [Fact]
    public void ZippedListsAdvanceTogetherAndCrossTheOthers()
    {
        var study = Parse("system = \"phase-retrieval\"\nmethod = \"sgd\"\n[parameters]\nexponent = [1.5, 2]\n[[zip]]\nlearning-rate = [0.01, 0.001]\nsteps = [10, 100]\n[[zip]]\nbatch = [1, 2]\nseed = [5, 6]\n");
        study.Runs.Count.ShouldBe(8);
        study.Runs.ShouldAllBe(run => (double)run.Setting["learning-rate"]! * (long)run.Setting["steps"]! == 0.1);
        study.Runs.ShouldAllBe(run => (long)run.Setting["batch"]! + 4 == (long)run.Setting["seed"]!);
    }

    [Fact]
    public void RangesAndListsOfListsAreValues()
    {
        var study = Parse(Head + "[parameters]\nexponent = [1.2, \"linspace(1.5, 2, 2)\"]\ndimension = \"logspace(1, 3, 3)\"\ntimes = [[1, 10], [5]]\n");
        study.Runs.Count.ShouldBe(3 * 3 * 2);
        study.Runs.Select(run => Setting.Format(run.Setting["times"])).Distinct().ShouldBe(["1,10", "5"]);
        Parse(Head + "[parameters]\ntimes = [1, 10]\n").Runs.Count.ShouldBe(1);
    }

    [Fact]
    public void EverythingThatChangesTheFileChangesItsName()
    {
        string Id(string text) => Parse(text).Runs[0].Id;
        var names = new[] { "", "record = [\"loss\"]\n", "[parameters]\nseed = 2\n", "[stop]\nevent = \"escape\"\nfrom = 10\n", "[stop]\nevent = \"escape\"\nfrom = 20\n" }.Select(more => Id(Head + more)).ToArray();
        names.Distinct().Count().ShouldBe(names.Length);

        // What is derived and drawn is no part of it, nor are defaults that are spelt out.
        Id(Head + "title = \"x\"\n[parameters]\nseed = 1\n[derived]\nescape-time = { event = \"escape\" }\n").ShouldBe(names[0]);
    }

    [Fact]
    public void ChangedInputFilesMakeNewRuns()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("spectrum.csv", "0.8\n0.2\n");
        var text = Head + $"[parameters]\nspectrum = \"file:{path}\"\n";
        var before = Parse(text).Runs[0].Id;
        Parse(text).Runs[0].Id.ShouldBe(before);
        folder.Write("spectrum.csv", "0.7\n0.3\n");
        Parse(text).Runs[0].Id.ShouldNotBe(before);
    }

    [Theory]
    [InlineData("sytem = \"phase-retrieval\"", 1, "did you mean system?")]
    [InlineData("system = \"phase-retreival\"", 1, "did you mean phase-retrieval?")]
    [InlineData("title = \"x\"", 1, "needs system")]
    [InlineData("system = 3", 1, "a text in quotes")]
    [InlineData("system = \"phase-retrieval\"\nmethod = [\"flows\"]", 2, "did you mean flow?")]
    [InlineData("system = \"phase-retrieval\"\nmethod = []", 2, "at least one method")]
    [InlineData("system = \"phase-retrieval\"\nrecord = [\"los\"]", 2, "did you mean loss?")]
    [InlineData(Head + "[parameters]\ndimenson = 3", 4, "did you mean dimension?")]
    [InlineData(Head + "[parameters]\ndimension = 0", 4, "a whole number >= 1")]
    [InlineData(Head + "[parameters]\nexponent = 2\ndimension = [1, \"x\"]", 5, "dimension = x is not allowed")]
    [InlineData(Head + "[parameters]\ndimension = []", 4, "empty")]
    [InlineData(Head + "[parameters]\ndimension = true", 4, "true or false")]
    [InlineData(Head + "[parameters]\ndimension = \"logspace(1, 2)\"", 4, "logspace(from,to,count)")]
    [InlineData(Head + "[parameters]\nsteps = 10", 4, "it is read by gd, sgd, ")]
    [InlineData(Head + "[parameters]\nseed = \"linspace(1, 9999, 9999)\"\ndimension = \"linspace(1, 9999, 9999)\"", 5, "more than 100000 runs")]
    [InlineData(Head + "[[zip]]\nseed = [1, 2]\nexponent = [1, 2, 3]", 5, "need one length")]
    [InlineData(Head + "[parameters]\nseed = 1\n[[zip]]\nseed = 2", 6, "is given on line 4 already")]
    [InlineData(Head + "[stop]\nfrom = 1", 3, "either event or observable")]
    [InlineData(Head + "[stop]\nevent = \"escpe\"\nfrom = 1", 4, "did you mean escape?")]
    [InlineData(Head + "[derived]\nloss = { event = \"escape\" }", 4, "already")]
    [InlineData(Head + "[derived]\nx = { evnt = \"escape\" }", 4, "did you mean event?")]
    [InlineData(Head + "[derived]\nx = { formula = \"exponentt * 2\" }", 4, "did you mean exponent?")]
    [InlineData(Head + "[derived]\nx = { formula = \"exponent *\" }", 4, "ends too early")]
    [InlineData(Head + "[derived]\nx = { event = \"escape\", from = 1 }", 4, "no meaning")]
    [InlineData(Head + "[[figure]]\nx = \"dimension\"", 3, "needs y or line")]
    [InlineData(Head + "[[figure]]\nx = \"dimension\"\ny = \"loss\"", 5, "is no parameter, observable or quantity that is known here")]
    [InlineData(Head + "[[figure]]\nx = \"dimension\"\ny = \"last-los\"", 5, "did you mean last-loss?")]
    [InlineData(Head + "[[figure]]\nx = \"dimension\"\ny = \"last-loss\"\nband = \"interval\"", 6, "band = interval is that of a mean")]
    [InlineData(Head + "[[figure]]\nx = \"t\"\ny = \"loss\"\ny-scale = \"linear\"\nfit = true", 7, "needs two logarithmic axes")]
    [InlineData(Head + "[[claim]]\nid = \"c\"\nstatement = \"s\"\nmeasured = \"dimension\"\nrelative = 1", 3, "needs predicted")]
    [InlineData(Head + "[[claim]]\nid = \"c\"\nstatement = \"s\"\nmeasured = \"dimension\"\nat-most = 1\nhorizon = { tt = 1 }", 8, "tt of horizon is no recorded observable")]
    [InlineData(Head + "[[claim]]\nid = \"c\"\nstatement = \"s\"\nmeasured = \"dimension\"\nat-most = 1\nhorizon = { t = 0 }", 8, "t of horizon must be a number above 0")]
    [InlineData(Head + "[[claim]]\nid = \"c\"\nstatement = \"s\"\nmeasured = \"dimension\"\nat-most = 1\nhorizon = { t = 1, loss = 1 }", 8, "horizon names one column")]
    [InlineData(Head + "[[claim]]\nid = \"c\"\nstatement = \"s\"\nmeasured = \"dimension\"\nat-most = 1\nall-times = true", 8, "all-times needs horizon")]
    [InlineData(Head + "[[claim]]\nid = \"c\"\nstatement = \"s\"\nmeasured = \"dimension\"\nat-most = 1\nscale = { dimensoin = 5 }", 8, "is no numeric parameter or derived quantity")]
    [InlineData(Head + "[[claim]]\nid = \"c\"\nstatement = \"s\"\nmeasured = \"dimension\"\nat-most = 1\nscale = { dimension = \"a\" }", 8, "dimension of scale must be a number above 0")]
    [InlineData(Head + "[[claim]]\nid = \"c\"\nstatement = \"s\"\nmeasured = \"dimension\"\nat-most = 1\nhorizon = 5", 8, "must be a table")]
    [InlineData(Head + "[[claim]]\nid = \"c\"\nstatement = \"s\"\nmeasured = \"dimension\"\nat-most = 1\nuncertainty = \"xx\"", 8, "is no parameter, observable or quantity")]
    [InlineData(Head + "a = [1,\n", 4, "expected a study file in the TOML format")]
    [InlineData(Head + "system = \"phase-retrieval\"", 3, "already defined")]
    public void ErrorsNameTheLineAndTheRemedy(string text, int line, string expected)
    {
        var message = Should.Throw<EigenflowException>(() => Parse(text)).Message;
        message.ShouldStartWith($"study.toml, line {line}: ");
        message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("2 ^ 3 ^ 2", 512)]
    [InlineData("-2 ^ 2", -4)]
    [InlineData("(1 - 3) / 4e-1", -5)]
    [InlineData("log(exp(2)) + sqrt(16) + abs(-1)", 7)]
    [InlineData("min(3, max(1, 2)) - log10(100)", 0)]
    [InlineData("loss-exponent - x", 1.5)]
    [InlineData("1e-3*x", 0.5e-3)]
    public void FormulasAreArithmetic(string text, double expected) =>
        Formula.Parse(text).Evaluate(name => name switch { "x" => 0.5, "loss-exponent" => 2, _ => double.NaN }).ShouldBe(expected, 1e-15);

    [Theory]
    [InlineData("")]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("1 2")]
    [InlineData("sin(1)")]
    [InlineData("min(1)")]
    [InlineData("1e999")]
    [InlineData("$")]
    public void WrongFormulasAreRefused(string text) => Should.Throw<FormatException>(() => Formula.Parse(text)).Message.ShouldNotBeEmpty();

    private static Study Parse(string text) => Study.Parse(Encoding.UTF8.GetBytes(text), "study.toml");
}
