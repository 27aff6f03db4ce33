using Eigenflow.Scaling.LossCurves;
using Eigenflow.Schedules;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.LossCurves;

public sealed class LossCurveReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void ColumnsComeInAnyOrderAndCase()
    {
        var curve = LossCurveReader.Read(Write("batch_size,LR,Val_Loss,Step\n8,0.1,3,0\n8,0.1,2,1\n4,0.05,1.5,3\n"));
        curve.Steps.ShouldBe([1, 3]);
        curve.Losses.ShouldBe([2, 1.5]);
        curve.Rates.Steps.ShouldBe(3);
        curve.Rates.BatchAt(2).ShouldBe(8);
    }

    [Fact]
    public void OtherColumnsAndMissingFieldsDoNotMatter()
    {
        // As a logger writes them: a loss every second step, the rate where it changed, a name with a comma.
        var curve = LossCurveReader.Read(Write("name,step,learning_rate,loss\n\"a, b\",1,0.1,\nc,2,,2\nd,3,0.1,\ne,4,0.1,1.5\n"));
        curve.Steps.ShouldBe([2, 4]);
        curve.Losses.ShouldBe([2, 1.5]);
        curve.Rates.RateAt(3).ShouldBe(0.1, 1e-15);
    }

    [Fact]
    public void AScheduleStandsForTheRates()
    {
        var curve = LossCurveReader.Read(Write("step,loss\n10,2\n20,1\n"), new LossCurveReading { Schedule = steps => new LearningRateSchedule(ScheduleText.Parse("linear"), 0.1, steps) });
        curve.Rates.RateAt(10).ShouldBe(0.05, 1e-15);
    }

    [Theory]
    [InlineData("step,loss\n1,2\n2,1\n", "no column of learning rates")]
    [InlineData("loss,lr\n1,2\n2,1\n", "no column step")]
    [InlineData("step,lr\n1,2\n2,1\n", "no column loss")]
    [InlineData("step,loss,lr\n1.5,2,0.1\n3,1,0.1\n", "step 1.5")]
    [InlineData("step,loss,lr\n1,2,0.1\n3,-1,0.1\n", "loss -1 at step 3")]
    [InlineData("step,loss,lr\n1,nan,0.1\n3,nan,0.1\n", "no loss in column")]
    [InlineData("step,loss,lr\n10,2,0.1\n20,2,0.1\n30,2,0.1\n10,2,0.1\n20,2,0.2\n30,2,0.3\n10,2,0.3\n", "several runs in one table")]
    [InlineData("step,loss,lr\n1,2,0.1\n3,1,-0.1\n", "learning_rate -")]
    [InlineData("step,loss,lr,batch\n1,2,0.1,0\n3,1,0.1,1\n", "batch 0")]
    [InlineData("step,loss,lr\n1,,0.1\n3,,0.1\n", "no loss in column loss")]
    [InlineData("step,loss,lr\n1,2,\n3,1,\n", "no number in column lr")]
    [InlineData("step,loss,lr\n1,two,0.1\n3,1,0.1\n", "'two' in row 1")]
    [InlineData("step,loss,lr\n1,Infinity,0.1\n3,Infinity,0.1\n", "no loss is left")]
    [InlineData("1,2,0.1\n3,1,0.1\n", "no heading")]
    [InlineData("step,loss,lr\n1,2,0\n3,1,0\n", "learning_rate 0")]
    public void WhatCannotBeUsedIsRefused(string text, string message) =>
        Should.Throw<InputFileException>(() => LossCurveReader.Read(Write(text))).Message.ShouldContain(message);

    [Fact]
    public void RatesBetweenRowsAreLinearAndJumpsStayJumps()
    {
        int[] steps = [0, 10, 20, 30, 40];
        LoggedRates.Fill(steps, [1, 1, 0.5, 0.5, 0.5], 40, RateFilling.Auto)[15].ShouldBe(1, "a jump holds until the row that shows it");
        LoggedRates.Fill(steps, [1, 1, 0.5, 0.5, 0.5], 40, RateFilling.Linear)[15].ShouldBe(0.75, 1e-15);
        LoggedRates.Fill(steps, [1, 0.8, 0.6, 0.4, 0.2], 40, RateFilling.Auto)[15].ShouldBe(0.7, 1e-15);
        LoggedRates.Fill(steps, [1, 0.8, 0.6, 0.4, 0.2], 40, RateFilling.Hold)[15].ShouldBe(0.8, 1e-15);
        LoggedRates.Fill(steps, [1, 1, 0.8, 0.6, 0.4], 40, RateFilling.Auto)[15].ShouldBe(0.9, 1e-15, "the start of a decay is no jump");
    }

    [Fact]
    public void AWarmUpOfTwoRowsIsLinear()
    {
        var filled = LoggedRates.Fill([0, 100, 200, 300], [0, 1, 1, 1], 300, RateFilling.Auto);
        filled[50].ShouldBe(0.5, 1e-15);
        filled[150].ShouldBe(1);
        LoggedRates.Fill([0, 50, 100, 200, 300], [0, 0.5, 1, 1, 1], 300, RateFilling.Auto)[75].ShouldBe(0.75, 1e-15);
        LoggedRates.Fill([0, 100, 200, 300], [1, 1, 2, 2], 300, RateFilling.Auto)[150].ShouldBe(1, "a rise between two held rates is a jump");
    }

    [Fact]
    public void TheRateBeforeItsFirstRowIsStatedOrSaidToBeGuessed()
    {
        const string Text = "step,loss,lr\n100,2,0.1\n200,1.5,0.1\n300,1.2,0.1\n";
        var guessed = LossCurveReader.Read(Write(Text));
        guessed.GuessedSteps.ShouldBe(100);
        guessed.Rates.TimeAt(100).ShouldBe(10, 1e-12);
        var stated = LossCurveReader.Read(Write(Text), new LossCurveReading { WarmUp = WarmUp.Parse("80") });
        stated.GuessedSteps.ShouldBe(0);
        stated.Rates.TimeAt(100).ShouldBe((0.1 * 81 / 2) + 2, 1e-12, "80 steps of the ramp, and 20 whole ones");
        stated.Rates.RateAt(39).ShouldBe(0.05, 1e-15);
        stated.Rates.RateAt(79).ShouldBe(0.1, 1e-15);
        stated.Rates.WarmUp.ShouldBe(79);
        LossCurveReader.Read(Write(Text), new LossCurveReading { WarmUp = WarmUp.Parse("0") }).GuessedSteps.ShouldBe(0);
        LossCurveReader.Read(Write(Text), new LossCurveReading { WarmUp = WarmUp.Parse("1e3:0.02") }).Rates.RateAt(49).ShouldBe(0.06, 1e-15, "a longer warm-up has reached the logged rate at its row");
        LossCurveReader.Read(Write(Text), new LossCurveReading { WarmUp = WarmUp.Parse("1000") }).Notes.ShouldContain(note => note.Contains("the stated 1000", StringComparison.Ordinal));
        LossCurveReader.Read(Write("step,loss,lr\n0,4,0.1\n" + string.Join('\n', Enumerable.Range(1, 30).Select(i => $"{10 * i},{3 + (1.0 / i)},0.1"))), new LossCurveReading { WarmUp = WarmUp.Parse("80") })
            .Notes.ShouldContain(note => note.Contains("was not used", StringComparison.Ordinal));
        LossCurveReader.Read(Write("step,loss,lr\n0,2,0.1\n200,1.5,0.1\n")).GuessedSteps.ShouldBe(0);
        Should.Throw<ParameterException>(() => WarmUp.Parse("-1")).Parameter.ShouldBe("warmup");
        Should.Throw<ParameterException>(() => WarmUp.Parse("10:x")).Parameter.ShouldBe("warmup");
    }

    [Theory]
    [InlineData("train/global_step,train/loss,train/learning_rate\n1,3,0.1\n2,2,0.1\n3,1,0.1\n")]
    [InlineData("Step,run-7 - train/loss,run-7 - train/loss__MIN,run-7 - train/loss__MAX,run-7 - train/learning_rate\n1,3,3,3,0.1\n2,2,2,2,0.1\n3,1,1,1,0.1\n")]
    [InlineData("epoch,learning_rate,loss,step,eval_runtime\n0.1,0.1,3,1,\n0.2,0.1,2,2,\n0.3,0.1,1,3,\n0.3,,,3,12.5\n")]
    [InlineData("_step,train_loss,train_lr\n1,3,0.1\n2,2,0.1\n3,1,0.1\n")]
    [InlineData("trainer/global_step,lr-AdamW,train_loss\n1,0.1,\n1,,3\n2,0.1,\n2,,2\n3,0.1,\n3,,1\n")]
    [InlineData("tokens,loss,lr\n1000000,3,0.1\n2000000,2,0.1\n3000000,1,0.1\n")]
    [InlineData("step,split,loss,lr\n1,train,9,0.1\n1,val,3,\n2,train,8,0.1\n2,val,2,\n3,train,7,0.1\n3,val,1,\n")]
    public void ExportsOfLoggersAreRead(string text)
    {
        var curve = LossCurveReader.Read(Write(text));
        curve.Steps.ShouldBe([1, 2, 3]);
        curve.Losses.ShouldBe([3, 2, 1]);
        curve.Rates.RateAt(2).ShouldBe(0.1);
    }

    [Fact]
    public void ColumnsCanBeChosenAndWhatWasChosenIsSaid()
    {
        var path = Write("step,split,loss,eval/acc,lr,lr2\n1,train,9,1,0.1,1\n1,val,3,2,,\n2,train,8,3,0.1,2\n2,val,2,4,,\n");
        LossCurveReader.Read(path).Notes.ShouldContain("the losses are those of the rows with split val; --loss loss@train takes others");
        LossCurveReader.Read(path, new LossCurveReading { Columns = new LossCurveColumns { Loss = "loss@train", Rate = "lr2" } }).Losses.ShouldBe([9, 8]);
        LossCurveReader.Read(path, new LossCurveReading { Columns = new LossCurveColumns { Loss = "eval_acc@train" } }).Losses.ShouldBe([1, 3]);
        Should.Throw<ParameterException>(() => LossCurveReader.Read(path, new LossCurveReading { Columns = new LossCurveColumns { Loss = "loss@test" } })).Message.ShouldContain("train, val");
        Should.Throw<InputFileException>(() => LossCurveReader.Read(path, new LossCurveReading { Columns = new LossCurveColumns { Step = "iteration" } })).Message.ShouldContain("--step");
        LossCurveReader.Read(Write("step,train_loss,val_loss,lr\n1,9,3,0.1\n2,8,2,0.1\n")).Notes.ShouldContain("the loss is val_loss; train_loss can be chosen with --loss");
        LossCurveReader.Read(Write("tokens,loss,lr\n1000000,3,0.1\n3000000,1,0.1\n")).Notes.ShouldContain("tokens are counted in units of 1000000, which stand for steps");
    }

    [Fact]
    public void ResumedRunsRepeatedStepsAndSpikesAreReadAndSaid()
    {
        static string Row(int step, double factor, double rate) => FormattableString.Invariant($"{step},{factor * (1 + (1 / Math.Sqrt(step)))},{rate}\n");
        var first = string.Concat(Enumerable.Range(1, 60).Select(row => Row(10 * row, row == 30 ? 4 : 1, 0.1)));
        var again = string.Concat(Enumerable.Range(41, 60).Select(row => Row(10 * row, 1.001, 0.05)));
        var curve = LossCurveReader.Read(Write("step,loss,lr\n" + first + again), new LossCurveReading { WarmUp = new WarmUp(0) });
        curve.Steps.Length.ShouldBe(99);
        curve.Steps.ShouldNotContain(300);
        curve.Rates.RateAt(500).ShouldBe(0.05, 1e-15, "the rate of the run that went on");
        curve.Losses[45].ShouldBe(1.001 * (1 + (1 / Math.Sqrt(470))), 1e-12);
        curve.Notes.ShouldContain(note => note.Contains("20 repeated by a resumed run between step 410 and 600", StringComparison.Ordinal) && note.Contains("1 spike at step 300", StringComparison.Ordinal));
        var twice = LossCurveReader.Read(Write("step,loss,lr\n1,3,0.1\n1,1,0.1\n2,1,0.1\n"));
        twice.Losses.ShouldBe([2, 1]);
        twice.Notes.ShouldContain("1 values of step have several losses, up to 200 % apart: their mean is taken");
    }

    public void Dispose() => folder.Dispose();

    private string Write(string text) => folder.Write("curve.csv", text);
}
