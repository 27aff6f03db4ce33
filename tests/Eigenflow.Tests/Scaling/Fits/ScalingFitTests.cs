using Eigenflow.Figures;
using Eigenflow.Random;
using Eigenflow.Scaling.Fits;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Fits;

/// <summary>Fits of scaling laws: exact recovery, windows, refusals, verdicts, seeds.</summary>
public sealed class ScalingFitTests
{
    private static readonly ScalingFitOptions Quick = new() { Resamples = 99 };

    public static TheoryData<string, double[]> Laws() => new()
    {
        { "power-law", [Math.Log(2), -0.5] },
        { "power-law", [Math.Log(1e-20), 3.2] },
        { "power-law-floor", [Math.Log(2), -0.5, 0.7] },
        { "power-law-floor", [0, -1.5, 1e-3] },
        { "power-law-floor", [0, 0.7, 5] },
        { "broken-power-law", [0, -0.2, -1.1, Math.Log(300), Math.Log(0.4)] },
        { "broken-power-law", [0, 1, -2, Math.Log(50), Math.Log(0.1)] },
        { "stretched", [Math.Log(3), Math.Log(2000), Math.Log(0.5)] },
        { "stretched", [0, Math.Log(5e3), Math.Log(1.3)] },
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public void ParametersOfCurvesWithoutNoiseAreRecovered(string name, double[] theta)
    {
        var law = Law(name);
        var fit = ScalingFit.Of(Curve(law, theta, 4, 120, 0, 0), Quick);
        fit.Chosen.Name.ShouldBe(name);
        fit.Chosen.Describes.ShouldBeTrue();
        fit.Chosen.LogResidual.ShouldBeLessThan(1e-6);
        for (var j = 0; j < theta.Length; j++)
        {
            var truth = law.Parameters[j].IsLogarithm ? Math.Exp(theta[j]) : theta[j];
            (fit.Chosen.Parameters[j].Value / truth).ShouldBe(1, 1e-3, law.Parameters[j].Symbol);
        }

        fit.IsPowerLaw.ShouldBe(name == "power-law");
    }

    [Theory]
    [InlineData("power-law", new[] { 0.7, -0.5 })]
    [InlineData("power-law-floor", new[] { 0.7, -0.5, 0.7 })]
    [InlineData("power-law-floor", new[] { 0, 0.7, 5 })]
    [InlineData("broken-power-law", new[] { 0, -0.2, -1.1, 5.7, -0.9 })]
    [InlineData("broken-power-law", new[] { 0, 1, -2, 3.9, -2.3 })]
    [InlineData("stretched", new[] { 1.1, 0.3, 0.5 })]
    [InlineData("stretched", new[] { 1.1, 0.3, 1e-8 })]
    [InlineData("stretched", new[] { 1.1, 0.01, 1.3 })]
    public void SlopesOfLawsAreThoseOfTheirValues(string name, double[] theta)
    {
        var law = Law(name);
        double[] u = [0.3, 2, 5.5, 8];
        double[] values = new double[4], slopes = new double[4 * theta.Length], up = new double[4], down = new double[4];
        law.Evaluate(u, theta, values, slopes);
        for (var j = 0; j < theta.Length; j++)
        {
            var step = 1e-6 * Math.Max(1, Math.Abs(theta[j]));
            double[] moved = [.. theta];
            moved[j] = theta[j] + step;
            law.Evaluate(u, moved, up, new double[slopes.Length]);
            moved[j] = theta[j] - step;
            law.Evaluate(u, moved, down, new double[slopes.Length]);
            for (var i = 0; i < u.Length; i++)
                slopes[(i * theta.Length) + j].ShouldBe((up[i] - down[i]) / (2 * step), 1e-5 * Math.Max(1, Math.Abs(slopes[(i * theta.Length) + j])));
        }

        for (var i = 0; i < u.Length; i++)
        {
            law.Evaluate([u[i] + 1e-6, u[i] - 1e-6, 0, 0], theta, up, new double[slopes.Length]);
            law.LocalExponent(u[i], theta).ShouldBe((up[0] - up[1]) / 2e-6, 1e-5 * Math.Max(1, Math.Abs(law.LocalExponent(u[i], theta))));
        }
    }

    [Theory]
    [InlineData("power-law-floor", new[] { 0, -0.5, 0.1 })]
    [InlineData("broken-power-law", new[] { 0, -0.2, -1.2, 5, -1 })]
    [InlineData("stretched", new[] { 0, 6, -0.5 })]
    public void TheRightLawIsChosenInNoise(string name, double[] theta)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var fit = ScalingFit.Of(Curve(Law(name), theta, 4, 100, 0.02, seed), Quick);
            fit.Chosen.Name.ShouldBe(name, $"seed {seed}");
            fit.Chosen.Describes.ShouldBeTrue();
            fit.IsPowerLaw.ShouldBeFalse();
            fit.Verdict.ShouldContain(name + " describes the whole range");
        }
    }

    [Fact]
    public void APowerLawBetweenBendsIsFoundOnItsWindow()
    {
        // Rounded below 10, a power law to 10⁴, cut off beyond.
        var x = Enumerable.Range(0, 300).Select(i => Math.Pow(10, 6 * i / 299.0)).ToArray();
        double[] y = [.. x.Select(value => Math.Pow(1 + (value / 3), -0.7) * Math.Exp(-value / 1e5))];
        var fit = ScalingFit.Of(new ScalingCurve("curve", x, y), Quick);
        var power = fit.PowerLaw.ShouldNotBeNull();
        power["p"].Value.ShouldBe(-0.7, 0.04);
        power.WindowStart.ShouldBeInRange(3, 200);
        power.WindowEnd.ShouldBeInRange(1e3, 3e4);
        fit.IsPowerLaw.ShouldBeFalse();
        fit.Verdict.ShouldStartWith("a power law alone holds approximately for");
        fit.Slopes.Exponents.Min().ShouldBeLessThan(-2);
    }

    [Fact]
    public void CurvesThatAreNoneAreNotCalledPowerLaws()
    {
        var x = Enumerable.Range(0, 100).Select(i => Math.Pow(10, 3 * i / 99.0)).ToArray();
        var wave = ScalingFit.Of(new ScalingCurve("wave", x, [.. x.Select(value => Math.Exp(Math.Sin(3 * Math.Log(value))))]), Quick);
        wave.PowerLaw.ShouldBeNull();
        wave.Verdict.ShouldStartWith("no power law here; no law describes");
        var logarithm = ScalingFit.Of(new ScalingCurve("logarithm", x, [.. x.Select(value => 10 - Math.Log(value) - (0.1 * Math.Log(value) * Math.Log(value)))]), Quick);
        logarithm.IsPowerLaw.ShouldBeFalse();
    }

    [Fact]
    public void FlatCurvesAreCalledFlat()
    {
        ScalingFit.Of(Curve(Law("power-law"), [1, 0], 3, 60, 0, 1), Quick).Verdict.ShouldStartWith("flat over 3.0 decades");
        ScalingFit.Of(Curve(Law("power-law-floor"), [0, -3, 1], 5, 200, 0.02, 1), Quick).Verdict.ShouldStartWith("the curve is flat for");
    }

    [Fact]
    public void LessThanADecadeIsRefused()
    {
        double[] x = [.. Enumerable.Range(10, 80).Select(i => (double)i)];
        double[] y = [.. x.Select(value => 1 / value)];
        Should.Throw<ParameterException>(() => ScalingFit.Of(new ScalingCurve("short", x, y))).Message.ShouldContain("0.95 decades");
        x = [.. Enumerable.Range(1, 1000).Select(i => (double)i)];
        y = [.. x.Select(value => 1 / value)];
        Should.Throw<ParameterException>(() => ScalingFit.Of(new ScalingCurve("window", x, y), Quick with { WindowStart = 100, WindowEnd = 900 })).Message.ShouldContain("at least one decade");
        Should.Throw<ParameterException>(() => ScalingFit.Of(new ScalingCurve("few", [1, 10, 100], [1, 2, 3]))).Message.ShouldContain("at least 5");
        Should.Throw<ParameterException>(() => ScalingFit.Of(new ScalingCurve("signs", [.. x], [.. x.Select(_ => -1.0)]))).Message.ShouldContain("positive");
    }

    [Theory]
    [InlineData("level", 0.2)]
    [InlineData("resamples", 5)]
    [InlineData("drift", -1)]
    [InlineData("window", -3)]
    public void OptionsOutOfRangeAreRefused(string parameter, double value)
    {
        var options = parameter switch
        {
            "level" => Quick with { Level = value },
            "resamples" => Quick with { Resamples = (int)value },
            "drift" => Quick with { LargestDrift = value },
            _ => Quick with { WindowStart = value },
        };
        Should.Throw<ParameterException>(options.Validate).Parameter.ShouldBe(parameter);
        Should.Throw<ParameterException>((Quick with { Laws = ["powerlaw"] }).Validate).Message.ShouldContain("power-law");
    }

    [Fact]
    public async Task ResultsDoNotDependOnThreads()
    {
        var curve = Curve(Law("power-law-floor"), [0, -0.5, 0.1], 3, 60, 0.05, 3);
        var many = ScalingFit.Of(curve, Quick);
        var one = await Task.Factory.StartNew(() => ScalingFit.Of(curve, Quick), CancellationToken.None, TaskCreationOptions.None, new LimitedScheduler());
        for (var j = 0; j < 3; j++)
            one.Chosen.Parameters[j].ShouldBe(many.Chosen.Parameters[j]);
    }

    [Fact]
    public void IntervalsAcrossSeedsCoverTheTruth()
    {
        // Noise that is one number per curve and decade: a residual bootstrap cannot see it, seeds can.
        var covered = 0;
        const int trials = 400;
        for (var trial = 0; trial < trials; trial++)
        {
            var curves = Enumerable.Range(0, 5).Select(seed =>
            {
                var tilt = new double[1];
                GaussianGenerator.Fill(new GaussianAddress(5, 6, seed, trial), 0, tilt);
                return Curve(Law("power-law"), [0, -0.5 + (0.02 * tilt[0])], 2, 30, 0.02, (100 * trial) + seed);
            }).ToArray();
            var fit = SeedFit.Of(curves, Quick with { Laws = ["power-law"] });
            if (fit.Parameters[1].Lower <= -0.5 && fit.Parameters[1].Upper >= -0.5)
                covered++;
        }

        (covered / (double)trials).ShouldBeInRange(0.92, 0.98);
    }

    [Fact]
    public void SeedsOnOtherAbscissaeAreInterpolated()
    {
        var curves = Enumerable.Range(0, 4).Select(seed =>
        {
            var x = Enumerable.Range(0, 50 + seed).Select(i => Math.Pow(10, (3.0 * i / (49 + seed)) - (0.1 * seed))).ToArray();
            return new ScalingCurve($"{seed}", x, [.. x.Select(value => (1 + (0.01 * seed)) * Math.Pow(value, -0.4))]);
        }).ToArray();
        var fit = SeedFit.Of(curves, Quick);
        fit.Seeds.ShouldBe(4);
        fit.Parameters[1].Value.ShouldBe(-0.4, 1e-6);
        fit.Mean.Chosen.WindowStart.ShouldBeInRange(0.99, 1.2);
        Should.Throw<ParameterException>(() => SeedFit.Of(curves[..2], Quick)).Message.ShouldContain("at least three");
    }

    [Fact]
    public void TheFigureHoldsCurvesBesideTheirLawsAndLocalExponents()
    {
        var fit = ScalingFit.Of(Curve(Law("power-law-floor"), [0, -0.5, 0.1], 3, 60, 0.02, 3), Quick);
        var figure = ScalingFitFigure.Of([fit]);
        figure.Panels.Count.ShouldBe(2);
        var data = figure.Panels[0].Series[0];
        data.Role.ShouldBe(SeriesRole.Measurement);
        data.Y.Zip(data.Expected!, (value, law) => Math.Abs((value / law) - 1)).Max().ShouldBeLessThan(0.1);
        figure.Panels[0].Series.Where(series => series.Role == SeriesRole.Fit).ShouldAllBe(series => series.Color != data.Color);
        figure.Title.ShouldStartWith("power law floor describes");
        figure.Caption.ShouldContain("p = −0.");
    }

    [Theory]
    [InlineData(0, "y ∝ x^{−0.")]
    [InlineData(1, "No law")]
    public void TheTitleIsTheVerdict(int kind, string start)
    {
        double[] x = [.. Enumerable.Range(0, 80).Select(k => Math.Pow(10, k / 20.0))];
        double[] y = [.. x.Select((at, k) => kind == 0 ? Math.Pow(at, -0.5) * (1 + (0.01 * Math.Sin(17.0 * k * k))) : Math.Pow(at, -0.5) * (1 + (0.3 * Math.Sin(2.2 * Math.Log(at)))))];
        var fit = ScalingFit.Of(new ScalingCurve("y", x, y), Quick);
        var figure = ScalingFitFigure.Of([fit]);
        figure.Title.ShouldStartWith(start);
        figure.Caption.ShouldContain(fit.Verdict);
        if (kind == 1)
            figure.Caption.ShouldNotContain("gamma =");
    }

    private static ScalingLaw Law(string name) => ScalingLaw.All.First(law => law.Name == name);

    private static ScalingCurve Curve(ScalingLaw law, double[] theta, double decades, int points, double noise, int seed)
    {
        var x = Enumerable.Range(0, points).Select(i => Math.Pow(10, decades * i / (points - 1))).ToArray();
        var values = LawCurves.Logarithms(law.Name, theta, x);
        var random = new double[points];
        GaussianGenerator.Fill(new GaussianAddress(9, 4, 0, seed), 0, random);
        return new ScalingCurve("curve", x, [.. values.Select((value, i) => Math.Exp(value + (noise * random[i])))]);
    }

    // Runs everything on the calling thread, one after another.
    private sealed class LimitedScheduler : TaskScheduler
    {
        public override int MaximumConcurrencyLevel => 1;

        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
    }
}
