using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Predictions of schedules from a constant-rate run, against exact means of linear regression.</summary>
public sealed class ScheduleTransferTests
{
    private const int Steps = 2560;
    private const int Retained = 64;

    [Theory]
    [InlineData("linear", 0, 256.1, 0.03332884886, 0.04397483434, 0.03607713158, 0.03293629888, 0.03358205024)]
    [InlineData("cosine", 0.01, 256.1, 0.03349671313, 0.04576211703, 0.03664677908, 0.03302017765, 0.03376526176)]
    [InlineData("tail", 0.01, 460.9, 0.03167303623, 0.04154960637, double.NaN, 0.02986652241, 0.03054831401)]
    public void TheLastLossIsPredictedAsTheClosedFormsSay(string schedule, double noise, double tau, double end, double withoutModel, double reduced, double full, double ratio)
    {
        Func<double, double> shape = schedule switch
        {
            "linear" => x => 1 - x,
            "cosine" => x => (1 + Math.Cos(Math.PI * x)) / 2,
            _ => x => 1 - Math.Max(0, (x - 0.8) / 0.2),
        };
        var target = LinearLadder.Run(Retained, Steps, noise, 1, shape);
        var reference = LinearLadder.Run(Retained, Steps, noise, 1, _ => 1);
        var transfer = ScheduleTransfer.Of(reference, target, new TransferOptions { Alpha = 0.25, Curvature = LinearLadder.Curvature(Retained, 1), RatioOffset = -noise / 2 });
        target.EndLoss.ShouldBe(end, 1e-6 * end);
        transfer.Tau[^1].ShouldBe(tau, 0.05);
        transfer.WithoutModel[^1].ShouldBe(withoutModel, 1e-6 * withoutModel);
        transfer.Full![^1].ShouldBe(full, 1e-6 * full);
        transfer.Ratio![^1].ShouldBe(ratio, 1e-6 * ratio);
        if (double.IsFinite(reduced))
            transfer.Reduced![^1].ShouldBe(reduced, 1e-6 * reduced);
    }

    [Fact]
    public void AlphaOfTheReducedFormIsFittedAndTheFullFormErrsLess()
    {
        var target = LinearLadder.Run(Retained, Steps, 0, 1, x => 1 - x);
        var reference = LinearLadder.Run(Retained, Steps, 0, 1, _ => 1);
        var transfer = ScheduleTransfer.Of(reference, target, new TransferOptions { From = 0.1, Curvature = LinearLadder.Curvature(Retained, 1) });
        transfer.IsAlphaFitted.ShouldBeTrue();
        transfer.Alpha.ShouldBe(0.3609237, 1e-6);
        transfer.ErrorOf(transfer.Full).ShouldBeLessThan(transfer.ErrorOf(transfer.Ratio));
        transfer.ErrorOf(transfer.Reduced).ShouldBeLessThan(transfer.ErrorOf(transfer.WithoutModel) / 10);

        // Relative errors from x = 0.1 on, at the α of theory: dropping η dTr Σ costs here.
        var theory = ScheduleTransfer.Of(reference, target, new TransferOptions { From = 0.1, Alpha = 0.25, Curvature = LinearLadder.Curvature(Retained, 1) });
        double Relative(double[]? predicted) => Math.Sqrt(Enumerable.Range(theory.Start, predicted!.Length - theory.Start).Average(k => Math.Pow((predicted[k] / target.Losses[k]) - 1, 2)));
        Relative(theory.WithoutModel).ShouldBe(0.21, 0.005);
        Relative(theory.Reduced).ShouldBe(0.064, 0.0005);
        Relative(theory.Full).ShouldBe(0.0043, 0.00005);
        Relative(theory.Ratio).ShouldBe(0.019, 0.0005);

        // Without traces the ratio alone is left, with its one number fitted.
        var blind = ScheduleTransfer.Of(reference with { Traces = null }, target with { Traces = null });
        blind.Reduced.ShouldBeNull();
        blind.Full.ShouldBeNull();
        blind.IsCurvatureFitted.ShouldBeTrue();
        blind.ErrorOf(blind.Ratio).ShouldBeLessThan(blind.ErrorOf(blind.WithoutModel) / 5);

        // Records begin to count where the rate has fallen by a hundredth.
        blind.Start.ShouldBe(26);
    }

    [Fact]
    public void TimesWithoutKnownTauAreIntegratedByTrapezes()
    {
        var run = new LadderRun { Size = 1, Times = [1, 2, 4], Losses = [3, 2, 1], LearningRates = [1, 1, 0] };
        IntrinsicTime.Of(run).ShouldBe([1, 2, 3]);
        Should.Throw<ParameterException>(() => IntrinsicTime.Of(run with { LearningRates = null })).Parameter.ShouldBe("learning-rates");
        Should.Throw<ParameterException>(() => IntrinsicTime.Of(run with { LearningRates = [1, -1, 0] })).Parameter.ShouldBe("learning-rates");
    }

    [Fact]
    public void AReferenceThatIsTooShortIsRefused()
    {
        var target = LinearLadder.Run(8, 100, 0, 1, x => 1 - x);
        var reference = LinearLadder.Run(8, 40, 0, 1, _ => 1);
        Should.Throw<ParameterException>(() => ScheduleTransfer.Of(reference, target)).Parameter.ShouldBe("reference");
        Should.Throw<ParameterException>(() => ScheduleTransfer.Of(LinearLadder.Run(8, 200, 0, 1, _ => 1), reference)).Parameter.ShouldBe("target");
        ScheduleTransfer.TraceRatio(target, 0)!.Length.ShouldBe(101);
    }

    [Fact]
    public void AlphaHasAnIntervalAlongTheRunAndOverReferences()
    {
        LadderRun Noisy(LadderRun run, int seed) => run with { Losses = [.. run.Losses.Select((loss, k) => loss * (1 + (0.01 * Math.Sin((1.7 * k * (seed + 1)) + seed))))], Seed = $"{seed}" };
        var (target, reference) = (LinearLadder.Run(Retained, Steps, 0, 1, x => 1 - x) with { Schedule = "linear" }, LinearLadder.Run(Retained, Steps, 0, 1, _ => 1));
        var transfers = Enumerable.Range(0, 4).Select(seed => ScheduleTransfer.Of(Noisy(reference, seed), Noisy(target, seed))).ToArray();
        foreach (var one in transfers)
        {
            one.AlphaLower.ShouldBeLessThan(one.Alpha);
            one.AlphaUpper.ShouldBeGreaterThan(one.Alpha);
            (one.AlphaUpper - one.AlphaLower).ShouldBeLessThan(0.1);
        }

        var mean = AlphaMean.Of(transfers).Single();
        (mean.Schedule, mean.References).ShouldBe(("linear", 4));
        mean.Lower.ShouldBeLessThan(mean.Value);
        AlphaMean.Of(transfers[..2]).ShouldBeEmpty();
        double.IsNaN(ScheduleTransfer.Of(reference, target, new TransferOptions { Alpha = 0.25 }).AlphaLower).ShouldBeTrue();
    }

    [Fact]
    public void DifferentPeaksAreSaid()
    {
        var reference = LinearLadder.Run(Retained, Steps, 0, 1, _ => 1) with { Schedule = "constant" };
        var target = LinearLadder.Run(Retained, Steps, 0, 1, x => (1 - x) / 2) with { Schedule = "linear" };
        var study = LadderStudy.Of(new LadderData([reference, target], [], "step", "params", true));
        study.Transfers.Single().Fitted.PeakRatio.ShouldBe(0.5, 1e-9);
        study.Notes.ShouldContain(note => note.Contains("0.5 times that of the constant-rate run", StringComparison.Ordinal));
    }
}
