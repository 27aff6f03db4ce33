using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>What hosts type: presets, rules, schedules, classes, and what is refused.</summary>
public sealed class SystemTests
{
    private static readonly ISystem System = SystemCatalog.Find("multiclass-sgd");

    [Theory]
    [InlineData("probabilities=0.3,0.6", "they add to 0.9")]
    [InlineData("probabilities=0.2,0.3,0.5", "one number per class (2)")]
    [InlineData("exponent=1,2,3", "one per class (2)")]
    [InlineData("mean-profile=power:-0.5", "the mean norm diverges for -0.5")]
    [InlineData("mean-profile=clean spectrum=identity", "clean needs modes that are cleaner than others")]
    [InlineData("classes=3 loss=logistic", "labels +1 and -1 are two classes")]
    [InlineData("classes=1", "a whole number from 2 to 1000")]
    [InlineData("rule=polyak learning-rate=0.3", "the rule gives the learning rate")]
    [InlineData("rule=line-search schedule=cosine", "the rule gives the learning rate")]
    [InlineData("rule=adagrad-norm:0:1", "with SCALE and OFFSET > 0")]
    [InlineData("spectrum=zero-one:1.5", "zero-one:FRACTION")]
    [InlineData("learning-rate=0", "a number > 0")]
    [InlineData("dimension=1", "a whole number >= 2")]
    [InlineData("schedule=wsd final=2", "a number from 0 to the peak 0.7")]
    public void WhatDoesNotFitIsRefused(string typed, string expected) => Should.Throw<ParameterException>(() => Complete("theory", typed)).Message.ShouldContain(expected);

    [Theory]
    [InlineData("mean-profile=gaussian")]
    [InlineData("mean-profile=cosine")]
    public void TheContinuumNeedsALimit(string typed) => Should.Throw<ParameterException>(() => Complete("continuum", typed)).Message.ShouldContain("the limit d → ∞ needs");

    [Fact]
    public void WhatIsMadeInCodeIsChecked()
    {
        var one = new MixtureClass(0.5, MeanProfile.Flat, ClassSpectrum.Identity);
        ParameterException Refusal(MultiClassProblem problem, MixtureMethod? method = null) => Should.Throw<ParameterException>(() => problem.Solve(method ?? new MultiClassTheory { Until = 1 }));
        var problem = new MultiClassProblem { Dimension = 10, Classes = [one, one with { MeanSize = -1, Label = -1 }] };
        Refusal(problem with { Classes = [one] }).Message.ShouldContain("add to 1");
        Refusal(problem with { Classes = [one, one with { Label = 2 }] }).Message.ShouldContain("+1 or -1");
        Refusal(problem with { Classes = [one with { Probability = 1 }], Loss = new OneHotLoss() }).Message.ShouldContain("at least 2 classes");
        Refusal(problem with { Classes = [one, one with { Spectrum = ClassSpectrum.Of([1, 1, 1, -1, 1, 1, 1, 1, 1, 1]) }] }).Message.ShouldContain("eigenvalue number 4 is not");
        Refusal(problem with { Classes = [one, one with { Spectrum = ClassSpectrum.Of([1, 1]) }] }).Message.ShouldContain("number of eigenvalues, 2");
        Refusal(problem with { Dimension = 1 }).Message.ShouldContain("from 2 to");
        Refusal(problem with { StartVariance = -1 }).Parameter.ShouldBe("start-variance");
        Refusal(problem, new MultiClassTheory { LearningRate = 0, Until = 1 }).Parameter.ShouldBe("learning-rate");
        Refusal(problem, new OnlineSgd { Batch = 0, Until = 1 }).Parameter.ShouldBe("batch");
        Refusal(problem with { Classes = [one, one with { Mean = MeanProfile.Gaussian(1) }] }, new MultiClassTheory { Until = 1, IsContinuum = true }).Message.ShouldContain("use method = theory");
        new MultiClassProblem { Dimension = 10, Classes = [.. problem.Classes.Select(other => other with { MeanSize = 8 })] }.Solve(new MultiClassTheory { Until = 1 }).Warnings.ShouldContain(warning => warning.Contains("no small part of Tr K", StringComparison.Ordinal));
    }

    // Σ over modes of the rate, at which noise multiplies by 1 up to rounding.
    [Theory]
    [InlineData("spectrum=identity", 2.0, 400)]
    [InlineData("spectrum=zero-one:0.25", 2 / 0.75, 400)]
    [InlineData("exponent=1", 2 / 0.505, 100)]
    public void AtTheEdgeLeastSquaresIsUnstable(string typed, double edge, int dimension)
    {
        var at = FormattableString.Invariant($"loss=least-squares {typed} dimension={dimension} learning-rate={edge:R}");
        Solve("theory", at + " times=1").Warnings.ShouldContain(warning => warning.StartsWith("unstable: risk diverges", StringComparison.Ordinal) && warning.Contains("at ", StringComparison.Ordinal));
        var predictions = System.Predict(Complete("theory", at)).ToDictionary(one => one.Name);
        predictions["noise-gain"].Value.ShouldBe(1);
        predictions["plateau"].Reason.ShouldContain("ρ(M)");
        Solve("theory", at + " times=1 batch=2").Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("dimension=300000 classes=100 loss=one-hot modes=full")]
    [InlineData("dimension=300000 classes=100 loss=one-hot")]
    [InlineData("dimension=400 classes=1000 loss=softmax")]
    [InlineData("dimension=100000000 spectrum=zero-one:0.5")]
    public void WhatDoesNotFitInMemoryIsRefused(string typed) => Should.Throw<TooLargeException>(() => Solve("theory", typed + " times=1")).Message.ShouldContain("GiB of memory, and");

    // A hundred million modes take no more than a few thousand; at d = ∞ the same.
    [Fact]
    public void CompressedModesCostNothing()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var large = Solve("theory", "dimension=100000000 times=1,10");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(400_000_000);
        var limit = Solve("continuum", "times=1,10");
        for (var row = 0; row < 2; row++)
            large["risk"][row].ShouldBe(limit["risk"][row], 1e-6);
    }

    [Fact]
    public void AWideStartIsSolved()
    {
        var solution = Solve("theory", "start-variance=1e30 times=1");
        solution.Status.Outcome.ShouldBe(SolveOutcome.Completed);
        double.IsFinite(solution["risk"][0]).ShouldBeTrue();
        solution["risk"][0].ShouldBeGreaterThan(1e13);
    }

    [Fact]
    public void FilesOfDifferentLengthsAreNamed()
    {
        using var folder = new TemporaryFolder();
        var (spectrum, means) = (folder.Write("spectrum.txt", "1\n2\n3\n"), folder.Write("means.txt", "1\n0\n"));
        var message = Should.Throw<ParameterException>(() => Complete("theory", $"spectrum=file:{spectrum} mean-profile=file:{means}")).Message;
        message.ShouldStartWith("mean-profile");
        message.ShouldContain("a file of 3 rows");
        message.ShouldContain("it has 2");
    }

    // All eigenvalues zero: deterministic, m = 1 − e^(−γt) by least squares.
    [Fact]
    public void WithoutNoiseTheCurveIsExponential()
    {
        var solution = Solve("theory", "loss=least-squares spectrum=zero-one:1 times=0.5,2");
        for (var row = 0; row < 2; row++)
            solution["risk"][row].ShouldBe(Math.Exp(-2 * 0.7 * solution.Times[row]) / 2, 1e-8);
    }

    // Reference values of the theory at d = 400.
    [Theory]
    [InlineData("paper-figure-1b", 0.5506)]
    [InlineData("paper-figure-1c", 0.5581)]
    [InlineData("paper-figure-1d", 0.6237)]
    public void PresetsAreThePanelsOfTheFigure(string preset, double risk) => Solve("theory", $"preset={preset} times=1")["risk"][0].ShouldBe(risk, 1e-4);

    // On the identity the drawn mean counts by its norm alone.
    [Fact]
    public void TheFirstPanelHasADrawnMean()
    {
        var mean = new double[400];
        MeanProfile.Gaussian(1).Fill(mean);
        var flat = Solve("theory", FormattableString.Invariant($"spectrum=identity mean-norm={Math.Sqrt(mean.Sum(value => value * value)):R} times=1,10"));
        Solve("theory", "preset=paper-figure-1a times=1,10")["risk"][1].ShouldBe(flat["risk"][1], 1e-8);
    }

    [Fact]
    public void ASettingSaysWhatIsNotGiven()
    {
        var complete = Complete("theory", "preset=paper-figure-1d");
        (complete.Values["spectrum"], complete.Values["mean-profile"], complete.Values["until"]).ShouldBe(("power-law", "power:0.5", 10.0));
        complete.Values["exponent"].ShouldBe(new[] { 1.1, 1.5 });
        Complete("theory", "classes=3").Values["loss"].ShouldBe("one-hot");
        Complete("theory", "rule=polyak").Values["learning-rate"].ShouldBeNull();
    }

    [Fact]
    public void RulesOfOnesOwnDriveTheoryAndSgdAlike()
    {
        var problem = Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.PowerLaw(1), 300);
        var rule = new HalvedLineSearch();
        var (theory, sgd) = (problem.Solve(new MultiClassTheory { Rule = rule, Times = [2] }), problem.Solve(new OnlineSgd { Rule = rule, Times = [2], Replicas = 8 }));
        sgd["learning-rate"][0].ShouldBe(theory["learning-rate"][0], (4 * sgd["learning-rate-se"][0]) + 0.01);
        sgd["risk"][0].ShouldBe(theory["risk"][0], (4 * sgd["risk-se"][0]) + 0.005);
    }

    // Polyak's floor: squared losses in closed form, 1/(2(1 + q)), and the Bayes risk of equal covariances, r ~ N(2q, 4q).
    [Fact]
    public void TheOptimumIsThatOfTheSheet()
    {
        PopulationOptimum.Risk(Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.Identity)).ShouldBe(0.25, 1e-12);
        PopulationOptimum.Risk(Cases.Symmetric(Cases.Logistic, ClassSpectrum.Identity)).ShouldBe(0.356316360, 1e-8);
        PopulationOptimum.Risk(Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.ZeroOne(0.5))).ShouldBe(0, 1e-12);
        var oneHot = Cases.ThreeClasses(new OneHotLoss());
        PopulationOptimum.Risk(oneHot).ShouldBe(oneHot.Solve(new MultiClassTheory { Batch = 1_000_000_000, Until = 3000, LearningRate = 1 })["risk"][^1], 1e-4);
    }

    [Fact]
    public void DenseOutputMeetsTheRows()
    {
        var solution = Cases.Symmetric(Cases.Logistic, ClassSpectrum.PowerLaw(1)).Solve(new MultiClassTheory { Until = 5, KeepsDenseOutput = true });
        foreach (var row in (int[])[20, 100, 150])
            solution.At(solution.Times[row])["risk"].ShouldBe(solution["risk"][row], 1e-9);
    }

    [Fact]
    public void TwentyDecadesCostLittle()
    {
        var solution = Solve("continuum", "exponent=2,3 mean-profile=power:0.5 until=1e20 points=20");
        solution.Status.ShouldBe(SolveStatus.Completed);
        solution.Statistics.Steps.ShouldBeLessThan(4000);
        solution.Statistics.Rejections.ShouldBeLessThan(50);

        // Reference value of the local slope, −0.207 at 1e20.
        var (risk, times) = (solution["risk"], solution.Times);
        (Math.Log(risk[^1] / risk[^2]) / Math.Log(times[^1] / times[^2])).ShouldBe(-0.207, 2e-3);
    }

    private static Solution Solve(string method, string typed) => System.Solve(Complete(method, typed));

    private static CompletedSetting Complete(string method, string typed) => System.Complete(
        method, new Setting(typed.Split(' ').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], System.Parameter(pair[0])!.Parse(pair[1])))));

    private sealed record HalvedLineSearch : LearningRateRule
    {
        public override string Text => "half";

        public override double Rate(in RateView view) => new LineSearchRate().Rate(view) / 2;
    }
}
