using Eigenflow.Scaling.LossCurves;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.LossCurves;

public sealed class ScheduleFitTests
{
    private static readonly ScheduleFitOptions Fast = new() { Resamples = 40, Restarts = 10, Points = 80 };

    // Parameters of noiseless curves are nearly degenerate; what must come back is the forecast.
    [Fact]
    public void ANoiselessCurveForecastsOtherSchedules()
    {
        var curve = Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("8-1-1", 0.01, 2000), 2);
        var wsd = Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("wsd", 0.01, 2000), 2, name: "wsd");
        var cosine = Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("cosine", 0.01, 2000), 2, name: "cosine");
        var fit = Run([curve], [wsd, cosine]);
        var direct = fit.Laws.First(law => law.Name == "direct");
        direct.Fitted[0].LogRms.ShouldBeLessThan(3e-4);
        direct.HeldOut.ShouldAllBe(error => error.LogRms < 1e-3);
        fit.Laws[0].Name.ShouldBe("direct");
        fit.ThinningError.ShouldBeLessThan(1e-4);
        fit.Laws.First(law => law.Name == "power-time").HeldOutMedian.ShouldBeGreaterThan(10 * direct.HeldOutMedian);
    }

    [Fact]
    public void BandsCoverNewMeasurements()
    {
        double inside = 0, count = 0, truths = 0, trials = 0;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var curve = Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("8-1-1", 0.01, 1600), 4, 0.004, seed);
            var other = Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("cosine", 0.01, 1600), 4, 0.004, seed + 100, "cosine");
            var fit = Run([curve], [other]);
            var forecast = fit.Forecasts[1];
            inside += forecast.Coverage * forecast.Measured.Length;
            count += forecast.Measured.Length;
            var s = fit.Chosen.Parameters.First(parameter => parameter.Symbol == "L0");
            truths += s.Lower <= 2 && s.Upper >= 2 ? 1 : 0;
            trials++;
        }

        (inside / count).ShouldBeInRange(0.88, 0.995);
        truths.ShouldBeGreaterThanOrEqualTo(trials - 2);
    }

    [Fact]
    public void AConstantRateSaysNothingOfForgetting()
    {
        var fit = Run([Samples.Curve(new BlindLaw(false), [1, 1, 0.5], Samples.Rates("constant", 0.01, 1000), 5)], []);
        fit.IsIdentifiable.ShouldBeFalse();
        fit.Chosen.Name.ShouldBe("power-time");
        fit.Laws.First(law => law.Name == "direct").Verdict.ShouldContain("forgetting kernel not identifiable");
        var values = fit.Chosen.Parameters.Select(parameter => parameter.Value).ToArray();
        values[0].ShouldBe(1, 0.01);
        values[2].ShouldBe(0.5, 0.01);
        Should.Throw<ParameterException>(() => fit.Propose()).Message.ShouldContain("not identifiable");
    }

    [Fact]
    public void ALawThatDoesNotDescribeSaysSo()
    {
        // A loss that rises in the middle, under a rate that only falls.
        var rates = Samples.Rates("linear", 0.01, 1000);
        int[] steps = [.. Enumerable.Range(1, 200).Select(row => row * 5)];
        var fit = Run([new LossCurve("bump", rates, steps, [.. steps.Select(step => 1 + (0.5 * Math.Exp(-Math.Pow((step - 500) / 60.0, 2))))])], []);
        fit.Laws.ShouldAllBe(law => law.Verdict.Contains("does not describe", StringComparison.Ordinal));
    }

    [Fact]
    public void ResultsDoNotDependOnThreads()
    {
        var curve = Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("wsd", 0.01, 800), 4, 0.003);
        var first = Run([curve], []);
        var second = Run([curve], []);
        first.Chosen.Parameters.ShouldBe(second.Chosen.Parameters);
        first.Forecasts[0].Lower.ShouldBe(second.Forecasts[0].Lower);
    }

    // L = 2.56 + 0.6 S^(−0.45) plus 300 per unit of rate, a linear warm-up of 2000 steps, and rows from step 2048 on, as public curves are logged.
    [Fact]
    public void AWarmUpThatIsNotLoggedIsWarnedOfAndCanBeStated()
    {
        using var folder = new TemporaryFolder();
        string[] paths = [Write("constant", "constant"), Write("cosine", "cosine")];
        var options = Fast with { Law = "momentum" };
        var guessed = ScheduleFit.Run([.. paths.Select(path => LossCurveReader.Read(path))], [], options, null, TestContext.Current.CancellationToken);
        guessed.Warnings.Count(warning => warning.StartsWith("warning:", StringComparison.Ordinal) && warning.Contains("--warmup", StringComparison.Ordinal)).ShouldBe(2);
        Value(guessed, "alpha").ShouldBeGreaterThan(0.6, "what the warning is about");
        var reading = new LossCurveReading { WarmUp = new WarmUp(2000) };
        var stated = ScheduleFit.Run([.. paths.Select(path => LossCurveReader.Read(path, reading))], [], options, null, TestContext.Current.CancellationToken);
        stated.Warnings.ShouldNotContain(warning => warning.StartsWith("warning:", StringComparison.Ordinal));
        Value(stated, "alpha").ShouldBe(0.45, 0.002);
        Value(stated, "L0").ShouldBe(2.56, 0.003);

        static double Value(ScheduleFit fit, string symbol) => fit.Chosen.Parameters.First(parameter => parameter.Symbol == symbol).Value;

        string Write(string name, string shape)
        {
            var rates = Samples.Rates("warmup:2000+" + shape, 3e-4, 24_000);
            var rows = Enumerable.Range(16, 171).Select(row => row * 128).Select(step => FormattableString.Invariant(
                $"{step},{rates.RateAt(step):R},{2.56 + (0.6 * Math.Pow(rates.TimeAt(step), -0.45)) + (300 * rates.RateAt(step - 1)):R}"));
            return folder.Write(name + ".csv", "step,lr,loss\n" + string.Join('\n', rows) + "\n");
        }
    }

    [Fact]
    public void TheLawThatRanksFirstForecastsOrTheReasonIsGiven()
    {
        var curve = Samples.Curve(new MomentumLaw(), [1, 1, 0.4, 0.3, 0.01], Samples.Rates("linear", 0.01, 1500), 3, 0.001);
        var other = Samples.Curve(new MomentumLaw(), [1, 1, 0.4, 0.3, 0.01], Samples.Rates("8-1-1", 0.01, 1500), 3, 0.001, 2, "8-1-1");
        var fit = Run([curve], [other]);
        (fit.Chosen.Name == fit.Laws[0].Name || fit.Reason.Contains("within a tenth", StringComparison.Ordinal)).ShouldBeTrue(fit.Reason);
        fit.Reason.ShouldStartWith(fit.Chosen.Name + " forecasts");

        // One law on one curve has one verdict, in the table of laws and in that of curves.
        fit.Chosen.Verdict.ShouldBe("describes within the noise");
        fit.Forecasts[0].Verdict.ShouldBe(fit.Chosen.Verdict);
        var asked = ScheduleFit.Run([curve], [other], Fast with { Law = "power-steps" }, null, TestContext.Current.CancellationToken);
        asked.Chosen.Name.ShouldBe("power-steps");
        asked.Reason.ShouldContain("errs less on other schedules");
        asked.Forecasts[1].Verdict.ShouldContain("last loss");
        asked.Forecasts[1].Verdict.ShouldContain("the law errs by more than its band");
    }

    [Fact]
    public void OnlySchedulesOfOneLengthAfterOneWarmUpAreCompared()
    {
        var curve = Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("warmup:200+8-1-1", 0.01, 2000), 4, 0.002);
        LossCurve[] others = [Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("warmup:200+cosine", 0.01, 2000), 4, 0.002, 2, "cosine"), Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("linear", 0.01, 2000), 4, 0.002, 3, "no warm-up"),
            Samples.Curve(new DirectLaw(), Samples.Direct, Samples.Rates("warmup:200+linear", 0.01, 1000), 4, 0.002, 4, "short")];
        var fit = Run([curve], others);
        var (proposal, compared) = fit.Propose(cancellation: TestContext.Current.CancellationToken);
        proposal.WarmUp.ShouldBe(199);
        for (var step = 0; step < 199; step += 11)
            proposal.Schedule.RateAt(step).ShouldBe(0.01 * (step + 1) / 200, 1e-4);
        compared.First(one => one.Name == "no warm-up").Verdict.ShouldBe("not compared: a warm-up of 0 steps instead of 199");
        compared.First(one => one.Name == "short").Verdict.ShouldBe("not compared: 1000 steps instead of 2000");
        double.IsNaN(compared.First(one => one.Name == "short").Gain).ShouldBeTrue();
        foreach (var one in compared.Where(one => !double.IsNaN(one.Gain)))
        {
            one.HeldOutError.ShouldBe(fit.Laws.First(law => law.Name == "direct").HeldOutLast);
            one.Verdict.Contains("better", StringComparison.Ordinal).ShouldBe(one.Gain > one.HeldOutError && one.GainLower > 0, one.Verdict);
            (one.Standing == ComparisonStanding.CannotTell).ShouldBe(one.Verdict.StartsWith("cannot tell", StringComparison.Ordinal), one.Verdict);
            (one.Standing == ComparisonStanding.Better).ShouldBe(one.Verdict.StartsWith("the proposal is better", StringComparison.Ordinal), one.Verdict);
        }

        compared.Where(one => double.IsNaN(one.Gain)).ShouldAllBe(one => one.Standing == ComparisonStanding.NotCompared);
        var headline = FitScheduleTables.Headline(new FitScheduleResult(fit, proposal, compared));
        headline.ShouldStartWith($"Best schedule by the law direct: last loss {DisplayNumber.Of(proposal.Loss)} (");
        headline.ShouldContain("that it is compared with");
        FitScheduleTables.Headline(new FitScheduleResult(fit, null, [])).ShouldBeEmpty();
        FitScheduleTables.Headline(new FitScheduleResult(fit, proposal, [])).ShouldEndWith("; there is no schedule to compare it with.");
        compared.Count(one => one.Name.EndsWith("same warm-up and peak", StringComparison.Ordinal)).ShouldBe(3);

        // The end of the fitted curve itself says nothing of other schedules.
        Run([curve], []).Propose(cancellation: TestContext.Current.CancellationToken).Others.Where(one => !double.IsNaN(one.Gain)).ShouldAllBe(one => one.Verdict.StartsWith("cannot tell: no curve under another schedule"));

        // Ten times as long, or at rates that nobody measured: the error of the law is unknown there.
        fit.Propose(20_000, cancellation: TestContext.Current.CancellationToken).Others.Where(one => !double.IsNaN(one.Gain)).ShouldAllBe(one => one.Verdict.StartsWith("cannot tell: no curve of more than 2000 steps"));
        fit.Propose(null, 0, 0.02, TestContext.Current.CancellationToken).Others.Where(one => !double.IsNaN(one.Gain)).ShouldAllBe(one => one.Verdict.StartsWith("cannot tell: no rate above 0.01"));
    }

    [Fact]
    public void TooFewPointsAreRefused()
    {
        var curve = Samples.Curve(new BlindLaw(false), [1, 1, 0.5], Samples.Rates("cosine", 0.01, 1000), 150);
        Should.Throw<ParameterException>(() => Run([curve], [])).Message.ShouldContain("at least 9");
    }

    [Fact]
    public void LossesAndStepsAreChecked()
    {
        var rates = Samples.Rates("cosine", 0.01, 100);
        Should.Throw<ParameterException>(() => new LossCurve("x", rates, [1, 2], [1, -1])).Parameter.ShouldBe("loss");
        Should.Throw<ParameterException>(() => new LossCurve("x", rates, [2, 2], [1, 1])).Parameter.ShouldBe("step");
        Should.Throw<ParameterException>(() => new LossCurve("x", rates, [2, 101], [1, 1])).Parameter.ShouldBe("step");
    }

    [Theory]
    [InlineData(1.75, true)]
    [InlineData(2.2, false)]
    [InlineData(0.9, false)]
    public void ExponentsOfForgettingHaveACapacityOnlyInTheirRange(double p, bool hasCapacity)
    {
        var exponents = EffectiveExponents.Of("p", 0.5, p, [.. Enumerable.Range(0, 100).Select(i => (0.5, p + ((i - 50) * 1e-4)))], 0.95);
        exponents.Capacity.HasValue.ShouldBe(hasCapacity);
        if (hasCapacity)
        {
            exponents.Capacity!.Value.ShouldBe(4, 1e-12);
            exponents.Regime.ShouldStartWith("hard");
        }
        else
        {
            exponents.Regime.ShouldStartWith("no capacity exponent; report p only");
        }
    }

    private static ScheduleFit Run(LossCurve[] curves, LossCurve[] transfers) => ScheduleFit.Run(curves, transfers, Fast, null, TestContext.Current.CancellationToken);
}
