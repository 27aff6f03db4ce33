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
    [InlineData("step,loss,lr\n1,inf,0.1\n3,inf,0.1\n", "no loss is left")]
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

    public void Dispose() => folder.Dispose();

    private string Write(string text) => folder.Write("curve.csv", text);
}
